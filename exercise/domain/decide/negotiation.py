"""How a joint text is haggled over: words in brackets, votes, and who must be there."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.clauses import clauses_of, with_clause
from exercise.domain.decide.adoption import adopted
from exercise.domain.decide.texts import on_the_table
from exercise.domain.errors import Conflict, Forbidden, NotFound, Unfit
from exercise.domain.events import Bracket, TextState
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise

MOST_BRACKETS = 40
TWO_THIRDS = "two_thirds"


def bracket(
    state: Exercise, command: c.Amend, member: Member, clause: int
) -> tuple[e.Event, ...]:
    """Put other words for a clause in brackets; nothing is agreed until they go."""
    text = on_the_table(state, command.text, member)
    if text.vote_until_ms is not None:
        raise Conflict("A vote runs on this text; its words stand.", field="text")
    before = clauses_of(text.body)
    if clause > len(before) + 1:
        raise Unfit(
            "The text has {count} clauses; {count} + 1 adds one.",
            field="clause",
            count=len(before),
        )
    if len(text.brackets) >= MOST_BRACKETS:
        raise Conflict("Settle some of the brackets first.", field="text")
    made = Bracket(
        number=1 + max((one.number for one in text.brackets), default=0),
        clause=clause,
        by=member.delegation,
        words=command.body,
    )
    # Words that somebody contests are nobody's silent consent.
    changed = replace(text, brackets=(*text.brackets, made), silence_until_ms=None)
    instead_of = before[clause - 1] if clause <= len(before) else ""
    return (
        e.TextBracketed(
            state=changed, bracket=made, instead_of=instead_of, remark=command.remark
        ),
    )


def settle_bracket(
    state: Exercise, command: c.SettleBracket, member: Member
) -> tuple[e.Event, ...]:
    """Take bracketed words in, or drop them; the drafter holds the pen."""
    text = on_the_table(state, command.text, member)
    found = next((one for one in text.brackets if one.number == command.bracket), None)
    if found is None:
        raise NotFound("There are no such brackets in this text.", field="bracket")
    drops_own = found.by == member.delegation and not command.accept
    if member.delegation != text.drafter and not drops_own:
        raise Forbidden(
            "The drafter settles brackets; you may only withdraw your own.",
            field="bracket",
        )
    before = clauses_of(text.body)
    known = found.clause <= len(before)
    changed = _settled(text, found, member.delegation, accept=command.accept)
    return (
        e.BracketSettled(
            state=changed,
            bracket=found,
            accepted=command.accept,
            instead_of=before[found.clause - 1] if known else "",
        ),
    )


def _settled(text: TextState, found: Bracket, by: str, *, accept: bool) -> TextState:
    # What was taken in answers the other proposals for the same clause.
    left = tuple(
        one
        for one in text.brackets
        if one != found and not (accept and one.clause == found.clause)
    )
    if not accept:
        return replace(text, brackets=left)
    return replace(
        text,
        version=text.version + 1,
        body=with_clause(text.body, found.clause, found.words),
        brackets=left,
        signed=(by,),
        declined=(),
        reservations=None,
    )


def vote(
    state: Exercise, command: c.Vote, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Cast a vote; the last one missing closes the vote."""
    text = on_the_table(state, command.text, member)
    if text.vote_until_ms is None:
        raise Conflict("This text is not put to a vote.", field="text")
    if now.at_ms >= text.vote_until_ms:
        raise Conflict("The time to vote is over.", field="text")
    votes = {**(text.votes or {}), member.delegation: command.choice}
    cast = replace(text, votes=dict(sorted(votes.items())))
    event = e.TextVoted(state=cast, choice=command.choice)
    if len(votes) < len(text.parties):
        return (event,)
    return (event, *_counted(state, cast, now, 1))


def vote_over(state: Exercise, command: c.VoteOver, now: Moment) -> tuple[e.Event, ...]:
    """Count the votes there are when the time has passed."""
    text = state.texts.get(command.text)
    if text is None or text.vote_until_ms is None or state.status != "running":
        return ()
    return _counted(state, text, now, 0)


def _counted(
    state: Exercise, text: TextState, now: Moment, used: int
) -> tuple[e.Event, ...]:
    votes = text.votes or {}
    for_it = tuple(one for one in text.parties if votes.get(one) == "for")
    against = tuple(one for one in text.parties if votes.get(one) == "against")
    closed = replace(text, signed=for_it, declined=against, vote_until_ms=None)
    if len(votes) < text.quorum:
        return (e.TextWithdrawn(state=closed, reason="no quorum"),)
    if not carried(len(for_it), len(against), text.majority):
        return (e.TextWithdrawn(state=closed, reason="voted down"),)
    return adopted(state, closed, now, used)


def carried(for_it: int, against: int, majority: str) -> bool:
    """Tell whether a vote carries a text; who abstains is not counted.

    A simple majority is more for than against, one of two thirds is at least two
    for each one against, as the rules of the UN General Assembly count those
    present and voting.
    """
    if majority == TWO_THIRDS:
        return for_it > 0 and for_it >= 2 * against
    return for_it > against
