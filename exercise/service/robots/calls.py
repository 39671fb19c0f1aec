"""The hotline: picking up, saying what one rang for, hanging up."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.service.robots.forms import phrase
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import MINUTE, SECOND, Commands, Mind, Plan
from exercise.service.robots.peers import ask

PICK_UP = 5 * SECOND
SPEAK = 10 * SECOND
# A caller who has said nothing more by then is gone.
LONGEST = 3 * MINUTE
LINES = 2


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan the next step of a call this delegation is in."""
    if not mind.policy.peers:
        return
    match heard.event:
        case e.CallOpened(callee=callee) if callee == mind.own:
            yield Plan(heard.at_ms + PICK_UP, lambda _: _pick_up(mind, heard.id))
        case e.CallAnswered() as answered:
            yield from _opened(mind, heard, answered)
        case e.CallLine() as line if heard.author.delegation != mind.own:
            yield _next(mind, heard, line)
        case e.CallClosed(caller=caller, callee=callee, how=how):
            if caller == mind.own and how in {"missed", "declined"}:
                asked = heard.at_ms + MINUTE // 2
                yield Plan(asked, lambda _: (ask(mind, callee),))
        case _:
            return


def _opened(mind: Mind, heard: Heard, event: e.CallAnswered) -> Iterator[Plan]:
    """Plan the caller's first words, and an end to a call that nobody ends."""
    if event.caller == mind.own:
        yield Plan(heard.at_ms + PICK_UP, lambda _: _say(mind, event.call, "call"))
    yield Plan(heard.at_ms + LONGEST, lambda _: _hang_up(mind, event.call))


def _next(mind: Mind, heard: Heard, line: e.CallLine) -> Plan:
    """Plan what follows on the other side's words: thanks, or an answer."""
    when = heard.at_ms + SPEAK
    if line.caller == mind.own:
        return Plan(when, lambda _: _hang_up(mind, line.call))
    return Plan(when, lambda _: _say(mind, line.call, "call_answer"))


def _pick_up(mind: Mind, call: str) -> Commands:
    line = mind.memory.calls.get(call)
    return (c.AnswerCall(call=call),) if line and not line.answered else ()


def _say(mind: Mind, call: str, tone: str) -> Commands:
    line = mind.memory.calls.get(call)
    if line is None or not line.answered or line.said.get(mind.own, 0) >= LINES:
        return ()
    number = line.said.get(mind.own, 0)
    subject = f"{line.other(mind.own)}/{number}"
    return (c.Say(call=call, text=phrase(mind, tone, subject)),)


def _hang_up(mind: Mind, call: str) -> Commands:
    return (c.HangUp(call=call),) if call in mind.memory.calls else ()
