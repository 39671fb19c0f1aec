"""The sockets of this process: who listens where, in which language."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from exercise.domain.identity import Member

A_MEMBER = 4  # sockets; a second tab and a phone beside the laptop

Voice: TypeAlias = tuple[str, bool]
"""A language, and whether its listener wants html."""


@dataclass(frozen=True, slots=True)
class Listener:
    """One socket: whose it is, the one stream it hears, and how it wants it said.

    `session` is the hash of the token it came with.
    """

    sid: str
    exercise: str
    member: Member
    session: str
    language: str
    html: bool

    @property
    def stream(self) -> str:
        """Return the audience this socket hears."""
        return self.member.stream

    @property
    def who(self) -> str:
        """Return whose it is, as limits name a sender."""
        return f"{self.exercise}/{self.member.id}"

    @property
    def voice(self) -> Voice:
        """Return how entries are said to it."""
        return self.language, self.html


class Sockets:
    """Every listener of this process, found by stream and by member."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Listener] = {}
        self._by_stream: dict[tuple[str, str], dict[str, Listener]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._by_sid)

    def add(self, listener: Listener) -> None:
        """Let a socket hear its stream."""
        self.drop(listener.sid)
        self._by_sid[listener.sid] = listener
        self._by_stream[listener.exercise, listener.stream][listener.sid] = listener

    def drop(self, sid: str) -> Listener | None:
        """Forget a socket, and return what it was."""
        listener = self._by_sid.pop(sid, None)
        if listener is not None:
            key = listener.exercise, listener.stream
            self._by_stream[key].pop(sid, None)
            if not self._by_stream[key]:
                del self._by_stream[key]
        return listener

    def get(self, sid: str) -> Listener | None:
        """Return a socket's listener."""
        return self._by_sid.get(sid)

    def exercises(self) -> set[str]:
        """Return the exercises that have a listener here."""
        return {exercise for exercise, _ in list(self._by_stream)}

    def streams(self, exercise: str) -> set[str]:
        """Return the streams of an exercise that have a listener here."""
        return {stream for where, stream in list(self._by_stream) if where == exercise}

    def voices(self, exercise: str, stream: str) -> dict[Voice, list[str]]:
        """Return the sockets of a stream, by how entries are said to them."""
        found: dict[Voice, list[str]] = defaultdict(list)
        for sid, listener in list(self._by_stream.get((exercise, stream), {}).items()):
            found[listener.voice].append(sid)
        return found

    def sids(self, exercise: str, stream: str) -> list[str]:
        """Return the sockets of a stream."""
        return list(self._by_stream.get((exercise, stream), {}))

    def of_member(self, exercise: str, member: str) -> list[Listener]:
        """Return a member's sockets."""
        return [
            one
            for one in list(self._by_sid.values())
            if one.exercise == exercise and one.member.id == member
        ]

    def of_session(self, session: str, member: str) -> list[Listener]:
        """Return the sockets that came with a session, as one member."""
        return [
            one
            for one in list(self._by_sid.values())
            if one.session == session and one.member.id == member
        ]

    def rename(self, old: str, new: str) -> None:
        """Follow a session to its fresh id."""
        for one in list(self._by_sid.values()):
            if one.session == old:
                self.add(replace(one, session=new))

    def reseat(self, listener: Listener, member: Member) -> None:
        """Let a socket hear the stream of where its member sits now."""
        self.drop(listener.sid)
        self.add(replace(listener, member=member))

    def present(self, exercise: str) -> Counter[str]:
        """Return how many members of each stream are here."""
        here = {
            (one.stream, one.member.id)
            for one in list(self._by_sid.values())
            if one.exercise == exercise
        }
        return Counter(stream for stream, _ in here)

    def members(self, exercise: str, stream: str) -> set[str]:
        """Return the members who hear a stream here."""
        listening = list(self._by_stream.get((exercise, stream), {}).values())
        return {one.member.id for one in listening}

    def here(self, exercise: str) -> set[str]:
        """Return the members of an exercise that have a socket here."""
        return {
            one.member.id
            for one in list(self._by_sid.values())
            if one.exercise == exercise
        }


def sids_of(listeners: Iterable[Listener]) -> list[str]:
    """Return the listeners' sockets."""
    return [one.sid for one in listeners]
