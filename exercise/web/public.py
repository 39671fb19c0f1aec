"""The pages before a desk: first page, join by code, one-time links, out again."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from exercise.domain.chain import forgiving, in_fours
from exercise.domain.identity import Role
from exercise.domain.state import Exercise
from exercise.service.directory import HOST, Link
from exercise.service.enrol import Newcomer
from exercise.service.requests import Refusal, Unanswered
from exercise.web import qr
from exercise.web.access import desk_of
from exercise.web.addresses import base
from exercise.web.entries import badge
from exercise.web.joining import ENDED, Found, look_up, named, take_in
from exercise.web.language import language, words
from exercise.web.pages import page
from exercise.web.problems import RefusedError
from exercise.web.refusals import UNAVAILABLE, sentence, status_of
from exercise.web.services import services
from exercise.web.session import admit, browser, members_in, memberships, state_of

blueprint = Blueprint("public", __name__)

LINK_GONE = Refusal(
    "not-found",
    "This link was used already, or it never led anywhere. Ask for a fresh one.",
)
ROLE_WORDS = {
    "facilitator": "facilitator",
    "evaluator": "evaluator",
    "trainer": "trainer",
    "observer": "observer",
    "room": "room display",
    "host": "host",
}
# A projector has no name, and a host is not in an exercise.
NAMELESS = frozenset({"room", "host"})


@blueprint.get("/")
def index() -> Response:
    """Show the first page."""
    return _index()


@blueprint.post("/")
def find() -> Answer:
    """Go on to where a code leads."""
    typed = request.form.get("code", "")
    try:
        look_up(typed)
    except RefusedError as no:
        said = sentence(no.refusal, language())
        return _index(typed, {"code": said}, status_of(no.refusal))
    return redirect(f"/j/{in_fours(forgiving(typed))}", 303)


@blueprint.get("/j/<code>")
def join(code: str) -> Answer:
    """Show the form of a join code; who is in already goes to their desk."""
    found = look_up(code)
    for one in members_in(found.place.exercise):
        if one.delegation == found.place.delegation and "new" not in request.args:
            return redirect(f"/desk/{one.id}", 303)
    return _form(code, found)


@blueprint.post("/j/<code>")
def come_in(code: str) -> Answer:
    """Take a delegate in."""
    found, form = look_up(code), request.form
    seat = form.get("seat", "")
    try:
        newcomer = Newcomer(named(form.get("name", "")), seat, form.get("id", "")[:64])
        if _is_taken(found, seat) and form.get("move") != "yes":
            return _taken(code, found, seat)
        member = take_in(found, newcomer)
    except RefusedError as no:
        return _form(code, found, no.refusal)
    admit(found.place.exercise, member)
    return redirect(f"/desk/{member}", 303)


@blueprint.get("/j/<code>/qr.svg")
def code_qr(code: str) -> Response:
    """Return the picture of a join code's address."""
    look_up(code)
    return qr.picture(f"{base()}/j/{in_fours(forgiving(code))}")


@blueprint.get("/link/<token>")
def link(token: str) -> Response:
    """Ask whether to use a one-time link here; looking spends nothing."""
    found = services().directory.link(token)
    if found is None or found.spent:
        raise RefusedError(LINK_GONE)
    state = state_of(found.exercise) if found.exercise else None
    return page(
        "landing/confirm.html",
        exercise={"title": state.title if state else "Détente"},
        role=words().gettext(ROLE_WORDS[found.role]),
        named=found.role not in NAMELESS,
        action=request.path,
        expires=None,
    )


@blueprint.post("/link/<token>")
def use_link(token: str) -> Answer:
    """Spend a one-time link."""
    found = services().directory.spend_link(token, services().clock.now_ms())
    if found is None:
        raise RefusedError(LINK_GONE)
    if found.role == HOST:
        admit("", HOST)
        return redirect("/host", 303)
    return redirect(enter(found, request.form.get("name", "")), 303)


def enter(found: Link, typed: str = "") -> str:
    """Let this browser be what a link says, and return the address of its desk."""
    role: Role = found.role  # type: ignore[assignment]  # only our own roles are kept
    name = named(typed, staff=role != "observer") if typed.strip() else ""
    if found.role == "room":
        code = services().directory.codes(found.exercise).get("room", "")
        return f"/room/{in_fours(code)}"
    member: str | Refusal | Unanswered = found.member
    if not found.member:
        member = services().enrol.enlist(found.exercise, role, name)
    elif name:
        services().enrol.rename(found.exercise, found.member, role, name)
    if not isinstance(member, str):
        raise RefusedError(member if isinstance(member, Refusal) else UNAVAILABLE)
    admit(found.exercise, member)
    state = services().conduct.writer(found.exercise).view()
    if state is None or member not in state.members:
        raise RefusedError(LINK_GONE)
    return desk_of(found.exercise, state.members[member])


