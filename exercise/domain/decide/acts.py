"""Acts with the instruments of the catalogue, acknowledgements and shared items."""

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS, Instrument, check
from exercise.domain.decide import capital, flags, forums, inquiries, joint
from exercise.domain.decide import help as help_
from exercise.domain.decide.seats import signatures
from exercise.domain.decide.standing import addressees, home
from exercise.domain.errors import Forbidden, NotFound, Unfit
from exercise.domain.fields import Fields
from exercise.domain.identity import ROOM, Member
from exercise.domain.moment import Moment
from exercise.domain.state import Exercise, Ref

MINUTE = 60_000


def acknowledge(
    state: Exercise, command: c.Acknowledge, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Take note of an entry one's delegation reads."""
    ref = seen(state, command.about, member.delegation)
    return (
        e.Acknowledged(
            about=command.about, title=ref.title, late=is_late(ref, now.at_ms)
        ),
    )


def act(
    state: Exercise, command: c.Act, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Issue an act, or let it wait for the second seat it needs."""
    spec = _instrument(state, command.instrument, member)
    ref = seen(state, command.about, member.delegation) if command.about else None
    to = inquiries.check(state, command, member, _to(state, command, member, spec, ref))
    to = joint.check(state, command, member.delegation, to)
    to = flags.bound(state, spec, ref, member.delegation, to)
    fields = check(spec.fields, command.fields, state.scenario)
    _corrects(spec, ref, member)
    _open_to_all(state, spec, fields)
    gate = joint.behind(state, spec, fields, command.about)
    needs = signatures(state, member, gate)
    ready = e.ActPrepared(
        instrument=spec.id, to=to, fields=fields, about=command.about, needs=needs or ()
    )
    still_fits(state, ready, member)
    return (ready,) if needs is not None else _sent(state, ready, member, now)


def still_fits(
    state: Exercise, ready: e.ActPrepared | e.ActReferred, member: Member
) -> None:
    """Refuse an act that has no ground, or whose ground has gone while it waited."""
    spec, about = INSTRUMENTS[ready.instrument], ready.about
    asked = c.Act(instrument=spec.id, to=ready.to, about=about, fields=ready.fields)
    help_.check(state, asked, member)
    inquiries.check(state, asked, member, ready.to)
    joint.check(state, asked, member.delegation, ready.to)
    forums.check(state, spec, ready.fields, member)


def _sent(
    state: Exercise,
    ready: e.ActPrepared,
    member: Member,
    now: Moment,
    prepared_by: str = "",
) -> tuple[e.Event, ...]:
    """Return an act as it goes out, or as it waits for the capital."""
    spec = INSTRUMENTS[ready.instrument]
    to, fields, about = ready.to, ready.fields, ready.about
    gate = joint.behind(state, spec, fields, about)
    delay_ms = capital.delay_ms(home(state, member), gate)
    if delay_ms:
        referred = e.ActReferred(
            instrument=spec.id,
            to=to,
            fields=fields,
            about=about,
            sends_ms=now.at_ms + delay_ms,
            prepared_by=prepared_by,
        )
        return (referred,)
    issued = issue(state, spec, to, fields, about, now, prepared_by)
    return (issued, *follows(state, issued, member, now))


def follows(
    state: Exercise, issued: e.ActIssued, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Return what an act leads to: a promise made or kept, a room."""
    return (
        *help_.follows(state, issued, member, now),
        *inquiries.follows(state, issued, member, now),
        *joint.follows(state, issued, member),
        *forums.opened(state, issued, member, now),
    )


def _corrects(spec: Instrument, ref: Ref | None, member: Member) -> None:
    """Refuse a correction of what the delegation itself did not say in public."""
    if not spec.corrects:
        return
    said = INSTRUMENTS.get(ref.instrument) if ref else None
    own = ref is not None and ref.delegation == member.delegation
    if not own or said is None or not said.public:
        raise Unfit(
            "“{title}” is about something your delegation said in public.",
            field="about",
            title=spec.title,
        )


def _open_to_all(state: Exercise, spec: Instrument, fields: Fields) -> None:
    """Refuse sources that not everybody can read."""
    for field in spec.fields:
        given = fields.get(field.name)
        if not field.open_to_all or not isinstance(given, tuple):
            continue
        for entry in given:
            ref = state.index.get(entry)
            if ref is None or ROOM not in ref.audience:
                raise NotFound(
                    "“{id}” is nothing that everybody can read.",
                    field=f"fields.{field.name}",
                    id=entry,
                )


def issue(  # noqa: PLR0913, PLR0917 - an act is these six things
    state: Exercise,
    spec: Instrument,
    to: tuple[str, ...],
    fields: Fields,
    about: str,
    now: Moment,
    prepared_by: str = "",
) -> e.ActIssued:
    """Return the act as it goes on the timeline."""
    ref = state.index.get(about)
    return e.ActIssued(
        instrument=spec.id,
        to=to,
        fields=fields,
        public=spec.public,
        rung=spec.rung,
        about=about,
        about_title=ref.title if ref else "",
        answers=about if ref and spec.answers and _asks(ref) else "",
        reply_by_ms=_reply_by(state, spec, fields, now),
        late=ref is not None and is_late(ref, now.at_ms),
        prepared_by=prepared_by,
    )


def _reply_by(
    state: Exercise, spec: Instrument, fields: Fields, now: Moment
) -> int | None:
    reply_in = fields.get("reply_in")
    if isinstance(reply_in, int):
        return now.at_ms + reply_in * MINUTE
    return now.at_ms + state.scenario.rights_answer_ms if spec.objects else None


def _asks(ref: Ref) -> bool:
    return ref.request or ref.instrument == "offer_assistance"


def countersign(
    state: Exercise, command: c.Countersign, member: Member, now: Moment
) -> tuple[e.Event, ...]:
    """Give the second signature an act waits for."""
    waiting = state.prepared.get(command.about)
    ref = state.index.get(command.about)
    if waiting is None or ref is None or ref.delegation != member.delegation:
        raise NotFound("Nothing of yours waits for a signature.", field="about")
    first, prepared = waiting
    holder = state.members.get(first)
    if first == member.id or (holder is not None and holder.seat == member.seat):
        raise Forbidden("The second signature must come from another seat.")
    if prepared.needs and member.seat not in prepared.needs:
        raise Forbidden(
            "This waits for the signature of: {seats}.",
            field="about",
            seats=", ".join(_titles(state, member, prepared.needs)),
        )
    still_fits(state, prepared, member)
    return _sent(state, prepared, member, now, command.about)


def _titles(state: Exercise, member: Member, seats: tuple[str, ...]) -> list[str]:
    return [one.title for one in home(state, member).seats if one.id in seats]


def share_item(
    state: Exercise, command: c.ShareItem, member: Member
) -> tuple[e.Event, ...]:
    """Pass on an item one's delegation holds; its label is kept, not policed."""
    item = state.scenario.item(command.item)
    if item is None or (item.id, member.delegation) not in state.holdings:
        raise NotFound("You do not hold “{item}”.", field="item", item=command.item)
    if command.about:
        seen(state, command.about, member.delegation)
    to = addressees(state, member.delegation, command.to)
    if command.forum:
        to = forums.exchanged(state, command, member)
    if not to:
        raise Unfit("Say who it goes to.", field="to")
    return (
        e.ItemShared(
            item=item.id,
            title=item.title,
            tlp=item.tlp,
            body=item.body,
            to=to,
            grade=item.grade,
            about=command.about,
            forum=command.forum,
            attachments=item.attachments,
            data_class=item.data_class,
            basis=command.basis.strip(),
        ),
    )


def seen(state: Exercise, entry: str, delegation: str) -> Ref:
    """Return what is known of an entry that `delegation` reads.

    Raises:
        NotFound: there is none, or it is not theirs to read: the answer is the same.
    """
    ref = state.index.get(entry)
    if ref is None or delegation not in ref.audience:
        raise NotFound("There is no entry “{id}”.", field="about", id=entry)
    return ref


def is_late(ref: Ref, at_ms: int) -> bool:
    """Tell whether an answer at `at_ms` is past the deadline of what it is about."""
    return ref.reply_by_ms is not None and at_ms > ref.reply_by_ms


def _instrument(state: Exercise, id_: str, member: Member) -> Instrument:
    spec = INSTRUMENTS.get(id_)
    if spec is None:
        raise NotFound("There is no instrument “{id}”.", field="instrument", id=id_)
    if spec.command != "act":
        raise Unfit(
            "“{title}” is done with the command “{command}”.",
            field="instrument",
            title=spec.title,
            command=spec.command,
        )
    kind = home(state, member).kind
    if kind not in spec.who:
        raise Forbidden(
            "“{title}” is not for a delegation of this kind.",
            field="instrument",
            title=spec.title,
        )
    return spec


def _to(
    state: Exercise, command: c.Act, member: Member, spec: Instrument, ref: Ref | None
) -> tuple[str, ...]:
    to = command.to
    private = not spec.public and spec.addressees != "none"
    partner = ref.delegation if ref else ""
    if not to and private and partner and partner != member.delegation:
        to = (partner,)
    to = addressees(state, member.delegation, to)
    match spec.addressees:
        case "none" if to:
            raise Unfit("“{title}” has no addressee.", field="to", title=spec.title)
        case "one" if len(to) != 1:
            raise Unfit(
                "“{title}” goes to one delegation.", field="to", title=spec.title
            )
        case "some" if not to:
            raise Unfit("Say who it goes to.", field="to")
        case _:
            return to
