"""The evaluation guide: what was to be rated, by whom it was, where they differ."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.report.aar import GuideLine, RatingLine
from exercise.domain.scenario import Scenario
from exercise.domain.scoring import ScoreCard
from exercise.domain.scoring.spec import WEIGHTS

Called = Callable[[str], str]
Rated = Mapping[tuple[str, str], e.Rated]


def blind(entries: Sequence[Recorded], rated: Rated) -> Rated:
    """Return the ratings given without seeing anybody else's: not the trainers'."""
    trainers = {
        one.event.member
        for one in entries
        if isinstance(one.event, e.MemberJoined) and one.event.role == "trainer"
    }
    return {key: one for key, one in rated.items() if key[0] not in trainers}


def closed(entries: Sequence[Recorded]) -> bool:
    """Tell whether the evaluators' ratings stand."""
    return any(isinstance(x.event, e.RatingsClosed) and x.event.whole for x in entries)


def guide(
    scenario: Scenario,
    entries: Sequence[Recorded],
    card: ScoreCard,
    rated: Rated,
    called: Called,
) -> tuple[GuideLine, ...]:
    """Return every task to rate, rated or not, then the indicators somebody rated.

    Without tasks of its own an objective is what is rated.
    """
    seen = blind(entries, rated)
    lines = [*_tasks(scenario), *_indicators(card, rated)]
    return tuple(_with(line, seen, rated, called) for line in lines)


def _tasks(scenario: Scenario) -> Iterator[GuideLine]:
    for one in scenario.objectives:
        points = float(sum(WEIGHTS.get(each, 0) for each in one.indicators))
        own = [(x.id, x.title, x.look, "") for x in one.tasks]
        parts = [*(own or [(one.id, one.title, "", "")]), *_cables(scenario, one.id)]
        for id_, title, look, delegation in parts:
            yield GuideLine(
                id=id_,
                title=title,
                look=look,
                delegation=delegation,
                objective=one.id,
                capability=one.capability,
                points=points / len(parts),
            )


def _cables(scenario: Scenario, objective: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the notes to be turned into cables that are rated under an objective."""
    for one in scenario.translations:
        if one.objective == objective:
            yield one.id, one.title, one.look, one.delegation


def _indicators(card: ScoreCard, rated: Rated) -> Iterator[GuideLine]:
    subjects = {subject for _, subject in rated}
    for one in card.indicators:
        if one.id in subjects:
            points = float(WEIGHTS[one.id])
            yield GuideLine(id=one.id, title=one.title, points=points)


def _with(line: GuideLine, seen: Rated, rated: Rated, called: Called) -> GuideLine:
    def said(ratings: Rated) -> tuple[RatingLine, ...]:
        return tuple(
            RatingLine(
                by=called(who),
                rating=one.rating,
                note=one.note,
                entries=one.entries,
                moment_ms=one.moment_ms,
            )
            for (who, subject), one in ratings.items()
            if subject == line.id
        )

    later = {key: one for key, one in rated.items() if key not in seen}
    return GuideLine(
        id=line.id,
        title=line.title,
        look=line.look,
        delegation=line.delegation,
        objective=line.objective,
        capability=line.capability,
        points=line.points,
        ratings=said(seen),
        settled=said(later),
    )
