"""The press asks and writes; civil society objects to what it reads."""

from collections.abc import Iterator

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.service.robots.forms import form
from exercise.service.robots.memory import ADVERSE, Heard
from exercise.service.robots.mind import MINUTE, Commands, Mind, Plan

ASK = MINUTE
OBJECT = 2 * MINUTE
WRITE = 4 * MINUTE
# One speaker is asked once in so long, and a run has so many objections.
APART = 20 * MINUTE
OBJECTIONS = 2


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan a question to whoever spoke, an article a phase, an objection."""
    match heard.event:
        case e.ActIssued(public=True, rung=rung) if heard.author.delegation:
            if _may(mind, "press_question") and _news(mind, heard):
                yield Plan(heard.at_ms + ASK, lambda _: _ask(mind, heard))
            if _may(mind, "rights_flag") and rung >= ADVERSE and _objects(mind, heard):
                yield Plan(heard.at_ms + OBJECT, lambda _: _object(mind, heard))
        case e.PhaseBegan(number=number) if number > 1 and _may(
            mind, "publish_article"
        ):
            yield Plan(heard.at_ms + WRITE, lambda _: _write(mind))
        case _:
            return


def _may(mind: Mind, instrument: str) -> bool:
    return mind.brief.kind in INSTRUMENTS[instrument].who


def _news(mind: Mind, heard: Heard) -> bool:
    """Tell whether a speaker has not been asked for a while, and note the question."""
    by, asked = heard.author.delegation, mind.notes.asked_ms
    if by == mind.own or heard.at_ms - asked.get(by, -APART) < APART:
        return False
    asked[by] = heard.at_ms
    return True


def _objects(mind: Mind, heard: Heard) -> bool:
    mine = [one for one in mind.notes.tried if one.startswith("rights_flag/")]
    if heard.author.delegation == mind.own or len(mine) >= OBJECTIONS:
        return False
    mind.notes.tried.add(f"rights_flag/{heard.id}")
    return True


def _ask(mind: Mind, heard: Heard) -> Commands:
    to = (heard.author.delegation,)
    subject = mind.notes.headline
    act = form(
        mind, "press_question", to=to, about=heard.id, subject=subject, tone="question"
    )
    return (act,)


def _object(mind: Mind, heard: Heard) -> Commands:
    to = (heard.author.delegation,)
    subject = mind.notes.headline
    act = form(
        mind, "rights_flag", to=to, about=heard.id, subject=subject, tone="objection"
    )
    return (act,)


def _write(mind: Mind) -> Commands:
    subject = mind.notes.headline
    sources = tuple(mind.notes.open_to_all)
    act = form(
        mind, "publish_article", subject=subject, tone="article", evidence=sources
    )
    return (act,)
