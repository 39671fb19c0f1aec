"""A problem in a scenario: where it stands, what is wrong, what was meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author must change, or, a `warning`, look at again.

    `key` is the path inside `file`, such as `items.loader-hashes.need_by`; `nearest`
    is the valid name that looks most like what was written, or empty. `message` is
    a catalogue id in English with `{name}` places that `values` fill.
    """

    file: str
    key: str
    message: str
    nearest: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    warning: bool = False

    @property
    def reason(self) -> str:
        """Return the message with its values filled in, in English."""
        return self.message.format(**self.values)

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        hint = f" (nearest: {self.nearest})" if self.nearest else ""
        told = "warning: " if self.warning else ""
        return f"{place}: {told}{self.reason}{hint}"


class ScenarioRefused(Exception):
    """The folder holds no scenario that could be played; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(str(one) for one in problems))
        self.problems = problems


def nearest(word: str, names: Iterable[str]) -> str:
    """Return the name most like `word`, or an empty string if none is close."""
    by_fold = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.5)
    return by_fold[close[0]] if close else ""
