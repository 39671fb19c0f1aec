"""R: how well items reached those who needed them and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from exercise.domain.scenario import Item, Scenario
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    Part,
    mean,
    number,
    say,
)
from exercise.domain.scoring.ledger import Share
from exercise.domain.scoring.sharing import PUBLIC
from exercise.domain.scoring.spec import BREACH_WEIGHTS
from exercise.domain.scoring.view import View


@dataclass(frozen=True, slots=True)
class Pair:
    """One (item, recipient): `reached` 0…1 where it was needed, else what it broke."""

    item: str
    title: str
    to: str
    holder: str
    weight: int
    reached: float = 0.0
    good: bool = False
    breach: int = 0
    unfounded: str = ""
    entries: tuple[str, ...] = ()


def measure(view: View) -> Measured:
    """Return the harmonic mean of reach and handling; 0 if nothing reached anybody."""
    pairs = [pair for item in view.scenario.items for pair in _pairs(view, item)]
    if not any(not pair.breach for pair in pairs):
        return Measured(value=None)
    reach, handling = _reach(pairs), _handling(pairs)
    value = _balance(reach, handling)

    def without(number_: int) -> float | None:
        rest = [pair for i, pair in enumerate(pairs) if i != number_]
        if not any(not pair.breach for pair in rest):
            return None
        return _balance(_reach(rest), _handling(rest))

    return Measured(
        value=value,
        formula=f"R = 2 · {number(reach)} · {number(handling)} ÷ "
        f"({number(reach)} + {number(handling)}) = {number(value)}",
        opportunities=tuple(_opportunity(pair) for pair in pairs),
        parts=(
            Part(id="reach", what=say("Reach"), figures=(("share", reach),)),
            Part(id="handling", what=say("Handling"), figures=(("share", handling),)),
        ),
        notes=(
            say("Sharing that a label permits but nobody needed is neutral."),
            say("Losses are what leaving one pair out would change."),
        ),
        without=without,
    )


def breaches(view: View) -> tuple[Opportunity, ...]:
    """Return what was passed on against its label, or with no basis for its data."""
    return tuple(
        _opportunity(pair)
        for item in view.scenario.items
        for pair in _breaches(view, item, _shares(view, item))
    )


def needed(view: View, item: Item) -> tuple[str, ...]:
    """Return who in play needs an item and does not get it by the script."""
    return tuple(
        one for one in item.recipients if one in view.in_play and one != item.holder
    )


def _pairs(view: View, item: Item) -> list[Pair]:
    given = _given(view, item)
    shares = _shares(view, item)
    found = [] if given is None else _needs(view, item, given, shares)
    return found + _breaches(view, item, shares)


def _shares(view: View, item: Item) -> list[Share]:
    shared = view.facts.sharing.shares
    return [one for one in shared if one.item == item.id and view.happened(one)]


def _given(view: View, item: Item) -> int | None:
    """Return when the script gave an item to its holder, by whichever inject."""
    if item.inject in view.facts.recalled:
        return None
    by_its_own = view.delivered(item.inject, item.holder)
    if by_its_own is not None:
        return by_its_own
    given = view.facts.sharing.given.get((item.id, item.holder))
    return given if given is not None and given <= view.horizon_ms else None


def _needs(
    view: View, item: Item, given_ms: int, shares: Sequence[Share]
) -> list[Pair]:
    """Return the pairs that could have been served, served or not."""
    need_ms, useless_ms = times(view, item, given_ms)
    found: list[Pair] = []
    for one in needed(view, item):
        scripted = view.facts.sharing.given.get((item.id, one))
        got = next((s for s in shares if s.to in {one, PUBLIC} and view.earns(s)), None)
        if scripted is not None and (got is None or scripted <= got.at_ms):
            continue
        if got is None and _not_due(view, item, one, (need_ms, useless_ms)):
            continue
        found.append(
            Pair(
                item=item.id,
                title=item.title,
                to=one,
                holder=item.holder,
                weight=item.weight,
                reached=0.0 if got is None else _value(view, got, need_ms, useless_ms),
                good=got is not None,
                entries=view.released_by(item.inject, item.holder)
                if got is None
                else (got.entry,),
            )
        )
    return found


def times(view: View, item: Item, given_ms: int) -> tuple[int, int]:
    """Return need-by and useless-after, later by as much as the holder got it late."""
    script = view.scenario.inject(item.inject)
    timetable = view.facts.timetable
    planned = given_ms if script is None else timetable.at(script.at_ms)
    late = max(0, given_ms - planned)
    need_ms = timetable.at(item.need_by_ms) + late
    return need_ms, max(need_ms, timetable.at(item.useless_after_ms) + late)


def _not_due(view: View, item: Item, to: str, due: tuple[int, int]) -> bool:
    """Say whether an item may still come, or ENDEX came before it was needed."""
    need_ms, useless_ms = due
    if not view.passed(useless_ms):
        return not view.over or not view.passed(need_ms)
    return view.gone(to, useless_ms) or view.gone(item.holder, useless_ms)


def _value(view: View, got: Share, need_ms: int, useless_ms: int) -> float:
    if got.at_ms <= need_ms or view.in_time(got):
        return 1.0
    if got.at_ms >= useless_ms:
        return 0.0
    return (useless_ms - got.at_ms) / (useless_ms - need_ms)


def _breaches(view: View, item: Item, shares: Sequence[Share]) -> list[Pair]:
    """Return each reader whom the label forbids, or no basis reaches, once."""
    found: dict[str, Pair] = {}
    for share in shares:
        label = breach(view.scenario, item, share.to)
        weight = max(label, BREACH_WEIGHTS["data"] if share.unfounded else 0)
        if weight and share.to not in found:
            found[share.to] = Pair(
                item=item.id,
                title=item.title,
                to=share.to,
                holder=share.by,
                weight=item.weight,
                breach=weight,
                unfounded="" if label else share.unfounded,
                entries=(share.entry,),
            )
    return list(found.values())


def breach(scenario: Scenario, item: Item, to: str) -> int:
    """Return the weight of the breach in passing an item on, 0 if it is none."""
    if item.tlp in {"", "CLEAR"}:
        return 0
    if to != PUBLIC and to in {*item.recipients, *item.also_permitted, item.holder}:
        return 0
    if item.tlp == "GREEN":
        reader = scenario.delegation(to)
        media = reader is not None and reader.kind == "media"
        return BREACH_WEIGHTS["GREEN"] if to == PUBLIC or media else 0
    return BREACH_WEIGHTS[item.tlp]


def _reach(pairs: Sequence[Pair]) -> float:
    """Return the weighted mean over items of the mean over those who needed it."""
    by_item: dict[str, list[Pair]] = {}
    for pair in pairs:
        if not pair.breach:
            by_item.setdefault(pair.item, []).append(pair)
    total = sum(rows[0].weight for rows in by_item.values())
    return (
        sum(
            rows[0].weight * mean([row.reached for row in rows])
            for rows in by_item.values()
        )
        / total
    )


def _handling(pairs: Sequence[Pair]) -> float:
    good = sum(1 for pair in pairs if pair.good)
    broken = sum(pair.breach for pair in pairs)
    return good / (good + broken) if good + broken else 1.0


def _balance(reach: float, handling: float) -> float:
    if reach == 0 or handling == 0:
        return 0.0
    return 2 * reach * handling / (reach + handling)


def _opportunity(pair: Pair) -> Opportunity:
    to = pair.to or "public"
    if pair.breach:
        text = "“%(title)s” went to %(to)s against its label"
        if pair.unfounded:
            text = "“%(title)s” went to %(to)s with no basis for the data in it"
        return Opportunity(
            id=f"R.breach.{pair.item}.{to}",
            what=say(text, title=pair.title, to=to),
            delegation=pair.holder,
            entries=pair.entries,
            earned=0.0,
            weight=float(pair.breach),
            verdict="against",
        )
    return Opportunity(
        id=f"R.{pair.item}.{to}",
        what=say("“%(title)s” for %(to)s", title=pair.title, to=to),
        delegation=pair.holder,
        entries=pair.entries,
        earned=pair.reached,
        weight=float(pair.weight),
        verdict="met" if pair.reached == 1 else "partly" if pair.reached else "missed",
    )
