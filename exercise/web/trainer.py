"""The review: log, score with its evidence, network, response times, report."""

from flask import Blueprint, Response, request

from exercise.domain.events import Rated
from exercise.domain.identity import Member
from exercise.domain.moment import Recorded
from exercise.domain.report import Aar, Head, aar
from exercise.domain.scoring.agreement import reading
from exercise.domain.state import Exercise
from exercise.service.conduct.standing import recorded
from exercise.service.ports import PAGE
from exercise.service.requests import Refusal
from exercise.service.robots import POLICIES
from exercise.web.access import need_member
from exercise.web.api import own_ratings
from exercise.web.figures import figures
from exercise.web.frame import Frame
from exercise.web.language import language
from exercise.web.pages import page
from exercise.web.problems import RefusedError
from exercise.web.runs import what_if
from exercise.web.services import services

NOT_YET = Refusal(
    "not-ended",
    "The report opens to evaluators after ENDEX, once their ratings are closed.",
)

blueprint = Blueprint("trainer", __name__, url_prefix="/review/<exercise>")


def _reviewer(exercise: str) -> tuple[Exercise, Member]:
    return need_member(exercise, "trainer", "evaluator", "facilitator")


@blueprint.get("")
def review(exercise: str) -> Response:
    """Show the review."""
    state, member = _reviewer(exercise)
    frame = Frame(exercise, state, member)
    stream = frame.stream(member.stream)
    card = services().scores.card(exercise, state)
    return page(
        "trainer/review.html",
        **frame.context(member.stream, stream[-PAGE:]),
        log=stream,
        card=card,
        indicators=figures(card, state)["indicators"],
        score=figures(card, state),
        report=(told := _report(frame)),
        agreement_reading=reading(told.agreement),
        reviewer=_reviewer_of(state, member),
        ratings=own_ratings(exercise, member.id),
        what_if=what_if(exercise),
    )


@blueprint.get("/report.html")
def report(exercise: str) -> Response:
    """Show the after-action report."""
    state, member = _reviewer(exercise)
    rated = state.ratings_closed or member.id in state.rated_out
    if member.role == "evaluator" and not (state.status == "ended" and rated):
        # What others rated must not colour what one is still to rate.
        raise RefusedError(NOT_YET)
    documents = services().ground.documents
    edition = request.args.get("edition", "participants")
    made = documents.report(exercise, "page", edition, language())
    response = Response(made, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def _report(frame: Frame) -> Aar:
    """Return the report as a value, for everything the review shows beside the log."""
    exercise, state = frame.exercise, frame.state
    with_it, codec = services(), services().ground.codec
    entries: list[Recorded | None] = []
    seq = 0
    while sealed := with_it.timeline.after(exercise, seq):
        entries += [recorded(one.entry, codec) for one in sealed]
        seq = sealed[-1].entry.seq
    head = with_it.timeline.head(exercise)
    return aar(
        state.scenario,
        [one for one in entries if one is not None and _may_read(frame, one)],
        with_it.scores.card(exercise, state),
        dict(state.names),
        edition="full",
        head=Head(seq=head.seq, hash=head.hash.hex()),
        title=state.title,
    )


def _may_read(frame: Frame, entry: Recorded) -> bool:
    """Tell whether an entry is in the reader's stream, their own, or theirs by now.

    Evaluators read each other's ratings once nobody can change one any more.
    """
    member = frame.member
    if isinstance(entry.event, Rated) and frame.state.ratings_closed:
        return True
    return member.stream in entry.audience or entry.actor == member.id


def _reviewer_of(state: Exercise, member: Member) -> dict[str, object]:
    """Return what a person may do here: rate, close ratings, see all, rule."""
    blind, done = member.role == "evaluator", member.id in state.rated_out
    shut, ended = state.ratings_closed, state.status == "ended"
    rates = not (shut or done) if blind else shut and member.role == "trainer"
    seconds = [
        (one.id, state.name_of(one.id) or one.role)
        for one in state.members.values()
        if one.role in {"evaluator", "trainer", "facilitator"}
        and one.id != member.id
        and not one.revoked
    ]
    return {
        "id": member.id,
        "policies": sorted(POLICIES),
        "rates": rates,
        "closed": done,
        "closes": not (shut or done) and (blind or ended),
        "sees": shut or not blind,
        "rules": member.role in {"facilitator", "evaluator"},
        "seconds": sorted(seconds, key=lambda one: one[1]),
    }
