"""How one event becomes a sealed entry of the record."""

from collections.abc import Sequence

from exercise.domain import chain
from exercise.domain.events import Event
from exercise.domain.identity import EVALUATORS, FACILITATORS, OBSERVERS, ROOM
from exercise.domain.moment import Author, Recorded
from exercise.domain.wall import iso
from exercise.service.ports import Ports, Sealed, StoredEntry

# Audiences that are no delegations: nothing is "delivered" to them in the record.
DESKS = frozenset({FACILITATORS, EVALUATORS, OBSERVERS, ROOM})


def delivered(audience: Sequence[str], at_ms: int) -> dict[str, int]:
    """Return each delegation of an audience with the entry's own time."""
    return {one: at_ms for one in audience if one not in DESKS}


def author_body(author: Author) -> dict[str, str]:
    """Return an author as the record writes it: only what is set."""
    parts = {
        "member": author.member,
        "delegation": author.delegation,
        "seat": author.seat,
    }
    return {key: value for key, value in parts.items() if value}


def envelope(entry: StoredEntry) -> chain.Json:
    """Return the part of an entry that stays hidden in an inclusion proof."""
    return {
        "seq": entry.seq,
        "audience": entry.audience,
        "delivered": delivered(entry.audience, entry.at_ms),
        "actor": entry.actor,
    }


def content(entry: StoredEntry, body_hash: str) -> chain.Json:
    """Return the part of an entry that an inclusion proof shows."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "version": entry.version,
        "at_ms": entry.at_ms,
        "wall": iso(entry.wall_ms),
        "author": author_body(entry.author),
        "body_hash": body_hash,
    }


def seal(draft: Recorded, prev: bytes, ports: Ports) -> tuple[Sealed, Recorded]:
    """Return an entry with its hashes, and as it will be read back.

    The event is decoded from what is stored: a body that could not be read again is
    found before it is written, and the state folds over nothing else.
    """
    kind, version, fields = ports.codec.encode(draft.event)
    body = ports.codec.canonical(fields)
    text = body.decode()
    stored = StoredEntry(
        seq=draft.seq,
        id=draft.id,
        at_ms=draft.at_ms,
        wall_ms=draft.wall_ms,
        kind=kind,
        version=version,
        actor=draft.actor,
        author=draft.author,
        audience=draft.audience,
        body=text,
    )
    try:
        event = ports.codec.decode(kind, version, text)
    except ValueError as error:
        raise chain.NotCanonical(f"{kind} would not be read again") from error
    return _hashed(stored, body, prev, ports), _with(draft, event)


def _hashed(entry: StoredEntry, body: bytes, prev: bytes, ports: Ports) -> Sealed:
    salt = ports.salts.new(f"body/{entry.seq}")
    cover = ports.salts.new(f"envelope/{entry.seq}")
    write = ports.codec.canonical
    body_hash = chain.body_hash(salt, body)
    hidden = chain.envelope_hash(cover, envelope(entry), write)
    leaf = chain.leaf(hidden, content(entry, body_hash), write)
    return Sealed(entry, body_hash, salt, cover, leaf, prev, chain.link(prev, leaf))


def _with(draft: Recorded, event: Event) -> Recorded:
    return Recorded(
        seq=draft.seq,
        id=draft.id,
        at_ms=draft.at_ms,
        wall_ms=draft.wall_ms,
        actor=draft.actor,
        event=event,
        author=draft.author,
        audience=draft.audience,
    )
