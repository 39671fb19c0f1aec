"""Static files: kept for ever by browsers under an address that changes with them."""

import gzip
from functools import lru_cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from stat import S_ISREG

from flask import Blueprint, Response, abort, request
from werkzeug.security import safe_join

from exercise.resources import STATIC

blueprint = Blueprint("assets", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
ASK = "public, no-cache"
TEXTS = ("text/", "application/javascript", "application/json", "image/svg+xml")
# A sheet or a script is no page: what it may do is the page's to say. The long policy
# on forty of them would be a twentieth of what a phone loads first.
NO_PAGE = frozenset({"text/css", "text/javascript", "application/javascript"})
NOTHING = "default-src 'none'; frame-ancestors 'none'"
# Below this a packed file is no smaller on the wire.
WORTH_PACKING = 512


@lru_cache(maxsize=512)
def _read(path: str, changed: int) -> tuple[bytes, bytes, str]:
    """Return a file, the file packed, and its digest; `changed` is when it did."""
    del changed
    data = Path(path).read_bytes()
    packed = gzip.compress(data, 9, mtime=0) if len(data) > WORTH_PACKING else b""
    return data, packed, sha256(data).hexdigest()[:12]


def _changed(path: str) -> int:
    """Return when a file last changed, or nothing where there is no file."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):  # no such file, or a name that none can have
        return 0
    return found.st_mtime_ns if S_ISREG(found.st_mode) else 0


@blueprint.get("/static/<path:name>")
def file(name: str) -> Response:
    """Return a static file."""
    path = safe_join(str(STATIC), name)
    changed = _changed(path) if path else 0
    if path is None or not changed:
        abort(404)
    data, packed, digest = _read(path, changed)
    kind = guess_type(name)[0] or "application/octet-stream"
    response = Response(data, mimetype=kind)
    if kind.startswith(TEXTS):
        response.vary.add("Accept-Encoding")
        if packed and request.accept_encodings["gzip"] > 0:
            response.data = packed
            response.headers["Content-Encoding"] = "gzip"
    if kind in NO_PAGE:
        response.headers["Content-Security-Policy"] = NOTHING
    response.set_etag(digest)
    fits = request.args.get("v") == digest
    response.headers["Cache-Control"] = FOR_EVER if fits else ASK
    response.make_conditional(request)
    return response


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Return the icon for which browsers ask where a page names none."""
    return file("icons/detente.svg")
