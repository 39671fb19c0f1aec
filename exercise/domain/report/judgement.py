"""What people judged: objectives, ratings, findings, plans, rulings, surveys, notes."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.report.aar import (
    Finding,
    ObjectiveLine,
    PlanLine,
    RatingLine,
    RulingLine,
    SurveyLine,
)
from exercise.domain.report.hotwash import SCALES, WORDS, sheets
from exercise.domain.scenario import Scenario
from exercise.domain.scoring import ScoreCard

Called = Callable[[str], str]
# Longer answers are remarks to be read, not choices to be counted.
SHORT_ANSWER = 24
# Fewer ratings than this could be told apart.
FEW = 3


def objectives(
    scenario: Scenario, entries: Sequence[Recorded], card: ScoreCard, called: Called
) -> tuple[ObjectiveLine, ...]:
    """Return each objective with its last mark and every evaluator's last rating."""
    marks = {
        one.event.objective: one
        for one in entries
        if isinstance(one.event, e.ObjectiveMarked)
    }
    rated = ratings(entries)
    values = {one.id: (one.title, one.value) for one in card.indicators}
    found: list[ObjectiveLine] = []
    for one in scenario.objectives:
        mark = marks.get(one.id)
        event = mark.event if mark is not None else None
        marked = event if isinstance(event, e.ObjectiveMarked) else None
        found.append(
            ObjectiveLine(
                id=one.id,
                title=one.title,
                capability=one.capability,
                indicators=tuple(
                    (id_, *values[id_]) for id_ in one.indicators if id_ in values
                ),
                mark=marked.met if marked else "",
                note=marked.note if marked else "",
                ratings=tuple(
                    RatingLine(
                        by=called(who),
                        rating=rating.rating,
                        note=rating.note,
                        entries=rating.entries,
                    )
                    for (who, subject), rating in rated.items()
                    if subject == one.id
                ),
                entries=(mark.id,) if mark else (),
            )
        )
    return tuple(found)


def ratings(entries: Sequence[Recorded]) -> dict[tuple[str, str], e.Rated]:
    """Return the last rating of each evaluator on each subject."""
    return {
        (one.actor, one.event.subject): one.event
        for one in entries
        if isinstance(one.event, e.Rated)
    }


def findings(entries: Sequence[Recorded]) -> tuple[Finding, ...]:
    """Return each finding as it was last written, with its plan."""
    written: dict[str, e.FindingWritten] = {}
    for one in entries:
        if isinstance(one.event, e.FindingWritten):
            written[one.event.finding or one.id] = one.event
    lines = plan(entries)
    return tuple(
        Finding(
            id=id_,
            sort=event.sort,
            title=event.title,
            observation=event.observation,
            recommendation=event.recommendation,
            entries=event.entries,
            plan=tuple(line for line in lines if line.finding == id_),
        )
        for id_, event in written.items()
    )


def plan(entries: Sequence[Recorded]) -> tuple[PlanLine, ...]:
    """Return the improvement plan; the same action written again replaces the first."""
    found: dict[tuple[str, str], PlanLine] = {}
    for one in entries:
        if isinstance(one.event, e.PlanWritten):
            event = one.event
            found[event.finding, event.action] = PlanLine(
                finding=event.finding,
                action=event.action,
                owner=event.owner,
                due=event.due,
                entry=one.id,
            )
    return tuple(found.values())


def carried(entries: Sequence[Recorded]) -> tuple[PlanLine, ...]:
    """Return what an earlier run's plan left open, and how it stands now."""
    found: dict[str, PlanLine] = {}
    for one in entries:
        match one.event:
            case e.PlanCarried() as it:
                found[one.id] = PlanLine(
                    finding="",
                    action=it.action,
                    owner=it.owner,
                    due=it.due,
                    entry=one.id,
                    area=it.area,
                    source=it.source,
                )
            case e.PlanMarked(item=item, status=status) if item in found:
                found[item] = replace(found[item], status=status)
            case _:
                pass
    return tuple(found.values())


def left_open(entries: Sequence[Recorded]) -> tuple[PlanLine, ...]:
    """Return what the next run takes over: what is planned, and what is not done."""
    areas = {one.id: one.title for one in findings(entries)}
    planned = [
        replace(one, area=areas.get(one.finding, one.finding)) for one in plan(entries)
    ]
    return (*(one for one in carried(entries) if one.status != "done"), *planned)


def rulings(entries: Sequence[Recorded], called: Called) -> tuple[RulingLine, ...]:
    """Return the ruling in force on each adjudicated entry."""
    found: dict[str, RulingLine] = {}
    for one in entries:
        if isinstance(one.event, e.Adjudicated):
            event = one.event
            found[event.entry] = RulingLine(
                entry=event.entry,
                ruling=event.ruling,
                reason=event.reason,
                by=called(one.actor),
            )
    return tuple(found.values())


def survey(entries: Sequence[Recorded]) -> tuple[SurveyLine, ...]:
    """Return the hot wash, question by question; a named member's last sheet counts."""
    handed_in = sheets(entries)
    questions = dict.fromkeys(q for sheet in handed_in for q in sheet)
    found: list[SurveyLine] = []
    for question in questions:
        answers = [sheet[question] for sheet in handed_in if sheet.get(question)]
        short = Counter(one for one in answers if len(one) <= SHORT_ANSWER)
        found.append(
            SurveyLine(
                question={**SCALES, **WORDS}.get(question, question),
                counts=tuple(sorted(short.items())),
                remarks=tuple(sorted(x for x in answers if len(x) > SHORT_ANSWER)),
                answers=len(answers),
            )
        )
    return (*found, *_trust(entries))


def _trust(entries: Sequence[Recorded]) -> Iterator[SurveyLine]:
    """Yield how far delegations trusted each other at each probe, all pairs together.

    A rating is sealed from whom it is about, so a few stand in no line.
    """
    titles: dict[str, str] = {}
    given: dict[tuple[str, str], dict[str, int]] = {}
    for one in entries:
        if isinstance(one.event, e.ProbeOpened):
            titles[one.event.probe] = one.event.title
        if isinstance(one.event, e.ProbeAnswered):
            given[one.event.probe, one.author.delegation] = one.event.trust
    for probe, title in titles.items():
        steps = Counter(
            str(step)
            for (asked, _), sheet in given.items()
            if asked == probe
            for step in sheet.values()
        )
        if sum(steps.values()) >= FEW:
            yield SurveyLine(
                question=f"{title}: trust in the others (1 to 5)",
                counts=tuple(sorted(steps.items())),
                remarks=(),
                answers=sum(steps.values()),
            )


def notes(
    entries: Sequence[Recorded], called: Called
) -> tuple[tuple[str, str, str], ...]:
    """Return facilitators' notes as (entry, who, text)."""
    return tuple(
        (one.id, called(one.actor), one.event.text)
        for one in entries
        if isinstance(one.event, e.NoteWritten)
    )
