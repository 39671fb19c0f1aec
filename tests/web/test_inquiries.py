"""A joint investigation on the desk: its parts, its basis, and what ratified it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.domain import commands as c
from exercise.domain.fields import Fields
from tests.domain.test_inquiries import with_a_treaty
from tests.web.stage import Browser, Stage, a_stage


@dataclass
class Proposal:
    """A joint investigation that Vesmark proposed to two others."""

    stage: Stage
    ves: Browser
    orl: Browser
    id: str

    def desk(self, who: Browser) -> str:
        return who.get(f"/desk/{who.member}").text

    def paper(self, who: Browser) -> str:
        (found,) = re.findall(
            rf'<article id="paper-{self.id}".*?<ul class="said"',
            self.desk(who),
            re.DOTALL,
        )
        return " ".join(re.sub(r"<[^>]+>", " ", found).split())


@pytest.fixture
def proposal() -> Iterator[Proposal]:
    with a_stage(with_a_treaty(), flood=False) as stage:
        leads = stage.by_link("facilitator")
        ves, orl = stage.delegate("VES", "Amina"), stage.delegate("ORL", "Teo")
        stage.do(leads.member, c.Start())
        parts: Fields = {
            "legal_basis": "LAW:BUD",
            "scope": "Who rented it.",
            "lead": "VES",
            "reply_in": 10,
        }
        act = c.Act(instrument="joint_investigation", to=("ORL", "KAS"), fields=parts)
        yield Proposal(stage, ves, orl, str(stage.do(ves.member, act).id))


def test_the_paper_says_between_whom_its_basis_is_in_force(proposal: Proposal) -> None:
    told = proposal.paper(proposal.orl)
    assert "Convention on Cybercrime VES in force" in told
    assert "ORL signed, not ratified" in told
    assert "KAS not a party" in told
    assert "Who leads: VES" in told


def test_the_desk_offers_the_form_and_both_answers(proposal: Proposal) -> None:
    desk = proposal.desk(proposal.orl)
    for form in ("joint_investigation", "join_investigation", "decline_investigation"):
        assert f'id="form-{form}"' in desk
    assert 'data-compose="join_investigation"' in desk


def test_a_member_that_joined_finds_its_promise_among_its_papers(
    proposal: Proposal,
) -> None:
    join = c.Act(instrument="join_investigation", about=proposal.id, fields={})
    proposal.stage.do(proposal.orl.member, join)
    for who in (proposal.orl, proposal.ves):
        desk = proposal.desk(who)
        assert "joint investigation</b>" in desk
        assert 'data-promisor="ORL" data-beneficiary="VES"' in desk
