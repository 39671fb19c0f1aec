"""Talking to other delegations in writing: asking in time, answering every request."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import Consultation
from exercise.service.robots import help as help_
from exercise.service.robots.forms import form
from exercise.service.robots.memory import Heard, Query
from exercise.service.robots.mind import Commands, Mind, Plan
from exercise.service.robots.phrases import TODAY
from exercise.service.robots.thorough import answers
from exercise.service.robots.thorough.tempers import keeps_to_itself


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan consultations at STARTEX, and an answer to each request."""
    if not mind.policy.peers:
        return
    if isinstance(heard.event, e.Started):
        yield from _consultations(mind)
    query = mind.memory.queries.get(heard.id)
    if query is not None:
        deadline = query.reply_by_ms - query.at_ms
        wait = mind.policy.answer_ms(deadline // 2, deadline)
        yield Plan(heard.at_ms + wait, lambda _: _answer(mind, query))


def _consultations(mind: Mind) -> Iterator[Plan]:
    for duty in mind.brief.consultations:
        if mind.policy.names == "first_provocation" and duty.target == mind.brief.rival:
            continue
        if keeps_to_itself(mind, duty.id):
            continue

        def make(_: int, duty: Consultation = duty) -> Commands:
            return _consult(mind, duty)

        yield Plan(mind.policy.consult_ms(duty.start_ms, duty.end_ms), make)


def _consult(mind: Mind, duty: Consultation) -> Commands:
    how = mind.draws.choice(("hotline", "writing"), f"consult/{duty.id}")
    if how == "hotline" and not mind.memory.call_with(duty.target):
        return (c.Call(to=duty.target),)
    return (ask(mind, duty.target),)


def ask(mind: Mind, target: str) -> c.Act:
    """Return a question in private to `target`."""
    return form(mind, "clarification_request", to=(target,), subject=TODAY)


def _answer(mind: Mind, query: Query) -> Commands:
    if query.answered:
        return ()
    query.answered = True
    if query.type == "ping":
        return (c.Acknowledge(about=query.entry),)
    if mind.policy.tries and (own := answers.answer(mind, query)):
        return own
    if query.instrument == "joint_investigation":
        return (form(mind, "join_investigation", about=query.entry),)
    if query.instrument == "joint_measure":
        verb = "join" if mind.policy.names == "first_provocation" else "decline"
        return (form(mind, f"{verb}_measure", about=query.entry),)
    return _in_words(mind, query)


def _in_words(mind: Mind, query: Query) -> Commands:
    if query.instrument == "request_assistance":
        return help_.answer(mind, query)
    subject = query.subject or TODAY
    return (form(mind, "reply", to=(query.by,), about=query.entry, subject=subject),)
