"""Run the benchmarks: `python -m bench [quick] [TABLE …]`; without a table, all."""

import sys
import traceback
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
    failed = [name for name in asked if not _measured(name, is_quick=is_quick)]
    # A quick run shows that everything runs; the limits are not written for it.
    return 1 if failed or (not is_quick and not _all_hold()) else 0


def _measured(name: str, *, is_quick: bool) -> bool:
    """Measure one table and keep what was found; tell whether that went well."""
    try:
        with TemporaryDirectory(prefix="bench-") as folder:
            size = quick(Path(folder)) if is_quick else whole(Path(folder))
            table = TABLES[name](size)
    except Exception:  # noqa: BLE001 - the other tables still have something to say
        print(f"### {name} failed\n\n{traceback.format_exc()}", flush=True)
        return False
    print(table.markdown(), flush=True)
    if not is_quick:
        Gates().measured(table.gates, table.runs)
        written(table)
    return True


def _all_hold() -> bool:
    """Print every limit; tell whether each was measured and holds."""
    gates = Gates()
    put("The limits", "\n".join(gates.table()))
    print("\n".join(gates.table()))
    broken = gates.broken()
    if broken:
        print("\nNot held: " + ", ".join(broken))
    return not broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
