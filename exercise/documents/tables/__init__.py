"""The tables of a report, made once and printed in every format."""

from dataclasses import dataclass

from exercise.documents.cells import Table
from exercise.documents.saying import teller
from exercise.documents.tables import filed, judged, ledger, played
from exercise.documents.tables import sessions as met
from exercise.documents.titles import titles
from exercise.domain.report import Aar
from exercise.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Every table that a report prints."""

    objectives: Table
    score: Table
    plan: Table
    timeline: Table
    responses: Table
    network: Table
    participants: Table
    survey: Table
    meters: Table
    compliance: Table
    handling: Table
    evidence: Table
    files: Table
    sessions: Table


def tables(words: Words, report: Aar) -> Tables:
    """Return a report's tables in one language."""
    named, told = titles(words, report), teller(words)
    return Tables(
        objectives=judged.objectives(words, report, named),
        score=judged.score(words, report),
        plan=judged.plan(words, report),
        timeline=played.timeline(words, report, named, told),
        responses=played.responses(words, report, named),
        network=played.network(words, report),
        participants=played.participants(words, report, named),
        survey=judged.survey(words, report),
        meters=played.meters(words, report),
        compliance=ledger.compliance(words, report, named),
        handling=ledger.handling(words, report, told),
        evidence=played.evidence(words, report, told),
        files=filed.files(words, report),
        sessions=met.sessions(words, report),
    )


__all__ = ["Tables", "tables"]
