"""Checks every scenario folder of a shelf and prints one line for each."""

import sys
from pathlib import Path

from exercise.adapters.scenario_files import check


def main(shelf: Path) -> None:
    for folder in sorted(shelf.iterdir()):
        try:
            problems = check(folder)
        except Exception as error:  # noqa: BLE001 - what must not happen is told by name
            print(f"{folder.name}\tfailed {error!r}"[:300])  # noqa: T201 - this is its report
            continue
        told = [repr((one.file, one.key, one.reason)) for one in problems[:20]]
        said = "refused" if problems else "taken"
        print(f"{folder.name}\t{said} {len(problems)} {' '.join(told)[:2000]}")  # noqa: T201 - as above


if __name__ == "__main__":
    main(Path(sys.argv[1]))
