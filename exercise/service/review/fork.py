"""What if: a record's beginning, played on by robots as an exercise of its own."""

from collections.abc import Sequence
from dataclasses import replace

from exercise.domain.commands import Join, Resume, Start
from exercise.domain.events import Checkpoint, EntryRedacted, InjectReleased
from exercise.domain.moment import SYSTEM, Recorded
from exercise.domain.state import Exercise, fold
from exercise.service.conduct import NewExercise, open_timeline
from exercise.service.conduct.sealing import seal
from exercise.service.ports import Group, Ports
from exercise.service.rehearse import PAGE, Part, Rehearsal, SimulatedClock
from exercise.service.requests import Request

# These speak of the other record: its heads, and what was taken out of it.
OF_THE_RECORD = (Checkpoint, EntryRedacted)


class NothingToPlay(ValueError):
    """There was no exercise yet, or none any more, where it was to be taken up."""


class Fork(Rehearsal):
    """A rehearsal that goes on from where somebody else's exercise stood."""

    def take_up(self, state: Exercise) -> None:
        """Let robots sit down beside the people, and time go on."""
        self.conductor.refresh()
        self._remember()
        join = Join(member=self.facilitator, role="facilitator", name="What if")
        joins = [Request(SYSTEM, self._ports.ids.new("join/facilitator"), join)]
        self._run([*joins, *self.cast.joins()])
        if state.status == "lobby":
            self.asks(Start())
        elif state.status == "paused":
            self.asks(Resume())

    def whole_rest(self) -> None:
        """Play to the scenario's end, or as far beyond it as time had come, and end."""
        at_ms = self._state().at_ms
        self.play(max(at_ms, self._state().moved(self.part.scenario.duration_ms)))
        self.end()

    def _remember(self) -> None:
        """Let the robots hear the past; what they would have done then is past too."""
        timeline, codec = self._ports.timeline, self._ports.codec
        while self._heard < self.conductor.head.seq:
            for sealed in timeline.after(self.part.exercise, self._heard, PAGE):
                self._heard = sealed.entry.seq
                self.cast.hear(sealed.entry, codec)
                self.cast.act(sealed.entry.at_ms)


def fork(
    history: Sequence[Recorded],
    seq: int,
    part: Part,
    ports: Ports,
    clock: SimulatedClock,
) -> Fork:
    """Return a rehearsal that goes on after entry `seq`; robots sit for everybody.

    What was done by then stays as it was, and what was missed stays missed. The
    entries keep their ids and times; all are sealed anew, for a record of its own.

    Raises:
        NothingToPlay: the exercise was not opened yet or had ended.
    """
    past = [one for one in history if one.seq <= seq]
    state = fold(past) if past else None
    if state is None or state.status == "ended":
        raise NothingToPlay(part.exercise)
    kept = [one for one in past if not isinstance(one.event, OF_THE_RECORD)]
    _copy(kept, part, ports)
    clock.set(kept[-1].wall_ms)
    rehearsal = Fork(part, ports, clock)
    rehearsal.take_up(state)
    return rehearsal


def _copy(kept: Sequence[Recorded], part: Part, ports: Ports) -> None:
    """Write a history into a timeline of its own, in one transaction."""
    plan = NewExercise(
        part.exercise,
        part.title,
        part.scenario,
        part.scenario_sha256,
        kept[0].wall_ms,
        rehearsal=part.rehearsal,
    )
    open_timeline(ports.timeline, plan)
    transaction = ports.timeline.begin(part.exercise)
    try:
        transaction.append(_sealed(kept, transaction.head.hash, ports))
    except BaseException:
        transaction.rollback()
        raise
    transaction.commit()


def _sealed(kept: Sequence[Recorded], prev: bytes, ports: Ports) -> Group:
    group, heads = Group(status=fold(kept).status), dict[str, int]()
    for seq, entry in enumerate(kept, 1):
        sealed, _ = seal(replace(entry, seq=seq), prev, ports)
        prev = sealed.hash
        for one in entry.audience:
            heads[one] = heads.get(one, 0) + 1
        group.entries.append(sealed)
        group.positions.append({one: heads[one] for one in entry.audience})
        if isinstance(entry.event, InjectReleased):
            group.released.setdefault(entry.event.inject, seq)
    return group
