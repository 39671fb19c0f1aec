"""The timeline facts that branch conditions may ask about."""

from dataclasses import dataclass

from exercise.domain.state.exercise import Exercise


@dataclass(frozen=True, slots=True)
class StateFacts:
    """Answers to a condition's questions, read off the state."""

    state: Exercise

    @property
    def rung(self) -> int:
        """Return the highest rung taken so far beyond what the facts justified."""
        return self.state.rung_unjustified

    def acted(self, delegation: str, instrument: str, to: str = "") -> bool:
        """Tell whether `delegation` used `instrument` [towards `to`]."""
        return (delegation, instrument, to) in self.state.acted

    def shared(self, item: str, delegation: str) -> bool:
        """Tell whether `delegation` has `item`."""
        return (item, delegation) in self.state.holdings

    def claimed(self, topic: str, value: str, delegation: str = "") -> bool:
        """Tell whether anyone, or `delegation`, said `value` on `topic` in public."""
        return (topic, value, delegation) in self.state.claimed

    def accepted(self, type_: str) -> bool:
        """Tell whether help of this type was offered and accepted."""
        return type_ in self.state.accepted

    def released(self, inject: str) -> bool:
        """Tell whether an inject went out."""
        return inject in self.state.released

    def signed(self, text: str, delegation: str) -> bool:
        """Tell whether `delegation` signed the foreseen text `text`."""
        if delegation in self.state.adopted.get(text, ()):
            return True
        return any(
            one.plan == text and delegation in one.signed
            for one in self.state.texts.values()
        )

    def meter(self, id_: str) -> int:
        """Return where a harm meter stands."""
        return self.state.meters.get(id_, 0)

    def signatures(self, text: str) -> int:
        """Return how many have signed the foreseen text `text`."""
        on_the_table = (
            len(one.signed) for one in self.state.texts.values() if one.plan == text
        )
        return max((len(self.state.adopted.get(text, ())), *on_the_table))

    def adopted(self, text: str) -> bool:
        """Tell whether the foreseen text `text` was adopted."""
        return text in self.state.adopted
