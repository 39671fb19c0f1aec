"""What adopting a joint text takes, and what it leads to."""

from typing import Final

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.errors import NotFound, Unfit
from exercise.domain.events import TextState
from exercise.domain.moment import Moment
from exercise.domain.scenario import TextPlan
from exercise.domain.state import Exercise

ENOUGH = 2  # A joint text has at least two signatories.
AGREED = "agreed_text"  # What a binding text that no scenario foresees promises.
# Who must be among the signatories of a multistakeholder text.
MULTISTAKEHOLDER: Final = "multistakeholder"
STAKEHOLDERS = ("state", "company", "cso")


def absent(state: Exercise, among: tuple[str, ...]) -> tuple[str, ...]:
    """Return which kinds a multistakeholder text lacks among these delegations."""
    kinds = {one.kind for one in state.scenario.delegations if one.id in among}
    return tuple(kind for kind in STAKEHOLDERS if kind not in kinds)


def quorum(command: c.Propose, parties: tuple[str, ...]) -> int:
    """Return how many parties must vote: as declared, else a majority of them.

    Raises:
        Unfit: it is not for a vote, or more than there are parties.
    """
    if command.vote_ms is None:
        if command.quorum is not None:
            raise Unfit("Only a vote has a quorum.", field="quorum")
        return 0
    if command.quorum is not None and command.quorum > len(parties):
        raise Unfit(
            "The text has {count} parties; no more can vote.",
            field="quorum",
            count=len(parties),
        )
    return command.quorum or len(parties) // 2 + 1


def adopted(
    state: Exercise, text: TextState, now: Moment, used: int
) -> tuple[e.Event, ...]:
    """Publish a text whose parties have all spoken, or withdraw it.

    Whoever signs alone has no joint text, and one of several kinds of stakeholders
    needs each of them.
    """
    if len(text.signed) < ENOUGH or (text.rule and absent(state, text.signed)):
        return (e.TextWithdrawn(state=text),)
    return published(state, text, now, used)


def published(
    state: Exercise, text: TextState, now: Moment, used: int
) -> tuple[e.Event, ...]:
    """Return the public entry of an adopted text, and the promises it makes."""
    kind = "joint_attribution" if text.accuses else "joint_statement"
    rung = INSTRUMENTS[kind].rung
    event = e.TextPublished(state=text, instrument=kind, rung=rung)
    return (event, *_promises(state, text, now, now.ids(used)))


def _promises(
    state: Exercise, text: TextState, now: Moment, source: str
) -> tuple[e.Event, ...]:
    """Return what a binding text makes its signatories promise its drafter."""
    plan = foreseen(state, text.plan) if text.plan else None
    types: tuple[str, ...] = (AGREED,)
    due_in_ms = text.due_in_ms
    if plan and plan.commitments:
        types, due_in_ms = plan.commitments, plan.commitment_due_ms
    return tuple(
        e.CommitmentMade(
            type=type_,
            promisor=signatory,
            beneficiary=text.drafter,
            due_ms=now.at_ms + due_in_ms,
            source=source,
            what=text.title,
        )
        for type_ in (types if text.binding else ())
        for signatory in text.signed
        if signatory != text.drafter
    )


def foreseen(state: Exercise, id_: str) -> TextPlan:
    """Return a text that the scenario foresees.

    Raises:
        NotFound: it foresees none with this id.
    """
    for plan in state.scenario.texts:
        if plan.id == id_:
            return plan
    raise NotFound("The scenario foresees no text “{id}”.", field="plan", id=id_)
