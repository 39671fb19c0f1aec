"""Join codes as people type them: found, or counted as a failed try."""

import re
from dataclasses import dataclass

from exercise.domain.decide.naming import alike, is_office
from exercise.domain.state import Exercise
from exercise.service.directory import ROOM_PLACE, Place
from exercise.service.enrol import Newcomer
from exercise.service.requests import Refusal, Unanswered
from exercise.web.problems import RefusedError
from exercise.web.refusals import UNAVAILABLE, UNKNOWN_CODE, too_fast
from exercise.web.services import services
from exercise.web.session import browser, state_of

MINUTE_MS = 60_000
MINE = 5
ALL = 300
MOST_NAME = 80
NOBODY = "-"
# No control characters, no half characters, nothing that turns text round; joiners
# stay, some scripts need them.
PLAIN_NAME = re.compile("[^\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]*")

ENDED = Refusal(
    "ended", "The exercise has ended. Your facilitator has the record and the report."
)
NAMELESS = Refusal("missing-field", "Write your name.", field="name")
LONG_NAME = Refusal(
    "too-long", "A name takes up to {most} characters.", {"most": MOST_NAME}, "name"
)
HIDING = Refusal(
    "shape", "Your name holds characters that turn or hide text.", field="name"
)
OFFICE = Refusal(
    "name-taken", "That is what somebody who runs this is called.", field="name"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a code leads, and how that exercise stands."""

    place: Place
    state: Exercise


def look_up(typed: str, *, room: bool = False) -> Found:
    """Return where a typed code leads; what leads nowhere is one answer, and counts.

    Raises:
        RefusedError: there is no such code, or there were too many wrong ones.
    """
    with_it, now_ms = services(), services().clock.now_ms()
    # A browser that just got its cookie has shown nothing yet.
    token = NOBODY if browser().new else browser().token
    if with_it.ground.flood:
        _refuse_guessing(token, now_ms)
    place = with_it.directory.place(typed)
    state = state_of(place.exercise) if place else None
    if place is None or state is None or (place.delegation == ROOM_PLACE) != room:
        with_it.directory.fail(token, now_ms)
        raise RefusedError(UNKNOWN_CODE)
    return Found(place, state)


def _refuse_guessing(token: str, now_ms: int) -> None:
    failures = services().directory.failures(token, now_ms - MINUTE_MS)
    spent = token != NOBODY and failures.mine >= MINE
    if spent or (token == NOBODY and failures.all >= ALL):
        raise RefusedError(too_fast(MINUTE_MS // 1000))


def named(typed: str, *, staff: bool = False) -> str:
    """Return a name as it is kept; only `staff` may be called by their office.

    Raises:
        RefusedError: it is empty, too long, or hides something.
    """
    name = " ".join(typed.split())
    if not name:
        raise RefusedError(NAMELESS)
    if len(name) > MOST_NAME:
        raise RefusedError(LONG_NAME)
    if not PLAIN_NAME.fullmatch(name) or not alike(name):
        raise RefusedError(HIDING)
    if not staff and is_office(name):
        raise RefusedError(OFFICE)
    return name


def take_in(found: Found, newcomer: Newcomer) -> str:
    """Take a delegate in, and return their member id.

    Raises:
        RefusedError: the rules, or the store, do not take them in.
    """
    if found.state.status == "ended":
        raise RefusedError(ENDED)
    member = services().enrol.join(found.place, newcomer)
    if isinstance(member, Unanswered):
        raise RefusedError(UNAVAILABLE)
    if isinstance(member, Refusal):
        raise RefusedError(member)
    return member
