"""N: how far answered questions join all delegations into one network."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from exercise.domain.scoring import graph
from exercise.domain.scoring.evidence import (
    Measured,
    Opportunity,
    Part,
    number,
    say,
    titled,
)
from exercise.domain.scoring.ledger import Request, Share
from exercise.domain.scoring.reach import needed
from exercise.domain.scoring.view import View


@dataclass(frozen=True, slots=True)
class Tie:
    """A request, or a needed item passed on, and whether the loop was closed."""

    by: str
    to: str
    request: bool
    closed: bool
    what: str
    entries: tuple[str, ...]


def measure(view: View) -> Measured:
    """Return the efficiency of the closed loops times the share of requests closed."""
    n = len(view.in_play)
    found = ties(view)
    if n < 2 or not (found or view.over):  # noqa: PLR2004 - no pair, no loop
        return Measured(value=None)
    loops = Loops(view, found)
    value = loops.value()
    efficiency, closed, asked = loops.efficiency(), loops.closed, loops.asked
    return Measured(
        value=value,
        formula=f"N = {number(efficiency)} · {closed} ÷ max({asked}, {n})"
        f" = {number(value)}",
        opportunities=tuple(_opportunity(i, tie) for i, tie in enumerate(found)),
        parts=_parts(view, found),
        notes=(say("Losses are what leaving one request or share out would change."),),
        without=lambda at: loops.value(found[at]),
    )


class Loops:
    """The sums behind N, kept so that leaving one tie out costs next to nothing."""

    def __init__(self, view: View, found: Sequence[Tie]) -> None:
        self._nodes = view.in_play
        self._times = Counter(_pair(tie) for tie in found if tie.closed)
        self.asked = sum(1 for tie in found if tie.request)
        self.closed = sum(1 for tie in found if tie.request and tie.closed)
        self._efficiency: dict[tuple[str, ...], float] = {}

    def value(self, left_out: Tie | None = None) -> float:
        """Return N, as it would be without one tie if one is given."""
        asked, closed = self.asked, self.closed
        gone: tuple[str, ...] = ()
        if left_out is not None:
            asked -= int(left_out.request)
            closed -= int(left_out.request and left_out.closed)
            if left_out.closed and self._times[_pair(left_out)] == 1:
                gone = _pair(left_out)
        return self.efficiency(gone) * closed / max(asked, len(self._nodes))

    def efficiency(self, gone: tuple[str, ...] = ()) -> float:
        """Return the global efficiency, without the edge `gone` if there is one."""
        if gone not in self._efficiency:
            kept = [pair for pair in self._times if pair != gone]
            edges_ = graph.neighbours(self._nodes, kept)
            self._efficiency[gone] = graph.efficiency(edges_)
        return self._efficiency[gone]


def _pair(tie: Tie) -> tuple[str, str]:
    return (tie.by, tie.to) if tie.by < tie.to else (tie.to, tie.by)


def ties(view: View) -> list[Tie]:
    """Return every peer request that is settled, and every needed share."""
    known = view.in_play
    wanted = {one.id: needed(view, one) for one in view.scenario.items}
    asked = [_request(view, one) for one in view.facts.talk.requests]
    shared = [
        _share(view, one)
        for one in view.facts.sharing.shares
        if one.to in wanted.get(one.item, ())
    ]
    return [
        tie
        for tie in (*asked, *shared)
        if tie is not None and tie.by != tie.to and tie.by in known and tie.to in known
    ]


def edges(view: View, found: Sequence[Tie]) -> graph.Edges:
    """Return who is joined to whom by a closed loop."""
    closed = [(tie.by, tie.to) for tie in found if tie.closed]
    return graph.neighbours(view.in_play, closed)


def _request(view: View, request: Request) -> Tie | None:
    if not view.happened(request):
        return None
    answer = next((one for one in request.answers if view.earns(one)), None)
    if answer is None and not view.passed(request.reply_by_ms):
        return None
    entries = (request.entry,) if answer is None else (request.entry, answer.entry)
    closed = answer is not None and view.earns(request)
    return Tie(request.by, request.to, True, closed, request.instrument, entries)  # noqa: FBT003 - a request


def _share(view: View, share: Share) -> Tie | None:
    if not view.earns(share):
        return None
    noted = next(
        (
            one
            for one in view.facts.sharing.acknowledged.get(share.entry, ())
            if one.by == share.to and view.earns(one)
        ),
        None,
    )
    entries = (share.entry,) if noted is None else (share.entry, noted.entry)
    return Tie(share.by, share.to, False, noted is not None, "share_item", entries)  # noqa: FBT003 - no request


def _parts(view: View, found: Sequence[Tie]) -> tuple[Part, ...]:
    joined = edges(view, found)
    arrows = [(tie.by, tie.to) for tie in found if tie.closed]
    unscored = (
        ("density", graph.density(joined)),
        ("reciprocity", graph.reciprocity(arrows)),
        ("centralisation", graph.centralisation(joined)),
        ("groups", float(len(graph.groups(joined)))),
    )
    label = say("Efficiency of the network of closed loops")
    figure = (("efficiency", graph.efficiency(joined)),)
    return (
        Part(id="efficiency", what=label, figures=figure),
        Part(id="unscored", what=say("Shown, not scored"), figures=unscored),
    )


def _opportunity(at: int, tie: Tie) -> Opportunity:
    text = "%(by)s asked %(to)s: %(what)s" if tie.request else "%(by)s informed %(to)s"
    return Opportunity(
        id=f"N.{at + 1}",
        what=say(text, by=tie.by, to=tie.to, what=titled(tie.what)),
        delegation=tie.to if tie.request or not tie.closed else tie.by,
        entries=tie.entries,
        earned=1.0 if tie.closed else 0.0,
        weight=1.0,
        verdict="met" if tie.closed else "missed",
    )
