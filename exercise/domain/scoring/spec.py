"""The scoring specification: version, weights and constants, open to every reader."""

import json
from hashlib import sha256

VERSION = "1.0"

WEIGHTS: dict[str, int] = {
    "T": 12,
    "R": 16,
    "N": 10,
    "S": 16,
    "M": 12,
    "B": 12,
    "E": 12,
    "L": 5,
    "K": 5,
}
"""Whole percents; they sum to 100."""

TITLES: dict[str, str] = {
    "T": "Timeliness",
    "R": "Information reach",
    "N": "Closed loops",
    "S": "Shared picture",
    "M": "Message consistency",
    "B": "Ask before naming",
    "E": "Escalation control",
    "L": "Legal grounding",
    "K": "Promises kept",
}
"""Each indicator's short name, a message id."""

LINEAR = ("T", "M", "K")
"""Indicators whose loss splits exactly by opportunity; the others by leave-one-out."""

# Below this share of applicable weight the bars stand alone: half a score misleads.
LEAST_WEIGHT = 70
THRESHOLDS = (("P", 85), ("S", 65), ("M", 40), ("U", 0))
# One of these that has collapsed is a major challenge, whatever the others say.
CRITICAL = ("R", "S", "B", "E")
COLLAPSED = 0.25

BREACH_WEIGHTS = {"RED": 3, "AMBER+STRICT": 2, "AMBER": 2, "GREEN": 1, "data": 2}
NAMING_RUNG = 3
# Excess of 20 for each state is one unjustified act of coercion by every state.
EXCESS_PER_STATE = 20
RESPONSES_FOR_FULL = 0.5
CITATIONS_COUNTED = 5
# A contact that names no time for its answer gives the other side ten minutes.
REPLY_MS = 600_000
# Without an authored ceiling nothing above public concern is justified.
DEFAULT_CEILING = 2
DEADLINE_STRETCH = (0.75, 1.25)

CONCENTRATION = 50
DRAWS = 10_000
LIVE_DRAWS = 2_000
# Fixed, so that the same record prints the same interval for ever.
SEED = 20_151_028

# Two runs that differ by less are not told apart by this score.
NOISE_POINTS = 15


def digest() -> str:
    """Return the SHA-256 of everything on this page that changes a number."""
    spec = {
        "version": VERSION,
        "weights": WEIGHTS,
        "least_weight": LEAST_WEIGHT,
        "thresholds": THRESHOLDS,
        "critical": CRITICAL,
        "breach_weights": BREACH_WEIGHTS,
        "naming_rung": NAMING_RUNG,
        "excess_per_state": EXCESS_PER_STATE,
        "citations_counted": CITATIONS_COUNTED,
        "reply_ms": REPLY_MS,
        "default_ceiling": DEFAULT_CEILING,
        "concentration": CONCENTRATION,
        "draws": DRAWS,
        "seed": SEED,
    }
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
