"""What went wrong, as a page for people and as JSON for programs."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, jsonify, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from exercise.domain.errors import Rejected
from exercise.service.ports import Unwritable
from exercise.service.requests import Refusal
from exercise.web.language import language, words
from exercise.web.pages import page
from exercise.web.refusals import UNAVAILABLE, refused, sentence, status_of

LOG = logging.getLogger(__name__)
API = "/api/"
NO_WORD = Refusal(
    "csrf", "Send the page’s own word in X-CSRFToken, or a bearer token instead."
)


class RefusedError(Exception):
    """A view refuses; carries what it says."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Words:
    """A problem page's three sentences, as message ids."""

    title: str
    happened: str
    todo: str


PAGES: Mapping[int, Words] = {
    400: Words(
        "That form was too old",
        "The page was open for a long time, or came from another window.",
        "Go back, load the page again and send it once more. What you typed is kept"
        " in this browser.",
    ),
    401: Words(
        "You are not signed in here",
        "This browser has no place in this exercise.",
        "Join with the code on your table card, or open your link again.",
    ),
    403: Words(
        "This page is not yours",
        "It belongs to another role or another delegation.",
        "Go back to your own desk.",
    ),
    404: Words(
        "There is nothing here",
        "The address leads nowhere; perhaps a letter is missing.",
        "Check the address, or start from the first page.",
    ),
    405: Words(
        "That cannot be done here",
        "The page was asked for something it does not do.",
        "Go back and try it with the buttons of the page.",
    ),
    409: Words(
        "That came too late",
        "The exercise has moved on since the page was loaded.",
        "Load the page again and look.",
    ),
    413: Words(
        "That was too large",
        "More was sent than fits.",
        "Shorten it and send it again.",
    ),
    422: Words(
        "Something is not filled in right",
        "A field holds what it cannot take.",
        "Go back and correct it.",
    ),
    429: Words(
        "That was a lot at once",
        "There were too many tries in a short time.",
        "Wait a minute and try again.",
    ),
    500: Words(
        "The server stumbled",
        "Something went wrong on our side, not on yours.",
        "Try again in a moment. What you typed is kept in this browser.",
    ),
    503: Words(
        "The server cannot write just now",
        "Nothing of what you sent was kept.",
        "Try again in a moment; the page sends it once only.",
    ),
}
PLAIN_CODES: Mapping[int, str] = {
    400: "bad-request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "not-allowed",
    413: "too-large",
    415: "not-json",
    422: "shape",
    429: "too-fast",
    500: "failed",
    503: "unavailable",
}


def register(app: Flask) -> None:
    """Answer every refusal and every failure of an application."""
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(Rejected, _rejected)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Unwritable, _unwritable)
    app.register_error_handler(Exception, _failed)


def answer(refusal: Refusal) -> Response:
    """Return a refusal in the form its reader wants."""
    status = status_of(refusal)
    if request.path.startswith(API):
        response = jsonify(refused(refusal, language()))
        response.status_code = status
    else:
        response = problem(status, happened=sentence(refusal, language()))
    if "retry_after" in refusal.values:
        response.headers["Retry-After"] = str(refusal.values["retry_after"])
    return response


def problem(status: int, *, happened: str = "", reference: str = "") -> Response:
    """Return the page for a status."""
    said = PAGES.get(status, PAGES[500])
    gettext = words().gettext
    return page(
        "problem/problem.html",
        status,
        title=gettext(said.title),
        happened=happened or gettext(said.happened),
        todo=gettext(said.todo),
        ask=None,
        reference=reference,
        back=None,
    )


def _refused(error: RefusedError) -> Response:
    return answer(error.refusal)


def _rejected(no: Rejected) -> Response:
    return answer(Refusal(no.code, no.message, no.values, no.field))


def _csrf(error: CSRFError) -> Response:
    del error
    return answer(NO_WORD) if request.path.startswith(API) else problem(400)


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:  # noqa: PLR2004 - a redirect is no problem
        redirect: Response = error.get_response()  # type: ignore[assignment]  # werkzeug types its own class
        return redirect
    response = _plain(error.code or 500)
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _unwritable(error: Unwritable) -> Response:
    LOG.error("Could not write: %s", error)
    return answer(UNAVAILABLE)


def _failed(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    LOG.error("Failed (%s)", reference, exc_info=error)
    return _plain(500, reference)


def _plain(status: int, reference: str = "") -> Response:
    if not request.path.startswith(API):
        return problem(status, reference=reference)
    said = PAGES.get(status, PAGES[500])
    code = PLAIN_CODES.get(status, "failed")
    told: dict[str, object] = {
        "ok": False,
        "code": code,
        "message": words().gettext(said.happened),
    }
    if reference:
        told["reference"] = reference
    response = jsonify(told)
    response.status_code = status
    return response
