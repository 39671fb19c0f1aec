"""Giving way to pressure: naming the rival in public, and going one rung further."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.scenario import said
from exercise.service.robots.forms import form
from exercise.service.robots.memory import ADVERSE, Heard
from exercise.service.robots.mind import MINUTE, Commands, Mind, Plan
from exercise.service.robots.probes import picture

TEMPER = 2 * MINUTE
APART = 15 * MINUTE
HIGHEST = 5
STEPS = {
    4: ("expel_diplomats", "suspend_cooperation", "trade_restriction"),
    5: ("threat_of_force", "military_alert"),
}


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan what a delegation does that loses its temper; nothing for the others."""
    if not mind.brief.rival or not mind.policy.names:
        return
    match heard.event:
        case e.PhaseBegan(number=2) if mind.policy.names == "second_phase":
            yield Plan(heard.at_ms, lambda _: _name(mind, "", ""))
        case e.InjectReleased(inject=inject, title=title):
            provoked = inject in mind.brief.provocations
            if provoked and mind.policy.names == "first_provocation":
                subject = said(title)
                yield Plan(
                    heard.at_ms + TEMPER,
                    lambda at_ms: _strike(mind, heard.id, subject, at_ms),
                )
        case _:
            return


def _name(mind: Mind, about: str, subject: str) -> Commands:
    """Return a public attribution to the rival, without asking first."""
    if mind.brief.kind not in INSTRUMENTS["public_attribution"].who:
        return ()
    return (
        form(
            mind,
            "public_attribution",
            to=(mind.brief.rival,),
            about=about,
            subject=subject,
            belief=picture(mind, None),
            confidence="high",
        ),
    )


def _strike(mind: Mind, about: str, subject: str, at_ms: int) -> Commands:
    """Return the naming at first, then a step one rung above the last one seen."""
    last = mind.memory.struck_ms
    if last is None:
        return _name(mind, about, subject)
    if at_ms - last < APART:
        return ()
    rung = min(HIGHEST, max(ADVERSE, mind.memory.rung) + 1)
    return (_measure(mind, rung, about, subject),)


def _measure(mind: Mind, rung: int, about: str, subject: str) -> c.Act:
    instrument = mind.draws.choice(STEPS[rung], f"step/{about}/{rung}")
    return form(
        mind,
        instrument,
        to=(mind.brief.rival,),
        about=about,
        subject=subject,
        basis="LAW:RET" if rung < HIGHEST else "domestic",
    )
