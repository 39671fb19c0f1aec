"""Who took part: delegations with their seats, roles with their numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.report.aar import Party
from exercise.domain.scenario import Delegation, Scenario
from exercise.domain.scoring import Contribution


def parties(
    scenario: Scenario,
    entries: Iterable[Recorded],
    names: Mapping[str, str],
    contributions: Mapping[str, Contribution],
) -> tuple[Party, ...]:
    """Return the delegations with who sat in them last; no names, no persons."""
    seats = _seats(entries)
    return tuple(
        _party(one, seats, names, contributions.get(one.id))
        for one in scenario.delegations
    )


def roles(entries: Iterable[Recorded]) -> tuple[tuple[str, int], ...]:
    """Return how many people had which role, the larger first."""
    joined = {
        one.event.member: one.event.role
        for one in entries
        if isinstance(one.event, e.MemberJoined)
    }
    counted = Counter(joined.values())
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _seats(entries: Iterable[Recorded]) -> dict[str, tuple[str, str]]:
    """Return each delegate's delegation and seat, as they were last."""
    found: dict[str, tuple[str, str]] = {}
    for one in entries:
        event = one.event
        match event:
            case e.MemberJoined(role="delegate"):
                found[event.member] = (event.delegation, event.seat)
            case e.MemberMoved() if event.member in found:
                found[event.member] = (event.delegation, event.seat)
            case _:
                pass
    return found


def _party(
    delegation: Delegation,
    seats: Mapping[str, tuple[str, str]],
    names: Mapping[str, str],
    contribution: Contribution | None,
) -> Party:
    here = [(who, seat) for who, (home, seat) in seats.items() if home == delegation.id]
    titles = [(one.id, one.title) for one in delegation.seats]
    lines = [_seat(title, id_, here, names) for id_, title in titles]
    known = {id_ for id_, _ in titles}
    if any(seat not in known for _, seat in here):
        loose = [(who, "") for who, seat in here if seat not in known]
        lines.append(_seat("", "", loose, names))
    return Party(
        id=delegation.id,
        name=delegation.name,
        kind=delegation.kind,
        shape=delegation.shape,
        colour=delegation.colour,
        seats=tuple(line for line in lines if line[1]),
        people=len(here),
        contribution=None
        if contribution is None
        else (contribution.opportunities, contribution.met, contribution.loss),
    )


def _seat(
    title: str, id_: str, here: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> tuple[str, int, tuple[str, ...]]:
    sitting = [who for who, seat in here if seat == id_]
    return title, len(sitting), tuple(names[who] for who in sitting if who in names)
