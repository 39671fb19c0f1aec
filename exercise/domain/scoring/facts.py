"""The accumulator under the score: takes one entry at a time, forgets the rest."""

from collections import defaultdict
from dataclasses import replace

from exercise.domain.events import (
    Adjudicated,
    CommitmentConfirmed,
    CommitmentDelivered,
    CommitmentMade,
    DelegationExcluded,
    Ended,
    IndicatorOverridden,
    InjectRecalled,
    InjectReleased,
    MemberJoined,
    MemberMoved,
    OverrideConfirmed,
    PhaseBegan,
    ProbeAnswered,
    ProbeClosed,
    ProbeOpened,
    RestShifted,
    Started,
    TextProposed,
)
from exercise.domain.moment import Recorded
from exercise.domain.scenario import Scenario
from exercise.domain.scoring.conversation import Conversation
from exercise.domain.scoring.deeds import Deed, read
from exercise.domain.scoring.duties import Duties
from exercise.domain.scoring.evidence import Override
from exercise.domain.scoring.ledger import Answer, Delivery, Line, Pledge, Sitting
from exercise.domain.scoring.measures import Measures
from exercise.domain.scoring.sharing import Sharing
from exercise.domain.scoring.timetable import Timetable


class Facts:
    """Everything the indicators read, kept up entry by entry."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.timetable = Timetable()
        self.started_ms: int | None = None
        self.ended_ms: int | None = None
        self.aborted = False
        self.phases_began: list[int] = []
        self.delivered: dict[tuple[str, str], Delivery] = {}
        self.recalled: set[str] = set()
        self.joined: set[str] = set()
        self.rulings: dict[str, str] = {}
        self.gone_from: dict[str, int] = {}
        self.overrides: dict[str, Override] = {}
        self.deeds: dict[str, list[Deed]] = defaultdict(list)
        self.sittings: dict[str, Sitting] = {}
        self.pledges: dict[str, Pledge] = {}
        self.sharing = Sharing(scenario)
        self.duties = Duties(scenario)
        self.talk = Conversation()
        self.measures = Measures(scenario)
        self._about: dict[str, str] = {one.id: one.id for one in scenario.injects}
        self._plans = {one.id: one.inject for one in scenario.texts}

    def inject_of(self, about: str) -> str:
        """Return the inject that an entry, a text or an id stands for, or ""."""
        return self._about.get(about, "")

    def feed(self, entry: Recorded) -> None:
        """Take the next entry of the timeline."""
        self._take(entry)
        self.sharing.feed(entry)
        self.talk.feed(entry)
        for deed in read(entry, self.inject_of):
            self.deeds[deed.by].append(deed)
            self.duties.answer(deed)
            self.measures.claim(deed)
        self.measures.feed(entry, self.inject_of)

    def _take(self, entry: Recorded) -> None:
        event = entry.event
        match event:
            case InjectReleased():
                self._deliver(entry, event)
            case InjectRecalled():
                self.recalled.add(event.inject)
            case TextProposed(state=state, about=about):
                inject = self.inject_of(about) or self._plans.get(state.plan, "")
                self._about[state.text] = inject
                self._about[entry.id] = inject
            case ProbeOpened() | ProbeAnswered() | ProbeClosed():
                self._probe(entry, event)
            case CommitmentMade() | CommitmentDelivered() | CommitmentConfirmed():
                self._promise(entry, event)
            case Started():
                self.started_ms = entry.at_ms
            case Ended(aborted=aborted):
                self.ended_ms, self.aborted = entry.at_ms, aborted
            case PhaseBegan():
                self.phases_began.append(entry.at_ms)
            case RestShifted(from_ms=from_ms, by_ms=by_ms):
                self.timetable.shift(from_ms, by_ms)
            case MemberJoined(delegation=one) | MemberMoved(delegation=one):
                self.joined.add(one)
            case Adjudicated(entry=about, ruling=ruling):
                self.rulings[about] = ruling
            case DelegationExcluded(delegation=one, from_ms=from_ms):
                self.gone_from[one] = from_ms
            case IndicatorOverridden():
                self._override(entry, event)
            case OverrideConfirmed():
                self._confirm(entry, event)
            case _:
                pass

    def _deliver(self, entry: Recorded, event: InjectReleased) -> None:
        self._about[entry.id] = event.inject
        for one in self.scenario.delegation_ids:
            if one not in entry.audience and one not in event.to:
                continue
            known = self.delivered.setdefault(
                (event.inject, one), Delivery(entry.at_ms, entry.id)
            )
            if known.entry == entry.id:
                self.duties.open(event.inject, one, known, self.sharing)

    def _probe(
        self, entry: Recorded, event: ProbeOpened | ProbeAnswered | ProbeClosed
    ) -> None:
        if isinstance(event, ProbeOpened):
            self.sittings[event.probe] = Sitting(entry.at_ms, event.closes_ms)
            return
        sitting = self.sittings.get(event.probe)
        if sitting is None or sitting.closed_ms is not None:
            return
        if isinstance(event, ProbeClosed):
            sitting.closed_ms, sitting.closed_by = entry.at_ms, entry.id
            return
        total = sum(event.attribution.values()) or 1
        belief = {name: n / total for name, n in sorted(event.attribution.items())}
        sitting.answers.setdefault(entry.author.delegation, []).append(
            Answer(entry.id, entry.at_ms, belief, event.severity, event.priorities)
        )

    def _promise(
        self,
        entry: Recorded,
        event: CommitmentMade | CommitmentDelivered | CommitmentConfirmed,
    ) -> None:
        if isinstance(event, CommitmentMade):
            self.pledges[entry.id] = Pledge(
                entry.id,
                entry.at_ms,
                event.type,
                event.promisor,
                event.beneficiary,
                event.due_ms,
            )
            return
        pledge = self.pledges.get(event.commitment)
        if pledge is None:
            return
        line = Line(entry.id, entry.at_ms, entry.author.delegation)
        kept = isinstance(event, CommitmentDelivered)
        (pledge.delivered if kept else pledge.confirmed).append(line)

    def _override(self, entry: Recorded, event: IndicatorOverridden) -> None:
        self.overrides[event.indicator] = Override(
            indicator=event.indicator,
            before=event.from_ / 100,
            after=event.to / 100,
            reason=event.reason,
            entry=entry.id,
            evaluator=entry.actor,
            second=event.second,
            entries=event.entries,
            awaits=event.wide,
        )

    def _confirm(self, entry: Recorded, event: OverrideConfirmed) -> None:
        """Let a wide override count, unless another has replaced it."""
        found = self.overrides.get(event.indicator)
        if found is not None and found.entry == event.override:
            self.overrides[event.indicator] = replace(
                found, awaits=False, confirmed_by=entry.actor
            )
