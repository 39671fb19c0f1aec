"""The review: log, score with its evidence, network, response times, report."""

from flask import Blueprint, Response, request

from exercise.domain.identity import Member
from exercise.domain.moment import Recorded
from exercise.domain.report import Aar, Head, aar
from exercise.domain.state import Exercise
from exercise.service.conduct.standing import recorded
from exercise.service.ports import PAGE
from exercise.service.requests import Refusal
from exercise.web.access import need_member
from exercise.web.api import own_ratings
from exercise.web.figures import figures
from exercise.web.frame import Frame
from exercise.web.language import language
from exercise.web.pages import page
from exercise.web.problems import RefusedError
from exercise.web.services import services

NOT_YET = Refusal("not-ended", "The report opens to evaluators after ENDEX.")

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
        report=_report(frame),
        ratings=own_ratings(exercise, member.id),
    )


@blueprint.get("/report.html")
def report(exercise: str) -> Response:
    """Show the after-action report."""
    state, member = _reviewer(exercise)
    if member.role == "evaluator" and state.status != "ended":
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
    """Tell whether an entry is in the reader's stream, or their own rating."""
    member = frame.member
    return member.stream in entry.audience or entry.actor == member.id
