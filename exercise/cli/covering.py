"""Printing what the rehearsals of a scenario have exercised."""

from typing import TYPE_CHECKING

import click

from exercise.cli.group import Refused, as_json

if TYPE_CHECKING:
    from exercise.domain.scenario import Scenario
    from exercise.service.coverage import Coverage, Row


def tell(scenario: "Scenario", seeds: int, *, as_table: bool) -> None:
    """Play a scenario until all of it was exercised, and print the matrix.

    Raises:
        Refused: a robot asked for what the rules refuse.
    """
    from exercise.offline.covering import Refused as RobotRefused
    from exercise.offline.covering import cover

    try:
        coverage = cover(scenario, seeds)
    except RobotRefused as no:
        message = f"a robot was refused, {no}; the scenario and the rules disagree."
        raise Refused(message) from no
    if as_table:
        as_json(_table(coverage))
        return
    click.echo("\n".join(lines(coverage)))


def lines(coverage: "Coverage") -> list[str]:
    """Return the matrix line by line: each part with its percentage, then its rows."""
    found = [f"{coverage.scenario.title}, {coverage.runs} runs"]
    for name, rows in coverage.parts.items():
        done = sum(row.covered for row in rows)
        found.append(f"{name}: {done} of {len(rows)}, {percent(rows)} %")
        found += [f"  {_row(row)}" for row in rows]
    return found


def percent(rows: "tuple[Row, ...]") -> int:
    """Return how much is covered; what there is none of is covered."""
    return 100 * sum(row.covered for row in rows) // len(rows) if rows else 100


def _row(row: "Row") -> str:
    mark = " " if row.covered else "!"
    other = "" if row.other is None else f", skipped in {row.other}"
    return f"{mark} {row.id:<36} {row.runs}{other}"


def _table(coverage: "Coverage") -> dict[str, object]:
    return {
        "scenario": coverage.scenario.id,
        "runs": coverage.runs,
        **{
            name: {
                "percent": percent(rows),
                "rows": [
                    {"id": row.id, "runs": row.runs, "covered": row.covered}
                    | ({} if row.other is None else {"skipped": row.other})
                    for row in rows
                ],
            }
            for name, rows in coverage.parts.items()
        },
    }
