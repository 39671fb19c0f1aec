"""Sending an inject: who reads which words, and the undo window before it."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.conditions import holds, parse
from exercise.domain.errors import Conflict, NotFound
from exercise.domain.identity import OBSERVERS, ROOM
from exercise.domain.moment import Moment
from exercise.domain.scenario import Inject, Obligation, Said, Translation
from exercise.domain.state import Exercise, Revision, StateFacts

AGAIN_MS = 1000  # A second press this much later is meant; sooner it is a double click.


def release(
    state: Exercise, command: c.Release, actor: str, now: Moment
) -> tuple[e.Event, ...]:
    """Release a scripted inject, or one announced, or announce it."""
    if command.inject in state.released:
        raise Conflict(
            "This inject has been released already.",
            code="already-released",
            field="inject",
        )
    if command.inject in state.announced:
        return _again(state, command.inject, actor, now)
    inject = scripted(state, command.inject)
    if command.undo_ms:
        return (
            e.ReleaseAnnounced(
                inject=inject.id,
                title=_title(state, inject),
                audience=readers(state, _audience(state, inject)),
                fires_wall_ms=now.wall_ms + command.undo_ms,
                by=actor,
            ),
        )
    return send(state, inject, now)


def scripted(state: Exercise, id_: str) -> Inject:
    """Return a scripted inject.

    Raises:
        NotFound: the scenario has no such inject.
    """
    inject = state.scenario.inject(id_)
    if inject is None:
        raise NotFound("There is no inject “{id}”.", field="inject", id=id_)
    return inject


def _again(
    state: Exercise, inject: str, actor: str, now: Moment
) -> tuple[e.Event, ...]:
    window = state.announced[inject]
    left_over = inject in state.overdue
    if not left_over and window.by != actor:
        raise Conflict(
            "{name} is releasing this inject right now.",
            field="inject",
            code="announced",
            name=state.name_of(window.by) or window.by,
        )
    if not left_over and now.wall_ms - window.wall_ms < AGAIN_MS:
        raise Conflict(
            "The release is announced; press again to send now, or undo.",
            code="announced",
            field="inject",
        )
    return fire(state, inject, now)


def fire(state: Exercise, id_: str, now: Moment) -> tuple[e.Event, ...]:
    """Commit an announced release."""
    window = state.announced[id_]
    if window.content is not None:
        return send_content(state, window.content, id_)
    return send(state, scripted(state, id_), now)


def undo(state: Exercise, command: c.Undo) -> tuple[e.Event, ...]:
    """Take an announced release back."""
    if command.inject not in state.announced:
        code = "already-released" if command.inject in state.released else "not-found"
        raise Conflict("There is nothing left to undo.", code=code, field="inject")
    return (e.ReleaseUndone(inject=command.inject),)


def undo_over(state: Exercise, command: c.UndoOver, now: Moment) -> tuple[e.Event, ...]:
    """Commit a release whose undo window has passed, if it is still announced."""
    if command.inject not in state.announced or command.inject in state.overdue:
        return ()
    if state.status == "ended":
        return ()
    return fire(state, command.inject, now)


def fall_due(state: Exercise, command: c.FallDue, now: Moment) -> tuple[e.Event, ...]:
    """Release an inject whose time has come, or skip it if its condition is unmet."""
    inject = scripted(state, command.inject)
    stands = state.is_open(inject) and inject.id not in state.held
    if state.status != "running" or not stands or state.hold_all:
        return ()
    if inject.when and not holds(parse(inject.when), StateFacts(state)):
        return (
            e.InjectSkipped(
                inject=inject.id,
                number=inject.number,
                title=_title(state, inject),
                unmet=inject.when,
            ),
        )
    return send(state, inject, now)


def send(state: Exercise, inject: Inject, now: Moment) -> tuple[e.Event, ...]:
    """Return one entry for each group that reads the same, then the guidance."""
    audience = readers(state, _audience(state, inject))
    groups: dict[tuple[object, ...], list[str]] = {}
    views: dict[tuple[object, ...], e.InjectReleased] = {}
    for who in audience:
        view = _view(state, inject, who, now)
        key = (
            str(view.title),
            str(view.body),
            view.language,
            view.asks,
            view.reply_by_ms,
            view.task,
            str(view.items),
        )
        groups.setdefault(key, []).append(who)
        views.setdefault(key, view)
    released = tuple(_addressed(views[key], tuple(groups[key])) for key in views)
    ceiling = next(
        (p.ceiling for p in state.scenario.provocations if p.inject == inject.id),
        None,
    )
    guidance = e.GuidanceGiven(
        inject=inject.id,
        number=inject.number,
        truth=inject.truth,
        expects=inject.expects,
        ceiling=ceiling,
    )
    return (*released, guidance)


def send_content(state: Exercise, content: e.Content, id_: str) -> tuple[e.Event, ...]:
    """Return the release of something nobody scripted."""
    return (
        e.InjectReleased(
            inject=id_,
            number=content.number,
            title=content.title,
            body=content.body,
            channel=content.channel,
            tlp=content.tlp,
            to=readers(state, content.audience),
            sender=content.speaker,
            about=content.about,
            attachments=content.attachments,
            planned=False,
        ),
    )


def readers(state: Exercise, audience: tuple[str, ...]) -> tuple[str, ...]:
    """Return the concrete audiences that `all`, `public` or ids stand for."""
    delegations = state.scenario.delegation_ids
    if "public" in audience:
        return (*delegations, OBSERVERS, ROOM)
    if "all" in audience:
        return delegations
    return tuple(one for one in delegations if one in audience)


def _addressed(view: e.InjectReleased, to: tuple[str, ...]) -> e.InjectReleased:
    return e.InjectReleased(
        **{name: getattr(view, name) for name in view.__slots__ if name != "to"},
        to=to,
    )


def _revision(state: Exercise, inject: Inject) -> Revision:
    return state.revised.get(inject.id, Revision())


def _title(state: Exercise, inject: Inject) -> Said:
    return _revision(state, inject).title or inject.title


def _audience(state: Exercise, inject: Inject) -> tuple[str, ...]:
    return _revision(state, inject).audience or inject.audience


def _view(state: Exercise, inject: Inject, who: str, now: Moment) -> e.InjectReleased:
    """Return the inject as one audience reads it."""
    variant = (inject.variants or {}).get(who)
    revision = _revision(state, inject)
    asked = tuple(one for one in inject.obligations if one.delegation == who)
    task = _task(state, inject, who)
    return e.InjectReleased(
        inject=inject.id,
        number=inject.number,
        title=(variant and variant.title) or revision.title or inject.title,
        body=(variant and variant.body) or revision.body or inject.body,
        channel=inject.channel,
        to=(),
        tlp=inject.tlp,
        sender=inject.sender,
        sector=inject.sector,
        asks=_asks(asked, task),
        reply_by_ms=_reply_by(asked, task, now),
        task=task.title if task else "",
        items=_items(state, inject, who),
        meters=_readings(state, inject),
        attachments=inject.attachments,
        language=_language(state, who),
        original=original(state),
    )


def original(state: Exercise) -> str:
    """Return the language that every text has, where there is more than one."""
    first, *others = state.scenario.languages
    return first if others else ""


def _language(state: Exercise, who: str) -> str:
    """Return what an audience reads before the original; nothing for most."""
    home = state.scenario.delegation(who)
    wanted = home.language if home else ""
    return wanted if wanted != original(state) else ""


def _task(state: Exercise, inject: Inject, who: str) -> Translation | None:
    for one in state.scenario.translations:
        if (one.inject, one.delegation) == (inject.id, who):
            return one
    return None


def _asks(asked: tuple[Obligation, ...], task: Translation | None) -> tuple[str, ...]:
    kinds = {one.kind for one in asked}
    return tuple(sorted({*kinds, "respond"} if task else kinds))


def _reply_by(
    asked: tuple[Obligation, ...], task: Translation | None, now: Moment
) -> int | None:
    times = [one.deadline_ms for one in asked] + ([task.window_ms] if task else [])
    return now.at_ms + max(times) if times else None


def _items(state: Exercise, inject: Inject, who: str) -> tuple[e.ItemCard, ...]:
    held = (state.scenario.item(id_) for id_ in inject.items)
    return tuple(
        e.ItemCard(
            id=one.id,
            title=one.title,
            tlp=one.tlp,
            body=one.body,
            grade=one.grade,
            data_class=one.data_class,
            attachments=one.attachments,
        )
        for one in held
        if one is not None and one.holder == who
    )


def _readings(state: Exercise, inject: Inject) -> tuple[e.Reading, ...]:
    moved = inject.meters or {}
    return tuple(
        e.Reading(
            id=one.id,
            title=one.title,
            unit=one.unit,
            value=moved[one.id],
            sector=one.sector,
        )
        for one in state.scenario.meters
        if one.id in moved
    )
