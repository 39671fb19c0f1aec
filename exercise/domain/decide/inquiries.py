"""Joint investigations: proposed on a legal basis, joined by each member, promised."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.errors import Conflict, NotFound, Unfit
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise
from exercise.domain.state.inquiries import DECLINED, JOINED, PROPOSED, Inquiry

KIND = "joint_investigation"


def check(
    state: Exercise, command: c.Act, member: Member, to: tuple[str, ...]
) -> tuple[str, ...]:
    """Return who reads an act about a joint investigation; for other acts, `to`.

    Whoever joins or declines tells all its members.

    Raises:
        Unfit: the lead named is no member.
        NotFound: there is no such proposal to this delegation.
        Conflict: this delegation has answered already.
    """
    own = member.delegation
    if command.instrument == PROPOSED:
        lead = str(command.fields.get("lead", ""))
        if lead and lead not in {own, *to}:
            raise Unfit("Whoever leads is a member.", field="fields.lead")
        return to
    if command.instrument not in {JOINED, DECLINED}:
        return to
    inquiry = state.inquiries.get(command.about)
    if inquiry is None or own not in inquiry.members:
        raise NotFound(
            "No joint investigation was proposed to you there.", field="about"
        )
    if own in {*inquiry.joined, *inquiry.declined}:
        raise Conflict("Your delegation has answered already.", field="about")
    return tuple(sorted({inquiry.by, *inquiry.members} - {own}))


def follows(
    state: Exercise, act: e.ActIssued, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Return the promises that joining makes: to the lead, who promises in turn."""
    if act.instrument != JOINED:
        return ()
    own, inquiry = member.delegation, state.inquiries[act.about]
    if inquiry.lead != own:
        return (_promise(own, inquiry.head, inquiry, act.about, now),)
    return (
        _promise(own, inquiry.by, inquiry, act.about, now),
        _promise(inquiry.by, own, inquiry, act.about, now),
    )


def _promise(
    promisor: str, beneficiary: str, inquiry: Inquiry, source: str, now: Moment
) -> e.CommitmentMade:
    return e.CommitmentMade(
        type=KIND,
        promisor=promisor,
        beneficiary=beneficiary,
        due_ms=now.at_ms + inquiry.due_in_ms,
        source=source,
        what=inquiry.scope[:1000],
    )
