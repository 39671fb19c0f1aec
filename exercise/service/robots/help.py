"""Help: asked for, offered, accepted, delivered and confirmed."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import Assistance, Obligation
from exercise.service.robots.forms import form
from exercise.service.robots.memory import REPLY_MS, Heard, Query
from exercise.service.robots.mind import MINUTE, SECOND, Commands, Mind, Plan
from exercise.service.robots.thorough.tempers import turns_down

CONFIRM = 5 * SECOND
MOST_MINUTES = 600


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan to accept what is offered, keep what was promised, confirm what came."""
    if not mind.policy.peers:
        return
    match heard.event:
        case e.ActIssued(instrument="offer_assistance", to=to) if mind.own in to:
            wait = mind.policy.answer_ms(REPLY_MS // 2, REPLY_MS)
            verb = "decline" if turns_down(mind) else "accept"
            yield Plan(heard.at_ms + wait, lambda _: _about(mind, verb, heard.id))
        case e.CommitmentMade(promisor=by, due_ms=due_ms) if by == mind.own:
            when = mind.policy.keep_ms(heard.at_ms, due_ms)
            yield Plan(when, lambda _: _deliver(mind, heard.id))
        case e.CommitmentDelivered(beneficiary=to, commitment=id_) if to == mind.own:
            yield Plan(heard.at_ms + CONFIRM, lambda _: _confirm(mind, id_))
        case _:
            return


def ask(
    mind: Mind, duty: Obligation, inject: str, entry: str, subject: str
) -> tuple[c.Act, ...]:
    """Return a request for the help that the scenario foresees after `inject`."""
    plan = mind.brief.help_asked.get(inject)
    return (
        form(
            mind,
            "request_assistance",
            to=duty.to or (plan.providers if plan else mind.brief.states),
            about=entry,
            subject=subject,
            type=plan.type if plan else "forensics",
            citations=mind.brief.expected_citations(inject),
        ),
    )


def offer_for(
    mind: Mind, duty: Obligation, entry: str, subject: str
) -> tuple[c.Act, ...]:
    """Return the offers a duty asks for, each in answer to a request that is open."""
    return tuple(act for one in duty.to for act in _offer_to(mind, one, entry, subject))


def _offer_to(mind: Mind, to: str, entry: str, subject: str) -> tuple[c.Act, ...]:
    query = mind.memory.query_of(to)
    if query is not None and query.instrument == "request_assistance":
        return answer(mind, query)
    plans = [one for one in mind.brief.help_given if one.beneficiary == to]
    fresh = [one for one in plans if (one.type, to) not in mind.memory.offered]
    return (_offer(mind, fresh[-1], entry, subject),) if fresh else ()


def answer(mind: Mind, query: Query) -> tuple[c.Act, ...]:
    """Return an offer where help was foreseen, else an honest no."""
    query.answered = True
    to = query.by
    for plan in mind.brief.help_given:
        if (plan.beneficiary, plan.type) == (to, query.type):
            if (plan.type, to) in mind.memory.offered:
                break
            return (_offer(mind, plan, query.entry, query.subject),)
    tone = "answer" if (query.type, to) in mind.memory.offered else "refused"
    subject = query.subject
    return (
        form(mind, "reply", to=(to,), about=query.entry, subject=subject, tone=tone),
    )


def _offer(mind: Mind, plan: Assistance, about: str, subject: str) -> c.Act:
    minutes = max(1, min(MOST_MINUTES, plan.due_after_ms // MINUTE))
    return form(
        mind,
        "offer_assistance",
        to=(plan.beneficiary,),
        about=about,
        subject=subject,
        type=plan.type,
        due_in=minutes,
    )


def _about(mind: Mind, verb: str, entry: str) -> Commands:
    return (form(mind, f"{verb}_assistance", about=entry),)


def _deliver(mind: Mind, promise: str) -> Commands:
    done = f"{e.CommitmentDelivered.KIND}/{promise}" in mind.memory.kept
    return () if done else _about(mind, "deliver", promise)


def _confirm(mind: Mind, promise: str) -> Commands:
    done = f"{e.CommitmentConfirmed.KIND}/{promise}" in mind.memory.kept
    return () if done else _about(mind, "confirm", promise)
