"""The facilitator's run list: every inject and probe, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from exercise.domain.events import Content
from exercise.domain.scenario import Attachment, Inject, Probe, said
from exercise.domain.state import Announced, Released
from exercise.web.entries import Badge
from exercise.web.frame import Frame
from exercise.web.language import language
from exercise.web.services import services
from exercise.words import Tongue, tongues

Badges: TypeAlias = list[Badge]

# What falls due within this is "next"; a facilitator looks so far ahead.
NEXT_MS = 12 * 60_000
OVER = frozenset({"released", "recalled", "skipped", "closed"})
DUE = frozenset({"due", "overdue", "announced"})
WIDE = frozenset({"all", "public"})


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the run list."""

    id: str
    number: str
    kind: str
    title: str
    channel: str
    to: str
    to_parties: Badges
    tlp: str
    at_ms: int
    release: str
    state: str
    when: str = ""
    truth: str = ""
    expects: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    revised: bool = False
    body: str = ""
    fires_wall_ms: int | None = None
    by: str = ""
    out_ms: int | None = None
    reason: str = ""
    entries: list[str] = field(default_factory=list)
    readers: int = 0
    read: int = 0
    files: tuple[Attachment, ...] = ()
    others: tuple[Tongue, ...] = ()


def runlist(frame: Frame) -> dict[str, object]:
    """Return the run list in its groups."""
    rows = _with_readers(frame, list(_rows(frame)))
    rows.sort(key=lambda row: (row.at_ms, row.number))
    later = [row for row in rows if row.state in {"next", "later", "held"}]
    coming = [row.at_ms for row in later if row.at_ms >= frame.at_ms]
    return {
        "hold_all": frame.state.hold_all,
        "due": [row for row in rows if row.state in DUE or row.state == "open"],
        "next": [row for row in later if row.at_ms <= frame.at_ms + NEXT_MS],
        "later": [row for row in later if row.at_ms > frame.at_ms + NEXT_MS],
        "past": [row for row in rows if row.state in OVER][::-1],
        "reserve": [row for row in rows if row.state == "reserve"],
        "counts": _counts(rows),
        "next_in_ms": min(coming) - frame.at_ms if coming else None,
    }


def _with_readers(frame: Frame, rows: list[Row]) -> list[Row]:
    """Return the rows with how many delegations got and how many read each."""
    entries = [entry for row in rows for entry in row.entries]
    read = services().directory.read_by(frame.exercise, entries) if entries else {}
    return [_read(frame, row, read) for row in rows]


def _read(frame: Frame, row: Row, read: Mapping[str, Sequence[str]]) -> Row:
    out = frame.state.released.get(row.id)
    got = [one for one in out.audience if one in frame.book.parties] if out else []
    by = {one for entry in row.entries for one in read.get(entry, ())}
    return replace(row, readers=len(got), read=len(by.intersection(got)))


def _counts(rows: list[Row]) -> dict[str, int]:
    states = [row.state for row in rows]
    return {
        "released": states.count("released"),
        "skipped": states.count("skipped"),
        "recalled": states.count("recalled"),
        "unplanned": sum(row.kind == "unplanned" for row in rows),
        "total": sum(row.kind == "inject" for row in rows),
        "probes": sum(row.kind == "probe" for row in rows),
    }


def _rows(frame: Frame) -> Iterable[Row]:
    scripted = {one.id for one in frame.state.scenario.injects}
    yield from (_inject(frame, one) for one in frame.state.scenario.injects)
    yield from (_probe(frame, one) for one in frame.state.scenario.probes)
    for id_, out in frame.state.released.items():
        if id_ not in scripted:
            yield _unplanned(frame, id_, out)
    for id_, window in frame.state.announced.items():
        if window.content is not None:
            yield _announced(frame, id_, window, window.content)


def _unplanned(frame: Frame, id_: str, out: Released) -> Row:
    return Row(
        id=id_,
        number=out.number,
        kind="unplanned",
        title=said(out.title, language()),
        channel=out.channel,
        to="",
        to_parties=_parties(frame, out.audience),
        tlp="",
        at_ms=out.at_ms,
        release="manual",
        state="recalled" if out.recalled else "released",
        out_ms=out.at_ms,
        entries=list(out.entries),
    )


