"""The after-action report, made from the record alone."""

from exercise.domain.report.aar import (
    Aar,
    Edge,
    Edition,
    Evidence,
    Finding,
    GuideLine,
    Head,
    Highlight,
    MeterLine,
    ObjectiveLine,
    Party,
    PlanLine,
    RatingLine,
    ResponseLine,
    RulingLine,
    SurveyLine,
)
from exercise.domain.report.build import aar, edition_of
from exercise.domain.report.judgement import carried, left_open
from exercise.domain.report.sentences import sentence

__all__ = [
    "Aar",
    "Edge",
    "Edition",
    "Evidence",
    "Finding",
    "GuideLine",
    "Head",
    "Highlight",
    "MeterLine",
    "ObjectiveLine",
    "Party",
    "PlanLine",
    "RatingLine",
    "ResponseLine",
    "RulingLine",
    "SurveyLine",
    "aar",
    "carried",
    "edition_of",
    "left_open",
    "sentence",
]
