"""Tables of what happened: timeline, responses, network, people, harm, evidence."""

from collections.abc import Callable

from exercise.documents.cells import (
    Badge,
    Cell,
    Column,
    Figure,
    Table,
    cell,
    cites,
    joined,
    minutes,
    strong,
    whole,
)
from exercise.documents.cited import cited
from exercise.documents.titles import Titles
from exercise.domain.report import Aar, ResponseLine
from exercise.domain.scoring import Message
from exercise.words import Words

Told = Callable[[Message], str]
# More would fill a page; the annex has them all.
LOOPS_SHOWN = 8


def timeline(words: Words, report: Aar, named: Titles, told: Told) -> Table:
    """Return what was pinned, or what mattered most."""
    said = words.gettext
    return Table(
        id="timeline",
        title=said("Table A-1, timeline"),
        caption=named.timeline,
        columns=(Column(said("Time"), 14), Column(said("What happened"), 86)),
        rows=tuple(
            (cites((one.evidence,)), cell(one.label or told(one.evidence.what)))
            for one in report.timeline
        ),
        nothing=said("Nothing has happened yet."),
    )


def responses(words: Words, report: Aar, named: Titles) -> Table:
    """Return what each inject asked of whom, and when it came."""
    said = words.gettext
    return Table(
        id="responses",
        title=said("Table A-2, responses"),
        caption=said(
            "Table A-2. What each inject asked of whom, and when it came; "
            "times count from delivery."
        ),
        columns=(
            Column(said("Inject"), 26),
            Column(said("Delegation"), 11),
            Column(said("Asked"), 21),
            Column(said("Target"), 8, number=True),
            Column(said("Took"), 8, number=True),
            Column(said("Verdict"), 13),
            Column(said("Evidence"), 13),
        ),
        rows=tuple(_response(words, report, named, one) for one in report.responses),
        nothing=said("Nothing was asked in the part that was played."),
    )


def _response(
    words: Words, report: Aar, named: Titles, one: ResponseLine
) -> tuple[Cell, ...]:
    asked = " / ".join(words.gettext(named.instruments.get(x, x)) for x in one.asked)
    return (
        cell(f"{one.number} {one.title}"),
        who(report, one.delegation),
        cell(asked),
        cell(minutes(one.target_ms - one.delivered_ms)),
        cell(minutes(one.took_ms)),
        cell(named.verdicts[one.verdict]),
        cites(report.cited(one.entries)),
    )


def network(words: Words, report: Aar) -> Table:
    """Return how many loops each pair closed."""
    said = words.gettext
    return Table(
        id="network",
        title=said("Table A-3, network"),
        caption=said(
            "Table A-3. Loops closed between delegations: requests answered and "
            "needed items noted."
        ),
        columns=(
            Column(said("Between"), 20),
            Column(said("Loops"), 8, number=True),
            Column(said("Evidence"), 72),
        ),
        rows=tuple(
            (
                joined((who(report, one.a), who(report, one.b)), " "),
                cell(whole(one.count)),
                cites(report.cited(one.entries), LOOPS_SHOWN),
            )
            for one in report.network
        ),
        nothing=said("No loop was closed."),
    )


def participants(words: Words, report: Aar, named: Titles) -> Table:
    """Return who took part, by delegation and seat; names where there are any."""
    said = words.gettext
    roles = ", ".join(f"{named.roles[role]}: {n}" for role, n in report.roles)
    caption = said("Table A-4. Participants by delegation and seat.")
    return Table(
        id="participants",
        title=said("Table A-4, participants"),
        caption=f"{caption} {roles}." if roles else caption,
        columns=(
            Column(said("Delegation"), 32),
            Column(said("People"), 8, number=True),
            Column(said("Seats"), 60),
        ),
        rows=tuple(
            (
                cell(Badge(one), f" {one.name}"),
                cell(whole(one.people)),
                cell("; ".join(_seat(words, *seat) for seat in one.seats)),
            )
            for one in report.parties
        ),
        nothing=said("Nobody has joined yet."),
    )


def _seat(words: Words, title: str, n: int, names: tuple[str, ...]) -> str:
    told = words.joined(names) if names else str(n)
    return f"{title or words.gettext('no seat')}: {told}"


def meters(words: Words, report: Aar) -> Table:
    """Return how each harm meter moved."""
    said = words.gettext
    return Table(
        id="meters",
        title=said("Table A-6, harm meters"),
        caption=said(
            "Table A-6. What the public felt; moved by injects only, never scored."
        ),
        columns=(
            Column(said("Meter"), 28),
            Column(said("Sector"), 14),
            Column(said("Start"), 10, number=True),
            Column(said("End"), 10, number=True),
            Column(said("Moved"), 38),
        ),
        rows=tuple(
            (
                cell(f"{one.title} ({one.unit})" if one.unit else one.title),
                cell(one.sector or "–"),
                cell(_count(words, one.start)),
                cell(_count(words, one.end)),
                joined(
                    (*cites(report.cited((entry,))), *cell(f" {words.number(value)}"))
                    for _, value, entry in one.points
                ),
            )
            for one in report.meters
        ),
    )


def _count(words: Words, value: int) -> Figure:
    return Figure(value, words.number(value))


def evidence(words: Words, report: Aar, told: Told) -> Table:
    """Return every entry that this report cites, for a file that is taken away."""
    said = words.gettext
    return Table(
        id="evidence",
        title=said("Table A-11, evidence"),
        caption=said("Table A-11. Every entry that this report cites."),
        columns=(
            Column(said("Time"), 14),
            Column(said("Entry"), 10, number=True),
            Column(said("Delegation"), 12),
            Column(said("What happened"), 64),
        ),
        rows=tuple(
            (
                cites((one,)),
                cell(whole(one.seq)),
                who(report, one.who),
                cell(told(one.what)),
            )
            for one in cited(report)
        ),
        nothing=said("Nothing is cited."),
    )


def who(report: Aar, delegation: str) -> Cell:
    """Return a delegation's badge, or whatever stands in its place."""
    party = report.party(delegation)
    return cell(Badge(party)) if party else cell(strong(delegation))
