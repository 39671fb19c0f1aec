"""Doing what injects ask: each obligation in its time, by an instrument that fits."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.scenario import Obligation, said
from exercise.service.robots import help as help_
from exercise.service.robots.forms import form
from exercise.service.robots.memory import ADVERSE, Heard
from exercise.service.robots.mind import Commands, Mind, Plan
from exercise.service.robots.sharing import founded
from exercise.service.robots.speech import claim
from exercise.service.robots.thorough.tempers import holds_back, overlooks

# Signing is a habit of its own: it waits for a text.
SIGNING = frozenset(
    {
        "sign_joint_statement",
        "decline_joint_statement",
        "joint_statement",
        "joint_attribution",
    }
)
# These answer a question in substance, whatever else they do.
ANSWERS = frozenset({"reply", "mitigate", "tech_exchange", "legal_view", "poc_message"})


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan an answer to everything an inject asks of this delegation."""
    if not isinstance(heard.event, e.InjectReleased):
        return
    inject, subject = heard.event.inject, said(heard.event.title)
    if mind.memory.delivered.get(inject, ("", 0))[0] != heard.id:
        return
    for duty in mind.brief.obligations.get(inject, ()):
        instrument = chosen(mind, duty)
        if not instrument or overlooks(mind, inject, duty):
            continue
        wait = mind.policy.answer_ms(duty.target_ms, duty.deadline_ms)

        def make(
            at_ms: int, duty: Obligation = duty, instrument: str = instrument
        ) -> Commands:
            if _done(mind, duty, heard):
                return ()
            return _do(mind, duty, instrument, Source(inject, heard.id, subject, at_ms))

        yield Plan(heard.at_ms + wait, make)


class Source:
    """The inject that asks: its id, its entry, its title, and what time it is."""

    __slots__ = ("at_ms", "entry", "inject", "subject")

    def __init__(self, inject: str, entry: str, subject: str, at_ms: int) -> None:
        self.inject, self.entry, self.subject = inject, entry, subject
        self.at_ms = at_ms


def chosen(mind: Mind, duty: Obligation) -> str:
    """Return the first instrument of a duty that this delegation uses, or ""."""
    if mind.policy.voice and duty.topic:
        return mind.policy.voice
    return next((one for one in duty.instruments if _fits(mind, duty, one)), "")


def _fits(mind: Mind, duty: Obligation, instrument: str) -> bool:
    spec = INSTRUMENTS.get(instrument)
    if spec is None or instrument in SIGNING or spec.rung >= ADVERSE:
        return False
    if mind.brief.kind not in spec.who:
        return False
    if instrument == "share_item" and not duty.items:
        return False
    if mind.policy.peers:
        return True
    needs_peer = bool(duty.to) or spec.addressees in {"some", "one"}
    return not needs_peer or spec.public


def _done(mind: Mind, duty: Obligation, heard: Heard) -> bool:
    """Tell whether something done since covers a duty that names addressees."""
    if not duty.to or duty.items or duty.topic:
        return False
    wanted = set(duty.to)
    return any(
        deed.at_ms >= heard.at_ms
        and deed.instrument in duty.instruments
        and wanted <= set(deed.to)
        and deed.about in {"", heard.id}
        for deed in mind.memory.deeds
    )


def _do(mind: Mind, duty: Obligation, instrument: str, source: Source) -> Commands:
    spec = INSTRUMENTS[instrument]
    if instrument == "ack":
        return (c.Acknowledge(about=source.entry),)
    if instrument == "share_item":
        return tuple(
            c.ShareItem(
                item=item,
                to=duty.to or mind.brief.others,
                about=source.entry,
                basis=founded(mind, item),
            )
            for item in duty.items
            if item in mind.memory.items and not holds_back(mind, item)
        )
    if instrument == "hotline_call":
        free = (one for one in duty.to if not mind.memory.call_with(one))
        return tuple(c.Call(to=one) for one in free)
    if instrument == "request_assistance":
        return help_.ask(mind, duty, source.inject, source.entry, source.subject)
    if instrument == "offer_assistance":
        return help_.offer_for(mind, duty, source.entry, source.subject)
    to = duty.to
    if not to and spec.addressees in {"some", "one"}:
        to = mind.brief.states or mind.brief.others
    groups = tuple((one,) for one in to) if spec.addressees == "one" else (to,)
    return tuple(_act(mind, duty, instrument, source, one) for one in groups)


def _act(
    mind: Mind, duty: Obligation, instrument: str, source: Source, to: tuple[str, ...]
) -> c.Act:
    about, asked = source.entry, None
    if instrument in ANSWERS and duty.kind == "respond" and len(to) == 1:
        asked = mind.memory.query_of(to[0])
    if asked is not None:
        about, asked.answered = asked.entry, True
    public = INSTRUMENTS[instrument].public
    return form(
        mind,
        instrument,
        to=() if public else to,
        about=about,
        subject=source.subject,
        tone="answer" if asked is not None else "",
        citations=mind.brief.expected_citations(source.inject),
        claims=claim(mind, duty.topic, source.at_ms) if duty.topic else {},
    )
