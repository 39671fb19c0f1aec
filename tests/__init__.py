"""The tests, and how many times they do what they do many times."""

import os

FULL = os.environ.get("DETENTE_FULL") == "1"


def many(*, short: int, full: int) -> int:
    """Return how often to repeat: `full` under `make faults attack`, else `short`."""
    return full if FULL else short
