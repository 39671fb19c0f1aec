"""What was found, as Markdown."""

import platform
from collections.abc import Iterator

from bench.validity import order
from bench.validity.order import INDICATORS, Row
from bench.validity.study import Study
from exercise.domain.scoring import VERSION, digest, printed_points

COMMAND = "python -m bench.validity"


def markdown(study: Study) -> str:
    """Return the findings."""
    return "\n".join([*_about(study), *_table(study), *_findings(study)])


def _about(study: Study) -> Iterator[str]:
    yield f"Made by `{COMMAND}` (seed {study.seed}; the same seed, the same figures):"
    yield (
        f"scoring {VERSION}, specification {digest()[:12]};"
        f" {platform.python_implementation()} {platform.python_version()},"
        f" {platform.system()} {platform.machine()}."
    )
    yield ""


def _table(study: Study) -> Iterator[str]:
    yield f"| room | {' | '.join(INDICATORS)} | C | C½ |"
    yield "|---|" + "---|" * (len(INDICATORS) + 2)
    for row in study.rows:
        shares = " | ".join(_share(row, one) for one in INDICATORS)
        points, half = printed_points(row.points), printed_points(row.half)
        yield f"| {row.archetype.name} | {shares} | {points} | {half} |"
    yield ""


def _share(row: Row, indicator: str) -> str:
    value = f"{row.values[indicator]:.2f}".removeprefix("0")
    text = {"1.00": "1", ".00": "0"}.get(value, value)
    return f"**{text}**" if indicator in row.archetype.targets else text


def _findings(study: Study) -> Iterator[str]:
    yield from _order(study)
    yield from _drops(study)
    yield from _monotony(study)
    yield from _latent(study)
    yield from _margins(study)


def _order(study: Study) -> Iterator[str]:
    required = study.required
    holds = sum(1 for one in required if one.holds)
    yield (
        "* **Order.** perfect > competent > every single fault > every multiple fault"
        f" > silence: {holds} of {len(required)} pairs hold."
    )
    near, anyhow, half = study.near, study.anyhow, study.half
    yield (
        f"* **Weights.** Of {study.size.weights:,} draws from Dirichlet(50·w) the pair"
        f" that turns most ({near.pair}) turns in {near.worst:.1%}; {near.never} pairs"
        f" never do. With weights drawn from all there are, the worst ({anyhow.pair})"
        f" turns in {anyhow.worst:.0%}. By C½ it would be {half.worst:.0%}"
        f" ({half.pair}): that is why the headline is the plain mean."
    )


def _drops(study: Study) -> Iterator[str]:
    missed = ", ".join(study.missed)
    faults = sum(1 for one in study.rows if one.archetype.rank == "single")
    said = f"not in {missed}" if missed else f"in all {faults}"
    spiral = order.dropped_most(study.row("escalation"), study.row("competent"))
    yield (
        f"* **Aim.** The indicator that a single fault is about (bold) falls most:"
        f" {said}. In the spiral {' and '.join(spiral)} fall together."
    )


def _monotony(study: Study) -> Iterator[str]:
    found = study.monotony
    yield (
        f"* **Monotony.** {found.tried:,} single improvements of {found.kinds} kinds in"
        f" random runs: {found.lowered} lower the headline, {found.lowered_indicator}"
        f" lower any indicator. In {found.alone:,} more, one delegation corrects its"
        f" answer to a probe by itself, and {found.alone_lowered} lower the headline"
        " (it may happen, since it is right and apart at once)."
    )


def _latent(study: Study) -> Iterator[str]:
    found = study.latent
    at = ", ".join(f"θ = {one:g} about {found.at[one]:.0f}" for one in found.at)
    yield (
        f"* **Latent quality.** {study.size.runs} random runs in which each thing goes"
        f" well with chance θ: Spearman(θ, C) = {found.spearman:.2f}; {at}."
    )
    yield (
        f"* **Retest.** Two independent runs at one θ: r = {found.retest:.2f}, standard"
        f" deviation of a run {found.noise:.1f} points. Two runs that differ by less"
        f" than {found.gap:.0f} are within noise at this size (the card says 15)."
    )


def _margins(study: Study) -> Iterator[str]:
    holds = sum(1 for one in study.required if one.holds_for_other_deadlines)
    moved = max(
        abs(each - row.points)
        for row in study.rows
        for each in row.card.deadlines or ()
    )
    yield (
        f"* **Deadlines.** With all targets and deadlines of T a quarter shorter or"
        f" longer {holds} of {len(study.required)} pairs hold in both; C moves by"
        f" {moved:.1f} points at most."
    )
    names, value = study.correlation
    yield (
        f"* **Overlap.** With nine independent qualities the largest correlation of"
        f" two indicators is {value:.2f} ({names})."
    )
