"""What was measured last stands beside the limits it is held to."""

import json
import xml.etree.ElementTree as ET
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from bench.capacity import SCALES, UnitCosts, cost, need, rows
from bench.gates import GATES, HIGHER, LIMITS, LOWER, Gate, Gates, Limit
from bench.plot import Bars

ROWS = json.loads(GATES.read_text("utf-8"))


def test_every_row_has_the_limit_that_the_benchmarks_have() -> None:
    told = {row["name"]: (row["limit"], row["better"]) for row in ROWS}
    wanted = {name: (one.limit, one.better) for name, one in LIMITS.items()}
    assert told
    assert told.items() <= wanted.items()


def test_a_row_says_how_often_and_where_it_was_measured() -> None:
    assert all(set(row) == {one.name for one in fields(Gate)} for row in ROWS)
    assert all(row["runs"] >= 1 and row["machine"] for row in ROWS)


@pytest.mark.parametrize(
    ("better", "figure", "holds"),
    [(LOWER, 2.0, True), (LOWER, 2.01, False), (HIGHER, 2.0, True), (HIGHER, 1, False)],
)
def test_a_limit_itself_still_holds(better: str, figure: float, *, holds: bool) -> None:
    assert Limit("a figure", 2.0, better).holds(figure) is holds


def test_a_row_that_is_missing_or_beyond_its_limit_is_broken(tmp_path: Path) -> None:
    gates = Gates(tmp_path / "gates.json")
    gates.measured({"crowd": 0, "docx": 0.3}, runs=5)
    assert set(gates.broken()) == set(LIMITS) - {"crowd"}
    again = Gates(tmp_path / "gates.json")
    assert again.broken() == gates.broken()
    assert "| **no** |" in next(row for row in again.table() if "DOCX" in row)


def test_a_figure_without_a_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Gates(tmp_path / "gates.json").measured({"speed": 1}, runs=1)


def test_bars_are_as_long_as_their_figures_and_say_them() -> None:
    bars = Bars("Answers <a second>", "1/s", {"slow disk": {"ours": 20, "theirs": 5}})
    picture = ET.fromstring(bars.svg())  # noqa: S314 - our own picture
    _, *rects = picture.iter("{http://www.w3.org/2000/svg}rect")
    ours, theirs = (float(one.attrib["width"]) for one in rects)
    assert ours == pytest.approx(4 * theirs)
    assert {"20", "5.0"} <= {one.text for one in picture.iter() if one.text}


def test_gates_are_kept_as_they_are_said() -> None:
    row = Gate("crowd", 0, 0, LOWER, 5, "a machine")
    assert list(asdict(row)) == ["name", "ratio", "limit", "better", "runs", "machine"]


UNIT = UnitCosts(
    idle_ms=10.0,
    idle_writes=1.5,
    answer_us=2_000.0,
    delivery_us=10.0,
    entry_bytes=4_000.0,
)


def test_what_many_cost_is_what_one_costs_times_many() -> None:
    assert cost(UNIT, 100, 0.0, 0.0) == pytest.approx(1.0)
    assert cost(UNIT, 0, 100.0, 0.0) == pytest.approx(0.2)
    assert cost(UNIT, 0, 0.0, 1_000.0) == pytest.approx(0.01)


def test_a_size_needs_workers_for_its_sockets_and_for_its_work() -> None:
    national, hundreds, millions = (need(UNIT, scale) for scale in SCALES)
    assert national.workers == 3, "5,000 sockets at 2,000 each"
    assert hundreds.writes_a_second > 400 * UNIT.idle_writes
    assert millions.workers == pytest.approx(hundreds.workers * 100, rel=0.1)
    assert national.stored_gb == pytest.approx((28_000 + 480_000) * 4e-6, rel=0.01)
    assert len(list(rows(UNIT))) == len(SCALES) + 2
