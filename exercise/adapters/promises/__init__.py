"""The promises of a record: named, checked one by one, on what is stored and seen."""

from exercise.adapters.promises.check import PROMISES, verify_exercise, verify_stored
from exercise.adapters.promises.findings import Finding
from exercise.adapters.promises.stored import Stored, stored_in, stored_on
from exercise.adapters.promises.witness import Acked, Away, Sent, View, Witness

__all__ = [
    "PROMISES",
    "Acked",
    "Away",
    "Finding",
    "Sent",
    "Stored",
    "View",
    "Witness",
    "stored_in",
    "stored_on",
    "verify_exercise",
    "verify_stored",
]
