"""Haggling over joint texts: other words, sponsors, reservations, silence, a vote."""

from collections.abc import Iterator
from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.clauses import clauses_of
from exercise.service.robots.forms import phrase
from exercise.service.robots.memory import Heard
from exercise.service.robots.mind import MINUTE, SECOND, Commands, Mind, Plan
from exercise.service.robots.probes import known_by
from exercise.service.robots.thorough.tempers import stance, temper

READ = 15 * SECOND
LONGEST_MS = 12 * MINUTE
OWN_AT = 3 * MINUTE
ACCUSE_AT = 6 * MINUTE
HALF = 50
PROCEDURES = ("signature", "silence", "vote")


def hear(mind: Mind, heard: Heard) -> Iterator[Plan]:
    """Plan what is done about a text of another, and texts of its own at the end."""
    match heard.event:
        case e.TextProposed(state=text) if text.drafter != mind.own:
            when = heard.at_ms + READ + (mind.brief.place + 1) * 370
            yield Plan(when, lambda _: _responds(mind, text.text))
        case e.PhaseBegan(number=number, of=of) if number == of > 1:
            yield Plan(heard.at_ms + OWN_AT, lambda _: _own(mind))
            yield Plan(heard.at_ms + ACCUSE_AT, lambda _: _accuses(mind))
        case _:
            return


def procedure(mind: Mind, proposal: c.Propose, window_ms: int) -> c.Propose:
    """Return a proposal by signature, by silence or by a vote, as chance has it."""
    if not mind.policy.tries:
        return proposal
    how = mind.draws.choice(PROCEDURES, f"procedure/{proposal.title}")
    length = max(MINUTE, min(LONGEST_MS, window_ms * 6 // 10))
    match how:
        case "silence":
            return replace(proposal, silence_ms=length)
        case "vote":
            return replace(proposal, vote_ms=length, majority="two_thirds")
        case _:
            return proposal


def takes_in(mind: Mind, text: e.TextState, bracket: e.Bracket) -> bool:
    """Tell whether a drafter takes another's words in, or drops them."""
    if not mind.policy.tries:
        return True
    return mind.draws.below(3, f"takes in/{text.title}/{bracket.by}") > 0


def apart(mind: Mind) -> int:
    """Return ms by which it speaks after others, who may end what it is asked."""
    return (mind.brief.place + 1) * 410 if mind.policy.tries else 0


def answer(mind: Mind, text: e.TextState, *, fits: bool) -> Commands:
    """Return its vote, its signature, its refusal, or nothing, which may be consent."""
    how = stance(mind, text.title)
    agrees = fits and how != "refuses"
    reason = phrase(mind, "decline", text.title)
    if text.vote_until_ms is not None:
        if how == "waits":
            return (c.Vote(text=text.text, choice="abstain"),)
        return (c.Vote(text=text.text, choice="for" if agrees else "against"),)
    if text.silence_until_ms is not None:
        return () if agrees else (c.BreakSilence(text=text.text, reason=reason),)
    if how == "waits":
        return ()
    if agrees:
        return (c.Sign(text=text.text, version=text.version),)
    return (c.Decline(text=text.text, reason=reason),)


def _responds(mind: Mind, id_: str) -> Commands:
    text = mind.memory.texts.get(id_)
    if text is None or mind.own not in text.parties:
        return ()
    match stance(mind, text.title):
        case "agrees":
            return (c.Sponsor(text=id_),)
        case "reserves":
            words = phrase(mind, "reservation", text.title)
            return (c.Reserve(text=id_, reservation=words),)
        case "words" if text.vote_until_ms is None and text.silence_until_ms is None:
            return (_words(mind, text),)
        case _:
            return ()


def _words(mind: Mind, text: e.TextState) -> c.Amend:
    """Return other words for the last clause, or now and then a whole new text."""
    clauses = clauses_of(text.body)
    added = phrase(mind, "clause", text.title)
    remark = phrase(mind, "remark", text.title)
    if mind.draws.below(3, f"amends/{text.title}") == 0:
        body = "\n\n".join((*clauses, added))
        return c.Amend(text=text.text, body=body, remark=remark)
    return c.Amend(text=text.text, body=added, clause=len(clauses) + 1, remark=remark)


def _own(mind: Mind) -> Commands:
    """Return a text of its own that accuses nobody, from one delegation in five."""
    if mind.draws.below(5, "own text") or mind.brief.kind == "media":
        return ()
    title = phrase(mind, "own_title", "")
    proposal = c.Propose(
        title=title,
        body=phrase(mind, "own_text", ""),
        parties=(*mind.brief.others, mind.own),
        claims={},
    )
    return (procedure(mind, proposal, LONGEST_MS),)


def _accuses(mind: Mind) -> Commands:
    """Return a joint attribution that the evidence carries, from a firm state."""
    last = mind.brief.probes[-1].id if mind.brief.probes else ""
    known = known_by(mind, last)
    if mind.brief.kind != "state" or temper(mind) != "firm" or known is None:
        return ()
    leading = max(known.reference, key=lambda one: known.reference[one])
    blamed = {one.id: one.blames for one in mind.brief.hypotheses}[leading]
    accused = {blamed, mind.brief.rival}
    parties = tuple(one for one in mind.brief.states if one not in accused)
    if known.reference[leading] < HALF or blamed == mind.own or not parties:
        return ()
    proposal = c.Propose(
        title=phrase(mind, "accusing_title", ""),
        body=phrase(mind, "accusing_text", ""),
        parties=(*parties, mind.own),
        claims={},
        accuses=leading,
        confidence="moderate",
    )
    return (proposal,)
