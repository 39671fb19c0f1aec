"""The compliance ledger on its page: whole for staff, for others what they may read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.domain import commands as c
from exercise.domain.fields import Fields
from tests.domain.test_flags import MEASURE, watched
from tests.web.stage import Browser, Stage, a_stage

SECRET = "What we said in confidence"


@dataclass
class Ledger:
    """A private call to comply that was denied, and a public measure."""

    stage: Stage
    leads: Browser
    seats: dict[str, Browser]

    def of(self, who: str) -> str:
        seat = self.seats[who]
        answer = seat.get(f"/desk/{seat.member}/compliance")
        assert answer.status_code == 200, answer.text
        return answer.text

    def whole(self, place: str) -> str:
        answer = self.leads.get(f"/{place}/{self.stage.exercise}/compliance")
        assert answer.status_code == 200, answer.text
        return answer.text


def rows(html: str) -> list[str]:
    found = re.findall(r"<tr [^>]*data-allegation.*?</tr>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


@pytest.fixture(scope="module")
def book() -> Iterator[Ledger]:
    with a_stage(watched(), flood=False) as stage:
        leads = stage.by_link("facilitator")
        seats = {
            one: stage.delegate(one, "Amina")
            for one in ("VES", "ORL", "KAS", "HGA", "PFD")
        }
        seats["observer"] = stage.by_link("observer")
        stage.do(leads.member, c.Start())
        words: Fields = {"text": SECRET, "citations": ("UN-NORM:13f",)}
        call = c.Act(instrument="call_to_comply", to=("KAS",), fields=words)
        about = str(stage.do(seats["VES"].member, call).id)
        no: Fields = {"text": "Not us.", "stance": "denies"}
        denial = c.Act(instrument="reply", about=about, fields=no)
        stage.do(seats["KAS"].member, denial)
        step = c.Act(instrument="trade_restriction", to=("KAS",), fields=MEASURE)
        stage.do(seats["ORL"].member, step)
        yield Ledger(stage, leads, seats)


@pytest.mark.parametrize("place", ["console", "review"])
def test_staff_read_the_whole_ledger(book: Ledger, place: str) -> None:
    public, private = rows(book.whole(place))
    assert "Trade restriction" in public
    assert "none cited" in public
    assert public.endswith("no answer yet")
    assert "Call to comply" in private
    assert "UN-NORM:13f" in private
    assert "denied" in private


@pytest.mark.parametrize(("who", "count"), [("VES", 2), ("KAS", 2), ("ORL", 1)])
def test_a_delegation_reads_the_ledger_of_what_it_reads(
    book: Ledger, who: str, count: int
) -> None:
    assert len(rows(book.of(who))) == count


@pytest.mark.parametrize("who", ["HGA", "PFD", "observer"])
def test_others_read_what_is_public(book: Ledger, who: str) -> None:
    html = book.of(who)
    (only,) = rows(html)
    assert "Trade restriction" in only
    assert "Call to comply" not in html


def test_no_words_of_an_act_stand_in_the_ledger(book: Ledger) -> None:
    assert SECRET not in book.whole("console")
    assert SECRET not in book.of("VES")
