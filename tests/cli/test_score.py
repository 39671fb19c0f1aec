"""The score of an exported record is the live one, whatever Python's hashes are."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from exercise.adapters.codec import EventCodec
from exercise.adapters.memory import MemoryTimeline
from exercise.adapters.record import read_record
from exercise.domain.moment import Recorded
from exercise.domain.scoring import Scoreboard, card_detail
from exercise.domain.state import fold
from exercise.offline.records import score
from exercise.offline.rehearsing import Played
from exercise.service.rehearse import SimulatedClock
from exercise.web.scores import Tallies
from tests import many
from tests.conftest import ROOT
from tests.random_runs import a_run, draws

RUNS = many(short=4, full=200)
HASH_SEEDS = ("0", "4242")
# Scores every file that is named, each as `detente score F --json` does.
PROGRAM = """
import sys
from exercise.cli import main
for file in sys.argv[1:]:
    try:
        main(["score", file, "--json"])
    except SystemExit as end:
        assert not end.code, file
"""


def live(played: Played, timeline: MemoryTimeline) -> dict[str, object]:
    """Return the card as a server shows it after ENDEX."""
    state = fold(read_record(played.record).entries)
    tallies = Tallies(timeline, EventCodec(), SimulatedClock(0))
    return card_detail(tallies.card(played.exercise, state))


def looked_at(entries: tuple[Recorded, ...], every: int) -> dict[str, object]:
    """Return the last card of a score that was looked at all the time."""
    board = Scoreboard(fold(entries).scenario)
    for one in entries:
        board.feed(one)
        if one.seq % every == 0:
            board.card(one.at_ms)
    return card_detail(board.card(entries[-1].at_ms, final=True))


def scored(files: list[Path], hash_seed: str) -> list[dict[str, Any]]:
    """Return what the command says of each file, under one seed of Python's hashes."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, files)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    told, at = [], 0
    decoder = json.JSONDecoder()
    while at < len(done.stdout.rstrip()):
        one, at = decoder.raw_decode(done.stdout, at)
        told.append(one)
        at += 1
    return told


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, dict[str, Any]]]:
    """Give records of random runs, each with the card its server had."""
    folder, found = tmp_path_factory.mktemp("runs"), []
    for at in range(RUNS):
        timeline = MemoryTimeline()
        played = a_run(draws(f"score {at}"), timeline=timeline)
        file = folder / f"{at:03d}.jsonl"
        file.write_bytes(b"".join(played.record))
        found.append((file, live(played, timeline)))
    return found


def test_an_exported_record_scores_as_it_did_live(
    runs: list[tuple[Path, dict[str, Any]]],
) -> None:
    for file, card in runs:
        with file.open("rb") as lines:
            entries = read_record(lines).entries
        assert card_detail(score(entries)) == card, file.name
        assert looked_at(entries, 50) == card, file.name


def test_the_command_says_the_same_under_any_hash_seed(
    runs: list[tuple[Path, dict[str, Any]]],
) -> None:
    files = [file for file, _ in runs]
    first, second = (scored(files, one) for one in HASH_SEEDS)
    assert first == second
    for told, (file, card) in zip(first, runs, strict=True):
        assert told["headline"] == card["headline"], file.name
        assert told["indicators"] == card["indicators"], file.name


def test_random_runs_differ(runs: list[tuple[Path, dict[str, Any]]]) -> None:
    """Equal scores would prove little."""
    assert len({str(card["indicators"]) for _, card in runs}) > RUNS // 2
