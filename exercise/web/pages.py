"""Pages: our Jinja environment, with what every page needs, packed for phones."""

import gzip
import secrets

from flask import Response, make_response, request
from flask_wtf.csrf import generate_csrf

from exercise.web.language import language, offered, theme
from exercise.words import environment

# Below this a packed page saves no packet.
WORTH_PACKING = 2048
QUICKLY = 4
# A packed page's length could tell what is in it; this blurs it.
BLUR = 128


def page(template: str, status: int = 200, /, **context: object) -> Response:
    """Return a page in this request's language."""
    frame: dict[str, object] = {
        "theme": theme(),
        "languages": offered(),
        "here": request.path,
        "csrf_token": generate_csrf(),
        "classification": None,
    }
    rendered = environment(language()).get_template(template)
    response = make_response(rendered.render({**frame, **context}), status)
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Cookie", "Accept-Language"))
    return _packed(response)


def fragment(template: str, /, **context: object) -> Response:
    """Return a part of a page; the browser keeps what has not changed."""
    rendered = environment(language()).get_template(template)
    response = make_response(rendered.render(**context))
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "Accept-Language"))
    response.add_etag()
    response.make_conditional(request)
    return _packed(response)


def _packed(response: Response) -> Response:
    """Return a page packed, for a browser that can unpack it."""
    response.vary.add("Accept-Encoding")
    data = response.get_data()
    if len(data) < WORTH_PACKING or request.accept_encodings["gzip"] <= 0:
        return response
    response.set_data(gzip.compress(data, QUICKLY))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["X-Blur"] = "-" * secrets.randbelow(BLUR)
    return response
