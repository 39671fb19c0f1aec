"""Whole runs with a known truth: the score orders them, and no trick pays."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain.scenario import Item, Scenario
from exercise.domain.scoring import ScoreCard
from tests.domain.builders_scoring import (
    IDS,
    MIN,
    Game,
    a_duty,
    a_probe,
    a_provocation,
    a_scenario,
    a_topic,
    a_trigger,
    an_inject,
    an_item,
    asks,
)

PAIRS = tuple(combinations(IDS, 2))


def the_scenario() -> Scenario:
    first = an_inject(
        "one", *(asks(who, kind) for who in IDS for kind in ("ack", "reply"))
    )
    return a_scenario(
        injects=(first, an_inject("two")),
        items=(
            *(
                an_item(f"of-{who}", *(x for x in IDS if x != who), holder=who)
                for who in IDS[:3]
            ),
            an_item("secret", "ORL", tlp="RED"),
        ),
        probes=(a_probe("P1"), a_probe("P2", at_ms=50 * MIN)),
        topics=(a_topic("VES", "KAS"),),
        consultations=(a_duty("VES", "KAS"), a_duty("ORL", "KAS")),
        provocations=(a_provocation("VES"), a_provocation("KAS", inject="two")),
        citations=(a_trigger("VES", inject="two"),),
        commitment_types=("forensics",),
        commitments_expected=2,
    )


@dataclass(frozen=True)
class Play:
    """How a room behaves; the default does everything well."""

    quiet: bool = False
    late: float = 0.0
    calls: tuple[tuple[str, str], ...] = PAIRS
    leak: bool = False
    hoard: bool = False
    belief: tuple[dict[str, int], ...] = ({"organ": 50, "proxy": 50},)
    severity: tuple[int, ...] = (2,)
    claims: tuple[str, ...] = ("undetermined", "undetermined")
    cited: tuple[str, ...] = ("UN-NORM:13c", "UN-NORM:13b")
    kept: bool = True
    accuse: bool = False
    unheralded: bool = False
    storm: int = 0
    empty_call: bool = False


def run(play: Play) -> Game:
    game = Game(the_scenario())
    about, second = game.release("one"), game.release("two", 1)
    if not play.quiet:
        _answer(game, play, about)
        _share(game, play)
        _talk(game, play)
        _publish(game, play, about, second)
        _promise(game, play)
    for probe, opens in (("P1", 40), ("P2", 50)):
        game.probe(probe, opens, opens + 5)
        if not play.quiet:
            for i, who in enumerate(IDS):
                belief = play.belief[i % len(play.belief)]
                severity = play.severity[i % len(play.severity)]
                game.answer(who, probe, belief, severity, opens + 2)
        game.close(probe, opens + 5)
    game.entries.sort(key=lambda one: (one.at_ms, one.seq))
    game.end()
    return game


def _answer(game: Game, play: Play, about: str) -> None:
    for who in IDS:
        game.ack(who, about, 2 + play.late)
        game.act(who, "reply", 3 + play.late, about=about)


def _share(game: Game, play: Play) -> None:
    for item in () if play.hoard else game.scenario.items:
        to = tuple(one for one in IDS if one != item.holder) if play.leak else None
        shared = game.share(item.holder, item.id, to or item.recipients, 4 + play.late)
        for one in item.recipients:
            game.ack(one, shared, 5 + play.late)


def _talk(game: Game, play: Play) -> None:
    for a, b in play.calls:
        game.call(a, b, 6)
    for n in range(play.storm):
        game.act(IDS[n % 4], "clarification_request", 8, to=(IDS[(n + 1) % 4],))


def _publish(game: Game, play: Play, about: str, second: str) -> None:
    game.act("KAS", "reply", 5, about=second)
    game.act("VES", "public_statement", 7, about=second, citations=play.cited)
    for who, value in zip(("VES", "KAS"), play.claims, strict=True):
        if value:
            game.act(who, "public_statement", 12, claims={"who": value}, about=about)
    if play.unheralded:
        game.act("VES", "public_attribution", 3.5, to=("KAS",))
    if play.empty_call:
        game.call("VES", "KAS", 12, answered=False)
    if play.accuse:
        game.act("VES", "public_attribution", 13, to=("KAS",))


def _promise(game: Game, play: Play) -> None:
    for by in ("ORL", "MSC"):
        made = game.promise(by, "VES", 10, 30)
        if play.kept:
            game.deliver(by, "VES", made, 20)
            game.confirm(by, "VES", made, 21)


def card(**play: object) -> ScoreCard:
    return run(Play(**play)).card()  # type: ignore[arg-type] # a test's own words


def values(**play: object) -> dict[str, float]:
    return {one.id: one.value or 0.0 for one in card(**play).indicators}


def points(**play: object) -> float:
    found = card(**play).headline
    assert found is not None
    return found


# --- Known truth ---------------------------------------------------------------


def test_a_perfect_run_has_a_hundred_points() -> None:
    found = card()
    assert {one.id: one.value for one in found.indicators} == {
        one: pytest.approx(1) for one in "TRNSMBELK"
    }
    assert (found.headline, found.half) == (pytest.approx(100), pytest.approx(100))
    assert found.rating == "P"


def test_silence_has_none() -> None:
    found = card(quiet=True)
    assert {one.value for one in found.indicators} == {0}
    assert found.headline == 0


FAULTS = {
    "T": {"late": 4.0},
    "R": {"leak": True},
    "N": {"calls": (("VES", "KAS"), ("ORL", "KAS")), "storm": 4},
    "S": {"belief": ({"accident": 100},)},
    "M": {"claims": ("organ", "undetermined")},
    "B": {"unheralded": True},
    "L": {"cited": ("LAW:BUD", "LAW:SD")},
    "K": {"kept": False},
}


@pytest.mark.parametrize("indicator", FAULTS)
def test_a_single_fault_shows_most_where_it_belongs(indicator: str) -> None:
    perfect, faulty = values(), values(**FAULTS[indicator])
    drops = {one: perfect[one] - faulty[one] for one in perfect}
    assert max(drops, key=lambda one: drops[one]) == indicator


@pytest.mark.parametrize("indicator", FAULTS)
def test_every_single_fault_costs_and_none_costs_everything(indicator: str) -> None:
    assert 60 < points(**FAULTS[indicator]) < 99


def test_several_faults_cost_more_than_each() -> None:
    both = points(**FAULTS["S"], **FAULTS["K"])
    assert both < min(points(**FAULTS["S"]), points(**FAULTS["K"]))


# --- Errors of earlier designs -------------------------------------------------


def test_doing_nothing_does_not_earn_e() -> None:
    assert values(quiet=True)["E"] == 0


def test_random_players_get_about_nothing_on_s() -> None:
    source = Random(7)  # noqa: S311 - a test's own draw
    found: list[float] = []
    for _ in range(40):
        beliefs: list[dict[str, int]] = []
        for _ in IDS:
            raw = [source.gammavariate(1, 1) for _ in range(4)]
            share = [int(100 * one / sum(raw)) for one in raw]
            share[0] += 100 - sum(share)
            names = ("organ", "proxy", "fourth", "accident")
            beliefs.append(dict(zip(names, share, strict=True)))
        severity = tuple(source.randint(1, 6) for _ in IDS)
        found.append(values(belief=tuple(beliefs), severity=severity)["S"])
    assert sum(found) / len(found) < 0.15


def test_confident_agreement_on_a_false_flag_is_worth_nothing() -> None:
    assert values(belief=({"accident": 100},), severity=(6,))["S"] == 0


@pytest.mark.parametrize("others", ["organ", "undetermined", ""])
@pytest.mark.parametrize("wrong", ["organ", "proxy"])
def test_a_correction_never_lowers_m(wrong: str, others: str) -> None:
    game = run(Play(claims=(wrong, others)))
    before = game.value("M")
    corrected = run(Play(claims=(wrong, others)))
    corrected.act("VES", "public_statement", 20, claims={"who": "undetermined"})
    after = corrected.value("M")
    assert before is not None
    assert after is not None
    assert after >= before


def test_unanimous_falsehood_is_worth_nothing() -> None:
    assert values(claims=("organ", "organ"))["M"] == 0


def test_heralded_accusations_never_raise_the_score() -> None:
    assert points(accuse=True) <= points()
    assert values(accuse=True)["B"] <= values()["B"]


def test_the_score_does_not_hang_on_the_hash_seed() -> None:
    code = (
        "from tests.domain.test_scoring_archetypes import *\n"
        "c = run(Play(leak=True, storm=3, accuse=True)).card()\n"
        "print(repr(c))"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]


# --- Tricks ---------------------------------------------------------------------


def test_acknowledging_everything_and_answering_nothing_earns_a_quarter() -> None:
    game = Game(the_scenario())
    about = game.release("one")
    for who in IDS:
        game.ack(who, about, 1)
    assert game.value("T", at=11) == 0.25


def test_sharing_everything_with_everybody_costs_handling() -> None:
    assert values(leak=True)["R"] < values()["R"]


def test_a_storm_of_unanswered_requests_lowers_n() -> None:
    assert values(storm=20)["N"] < values()["N"] / 2


def test_citing_every_norm_is_worse_than_citing_the_right_ones() -> None:
    every = tuple(f"UN-NORM:13{letter}" for letter in "abcdefghijk")
    assert values(cited=every)["L"] < values()["L"]


def test_promising_nothing_keeps_no_promise() -> None:
    game = Game(the_scenario())
    game.end()
    assert game.value("K") == 0


def test_an_empty_call_a_minute_before_an_accusation_earns_half_at_most() -> None:
    duties = (a_duty("ORL", "MSC"),)
    scenario = replace(the_scenario(), consultations=duties)
    game = Game(scenario)
    game.call("ORL", "MSC", 6)
    game.call("VES", "KAS", 12, answered=False)
    game.act("VES", "public_attribution", 13, to=("KAS",))
    game.end()
    assert game.value("B") == pytest.approx(1 - 0.5 / 3)


def test_the_claim_in_force_at_the_end_of_the_window_counts() -> None:
    game = run(Play())
    game.act("VES", "public_statement", 29, claims={"who": "organ"})
    assert game.value("M") == 0.5


def test_staying_silent_to_avoid_escalation_loses_more_than_it_keeps() -> None:
    assert points(quiet=True) < points(accuse=True, unheralded=True)


# --- Properties -----------------------------------------------------------------


MORE = st.sampled_from(
    ("reply", "share", "call", "answer", "claim", "promise", "cite", "consult")
)


@given(st.lists(st.tuples(MORE, st.integers(0, 3)), min_size=1, max_size=8), st.data())
def test_a_single_improvement_never_lowers_the_headline(
    known: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Take any part of a perfect run, add one more good thing: nothing gets worse."""
    drop = data.draw(st.integers(0, len(known) - 1))
    less = [one for i, one in enumerate(known) if i != drop]
    before, after = (_partial(one).card(final=False) for one in (less, known))
    for worse, better in zip(before.indicators, after.indicators, strict=True):
        assert (better.value or 0.0) >= (worse.value or 0.0) - 1e-9, better.id


