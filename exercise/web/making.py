"""Reports made while the page watches: progress in lines, then the file itself."""

from collections.abc import Iterator
from hashlib import sha256
from queue import Queue
from typing import TypeAlias

from flask import Blueprint, Response, request

from exercise.domain.report import edition_of
from exercise.service.requests import Refusal
from exercise.web.access import need_member
from exercise.web.language import language, words
from exercise.web.problems import RefusedError
from exercise.web.services import Follow, NotMade, services

# What comes out of a job: how far it is, the file, or that there will be none.
Said: TypeAlias = tuple[int, str] | bytes | None

PREVIEW = "preview"
LINES = "application/x-detente-report"

blueprint = Blueprint("making", __name__, url_prefix="/review/<exercise>")


@blueprint.get("/made/<form>")
def made(exercise: str, form: str) -> Response:
    """Make a report and tell how far it is: lines `percent words`, then the file.

    The last line before the file's bytes is `file <bytes> <sha256>`, or `failed
    <words>` and nothing after it. The form `preview` makes what an edition leaves out.
    """
    state, _ = need_member(exercise, "trainer", "facilitator")
    documents = services().ground.documents
    if form != PREVIEW and form not in documents.types:
        raise RefusedError(_no_form(form))
    edition = request.args.get("edition", "participants")
    edition_of(state.scenario, edition)
    said: Queue[Said] = Queue()
    job = (exercise, form, edition, language())
    services().ground.engine.spawn(_make, documents.follow, job, said)
    failed = words().gettext("It could not be made; the server’s log tells why.")
    told = {percent: words().gettext(text) for percent, text in documents.steps}
    response = Response(_lines(said, told, failed), mimetype=LINES)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _no_form(form: str) -> Refusal:
    known = ", ".join(services().ground.documents.types)
    return Refusal(
        "not-found",
        "There is no format “{form}”. Known: {known}.",
        {"form": form[:20], "known": known},
        "format",
    )


def _make(follow: Follow, job: tuple[str, str, str, str], said: "Queue[Said]") -> None:
    """Make the report in a process of its own; whatever happens, an end is said."""
    made_it: Said = None
    try:
        made_it = follow(*job, lambda percent, text: said.put((percent, text)))
    except NotMade:
        pass
    finally:
        said.put(made_it)


def _lines(said: "Queue[Said]", told: dict[int, str], failed: str) -> Iterator[bytes]:
    while isinstance(one := said.get(), tuple):
        percent, text = one
        yield f"{percent} {told.get(percent, text)}\n".encode()
    if one is None:
        yield f"failed {failed}\n".encode()
        return
    yield f"file {len(one)} {sha256(one).hexdigest()}\n".encode()
    yield one
