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

    @property
    def oldest(self) -> int:
        """Return the number of the oldest version that is kept beside this one."""
        return self.number - MOST_VERSIONS + 1


@dataclass(frozen=True, slots=True)
class Edit:
    """What `member` writes into the draft `key` at `wall_ms`, and why."""

    key: str
    body: str
    member: str
    wall_ms: int
    how: How = ""

    def on(
        self, stands: Draft | None, newest: DraftVersion | None
    ) -> tuple[Draft, DraftVersion | None]:
        """Return the draft as it stands then, and the version to keep of it.

        Where somebody else is writing, all stays as it is and none is to be kept.
        """
        if stands is not None and self._is_held(stands):
            return stands, None
        draft = Draft(self.key, self.body, self.member, self.wall_ms + LOCK_MS)
        return draft, self._in(newest)

    def _is_held(self, stands: Draft) -> bool:
        """Tell whether somebody else is writing, from whom nobody takes over."""
        if stands.member == self.member or self.how == "take":
            return False
        return stands.locked_until_ms > self.wall_ms

    def _in(self, newest: DraftVersion | None) -> DraftVersion:
        """Return the version these words belong to: the newest, or the next."""
        now_ms = self.wall_ms
        if newest is None:
            return DraftVersion(1, self.body, self.member, now_ms, now_ms)
        fresh = now_ms - newest.began_ms < VERSION_MS and newest.member == self.member
        if newest.body == self.body or (fresh and not self.how):
            return replace(newest, body=self.body, wall_ms=now_ms)
        return DraftVersion(newest.number + 1, self.body, self.member, now_ms, now_ms)


class Drafts(Protocol):
    """A delegation's drafts, each with its newest versions."""

    def save_draft(self, where: Place, edit: Edit) -> Draft:
        """Keep what an edit makes of a draft, and return the draft as it stands."""

    def drafts(self, where: Place) -> Sequence[Draft]:
        """Return a delegation's drafts."""

    def draft_versions(self, where: Place, key: str) -> Sequence[DraftVersion]:
        """Return a draft's versions that are kept, the newest first."""

    def drop_draft(self, where: Place, key: str) -> None:
        """Forget a draft and its versions."""
