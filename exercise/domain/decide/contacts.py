"""A delegation's own lines in the directory of contact points."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.errors import Conflict, Unfit
from exercise.domain.identity import Member
from exercise.domain.scenario import Contact
from exercise.domain.state import Exercise

MOST = 9


def update_contact(
    state: Exercise, command: c.UpdateContact, member: Member
) -> tuple[e.Event, ...]:
    """Change a line of one's own delegation, or add the next one."""
    lines = state.contacts_of(member.delegation)
    if command.number > min(MOST, len(lines) + 1):
        raise Unfit(
            "There are {count} lines; change one of them or add the next.",
            field="number",
            count=len(lines),
        )
    title = " ".join(command.title.split())
    if not title:
        raise Unfit("Say who answers there.", field="title")
    line = Contact(
        layer=command.layer, title=title, hours=" ".join(command.hours.split())
    )
    if line in lines:
        if lines.index(line) == command.number - 1:
            return ()
        raise Conflict("The directory has this line already.", field="title")
    return (
        e.ContactUpdated(
            delegation=member.delegation,
            number=command.number,
            layer=line.layer,
            title=line.title,
            hours=line.hours,
        ),
    )
