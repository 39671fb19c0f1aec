"""The compliance ledger as a page: whole for staff, for others what they read."""

from typing import TypeAlias

from flask import Blueprint, Response

from exercise.domain.catalogue import CATALOGUE
from exercise.domain.moment import Recorded
from exercise.domain.report.compliance import Allegation, ledger
from exercise.service.conduct.standing import recorded
from exercise.web.access import need_member, need_membership
from exercise.web.frame import Frame
from exercise.web.pages import page
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_THERE
from exercise.web.services import services

Json: TypeAlias = dict[str, object]

blueprint = Blueprint("compliance", __name__)


@blueprint.get("/console/<exercise>/compliance")
def of_facilitators(exercise: str) -> Response:
    """Show the whole ledger, back to the console."""
    state, member = need_member(exercise, "facilitator")
    return _page(Frame(exercise, state, member), f"/console/{exercise}")


@blueprint.get("/review/<exercise>/compliance")
def of_reviewers(exercise: str) -> Response:
    """Show the whole ledger, back to the review."""
    state, member = need_member(exercise, "trainer", "evaluator", "facilitator")
    return _page(Frame(exercise, state, member), f"/review/{exercise}")


@blueprint.get("/desk/<member>/compliance")
def of_those_who_play(member: str) -> Response:
    """Show the ledger of what a delegation, or an observer, reads."""
    exercise, state, who = need_membership(member)
    if who.role not in {"delegate", "observer"}:
        raise RefusedError(NOT_THERE)
    return _page(Frame(exercise, state, who), f"/desk/{member}")


def _page(frame: Frame, back: str) -> Response:
    audience = frame.member.stream
    return page(
        "compliance/ledger.html",
        **frame.context(audience, [], live=False),
        allegations=allegations(frame, audience),
        short={id_: one.short for id_, one in CATALOGUE.items()},
        back=back,
        whole=frame.member.role not in {"delegate", "observer"},
    )


def allegations(frame: Frame, audience: str) -> list[Json]:
    """Return the ledger of what `audience` reads, the newest first."""
    lines = ledger(frame.state.scenario, _read(frame, audience))
    return [_row(frame, one) for one in reversed(lines)]


def _read(frame: Frame, audience: str) -> list[Recorded]:
    """Return the entries an audience reads whose words are still there."""
    codec = services().ground.codec
    found: list[Recorded] = []
    after = 0
    while stored := services().timeline.page(frame.exercise, audience, after=after):
        read = (recorded(one, codec) for one in stored if one.seq <= frame.state.seq)
        found += [one for one in read if one is not None]
        after = stored[-1].position
    return found


def _row(frame: Frame, one: Allegation) -> Json:
    parties = frame.book.parties
    return {
        "entry": one.entry,
        "at_ms": one.at_ms,
        "by": [parties[each] for each in one.by if each in parties],
        "against": parties.get(one.against),
        "instrument": one.instrument,
        "norms": list(one.norms),
        "public": one.public,
        "due_ms": one.due_ms,
        "standing": one.standing,
        "answer": one.answer,
        "answered_ms": one.answered_ms,
        "late": one.late,
    }
