"""What is kept beside the record: sessions, links, codes, tries, drafts, read marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from exercise.service.drafts import Drafts, Place

__all__ = [
    "HOST",
    "ROOM_PLACE",
    "Directory",
    "Failures",
    "Link",
    "Membership",
    "Place",
]

HOST = "host"
ROOM_PLACE = "room"


@dataclass(frozen=True, slots=True)
class Membership:
    """A member that a session may act as; `member` is "host" for the host's right."""

    exercise: str
    member: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a one-time link lets its spender be.

    `member` names one who was taken in already (invited); else the spender joins.
    """

    exercise: str
    role: str
    member: str = ""
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed tries since a moment: by one browser, and by everybody."""

    mine: int
    all: int


class Directory(Drafts, Protocol):
    """Side tables; tokens and codes go in plain and are kept as hashes only."""

    # --- Sessions: a token (browser cookie or bearer) and whom it may act as

    def admit(self, token: str, who: Membership, wall_ms: int) -> None:
        """Let the holder of `token` act as a member."""

    def memberships(self, token: str) -> Sequence[Membership]:
        """Return whom the holder of `token` may act as, in the order of admission."""

    def leave(self, token: str, wall_ms: int, member: str = "") -> None:
        """Log the holder out, as one member or as all."""

    def replace_token(self, old: str, new: str) -> None:
        """Move every membership of a session to a fresh token."""

    def left_since(self, wall_ms: int) -> Sequence[tuple[str, str]]:
        """Return (token hash, member) of every logout since then, for the tailers."""

    # --- One-time links

    def make_link(self, token: str, link: Link, wall_ms: int) -> None:
        """Keep a fresh link."""

    def link(self, token: str) -> Link | None:
        """Return what a link leads to, spent or not; None if there is no such link."""

    def spend_link(self, token: str, wall_ms: int) -> Link | None:
        """Spend a link; None if there is none or somebody was faster."""

    # --- Join codes

    def make_code(self, place: Place) -> str:
        """Make a place's code, or another one in its stead, and return it."""

    def codes(self, exercise: str) -> Mapping[str, str]:
        """Return the codes in force by delegation, as facilitators read them out."""

    def place(self, typed: str) -> Place | None:
        """Return where a code leads, typed in any way."""

    def fail(self, browser: str, wall_ms: int) -> None:
        """Count a failed try of this browser."""

    def failures(self, browser: str, since_ms: int) -> Failures:
        """Return how many tries failed since then."""

    # --- What was read

    def see(
        self, exercise: str, audience: str, member: str, position: int
    ) -> tuple[int, int]:
        """Note how far a member has read; return the audience's mark before, after."""

    def read_to(self, exercise: str) -> Mapping[str, int]:
        """Return how far each audience has read: the furthest of its members."""

    def read_by(
        self, exercise: str, entries: Sequence[str]
    ) -> Mapping[str, Sequence[str]]:
        """Return the delegations that have read each of these entries."""
