"""Who holds which item, since when and from whom, and where a label was broken."""

from dataclasses import dataclass

from exercise.domain.scenario import Item
from exercise.domain.scoring.facts import Facts
from exercise.domain.scoring.reach import breach
from exercise.domain.scoring.sharing import PUBLIC

EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How one delegation, or the public (""), came to hold one item.

    `by` is who passed it on, nobody for the script. `breach` is the weight that the
    score gives to passing it on against its label, 0 if there is nothing to give;
    `unfounded` the class of personal data that came without a basis.
    """

    at_ms: int
    by: str = ""
    entry: str = ""
    breach: int = 0
    unfounded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One item and everybody who holds it, by delegation; "" is the public."""

    item: Item
    holders: dict[str, Held]


def known(facts: Facts) -> tuple[Known, ...]:
    """Return every item of the scenario with its holders so far."""
    return tuple(
        Known(item=item, holders=_holders(facts, item)) for item in facts.scenario.items
    )


def _holders(facts: Facts, item: Item) -> dict[str, Held]:
    found = {
        to: Held(at_ms=at_ms)
        for (id_, to), at_ms in facts.sharing.given.items()
        if id_ == item.id
    }
    for share in facts.sharing.shares:
        if share.item != item.id:
            continue
        before = found.get(share.to)
        ruled_out = facts.rulings.get(share.entry) == EXCLUDED
        weight = 0 if ruled_out else breach(facts.scenario, item, share.to)
        unfounded = "" if ruled_out else share.unfounded
        told = before is not None and (before.breach or before.unfounded)
        if before is None or ((weight or unfounded) and not told):
            at_ms = share.at_ms if before is None else min(before.at_ms, share.at_ms)
            found[share.to] = Held(
                at_ms=at_ms,
                by=share.by,
                entry=share.entry,
                breach=weight,
                unfounded=unfounded,
            )
    return {
        to: found[to] for to in (*facts.scenario.delegation_ids, PUBLIC) if to in found
    }
