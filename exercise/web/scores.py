"""The score so far, kept up to date entry by entry."""

import threading
from dataclasses import dataclass, field

from exercise.domain.events import SurveyAnswered
from exercise.domain.moment import Recorded
from exercise.domain.report.hotwash import HotWash, hot_wash
from exercise.domain.scoring import Scoreboard, ScoreCard
from exercise.domain.scoring.knowledge import Known, known
from exercise.domain.state import Exercise
from exercise.service.codec import Codec
from exercise.service.conduct.standing import recorded
from exercise.service.ports import Timeline, WallClock

# A card is made at most once for each five seconds of exercise time.
STEP_MS = 5_000


@dataclass(slots=True)
class Tally:
    """A scoreboard, the last entry it was fed, and the last card it gave."""

    board: Scoreboard
    seq: int = 0
    sheets: list[Recorded] = field(default_factory=list)
    moment: tuple[int, int, bool] = (0, 0, False)
    card: ScoreCard | None = None


class Tallies:
    """Every exercise's scoreboard in this process."""

    def __init__(self, timeline: Timeline, codec: Codec, clock: WallClock) -> None:
        self._timeline = timeline
        self._codec = codec
        self._clock = clock
        self._tallies: dict[str, Tally] = {}
        self._lock = threading.Lock()

    def card(self, exercise: str, state: Exercise) -> ScoreCard:
        """Return the score card now, or the final one after ENDEX."""
        with self._lock:
            tally = self._tally(exercise, state)
            final = state.status == "ended"
            at_ms = max(state.at_ms, state.clock.now(self._clock.now_ms()))
            at_ms = at_ms if final else at_ms // STEP_MS * STEP_MS
            moment = (tally.seq, at_ms, final)
            if tally.card is None or tally.moment != moment:
                tally.card = tally.board.card(at_ms, final=final)
                tally.moment = moment
            return tally.card

    def known(self, exercise: str, state: Exercise) -> tuple[Known, ...]:
        """Return who holds which item, as the score counts it."""
        with self._lock:
            return known(self._tally(exercise, state).board.facts)

    def hot_wash(self, exercise: str, state: Exercise) -> HotWash:
        """Return what the hot wash came to so far, as everybody may see it."""
        with self._lock:
            return hot_wash(self._tally(exercise, state).sheets)

    def _tally(self, exercise: str, state: Exercise) -> Tally:
        """Return an exercise's scoreboard, fed with all there is."""
        tally = self._tallies.get(exercise)
        if tally is None:
            tally = self._tallies[exercise] = Tally(Scoreboard(state.scenario))
        self._catch_up(exercise, tally)
        return tally

    def _catch_up(self, exercise: str, tally: Tally) -> None:
        while True:
            sealed = self._timeline.after(exercise, tally.seq)
            if not sealed:
                return
            for one in sealed:
                entry = recorded(one.entry, self._codec)
                if entry is not None:
                    tally.board.feed(entry)
                    if isinstance(entry.event, SurveyAnswered):
                        tally.sheets.append(entry)
            tally.seq = sealed[-1].entry.seq
