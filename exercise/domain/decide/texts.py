"""Joint texts: proposed, amended, signed, declined, silent, adopted or failed."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import check_claims
from exercise.domain.decide import forums
from exercise.domain.decide.acts import seen
from exercise.domain.decide.adoption import (
    ENOUGH,
    MULTISTAKEHOLDER,
    absent,
    adopted,
    foreseen,
    published,
    quorum,
)
from exercise.domain.decide.standing import addressees
from exercise.domain.errors import Conflict, Forbidden, NotFound, Unfit
from exercise.domain.events import TextState
from exercise.domain.identity import Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise


def propose(
    state: Exercise, command: c.Propose, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Put a text on the table; the drafter's signature is on it."""
    own = member.delegation
    others = addressees(
        state, own, tuple(one for one in command.parties if one != own), "parties"
    )
    if not others:
        raise Unfit("A joint text needs another party.", field="parties")
    if command.about:
        seen(state, command.about, own)
    check_claims(command.claims, state.scenario, "claims")
    _check_accusation(state, command.accuses, command.confidence)
    if command.silence_ms is not None and command.vote_ms is not None:
        raise Unfit("A text is adopted in silence or by a vote.", field="vote_ms")
    plan = foreseen(state, command.plan) if command.plan else None
    by_vote = command.vote_ms is not None
    parties = tuple(sorted({own, *others}))
    room = forums.tabled(state, command, member, parties) if command.forum else None
    of_all_kinds = room is not None and room.sort == MULTISTAKEHOLDER
    text = TextState(
        text=now.ids(0),
        title=command.title,
        version=1,
        body=command.body,
        drafter=own,
        parties=parties,
        claims=command.claims,
        citations=command.citations,
        accuses=command.accuses,
        confidence=command.confidence,
        plan=command.plan,
        signed=() if by_vote else (own,),
        silence_until_ms=_until(command.silence_ms, now),
        votes={own: "for"} if by_vote else None,
        vote_until_ms=_until(command.vote_ms, now),
        majority=command.majority,
        quorum=quorum(command, parties),
        rule=MULTISTAKEHOLDER
        if of_all_kinds
        else (plan.rule if plan else "") or command.rule,
        binding=command.binding or bool(plan and plan.commitments),
        due_in_ms=command.due_in_ms,
        forum=command.forum,
    )
    _check_rule(state, text)
    return (e.TextProposed(state=text, about=command.about),)


def _until(given_ms: int | None, now: Moment) -> int | None:
    return None if given_ms is None else now.at_ms + given_ms


def _check_rule(state: Exercise, text: TextState) -> None:
    if text.rule and (missing := absent(state, text.parties)):
        raise Unfit(
            "A multistakeholder text has a state, a company and civil society among "
            "its parties; missing: {missing}.",
            field="parties",
            missing=", ".join(missing),
        )


def _check_accusation(state: Exercise, accuses: str, confidence: str) -> None:
    known = tuple(one.id for one in state.scenario.hypotheses)
    if accuses and accuses not in known:
        raise NotFound(
            "“{name}” is no hypothesis here. Known: {known}.",
            field="accuses",
            name=accuses,
            known=", ".join(known),
        )
    if accuses and not confidence:
        raise Unfit("An attribution states its confidence.", field="confidence")


def amend(state: Exercise, command: c.Amend, member: Member) -> tuple[e.Event, ...]:
    """Change the words; whoever amends has signed the new version."""
    text = on_the_table(state, command.text, member)
    if text.vote_until_ms is not None:
        raise Conflict("A vote runs on this text; its words stand.", field="text")
    claims = text.claims if command.claims is None else command.claims
    check_claims(claims, state.scenario, "claims")
    changed = replace(
        text,
        version=text.version + 1,
        body=command.body,
        claims=claims,
        citations=text.citations if command.citations is None else command.citations,
        confidence=(
            text.confidence if command.confidence is None else command.confidence
        ),
        signed=(member.delegation,),
        declined=(),
        reservations=None,
        brackets=(),
    )
    return (e.TextAmended(state=changed, remark=command.remark, before=text.body),)


def sponsor(state: Exercise, command: c.Sponsor, member: Member) -> tuple[e.Event, ...]:
    """Stand behind a text."""
    text = on_the_table(state, command.text, member)
    if member.delegation in text.sponsors:
        raise Conflict("Your delegation sponsors this text already.", field="text")
    sponsors = _with(text.sponsors, member.delegation)
    return (e.TextSponsored(state=replace(text, sponsors=sponsors)),)


