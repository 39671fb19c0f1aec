"""The hot wash as a room may see it: counts alone, and never of a few."""

from collections.abc import Iterable
from dataclasses import dataclass

from exercise.domain.events import SurveyAnswered
from exercise.domain.moment import Recorded

STEPS = ("1", "2", "3", "4", "5")
# Results move only when so many more have answered: one answer could be told apart.
AT_ONCE = 3

# What is asked on a scale of STEPS, and what is asked in words: id, message id.
SCALES = {
    "scale_aims": "We practised what we came for",
    "scale_shared": "What I needed to know reached me in time",
    "scale_together": "We acted together, not side by side",
}
WORDS = {
    "went_well": "What went well?",
    "to_improve": "What should be done differently next time?",
    "information": "What did you need to know and learned too late?",
    "take_away": "What will you take back to your own work?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How one question was answered: how often each step, and by how many."""

    question: str
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        """Return how many answered it."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """Return the mean step, 1 to 5."""
        total = sum(step * n for step, n in enumerate(self.counts, 1))
        return total / (self.answers or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HotWash:
    """Where the hot wash stands: sheets handed in, and what they come to together."""

    sheets: int
    tallies: tuple[Tally, ...] = ()


def sheets(entries: Iterable[Recorded]) -> tuple[dict[str, str], ...]:
    """Return the answer sheets; of a named member the last one."""
    found: dict[str, dict[str, str]] = {}
    for one in entries:
        if isinstance(one.event, SurveyAnswered):
            key = one.id if one.event.anonymous else one.actor
            found[key] = one.event.answers
    return tuple(found.values())


def hot_wash(entries: Iterable[Recorded]) -> HotWash:
    """Return what may be shown to all: whole groups of AT_ONCE sheets, no words."""
    handed_in = sheets(entries)
    shown = handed_in[: len(handed_in) // AT_ONCE * AT_ONCE]
    tallies = (
        Tally(
            question=title,
            counts=tuple(sum(x.get(key) == step for x in shown) for step in STEPS),
        )
        for key, title in SCALES.items()
    )
    return HotWash(
        sheets=len(handed_in),
        tallies=tuple(one for one in tallies if one.answers >= AT_ONCE),
    )
