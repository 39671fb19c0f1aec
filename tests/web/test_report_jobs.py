"""While a report's record is written out for its job, others get to run."""

from collections.abc import Callable, Sequence
from pathlib import Path

from exercise.adapters.copies import LINES_AT_ONCE
from exercise.adapters.derived import derived_signer
from exercise.adapters.memory import MemoryTimeline
from exercise.app import reporter
from exercise.offline.rehearsing import rehearse
from tests.builders import a_scenario


def test_a_long_record_is_written_out_a_few_lines_at_a_time(tmp_path: Path) -> None:
    timeline = MemoryTimeline()
    played = rehearse(a_scenario(), timeline=timeline)
    rests: list[int] = []
    seen: list[int] = []

    def job(argv: Sequence[str], _on_line: Callable[[str], None]) -> int:
        record = Path(next(one for one in argv if one.endswith(".jsonl")))
        seen.append(len(record.read_bytes().splitlines()))
        Path(argv[argv.index("--output") + 1]).write_bytes(b"made")
        return 0

    follow = reporter(
        timeline,
        derived_signer(bytes(32)),
        job,
        tmp_path / "report.docx",
        lambda: rests.append(1),
    )
    made = follow(played.exercise, "json", "full", "en", lambda _at, _words: None)
    assert made == b"made"
    lines = played.entries + 2
    assert seen == [lines]
    assert len(rests) == lines // LINES_AT_ONCE
    assert len(rests) > 2
