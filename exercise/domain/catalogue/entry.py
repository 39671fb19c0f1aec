"""What one line of a catalogue says, and how far its wording was checked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A norm, measure, law or scale step by its lasting id.

    `short` and `text` are message ids; the text is our paraphrase, never a quotation.
    `source` names the document. What is not `verified` was not read in its source
    and is shown as unverified. `contested` says that States differ on it.
    """

    id: str
    short: str
    text: str
    source: str
    verified: bool
    citable: bool = True
    contested: bool = False

    @property
    def family(self) -> str:
        """Return the catalogue's name: the id up to its colon."""
        return self.id.partition(":")[0]


def rows(
    family: str,
    source: str,
    lines: tuple[tuple[str, str, str], ...],
    *,
    verified: bool,
    citable: bool = True,
) -> tuple[Entry, ...]:
    """Return entries of one source from (item, short name, paraphrase)."""
    return tuple(
        Entry(
            id=f"{family}:{item}",
            short=short,
            text=text,
            source=source,
            verified=verified,
            citable=citable,
        )
        for item, short, text in lines
    )