@blueprint.get("/desk")
def only_desk() -> Answer:
    """Go to the one desk of this browser, or let it choose."""
    desks = _desks()
    if len(desks) == 1:
        return redirect(str(desks[0]["href"]), 303)
    return redirect("/", 303)


@blueprint.post("/logout")
def logout() -> Answer:
    """Sign out, as one member or as all."""
    member, now_ms = request.form.get("member", ""), services().clock.now_ms()
    services().directory.leave(browser().token, now_ms, member)
    answer = redirect("/", 303)
    if not member:
        # Unsent words of another desk in this browser must survive.
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


def _index(
    code: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    return page(
        "landing/index.html",
        status,
        code=code[:64],
        errors=errors or {},
        desks=_desks(),
        demo=None,
    )


def _desks() -> list[dict[str, object]]:
    """Return the desks this browser may go back to."""
    desks: list[dict[str, object]] = []
    for exercise in dict.fromkeys(one.exercise for one in memberships()):
        state = state_of(exercise) if exercise else None
        if state is not None:
            parties = badge(state.scenario)
            desks += [
                {
                    "name": words().gettext(ROLE_WORDS.get(one.role, "")),
                    "delegation": parties.get(one.delegation),
                    "exercise": state.title,
                    "href": desk_of(exercise, one),
                }
                for one in members_in(exercise)
            ]
    for one in desks:
        if one["delegation"] is not None:
            one["name"] = one["delegation"]["short"]  # type: ignore[index]  # a badge
    return desks


def _is_taken(found: Found, seat: str) -> bool:
    home = found.state.scenario.delegation(found.place.delegation)
    exclusive = home is not None and any(
        one.id == seat and one.exclusive for one in home.seats
    )
    return exclusive and bool(_holders(found.state, found.place.delegation, seat))


def _holders(state: Exercise, delegation: str, seat: str) -> list[str]:
    return [
        state.name_of(one.id)
        for one in state.members.values()
        if (one.delegation, one.seat) == (delegation, seat) and not one.revoked
    ]


def _form(code: str, found: Found, no: Refusal | None = None) -> Response:
    state, here = found.state, found.place.delegation
    if state.status == "ended":
        return _closed(found, "ended")
    home = state.scenario.delegation(here)
    holders = {
        one.id: _holders(state, here, one.id) for one in (home.seats if home else ())
    }
    errors = {no.field or "name": sentence(no, language())} if no else {}
    return page(
        "landing/join.html",
        status_of(no) if no else 200,
        code=in_fours(forgiving(code)),
        exercise={"title": state.title},
        starts=_hour(state.starts_at),
        started=state.status != "lobby",
        delegation=badge(state.scenario).get(here),
        seats=[
            {
                "value": one.id,
                "label": one.title,
                "note": ", ".join(filter(None, holders[one.id])),
                "disabled": False,
            }
            for one in (home.seats if home else ())
        ],
        name=request.form.get("name", "")[:200],
        seat=request.form.get("seat"),
        errors=errors,
        action=request.path,
        qr=f"/j/{in_fours(forgiving(code))}/qr.svg",
        kept=None,
    )


def _taken(code: str, found: Found, seat: str) -> Response:
    home = found.state.scenario.delegation(found.place.delegation)
    titles = {one.id: one.title for one in (home.seats if home else ())}
    return page(
        "landing/taken.html",
        409,
        reason="taken",
        exercise={"title": found.state.title},
        delegation=badge(found.state.scenario).get(found.place.delegation),
        seat=titles.get(seat, seat),
        seat_id=seat,
        name=request.form.get("name", "")[:200],
        action=request.path,
        back=f"/j/{code}?new=1",
    )


def _closed(found: Found, reason: str) -> Response:
    return page(
        "landing/taken.html",
        status_of(ENDED),
        reason=reason,
        exercise={"title": found.state.title},
        delegation=badge(found.state.scenario).get(found.place.delegation),
        seat=None,
        action=request.path,
    )


def _hour(starts_at: str) -> str:
    """Return the hour in a planned start, as the room's clock shows it."""
    return starts_at[11:16]
