"""The HTTP API: joining, commands, entries, records, for programs and as a fallback."""

from typing import get_args
from uuid import UUID

import orjson
from flask import Blueprint, Response, request

from exercise.domain.chain import in_fours
from exercise.domain.identity import (
    EVALUATORS,
    FACILITATORS,
    OBSERVERS,
    ROOM,
    Member,
    Role,
)
from exercise.domain.scoring import card_detail
from exercise.domain.state import Exercise
from exercise.service.directory import Place
from exercise.service.enrol import Newcomer
from exercise.service.requests import Refusal
from exercise.web import strict_json
from exercise.web.access import need_host, need_member
from exercise.web.host import Wish, open_exercise
from exercise.web.intake import Sender
from exercise.web.joining import look_up, named, take_in
from exercise.web.language import language
from exercise.web.openapi import description
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_YOURS, UNAVAILABLE, status_of
from exercise.web.services import services
from exercise.web.viewing import note_view

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

MOST = 200
ANYBODY: tuple[Role, ...] = get_args(Role)
STAFF: tuple[Role, ...] = ("facilitator", "trainer")
NOT_JSON = Refusal("shape", "Send one JSON object, as application/json.")


def answer(value: object, status: int = 200) -> Response:
    """Return a value as JSON."""
    response = Response(orjson.dumps(value), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/join")
def join() -> Response:
    """Take a delegate in, and give them a bearer token."""
    told = _table("code", "name", "seat", "id")
    found = look_up(_text(told, "code", required=True))
    seat, key = _text(told, "seat"), _text(told, "id")
    if key and not _is_uuid(key):
        raise RefusedError(_unfit("id", "“{field}” takes a UUID."))
    newcomer = Newcomer(named(_text(told, "name", required=True)), seat, key)
    member = take_in(found, newcomer)
    token = services().fresh_token()
    services().enrol.admit(token, found.place.exercise, member)
    return answer(_joined(found.place, member, token))


def _joined(place: Place, member: str, token: str) -> dict[str, object]:
    state = services().conduct.writer(place.exercise).view()
    seat = state.members[member].seat if state and member in state.members else ""
    return {
        "token": token,
        "exercise": place.exercise,
        "member": member,
        "delegation": place.delegation,
        "seat": seat or None,
        "audiences": [place.delegation],
    }


@blueprint.post("/exercises")
def open_one() -> Response:
    """Open an exercise, and give its codes and a facilitator's token."""
    need_host()
    told = _table("scenario", "title", "starts_at", "plan_from")
    wish = Wish(
        _text(told, "scenario", required=True),
        _text(told, "title", required=True),
        _text(told, "starts_at"),
        _text(told, "plan_from"),
    )
    opened = open_exercise(wish)
    token = services().enrol.program(opened.exercise, "facilitator")
    if not isinstance(token, str):
        raise RefusedError(UNAVAILABLE)
    return answer(
        {
            "exercise": opened.exercise,
            "codes": {one: in_fours(code) for one, code in opened.codes.items()},
            "room": in_fours(opened.room),
            "facilitator_token": token,
        },
        201,
    )


@blueprint.post("/exercises/<exercise>/commands")
def command(exercise: str) -> Response:
    """Take a command, as the live channel does."""
    _, member = need_member(exercise, *ANYBODY)
    sender = Sender(exercise, member.id, language())
    taken = services().intake.take(sender, _body())
    if taken is None:
        raise RefusedError(UNAVAILABLE)
    said, refusal = taken
    response = answer(said, status_of(refusal) if refusal else 200)
    if "retry_after" in said:
        response.headers["Retry-After"] = str(said["retry_after"])
    return response


@blueprint.get("/exercises/<exercise>/entries")
def entries(exercise: str) -> Response:
    """Return entries of a stream, forward from a position or backward."""
    state, member = need_member(exercise, *ANYBODY)
    audience = request.args.get("audience") or member.stream
    _may_read(exercise, state, member, audience)
    after, before = _number("after"), _number("before")
    limit = min(MOST, max(1, _number("limit") or MOST))
    voice = (language(), request.args.get("html") != "false")
    pages = services().floor.pages
    services().tailers.ensure(exercise)
    head = services().timeline.heads(exercise).get(audience, 0)
    if before is not None:
        last = min(before, head + 1)
        found = pages.before(exercise, audience, last, voice, limit)
    else:
        start = after if after is not None and after <= head else 0
        found = pages.after(exercise, audience, start, voice, limit)
    own = found.by(member.delegation) if member.delegation else []
    read = services().directory.read_by(exercise, own) if own else {}
    return answer(
        {
            "epoch": services().timeline.epoch(),
            "entries": orjson.Fragment(found.data),
            "head": head,
            "read": {entry: list(by) for entry, by in read.items()},
        }
    )


def _may_read(exercise: str, state: Exercise, member: Member, audience: str) -> None:
    if audience == member.stream:
        return
    known = {*state.scenario.delegation_ids, EVALUATORS, FACILITATORS, OBSERVERS, ROOM}
    if member.role != "facilitator" or audience not in known:
        raise RefusedError(NOT_YOURS)
    note_view(exercise, member.id, audience)


@blueprint.get("/exercises/<exercise>/ratings/mine")
def ratings(exercise: str) -> Response:
    """Return an evaluator's own ratings."""
    _, member = need_member(exercise, "evaluator", "trainer")
    return answer({"ratings": own_ratings(exercise, member.id)})


def own_ratings(exercise: str, member: str) -> list[dict[str, object]]:
    """Return a member's ratings in their order."""
    found: list[dict[str, object]] = []
    seq = 0
    while True:
        sealed = services().timeline.after(exercise, seq)
        if not sealed:
            return found
        seq = sealed[-1].entry.seq
        found += [
            {
                "id": one.entry.id,
                "at_ms": one.entry.at_ms,
                "body": orjson.loads(one.entry.body),
            }
            for one in sealed
            if one.entry.kind == "rated"
            and one.entry.actor == member
            and one.entry.body
        ]


@blueprint.get("/exercises/<exercise>/score")
def score(exercise: str) -> Response:
    """Return the score so far, or the final one."""
    state, _ = need_member(exercise, *STAFF)
    return answer(card_detail(services().scores.card(exercise, state)))


@blueprint.get("/exercises/<exercise>/record.jsonl")
def record(exercise: str) -> Response:
    """Return the record, line by line."""
    need_member(exercise, *STAFF)
    lines = services().ground.documents.record(exercise)
    response = Response(lines, mimetype="application/jsonl")
    response.headers["Content-Disposition"] = f'attachment; filename="{exercise}.jsonl"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/exercises/<exercise>/report.<form>")
def report(exercise: str, form: str) -> Response:
    """Return the after-action report in a format."""
    need_member(exercise, *STAFF)
    documents = services().ground.documents
    if form not in documents.types:
        known = ", ".join(documents.types)
        raise RefusedError(
            Refusal(
                "not-found",
                "There is no format “{form}”. Known: {known}.",
                {"form": form[:20], "known": known},
                "format",
            )
        )
    edition = request.args.get("edition", "participants")
    made = documents.report(exercise, form, edition, language())
    response = Response(made, mimetype=documents.types[form])
    response.headers["Content-Disposition"] = f'attachment; filename="report.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this interface."""
    return answer(description())


def _body() -> object:
    if not request.is_json:
        raise RefusedError(NOT_JSON)
    try:
        return strict_json.loads(request.get_data())
    except ValueError:
        raise RefusedError(NOT_JSON) from None


def _table(*known: str) -> dict[str, object]:
    told = _body()
    if not isinstance(told, dict):
        raise RefusedError(NOT_JSON)
    for name in told:
        if name not in known:
            message = "There is no field “{field}” here. Known: {known}."
            values = {"field": str(name)[:60], "known": ", ".join(known)}
            raise RefusedError(Refusal("shape", message, values, str(name)[:60]))
    return told


def _text(told: dict[str, object], field: str, *, required: bool = False) -> str:
    value = told.get(field)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise RefusedError(_unfit(field, "“{field}” takes a text."))
    return value


def _unfit(field: str, message: str) -> Refusal:
    return Refusal("shape", message, {"field": field}, field)


def _number(name: str) -> int | None:
    value = request.args.get(name)
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 12:  # noqa: PLR2004 - more entries than there will be
        raise RefusedError(_unfit(name, "“{field}” takes a whole number."))
    return int(value)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
