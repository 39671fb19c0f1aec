"""What a robot remembers of its delegation's stream."""

from dataclasses import dataclass, field

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.moment import Author
from exercise.domain.scenario import said

# A request that names no time for its answer is answered as if it gave ten minutes.
REPLY_MS = 600_000
ADVERSE = 3
TELLING = frozenset({"notification", "follow_up", "closure"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry of a delegation's stream, without what the stream does not show."""

    id: str
    at_ms: int
    author: Author
    event: e.Event


@dataclass(slots=True)
class Query:
    """A request of another delegation, until it is answered."""

    entry: str
    by: str
    instrument: str
    type: str
    at_ms: int
    reply_by_ms: int
    subject: str
    answered: bool = False


@dataclass(slots=True)
class Line:
    """A call with another delegation, while it rings or runs."""

    caller: str
    callee: str
    answered: bool = False
    said: dict[str, int] = field(default_factory=dict)

    def other(self, own: str) -> str:
        """Return the other party."""
        return self.callee if self.caller == own else self.caller


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the delegation itself did."""

    at_ms: int
    instrument: str
    to: tuple[str, ...]
    about: str


class Memory:
    """Everything heard so far that a later decision leans on."""

    def __init__(self, own: str) -> None:
        self._own = own
        self.over = False
        self.delivered: dict[str, tuple[str, int]] = {}
        self.items: dict[str, int] = {}
        self.queries: dict[str, Query] = {}
        self.calls: dict[str, Line] = {}
        self.texts: dict[str, e.TextState] = {}
        self.forums: dict[str, e.ForumState] = {}
        self.deeds: list[Deed] = []
        self.claims: dict[str, tuple[int, str]] = {}
        self.offered: set[tuple[str, str]] = set()
        self.kept: set[str] = set()
        self.rung = 0
        self.struck_ms: int | None = None

    def take(self, heard: Heard) -> None:
        """Remember one more entry."""
        match heard.event:
            case e.InjectReleased() as released:
                self._received(heard, released)
            case e.ItemShared() as shared:
                self._shared(heard, shared)
            case e.ActIssued() as act:
                self._act(heard, act)
            case e.CallOpened() | e.CallAnswered() | e.CallLine() | e.CallClosed():
                self._call(heard, heard.event)
            case e.TextPublished(state=state) | e.TextWithdrawn(state=state):
                self._settled(heard, state, heard.event)
            case e.Ended():
                self.over = True
            case other:
                self._rest(heard, other)

    def _rest(self, heard: Heard, event: e.Event) -> None:
        match event:
            case e.ActReferred():
                self._referred(heard, event)
            case e.MeasureAdopted(rung=rung, adopters=adopters):
                self.rung = rung
                if self._own in adopters:
                    self.struck_ms = heard.at_ms
            case (
                e.CommitmentDelivered(commitment=id_)
                | e.CommitmentConfirmed(commitment=id_)
            ):
                self.kept.add(f"{event.KIND}/{id_}")
            case _ if isinstance(event, e.TextChange):
                self.texts[event.state.text] = event.state
            case _ if isinstance(event, e.ForumChange):
                self.forums[event.state.forum] = event.state
            case _:
                return

    def _received(self, heard: Heard, released: e.InjectReleased) -> None:
        self.delivered.setdefault(released.inject, (heard.id, heard.at_ms))
        for item in released.items:
            self.items[item.id] = heard.at_ms

    def _shared(self, heard: Heard, shared: e.ItemShared) -> None:
        if self._own in shared.to:
            # The newest comes last; whoever misreads goes by the last one.
            self.items.pop(shared.item, None)
            self.items[shared.item] = heard.at_ms
        self._did(heard, "share_item", shared.to, "")

    def query_of(self, by: str) -> Query | None:
        """Return the oldest open request of `by`."""
        waiting = (one for one in self.queries.values() if not one.answered)
        return next((one for one in waiting if one.by == by), None)

    def call_with(self, other: str) -> str:
        """Return the call that is open with `other`, or ""."""
        for id_, line in self.calls.items():
            if line.other(self._own) == other:
                return id_
        return ""

    def _did(self, heard: Heard, kind: str, to: tuple[str, ...], about: str) -> None:
        if heard.author.delegation == self._own:
            self.deeds.append(Deed(heard.at_ms, kind, to, about))

    def _act(self, heard: Heard, act: e.ActIssued) -> None:
        self._did(heard, act.instrument, act.to, act.about)
        if act.public and act.rung >= ADVERSE:
            self.rung = act.rung
        if heard.author.delegation == self._own:
            self._own_act(heard, act)
        elif self._own in act.to and asks(act):
            self._asked(heard, act)

    def _own_act(self, heard: Heard, act: e.ActIssued) -> None:
        for about in {act.about, act.answers} & self.queries.keys():
            self.queries[about].answered = True
        if act.instrument == "offer_assistance":
            self.offered.add((str(act.fields.get("type", "")), act.to[0]))
        claims = act.fields.get("claims")
        if act.public and isinstance(claims, dict):
            for topic, value in claims.items():
                self.claims[topic] = (heard.at_ms, str(value))
        if act.public and act.rung >= ADVERSE:
            self.struck_ms = heard.at_ms

    def _referred(self, heard: Heard, act: e.ActReferred) -> None:
        """Remember what waits for the capital as done: nobody does it twice."""
        self._did(heard, act.instrument, act.to, act.about)
        if act.about in self.queries:
            self.queries[act.about].answered = True
        spec = INSTRUMENTS[act.instrument]
        if spec.public and spec.rung >= ADVERSE:
            self.struck_ms = heard.at_ms

    def _asked(self, heard: Heard, act: e.ActIssued) -> None:
        due = act.reply_by_ms
        self.queries[heard.id] = Query(
            entry=heard.id,
            by=heard.author.delegation,
            instrument=act.instrument,
            type=str(act.fields.get("type", "")),
            at_ms=heard.at_ms,
            reply_by_ms=heard.at_ms + REPLY_MS if due is None else due,
            subject=str(act.fields.get("subject") or said(act.about_title)),
        )

    def _call(
        self,
        heard: Heard,
        event: e.CallOpened | e.CallAnswered | e.CallLine | e.CallClosed,
    ) -> None:
        if isinstance(event, e.CallOpened):
            self.calls[heard.id] = Line(event.caller, event.callee)
            return
        line = self.calls.get(event.call)
        if line is None:
            return
        if isinstance(event, e.CallClosed):
            del self.calls[event.call]
        elif isinstance(event, e.CallAnswered):
            line.answered = True
            at_ms, other = heard.at_ms, line.other(self._own)
            self.deeds.append(Deed(at_ms, "hotline_call", (other,), ""))
        else:
            by = heard.author.delegation
            line.said[by] = line.said.get(by, 0) + 1

    def _settled(self, heard: Heard, state: e.TextState, event: e.Event) -> None:
        self.texts.pop(state.text, None)
        if isinstance(event, e.TextPublished) and self._own in state.signed:
            for topic, value in state.claims.items():
                self.claims[topic] = (heard.at_ms, value)


def asks(act: e.ActIssued) -> bool:
    """Tell whether an act asks those it goes to for an answer."""
    spec = INSTRUMENTS.get(act.instrument)
    if spec is None or not spec.request or act.public or act.answers:
        return False
    return not (act.instrument == "poc_message" and act.fields.get("type") in TELLING)
