"""Opening, joining, seats, moving, revoking, redacting."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.errors import Conflict, NotFound
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.scenario import Seat
from exercise.domain.state import Exercise

# Nothing is folded from the body of these: without it state and score stay the same.
REDACTABLE = frozenset(
    {
        "member_named",
        "call_line",
        "forum_spoken",
        "minutes_recorded",
        "note_written",
        "survey_answered",
        "plan_written",
        "plan_carried",
        "objective_marked",
        "rated",
        "pinned",
    }
)
MOVED_DEVICE = "The seat was taken again with the code, on another device."


def open_exercise(command: c.Open) -> tuple[e.Event, ...]:
    """Begin a timeline with the frozen scenario."""
    return (
        e.ExerciseOpened(
            title=command.title, scenario=command.scenario, starts_at=command.starts_at
        ),
    )


def join(state: Exercise, command: c.Join) -> tuple[e.Event, ...]:
    """Take a participant in; taking an exclusive seat again moves it."""
    if command.member in state.members:
        return _renamed(state, command)
    if state.status == "ended" and command.role == "delegate":
        raise Conflict("The exercise has ended.", code="ended")
    _check_seat(state, command.delegation, command.seat, command.role == "delegate")
    joined = e.MemberJoined(
        member=command.member,
        role=command.role,
        delegation=command.delegation,
        seat=command.seat,
    )
    out = _vacate(state, command.delegation, command.seat, command.member)
    return (*out, joined, *_named(command))


def _named(command: c.Join) -> tuple[e.Event, ...]:
    if not command.name:
        return ()
    return (e.MemberNamed(member=command.member, name=command.name),)


def _renamed(state: Exercise, command: c.Join) -> tuple[e.Event, ...]:
    if command.name and state.name_of(command.member) != command.name:
        return _named(command)
    return ()


def take_seat(
    state: Exercise, command: c.TakeSeat, member: Member
) -> tuple[e.Event, ...]:
    """Sit down in a seat of one's own delegation."""
    if member.seat == command.seat:
        return ()
    seat = _check_seat(state, member.delegation, command.seat, True)  # noqa: FBT003 - a delegate, always
    if seat is not None and seat.exclusive and _holder(state, member, seat.id):
        raise Conflict("That seat is taken.", code="seat-taken", field="seat")
    return (
        e.MemberMoved(
            member=member.id, delegation=member.delegation, seat=command.seat
        ),
    )


def hand_over(
    state: Exercise, command: c.HandOver, member: Member
) -> tuple[e.Event, ...]:
    """Let another participant of the delegation sit in one's seat, and stand up."""
    if not member.seat:
        raise Conflict("You hold no seat that you could hand over.", field="to")
    other = state.members.get(command.to)
    near = other is not None and other.delegation == member.delegation
    if other is None or other.revoked or not near or other.id == member.id:
        raise NotFound("There is nobody else of your delegation there.", field="to")
    if other.seat == member.seat:
        raise Conflict("They sit in that seat already.", field="to")
    home, seat = member.delegation, member.seat
    return (
        e.MemberMoved(member=other.id, delegation=home, seat=seat),
        e.MemberMoved(member=member.id, delegation=home, seat=""),
    )


def move(state: Exercise, command: c.Move) -> tuple[e.Event, ...]:
    """Seat a participant somewhere else."""
    member = _member(state, command.member)
    if member.role != "delegate":
        raise NotFound("Only delegates sit in delegations.", field="member")
    _check_seat(state, command.delegation, command.seat, True)  # noqa: FBT003 - a delegate, always
    return (
        e.MemberMoved(
            member=command.member, delegation=command.delegation, seat=command.seat
        ),
    )


def revoke(state: Exercise, command: c.Revoke, by: Member) -> tuple[e.Event, ...]:
    """Take a participant's access away."""
    member = _member(state, command.member)
    if member.revoked:
        return ()
    if member.id == by.id:
        raise Conflict("You cannot take your own access away.", field="member")
    return (e.MemberRevoked(member=member.id, reason=command.reason),)


def invite(command: c.Invite, now: Moment) -> tuple[e.Event, ...]:
    """Take a person in whose name will come when they open their link."""
    return (e.MemberJoined(member=now.ids(0), role=command.role),)


def redact(state: Exercise, command: c.Redact) -> tuple[e.Event, ...]:
    """Take the body of an entry away."""
    ref = state.index.get(command.entry)
    if ref is None:
        raise NotFound("There is no entry “{id}”.", field="entry", id=command.entry)
    if ref.kind not in REDACTABLE:
        raise Conflict(
            "An entry of the kind {kind} holds up state or score; it stays.",
            field="entry",
            kind=ref.kind,
        )
    return (e.EntryRedacted(entry=command.entry, reason=command.reason),)


def _member(state: Exercise, id_: str) -> Member:
    member = state.members.get(id_)
    if member is None:
        raise NotFound("There is no such participant.", field="member")
    return member


def _check_seat(
    state: Exercise,
    delegation: str,
    seat: str,
    delegate: bool,  # noqa: FBT001 - a private check
) -> Seat | None:
    if not delegate:
        return None
    home = state.scenario.delegation(delegation)
    if home is None:
        raise NotFound(
            "There is no delegation “{id}”.", field="delegation", id=delegation
        )
    if not seat:
        return None
    for one in home.seats:
        if one.id == seat:
            return one
    raise NotFound(
        "{name} has no seat “{seat}”. Known: {known}.",
        field="seat",
        name=home.name,
        seat=seat,
        known=", ".join(one.id for one in home.seats),
    )


def _holder(state: Exercise, member: Member, seat: str) -> str:
    for one in state.members.values():
        sits = (one.delegation, one.seat) == (member.delegation, seat)
        if sits and not one.revoked and one.id != member.id:
            return one.id
    return ""


def _vacate(
    state: Exercise, delegation: str, seat: str, newcomer: str
) -> tuple[e.Event, ...]:
    home = state.scenario.delegation(delegation)
    exclusive = home is not None and any(
        one.id == seat and one.exclusive for one in home.seats
    )
    if not exclusive:
        return ()
    holder = _holder(state, Member(newcomer, "delegate", delegation), seat)
    return (e.MemberRevoked(member=holder, reason=MOVED_DEVICE),) if holder else ()
