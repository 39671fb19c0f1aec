"""Opening exercises and listing them, for whoever has the right to."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from exercise.domain.chain import in_fours
from exercise.domain.wall import iso
from exercise.service.directory import ROOM_PLACE, Link
from exercise.service.enrol import ROLES, NotOpened, Opened
from exercise.service.ports import Opening
from exercise.service.requests import Refusal
from exercise.web.access import need_host
from exercise.web.addresses import base
from exercise.web.entries import badge
from exercise.web.joining import PLAIN_NAME
from exercise.web.language import language, words
from exercise.web.pages import page
from exercise.web.problems import RefusedError
from exercise.web.public import ROLE_WORDS, enter
from exercise.web.refusals import NOT_THERE, UNAVAILABLE, sentence
from exercise.web.runs import NO_RUN, carry, forked
from exercise.web.services import services
from exercise.web.session import admit, members_in, state_of
from exercise.web.stories import planned_ms

blueprint = Blueprint("host", __name__)

MOST_TITLE = 120
STATUS_WORDS = {
    "lobby": "not started",
    "running": "running",
    "paused": "paused",
    "ended": "ended",
}
UNTITLED = Refusal("missing-field", "Give the exercise a title.", field="title")
LONG_TITLE = Refusal(
    "too-long", "A title takes up to {most} characters.", {"most": MOST_TITLE}, "title"
)
NO_TIME = Refusal(
    "unfit",
    "Write the start as a date and a time, for example 2031-03-12T09:30.",
    field="starts_at",
)
NO_SCENARIO = Refusal(
    "unfit", "There is no scenario “{scenario}” that could be opened.", field="scenario"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """An exercise somebody wants to open."""

    scenario: str
    title: str
    starts_at: str = ""
    plan_from: str = ""


def open_exercise(wish: Wish) -> Opened:
    """Open an exercise.

    Raises:
        RefusedError: a field is wrong, or it could not be kept.
    """
    title = " ".join(wish.title.split())
    if not title:
        raise RefusedError(UNTITLED)
    if len(title) > MOST_TITLE or not PLAIN_NAME.fullmatch(title):
        raise RefusedError(LONG_TITLE)
    if wish.starts_at and planned_ms(wish.starts_at) is None:
        raise RefusedError(NO_TIME)
    found = services().ground.shelf.read(wish.scenario)
    if found is None:
        values = {"scenario": wish.scenario[:60]}
        raise RefusedError(
            Refusal(NO_SCENARIO.code, NO_SCENARIO.message, values, NO_SCENARIO.field)
        )
    scenario, sha256, papers = found
    if wish.plan_from and state_of(wish.plan_from) is None:
        raise RefusedError(NO_RUN)
    try:
        enrol = services().enrol
        opened = enrol.open(title, scenario, sha256, wish.starts_at, papers)
        if wish.plan_from:
            carry(wish.plan_from, opened.exercise)
    except NotOpened:
        raise RefusedError(UNAVAILABLE) from None
    return opened


@blueprint.get("/host")
def exercises() -> Response:
    """List exercises, and offer to open one."""
    need_host()
    return _page()


@blueprint.post("/host")
def open_one() -> Response:
    """Open an exercise, and show its codes."""
    need_host()
    form = request.form
    wish = Wish(
        form.get("scenario", ""),
        form.get("title", ""),
        form.get("starts_at", ""),
        form.get("plan_from", ""),
    )
    try:
        opened = open_exercise(wish)
    except RefusedError as no:
        said = {no.refusal.field or "title": sentence(no.refusal, language())}
        return _page(errors=said, status=422)
    member = services().enrol.enlist(opened.exercise, "facilitator")
    if isinstance(member, str):
        admit(opened.exercise, member)
    return _page(opened=_shown(opened.exercise))


@blueprint.post("/host/<exercise>/links")
def make_link(exercise: str) -> Response:
    """Make a fresh one-time link, and show it once."""
    need_host()
    role = request.form.get("role", "")
    state = state_of(exercise)
    if state is None or role not in ROLES:
        raise RefusedError(NOT_THERE)
    token = services().enrol.link(exercise, role)
    href = f"{base()}/link/{token}"
    made = {"role": words().gettext(ROLE_WORDS[role]), "href": href}
    return _page(opened={**_shown(exercise), "link": made})


@blueprint.get("/host/<exercise>/enter")
def ask_to_enter(exercise: str) -> Response:
    """Ask whether to go in as a facilitator."""
    need_host()
    state = state_of(exercise)
    if state is None:
        raise RefusedError(NOT_THERE)
    return page(
        "landing/confirm.html",
        exercise={"title": state.title},
        role=words().gettext("facilitator"),
        action=request.path,
        expires=None,
    )


@blueprint.post("/host/<exercise>/enter")
def go_in(exercise: str) -> Answer:
    """Go in as a facilitator."""
    need_host()
    if state_of(exercise) is None:
        raise RefusedError(NOT_THERE)
    return redirect(enter(Link(exercise, "facilitator")), 303)


def _page(
    errors: dict[str, str] | None = None,
    opened: dict[str, object] | None = None,
    status: int = 200,
) -> Response:
    return page(
        "landing/host.html",
        status,
        exercises=_rows(services().timeline.exercises()),
        scenarios=_scenarios(),
        runs=_ended_runs(),
        values=request.form,
        errors=errors or {},
        opened=opened,
        roles=[(one, words().gettext(ROLE_WORDS[one])) for one in ROLES],
    )


def _scenarios() -> list[tuple[str, str]]:
    """Return what can be opened; a warm-up says that it is one."""
    shelf = services().ground.shelf
    warm = shelf.warm_ups()

    def named(id_: str, title: str) -> str:
        if id_ not in warm:
            return title
        return words().gettext("%(title)s (warm-up: begin here)", title=title)

    return [(id_, named(id_, title)) for id_, title in shelf.titles()]


def _rows(openings: Iterable[Opening]) -> list[dict[str, object]]:
    known = list(openings)
    named = {one.exercise: one.title for one in known}
    return [_row(one, named) for one in known]


def _ended_runs() -> list[tuple[str, str]]:
    """Return the runs that a plan may be taken from, the newest first."""
    return [
        (one.exercise, f"{one.title}, {words().story(iso(one.opened_wall_ms))}")
        for one in services().timeline.exercises()
        if one.status == "ended"
    ]


def _row(one: Opening, named: dict[str, str]) -> dict[str, object]:
    here = any(each.role == "facilitator" for each in members_in(one.exercise))
    codes = services().directory.codes(one.exercise)
    titles = dict(services().ground.shelf.titles())
    return {
        "id": one.exercise,
        "title": one.title,
        "scenario": titles.get(one.scenario, one.scenario),
        "fork_of": forked(one, named),
        "state": words().gettext(STATUS_WORDS.get(one.status, one.status)),
        "when": words().story(iso(one.opened_wall_ms)),
        "console": f"/console/{one.exercise}" if here else _entrance(one.exercise),
        "room": f"/room/{in_fours(codes.get(ROOM_PLACE, ''))}",
        "review": f"/review/{one.exercise}" if here else _entrance(one.exercise),
        "links": f"/host/{one.exercise}/links",
    }


def _entrance(exercise: str) -> str:
    return f"/host/{exercise}/enter"


def _shown(exercise: str) -> dict[str, object]:
    """Return an exercise's codes as they are read out and printed."""
    state = state_of(exercise)
    if state is None:
        raise RefusedError(NOT_THERE)
    return {"title": state.title, "exercise": exercise, **code_cards(exercise)}


def code_cards(exercise: str) -> dict[str, object]:
    """Return the join codes of an exercise with their addresses and pictures."""
    state = state_of(exercise)
    codes = services().directory.codes(exercise)
    parties = badge(state.scenario) if state else {}
    cards = [
        {
            "delegation": parties[one],
            "code": in_fours(codes[one]),
            "href": f"{base()}/j/{in_fours(codes[one])}",
            "qr": f"/j/{in_fours(codes[one])}/qr.svg",
        }
        for one in parties
        if one in codes
    ]
    return {
        "codes": cards,
        "room": f"/room/{in_fours(codes.get(ROOM_PLACE, ''))}",
        "facilitator": f"/console/{exercise}",
    }
