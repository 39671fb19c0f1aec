"""Passing on what one holds, and taking note of what one is given."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import Item
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import Commands, Mind, Plan
from exercise.service.robots.phrases import BASIS
from exercise.service.robots.thorough.tempers import holds_back


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan to pass on each item that arrives from its source."""
    match heard.event:
        case e.InjectReleased(inject=inject, items=cards):
            for card in cards:
                item = mind.brief.held.get(card.id)
                if item is not None and _passes_on(mind, item):
                    yield _share(mind, heard, item, inject)
        case e.ItemShared(to=to) if mind.own in to and mind.policy.peers:
            yield Plan(heard.at_ms, lambda _: (c.Acknowledge(about=heard.id),))
        case _:
            return


def founded(mind: Mind, item: str) -> str:
    """Return the basis on which data about people go on; nothing for other items."""
    held = mind.brief.held.get(item)
    return "" if held is not None and held.data_class == "none" else BASIS


def _passes_on(mind: Mind, item: Item) -> bool:
    return mind.policy.shares != "nobody" and not holds_back(mind, item.id)


def _share(mind: Mind, heard: Heard, item: Item, inject: str) -> Plan:
    # What its source brought late is needed later by as much.
    planned_ms = mind.brief.planned_ms.get(inject, heard.at_ms)
    late = max(0, heard.at_ms - planned_ms) if inject == item.inject else 0
    due = mind.policy.share_ms(item.need_by_ms, item.useless_after_ms) + late
    everybody = mind.policy.shares == "everybody"
    needed = tuple(one for one in item.recipients if one != mind.own)
    to = mind.brief.others if everybody else needed

    def make(_: int) -> Commands:
        if not to:
            return ()
        basis = founded(mind, item.id)
        return (c.ShareItem(item=item.id, to=to, about=heard.id, basis=basis),)

    return Plan(max(heard.at_ms, due), make)
