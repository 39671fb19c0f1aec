"""The record that a play leaves, entry by entry, and the nine values it scores."""

from bench.validity.play import Asked, Play, Promise, Share, Step
from bench.validity.world import (
    DUTIES,
    ENDEX,
    HYPOTHESES,
    ITEMS,
    MINUTE,
    PHASE,
    PHASES,
    PROBE,
    PROBE_OPEN,
    PROMISE,
    SCENARIO,
    STEPS,
    TRIGGERS,
    WHO,
    WINDOWS,
    main_inject,
)
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.moment import Author, Recorded
from exercise.domain.scoring import Scoreboard

# A peer answers four minutes after it was asked, and ten are given for it.
TAKES, GIVEN = 4.0, 10.0
MADE, DUE, LATE = 50, 80, 90
# Too late to be an answer to the provocation, in time for its citations.
STATEMENT = 18


class Log:
    """Entries as they are written, in any order of time."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, int, str, str, e.Event, tuple[str, ...]]] = []

    def write(
        self,
        at: float,
        who: str,
        event: e.Event,
        to: tuple[str, ...] = (),
        id_: str = "",
    ) -> str:
        """Write one entry, `at` minutes into the exercise, and return its id."""
        number = len(self._lines)
        id_ = id_ or f"e{number}"
        at_ms = min(int(at * MINUTE), ENDEX * MINUTE)
        self._lines.append((at_ms, number, id_, who, event, to))
        return id_

    def entries(self) -> tuple[Recorded, ...]:
        """Return the record in order of time."""
        return tuple(
            Recorded(
                seq=seq,
                id=id_,
                at_ms=at_ms,
                wall_ms=at_ms,
                actor=who or "system",
                event=event,
                author=Author(member=who, delegation=who),
                audience=tuple(sorted({who, *to} - {""})),
            )
            for seq, (at_ms, _, id_, who, event, to) in enumerate(
                sorted(self._lines, key=lambda one: one[:2]), 1
            )
        )

    def act(
        self,
        at: float,
        who: str,
        instrument: str,
        to: tuple[str, ...] = (),
        **more: object,
    ) -> str:
        """Write an act with its instrument's own rung and publicity."""
        spec = INSTRUMENTS[instrument]
        about = str(more.pop("about", ""))
        answers = str(more.pop("answers", ""))
        reply_by = more.pop("reply_by", None)
        event = e.ActIssued(
            instrument=instrument,
            to=to,
            fields=more,  # type: ignore[arg-type] # plain values
            public=spec.public,
            rung=spec.rung,
            about=about or answers,
            answers=answers,
            reply_by_ms=None
            if reply_by is None
            else int(float(str(reply_by)) * MINUTE),
        )
        return self.write(at, who, event, to)

    def script(self) -> None:
        """Write what the script and the clock do in every run."""
        self.write(0, "", e.Started(), id_="start")
        for inject in SCENARIO.injects:
            to = WHO if inject.audience == ("all",) else inject.audience
            cards = tuple(
                e.ItemCard(id=one.id, title="", tlp=one.tlp, body="")
                for one in ITEMS
                if one.id in inject.items
            )
            event = e.InjectReleased(
                inject=inject.id,
                number=inject.number,
                title="",
                body="",
                channel=inject.channel,
                to=to,
                items=cards,
            )
            self.write(inject.at_ms / MINUTE, "", event, to, id_=f"r-{inject.id}")
        for phase in range(PHASES):
            self._probe(phase)

    def _probe(self, phase: int) -> None:
        opens = phase * PHASE + PROBE
        probe = f"probe-{phase + 1}"
        opened = e.ProbeOpened(
            probe=probe,
            title="",
            closes_ms=(opens + PROBE_OPEN) * MINUTE,
            hypotheses=SCENARIO.hypotheses,
            severity_scale=(),
            severity_steps=STEPS,
        )
        self.write(opens, "", opened, WHO)
        self.write(opens + PROBE_OPEN, "", e.ProbeClosed(probe=probe, title=""), WHO)

    def end(self) -> None:
        """Write the end; nothing comes after it."""
        self.write(ENDEX, "", e.Ended(), WHO)


