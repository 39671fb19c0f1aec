"""The heart: the one way in which anything gets onto a timeline."""

from exercise.service.conduct.conductor import Conductor
from exercise.service.conduct.opening import SCORING, NewExercise, open_timeline
from exercise.service.conduct.stage import Conduct, Surroundings
from exercise.service.conduct.ticker import Ticker
from exercise.service.conduct.writer import Writer

__all__ = [
    "SCORING",
    "Conduct",
    "Conductor",
    "NewExercise",
    "Surroundings",
    "Ticker",
    "Writer",
    "open_timeline",
]
