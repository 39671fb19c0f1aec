"""Who may see a page: the checks that every view begins with."""

import logging

from flask import request
from flask_wtf.csrf import CSRFProtect

from exercise.domain.chain import in_fours
from exercise.domain.identity import Member, Role
from exercise.domain.state import Exercise
from exercise.service.directory import ROOM_PLACE
from exercise.service.requests import Refusal
from exercise.web.gate import Gate
from exercise.web.problems import RefusedError
from exercise.web.refusals import NOT_THERE, NOT_YOU, NOT_YOURS
from exercise.web.services import services
from exercise.web.session import bearer, is_host, members_in, memberships, state_of

LOG = logging.getLogger(__name__)

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Carries its own proof, the code; another site's page cannot read the answer.
OPEN_TO_PROGRAMS = frozenset({"/api/v1/join"})
OTHER_ORIGIN = Refusal("forbidden", "This was sent from another site’s page.")


def guard_forms(csrf: CSRFProtect) -> None:
    """Refuse what another site's page may have sent in a browser's name."""
    if request.method not in UNSAFE or request.routing_exception is not None:
        return  # nothing is done, or there is nothing that could be
    refuse_other_origins()
    if request.path not in OPEN_TO_PROGRAMS and not bearer():
        csrf.protect()


def refuse_other_origins() -> None:
    """Refuse a request that carries an Origin which is not ours."""
    origin = request.headers.get("Origin")
    if origin is None:
        return
    ours = Gate(_nothing, origins=services().ground.origins)
    if not ours.is_ours(origin, request.environ):
        raise RefusedError(OTHER_ORIGIN)


def _nothing(*_arguments: object) -> list[bytes]:
    return []


def need_member(exercise: str, *roles: Role) -> tuple[Exercise, Member]:
    """Return the state and the sender's member with one of these roles.

    Raises:
        RefusedError: there is no exercise, no session, or no such role in it.
    """
    state, mine = need_members(exercise, *roles)
    return state, mine[0]


def need_members(exercise: str, *roles: Role) -> tuple[Exercise, list[Member]]:
    """Return the state and everyone with one of these roles whom the sender may be.

    Raises:
        RefusedError: there is no exercise, no session, or no such role in it.
    """
    mine = [one for one in members_in(exercise) if one.role in roles]
    state = state_of(exercise)
    if state is not None and mine:
        return state, mine
    if not memberships():
        raise RefusedError(NOT_YOU)
    # Whether an exercise exists is nobody's business who is not in it.
    outside = state is None or not members_in(exercise)
    raise RefusedError(NOT_THERE if outside else NOT_YOURS)


def need_membership(member: str) -> tuple[str, Exercise, Member]:
    """Return exercise, state and member of a membership this browser holds."""
    if not memberships():
        raise RefusedError(NOT_YOU)
    for one in memberships():
        if one.member == member and one.exercise:
            return _standing(one.exercise, member)
    raise RefusedError(NOT_THERE)


def _standing(exercise: str, member: str) -> tuple[str, Exercise, Member]:
    state = state_of(exercise)
    if state is None or member not in state.members:
        raise RefusedError(NOT_THERE)
    found = state.members[member]
    if found.revoked:
        raise RefusedError(NOT_YOURS)
    return exercise, state, found


def need_host() -> None:
    """Refuse whoever may not open exercises."""
    if is_host():
        return
    raise RefusedError(NOT_YOURS if memberships() else NOT_YOU)


def desk_of(exercise: str, member: Member) -> str:
    """Return the address of a member's own desk."""
    match member.role:
        case "facilitator":
            return f"/console/{exercise}"
        case "trainer" | "evaluator":
            return f"/review/{exercise}"
        case "room":
            codes = services().directory.codes(exercise)
            return f"/room/{in_fours(codes.get(ROOM_PLACE, ''))}"
        case "observer" | "delegate":
            return f"/desk/{member.id}"
