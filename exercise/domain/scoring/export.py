"""A card as plain values for JSON: the short form of the contract and the long one."""

from exercise.domain.scoring.evidence import Indicator, Opportunity, ScoreCard

Json = dict[str, object]


def card_json(card: ScoreCard) -> Json:
    """Return what `rehearse --json` and `score --json` print about the score."""
    return {
        "headline": card.headline,
        "indicators": {one.id: one.value for one in card.indicators},
    }


def card_detail(card: ScoreCard) -> Json:
    """Return the whole card, with every opportunity and its entries."""
    return {
        **card_json(card),
        "scoring": card.version,
        "scoring_sha256": card.spec_sha256,
        "at_ms": card.at_ms,
        "partial": card.partial,
        "applicable": card.applicable,
        "half": card.half,
        "weakest": card.weakest,
        "suggested_rating": card.rating,
        "interval": None if card.interval is None else list(card.interval),
        "without": dict(card.without),
        "deadlines": None if card.deadlines is None else list(card.deadlines),
        "adjusted": card.adjusted,
        "unruled": card.unruled,
        "overrides": [
            {
                "indicator": one.indicator,
                "from": one.before,
                "to": one.after,
                "reason": one.reason,
                "entry": one.entry,
                "entries": list(one.entries),
                "awaits_second": one.awaits,
            }
            for one in card.overrides
        ],
        "adjudications": dict(card.adjudications),
        "detail": [_indicator(one) for one in card.indicators],
    }


def _indicator(one: Indicator) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "value": one.value,
        "weight": one.weight,
        "formula": one.formula,
        "loss": one.loss,
        "parts": [
            {"id": part.id, "what": part.what.english, **dict(part.figures)}
            for part in one.parts
        ],
        "opportunities": [_opportunity(each) for each in one.opportunities],
    }


def _opportunity(one: Opportunity) -> Json:
    return {
        "id": one.id,
        "what": one.what.english,
        "delegation": one.delegation,
        "entries": list(one.entries),
        "earned": one.earned,
        "weight": one.weight,
        "verdict": one.verdict,
        "loss": one.loss,
    }
