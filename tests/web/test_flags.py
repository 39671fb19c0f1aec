"""A rights flag on the pages: the duty on the desk and on the facilitators' board."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.domain import commands as c
from exercise.domain.fields import Fields
from tests.domain.test_flags import MEASURE, watched
from tests.web.stage import Browser, Stage, a_stage


@dataclass
class Dispute:
    """A measure, and a flag that objects to it."""

    stage: Stage
    leads: Browser
    ves: Browser
    pfd: Browser
    flag: str

    def board(self) -> str:
        return self.leads.get(f"/console/{self.stage.exercise}/board").text

    def owes(self) -> bool:
        """Say whether the board lists the flag among what waits for an answer."""
        (waiting,) = re.findall(r'<ul id="waiting">(.*?)</ul>', self.board(), re.DOTALL)
        return f"#row-{self.flag}" in waiting

    def line(self) -> str:
        """Return what the board says of the flag."""
        (row,) = re.findall(
            rf'<li class="owed" data-flag="{self.flag}">(.*?)</li>',
            self.board(),
            re.DOTALL,
        )
        return " ".join(re.sub(r"<[^>]+>", " ", row).split())


@pytest.fixture
def dispute() -> Iterator[Dispute]:
    with a_stage(watched(), flood=False) as stage:
        leads = stage.by_link("facilitator")
        ves, pfd = stage.delegate("VES", "Amina"), stage.delegate("PFD", "Noor")
        stage.do(leads.member, c.Start())
        measure = c.Act(instrument="trade_restriction", to=("KAS",), fields=MEASURE)
        about = str(stage.do(ves.member, measure).id)
        words: Fields = {"text": "People pay for it."}
        flag = c.Act(instrument="rights_flag", about=about, fields=words)
        yield Dispute(stage, leads, ves, pfd, str(stage.do(pfd.member, flag).id))


def test_the_duty_stands_on_desk_and_board_until_it_is_answered(
    dispute: Dispute,
) -> None:
    desk = dispute.ves.get(f"/desk/{dispute.ves.member}").text
    (card,) = re.findall(rf'<li id="mail-{dispute.flag}"[^>]*>', desk)
    assert 'data-asks="respond"' in card
    assert "data-reply-by=" in card
    assert dispute.owes()
    dispute.stage.do(dispute.ves.member, c.Acknowledge(about=dispute.flag))
    assert dispute.owes(), "having read it is no answer"
    words: Fields = {"text": "Medicine is exempt."}
    answer = c.Act(instrument="reply", about=dispute.flag, fields=words)
    dispute.stage.do(dispute.ves.member, answer)
    assert not dispute.owes()
    assert dispute.line().endswith("answered")


def test_a_flag_that_nobody_answered_is_shown_at_the_end(dispute: Dispute) -> None:
    dispute.stage.do(dispute.leads.member, c.End(confirm="END"))
    assert dispute.line().endswith("unanswered")


def test_only_those_who_raise_flags_are_offered_to(dispute: Dispute) -> None:
    page = dispute.pfd.get(f"/desk/{dispute.pfd.member}").text
    assert 'id="form-rights_flag"' in page
    other = dispute.ves.get(f"/desk/{dispute.ves.member}").text
    assert 'id="form-rights_flag"' not in other
