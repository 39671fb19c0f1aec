"""Records as files: verified, and scored with nothing else at hand."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from exercise.adapters.proof.papers import with_papers
from exercise.adapters.proof.verifier import Verdict, verify
from exercise.adapters.record import Record, read_record
from exercise.domain.events import ExerciseOpened
from exercise.domain.moment import Recorded
from exercise.domain.scoring import Scoreboard, ScoreCard, card_json


def verify_file(file: Path, fingerprint: str = "") -> Verdict:
    """Return whether a record is whole, and if not, its first broken line.

    Files in a folder `papers` beside it are held to the hashes that it gives them.
    """
    with file.open("rb") as lines:
        verdict = verify(lines, fingerprint)
    return with_papers(verdict, file)


def read_file(file: Path) -> Record:
    """Return what a record says, without proving it.

    Raises:
        NoRecord: a line cannot be read.
    """
    with file.open("rb") as lines:
        return read_record(lines)


def score_file(file: Path) -> dict[str, object]:
    """Return the score of a record, as `score --json` prints it.

    Raises:
        NoRecord: a line cannot be read.
        ValueError: the first entry opens no exercise.
    """
    record = read_file(file)
    digest = sha256(file.read_bytes()).hexdigest()
    return summary(score(record.entries), record.head_seq, digest)


def summary(card: ScoreCard, entries: int, record_sha256: str) -> dict[str, object]:
    """Return headline and indicators with the record they come from."""
    return {**card_json(card), "entries": entries, "record_sha256": record_sha256}


def score(entries: Iterable[Recorded]) -> ScoreCard:
    """Return the final score of a timeline, from its entries alone.

    Raises:
        ValueError: the first entry opens no exercise.
    """
    board: Scoreboard | None = None
    at_ms = 0
    for entry in entries:
        if isinstance(entry.event, ExerciseOpened):
            board = Scoreboard(entry.event.scenario)
        if board is None:
            message = "the record does not begin with the opening of an exercise"
            raise ValueError(message)
        board.feed(entry)
        at_ms = max(at_ms, entry.at_ms)
    if board is None:
        message = "the record holds no entries"
        raise ValueError(message)
    return board.card(at_ms, final=True)