def _partial(done: list[tuple[str, int]]) -> Game:
    game = Game(the_scenario())
    about, second = game.release("one"), game.release("two", 1)
    for what, n in sorted(set(done)):
        _one_good_thing(game, what, n, about, second)
    game.probe("P1")
    for what, n in sorted(set(done)):
        if what == "answer":
            game.answer(IDS[n], "P1", {"organ": 50, "proxy": 50}, 2)
    game.close("P1")
    game.end()
    return game


def _one_good_thing(game: Game, what: str, n: int, about: str, second: str) -> None:
    who, other = IDS[n], IDS[(n + 1) % 4]
    if what == "reply":
        game.act(who, "reply", 3, about=about)
    elif what == "share":
        _share_one(game, game.scenario.items[n])
    elif what in {"call", "consult"}:
        game.call(who, other if what == "call" else "KAS", 6)
    elif what == "claim" and n in {0, 2}:
        said = {"who": "undetermined"}
        game.act(who, "public_statement", 12, claims=said, about=about)
    elif what == "cite":
        cited = ("UN-NORM:13c", "UN-NORM:13b", "UN-NORM:13a")[: n + 1]
        game.act("VES", "public_statement", 7, about=second, citations=cited)
    elif what == "promise":
        made = game.promise(who, other, 10, 30)
        game.confirm(who, other, made, 20)


