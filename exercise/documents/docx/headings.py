"""The headings and labels of the report in Word, in one language."""

from exercise.documents.phrases import Phrases
from exercise.domain.report import Aar
from exercise.words import Words


def headings(words: Words) -> dict[str, str]:
    """Return the headings by the names that the template gives them."""
    said = words.gettext
    return {
        "contents": said("Contents"),
        "overview": said("1 Exercise overview"),
        "objectives": said("2 Objectives"),
        "rulings": said("Rulings and adjustments"),
        "costs": said("What cost most"),
        "surprises": said("Surprises"),
        "no_surprises": said("Nobody was named in public without a word before."),
        "analysis": said("4 Analysis"),
        "strengths": said("Strengths"),
        "improvements": said("Areas for improvement"),
        "no_strengths": said("No strength has been written down yet."),
        "no_improvements": said("No area for improvement has been written down yet."),
        "evidence_label": said("Evidence"),
        "do_label": said("Do"),
        "owner_label": said("Owner"),
        "plan": said("5 Improvement plan"),
        "timeline": said("A-1 Timeline"),
        "responses": said("A-2 Response times"),
        "network": said("A-3 Network"),
        "participants": said("A-4 Participants"),
        "survey": said("A-5 Hot wash"),
        "meters": said("A-6 Harm"),
        "notes": said("A-7 Facilitators’ notes"),
        "compliance": said("A-8 Compliance"),
        "handling": said("A-9 Handling of information"),
        "method": said("A-10 How the score was made"),
        "evidence": said("A-11 Evidence"),
        "files": said("A-12 Files"),
        "sessions": said("A-13 Sessions"),
    }


def captions(words: Words) -> dict[str, str]:
    """Return what stands under the figures."""
    return {
        "network": words.gettext(
            "Figure 1. Requests answered and items noted; thicker is more. "
            "Data: table A-3."
        ),
        "times": words.gettext(
            "Figure 2. Minutes from delivery to answer; a red ring is past the "
            "target. Data: table A-2."
        ),
    }


def contents(report: Aar, heads: dict[str, str], says: Phrases) -> list[str]:
    """Return the chapters in order, for a reader whose program fills in no fields."""
    some = {
        "objectives": report.objectives,
        "survey": report.survey,
        "meters": report.meters,
        "notes": report.notes,
        "files": report.files,
        "sessions": report.sessions,
    }
    order = (
        "overview objectives score analysis plan timeline responses network "
        "participants survey meters notes compliance handling method evidence files "
        "sessions"
    )
    named = heads | {"score": says.score_title}
    return [named[one] for one in order.split() if some.get(one, True)]
