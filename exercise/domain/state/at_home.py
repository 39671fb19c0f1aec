"""What waiting acts and contact points mean for the state."""

from exercise.domain import events as e
from exercise.domain.identity import Member
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Contact
from exercise.domain.state.exercise import Exercise, changed
from exercise.domain.state.values import Referred


def apply(
    state: Exercise,
    event: e.ActReferred | e.ActWithdrawn | e.ContactUpdated,
    entry: Recorded,
) -> Exercise:
    """Return the state after something a delegation settled by itself."""
    match event:
        case e.ActReferred():
            by = entry.author
            sender = Member(by.member, "delegate", by.delegation, by.seat)
            waiting = Referred(sender, event)
            state = gone(state, event.prepared_by)
            return changed(state, referred=state.referred.set(entry.id, waiting))
        case e.ActWithdrawn():
            return gone(state, event.about)
        case e.ContactUpdated(delegation=who):
            lines = _written(state.contacts_of(who), event)
            return changed(state, contacts=state.contacts.set(who, lines))


def gone(state: Exercise, about: str) -> Exercise:
    """Return the state in which an act no longer waits."""
    if about in state.prepared:
        return changed(state, prepared=state.prepared.delete(about))
    if about in state.referred:
        return changed(state, referred=state.referred.delete(about))
    return state


def _written(
    lines: tuple[Contact, ...], event: e.ContactUpdated
) -> tuple[Contact, ...]:
    line = Contact(layer=event.layer, title=event.title, hours=event.hours)
    at = event.number - 1
    return (*lines[:at], line, *lines[at + 1 :])
