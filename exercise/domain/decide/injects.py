"""Holding, skipping, revising, recalling, and what nobody scripted."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.clock import read_t_plus
from exercise.domain.decide.release import readers, scripted, send_content
from exercise.domain.errors import Conflict, NotFound, Unfit
from exercise.domain.moment import Moment
from exercise.domain.scenario import Attachment, Inject
from exercise.domain.state import Exercise

ALL = ("all", "public")


def hold(state: Exercise, command: c.Hold) -> tuple[e.Event, ...]:
    """Keep one inject back, or everything."""
    if not command.inject:
        if state.hold_all == command.on:
            return ()
        return (e.AllHeld(held=command.on),)
    inject = _coming(state, command.inject)
    if (inject.id in state.held) == command.on:
        return ()
    return (e.InjectHeld(inject=inject.id, held=command.on),)


def skip(state: Exercise, command: c.Skip) -> tuple[e.Event, ...]:
    """Leave an inject out of this run."""
    inject = _coming(state, command.inject)
    if inject.id in state.skipped:
        return ()
    return (
        e.InjectSkipped(
            inject=inject.id,
            number=inject.number,
            title=inject.title,
            reason=command.reason or "Skipped by a facilitator",
        ),
    )


def revise(state: Exercise, command: c.Revise, now: Moment) -> tuple[e.Event, ...]:
    """Change a coming inject for this run; the scenario stays as frozen."""
    inject = _coming(state, command.inject)
    at_ms = None
    if command.at is not None:
        try:
            at_ms = read_t_plus(command.at)
        except ValueError as error:
            raise Unfit(str(error), field="at") from error
        if at_ms < now.at_ms:
            raise Unfit("That time has passed already.", field="at")
    audience = None
    if command.audience is not None:
        audience = _audience(state, command.audience)
    event = e.InjectRevised(
        inject=inject.id,
        title=command.title,
        body=command.body,
        at_ms=at_ms,
        audience=audience,
    )
    if (event.title, event.body, event.at_ms, event.audience) == (None,) * 4:
        raise Unfit("Nothing was changed.", field="inject")
    return (event,)


def recall(state: Exercise, command: c.Recall) -> tuple[e.Event, ...]:
    """Withdraw a released inject; its card says so."""
    released = state.released.get(command.inject)
    if released is None:
        raise NotFound("Only a released inject can be recalled.", field="inject")
    if released.recalled:
        raise Conflict("This inject is recalled already.", field="inject")
    return (
        e.InjectRecalled(
            inject=command.inject,
            number=released.number,
            title=released.title,
            reason=command.reason,
            entries=released.entries,
        ),
    )


def ad_hoc(
    state: Exercise, command: c.AdHocInject, actor: str, now: Moment
) -> tuple[e.Event, ...]:
    """Send, or announce, an inject nobody scripted."""
    content = e.Content(
        number=f"A-{state.unplanned + 1}",
        title=command.title,
        body=command.body,
        channel=command.channel,
        audience=_audience(state, command.audience),
        tlp=command.tlp,
        attachments=_attached(state, command.attachments),
    )
    return _content(state, content, command.undo_ms, actor, now)


def reply_as(
    state: Exercise, command: c.ReplyAs, actor: str, now: Moment
) -> tuple[e.Event, ...]:
    """Speak as an actor outside the room."""
    if command.about and command.about not in state.index:
        raise NotFound("There is no entry “{id}”.", field="about", id=command.about)
    content = e.Content(
        number=f"A-{state.unplanned + 1}",
        title=command.title,
        body=command.body,
        channel=command.channel,
        audience=_audience(state, command.audience),
        tlp=command.tlp,
        speaker=command.speaker,
        about=command.about,
    )
    return _content(state, content, command.undo_ms, actor, now)


def _content(
    state: Exercise, content: e.Content, undo_ms: int, actor: str, now: Moment
) -> tuple[e.Event, ...]:
    if not undo_ms:
        return send_content(state, content, now.ids(0))
    return (
        e.ReleaseAnnounced(
            inject=now.ids(0),
            title=content.title,
            audience=readers(state, content.audience),
            by=actor,
            content=content,
            fires_wall_ms=now.wall_ms + undo_ms,
        ),
    )


def _coming(state: Exercise, id_: str) -> Inject:
    inject = scripted(state, id_)
    if id_ in state.released:
        raise Conflict(
            "This inject is out already; only a recall is left.",
            code="already-released",
            field="inject",
        )
    if id_ in state.announced and id_ not in state.overdue:
        raise Conflict("Its release is announced; undo first.", field="inject")
    return inject


def _audience(state: Exercise, audience: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(audience, str):
        return (audience,)
    known = state.scenario.delegation_ids
    for one in audience:
        if one not in known:
            raise NotFound(
                "There is no delegation “{name}”. Known: {known}.",
                field="audience",
                name=one,
                known=", ".join(known),
            )
    return tuple(sorted(set(audience)))


def _attached(state: Exercise, files: tuple[str, ...]) -> tuple[Attachment, ...]:
    """Return files of the scenario, each once, in the order asked for.

    Raises:
        NotFound: the scenario has no such file.
    """
    known = state.scenario.files
    for one in files:
        if one not in known:
            raise NotFound(
                "This scenario has no file “{id}”. Its files: {known}.",
                field="attachments",
                id=one,
                known=", ".join(each.file for each in known.values()) or "–",
            )
    return tuple(known[one] for one in dict.fromkeys(files))