def record(play: Play) -> tuple[Recorded, ...]:
    """Return the record that a play leaves."""
    log = Log()
    log.script()
    _answers(log, play)
    for share in play.shares:
        _share(log, share)
    for one in play.asked:
        _ask(log, one)
    _consult(log, play)
    _probes(log, play)
    _speak(log, play)
    for step in play.steps:
        _step(log, step)
    for promise in play.promises:
        _promise(log, promise)
    log.end()
    return log.entries()


def board(play: Play) -> Scoreboard:
    """Return the scoreboard that has read a play's whole record."""
    found = Scoreboard(SCENARIO)
    for entry in record(play):
        found.feed(entry)
    return found


def values(play: Play) -> dict[str, float]:
    """Return the nine values of a play; all of them apply in this world."""
    return {
        one: value or 0.0 for one, value in board(play).values(ENDEX * MINUTE).items()
    }


def _answers(log: Log, play: Play) -> None:
    for (phase, who), after in sorted(play.acks.items()):
        about = f"r-{main_inject(phase)}"
        event = e.Acknowledged(about=about, title="")
        log.write(phase * PHASE + after, who, event)
    for (phase, who), after in sorted(play.replies.items()):
        about = f"r-{main_inject(phase)}"
        log.act(phase * PHASE + after, who, "reply", about=about)


def _share(log: Log, share: Share) -> None:
    item = ITEMS[share.item]
    event = e.ItemShared(item=item.id, title="", tlp=item.tlp, body="", to=share.to)
    shared = log.write(share.at, share.by, event, share.to)
    for one in share.to if share.noted else ():
        log.write(share.at + 0.5, one, e.Acknowledged(about=shared, title=""))


def _ask(log: Log, one: Asked) -> None:
    due = one.at + GIVEN
    asked = log.act(one.at, one.by, "request_assistance", (one.to,), reply_by=due)
    if one.answered:
        log.act(one.at + TAKES, one.to, "reply", (one.by,), answers=asked)


def _consult(log: Log, play: Play) -> None:
    for number, how in sorted(play.duties.items()):
        duty = DUTIES[number]
        at = duty.start_ms / MINUTE + 3
        if how == "call":
            _call(log, at, duty.source, duty.target)
        else:
            log.act(at, duty.source, "poc_message", (duty.target,), type="notification")


def _call(log: Log, at: float, caller: str, callee: str) -> None:
    rings = int((at + 1) * MINUTE)
    opened = e.CallOpened(caller=caller, callee=callee, rings_until_ms=rings)
    call = log.write(at, caller, opened, (callee,))
    answered = e.CallAnswered(call=call, caller=caller, callee=callee)
    log.write(at + 0.1, callee, answered, (caller,))


def _probes(log: Log, play: Play) -> None:
    for (phase, who), belief in sorted(play.beliefs.items()):
        event = e.ProbeAnswered(
            probe=f"probe-{phase + 1}",
            attribution=dict(zip(HYPOTHESES, belief.weights, strict=True)),
            confidence="low",
            severity=belief.severity,
        )
        log.write(phase * PHASE + PROBE + 2, who, event)


def _speak(log: Log, play: Play) -> None:
    for (window, who), value in sorted(play.claims.items()):
        at = WINDOWS[window][0] + 10
        log.act(at, who, "public_statement", claims={"origin": value})
    for (trigger, who), cited in sorted(play.cited.items()):
        phase = TRIGGERS[trigger]
        about = f"r-{main_inject(phase)}"
        at = phase * PHASE + STATEMENT
        log.act(at, who, "public_statement", about=about, citations=cited)


def _step(log: Log, step: Step) -> None:
    if step.heralded:
        asked, due = step.at - 20, step.at - 10
        log.act(asked, step.by, "private_demarche", (step.to,), reply_by=due)
    if step.instrument:
        log.act(step.at, step.by, step.instrument, (step.to,))


def _promise(log: Log, one: Promise) -> None:
    both = {"promisor": one.by, "beneficiary": one.to, "type": PROMISE}
    made = log.write(
        MADE, one.to, e.CommitmentMade(**both, due_ms=DUE * MINUTE, source="r-phase-1")
    )
    if one.outcome == "broken":
        return
    done = LATE if one.outcome == "late" else MADE + 20
    delivered = e.CommitmentDelivered(commitment=made, **both)
    log.write(done, one.by, delivered, (one.to,))
    if one.outcome != "unconfirmed":
        confirmed = e.CommitmentConfirmed(commitment=made, **both)
        log.write(done + 1, one.to, confirmed, (one.by,))