def _share_one(game: Game, item: Item) -> None:
    shared = game.share(item.holder, item.id, item.recipients, 4)
    for one in item.recipients:
        game.ack(one, shared, 5)


@pytest.mark.parametrize("indicator", FAULTS)
def test_losses_add_up_to_what_is_missing(indicator: str) -> None:
    found = card(**FAULTS[indicator])
    assert found.headline is not None
    assert sum(one.loss for one in found.indicators) == pytest.approx(
        100 - found.headline
    )
    for one in found.indicators:
        if one.id in "TMK":
            assert sum(each.loss for each in one.opportunities) == pytest.approx(
                one.loss
            )


@pytest.mark.parametrize("indicator", FAULTS)
def test_the_interval_holds_the_headline_and_every_entry_is_on_the_record(
    indicator: str,
) -> None:
    game = run(Play(**FAULTS[indicator]))  # type: ignore[arg-type] # a test's own words
    found = game.card()
    assert found.interval is not None
    assert found.headline is not None
    low, high = found.interval
    assert low - 1 <= found.headline <= high + 1
    known = {one.id for one in game.entries}
    for one in found.indicators:
        for each in one.opportunities:
            assert set(each.entries) <= known


def test_the_entries_that_matter_are_found_by_leaving_each_out() -> None:
    game = run(Play(unheralded=True))
    board = game.board()
    named = next(one.id for one in game.entries if getattr(one.event, "rung", 0) == 3)
    assert (board.values(60 * MIN, omitted=named)["B"] or 0) > (game.value("B") or 0)
    changes = board.entries_that_matter(60 * MIN)
    sizes = [abs(change) for _, change in changes]
    assert len(changes) == 10
    assert sizes == sorted(sizes, reverse=True)
