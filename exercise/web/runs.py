"""Whole runs read from the record, for pages that look at more than one."""

import json
from collections.abc import Mapping

from exercise.domain.events import PlanCarried, PlanMarked
from exercise.domain.moment import Recorded
from exercise.domain.report import PlanLine, carried
from exercise.service.conduct.standing import recorded
from exercise.service.ports import Opening
from exercise.service.requests import Refusal
from exercise.service.review.carried import taken_over
from exercise.web.language import words
from exercise.web.problems import RefusedError
from exercise.web.services import services
from exercise.web.session import state_of
from exercise.words.formats import t_plus

OF_PLANS = frozenset({PlanCarried.KIND, PlanMarked.KIND})
NO_RUN = Refusal(
    "unfit", "There is no such exercise to take a plan from.", field="plan_from"
)


def history(exercise: str) -> list[Recorded]:
    """Return a run's entries, without those that are redacted."""
    found: list[Recorded | None] = []
    seq, codec = 0, services().ground.codec
    while sealed := services().timeline.after(exercise, seq):
        found += [recorded(one.entry, codec) for one in sealed]
        seq = sealed[-1].entry.seq
    return [one for one in found if one is not None]


def carry(source: str, exercise: str) -> None:
    """Bring what one run's improvement plan leaves open into another run.

    Raises:
        RefusedError: there is no run to take it from.
        NotOpened: a line could not be kept.
    """
    state = state_of(source)
    if state is None:
        raise RefusedError(NO_RUN)
    services().enrol.carry(exercise, taken_over(history(source), state.title))


def carried_lines(exercise: str) -> tuple[PlanLine, ...]:
    """Return what came with a run from earlier plans, and how it stands."""
    found: list[Recorded | None] = []
    seq, codec = 0, services().ground.codec
    while sealed := services().timeline.after(exercise, seq):
        found += [
            recorded(one.entry, codec) for one in sealed if one.entry.kind in OF_PLANS
        ]
        seq = sealed[-1].entry.seq
    return carried([one for one in found if one is not None])


def forked(one: Opening, titles: Mapping[str, str]) -> str:
    """Return which run a fork takes up, and where; nothing for any other run."""
    told = json.loads(one.first_line).get("rehearsal", {})
    source = told.get("fork_of", "")
    if not source:
        return ""
    return words().gettext(
        "what if of %(title)s, from %(moment)s",
        title=titles.get(source, source),
        moment=t_plus(told["fork_at_ms"]),
    )


def what_if(exercise: str) -> str:
    """Return which run an exercise takes up, if robots played it on from there."""
    known = services().timeline.exercises()
    titles = {one.exercise: one.title for one in known}
    mine = (one for one in known if one.exercise == exercise)
    return next((forked(one, titles) for one in mine), "")
