"""Joint texts: tabled by their drafter, signed if they fit the facts, published."""

from collections.abc import Iterator

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.scenario import TextPlan, said
from exercise.service.robots.brief import window_of
from exercise.service.robots.duties import SIGNING
from exercise.service.robots.forms import form, phrase
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import MINUTE, SECOND, Commands, Mind, Plan
from exercise.service.robots.thorough import haggling

WINDOW = 20 * MINUTE
READ = 5 * SECOND
CITED = 5
ENOUGH = 2


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan to table a text that is ours to draft, and to answer one on the table."""
    if not mind.policy.peers:
        return
    match heard.event:
        case e.InjectReleased(inject=inject):
            for plan in mind.brief.texts:
                if plan.inject == inject and plan.drafter == mind.own:
                    yield _table(mind, heard, plan)
        case (
            e.TextProposed(state=text)
            | e.TextAmended(state=text)
            | e.BracketSettled(state=text)
        ):
            signed = mind.own in text.signed
            yield (_publish if signed else _answer)(mind, heard, text)
        case e.TextBracketed(state=text, bracket=bracket) if text.drafter == mind.own:
            yield _settles(mind, heard, text.text, bracket)
        case _:
            return


def _table(mind: Mind, heard: Heard, plan: TextPlan) -> Plan:
    proposal = c.Propose(
        title=plan.title,
        body=said(plan.body),
        parties=plan.parties,
        claims=plan.claims,
        citations=plan.citations[:CITED],
        accuses=plan.accuses,
        confidence=plan.confidence,
        plan=plan.id,
        about=heard.id,
    )
    tabled = haggling.procedure(mind, proposal, plan.window_ms)
    return Plan(heard.at_ms + plan.window_ms // 5, lambda _: (tabled,))


def _answer(mind: Mind, heard: Heard, text: e.TextState) -> Plan:
    return Plan(
        max(heard.at_ms + READ, _signing_ms(mind, heard, text)) + haggling.apart(mind),
        lambda at_ms: _sign(mind, text.text, at_ms),
    )


def _settles(mind: Mind, heard: Heard, id_: str, bracket: e.Bracket) -> Plan:
    """Plan to take another's words in: a robot drafter wants the text adopted."""
    number = bracket.number

    def make(_: int) -> Commands:
        text = mind.memory.texts.get(id_)
        if text is None or all(one.number != number for one in text.brackets):
            return ()
        accept = haggling.takes_in(mind, text, bracket)
        return (c.SettleBracket(text=id_, bracket=number, accept=accept),)

    return Plan(heard.at_ms + READ, make)


def _signing_ms(mind: Mind, heard: Heard, text: e.TextState) -> int:
    """Return when the inject behind a text asks for an answer to it."""
    plan = mind.brief.text(text.plan)
    inject = plan.inject if plan else ""
    delivered = mind.memory.delivered.get(inject)
    if delivered is not None:
        for duty in mind.brief.obligations.get(inject, ()):
            if set(duty.instruments) & SIGNING:
                wait = mind.policy.answer_ms(duty.target_ms, duty.deadline_ms)
                return delivered[1] + wait
    window = plan.window_ms if plan else WINDOW
    return heard.at_ms + mind.policy.answer_ms(window // 2, window)


def _sign(mind: Mind, id_: str, at_ms: int) -> Commands:
    text = mind.memory.texts.get(id_)
    if text is None or _spoken(mind, text):
        return ()
    mind.notes.tried.add(_said(text))
    fits = _fits(mind, text, at_ms)
    if mind.policy.tries:
        return haggling.answer(mind, text, fits=fits)
    if text.vote_until_ms is not None:
        return (c.Vote(text=id_, choice="for" if fits else "against"),)
    if fits:
        return (c.Sign(text=id_, version=text.version),)
    return (c.Decline(text=id_, reason=phrase(mind, "decline", text.title)),)


def _spoken(mind: Mind, text: e.TextState) -> bool:
    """Tell whether there is nothing to say on this version, or not yet."""
    done = {*text.signed, *text.declined, *(text.votes or {})}
    return mind.own in done or bool(text.brackets) or _said(text) in mind.notes.tried


def _said(text: e.TextState) -> str:
    # A silence that somebody broke is asked for again, as a signature.
    how = "silence" if text.silence_until_ms is not None else "signature"
    return f"{how}/{text.text}/{text.version}"


def _fits(mind: Mind, text: e.TextState, at_ms: int) -> bool:
    """Tell whether everything a text claims is compatible with the facts."""
    for id_, value in text.claims.items():
        topic = mind.brief.topic(id_)
        window = window_of(topic, at_ms) if topic else None
        if window is not None and value not in window.compatible:
            return False
    return not text.accuses or text.accuses in _carried(mind)


def _carried(mind: Mind) -> set[str]:
    """Return the hypotheses that the evidence at hand puts first."""
    leading = {plan.accuses for plan in mind.brief.texts if plan.accuses}
    for probe in mind.brief.probes:
        if set(probe.items) <= mind.memory.items.keys() and probe.reference:
            most = max(probe.reference.values())
            leading |= {id_ for id_, n in probe.reference.items() if n == most}
    return leading


def _publish(mind: Mind, heard: Heard, text: e.TextState) -> Plan:
    """Plan to publish a text with the signatures it has when its window closes."""
    plan = mind.brief.text(text.plan)
    window = (plan.window_ms if plan else WINDOW) * 8 // 10

    def make(_: int) -> Commands:
        now = mind.memory.texts.get(text.text)
        if now is None or now.drafter != mind.own or len(now.signed) < ENOUGH:
            return ()
        if now.brackets or (now.rule and not mind.brief.stakeholders(now.signed)):
            return ()
        return (form(mind, "publish_joint_statement", about=text.text),)

    return Plan(heard.at_ms + window - READ, make)
