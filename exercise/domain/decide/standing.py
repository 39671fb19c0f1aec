"""Who may do what, and when: the checks every command passes first."""

from exercise.domain import commands as c
from exercise.domain.errors import Forbidden, NotFound, WrongPhase
from exercise.domain.identity import Member, Role
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Delegation
from exercise.domain.state import Exercise

STAFF: tuple[Role, ...] = ("facilitator", "evaluator", "trainer")
ANYBODY: tuple[Role, ...] = ("delegate", *STAFF, "observer")

# Evaluation goes on beside the facilitators' console and after ENDEX.
WIDER: dict[str, tuple[Role, ...]] = {
    "adjudicate": STAFF,
    "override": STAFF,
    "confirm_override": STAFF,
    "mark_plan": STAFF,
    "rate": ("evaluator", "trainer"),
    "close_ratings": STAFF,
    "pin": STAFF,
    "finding": STAFF,
    "plan": STAFF,
    "survey": ANYBODY,
    "rename": ANYBODY,
    "admit": ("delegate", "facilitator"),
    "close_forum": ("delegate", "facilitator"),
}
FACILITATION = frozenset(
    {
        "start",
        "pause",
        "resume",
        "set_rate",
        "release",
        "undo",
        "hold",
        "skip",
        "recall",
        "revise",
        "ad_hoc_inject",
        "reply_as",
        "shift",
        "end",
        "open_probe",
        "note",
        "mark_objective",
        "exclude",
        "invite",
        "move",
        "revoke",
    }
)
AFTER_END = frozenset(
    {
        "rate",
        "close_ratings",
        "pin",
        "finding",
        "plan",
        "survey",
        "adjudicate",
        "override",
        "confirm_override",
        "mark_plan",
        "exclude",
        "note",
        "mark_objective",
        "invite",
        "move",
        "rename",
        "revoke",
    }
)
BEFORE_START = frozenset(
    {
        "start",
        "hold",
        "skip",
        "revise",
        "take_seat",
        "hand_over",
        "update_contact",
        "shift",
        *AFTER_END,
    }
)
IN_PAUSE = FACILITATION | AFTER_END | {"take_seat", "hand_over", "withdraw"}


def standing(state: Exercise, command: c.WireCommand, actor: str) -> Member:
    """Return the member behind `actor`, who may give `command` now.

    Raises:
        Forbidden: not a member, revoked, or not in the right role.
        WrongPhase: right person, wrong moment.
    """
    member = state.members.get(actor)
    if member is None or member.revoked or actor == SYSTEM:
        raise Forbidden("You are not in this exercise any more. Join again.")
    _check_role(member, command.type)
    _check_moment(state, command.type)
    return member


def _check_role(member: Member, type_: str) -> None:
    usual: tuple[Role, ...] = ("facilitator" if type_ in FACILITATION else "delegate",)
    allowed = WIDER.get(type_, usual)
    if member.role not in allowed:
        raise Forbidden(
            "Your role is {role}; this is for: {allowed}.",
            role=member.role,
            allowed=", ".join(allowed),
        )


def _check_moment(state: Exercise, type_: str) -> None:
    if state.status == "ended" and type_ not in AFTER_END:
        raise WrongPhase("The exercise has ended; its record takes no more moves.")
    if state.status == "lobby" and type_ not in BEFORE_START:
        raise WrongPhase("The exercise has not started yet.", code="not-started")
    if state.status == "paused" and type_ not in IN_PAUSE:
        raise WrongPhase(
            "Paused by the facilitator. Your text is kept; send it when play goes on.",
            code="paused",
        )


def home(state: Exercise, member: Member) -> Delegation:
    """Return the delegation a delegate sits in.

    Raises:
        NotFound: the delegation is not part of this exercise.
    """
    found = state.scenario.delegation(member.delegation)
    if found is None:
        raise NotFound("You do not sit in a delegation.", field="delegation")
    return found


def addressees(
    state: Exercise, own: str, to: tuple[str, ...], field: str = "to"
) -> tuple[str, ...]:
    """Return `to`, sorted and once each, without letting anybody write to itself.

    Raises:
        NotFound: an addressee is unknown, or is the sender.
    """
    known = state.scenario.delegation_ids
    for one in to:
        if one not in known or one == own:
            raise NotFound(
                "“{name}” cannot be addressed here. Known: {known}.",
                field=field,
                name=one,
                known=", ".join(k for k in known if k != own),
            )
    return tuple(sorted(set(to)))
