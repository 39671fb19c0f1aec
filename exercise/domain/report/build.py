"""How a report is put together from a scenario, its record and a score card."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from exercise.domain import events as e
from exercise.domain.errors import NotFound
from exercise.domain.moment import Recorded
from exercise.domain.report import figures, guide, judgement, people
from exercise.domain.report.aar import Aar, Edition, Evidence, Head
from exercise.domain.report.compliance import ledger
from exercise.domain.report.editions import (
    for_delegation,
    lettered,
    without_asides,
    without_contributions,
)
from exercise.domain.report.files import files
from exercise.domain.report.sessions import sessions
from exercise.domain.report.timeline import evidence, timeline
from exercise.domain.scenario import Scenario, said
from exercise.domain.scoring import Scoreboard, ScoreCard
from exercise.domain.scoring.agreement import alpha, apart
from exercise.domain.scoring.confidence import surprises
from exercise.domain.scoring.reach import breaches
from exercise.domain.scoring.view import view_at

EDITIONS: tuple[Edition, ...] = ("participants", "full", "anonymous", "delegation")


def aar(  # noqa: PLR0913 - what a report is made from
    scenario: Scenario,
    entries: Iterable[Recorded],
    card: ScoreCard | None = None,
    names: Mapping[str, str] | None = None,
    *,
    edition: str = "participants",
    head: Head | None = None,
    title: str = "",
) -> Aar:
    """Return the report in one edition: participants, full, anonymous, delegation:ID.

    `names` maps members to the names in force; only the full edition prints them.
    Without a `card` the score is worked out from the entries.

    Raises:
        NotFound: the edition, or the delegation it names, does not exist.
    """
    kind, delegation = edition_of(scenario, edition)
    known = tuple(entries)
    board = Scoreboard(scenario)
    for one in known:
        board.feed(one)
    last = known[-1].at_ms if known else 0
    score = card or board.card(last, final=True)
    shown = names if kind == "full" and names else {}
    whole = _whole(scenario, known, board, score, shown, kind, head or Head(), title)
    readable = [one for one in known if not delegation or _reads(one, delegation)]
    whole = replace(
        whole,
        timeline=timeline(readable),
        evidence=_evidence(readable),
        allegations=ledger(scenario, readable),
        files=files(readable),
        sessions=sessions(readable, words=kind in {"full", "delegation"}),
    )
    match kind:
        case "full":
            return whole
        case "anonymous":
            return lettered(without_contributions(without_asides(whole)), scenario)
        case "delegation":
            return for_delegation(without_asides(whole), delegation, scenario)
        case "participants":
            return without_contributions(without_asides(whole))


def edition_of(scenario: Scenario, edition: str) -> tuple[Edition, str]:
    """Return an edition's kind, and the delegation it is for if it is for one.

    Raises:
        NotFound: the edition, or the delegation it names, does not exist.
    """
    kind, _, delegation = edition.partition(":")
    for one in EDITIONS:
        if one == kind and bool(delegation) == (kind == "delegation"):
            if delegation and scenario.delegation(delegation) is None:
                break
            return one, delegation
    raise NotFound(
        "There is no edition “{edition}”. Known: participants, full, anonymous, "
        "delegation:ID with one of {ids}.",
        field="edition",
        edition=edition,
        ids=", ".join(scenario.delegation_ids),
    )


def _whole(  # noqa: PLR0913, PLR0917 - a report is made of all of these
    scenario: Scenario,
    known: Sequence[Recorded],
    board: Scoreboard,
    score: ScoreCard,
    names: Mapping[str, str],
    edition: Edition,
    head: Head,
    title: str,
) -> Aar:
    view = view_at(board.facts, known[-1].at_ms if known else 0, final=True)
    called = _caller(known, names)
    started = next((x for x in known if isinstance(x.event, e.Started)), None)
    ended = next((x for x in known if isinstance(x.event, e.Ended)), None)
    found = judgement.findings(known)
    contributions = {one.delegation: one for one in score.contributions}
    rated = judgement.ratings(known)
    return Aar(
        title=title or _opened(known) or scenario.title,
        scenario=scenario.title,
        summary=said(scenario.summary, scenario.languages[0]),
        classification=scenario.classification,
        edition=edition,
        delegation="",
        head=replace(head, wall_ms=known[-1].wall_ms if known else 0),
        entries=len(known),
        started_wall_ms=None if started is None else started.wall_ms,
        ended_wall_ms=None if ended is None else ended.wall_ms,
        played_ms=known[-1].at_ms if known and ended is None else _at(ended),
        aborted=board.facts.aborted,
        phases=tuple((x.title, x.start_ms, x.end_ms) for x in scenario.phases),
        roles=people.roles(known),
        parties=people.parties(scenario, known, names, contributions),
        objectives=judgement.objectives(scenario, known, score, called),
        agreement=alpha(guide.blind(known, rated)),
        rated_apart=apart(guide.blind(known, rated)),
        guide=guide.guide(scenario, known, score, rated, called),
        ratings_closed=guide.closed(known),
        timeline=(),
        responses=figures.responses(view),
        network=figures.network(view),
        strengths=tuple(one for one in found if one.sort == "strength"),
        improvements=tuple(one for one in found if one.sort == "improvement"),
        plan=judgement.plan(known),
        carried=judgement.carried(known),
        score=score,
        rulings=judgement.rulings(known, called),
        survey=judgement.survey(known),
        meters=figures.meters(scenario, known),
        notes=judgement.notes(known, called) if edition == "full" else (),
        evidence=(),
        breaches=breaches(view),
        surprises=surprises(view),
    )


def _reads(entry: Recorded, delegation: str) -> bool:
    return delegation in entry.audience or isinstance(entry.event, e.Pinned)


def _at(entry: Recorded | None) -> int:
    return 0 if entry is None else entry.at_ms


def _opened(known: Sequence[Recorded]) -> str:
    for one in known:
        if isinstance(one.event, e.ExerciseOpened):
            return one.event.title
    return ""


# Not evidence of play, and in part not for readers of a report.
_SILENT = (
    e.Checkpoint,
    e.MemberNamed,
    e.MemberJoined,
    e.MemberMoved,
    e.MemberRevoked,
    e.NoteWritten,
    e.SurveyAnswered,
    e.ReleaseAnnounced,
    e.ReleaseUndone,
    e.GuidanceGiven,
)


def _evidence(known: Sequence[Recorded]) -> tuple[Evidence, ...]:
    return tuple(evidence(one) for one in known if not isinstance(one.event, _SILENT))


class _caller:  # noqa: N801 - called like the function it stands for
    """Names people where the edition allows it, else numbers them in order."""

    def __init__(self, known: Sequence[Recorded], names: Mapping[str, str]) -> None:
        self._names = names
        joined = [x.event for x in known if isinstance(x.event, e.MemberJoined)]
        order: dict[str, int] = {}
        self._numbers: dict[str, str] = {}
        for one in joined:
            order[one.role] = order.get(one.role, 0) + 1
            self._numbers[one.member] = f"{one.role} {order[one.role]}"

    def __call__(self, member: str) -> str:
        """Return what a member is called in this edition."""
        return self._names.get(member) or self._numbers.get(member, "evaluator")
