"""What the analysis of branches proves, and that play never proves it wrong."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters.record import read_record
from exercise.domain import events as e
from exercise.domain.branching import (
    Finding,
    Stage,
    World,
    always_holds,
    can_hold,
    findings,
    reach,
)
from exercise.domain.branching.logic import RUNG, core
from exercise.domain.conditions import (
    Condition,
    Count,
    Every,
    Fact,
    Not,
    Rung,
    Some,
    facts_of,
    holds,
    parse,
    show,
)
from exercise.domain.scenario import Inject, Meter, Scenario
from exercise.domain.state import Exercise, StateFacts, evolve
from exercise.offline.rehearsing import read_scenario, rehearse
from tests import many
from tests.builders import a_scenario, an_inject
from tests.domain.test_conditions import Shown

FREE = World(ranges={RUNG: tuple(range(7))})


def stage_of(scenario: Scenario) -> Stage:
    conditions = {one.id: parse(one.when) for one in scenario.injects if one.when}
    return Stage(scenario, conditions)


def told(*injects: Inject, **more: object) -> list[Finding]:
    return list(findings(stage_of(a_scenario(injects=injects, items=(), **more))))


def waits(id_: str, minute: int, when: str = "", release: str = "auto") -> Inject:
    return an_inject(id_, minute, "VES", when=when, release=release)


# --- Conditions alone ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ('released("a") and not released("a")', False),
        ('released("a") or not released("a")', True),
        ("rung > 4 and rung < 5", False),
        ("rung > 4 and rung < 6", True),
        ("rung > 99", False),
        ('(adopted("t") or rung >= 4) and not adopted("t") and rung < 4', False),
        (
            (
                '(adopted("a") or adopted("b")) and (adopted("a") or not adopted("b")) '
                'and (not adopted("a") or adopted("b")) '
                'and (not adopted("a") or not adopted("b"))'
            ),
            False,
        ),
    ],
)
def test_a_contradiction_is_told_from_what_may_come(
    text: str, *, possible: bool
) -> None:
    assert can_hold(parse(text), FREE) is possible
    assert always_holds(Not(parse(text)), FREE) is not possible


def test_a_contradiction_is_cut_down_to_the_parts_that_exclude_each_other() -> None:
    condition = parse(
        'adopted("x") and rung >= 4 and not adopted("y") and rung <= 2 and adopted("z")'
    )
    assert [show(one) for one in core(condition, FREE)] == ["rung >= 4", "rung <= 2"]


facts = st.sampled_from([Fact("adopted", (one,)) for one in "abcd"])
rungs = st.builds(
    Rung, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), st.integers(0, 7)
)
conditions = st.recursive(
    facts | rungs,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(Every, st.tuples(inner, inner))
        | st.builds(Some, st.tuples(inner, inner))
    ),
    max_leaves=12,
)


@given(conditions)
def test_the_search_finds_what_a_table_of_all_cases_finds(condition: Condition) -> None:
    asked = sorted(set(facts_of(condition)), key=show)
    cases = [
        holds(condition, Shown(rung, {("adopted", one.arguments[0]) for one in true}))
        for rung in FREE.ranges[RUNG]
        for size in range(len(asked) + 1)
        for true in combinations(asked, size)
    ]
    assert can_hold(condition, FREE) is any(cases)
    assert always_holds(condition, FREE) is all(cases)


def test_what_takes_too_long_is_given_the_benefit_of_the_doubt() -> None:
    """Pigeons in holes are hard for every search; no scenario hangs on them."""
    pigeons, holes = 7, 6
    sits = {
        (p, h): Fact("signed", (str(p), str(h)))
        for p in range(pigeons)
        for h in range(holes)
    }
    housed = [Some(tuple(sits[p, h] for h in range(holes))) for p in range(pigeons)]
    alone = [
        Not(Every((sits[p, h], sits[q, h])))
        for h in range(holes)
        for p in range(pigeons)
        for q in range(p)
    ]
    assert can_hold(Every((*housed, *alone)), FREE)


# --- Injects that wait -----------------------------------------------------------


def test_two_injects_of_one_minute_that_wait_for_each_other_are_found() -> None:
    first, second = told(
        waits("a", 10, 'released("b")'), waits("b", 10, 'released("a")')
    )
    assert (first.inject.id, second.inject.id) == ("a", "b")
    assert first.values["circle"] == "a → b → a"
    assert not first.warning


@given(st.integers(1, 9), st.integers(0, 40), st.permutations(range(9)))
def test_a_circle_of_any_length_is_found_and_named_whole(
    length: int, gap: int, order: list[int]
) -> None:
    names = [f"i{one}" for one in order[:length]]
    circle = [
        waits(one, 10 + n * gap % 40, f'rung < 4 and released("{names[n - 1]}")')
        for n, one in enumerate(names)
    ]
    found = told(waits("free", 1), *circle)
    assert [one.inject.id for one in found] == names
    assert not any(one.warning for one in found)
    named = found[0].values.get("circle", names[0])
    assert set(str(named).split(" → ")) == set(names)


def test_a_way_out_of_a_circle_is_no_circle() -> None:
    assert not told(
        waits("a", 10, 'released("b") or adopted("notice")', "reserve"),
        waits("b", 20, 'released("a") or rung >= 4'),
    )


def test_what_waits_for_a_circle_or_for_the_impossible_is_said_to() -> None:
    circle = told(
        waits("a", 10, 'released("b")'),
        waits("b", 10, 'released("a")'),
        waits("c", 20, 'released("a")'),
    )
    assert circle[2].message.startswith("waits for injects that wait for each other")
    chain = told(waits("a", 10, "rung > 9"), waits("b", 20, 'released("a")'))
    assert chain[1].values == {"other": "a", "way": "b → a"}


def test_at_one_moment_what_is_listed_first_goes_first() -> None:
    assert not told(
        waits("a", 10, "rung >= 4"), waits("b", 10, 'released("a") or rung >= 5')
    )
    (found,) = told(
        waits("b", 10, 'released("a") or rung >= 5'), waits("a", 10, "rung >= 4")
    )
    assert found.inject.id == "b"
    assert "same moment" in found.message


def test_what_a_hand_sends_can_come_whenever_it_is_sent() -> None:
    assert not told(waits("a", 10, 'released("b")'), waits("b", 50, "", "reserve"))
    (found,) = told(waits("a", 10, 'released("b")'), waits("b", 50, "", "manual"))
    assert "does not fall due before" in found.message


def test_hands_that_wait_for_each_other_are_warned() -> None:
    found = told(
        waits("a", 10, 'released("b")', "manual"),
        waits("b", 10, 'released("a")', "manual"),
    )
    assert [one.warning for one in found] == [True, True]


def test_an_item_reaches_nobody_before_its_inject() -> None:
    stage = stage_of(
        a_scenario(
            injects=tuple(
                replace(one, when='shared("loader", "HGA")')
                if one.id == "ping"
                else one
                for one in a_scenario().injects
            )
        )
    )
    (found,) = [one for one in findings(stage) if one.inject.id == "ping"]
    assert (found.values["item"], found.values["source"]) == ("loader", "beacon")


@pytest.mark.parametrize(
    ("when", "warning"),
    [
        ("rung >= 0", "always true"),
        ('acted("VES", "reply") or not acted("VES", "reply", "KAS")', "always true"),
        ('not released("free")', "keeps back"),
    ],
)
def test_what_needs_no_asking_is_a_warning(when: str, warning: str) -> None:
    (found,) = told(waits("free", 1), waits("a", 10, when))
    assert found.warning
    assert warning in found.message


def test_what_one_inject_needed_another_cannot_deny() -> None:
    (found,) = told(
        waits("a", 10, 'acted("VES", "reply") and rung < 4'),
        waits("b", 20, 'released("a") and not acted("VES", "reply")'),
    )
    assert found.inject.id == "b"
    assert "exclude each other" in found.message


def test_a_rung_is_bounded_by_what_the_facts_justify() -> None:
    scenario = a_scenario()
    late = waits("late", 59)
    assert stage_of(scenario).rungs(late)[0] == 0
    assert stage_of(replace(scenario, ceilings=())).rungs(late) == (0,)


def hurt(id_: str, minute: int, value: int, when: str = "") -> Inject:
    return replace(waits(id_, minute, when), meters={"homes": value})


HOMES = (Meter(id="homes", title="Homes", start=5),)


@pytest.mark.parametrize(
    ("when", "told_of"),
    [
        ('meter("homes") > 300', ""),
        ('meter("homes") > 400', "can never hold"),
        ('meter("homes") == 6', "can never hold"),
        ('meter("homes") >= 5', "always true"),
        ('meter("homes") > 5 and meter("homes") < 400', "exclude"),
        ('signatures("notice") >= 3', ""),
        ('signatures("notice") > 4', "can never hold"),
        ('signatures("notice") >= 0', "always true"),
    ],
)
def test_a_number_is_one_of_those_it_can_have_by_then(when: str, told_of: str) -> None:
    found = told(
        hurt("hit", 5, 400),
        waits("a", 10, when),
        hurt("later", 20, 900),
        meters=HOMES,
    )
    assert [told_of in one.message for one in found] == ([True] if told_of else [])


def test_what_a_meter_needs_may_come_too_late_or_never() -> None:
    (found,) = told(
        waits("a", 10, 'meter("homes") > 5'), hurt("hit", 20, 400), meters=HOMES
    )
    assert found.values["values"] == "5"
    never = hurt("hit", 5, 400, "rung > 9")
    assert len(told(never, waits("a", 10, 'meter("homes") > 5'), meters=HOMES)) == 2


# --- Against play ----------------------------------------------------------------


@cache
def moments(name: str, robots: str, seed: int) -> tuple[tuple[Inject, StateFacts], ...]:
    """Return each inject with what a run had shown when it went out or was skipped."""
    scenario = a_scenario() if name == "small" else read_scenario(name)
    state: Exercise | None = None
    found: list[tuple[Inject, StateFacts]] = []
    seen: set[str] = set()
    for entry in read_record(
        rehearse(scenario, robots=robots, seed=seed).record
    ).entries:
        match entry.event:
            case e.InjectReleased(inject=id_) | e.InjectSkipped(inject=id_):
                inject = scenario.inject(id_)
                if inject and state and id_ not in seen:
                    found.append((inject, StateFacts(state)))
                seen.add(id_)
            case _:
                pass
        state = evolve(state, entry)
    return tuple(found)


def readings(scenario: Scenario) -> set[int]:
    put = (one.meters or {} for one in scenario.injects)
    return {value for meters in put for value in meters.values()} | {0, 100, 10**6}


def questions(scenario: Scenario) -> Iterator[Fact]:
    """Yield questions to which some run knows an answer."""
    ids = scenario.delegation_ids
    yield from (Fact("released", (one.id,)) for one in scenario.injects)
    yield from (Fact("shared", (i.id, d)) for i in scenario.items for d in ids)
    yield from (Fact("adopted", (one.id,)) for one in scenario.texts)
    yield from (Fact("accepted", (one,)) for one in scenario.commitment_types)
    for instrument in ("reply", "hotline_call", "public_attribution", "ack"):
        yield from (Fact("acted", (d, instrument)) for d in ids)
        yield from (Fact("acted", (d, instrument, o)) for d in ids for o in ids)
    for topic in scenario.topics:
        for value in topic.values:
            yield Fact("claimed", (topic.id, value.id))
            yield from (Fact("claimed", (topic.id, value.id, d)) for d in ids)


RUNS = [
    ("small", "cooperative", 1),
    ("small", "escalating", 2),
    ("small", "VES=silo,KAS=leaky", 3),
    ("ping", "cooperative", 1),
    ("quiet-harbour", "VES=escalating,KAS=silo", 4),
][: many(short=4, full=5)]


@st.composite
def asked(draw: st.DrawFn) -> tuple[Scenario, Inject, StateFacts, Condition]:
    run = draw(st.sampled_from(RUNS))
    scenario = a_scenario() if run[0] == "small" else read_scenario(run[0])
    inject, shown = draw(st.sampled_from(moments(*run)))
    counts = st.builds(
        Count,
        st.just("signatures"),
        st.sampled_from([one.id for one in scenario.texts] or ["none"]),
        st.sampled_from(["==", "<", ">="]),
        st.integers(0, 9),
    )
    atoms = st.sampled_from(tuple(questions(scenario))) | rungs | counts
    if scenario.meters:
        atoms |= st.builds(
            Count,
            st.just("meter"),
            st.sampled_from([one.id for one in scenario.meters]),
            st.sampled_from(["==", "<", ">="]),
            st.sampled_from(sorted(readings(scenario))),
        )
    condition = draw(
        st.recursive(
            atoms,
            lambda inner: (
                st.builds(Not, inner)
                | st.builds(Every, st.lists(inner, min_size=2, max_size=4).map(tuple))
                | st.builds(Some, st.lists(inner, min_size=2, max_size=4).map(tuple))
            ),
            max_leaves=10,
        )
    )
    return scenario, inject, shown, condition


@given(asked())
def test_what_a_run_made_true_is_never_called_impossible(
    case: tuple[Scenario, Inject, StateFacts, Condition],
) -> None:
    scenario, inject, shown, condition = case
    stage = stage_of(scenario)
    changed = Stage(scenario, {**stage.conditions, inject.id: condition})
    came = holds(condition, shown)
    planned = reach(changed).planned
    world = changed.world(condition, inject, planned)
    assert can_hold(condition, world) or not came
    assert came or not always_holds(condition, world)
    assert not came or inject.id in planned
    for one in findings(changed) if came else ():
        about = one.inject.id == inject.id and not one.warning
        assert not (about and {"circle", "way", "other"} & one.values.keys())
