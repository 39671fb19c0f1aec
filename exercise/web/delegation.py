"""The desks of those who play, and of those who watch."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.identity import OBSERVERS
from exercise.domain.scenario import said
from exercise.domain.state import Exercise
from exercise.domain.wall import iso
from exercise.service.ports import PAGE
from exercise.web.access import desk_of, need_membership
from exercise.web.composer import form, topics
from exercise.web.desk import at_home, brief, desk_parts, items, seats
from exercise.web.frame import Frame
from exercise.web.language import language
from exercise.web.pages import fragment, page
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_THERE
from exercise.web.stories import planned_ms
from exercise.web.versions import draft_versions, text_versions

blueprint = Blueprint("delegation", __name__, url_prefix="/desk/<member>")

# Calm reading, in words a minute.
READING = 200


@blueprint.get("")
def desk(member: str) -> Answer:
    """Show a membership's desk: the lobby before STARTEX, then the desk."""
    exercise, state, who = need_membership(member)
    frame = Frame(exercise, state, who)
    if who.role == "observer":
        return page(
            "observer/timeline.html",
            **frame.context(OBSERVERS, frame.entries(OBSERVERS)),
        )
    if who.role != "delegate":
        return redirect(desk_of(exercise, who), 303)
    if state.status == "lobby":
        return _lobby(frame)
    stream = frame.stream(who.delegation)
    return page(
        "delegation/desk.html",
        **frame.context(who.delegation, stream[-PAGE:]),
        **desk_parts(frame, stream),
    )


@blueprint.get("/composer/<instrument>")
def compose(member: str, instrument: str) -> Response:
    """Show the form of one instrument."""
    exercise, state, who = need_membership(member)
    if who.role != "delegate" or instrument not in INSTRUMENTS:
        raise RefusedError(NOT_THERE)
    frame = Frame(exercise, state, who)
    stream = frame.stream(who.delegation)
    about = request.args.get("about", "")
    return fragment(
        "delegation/composer.html",
        **frame.context(who.delegation, [], live=False),
        form=form(frame, INSTRUMENTS[instrument]),
        about=next((one for one in stream if one.id == about), None),
        others=[
            one for id_, one in frame.book.parties.items() if id_ != who.delegation
        ],
        items=items(frame, stream),
        topics=topics(frame),
    )


@blueprint.get("/versions")
def show_draft_versions(member: str) -> Response:
    """Show what a draft of the delegation held before."""
    frame = _player(member)
    versions = draft_versions(frame, request.args.get("key", ""))
    return _versions(frame, "draft", versions)


@blueprint.get("/texts/<text>")
def show_text_versions(member: str, text: str) -> Response:
    """Show every version of a joint text that the delegation reads; of others, none."""
    frame = _player(member)
    versions = text_versions(frame.stream(frame.member.delegation), text)
    return _versions(frame, "text", versions)


def _player(member: str) -> Frame:
    exercise, state, who = need_membership(member)
    if who.role != "delegate":
        raise RefusedError(NOT_THERE)
    return Frame(exercise, state, who)


def _versions(frame: Frame, sort: str, versions: list[dict[str, object]]) -> Response:
    return fragment(
        "delegation/versions.html",
        **frame.context(frame.member.delegation, [], live=False),
        versions=versions,
        sort=sort,
    )


def _lobby(frame: Frame) -> Response:
    state, here = frame.state, frame.member.delegation
    told, chairs = brief(frame), seats(frame)
    stream = frame.entries(here)
    context = frame.context(here, stream)
    seat = next((one for one in chairs if one["mine"]), None)
    return page(
        "landing/lobby.html",
        **{**context, **told},
        **_start(state, frame.now_ms),
        delegation=frame.book.parties[here],
        seat=seat and {"name": seat["title"], "text": seat["card"]},
        tlp_label="AMBER",
        minutes=_minutes(frame),
        seats=chairs,
        at_home=at_home(frame),
        people_in=sum(bool(one["people"]) for one in chairs),
        places=len(chairs),
        warm_up=None,
    )


def _start(state: Exercise, now_ms: int) -> dict[str, object]:
    planned = planned_ms(state.starts_at)
    if planned is None:
        return {"starts": "", "starts_ms": None, "countdown": ""}
    left = max(0, planned - now_ms) // 1000
    countdown = f"{left // 60:02}:{left % 60:02}" if left else ""
    return {
        "starts": iso(planned)[11:16],
        "starts_ms": planned,
        "countdown": countdown,
    }


def _minutes(frame: Frame) -> int:
    home = frame.state.scenario.delegation(frame.member.delegation)
    text = said(home.brief, language()) if home else ""
    return max(1, round(len(text.split()) / READING))
