"""Help offered, accepted, delivered and confirmed: how a promise comes about."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.errors import Conflict, NotFound
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise, Promise


def check(state: Exercise, command: c.Act, member: Member) -> None:
    """Refuse an answer to help that does not fit what it is about.

    Raises:
        NotFound: there is no such offer or promise for this delegation.
        Conflict: the promise has come that far already.
    """
    own = member.delegation
    match command.instrument:
        case "accept_assistance" | "decline_assistance":
            offer = state.offers.get(command.about)
            if offer is None or offer.to != own:
                raise NotFound("No offer to you is open there.", field="about")
        case "deliver_assistance":
            promise = _promise(state, command.about)
            if promise is None or promise.promisor != own:
                raise NotFound("You made no such promise.", field="about")
            if promise.delivered:
                raise Conflict("Delivery was reported already.", field="about")
        case "confirm_assistance":
            promise = _promise(state, command.about)
            if promise is None or promise.beneficiary != own:
                raise NotFound("No such promise was made to you.", field="about")
            if promise.confirmed:
                raise Conflict("Receipt was confirmed already.", field="about")
        case _:
            return


def _promise(state: Exercise, about: str) -> Promise | None:
    return state.promises.get(about)


def follows(
    state: Exercise, act: e.ActIssued, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Return what an act about help leads to on the timeline."""
    note = str(act.fields.get("text", ""))[:1000]
    match act.instrument:
        case "accept_assistance":
            offer = state.offers[act.about]
            return (
                e.CommitmentMade(
                    type=offer.type,
                    promisor=offer.by,
                    beneficiary=member.delegation,
                    due_ms=now.at_ms + offer.due_in_ms,
                    source=act.about,
                    what=note,
                ),
            )
        case "deliver_assistance":
            promise = state.promises[act.about]
            return (
                e.CommitmentDelivered(
                    commitment=act.about,
                    type=promise.type,
                    note=note,
                    promisor=promise.promisor,
                    beneficiary=promise.beneficiary,
                ),
            )
        case "confirm_assistance":
            promise = state.promises[act.about]
            return (
                e.CommitmentConfirmed(
                    commitment=act.about,
                    type=promise.type,
                    note=note,
                    promisor=promise.promisor,
                    beneficiary=promise.beneficiary,
                ),
            )
        case _:
            return ()
