"""Refusals in words and in status codes: the same for an ack, the API and a page."""

from collections.abc import Mapping
from typing import TypeAlias

from exercise.service.requests import Ack, Refusal
from exercise.words import words_in

Json: TypeAlias = dict[str, object]

UNFIT = 422
STATUS: Mapping[str, int] = {
    "shape": UNFIT,
    "unfit": UNFIT,
    "unknown-field": UNFIT,
    "missing-field": UNFIT,
    "too-long": UNFIT,
    "not-100": UNFIT,
    "unauthenticated": 401,
    "forbidden": 403,
    "csrf": 400,
    "not-found": 404,
    "unknown-code": 404,
    "too-fast": 429,
    "failed": 500,
    "unavailable": 503,
}
CONFLICT = 409

NOT_YOU = Refusal("unauthenticated", "Sign in first: send a token or join with a code.")
NOT_YOURS = Refusal("forbidden", "This is not open to you.")
NOT_THERE = Refusal("not-found", "There is no such thing here.")
UNAVAILABLE = Refusal(
    "unavailable", "This could not be kept just now. Send it again in a moment."
)
UNKNOWN_CODE = Refusal(
    "unknown-code",
    "This code leads nowhere. Check it letter by letter, or ask the facilitator.",
    field="code",
)


def too_fast(seconds: int) -> Refusal:
    """Return the refusal of one who sends too much."""
    return Refusal(
        "too-fast",
        "That was a lot at once. Wait {retry_after} seconds and send it again.",
        {"retry_after": seconds},
    )


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal; what the rules refuse is a conflict."""
    return STATUS.get(refusal.code, CONFLICT)


def sentence(refusal: Refusal, language: str) -> str:
    """Return what a refusal says, in a language."""
    return words_in(language).gettext(refusal.message).format(**refusal.values)


def refused(refusal: Refusal, language: str) -> Json:
    """Return a refusal as an ack and as an answer of the API."""
    said: Json = {
        "ok": False,
        "code": refusal.code,
        "message": sentence(refusal, language),
    }
    if refusal.field:
        said["field"] = refusal.field
    if "retry_after" in refusal.values:
        said["retry_after"] = refusal.values["retry_after"]
    return said


def acked(ack: Ack) -> Json:
    """Return a durable command's ack."""
    said: Json = {
        "ok": True,
        "id": ack.id,
        "position": ack.position,
        "audience": ack.audience,
        "at_ms": ack.at_ms,
    }
    if ack.duplicate:
        said["duplicate"] = True
    return said
