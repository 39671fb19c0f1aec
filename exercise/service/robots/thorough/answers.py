"""Answering each kind of request in its own form, not all of them in a letter."""

from collections.abc import Mapping

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.fields import Field
from exercise.service.robots.forms import form
from exercise.service.robots.memory import Query
from exercise.service.robots.mind import Commands, Mind
from exercise.service.robots.thorough.tempers import temper

FORMS: Mapping[str, str] = {
    "press_question": "press_line",
    "mla_request": "legal_view",
    "preservation_request": "mitigate",
    "consult": "consult",
    "poc_message": "poc_message",
}
VERBS: Mapping[str, str] = {
    "joint_investigation": "investigation",
    "joint_measure": "measure",
}


def answer(mind: Mind, query: Query) -> Commands:
    """Return the answer that fits a request, or () to leave it to the usual reply."""
    query.answered = True
    if query.instrument in VERBS:
        return _joins(mind, query)
    instrument = FORMS.get(query.instrument, "")
    if not instrument or mind.brief.kind not in INSTRUMENTS[instrument].who:
        return ()
    public = INSTRUMENTS[instrument].public
    known: dict[str, Field] = (
        {"type": "follow_up"} if instrument == "poc_message" else {}
    )
    return (
        form(
            mind,
            instrument,
            to=() if public else (query.by,),
            about=query.entry,
            subject=query.subject or mind.notes.headline,
            tone="answer",
            **known,
        ),
    )


def _joins(mind: Mind, query: Query) -> Commands:
    """Return whether a joint undertaking is joined: the firm join what is proposed."""
    joins = temper(mind) != "patient"
    verb = "join" if joins else "decline"
    instrument = f"{verb}_{VERBS[query.instrument]}"
    return (form(mind, instrument, about=query.entry),)
