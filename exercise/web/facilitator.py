"""The facilitator's console: run list, timeline, delegations, codes, and a look as."""

from flask import Blueprint, Response

from exercise.domain.chain import in_fours
from exercise.domain.identity import FACILITATORS, Member
from exercise.service.directory import ROOM_PLACE
from exercise.service.ports import PAGE
from exercise.web.access import need_member
from exercise.web.addresses import base
from exercise.web.board import board, members
from exercise.web.dependencies import drawing, links
from exercise.web.desk import desk_parts
from exercise.web.figures import figures
from exercise.web.frame import Frame
from exercise.web.host import code_cards
from exercise.web.knowledge import knowledge, rule
from exercise.web.language import language
from exercise.web.pages import fragment, page
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_THERE
from exercise.web.room import wash_of
from exercise.web.runlist import runlist
from exercise.web.runs import carried_lines
from exercise.web.services import services
from exercise.web.viewing import note_view

blueprint = Blueprint("facilitator", __name__, url_prefix="/console/<exercise>")


def _frame(exercise: str) -> Frame:
    state, member = need_member(exercise, "facilitator")
    return Frame(exercise, state, member)


def _score(frame: Frame) -> dict[str, object]:
    return figures(services().scores.card(frame.exercise, frame.state), frame.state)


@blueprint.get("")
def console(exercise: str) -> Response:
    """Show the console."""
    frame = _frame(exercise)
    stream = frame.stream(FACILITATORS)
    return page(
        "facilitator/console.html",
        **frame.context(FACILITATORS, stream[-PAGE:]),
        runlist=runlist(frame),
        board=board(frame, stream),
        score=_score(frame),
        wash=wash_of(exercise, frame.state),
        members=members(frame),
        links=_links(exercise),
        probes=[
            {"id": one.id, "title": one.title, "open": one.id in frame.state.probes}
            for one in frame.state.scenario.probes
        ],
        scenario=frame.state.scenario,
        carried=carried_lines(exercise),
    )


@blueprint.get("/runlist")
def show_runlist(exercise: str) -> Response:
    """Show the run list alone."""
    frame = _frame(exercise)
    return _part(frame, "facilitator/runlist.html", runlist=runlist(frame))


@blueprint.get("/board")
def show_board(exercise: str) -> Response:
    """Show the delegations alone."""
    frame = _frame(exercise)
    stream = frame.stream(FACILITATORS)
    return _part(
        frame,
        "facilitator/board.html",
        board=board(frame, stream),
        members=members(frame),
    )


@blueprint.get("/people")
def show_people(exercise: str) -> Response:
    """Show who takes part alone."""
    frame = _frame(exercise)
    return _part(frame, "facilitator/people.html", members=members(frame))


@blueprint.get("/score")
def show_score(exercise: str) -> Response:
    """Show the score so far alone."""
    frame = _frame(exercise)
    wash = wash_of(exercise, frame.state)
    return _part(frame, "facilitator/score.html", score=_score(frame), wash=wash)


@blueprint.get("/join")
def codes(exercise: str) -> Response:
    """Show every code large, to be shown or printed."""
    frame = _frame(exercise)
    return page(
        "facilitator/codes.html",
        **frame.context(FACILITATORS, [], live=False),
        **code_cards(exercise),
        links=_links(exercise),
    )


@blueprint.get("/knowledge")
def show_knowledge(exercise: str) -> Response:
    """Show who holds which item, since when and from whom."""
    frame = _frame(exercise)
    return page(
        "facilitator/knowledge.html",
        **frame.context(FACILITATORS, [], live=False),
        knowledge=knowledge(frame),
        ties=links(frame.state.scenario),
        tie_places=drawing(frame.state.scenario).places,
    )


@blueprint.get("/rule/<inject>")
def show_rule(exercise: str, inject: str) -> Response:
    """Show why an inject's condition is true or false now."""
    frame = _frame(exercise)
    return _part(frame, "facilitator/rule.html", rule=rule(frame, inject))


@blueprint.get("/view/<party>")
def view_as(exercise: str, party: str) -> Response:
    """Show what a delegation sees; read-only, and one line in the log."""
    frame = _frame(exercise)
    if party not in frame.book.parties:
        raise RefusedError(NOT_THERE)
    note_view(exercise, frame.member.id, party)
    as_them = Frame(exercise, frame.state, Member(frame.member.id, "delegate", party))
    stream = as_them.stream(party)
    return page(
        "facilitator/view_as.html",
        **as_them.context(party, stream[-PAGE:], live=False),
        **desk_parts(as_them, stream),
        viewed=frame.book.parties[party],
    )


def _part(frame: Frame, template: str, **context: object) -> Response:
    return fragment(
        template,
        **frame.context(FACILITATORS, [], live=False),
        **context,
    )


def _links(exercise: str) -> dict[str, object]:
    codes = services().directory.codes(exercise)
    room = in_fours(codes.get(ROOM_PLACE, ""))
    return {
        "join": f"/console/{exercise}/join",
        "room": f"/room/{room}",
        "room_code": room,
        "review": f"/review/{exercise}",
        "host": "/host",
        "base": f"{base()}/",
        "language": language(),
    }
