"""A record that was played elsewhere, kept beside the others as one that has ended."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from exercise.domain.events import InjectReleased
from exercise.domain.moment import Recorded
from exercise.service.conduct import NewExercise, open_timeline
from exercise.service.conduct.sealing import seal
from exercise.service.ports import Group, Ports
from exercise.service.review.fork import OF_THE_RECORD

# Entries of one transaction: some ten milliseconds' work.
AT_ONCE = 25


def keep(
    entries: Sequence[Recorded],
    plan: NewExercise,
    ports: Ports,
    rest: Callable[[], object],
    at_once: int = AT_ONCE,
) -> None:
    """Write a finished history into a timeline of its own, a few entries at a time.

    The entries keep their ids and times and are sealed anew, by our own key. From
    its first entry on it counts as ended, so that nobody plays it on meanwhile.
    """
    open_timeline(ports.timeline, plan)
    known = [one for one in entries if not isinstance(one.event, OF_THE_RECORD)]
    heads: dict[str, int] = {}
    out: set[str] = set()
    for start in range(0, len(known), at_once):
        lot = known[start : start + at_once]
        numbered = [
            replace(one, seq=seq) for seq, one in enumerate(lot, start=start + 1)
        ]
        transaction = ports.timeline.begin(plan.exercise)
        try:
            prev = transaction.head.hash
            transaction.append(_group(numbered, prev, heads, out, ports))
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()
        rest()


def _group(
    lot: Sequence[Recorded],
    prev: bytes,
    heads: dict[str, int],
    out: set[str],
    ports: Ports,
) -> Group:
    """Return a few entries as one transaction; `heads` and `out` grow in place.

    `out` are the injects that an earlier entry has released, to another group.
    """
    group = Group(status="ended")
    for entry in lot:
        sealed, _ = seal(entry, prev, ports)
        prev = sealed.hash
        for one in entry.audience:
            heads[one] = heads.get(one, 0) + 1
        group.entries.append(sealed)
        group.positions.append({one: heads[one] for one in entry.audience})
        event = entry.event
        if isinstance(event, InjectReleased) and event.inject not in out:
            out.add(event.inject)
            group.released[event.inject] = entry.seq
    return group