def sign(
    state: Exercise, command: c.Sign, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Sign the current version; the last answer missing adopts the text."""
    text = _signable(state, command.text, member)
    if member.delegation in text.signed:
        raise Conflict("Your delegation has signed already.", field="text")
    if command.version is not None and command.version != text.version:
        raise Conflict(
            "The text is at version {now}; you read version {then}. Read it again.",
            code="changed",
            field="version",
            now=text.version,
            then=command.version,
        )
    signed = replace(
        text,
        signed=_with(text.signed, member.delegation),
        declined=tuple(one for one in text.declined if one != member.delegation),
    )
    return (e.TextSigned(state=signed), *_settle(state, signed, now, 1))


def decline(
    state: Exercise, command: c.Decline, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Refuse to sign; the last answer missing settles the text."""
    text = _signable(state, command.text, member)
    if member.delegation in text.declined:
        raise Conflict("Your delegation has declined already.", field="text")
    declined = replace(
        text,
        declined=_with(text.declined, member.delegation),
        signed=tuple(one for one in text.signed if one != member.delegation),
    )
    event = e.TextDeclined(state=declined, reason=command.reason)
    return (event, *_settle(state, declined, now, 1))


def reserve(state: Exercise, command: c.Reserve, member: Member) -> tuple[e.Event, ...]:
    """Put a reservation on record beside the text."""
    text = on_the_table(state, command.text, member)
    reservations = {**(text.reservations or {}), member.delegation: command.reservation}
    ordered = dict(sorted(reservations.items()))
    return (e.TextReserved(state=replace(text, reservations=ordered)),)


def break_silence(
    state: Exercise, command: c.BreakSilence, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Stop a silence procedure; the text stays open for signature."""
    text = on_the_table(state, command.text, member)
    if text.silence_until_ms is None:
        raise Conflict("No silence procedure runs on this text.", field="text")
    if now.at_ms >= text.silence_until_ms:
        raise Conflict("The time to break silence is over.", field="text")
    broken = replace(
        text,
        silence_until_ms=None,
        declined=_with(text.declined, member.delegation),
        signed=tuple(one for one in text.signed if one != member.delegation),
    )
    return (e.SilenceBroken(state=broken, reason=command.reason),)


def silence_over(
    state: Exercise, command: c.SilenceOver, now: Moment
) -> tuple[e.Event, ...]:
    """Adopt a text on which nobody broke silence."""
    text = state.texts.get(command.text)
    if text is None or text.silence_until_ms is None or state.status != "running":
        return ()
    silent = tuple(one for one in text.parties if one not in text.declined)
    kept = replace(text, signed=silent, silence_until_ms=None)
    return adopted(state, kept, now, 0)


def publish(
    state: Exercise, about: str, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Publish a text with the signatures it has; only its drafter may."""
    text = on_the_table(state, about, member, "about")
    if text.drafter != member.delegation:
        raise Forbidden("Only its drafter publishes a text.", field="about")
    if len(text.signed) < ENOUGH:
        raise Conflict(
            "A joint text needs two signatures; this one has {count}.",
            code="too-few-signatures",
            field="about",
            count=len(text.signed),
        )
    if text.brackets:
        raise Conflict("Settle the brackets first.", field="about")
    if text.rule and (missing := absent(state, text.signed)):
        raise Conflict(
            "This text still needs the signature of: {missing}.",
            code="too-few-signatures",
            field="about",
            missing=", ".join(missing),
        )
    return published(state, text, now, 0)


def _settle(
    state: Exercise, text: TextState, now: Moment, used: int
) -> tuple[e.Event, ...]:
    """Publish or withdraw a text once every party has answered."""
    if len(text.signed) + len(text.declined) < len(text.parties):
        return ()
    return adopted(state, text, now, used)


def _signable(state: Exercise, id_: str, member: Member) -> TextState:
    """Return a text that is signed, not voted on, and whose words are agreed."""
    text = on_the_table(state, id_, member)
    if text.vote_until_ms is not None:
        raise Conflict("This text is put to a vote: vote on it.", field="text")
    if text.brackets:
        raise Conflict(
            "Words in brackets are not agreed yet: the drafter settles them first.",
            code="brackets",
            field="text",
        )
    return text


def on_the_table(
    state: Exercise, id_: str, member: Member, field: str = "text"
) -> TextState:
    """Return an open text of which the member's delegation is a party.

    Raises:
        Conflict: it is settled already.
        NotFound: there is no such text for them.
    """
    text = state.texts.get(id_)
    if text is not None and member.delegation in text.parties:
        return text
    if id_ in state.settled and member.delegation in state.index[id_].audience:
        raise Conflict(
            "This text is {how} already.",
            code="settled",
            field=field,
            how=state.settled[id_],
        )
    raise NotFound("You are no party to such a text.", field=field)


def _with(members: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(sorted({*members, one}))
