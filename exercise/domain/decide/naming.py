"""What people are called: a name is its bearer's own, and no office's."""

import unicodedata

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.errors import Conflict, Forbidden, NotFound, Unfit
from exercise.domain.identity import Member, Role
from exercise.domain.state import Exercise

# Letters of other scripts that look like Latin ones; who bears another's name in
# them is taken for that other.
_LOOKS = str.maketrans(
    "авекмнорстухіѕјԁԛԝҽαβεικνορτυχωıł",
    "abekmhopctyxisjdqweabeiknoptuxwil",
)
PLAY: tuple[Role, ...] = ("delegate", "observer")
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zs"})
OFFICES = frozenset(
    {
        "facilitator",
        "controller",
        "exercisecontrol",
        "evaluator",
        "trainer",
        "observer",
        "system",
        "whitecell",
    }
)


def alike(name: str) -> str:
    """Return what two names have in common that a reader cannot tell apart."""
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_LOOKS)
    return "".join(one for one in folded if unicodedata.category(one) not in _UNSEEN)


def is_office(name: str) -> bool:
    """Tell whether a name is that of somebody who runs the exercise."""
    return alike(name) in OFFICES


def rename(state: Exercise, command: c.Rename, by: Member) -> tuple[e.Event, ...]:
    """Give oneself, or as a facilitator somebody, another name."""
    member = _whom(state, command, by)
    name = _plain(command.name, member)
    if state.name_of(member.id) == name:
        return ()
    if member.id == by.id and _borne(state, name, member.id):
        raise Conflict(
            "Somebody here is called that already. Add something that tells you apart.",
            code="name-taken",
            field="name",
        )
    return (e.MemberNamed(member=member.id, name=name),)


def _whom(state: Exercise, command: c.Rename, by: Member) -> Member:
    if command.member in {"", by.id}:
        return by
    if by.role != "facilitator":
        raise Forbidden("You can change your own name only.", field="member")
    member = state.members.get(command.member)
    if member is None or member.role == "room":
        raise NotFound("There is no such participant.", field="member")
    return member


def _plain(typed: str, member: Member) -> str:
    name = " ".join(typed.split())
    if not alike(name) or any(unicodedata.category(one) == "Cc" for one in name):
        raise Unfit("A name is made of letters that can be seen.", field="name")
    if member.role in PLAY and is_office(name):
        raise Unfit("That is what somebody who runs this is called.", field="name")
    return name


def _borne(state: Exercise, name: str, by: str) -> bool:
    """Tell whether another participant bears a name that looks like this one."""
    wanted = alike(name)
    return any(
        alike(state.name_of(one.id)) == wanted
        for one in state.members.values()
        if one.id != by and not one.revoked
    )
