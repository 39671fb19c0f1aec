"""Who reads an entry of each kind, by what the entry itself says, and nobody else."""

from collections.abc import Iterator, Mapping, Sequence

from exercise.domain.identity import EVALUATORS, FACILITATORS, OBSERVERS, ROOM
from exercise.domain.moment import Recorded
from tests.attack.matrix.routes import Cell
from tests.domain.given import Story

# What everybody in the hall may know; a kind that is new and this wide belongs here,
# after somebody has thought about it.
PUBLIC = frozenset(
    {
        "started",
        "paused",
        "resumed",
        "rate_set",
        "ended",
        "phase_began",
        "probe_opened",
        "probe_closed",
        "text_published",
        # A measure of several States is one public act.
        "measure_adopted",
    }
)
# A directory is one for all delegations: who is reached how.
SHARED = frozenset({"contact_updated"})
# Not even evaluators: they rate blind.
UNSEEN = frozenset({"note_written", "rated"})
# That a call took place is seen, its words are not.
WATCHED = frozenset({"call_opened", "call_closed"})
ADDRESSED = (
    "to", "parties", "caller", "callee", "promisor", "beneficiary", "members",
    "admitted", "asked", "declined", "by",
)  # fmt: skip
NAMED = ("about", "entry", "entries")
SEATED = frozenset({"member_joined", "member_named", "member_moved", "member_revoked"})
WATCHERS = (EVALUATORS, FACILITATORS, OBSERVERS, ROOM)


def stream_cells(story: Story) -> Iterator[Cell]:
    """Judge each entry of a story for each audience there is."""
    homes: dict[str, set[str]] = {}
    rooms: dict[str, set[str]] = {}
    read = {one.id: one for one in story.entries}
    every = (*story.scenario.delegation_ids, *WATCHERS)
    for entry in story.entries:
        may = readers(entry, read, homes, every) | _sitting(entry.event, rooms)
        for stream in every:
            sees = stream in entry.audience
            told = sees and stream not in may
            wrong = f"{stream} reads {entry.event.KIND}" if told else ""
            surface = ("stream", entry.event.KIND)
            yield Cell(surface, stream, "audience", "entry", wrong, refused=not sees)


def readers(
    entry: Recorded,
    read: Mapping[str, Recorded],
    homes: dict[str, set[str]],
    every: Sequence[str],
) -> set[str]:
    """Return all who may read an entry, going by its own words."""
    event, kind = entry.event, entry.event.KIND
    if kind in UNSEEN:
        return {FACILITATORS}
    if kind in PUBLIC or getattr(event, "public", False):
        return set(every)
    may = {EVALUATORS, FACILITATORS, entry.author.delegation, *addressed(event)}
    may |= {OBSERVERS} if kind in WATCHED else set()
    may |= set(every) - set(WATCHERS) if kind in SHARED else set()
    if kind in SEATED:
        member = str(getattr(event, "member", ""))
        home = homes.setdefault(member, set())
        home |= {str(getattr(event, "delegation", ""))}
        may |= home
    for id_ in _named(event):
        if id_ in read:
            named = read[id_]
            # A recall or a redaction follows what it names to all who read that.
            wide = kind in {"entry_redacted", "inject_recalled"}
            may |= set(named.audience) if wide else {named.author.delegation}
    return may


def _sitting(event: object, rooms: dict[str, set[str]]) -> set[str]:
    """Return who sits in the session that an event belongs to, as was last told."""
    state = getattr(event, "state", None)
    room = str(getattr(state, "forum", "") or getattr(event, "forum", ""))
    sitting = rooms.setdefault(room, set()) if room else set()
    sitting |= _said(state, ("members",))
    return sitting


def addressed(event: object) -> set[str]:
    """Return the parties that an event itself names as its addressees."""
    return _said(event, ADDRESSED) | _said(getattr(event, "state", None), ADDRESSED)


def _named(event: object) -> set[str]:
    return _said(event, NAMED)


def _said(holder: object, names: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        value = getattr(holder, name, ())
        if isinstance(value, str | tuple):
            found |= {value} if isinstance(value, str) else set(value)
    return found
