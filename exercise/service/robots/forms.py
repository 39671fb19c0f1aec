"""Filling in an instrument's form as a delegation would."""

from collections.abc import Mapping

from exercise.domain.acts import INSTRUMENTS, FieldSpec, Instrument
from exercise.domain.commands import Act
from exercise.domain.fields import Field
from exercise.service.robots.mind import Mind
from exercise.service.robots.phrases import MATTER, TEXTS

REPLY_MINUTES = 10
SUBJECT = 200
# Which of the phrases an instrument's text is taken from.
TONES: Mapping[str, str] = {
    "poc_message": "notification",
    "share_item": "notification",
    "clarification_request": "request",
    "consult": "request",
    "private_demarche": "request",
    "call_to_comply": "request",
    "preservation_request": "request",
    "mla_request": "request",
    "request_assistance": "help",
    "offer_assistance": "offer",
    "accept_assistance": "thanks",
    "deliver_assistance": "delivered",
    "confirm_assistance": "confirmed",
    "convene_forum": "session",
    "public_attribution": "accusation",
}


def phrase(mind: Mind, tone: str, subject: str) -> str:
    """Return one of the sentences of `tone`, about `subject`."""
    chosen = mind.draws.choice(TEXTS[tone], f"phrase/{tone}/{subject}")
    return chosen.format(subject=subject or MATTER)


def form(  # noqa: PLR0913 - an act is these things
    mind: Mind,
    instrument: str,
    *,
    to: tuple[str, ...] = (),
    about: str = "",
    subject: str = "",
    tone: str = "",
    **known: Field,
) -> Act:
    """Return an act with every field filled that it needs or `known` gives."""
    spec = INSTRUMENTS[instrument]
    tone = tone or TONES.get(instrument) or _tone(spec)
    fields = {
        one.name: value
        for one in spec.fields
        if (value := _value(mind, spec, one, tone, subject, known)) is not None
    }
    return Act(
        instrument=instrument,
        to=() if spec.addressees == "none" else to,
        about=about,
        fields=fields,
    )


def _tone(spec: Instrument) -> str:
    if spec.group == "measure":
        return "measure"
    return "statement" if spec.public else "answer"


def _value(  # noqa: PLR0913, PLR0917 - one field of one act in one voice
    mind: Mind,
    spec: Instrument,
    field: FieldSpec,
    tone: str,
    subject: str,
    known: Mapping[str, Field],
) -> Field | None:
    """Return what stands in one field, or None to leave it out."""
    if field.name in known:
        return known[field.name] or None
    usual: dict[str, Field | None] = {
        "subject": subject[:SUBJECT] or None,
        "reply_in": REPLY_MINUTES if spec.request and tone != "notification" else None,
        "proportionality": phrase(mind, "proportionality", subject),
    }
    if field.name in usual:
        return usual[field.name]
    if spec.id == "poc_message" and field.name == "type":
        return "notification" if tone == "notification" else "clarification"
    return _needed(mind, field, tone, subject) if field.required else None


def _needed(mind: Mind, field: FieldSpec, tone: str, subject: str) -> Field | None:
    """Return what a field holds that must not be left out."""
    if field.shape in {"text", "line"}:
        return phrase(mind, tone, subject)[: field.most]
    return field.choices[0][0] if field.choices else None
