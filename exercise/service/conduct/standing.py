"""What the writer knows of an exercise at one head, and how it follows the timeline."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from exercise.domain.chain import Tree
from exercise.domain.moment import Recorded
from exercise.domain.state import Exercise, Ref, changed, evolve
from exercise.service.codec import Codec
from exercise.service.ports import Head, Sealed, StoredEntry

CHECKPOINT = "checkpoint"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state at (epoch, seq), with what the next entry needs to be sealed.

    `heads` is each audience's last position, `sealed_ms` the exercise time of the
    last checkpoint.
    """

    head: Head
    state: Exercise | None = None
    tree: Tree = field(default_factory=Tree)
    heads: Mapping[str, int] = field(default_factory=dict)
    sealed_ms: int = 0

    def fits(self, head: Head) -> bool:
        """Tell whether the timeline with this head goes on from here."""
        if head.epoch != self.head.epoch or head.seq < self.head.seq:
            return False
        return head.seq > self.head.seq or head.hash == self.head.hash

    def caught_up(self, entries: Iterable[Sealed], codec: Codec) -> "Standing":
        """Return the standing after entries that were read back."""
        standing, heads = self, dict(self.heads)
        for sealed in entries:
            standing = standing.after(sealed, recorded(sealed.entry, codec), heads)
        return standing

    def after(
        self, sealed: Sealed, entry: Recorded | None, heads: dict[str, int]
    ) -> "Standing":
        """Return the standing after one entry; `heads` is counted up in place and kept.

        A group goes on with the same `heads`: only its last standing is a true one.
        """
        stored = sealed.entry
        for audience in stored.audience:
            heads[audience] = heads.get(audience, 0) + 1
        return Standing(
            head=Head(self.head.epoch, stored.seq, sealed.hash),
            state=_state_after(self.state, stored, entry),
            tree=self.tree.grown(sealed.leaf),
            heads=heads,
            sealed_ms=stored.at_ms if stored.kind == CHECKPOINT else self.sealed_ms,
        )


def recorded(stored: StoredEntry, codec: Codec) -> Recorded | None:
    """Return a stored entry as the rules read it; None if it was redacted."""
    if stored.body is None:
        return None
    return Recorded(
        seq=stored.seq,
        id=stored.id,
        at_ms=stored.at_ms,
        wall_ms=stored.wall_ms,
        actor=stored.actor,
        event=codec.decode(stored.kind, stored.version, stored.body),
        author=stored.author,
        audience=stored.audience,
    )


def _state_after(
    state: Exercise | None, stored: StoredEntry, entry: Recorded | None
) -> Exercise | None:
    if entry is not None:
        return evolve(state, entry)
    # What is gone means nothing any more; that it stood there still takes its place.
    if state is None:
        return None
    place = Ref(stored.kind, stored.audience, stored.author.delegation)
    return changed(
        state,
        seq=stored.seq,
        at_ms=max(state.at_ms, stored.at_ms),
        wall_ms=stored.wall_ms,
        index=state.index.set(stored.id, place),
    )
