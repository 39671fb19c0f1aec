"""What a thorough robot keeps in mind besides what every robot remembers."""

from dataclasses import dataclass, field

from exercise.domain import events as e
from exercise.domain.identity import ROOM
from exercise.domain.scenario import said
from exercise.service.robots.memory import Heard
from exercise.service.robots.phrases import TODAY

RECENT = 3
FIRST_BLOW = 4


@dataclass(slots=True)
class Notes:
    """What was tried, what the day is about, what everybody can read, who struck."""

    tried: set[str] = field(default_factory=set)
    headline: str = TODAY
    open_to_all: list[str] = field(default_factory=list)
    asked_ms: dict[str, int] = field(default_factory=dict)
    struck: int = 0
    reactions: int = 0

    def take(self, own: str, heard: Heard) -> None:
        """Note one more entry of the stream of `own`."""
        match heard.event:
            case e.InjectReleased(title=title, to=to):
                self.headline = said(title)
                if ROOM in to:
                    self._everybody_reads(heard.id)
            case e.ActIssued(public=True, to=to, rung=rung):
                self._everybody_reads(heard.id)
                if own in to and rung >= FIRST_BLOW:
                    self.struck = max(self.struck, rung)
            case _:
                return

    def _everybody_reads(self, entry: str) -> None:
        self.open_to_all = [*self.open_to_all, entry][-RECENT:]
