"""Run the benchmarks: `python -m bench [quick] [TABLE …]`; without a table, all."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from bench import disks, engines, long, many, reports, room, storms, watching, workers
from bench.chapters import put, written
from bench.gates import Gates
from bench.machine import machine, versions
from bench.processes import more_files
from bench.table import Size, Table, quick, whole

Measure: TypeAlias = Callable[[Size], Table]

TABLES: Mapping[str, Measure] = {
    "room": room.measure,
    "disks": disks.measure,
    "watching": watching.measure,
    "storms": storms.measure,
    "engines": engines.measure,
    "workers": workers.measure,
    "many": many.measure,
    "long": long.measure,
    "reports": reports.measure,
}


def main(words: list[str]) -> int:
    """Measure, print what was found, and return 1 when a limit does not hold."""
    asked = [one for one in words if one != "quick"] or list(TABLES)
    unknown = set(asked) - set(TABLES)
    if unknown:
        sys.stderr.write(f"no table {sorted(unknown)}; there are {', '.join(TABLES)}\n")
        return 2
    more_files()
    print(f"Machine: {machine()}.\nVersions: {versions()}.\n", flush=True)
    is_quick = "quick" in words
    found = [_measured(TABLES[name], is_quick=is_quick) for name in asked]
    # A quick run shows that everything runs; the limits are not written for it.
    return 0 if is_quick else _judged(found, is_all=len(asked) == len(TABLES))


def _measured(measure: Measure, *, is_quick: bool) -> Table:
    with TemporaryDirectory(prefix="bench-") as name:
        size = quick(Path(name)) if is_quick else whole(Path(name))
        table = measure(size)
    print(table.markdown(), flush=True)
    return table


def _judged(found: list[Table], *, is_all: bool) -> int:
    """Keep the figures, and print those with a limit; all of them when all ran."""
    gates = Gates()
    for table in found:
        gates.measured(table.gates, table.runs)
        written(table)
    among = None if is_all else [name for table in found for name in table.gates]
    put("The limits", "\n".join(gates.table()))
    print("\n".join(gates.table(among)))
    broken = gates.broken(among)
    if broken:
        print("\nNot held: " + ", ".join(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
