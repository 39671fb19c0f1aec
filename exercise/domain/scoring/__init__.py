"""The coordination score: nine indicators, each traceable to entries."""

from exercise.domain.scoring.evidence import (
    Contribution,
    Indicator,
    Message,
    Opportunity,
    Override,
    Part,
    ScoreCard,
    number,
    say,
)
from exercise.domain.scoring.export import card_detail, card_json
from exercise.domain.scoring.headline import printed_points
from exercise.domain.scoring.scoreboard import Scoreboard
from exercise.domain.scoring.sensitivity import gap_interval, share_of_wins
from exercise.domain.scoring.spec import TITLES, VERSION, WEIGHTS, digest

__all__ = [
    "TITLES",
    "VERSION",
    "WEIGHTS",
    "Contribution",
    "Indicator",
    "Message",
    "Opportunity",
    "Override",
    "Part",
    "ScoreCard",
    "Scoreboard",
    "card_detail",
    "card_json",
    "digest",
    "gap_interval",
    "number",
    "printed_points",
    "say",
    "share_of_wins",
]
