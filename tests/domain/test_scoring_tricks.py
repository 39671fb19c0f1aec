"""Tricks that must not pay, and rulings that stand beside what was computed."""

from exercise.domain import events as e
from exercise.domain.identity import EVALUATORS, FACILITATORS
from exercise.domain.scoring import card_detail
from exercise.domain.visibility import audience
from tests.domain.builders_scoring import Game, a_probe, a_scenario
from tests.domain.given import running
from tests.domain.test_scoring_archetypes import Play, points, run, values

UNIFORM = ({"organ": 25, "proxy": 25, "fourth": 25, "accident": 25},)


def test_everybody_answering_unknown_earns_less_once_the_evidence_speaks() -> None:
    def told(belief: dict[str, int]) -> float:
        reference = {"organ": 0, "proxy": 100, "fourth": 0, "accident": 0}
        game = Game(a_scenario(probes=(a_probe(reference=reference),)))
        game.probe("P1", 40, 45)
        for who in ("VES", "KAS", "ORL", "MSC"):
            game.answer(who, "P1", belief, 2, 42)
        game.close("P1", 45)
        game.end()
        return game.value("S") or 0.0

    assert told(UNIFORM[0]) < told({"proxy": 100})
    assert values(belief=UNIFORM)["S"] < values()["S"]


def test_saying_nothing_in_public_is_no_message() -> None:
    assert values(claims=("", ""))["M"] == 0


def test_a_probe_answer_cannot_be_copied_because_no_other_table_reads_it() -> None:
    state = running().now()
    answer = e.ProbeAnswered(
        probe="P1", attribution={"organ": 100}, confidence="low", severity=1
    )
    assert set(audience(state, answer, "ves")) == {"VES", EVALUATORS, FACILITATORS}


def test_promising_trifles_keeps_no_promise_that_counts() -> None:
    game = Game(a_scenario(commitment_types=("forensics",), commitments_expected=2))
    for n in range(8):
        game.promise("ORL", "VES", 5 + n, 20 + n, type_="coffee")
    game.end()
    assert game.value("K") == 0


def test_keeping_quiet_on_every_front_is_worse_than_any_single_fault() -> None:
    assert points(quiet=True) < min(
        points(leak=True),
        points(kept=False),
        points(cited=("UNCLOS:301",)),
        points(accuse=True, unheralded=True),
    )


def test_a_ruling_leaves_what_was_computed_before_it_to_be_read() -> None:
    game = run(Play())
    before = game.card()
    assert before.unruled is None
    reply = next(
        one.id
        for one in game.entries
        if isinstance(one.event, e.ActIssued) and one.event.instrument == "reply"
    )
    game.rule(reply, "not_substantive")
    after = game.card()
    assert after.unruled == before.headline
    assert after.headline is not None
    assert after.headline < (before.headline or 0)
    assert card_detail(after)["unruled"] == before.headline


def test_computed_and_adjusted_headline_stand_side_by_side() -> None:
    game = run(Play())
    computed = game.card().headline
    event = e.IndicatorOverridden(
        indicator="T",
        from_=100,
        to=80,
        reason="Two answers came by voice and nobody typed them in.",
        entries=("e1",),
    )
    game.write(61, "eva", "", event)
    card = game.card()
    assert card.headline == computed
    assert card.adjusted is not None
    assert card.adjusted < (computed or 0)
    assert card.indicator("T").value == 1
