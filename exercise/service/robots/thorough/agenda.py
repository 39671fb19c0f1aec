"""What a thorough delegation does by itself: each instrument once, at its time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS, Instrument
from exercise.domain.fields import Field
from exercise.domain.scenario.words import Kind
from exercise.service.robots.brief import window_of
from exercise.service.robots.forms import form
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import MINUTE, Commands, Mind, Plan

HUNDRED = 100
QUIET = 2
# By which part of the exercise, in per cent, an instrument makes sense that nothing
# else made it use. What is not here, and is no step against anybody, comes late.
WHEN: Mapping[str, int] = {
    "disclose_national_view": 6,
    "poc_message": 10,
    "consult": 15,
    "clarification_request": 19,
    "notify_victims": 23,
    "tech_exchange": 28,
    "preservation_request": 33,
    "private_demarche": 38,
    "fact_sheet": 44,
    "request_assistance": 48,
    "raise_in_forum": 53,
    "offer_assistance": 57,
    "vuln_advisory": 62,
    "mla_request": 66,
    "mitigate": 70,
    "legal_view": 74,
    "joint_investigation": 78,
    "convene_forum": 84,
}
LATE = 88
# Whom it suits, where more kinds may than would.
FOR: Mapping[str, frozenset[Kind]] = {
    "disclose_national_view": frozenset({"state", "regional_org"}),
    "notify_victims": frozenset({"state", "company"}),
    "preservation_request": frozenset({"state", "company"}),
    "mla_request": frozenset({"state"}),
    "mitigate": frozenset({"state", "company"}),
    "vuln_advisory": frozenset({"state", "company", "regional_org"}),
}
# What a newsroom does beside asking and writing.
PRESS = frozenset({"consult", "clarification_request", "poc_message"})
# These answer something, or are done where what they need is at hand.
ELSEWHERE = frozenset(
    {
        "ack",
        "reply",
        "call_to_comply",
        "public_statement",
        "press_line",
        "press_question",
        "publish_article",
        "publish_joint_statement",
        "correction",
        "rights_flag",
        "accept_assistance",
        "decline_assistance",
        "deliver_assistance",
        "confirm_assistance",
        "join_investigation",
        "decline_investigation",
        "join_measure",
        "decline_measure",
        "joint_measure",
    }
)
TONES: Mapping[str, str] = {
    "disclose_national_view": "view",
    "notify_victims": "advice",
    "tech_exchange": "exchange",
    "fact_sheet": "confirmed_facts",
    "vuln_advisory": "advice",
    "mitigate": "mended",
    "legal_view": "law",
    "joint_investigation": "inquiry",
}
MEMBERS = 3
STAGGER = 60
DUE = 20


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan what falls into a phase that begins; mend what was said too soon."""
    match heard.event:
        case e.PhaseBegan() as phase:
            for instrument in _menu(mind):
                yield from _planned(mind, heard, phase, instrument)
        case e.ActIssued(public=True, fields=fields, instrument=instrument) if (
            heard.author.delegation == mind.own and instrument != "correction"
        ):
            claims = fields.get("claims")
            if isinstance(claims, dict):
                yield Plan(
                    heard.at_ms + 6 * MINUTE,
                    lambda at_ms: _corrects(mind, heard.id, dict(claims), at_ms),
                )
        case _:
            return


def _menu(mind: Mind) -> Iterator[Instrument]:
    for one in INSTRUMENTS.values():
        own = one.command == "act" and mind.brief.kind in one.who
        if own and one.rung <= QUIET and one.id not in ELSEWHERE and _suits(mind, one):
            yield one


def _suits(mind: Mind, spec: Instrument) -> bool:
    kind = mind.brief.kind
    if kind == "media":
        return spec.id in PRESS
    return kind in FOR.get(spec.id, spec.who)


