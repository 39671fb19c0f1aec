"""Words not yet sent: who is writing, and what was written before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

LOCK_MS = 20_000
# One person's typing within this time is one version.
VERSION_MS = 60_000
MOST_VERSIONS = 20

How: TypeAlias = Literal["", "take", "restore"]
"""Why it is saved: written on; taken over from a colleague; an earlier version."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a join code leads: a delegation, or the room display."""

    exercise: str
    delegation: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Words not yet sent, kept for a whole delegation.

    While `locked_until_ms` (wall) lies ahead only `member` may write, or whoever
    takes it over.
    """

    key: str
    body: str
    member: str
    locked_until_ms: int


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """A draft as `member` left it at `wall_ms`, having begun at `began_ms`."""

    number: int
    body: str
    member: str
    began_ms: int
    wall_ms: int


def is_locked(stands: Draft | None, member: str, wall_ms: int, how: How) -> bool:
    """Tell whether somebody else is writing just now, whom nobody takes over from."""
    if stands is None or stands.member == member or how == "take":
        return False
    return stands.locked_until_ms > wall_ms


def grown(last: DraftVersion | None, draft: Draft, how: How) -> DraftVersion:
    """Return the version that a saved draft belongs to: the last one, or the next."""
    wall_ms = draft.locked_until_ms - LOCK_MS
    if last is None:
        return DraftVersion(1, draft.body, draft.member, wall_ms, wall_ms)
    fresh = wall_ms - last.began_ms < VERSION_MS and last.member == draft.member
    if last.body == draft.body or (fresh and not how):
        return replace(last, body=draft.body, wall_ms=wall_ms)
    return DraftVersion(last.number + 1, draft.body, draft.member, wall_ms, wall_ms)


class Drafts(Protocol):
    """A delegation's drafts, each with its earlier versions."""

    def save_draft(  # noqa: PLR0913, PLR0917 - who writes what, where, when and why
        self,
        where: Place,
        key: str,
        body: str,
        member: str,
        wall_ms: int,
        how: How = "",
    ) -> Draft:
        """Keep a draft and the lock on it; return what stands if another holds it."""

    def drafts(self, where: Place) -> Sequence[Draft]:
        """Return a delegation's drafts."""

    def draft_versions(self, where: Place, key: str) -> Sequence[DraftVersion]:
        """Return a draft's versions that are kept, the newest first."""

    def drop_draft(self, where: Place, key: str) -> None:
        """Forget a draft and its versions."""
