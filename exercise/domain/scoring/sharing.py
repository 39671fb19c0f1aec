"""Who passed which item to whom, who took note, and what the script itself gave."""

from collections import defaultdict

from exercise.domain.events import Acknowledged, ActIssued, InjectReleased, ItemShared
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.scoring.deeds import keys
from exercise.domain.scoring.ledger import Line, Share

PUBLIC = ""


class Sharing:
    """Every share so far; `shares` in order, `given` what the script delivered."""

    def __init__(self, scenario: Scenario) -> None:
        self._delegations = scenario.delegation_ids
        self._items = {one.id: one.data_class for one in scenario.items}
        self.shares: list[Share] = []
        self.acknowledged: dict[str, list[Line]] = defaultdict(list)
        self.given: dict[tuple[str, str], int] = {}
        self._carried: dict[str, tuple[str, ...]] = {}

    def feed(self, entry: Recorded) -> None:
        """Take the next entry."""
        match entry.event:
            case ItemShared(item=item, to=to, basis=basis):
                self._carried[entry.id] = (item,)
                for one in dict.fromkeys(to):
                    self._share(entry, item, one, basis)
            case InjectReleased():
                self._release(entry, entry.event)
            case Acknowledged(about=about):
                self.acknowledged[about].append(
                    Line(entry.id, entry.at_ms, entry.author.delegation)
                )
            case ActIssued(public=True):
                self._publish(entry, entry.event)
            case _:
                pass

    def _share(self, entry: Recorded, item: str, to: str, basis: str = "") -> None:
        kind = self._items.get(item)
        if kind is None:
            return
        unfounded = "" if basis or kind == "none" else kind
        by = entry.author.delegation
        self.shares.append(Share(entry.id, entry.at_ms, by, item, to, unfounded))

    def _release(self, entry: Recorded, event: InjectReleased) -> None:
        items = tuple(card.id for card in event.items if card.id in self._items)
        self._carried[entry.id] = items
        for one in self._delegations:
            if one in entry.audience or one in event.to:
                for item in items:
                    self.given.setdefault((item, one), entry.at_ms)

    def _publish(self, entry: Recorded, event: ActIssued) -> None:
        """Read what a public act lays open: items by name, or as disclosed evidence."""
        items = list(keys(event.fields.get("items")))
        if event.fields.get("disclosure") in {"summary", "full"}:
            for about in keys(event.fields.get("evidence")):
                items += self._carried.get(about, ())
        for item in dict.fromkeys(items):
            self._share(entry, item, PUBLIC)