def _announced(frame: Frame, id_: str, window: Announced, content: Content) -> Row:
    wide = next((one for one in content.audience if one in WIDE), "")
    return Row(
        id=id_,
        number=content.number,
        kind="unplanned",
        title=said(content.title, language()),
        channel=content.channel,
        to=wide,
        to_parties=[] if wide else _parties(frame, content.audience),
        tlp=content.tlp,
        at_ms=frame.at_ms,
        release="manual",
        state="overdue" if id_ in frame.state.overdue else "announced",
        body=said(content.body, language()),
        fires_wall_ms=window.fires_wall_ms,
        by=frame.state.name_of(window.by),
    )


def _probe(frame: Frame, probe: Probe) -> Row:
    open_ = frame.state.probes.get(probe.id)
    at_ms = frame.state.moved(probe.at_ms)
    state = "next" if at_ms <= frame.at_ms + NEXT_MS else "later"
    if open_ is not None:
        state = "closed" if open_.closed else "open"
    return Row(
        id=probe.id,
        number=probe.id,
        kind="probe",
        title=probe.title,
        channel="drill",
        to="all",
        to_parties=[],
        tlp="",
        at_ms=at_ms,
        release="auto",
        state=state,
    )


def _inject(frame: Frame, inject: Inject) -> Row:
    state, revision = frame.state, frame.state.revised.get(inject.id)
    title, body, audience = inject.title, inject.body, inject.audience
    if revision is not None:
        title, body = revision.title or title, revision.body or body
        audience = revision.audience or audience
    wide = audience[0] if audience and audience[0] in WIDE else ""
    spoken = tongues(title, body, (language(),), state.scenario.languages[0])
    row = Row(
        id=inject.id,
        number=inject.number,
        kind="inject",
        title=spoken.first.title,
        channel=inject.channel,
        to=wide,
        to_parties=[] if wide else _parties(frame, audience),
        tlp=inject.tlp,
        at_ms=state.due_ms(inject),
        release=inject.release,
        state=_standing(frame, inject),
        when=inject.when,
        truth=inject.truth,
        expects=list(inject.expects),
        asks=sorted({one.kind for one in inject.obligations}),
        revised=revision is not None,
        body=spoken.first.body,
        files=_files(frame, inject),
        others=spoken.others,
    )
    return _with_history(frame, row)


def _files(frame: Frame, inject: Inject) -> tuple[Attachment, ...]:
    """Return the files that a release brings, its items' included."""
    items = (frame.state.scenario.item(one) for one in inject.items)
    held = (one for item in items if item for one in item.attachments)
    return (*inject.attachments, *held)


def _with_history(frame: Frame, row: Row) -> Row:
    state = frame.state
    announced, out = state.announced.get(row.id), state.released.get(row.id)
    if announced is not None:
        by = state.name_of(announced.by)
        return replace(row, fires_wall_ms=announced.fires_wall_ms, by=by)
    if out is not None:
        return replace(row, out_ms=out.at_ms, entries=list(out.entries))
    return replace(row, reason=state.skipped.get(row.id, ""))


def _standing(frame: Frame, inject: Inject) -> str:
    """Return the one word for how an inject stands."""
    state, id_ = frame.state, inject.id
    if id_ in state.released:
        return "recalled" if state.released[id_].recalled else "released"
    for word, those in (
        ("skipped", state.skipped),
        ("overdue", state.overdue),
        ("announced", state.announced),
    ):
        if id_ in those:
            return word
    if inject.release == "reserve":
        return "reserve"
    return _coming(frame, inject)


def _coming(frame: Frame, inject: Inject) -> str:
    due_ms = frame.state.due_ms(inject)
    begun = frame.state.status != "lobby"
    if begun and due_ms <= frame.at_ms:
        return "due"
    if inject.id in frame.state.held:
        return "held"
    return "next" if due_ms <= frame.at_ms + NEXT_MS else "later"


def _parties(frame: Frame, ids: Iterable[str]) -> Badges:
    parties = frame.book.parties
    return [parties[one] for one in ids if one in parties]
