"""Files that come with papers: to whom an entry brought them, and to nobody else."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import get_args
from urllib.parse import quote

from flask import Blueprint, Response, request

from exercise.domain.identity import Role
from exercise.domain.scenario import Attachment
from exercise.domain.state import readable
from exercise.service.papers import MEDIA, Held
from exercise.web.access import need_members
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_THERE
from exercise.web.services import services

blueprint = Blueprint("papers", __name__, url_prefix="/api/v1")

ANYBODY: tuple[Role, ...] = get_args(Role)
# A file runs nothing, asks for nothing and knows no page of ours.
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
)
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80


@blueprint.get("/exercises/<exercise>/papers/<sha256>")
def paper(exercise: str, sha256: str) -> Response:
    """Send a file to whoever an entry has brought it; to others there is none."""
    state, mine = need_members(exercise, *ANYBODY)
    may = (readable(state, one, sha256) for one in mine)
    found = next((one for one in may if one is not None), None)
    held = services().papers.held(exercise).get(sha256) if found else None
    if found is None or held is None:
        raise RefusedError(NOT_THERE)
    return _sent(exercise, found, held)


def _sent(exercise: str, found: Attachment, held: Held) -> Response:
    """Return a file part by part: whoever is slow holds up nobody."""
    parts = services().papers.parts(exercise, held.sha256)
    body = flow(parts, services().ground.engine.sleep)
    answer = Response(
        () if request.method == "HEAD" else body, mimetype=MEDIA[held.type]
    )
    answer.content_length = held.bytes
    answer.headers["Content-Disposition"] = _named(found.name, held.type)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def flow(parts: Iterable[bytes], sleep: Callable[[float], object]) -> Iterator[bytes]:
    """Yield a file's parts, and let everybody else go on between two of them."""
    for part in parts:
        yield part
        sleep(0)


def _named(name: str, type_: str) -> str:
    """Return how a file is to be kept: its own name, with the ending of its kind."""
    stem = name.removesuffix(f".{type_}")[:_LONGEST]
    plain = _ODD.sub("_", stem).strip("._") or "paper"
    told = quote(f"{stem}.{type_}", safe="")
    return f"inline; filename=\"{plain}.{type_}\"; filename*=UTF-8''{told}"
