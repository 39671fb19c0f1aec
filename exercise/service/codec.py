"""Events to bodies and back, as a port."""

from collections.abc import Mapping
from typing import Any, Protocol

from exercise.domain.chain import Json
from exercise.domain.events import Event


class Codec(Protocol):
    """Events to bodies and back, and whatever the record holds to bytes."""

    def encode(self, event: Event) -> tuple[str, int, Mapping[str, Any]]:
        """Return kind, version and body."""

    def decode(self, kind: str, version: int, body: str) -> Event:
        """Return the event that a stored body holds, whatever version wrote it."""

    def canonical(self, value: Json) -> bytes:
        """Return what `chain.canonical` returns, and refuse what it refuses."""
