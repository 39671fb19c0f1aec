"""A group in the making: each request judged on what the earlier ones led to."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from exercise.domain.chain import NotCanonical, head_message
from exercise.domain.commands import Command, Seal, Survey
from exercise.domain.decide import decide
from exercise.domain.errors import Rejected
from exercise.domain.events import EntryRedacted, Event, InjectReleased
from exercise.domain.moment import ANONYMOUS, SYSTEM, Moment, Recorded
from exercise.domain.state import Exercise
from exercise.domain.visibility import audience, author, recorded_actor
from exercise.service.conduct.sealing import seal
from exercise.service.conduct.standing import Standing
from exercise.service.ports import Answered, Group, Ports, Sealed
from exercise.service.requests import Ack, Outcome, Refusal, Request

# At most this much play stands without a signed head over it.
CHECKPOINT_EVERY_MS = 600_000
SEALED_AT_ONCE = frozenset({"paused", "ended"})

OTHER_COMMAND = Refusal(
    "conflict", "This id was used for another command already.", field="id"
)
ANSWERED_ALREADY = Refusal("conflict", "You have answered this survey already.")
UNWRITTEN = Refusal("unfit", "This text holds characters that cannot be kept.")


@dataclass(frozen=True, slots=True)
class Step:
    """What one command leads to."""

    standing: Standing
    entries: tuple[Sealed, ...] = ()
    positions: tuple[Mapping[str, int], ...] = ()
    events: tuple[Event, ...] = ()


class Drafting:
    """The group that one transaction will add, and the standing it leads to."""

    def __init__(
        self,
        exercise: str,
        ports: Ports,
        standing: Standing,
        known: Mapping[tuple[str, str], Answered],
        surveyed: AbstractSet[str],
    ) -> None:
        self.standing = standing
        self.group = Group()
        self._exercise = exercise
        self._ports = ports
        self._known = dict(known)
        self._surveyed = set(surveyed)

    def answer(self, request: Request) -> Outcome:
        """Return what becomes of one request, and keep what it leads to."""
        try:
            # Of what the record cannot hold there is no digest either.
            digest = request.digest(self._ports.codec.canonical)
            earlier = self._known.get((scope(request), request.id))
            if earlier is not None:
                return _again(earlier, digest)
            if is_anonymous(request.command) and request.member in self._surveyed:
                return ANSWERED_ALREADY
            step = self._judged(request)
        except Rejected as no:
            return Refusal(no.code, no.message, no.values, no.field)
        except NotCanonical:
            return UNWRITTEN
        ack = self._ack(request, step)
        self._keep(step)
        self._remember(request, digest, ack)
        self._checkpoint_if_due(step)
        return ack

    def _judged(self, request: Request) -> Step:
        now = self._moment(request.at_ms)
        events = decide(self.standing.state, request.command, request.actor, now)
        return self._recorded(events, request.actor, now)

    def _moment(self, fixed_ms: int | None = None) -> Moment:
        state, first = self.standing.state, self.standing.head.seq + 1
        wall_ms = self._ports.clock.now_ms()
        ids = self._ports.ids
        given: dict[int, str] = {}

        def nth(index: int) -> str:
            if index not in given:
                given[index] = ids.new(f"entry/{first + index}")
            return given[index]

        return Moment(_at_ms(state, wall_ms, fixed_ms), wall_ms, nth)

    def _recorded(self, events: Sequence[Event], actor: str, now: Moment) -> Step:
        standing, heads = self.standing, dict(self.standing.heads)
        entries: list[Sealed] = []
        positions: list[Mapping[str, int]] = []
        for index, event in enumerate(events):
            draft = _draft(standing, event, actor, now, index)
            sealed, entry = seal(draft, standing.head.hash, self._ports)
            standing = standing.after(sealed, entry, heads)
            entries.append(sealed)
            positions.append({one: heads[one] for one in draft.audience})
        return Step(standing, tuple(entries), tuple(positions), tuple(events))

    def _ack(self, request: Request, step: Step) -> Ack:
        state = self.standing.state
        if not step.entries:
            now = _at_ms(state, self._ports.clock.now_ms(), request.at_ms)
            return Ack(None, None, None, now)
        first = step.entries[0].entry
        member = state and state.members.get(request.member)
        stream = member.stream if member else ""
        if stream not in step.positions[0]:
            return Ack(first.id, None, None, first.at_ms)
        return Ack(first.id, step.positions[0][stream], stream, first.at_ms)

    def _keep(self, step: Step) -> None:
        self.standing = step.standing
        self.group.entries.extend(step.entries)
        self.group.positions.extend(step.positions)
        for sealed, event in zip(step.entries, step.events, strict=True):
            if isinstance(event, InjectReleased):
                self.group.released.setdefault(event.inject, sealed.entry.seq)
            elif isinstance(event, EntryRedacted):
                self.group.redacted.append(event.entry)
        if step.standing.state is not None:
            self.group.status = step.standing.state.status

    def _remember(self, request: Request, digest: str, ack: Ack) -> None:
        # What time found already overtaken may fall due again under the same id.
        if ack.id is None and request.actor == SYSTEM:
            return
        answered = Answered(scope(request), request.id, digest, ack)
        self.group.answered.append(answered)
        self._known[answered.member, answered.id] = answered
        if is_anonymous(request.command):
            self.group.surveyed.append(request.member)
            self._surveyed.add(request.member)

    def _checkpoint_if_due(self, step: Step) -> None:
        standing = step.standing
        if not step.entries or standing.state is None:
            return
        at_once = any(event.KIND in SEALED_AT_ONCE for event in step.events)
        if at_once or standing.state.at_ms - standing.sealed_ms >= CHECKPOINT_EVERY_MS:
            self._keep(self._judged(Request(SYSTEM, "", self._signed_head())))

    def _signed_head(self) -> Seal:
        head, root = self.standing.head, self.standing.tree.root
        message = head_message(self._exercise, head.seq, head.hash, root)
        return Seal(
            head_seq=head.seq,
            head_hash=head.hash.hex(),
            tree_root=root.hex(),
            signature=self._ports.signer.sign(message).hex(),
        )


def is_anonymous(command: Command) -> bool:
    """Tell whether nothing may be kept that names who sent this."""
    return isinstance(command, Survey) and command.anonymous


def scope(request: Request) -> str:
    """Return whose the request's id is, as it may be stored."""
    return ANONYMOUS if is_anonymous(request.command) else request.member


def _again(earlier: Answered, digest: str) -> Outcome:
    if earlier.digest != digest:
        return OTHER_COMMAND
    return replace(earlier.ack, duplicate=True)


def _at_ms(state: Exercise | None, wall_ms: int, fixed_ms: int | None) -> int:
    """Return the exercise time of what happens now; it never falls."""
    if state is None:
        return 0
    now = state.clock.now(wall_ms) if fixed_ms is None else fixed_ms
    return max(state.at_ms, now)


def _draft(
    standing: Standing, event: Event, actor: str, now: Moment, index: int
) -> Recorded:
    return Recorded(
        seq=standing.head.seq + 1,
        id=now.ids(index),
        at_ms=now.at_ms,
        wall_ms=now.wall_ms,
        actor=recorded_actor(event, actor),
        event=event,
        author=author(standing.state, event, actor),
        audience=audience(standing.state, event, actor),
    )
