"""Files that come with papers, in memory, by the same contract."""

from collections.abc import Iterator, Mapping, Sequence

from exercise.service.papers import Held, Paper, cut


class MemoryPapers:
    """Files that last as long as the process."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Paper]] = {}

    def keep(self, exercise: str, papers: Sequence[Paper]) -> None:
        """Keep an exercise's files; one that is there already stays."""
        for one in papers:
            self._kept.setdefault(exercise, {}).setdefault(one.sha256, one)

    def held(self, exercise: str) -> Mapping[str, Held]:
        """Return what an exercise holds, by SHA-256."""
        return {
            digest: Held(digest, one.name, one.type, len(one.data))
            for digest, one in sorted(self._kept.get(exercise, {}).items())
        }

    def parts(self, exercise: str, sha256: str) -> Iterator[bytes]:
        """Yield a file's bytes in order, a part at a time."""
        found = self._kept.get(exercise, {}).get(sha256)
        return cut(found.data) if found else iter(())
