"""What robots exercise of every shipped scenario: `python -m bench.coverage`.

The first table is kept in the manual; all of it is printed.
"""

from collections.abc import Iterable
from time import perf_counter

from bench.manual import SCORING, marks_of, put
from exercise.cli.covering import percent
from exercise.domain.acts import INSTRUMENTS
from exercise.offline.covering import cover
from exercise.offline.rehearsing import read_scenario
from exercise.resources import scenario_folders
from exercise.service.coverage import Coverage, Row

COMMAND = "python -m bench.coverage"


def main() -> None:
    """Play all of it, and print scenario by part, then instrument by scenario."""
    found: list[Coverage] = []
    for name in sorted(scenario_folders()):
        began = perf_counter()
        found.append(cover(read_scenario(name)))
        print(f"{name}: {found[-1].runs} runs, {perf_counter() - began:.0f} s")
    table = "\n".join(parts(found))
    print(f"\n{table}\n")
    put(SCORING, marks_of("coverage"), f"Made by `{COMMAND}`:\n\n{table}")
    print("\n".join(instruments(found)))


def parts(found: Iterable[Coverage]) -> list[str]:
    """Return one row a scenario: what is covered of each part."""
    rows = list(found)
    names = list(rows[0].parts)
    lines = [_row(["scenario", "runs", *names]), _row(["---"] * (len(names) + 2))]
    for one in rows:
        told = [_told(one.parts[name]) for name in names]
        lines.append(_row([one.scenario.title, str(one.runs), *told]))
    together = _together(rows)
    blank = [""] * (len(names) - 3)
    lines.append(_row(["all together", "", "", "", _told(together), *blank]))
    return lines


def _together(rows: list[Coverage]) -> tuple[Row, ...]:
    """Return each instrument of the catalogue with its runs in all scenarios."""
    used = [{row.id: row.runs for row in one.instruments} for one in rows]
    return tuple(Row(id_, sum(u.get(id_, 0) for u in used)) for id_ in INSTRUMENTS)


def instruments(found: Iterable[Coverage]) -> list[str]:
    """Return one row an instrument: in how many runs of each scenario it was used."""
    rows = list(found)
    heads = [one.scenario.title for one in rows]
    lines = [_row(["instrument", *heads]), _row(["---"] * (len(heads) + 1))]
    used = [{row.id: str(row.runs) for row in one.instruments} for one in rows]
    lines += [_row([id_, *(one.get(id_, "–") for one in used)]) for id_ in INSTRUMENTS]
    return lines


def _told(rows: tuple[Row, ...]) -> str:
    done = sum(row.covered for row in rows)
    return f"{done} of {len(rows)}, {percent(rows)} %" if rows else "none"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
