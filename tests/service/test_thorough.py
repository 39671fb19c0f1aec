"""What only a thorough delegation does, and what it leaves undone by chance."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import Scenario
from exercise.service.robots.brief import brief_of
from exercise.service.robots.draws import Draws
from exercise.service.robots.memory import Memory
from exercise.service.robots.mind import Mind
from exercise.service.robots.policies import POLICIES
from exercise.service.robots.thorough.tempers import stance, temper
from tests.builders import a_delegation, a_scenario
from tests.service.playing import Played, a_text, request

MEASURES = {"sanctions_listing", "expel_diplomats", "countermeasure", "use_of_force"}


def mind(own: str, seed: int, scenario: Scenario | None = None) -> Mind:
    brief = brief_of(scenario or a_scenario(), own)
    return Mind(POLICIES["thorough"], brief, Memory(own), Draws(seed, own))


def seed_where(own: str, fits: Callable[[Mind], bool]) -> int:
    return next(seed for seed in range(200) if fits(mind(own, seed)))


def instruments(robot: Played) -> list[str]:
    return [one.instrument for _, one in robot.did if isinstance(one, c.Act)]


@given(st.integers(1, 9), st.integers(0, 10**6), st.text(max_size=9))
def test_a_turn_comes_once_in_as_many_seeds(most: int, seed: int, subject: str) -> None:
    turns = [Draws(seed + n, "VES").turn(most, subject) for n in range(most)]
    assert sorted(turns) == list(range(most))


def test_other_policies_have_no_temper_and_no_stance() -> None:
    for name in sorted(POLICIES.keys() - {"thorough"}):
        for seed in range(20):
            brief = brief_of(a_scenario(), "VES")
            one = Mind(POLICIES[name], brief, Memory("VES"), Draws(seed, "VES"))
            assert (temper(one), stance(one, "Notice")) == ("patient", "agrees")


def test_it_disclosed_its_view_shared_facts_and_asked_for_evidence_by_the_end() -> None:
    robot = Played("thorough", "ORL")
    robot.gets("ping", 0)
    for number, minute in ((1, 0), (2, 30)):
        began = e.PhaseBegan(
            phase=str(number),
            title="",
            number=number,
            of=2,
            ends_ms=(minute + 30) * 60_000,
        )
        robot.hears(began, minute)
    robot.until(60)
    used = instruments(robot)
    assert {"disclose_national_view", "fact_sheet", "mla_request"} <= set(used)
    assert not MEASURES & set(used), "nobody provoked it"
    assert len(used) == len(set(used)), "each once"


def test_what_it_has_used_already_it_does_not_use_again() -> None:
    robot = Played("thorough", "ORL")
    said = e.ActIssued(
        instrument="disclose_national_view", to=(), fields={}, public=True, rung=0
    )
    robot.hears(said, 0, by="ORL")
    began = e.PhaseBegan(phase="1", title="", number=1, of=1, ends_ms=3_600_000)
    robot.hears(began, 0)
    assert "disclose_national_view" not in instruments(robot.until(60))


@pytest.mark.parametrize("how", ["patient", "firm", "hard"])
def test_a_provocation_is_met_as_its_temper_is(how: str) -> None:
    seed = seed_where("VES", lambda one: temper(one) == how)
    robot = Played("thorough", "VES", seed=seed)
    robot.gets("blackout", 3)
    steps = [one for one in instruments(robot.until(30)) if one != "public_statement"]
    called = ["call_to_comply", "summon_ambassador", "public_demarche"]
    assert steps == called[: {"patient": 0, "firm": 2, "hard": 3}[how]]


def blow(rung: int) -> e.ActIssued:
    return e.ActIssued(
        instrument="military_alert", to=("VES",), fields={}, public=True, rung=rung
    )


def test_force_is_only_for_whoever_was_struck() -> None:
    seed = seed_where("VES", lambda one: temper(one) == "hard")
    robot = Played("thorough", "VES", seed=seed)
    for minute in range(0, 20, 4):
        robot.hears(blow(4), minute, by="KAS")
    assert not {"use_of_force", "claim_self_defence"} & set(
        instruments(robot.until(30))
    )
    robot = Played("thorough", "VES", seed=seed)
    robot.hears(blow(6), 0, by="KAS")
    assert instruments(robot.until(30)) == ["claim_self_defence"]


def test_blows_are_returned_a_few_times_only() -> None:
    seed = seed_where("VES", lambda one: temper(one) == "hard")
    robot = Played("thorough", "VES", seed=seed)
    for minute in range(40):
        robot.hears(blow(4), minute, by="KAS")
    assert len(instruments(robot.until(60))) == 6


def test_what_it_said_beyond_the_facts_it_corrects() -> None:
    robot = Played("thorough", "VES")
    said = e.ActIssued(
        instrument="public_statement",
        to=(),
        fields={"text": "…", "claims": {"cause": "attack"}},
        public=True,
        rung=2,
    )
    entry = robot.hears(said, 10, by="VES")
    ((minute, act),) = robot.until(30).acts("correction")
    assert (minute, act.about) == (16, entry)
    assert act.fields["claims"] == {"cause": "unknown"}


def press() -> Scenario:
    scenario = a_scenario()
    extra = (a_delegation("MED", "media", 4), a_delegation("CIV", "cso", 5))
    return a_scenario(delegations=(*scenario.delegations, *extra))


def test_the_press_asks_each_speaker_once_in_a_while_and_writes_on_what_is_open() -> (
    None
):
    robot = Played("thorough", "MED", press())
    spoken = e.ActIssued(
        instrument="public_statement", to=(), fields={}, public=True, rung=2
    )
    first = robot.hears(spoken, 10, by="VES")
    robot.hears(spoken, 12, by="VES")
    other = robot.hears(spoken, 14, by="KAS")
    began = e.PhaseBegan(phase="2", title="", number=2, of=2, ends_ms=3_600_000)
    robot.hears(began, 20)
    robot.until(25)
    asked = [(one.to, one.about) for _, one in robot.acts("press_question")]
    assert asked == [(("VES",), first), (("KAS",), other)]
    ((_, article),) = robot.acts("publish_article")
    assert other in article.fields["evidence"]


def test_civil_society_objects_to_a_measure_and_names_it() -> None:
    robot = Played("thorough", "CIV", press())
    entry = robot.hears(blow(5), 10, by="KAS")
    ((_, flag),) = robot.until(30).acts("rights_flag")
    assert (flag.about, flag.to) == (entry, ("KAS",))


@pytest.mark.parametrize(
    ("asked", "by", "answer"),
    [
        ("press_question", "MED", "press_line"),
        ("mla_request", "KAS", "legal_view"),
        ("preservation_request", "KAS", "mitigate"),
        ("consult", "KAS", "consult"),
        ("clarification_request", "KAS", "reply"),
    ],
)
def test_each_request_is_answered_in_its_form(asked: str, by: str, answer: str) -> None:
    robot = Played("thorough", "VES", press())
    entry = robot.hears(request("VES", asked), 10, by=by)
    ((_, act),) = robot.until(30).acts(answer)
    assert act.about == entry


@pytest.mark.parametrize(
    ("how", "more", "does"),
    [
        ("agrees", {}, ["sponsor", "sign"]),
        ("reserves", {}, ["reserve", "sign"]),
        ("refuses", {}, ["decline"]),
        ("waits", {}, []),
        ("words", {}, ["amend", "sign"]),
        ("agrees", {"silence_until_ms": 50 * 60_000}, ["sponsor"]),
        ("refuses", {"silence_until_ms": 50 * 60_000}, ["break_silence"]),
        ("words", {"silence_until_ms": 50 * 60_000}, []),
        ("waits", {"vote_until_ms": 50 * 60_000, "votes": {}}, ["vote"]),
    ],
)
def test_a_text_is_met_as_its_stance_is(
    how: str, more: dict[str, object], does: list[str]
) -> None:
    seed = seed_where("VES", lambda one: stance(one, "Notice") == how)
    robot = Played("thorough", "VES", seed=seed)
    robot.hears(e.TextProposed(state=a_text(**more)), 10, by="ORL")
    assert [one.type for _, one in robot.until(40).did] == does


def test_an_abstention_is_no_refusal() -> None:
    seed = seed_where("VES", lambda one: stance(one, "Notice") == "waits")
    robot = Played("thorough", "VES", seed=seed)
    voted = a_text(vote_until_ms=50 * 60_000, votes={})
    robot.hears(e.TextProposed(state=voted), 10, by="ORL")
    ((_, vote),) = robot.until(40).of("vote")
    assert vote == c.Vote(text="text-1", choice="abstain")


def test_one_version_is_signed_once_however_often_it_changed_hands() -> None:
    robot = Played("cooperative", "VES")
    words = e.Bracket(number=1, clause=1, by="KAS", words="…")
    robot.hears(e.TextProposed(state=a_text()), 10, by="ORL")
    settled = e.BracketSettled(state=a_text(), bracket=words, accepted=False)
    robot.hears(settled, 10, by="ORL")
    assert [one.type for _, one in robot.until(40).did] == ["sign"]