def _planned(
    mind: Mind, heard: Heard, phase: e.PhaseBegan, spec: Instrument
) -> Iterator[Plan]:
    part = WHEN.get(spec.id, LATE) * phase.of
    number, share = part // HUNDRED + 1, part % HUNDRED
    if number == phase.number:
        length = phase.ends_ms - heard.at_ms
        # Delegations act one after another, not all in one instant.
        own = mind.brief.place * (length // STAGGER) + (mind.brief.place + 1) * 137
        when = heard.at_ms + length * share // HUNDRED + own
        yield Plan(when, lambda at_ms: _try(mind, spec, at_ms))


def _try(mind: Mind, spec: Instrument, at_ms: int) -> Commands:
    """Return an act with an instrument that this run has not seen it use."""
    if any(deed.instrument == spec.id for deed in mind.memory.deeds):
        return ()
    aim = _Aim(mind, spec)
    if not aim.grounded:
        return ()
    tone, known = TONES.get(spec.id, ""), aim.known(at_ms)
    act = form(
        mind,
        spec.id,
        to=() if spec.public else aim.to,
        about="",
        subject=mind.notes.headline,
        tone=tone,
        **known,
    )
    return (act,)


@dataclass(frozen=True, slots=True)
class _Aim:
    """Whom an instrument is for, and what its form needs beyond words."""

    mind: Mind
    spec: Instrument

    @property
    def to(self) -> tuple[str, ...]:
        brief = self.mind.brief
        states = brief.states or brief.others
        friends = tuple(one for one in states if one != brief.rival) or states
        match self.spec.id:
            case "private_demarche" | "mla_request" if brief.rival:
                return (brief.rival,)
            case "joint_investigation":
                return self._members()[:MEMBERS]
            case "convene_forum" | "tech_exchange":
                return brief.others
            case "preservation_request":
                return (self._one(brief.others),)
            case _:
                return (self._one(friends),) if friends else ()

    @property
    def grounded(self) -> bool:
        """Tell whether it has what the instrument rests on, and somebody to go to."""
        if self.spec.id == "joint_investigation" and not self._treaty():
            return False
        return bool(self.to) or self.spec.addressees not in {"some", "one"}

    def known(self, at_ms: int) -> dict[str, Field]:
        """Return the fields that are not left to words."""
        match self.spec.id:
            case "fact_sheet" | "raise_in_forum":
                return {"claims": _facts(self.mind, at_ms)}
            case "joint_investigation":
                lead = {"legal_basis": self._treaty(), "lead": self.mind.own}
                return {**lead, "due_in": DUE}
            case "offer_assistance":
                return {"type": "training", "due_in": DUE}
            case "request_assistance":
                return {"type": "information"}
            case "poc_message":
                return {"type": "ping"}
            case _:
                return {}

    def _one(self, among: tuple[str, ...]) -> str:
        return self.mind.draws.choice(among, f"aim/{self.spec.id}")

    def _treaty(self) -> str:
        treaties = self.mind.brief.treaties
        own = self.mind.own
        bound = (one for one in treaties if one.standing.get(own) == "party")
        return next((one.id for one in bound), "")

    def _members(self) -> tuple[str, ...]:
        """Return the other states its treaty binds, or else those it is no rival of."""
        brief, treaty = self.mind.brief, self._treaty()
        standing = {one.id: one.standing for one in brief.treaties}.get(treaty, {})
        friends = tuple(one for one in brief.states if one != brief.rival)
        bound = tuple(one for one in brief.states if standing.get(one) == "party")
        return bound or friends


def _facts(mind: Mind, at_ms: int) -> dict[str, str]:
    """Return what is confirmed on the first question the public asks now."""
    for topic in mind.brief.topics:
        window = window_of(topic, at_ms)
        if window and window.start_ms <= at_ms < window.end_ms and window.compatible:
            return {topic.id: window.compatible[0]}
    return {}


def _corrects(
    mind: Mind, about: str, claims: dict[str, object], at_ms: int
) -> Commands:
    """Return a correction of what was claimed beyond the facts, if anything was."""
    right: dict[str, str] = {}
    for id_, value in claims.items():
        topic = mind.brief.topic(id_)
        window = window_of(topic, at_ms) if topic else None
        if window and window.compatible and value not in window.compatible:
            right[id_] = window.compatible[0]
    if not right:
        return ()
    subject = mind.notes.headline
    act = form(
        mind, "correction", about=about, subject=subject, tone="mistaken", claims=right
    )
    return (act,)
