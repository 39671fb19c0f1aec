"""Events as the score reads them: who did what towards whom, about which inject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from exercise.domain.events import (
    Acknowledged,
    ActIssued,
    CallAnswered,
    ItemShared,
    MeasureAdopted,
    SilenceBroken,
    TextAmended,
    TextDeclined,
    TextProposed,
    TextPublished,
    TextSigned,
    TextState,
)
from exercise.domain.moment import Recorded

InjectOf = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act of one delegation; `inject` is the inject it is about, if any."""

    entry: str
    seq: int
    at_ms: int
    by: str
    instrument: str
    to: tuple[str, ...] = ()
    inject: str = ""
    items: tuple[str, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)
    citations: tuple[str, ...] = ()
    public: bool = False
    rung: int = 0


def read(entry: Recorded, inject_of: InjectOf) -> tuple[Deed, ...]:
    """Return the deeds in an entry; an answered call is one of each side."""
    event = entry.event
    by = entry.author.delegation
    match event:
        case Acknowledged(about=about):
            return (_deed(entry, by, "ack", inject=inject_of(about)),)
        case ActIssued():
            return (_act(entry, event, inject_of(event.about)),)
        case ItemShared():
            return (_share(entry, event, inject_of(event.about)),)
        case CallAnswered(caller=caller, callee=callee):
            return (
                _deed(entry, caller, "hotline_call", to=(callee,)),
                _deed(entry, callee, "hotline_call", to=(caller,)),
            )
        case TextSigned(state=state) | TextAmended(state=state):
            # Whoever amends a text has signed the new version.
            return (_signature(entry, by, state, "sign_joint_statement", inject_of),)
        case TextDeclined(state=state) | SilenceBroken(state=state):
            return (_signature(entry, by, state, "decline_joint_statement", inject_of),)
        case TextProposed(state=state):
            return tuple(
                _signature(entry, by, state, instrument, inject_of)
                for instrument in _proposals(state)
            )
        case TextPublished():
            return _publication(entry, event, inject_of)
        case MeasureAdopted():
            return _joint(entry, event, inject_of(event.about))
        case _:
            return ()


def _deed(
    entry: Recorded,
    by: str,
    instrument: str,
    *,
    to: tuple[str, ...] = (),
    inject: str = "",
) -> Deed:
    return Deed(
        entry=entry.id,
        seq=entry.seq,
        at_ms=entry.at_ms,
        by=by,
        instrument=instrument,
        to=to,
        inject=inject,
    )


def _act(entry: Recorded, event: ActIssued, inject: str) -> Deed:
    return Deed(
        entry=entry.id,
        seq=entry.seq,
        at_ms=entry.at_ms,
        by=entry.author.delegation,
        instrument=event.instrument,
        to=event.to,
        inject=inject,
        items=keys(event.fields.get("items")),
        claims=pairs(event.fields.get("claims")),
        citations=keys(event.fields.get("citations")),
        public=event.public,
        rung=event.rung,
    )


def _share(entry: Recorded, event: ItemShared, inject: str) -> Deed:
    return Deed(
        entry=entry.id,
        seq=entry.seq,
        at_ms=entry.at_ms,
        by=entry.author.delegation,
        instrument="share_item",
        to=event.to,
        inject=inject,
        items=(event.item,),
    )


def _proposals(state: TextState) -> tuple[str, ...]:
    """Return what proposing a text counts as; a drafter who signed has signed."""
    kind = "joint_attribution" if state.accuses else "joint_statement"
    signed = ("sign_joint_statement",) if state.drafter in state.signed else ()
    return (kind, *signed)


def _signature(
    entry: Recorded, by: str, state: TextState, instrument: str, inject_of: InjectOf
) -> Deed:
    """Return a signature or refusal; it takes a position on what the text claims."""
    return Deed(
        entry=entry.id,
        seq=entry.seq,
        at_ms=entry.at_ms,
        by=by,
        instrument=instrument,
        to=tuple(one for one in state.parties if one != by),
        inject=inject_of(state.text),
        claims=state.claims,
    )


def _publication(
    entry: Recorded, event: TextPublished, inject_of: InjectOf
) -> tuple[Deed, ...]:
    """Return what adoption means for each signatory: the text is its own now."""
    state = event.state
    inject = inject_of(event.about) or inject_of(state.text)
    instruments = dict.fromkeys((event.instrument, "sign_joint_statement"))
    return tuple(
        Deed(
            entry=entry.id,
            seq=entry.seq,
            at_ms=entry.at_ms,
            by=signatory,
            instrument=instrument,
            to=tuple(one for one in state.parties if one != signatory),
            inject=inject,
            claims=state.claims,
            citations=state.citations,
            public=True,
            rung=event.rung,
        )
        for signatory in state.signed
        for instrument in instruments
    )


def _joint(entry: Recorded, event: MeasureAdopted, inject: str) -> tuple[Deed, ...]:
    """Return a joint measure as each adopter's own."""
    return tuple(
        Deed(
            entry=entry.id,
            seq=entry.seq,
            at_ms=entry.at_ms,
            by=one,
            instrument=event.instrument,
            to=(event.target,),
            inject=inject,
            citations=event.citations,
            public=True,
            rung=event.rung,
        )
        for one in event.adopters
    )


def keys(value: object) -> tuple[str, ...]:
    """Return a field that holds ids, without repeats, or nothing."""
    if not isinstance(value, tuple | list):
        return ()
    return tuple(dict.fromkeys(str(one) for one in value))


def pairs(value: object) -> dict[str, str]:
    """Return a field that holds topic = value, or nothing."""
    if not isinstance(value, Mapping):
        return {}
    return {str(name): str(said) for name, said in value.items()}
