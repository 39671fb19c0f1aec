"""The script and the clock: nothing early, nothing twice, nothing while it stands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from exercise.adapters.promises.answers import texts
from exercise.adapters.promises.findings import Finding
from exercise.adapters.promises.history import Step
from exercise.adapters.promises.stored import Stored
from exercise.adapters.promises.witness import Witness
from exercise.domain.decide.release import readers
from exercise.domain.events import InjectReleased
from exercise.domain.identity import EVALUATORS, FACILITATORS
from exercise.domain.moment import SYSTEM
from exercise.domain.scenario import Inject, Said
from exercise.domain.state import Exercise

STAFF = {FACILITATORS, EVALUATORS}
# A run of plain words: it stands alike in JSON, in HTML and in a log.
PLAIN = re.compile(r"[A-Za-z0-9 ,.]+")
# Shorter runs stand in other texts by chance.
LEAST = 24
# What only time's own command writes, and only while the exercise runs.
DUE = frozenset({"phase_began", "probe_opened", "probe_closed", "call_closed"})


def i6_script_kept(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """Nothing of an inject leaves the server before its release, but to its staff."""
    first = next((one.before for one in stored.steps if one.before is not None), None)
    injects = first.scenario.injects if first else ()
    marks = {one.id: set(_marks(one)) for one in injects}
    for step in stored.steps:
        if isinstance(step.event, InjectReleased):
            marks.pop(step.event.inject, None)
        else:
            yield from _early(stored, step, marks)
    for view in witness.views:
        if view.audience not in STAFF:
            for inject in _of_the_script(marks, view.raw):
                told = f"{view.client} gets nothing of {inject}, never released"
                yield Finding("I6", stored.exercise, 0, told)


def _early(
    stored: Stored, step: Step, marks: Mapping[str, set[str]]
) -> Iterator[Finding]:
    entry = step.sealed.entry
    if set(entry.audience) <= STAFF or _by_staff(step):
        return
    for inject in _of_the_script(marks, " ".join(texts(entry.body or "{}"))):
        told = f"it holds nothing of {inject}, which is not released"
        yield Finding("I6", stored.exercise, entry.seq, told)


def _marks(inject: Inject) -> Iterator[str]:
    """Yield words by which a scripted text is known wherever it stands."""
    bodies: list[Said] = [inject.body]
    bodies += [one.body for one in (inject.variants or {}).values()]
    for body in bodies:
        for text in _languages(body):
            longest = max(PLAIN.findall(text), key=len, default="").strip()
            if len(longest) >= LEAST:
                yield longest


def _languages(said: Said) -> Iterable[str]:
    return (said,) if isinstance(said, str) else said.values()


def _of_the_script(marks: Mapping[str, set[str]], text: str) -> list[str]:
    return [one for one, some in marks.items() if any(mark in text for mark in some)]


def _by_staff(step: Step) -> bool:
    """Tell whether a facilitator wrote this: they may say what they like."""
    actor = step.sealed.entry.actor
    member = step.before.members.get(actor) if step.before else None
    return member is not None and member.role == "facilitator"


def i7_released_once(stored: Stored, witness: Witness) -> Iterator[Finding]:
    """An inject is released at most once, to its audience at that moment."""
    groups: dict[str, list[Step]] = defaultdict(list)
    for step in stored.steps:
        if isinstance(step.event, InjectReleased):
            groups[step.event.inject].append(step)
    for inject, steps in groups.items():
        yield from _one_release(stored, inject, steps)
    for inject in sorted(set(stored.released) - set(groups)):
        told = f"{inject} is released, as is noted"
        yield Finding("I7", stored.exercise, stored.released[inject], told)
    wanted = {one.sent.release for one in witness.acked if one.sent.release}
    for inject in sorted(wanted - set(groups)):
        told = f"{inject} is released, as was acknowledged"
        yield Finding("I7", stored.exercise, 0, told)


def _one_release(stored: Stored, inject: str, steps: list[Step]) -> Iterator[Finding]:
    seqs = [step.sealed.entry.seq for step in steps]
    if seqs != list(range(seqs[0], seqs[0] + len(seqs))):
        told = f"{inject} is released once, at entry {seqs[0]}"
        yield Finding("I7", stored.exercise, seqs[-1], told)
        return
    if stored.released.get(inject) != seqs[0]:
        told = f"the release of {inject} is noted"
        yield Finding("I7", stored.exercise, seqs[0], told)
    to = [who for one in steps for who in _to(one)]
    wanted = _meant(steps[0].before, inject)
    if len(to) != len(set(to)) or (wanted is not None and set(to) != wanted):
        told = f"{inject} goes to each of {', '.join(sorted(wanted or set(to)))} once"
        yield Finding("I7", stored.exercise, seqs[0], told)


def _to(step: Step) -> tuple[str, ...]:
    return step.event.to if isinstance(step.event, InjectReleased) else ()


def _meant(before: Exercise | None, id_: str) -> set[str] | None:
    inject = before.scenario.inject(id_) if before else None
    if before is None or inject is None:
        return None
    revised = before.revised.get(id_)
    return set(readers(before, (revised and revised.audience) or inject.audience))


def i11_time_is_kept(stored: Stored, _witness: Witness) -> Iterator[Finding]:
    """Exercise time never falls, and nothing falls due while it stands."""
    at_ms = 0
    for step in stored.steps:
        entry = step.sealed.entry
        if entry.at_ms < at_ms:
            told = f"its time is {at_ms} ms or later"
            yield Finding("I11", stored.exercise, entry.seq, told)
        at_ms = max(at_ms, entry.at_ms)
        if entry.actor == SYSTEM and step.before is not None:
            yield from _may_fall_due(stored, step, step.before)


def _may_fall_due(stored: Stored, step: Step, before: Exercise) -> Iterator[Finding]:
    seq, kind = step.sealed.entry.seq, step.sealed.entry.kind
    if isinstance(step.event, InjectReleased):
        inject = step.event.inject
        if inject in before.overdue:
            told = f"{inject} waits for a facilitator after an outage"
            yield Finding("I11", stored.exercise, seq, told)
            return
        if inject in before.announced or inject in before.released:
            return  # An undo window is wall time; a second variant follows the first.
    elif kind not in DUE:
        return
    if before.status != "running":
        told = f"nothing falls due while the exercise is {before.status}"
        yield Finding("I11", stored.exercise, seq, told)
