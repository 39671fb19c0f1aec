"""Obligations as they open, matched with each deed that may answer them."""

from collections import defaultdict

from exercise.domain.scenario import Obligation, Scenario
from exercise.domain.scoring.deeds import Deed
from exercise.domain.scoring.ledger import Delivery, Duty
from exercise.domain.scoring.sharing import Sharing

Pairs = tuple[tuple[str, str], ...]


class Duties:
    """Every obligation delivered so far, in order of delivery."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = {one.id: one for one in scenario.injects}
        self.all: list[Duty] = []
        self._open: dict[tuple[str, str], list[Duty]] = defaultdict(list)

    def open(
        self, inject: str, delegation: str, delivery: Delivery, sharing: Sharing
    ) -> None:
        """Start the clocks of what `inject` asks of `delegation`."""
        script = self._scenario.get(inject)
        if script is None:
            return
        for number, obligation in enumerate(script.obligations):
            if obligation.delegation != delegation:
                continue
            duty = Duty(
                f"{inject}.{number + 1}", inject, script.number, obligation, delivery
            )
            self.all.append(duty)
            _look_back(duty, sharing)
            for instrument in dict.fromkeys(obligation.instruments):
                self._open[delegation, instrument].append(duty)

    def answer(self, deed: Deed) -> None:
        """Let a deed answer whatever it can."""
        for duty in self._open.get((deed.by, deed.instrument), ()):
            covered = covers(deed, duty)
            if covered:
                duty.answers.append((deed, covered))


def covers(deed: Deed, duty: Duty) -> Pairs:
    """Return which of the (item, recipient) pairs of a duty a deed covers.

    A deed about another inject covers nothing, except an item, which reaches its
    reader whatever the cover note says. One about no inject must be told apart by
    what the obligation names.
    """
    obligation = duty.obligation
    if deed.inject != duty.inject:
        if not (obligation.to or obligation.items or obligation.topic):
            return ()
        if deed.inject and not obligation.items:
            return ()
    if obligation.topic and obligation.topic not in deed.claims:
        return ()
    return tuple(
        (item, to)
        for item, to in duty.wanted
        if (not item or item in deed.items) and _reaches(deed, to)
    )


def _reaches(deed: Deed, to: str) -> bool:
    return not to or to in deed.to or deed.public


def _look_back(duty: Duty, sharing: Sharing) -> None:
    """Count an item that was passed on before it was asked for."""
    obligation: Obligation = duty.obligation
    if "share_item" not in obligation.instruments or not obligation.items:
        return
    for share in sharing.shares:
        if share.by == obligation.delegation and share.item in obligation.items:
            deed = Deed(
                entry=share.entry,
                seq=0,
                at_ms=share.at_ms,
                by=share.by,
                instrument="share_item",
                to=(share.to,),
                items=(share.item,),
            )
            covered = covers(deed, duty)
            if covered:
                duty.answers.append((deed, covered))
