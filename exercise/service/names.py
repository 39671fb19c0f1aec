"""Which name a member bore at an entry."""

from bisect import bisect_right
from collections.abc import Iterable

from exercise.service.ports import Naming


class Namebook:
    """The names in force, entry by entry; namings are added in their order."""

    def __init__(self, namings: Iterable[Naming] = ()) -> None:
        self._from: dict[str, list[int]] = {}
        self._names: dict[str, list[str | None]] = {}
        for one in namings:
            self.add(one)

    def add(self, naming: Naming) -> None:
        """Note that a member is called so from an entry on; a repeat is passed over."""
        starts = self._from.setdefault(naming.member, [])
        if not starts or naming.seq > starts[-1]:
            starts.append(naming.seq)
            self._names.setdefault(naming.member, []).append(naming.name)

    def at(self, member: str, seq: int) -> str | None:
        """Return the name in force at an entry; None if erased, "" if none was given.

        A person is named in the entry after the one that takes them in: what they did
        before bears their first name.
        """
        starts = self._from.get(member)
        if not starts:
            return ""
        return self._names[member][max(0, bisect_right(starts, seq) - 1)]
