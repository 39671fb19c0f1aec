"""A joint measure on the desks: offered to those asked, shown to all once taken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.domain import commands as c
from exercise.domain.fields import Fields
from tests.domain.test_joint_measures import PARTS
from tests.web.stage import Browser, Stage, a_stage


@dataclass
class Proposal:
    """A joint measure of Vesmark and Orlania against a company."""

    stage: Stage
    ves: Browser
    orl: Browser
    kas: Browser
    id: str

    def desk(self, who: Browser) -> str:
        return who.get(f"/desk/{who.member}").text

    def join(self) -> None:
        fields: Fields = {"basis": "domestic"}
        join = c.Act(instrument="join_measure", about=self.id, fields=fields)
        self.stage.do(self.orl.member, join)


@pytest.fixture
def proposal() -> Iterator[Proposal]:
    with a_stage(flood=False) as stage:
        leads = stage.by_link("facilitator")
        ves, orl, kas = (stage.delegate(one, "Amina") for one in ("VES", "ORL", "KAS"))
        stage.do(leads.member, c.Start())
        fields: Fields = {**PARTS}
        act = c.Act(instrument="joint_measure", to=("ORL",), fields=fields)
        yield Proposal(stage, ves, orl, kas, str(stage.do(ves.member, act).id))


def test_only_those_asked_see_the_proposal(proposal: Proposal) -> None:
    asked = proposal.desk(proposal.orl)
    assert f'id="paper-{proposal.id}"' in asked
    assert "Sanctions listing" in asked
    assert 'data-compose="join_measure"' in asked
    assert "We list two firms." not in proposal.desk(proposal.kas)


def test_the_paper_says_who_took_it_on_which_basis(proposal: Proposal) -> None:
    proposal.join()
    desk = proposal.desk(proposal.kas)
    (paper,) = re.findall(
        r'<article class="document document-wire" data-instrument="sanctions_listing"'
        r".*?</article>",
        desk,
        re.DOTALL,
    )
    told = " ".join(re.sub(r"<[^>]+>", " ", paper).split())
    assert "Taken by ORL VES" in told
    assert "Against HGA" in told
    assert "ORL Domestic law" in told
    assert "VES Retorsion" in told
