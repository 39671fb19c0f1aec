"""The room display: what is public, in large type, with nobody's name."""

from flask import Blueprint, Response

from exercise.domain.identity import ROOM, Member
from exercise.domain.report.hotwash import HotWash
from exercise.domain.state import Exercise
from exercise.service.enrol import room_member
from exercise.web.frame import Frame
from exercise.web.joining import look_up
from exercise.web.pages import page
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_THERE
from exercise.web.services import services
from exercise.web.session import admit, memberships

blueprint = Blueprint("room", __name__)

SHOWN = 3
PUBLIC = frozenset({"act_issued", "inject_released", "text_published"})
AT_ONCE = 60


@blueprint.get("/room/<code>")
def display(code: str) -> Response:
    """Show the room display; the code is all it takes."""
    found = look_up(code, room=True)
    exercise = found.place.exercise
    state, member = _room(exercise, found.state)
    if (exercise, member.id) not in {(it.exercise, it.member) for it in memberships()}:
        admit(exercise, member.id)
    frame = Frame(exercise, state, member)
    entries = frame.entries(ROOM, AT_ONCE)
    here = services().floor.sockets.present(exercise)
    seats = {one.id: len(one.seats) for one in state.scenario.delegations}
    return page(
        "room/room.html",
        **frame.context(ROOM, entries),
        wash=wash_of(exercise, state),
        public=[one for one in entries if one.kind in PUBLIC][-SHOWN:][::-1],
        attendance=[
            {"party": frame.book.parties[one], "in": here[one], "of": of}
            for one, of in seats.items()
        ],
    )


def wash_of(exercise: str, state: Exercise) -> HotWash | None:
    """Return what the hot wash came to, once play is over."""
    ended = state.status == "ended"
    return services().scores.hot_wash(exercise, state) if ended else None


def _room(exercise: str, state: Exercise) -> tuple[Exercise, Member]:
    """Return the one member that every display of this room is."""
    id_: object = room_member(state) or services().enrol.enlist(exercise, "room")
    now = services().conduct.writer(exercise).view()
    member = now.members.get(str(id_)) if now else None
    if now is None or member is None:
        raise RefusedError(NOT_THERE)
    return now, member
