"""The files that came with papers, as the annex lists them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Attachment, said


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file, and the entries that brought it; the first one gives its paper."""

    sha256: str
    file: str
    type: str
    bytes: int
    paper: str
    entries: tuple[str, ...]


def files(known: Iterable[Recorded]) -> tuple[FileLine, ...]:
    """Return every file that entries brought, in order of its first coming."""
    first: dict[str, tuple[str, Attachment]] = {}
    entries: dict[str, list[str]] = {}
    for one in known:
        for paper, file in _brought(one.event):
            first.setdefault(file.sha256, (paper, file))
            entries.setdefault(file.sha256, []).append(one.id)
    return tuple(
        FileLine(
            sha256=digest,
            file=file.name,
            type=file.type,
            bytes=file.bytes,
            paper=paper,
            entries=tuple(dict.fromkeys(entries[digest])),
        )
        for digest, (paper, file) in first.items()
    )


def _brought(event: e.Event) -> Iterator[tuple[str, Attachment]]:
    """Yield an entry's files with the title that each came under."""
    match event:
        case e.InjectReleased():
            title = f"{event.number} {said(event.title, event.original)}".strip()
            yield from ((title, one) for one in event.attachments)
            for card in event.items:
                yield from ((card.title, one) for one in card.attachments)
        case e.ItemShared():
            yield from ((event.title, one) for one in event.attachments)
        case _:
            return
