"""An exercise opened from an earlier one: its plan on the console, and marked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from exercise.adapters.codec import scenario_sha256
from exercise.domain import commands as c
from exercise.domain.report.trends import Origin, Run
from exercise.service.conduct import NewExercise, open_timeline
from exercise.service.requests import Ack, Request
from exercise.web.services import NotMade
from tests.builders import a_scenario
from tests.web.stage import Browser, Stage, a_stage

TITLE = "Drill the hotline"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with a_stage(a_scenario()) as found:
        yield found


def fac(stage: Stage) -> str:
    state = stage.services.conduct.writer(stage.exercise).view()
    assert state is not None
    return next(x.id for x in state.members.values() if x.role == "facilitator")


def planned(stage: Stage) -> None:
    """Play a run that ends with one line in its plan."""
    stage.by_link("facilitator")
    who = fac(stage)
    stage.do(who, c.Start())
    stage.do(who, c.End(confirm="END"))
    finding = c.Finding(sort="improvement", title="Late", observation="They waited.")
    ack = stage.do(who, finding)
    stage.do(who, c.Plan(finding=ack.id, action=TITLE, owner="MFA", due="2031-04-30"))


def host(stage: Stage) -> Browser:
    return stage.by_link("host", "")


def test_the_next_run_shows_it_to_facilitators_from_the_start(stage: Stage) -> None:
    planned(stage)
    browser = host(stage)
    page = browser.get("/host").text
    assert f'value="{stage.exercise}"' in page
    told = browser.post(
        "/host", scenario=a_scenario().id, title="Autumn", plan_from=stage.exercise
    )
    assert told.status_code == 200
    other = next(
        one.exercise
        for one in stage.services.timeline.exercises()
        if one.exercise != stage.exercise
    )
    console = browser.get(f"/console/{other}").text
    assert TITLE in console
    assert "1 line of an earlier plan is open" in console
    assert 'data-command="mark_plan"' in console


def test_a_run_that_is_not_there_is_told_at_its_field(stage: Stage) -> None:
    told = host(stage).post(
        "/host", scenario=a_scenario().id, title="Autumn", plan_from="nowhere"
    )
    assert told.status_code == 422
    assert 'id="error-plan_from"' in told.text
    assert len(list(stage.services.timeline.exercises())) == 1


def a_finished_run(of: str, title: str, points: float, day: int) -> Run:
    return Run(
        origin=Origin(exercise=of, scenario_sha256="ab" * 32, scoring="1"),
        title=title,
        scenario="Small",
        wall_ms=day * 86_400_000,
        values=tuple(dict.fromkeys("TRNSMBELK", points / 100).items()),
        headline=points,
        low=points - 3,
        high=points + 3,
    )


@pytest.fixture
def asked(stage: Stage) -> list[list[str]]:
    """Let a stand-in score runs, and keep what it was asked for."""
    asked: list[list[str]] = []

    def runs(exercises: Sequence[str]) -> Sequence[Run]:
        asked.append(list(exercises))
        known = [a_finished_run(exercises[0], "Spring", 60, 1)] if exercises else []
        return [*known, a_finished_run("other", "Autumn", 66, 2)] if known else []

    documents = replace(stage.ground.documents, runs=runs)
    object.__setattr__(
        stage.services, "ground", replace(stage.ground, documents=documents)
    )
    return asked


def test_runs_stand_beside_each_other_with_a_drawing_and_a_table(
    stage: Stage, asked: list[list[str]]
) -> None:
    planned(stage)
    page = host(stage).get("/host/trends").text
    assert asked == [[stage.exercise]]
    assert "Spring" in page
    assert "Autumn" in page
    assert '<svg class="chart trend-chart"' in page
    assert "+6" in page
    assert "within noise" in page


def test_a_trainer_sees_the_runs_they_may_score_and_no_others(
    stage: Stage, asked: list[list[str]]
) -> None:
    planned(stage)
    trainer = stage.by_link("trainer")
    assert trainer.get(f"/review/{stage.exercise}/trends").status_code == 200
    evaluator = stage.by_link("evaluator")
    assert evaluator.get(f"/review/{stage.exercise}/trends").status_code == 403
    written = a_scenario()
    other = stage.ground.enrol.open("Foreign", written, scenario_sha256(written))
    who = stage.ground.enrol.enlist(other.exercise, "facilitator")
    assert isinstance(who, str)
    for command in (c.Start(), c.End(confirm="END")):
        request = Request(who, command.type, command)
        outcome = stage.ground.conduct.submit(other.exercise, request)
        assert isinstance(outcome, Ack)
    trainer.get(f"/review/{stage.exercise}/trends")
    assert asked == [[stage.exercise]] * 2


def test_before_a_run_has_ended_the_page_says_what_will_come(stage: Stage) -> None:
    assert "No run has ended yet" in host(stage).get("/host/trends").text


@pytest.fixture
def forked(stage: Stage) -> list[tuple[str, int, str]]:
    """Let a stand-in make forks, and keep what it was asked for."""
    asked: list[tuple[str, int, str]] = []

    def fork(exercise: str, at_ms: int, robots: str) -> str:
        asked.append((exercise, at_ms, robots))
        if at_ms > 10**8:
            raise NotMade(exercise)
        written = a_scenario()
        plan = NewExercise(
            "forked",
            "Spring course",
            written,
            scenario_sha256(written),
            0,
            rehearsal={"fork_of": exercise, "fork_at_ms": at_ms, "seed": 1},
        )
        stage.ground.conduct.submit("forked", open_timeline(stage.timeline, plan))
        return "forked"

    documents = replace(stage.ground.documents, fork=fork)
    ground = replace(stage.ground, documents=documents)
    object.__setattr__(stage.services, "ground", ground)
    return asked


def test_a_facilitator_asks_what_if_and_the_host_sees_whose_fork_it_is(
    stage: Stage, forked: list[tuple[str, int, str]]
) -> None:
    browser = stage.by_link("facilitator")
    path = f"/review/{stage.exercise}"
    assert f'action="{path}/fork"' in browser.get(path).text
    asked = browser.post(f"{path}/fork", at_ms="2700000", robots="silent")
    assert (asked.status_code, asked.location) == (303, "/review/forked")
    assert forked == [(stage.exercise, 2_700_000, "silent")]
    whose = "what if of Spring course, from T+00:45:00"
    assert whose in browser.get("/review/forked").text
    assert "Not a run of people" not in browser.get(path).text
    assert whose in host(stage).get("/host").text


@pytest.mark.parametrize(
    ("at_ms", "robots"),
    [("999999999", "silent"), ("-1", "silent"), ("1e3", "silent"), ("0", "nobody")],
)
@pytest.mark.usefixtures("forked")
def test_a_wrong_wish_is_refused(stage: Stage, at_ms: str, robots: str) -> None:
    browser = stage.by_link("facilitator")
    path = f"/review/{stage.exercise}/fork"
    assert browser.post(path, at_ms=at_ms, robots=robots).status_code == 422
    assert len(list(stage.services.timeline.exercises())) == 1


def test_trainers_and_evaluators_make_no_forks(
    stage: Stage, forked: list[tuple[str, int, str]]
) -> None:
    for role in ("trainer", "evaluator", "observer"):
        browser = stage.by_link(role)
        path = f"/review/{stage.exercise}"
        asked = browser.post(f"{path}/fork", at_ms="0", robots="silent")
        assert asked.status_code == 403
        assert "/fork" not in browser.get(path).text
    assert not forked
