"""What a report says outside its tables, in one language."""

from dataclasses import dataclass

from exercise.documents.marking import BANNER, tlp, told
from exercise.documents.titles import titles
from exercise.domain.report import Aar
from exercise.domain.scoring import TITLES, ScoreCard, number, printed_points
from exercise.domain.scoring.spec import NAMING_RUNG
from exercise.words import Words
from exercise.words.formats import t_plus


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The sentences of a report; an empty one has nothing to say."""

    running: str
    banner: str
    tlp: str
    meta: str
    broken_off: str
    facts: tuple[tuple[str, str], ...]
    ratings: str
    score_title: str
    score: str
    surprises: str
    method: str


def phrases(words: Words, report: Aar) -> Phrases:
    """Return what a report says in one language."""
    said = words.gettext
    return Phrases(
        running=said("%(title)s, after-action report", title=report.title),
        banner=BANNER,
        tlp=f"TLP:{tlp(report)}",
        meta=_meta(words, report),
        broken_off=said("The exercise was broken off; only finished phases are scored.")
        if report.aborted
        else "",
        facts=_facts(words, report),
        ratings=_ratings(words, report),
        score_title=_score_title(words, report.score),
        score=_score(words, report.score),
        surprises=said(
            "Public steps from rung %(n)d on whose target heard of them first with "
            "everybody else; the indicator B counts them.",
            n=NAMING_RUNG,
        ),
        method=_method(words, report),
    )


def _meta(words: Words, report: Aar) -> str:
    people = sum(one.people for one in report.parties)
    count = words.ngettext("%(n)d delegation", "%(n)d delegations", len(report.parties))
    joined = words.ngettext("%(n)d participant", "%(n)d participants", people)
    record = words.gettext(
        "Record %(hash)s, head %(seq)d.", hash=report.head.hash[:8], seq=report.head.seq
    )
    return " ".join(
        (
            *_when(report),
            f"{count}, {joined}.",
            f"{titles(words, report).edition}.",
            *((record,) if report.head.hash else ()),
        )
    )


def _when(report: Aar) -> tuple[str, ...]:
    if report.started_wall_ms is None:
        return ()
    if report.ended_wall_ms is None:
        return (f"{told(report.started_wall_ms)}.",)
    return (f"{told(report.started_wall_ms)} – {told(report.ended_wall_ms)}.",)


def _facts(words: Words, report: Aar) -> tuple[tuple[str, str], ...]:
    said = words.gettext
    entries = words.ngettext("%(n)d entry", "%(n)d entries", report.entries)
    return (
        (said("Scenario"), report.scenario),
        (said("Played"), t_plus(report.played_ms).removeprefix("T+")),
        (said("Phases"), ", ".join(title for title, _, _ in report.phases)),
        (said("Record"), entries),
    )


def _ratings(words: Words, report: Aar) -> str:
    said = words.gettext
    found = [
        said(
            "P performed without challenges, S with some challenges, M with major "
            "challenges, U unable to be performed."
        )
    ]
    missing = len(report.unrated)
    if missing:
        found.append(
            said(
                "%(n)d of %(all)d tasks were not evaluated.",
                n=missing,
                all=sum(1 for one in report.guide if one.objective),
            )
        )
    differ, both = report.rated_apart
    if both:
        found.append(
            said(
                "%(apart)d of %(all)d ratings given twice differ.",
                apart=differ,
                all=both,
            )
        )
        found.append(
            said("Agreement: undefined, no variation.")
            if report.agreement is None
            else said(
                "Agreement (Krippendorff α): %(value)s.", value=number(report.agreement)
            )
        )
    return " ".join(found)


def _score_title(words: Words, card: ScoreCard) -> str:
    if card.headline is None:
        return words.gettext(
            "3 Coordination score: not given, too few indicators apply"
        )
    points = printed_points(card.headline)
    if card.interval is None:
        return words.gettext("3 Coordination score: %(points)d of 100", points=points)
    low, high = map(printed_points, card.interval)
    return words.gettext(
        "3 Coordination score: %(points)d of 100, between %(low)d and %(high)d",
        points=points,
        low=low,
        high=high,
    )


def _score(words: Words, card: ScoreCard) -> str:
    said = words.gettext
    found = [said("%(k)d of 9 indicators apply.", k=card.applicable)]
    if card.weakest:
        found.append(said("Weakest: %(name)s.", name=said(TITLES[card.weakest])))
    if card.half is not None:
        found.append(
            said(
                "A variant that punishes a weak spot gives %(points)d.",
                points=printed_points(card.half),
            )
        )
    if card.rating:
        found.append(
            said(
                "Suggested rating: %(rating)s; the evaluator sets the actual one.",
                rating=card.rating,
            )
        )
    if card.partial:
        found.append(said("Partial: not the whole exercise is scored."))
    if card.unruled is not None:
        found.append(
            said(
                "Computed before any ruling: %(points)d.",
                points=printed_points(card.unruled),
            )
        )
    if card.adjusted is not None:
        found.append(
            said(
                "With the evaluators’ own values: %(points)d.",
                points=printed_points(card.adjusted),
            )
        )
    return " ".join(found)


def _method(words: Words, report: Aar) -> str:
    said, card, head = words.gettext, report.score, report.head
    found = [
        said(
            "Scoring %(version)s, %(digest)s.",
            version=card.version,
            digest=card.spec_sha256[:16],
        )
    ]
    if head.hash:
        found.append(
            said(
                "Made from the record up to entry %(seq)d, hash %(hash)s.",
                seq=head.seq,
                hash=head.hash,
            )
        )
    if head.fingerprint:
        found.append(said("Key %(fingerprint)s.", fingerprint=head.fingerprint))
    return " ".join(found)
