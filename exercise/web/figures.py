"""The score as a page shows it: whole percents, the rung, and what is weakest."""

from typing import TypeAlias

from exercise.domain.ladder import LADDER
from exercise.domain.scoring import Indicator, ScoreCard
from exercise.domain.state import Exercise

Json: TypeAlias = dict[str, object]
HUNDRED = 100


def figures(card: ScoreCard, state: Exercise) -> Json:
    """Return the score of a card."""
    rung = LADDER[max(0, min(state.rung, len(LADDER) - 1))]
    return {
        "headline": None if card.headline is None else round(card.headline),
        "partial": card.partial,
        "weakest": card.weakest,
        "rung": {"number": rung.number, "meaning": rung.meaning},
        "indicators": [_indicator(one) for one in card.indicators],
    }


def _indicator(one: Indicator) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "percent": _percent(one.value),
        "weight": round(one.weight * HUNDRED),
        "low": _percent(one.low),
        "high": _percent(one.high),
        "one": one,
    }


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * HUNDRED)
