"""The directory in memory: tests and the demo's robots, by the same contract."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exercise.adapters.codes import code_hash, code_of, token_hash
from exercise.adapters.memory import MemoryTimeline
from exercise.service.conduct.sealing import DESKS
from exercise.service.directory import Failures, Link, Membership
from exercise.service.drafts import Draft, DraftVersion, Edit, Place


class MemoryDirectory:
    """Everything beside the record, for as long as the process lives."""

    def __init__(self, timeline: MemoryTimeline, secret: str) -> None:
        self._timeline = timeline
        self._secret = secret
        self._sessions: dict[tuple[str, Membership], int | None] = {}
        self._links: dict[str, Link] = {}
        self._codes: dict[Place, int] = {}
        self._failed: list[tuple[str, int]] = []
        self._drafts: dict[tuple[Place, str], Draft] = {}
        self._versions: dict[tuple[Place, str], list[DraftVersion]] = {}
        self._seen: dict[tuple[str, str, str], int] = {}

    def admit(self, token: str, who: Membership, wall_ms: int) -> None:
        """Let the holder of `token` act as a member."""
        del wall_ms
        self._sessions.pop((token_hash(token), who), None)
        self._sessions[token_hash(token), who] = None

    def memberships(self, token: str) -> Sequence[Membership]:
        """Return whom the holder of `token` may act as, in the order of admission."""
        return [who for _, who in self._open(token)]

    def leave(self, token: str, wall_ms: int, member: str = "") -> None:
        """Log the holder out, as one member or as all."""
        for key in self._open(token):
            if member in {"", key[1].member}:
                self._sessions[key] = wall_ms

    def replace_token(self, old: str, new: str) -> None:
        """Move every membership of a session to a fresh token."""
        for key in self._open(old):
            del self._sessions[key]
            self._sessions[token_hash(new), key[1]] = None

    def left_since(self, wall_ms: int) -> Sequence[tuple[str, str]]:
        """Return (token hash, member) of every logout since then."""
        return [
            (holder, who.member)
            for (holder, who), left_ms in self._sessions.items()
            if left_ms is not None and left_ms >= wall_ms
        ]

    def make_link(self, token: str, link: Link, wall_ms: int) -> None:
        """Keep a fresh link."""
        del wall_ms
        self._links[token_hash(token)] = replace(link, spent=False)

    def link(self, token: str) -> Link | None:
        """Return what a link leads to, spent or not."""
        return self._links.get(token_hash(token))

    def spend_link(self, token: str, wall_ms: int) -> Link | None:
        """Spend a link; None if there is none or it was spent."""
        del wall_ms
        link = self.link(token)
        if link is None or link.spent:
            return None
        spent = self._links[token_hash(token)] = replace(link, spent=True)
        return spent

    def make_code(self, place: Place) -> str:
        """Make a place's code, or another one in its stead, and return it."""
        self._codes[place] = self._codes.get(place, 0) + 1
        return code_of(self._secret, place, self._codes[place])

    def codes(self, exercise: str) -> Mapping[str, str]:
        """Return the codes in force by delegation."""
        return {
            place.delegation: code_of(self._secret, place, generation)
            for place, generation in self._codes.items()
            if place.exercise == exercise
        }

    def place(self, typed: str) -> Place | None:
        """Return where a code leads, typed in any way."""
        wanted = code_hash(self._secret, typed)
        for place, generation in self._codes.items():
            code = code_of(self._secret, place, generation)
            if code_hash(self._secret, code) == wanted:
                return place
        return None

    def fail(self, browser: str, wall_ms: int) -> None:
        """Count a failed try of this browser."""
        self._failed.append((browser, wall_ms))

    def failures(self, browser: str, since_ms: int) -> Failures:
        """Return how many tries failed since then."""
        late = [who for who, wall_ms in self._failed if wall_ms >= since_ms]
        return Failures(late.count(browser), len(late))

    def save_draft(self, where: Place, edit: Edit) -> Draft:
        """Keep what an edit makes of a draft, and return the draft as it stands."""
        place = (where, edit.key)
        kept = self._versions.get(place, [])
        draft, version = edit.on(self._drafts.get(place), kept[0] if kept else None)
        if version is not None:
            older = [
                one for one in kept if version.oldest <= one.number < version.number
            ]
            self._drafts[place], self._versions[place] = draft, [version, *older]
        return draft

    def draft_versions(self, where: Place, key: str) -> Sequence[DraftVersion]:
        """Return a draft's versions that are kept, the newest first."""
        return list(self._versions.get((where, key), ()))

    def drafts(self, where: Place) -> Sequence[Draft]:
        """Return a delegation's drafts."""
        mine = [one for (place, _), one in self._drafts.items() if place == where]
        return sorted(mine, key=lambda draft: draft.key)

    def drop_draft(self, where: Place, key: str) -> None:
        """Forget a draft and its versions."""
        self._drafts.pop((where, key), None)
        self._versions.pop((where, key), None)

    def see(
        self, exercise: str, audience: str, member: str, position: int
    ) -> tuple[int, int]:
        """Note how far a member has read; return the audience's mark before, after."""
        before = self.read_to(exercise).get(audience, 0)
        key = (exercise, audience, member)
        self._seen[key] = max(position, self._seen.get(key, 0))
        return before, max(before, position)

    def read_to(self, exercise: str) -> Mapping[str, int]:
        """Return how far each audience has read: the furthest of its members."""
        marks: dict[str, int] = {}
        for (where, audience, _), position in self._seen.items():
            if where == exercise:
                marks[audience] = max(position, marks.get(audience, 0))
        return marks

    def read_by(
        self, exercise: str, entries: Sequence[str]
    ) -> Mapping[str, Sequence[str]]:
        """Return the delegations that have read each of these entries."""
        marks = self.read_to(exercise)
        return {one: self._readers(exercise, one, marks) for one in entries}

    def _readers(
        self, exercise: str, entry_id: str, marks: Mapping[str, int]
    ) -> Sequence[str]:
        entry = self._timeline.entry(exercise, entry_id)
        if entry is None:
            return []
        tailed = self._timeline.tail(exercise, entry.seq - 1, 1)[0]
        return [
            audience
            for audience, position in sorted(tailed.positions.items())
            if audience not in DESKS and position <= marks.get(audience, 0)
        ]

    def _open(self, token: str) -> list[tuple[str, Membership]]:
        mine = token_hash(token)
        return [
            key
            for key, left_ms in self._sessions.items()
            if key[0] == mine and left_ms is None
        ]
