"""A delegation's papers: inbox, brief, rules, seats, items, drafts, the open probe."""

from collections import defaultdict
from typing import TypeAlias

from exercise.domain.acts import INSTRUMENTS
from exercise.service.directory import Place
from exercise.web.board import owed
from exercise.web.composer import attributed, composer, topics
from exercise.web.dealings import calls, offers, prepared, promises, referred, texts
from exercise.web.dependencies import drawing, links
from exercise.web.entries import EntryView
from exercise.web.forums import forums
from exercise.web.frame import Frame
from exercise.web.language import language
from exercise.web.services import services
from exercise.words import tongues

Json: TypeAlias = dict[str, object]

MAIL = frozenset(
    {"inject_released", "item_shared", "act_issued", "text_proposed", "measure_adopted"}
)
REPLIES = frozenset({"acknowledged", "act_issued", "item_shared"})
CARD = ("title", "tlp", "body", "grade", "data_class", "attachments")
STANDING = {"party": "party", "signed": "signed, not ratified", "none": "not a party"}


def desk_parts(frame: Frame, stream: list[EntryView]) -> Json:
    """Return all that a delegation's page shows; `stream` is the whole of its own."""
    here = frame.member.delegation
    own = [one.id for one in stream if one.author.delegation == here]
    read = services().directory.read_by(frame.exercise, own) if own else {}
    return {
        "inbox": inbox(frame, stream),
        "brief": brief(frame),
        "rules": rules(frame),
        "seats": seats(frame),
        "at_home": at_home(frame),
        "others": [one for id_, one in frame.book.parties.items() if id_ != here],
        "contacts": {
            one: frame.state.contacts_of(one)
            for one in frame.state.scenario.delegation_ids
        },
        "ties": links(frame.state.scenario, here),
        "tie_places": drawing(frame.state.scenario).places,
        "calls": calls(frame, stream),
        "forums": forums(stream),
        "texts": texts(frame, stream),
        "items": items(frame, stream),
        "filed": filed(stream),
        "promises": promises(frame),
        "offers": offers(frame),
        "prepared": prepared(frame),
        "referred": referred(frame),
        "probe": probe(frame, stream),
        "composer": composer(frame),
        "topics": topics(frame),
        "attributed": attributed(frame, stream),
        "drafts": drafts(frame),
        "unread_from": services().directory.read_to(frame.exercise).get(here, 0),
        "read": {entry: list(by) for entry, by in read.items()},
    }


def inbox(frame: Frame, stream: list[EntryView]) -> list[Json]:
    """Return what came in, the newest first, with what was answered to it."""
    here = frame.member.delegation
    replies: dict[str, list[Json]] = defaultdict(list)
    recalled: dict[str, str] = {}
    for view in stream:
        body = view.body or {}
        if view.kind in REPLIES:
            for about in {body.get("about"), body.get("answers")} - {None, ""}:
                replies[str(about)].append(_reply(view))
        if view.kind == "inject_recalled":
            recalled |= dict.fromkeys(body["entries"], body["reason"])
    open_ = {one.entry for one in owed(stream) if one.delegation == here}
    return [
        {
            "entry": view,
            "from_party": frame.book.parties.get(view.author.delegation),
            "about": view.body.get("about", ""),
            "asks": view.body.get("asks", []),
            "reply_by_ms": view.body.get("reply_by_ms"),
            "answered": view.id not in open_ and bool(replies[view.id]),
            "recalled": recalled.get(view.id, ""),
            "said": replies[view.id],
        }
        for view in reversed(stream)
        if view.kind in MAIL and view.body and _came_in(view, here)
    ]


def _came_in(view: EntryView, here: str) -> bool:
    if view.author.delegation == here:
        return False
    to = view.body.get("to") or view.body.get("state", {}).get("parties", ())
    public = bool(view.body.get("public")) or view.kind == "measure_adopted"
    return here in to or public


def _reply(view: EntryView) -> Json:
    instrument = str(view.body.get("instrument", ""))
    if view.kind != "act_issued":
        instrument = "ack" if view.kind == "acknowledged" else "share_item"
    return {
        "id": view.id,
        "by": view.author.name,
        "delegation": view.author.delegation,
        "seat": view.author.seat_title,
        "what": INSTRUMENTS[instrument].title,
        "instrument": instrument,
        "at_ms": view.at_ms,
        "late": bool(view.body.get("late")),
    }


def filed(stream: list[EntryView]) -> list[EntryView]:
    """Return the entries that brought files, the newest first."""
    return [one for one in reversed(stream) if one.body and _brings(one.body)]


def _brings(body: Json) -> bool:
    cards = body.get("items")
    parts = [body, *(cards if isinstance(cards, list) else ())]
    return any(part.get("attachments") for part in parts if isinstance(part, dict))


def brief(frame: Frame) -> Json:
    """Return the secret brief, in each language that it has."""
    scenario = frame.state.scenario
    home = scenario.delegation(frame.member.delegation)
    wanted = (home.language if home else "", language())
    original = scenario.languages[0] if len(scenario.languages) > 1 else ""
    return {
        "spoken": tongues("", home.brief if home else "", wanted, original),
        "files": list(home.attachments) if home else [],
        "interests": list(home.interests) if home else [],
        "red_lines": list(home.red_lines) if home else [],
        "tlp": "AMBER",
    }


def rules(frame: Frame) -> list[Json]:
    """Return the treaties in force, who stands where, and whom each binds to us."""
    here = frame.member.delegation
    return [
        {
            "id": one.id,
            "title": one.title,
            "by": dict(one.standing),
            "bound": [
                badge
                for id_, badge in frame.book.parties.items()
                if id_ != here and one.between((here, id_)) == "party"
            ],
            "standing": [
                {"party": badge, "word": STANDING[one.standing[id_]]}
                for id_, badge in frame.book.parties.items()
                if id_ in one.standing
            ],
        }
        for one in frame.state.scenario.treaties
    ]


def at_home(frame: Frame) -> list[Json]:
    """Return who is of this delegation: their name, their seat, whether they listen."""
    state, own = frame.state, frame.member.delegation
    here = services().floor.sockets.members(frame.exercise, own)
    return [
        {
            "member": one.id,
            "name": state.name_of(one.id),
            "seat": one.seat,
            "here": one.id in here,
            "mine": one.id == frame.member.id,
        }
        for one in state.members.values()
        if one.delegation == own and not one.revoked
    ]


def seats(frame: Frame) -> list[Json]:
    """Return the delegation's seats and who sits there."""
    state, here = frame.state, frame.member.delegation
    home = state.scenario.delegation(here)
    people: dict[str, list[str]] = defaultdict(list)
    for one in at_home(frame):
        people[str(one["seat"])].append(str(one["name"]))
    return [
        {
            "id": one.id,
            "title": one.title,
            "name": one.title,
            "card": one.card,
            "exclusive": one.exclusive,
            "mine": one.id == frame.member.seat,
            "people": people[one.id],
        }
        for one in (home.seats if home else ())
    ]


def items(frame: Frame, stream: list[EntryView]) -> list[Json]:
    """Return the information items this delegation holds."""
    here, found = frame.member.delegation, dict[str, Json]()
    for view in stream:
        body = view.body or {}
        if view.kind == "inject_released":
            for card in body.get("items", ()):
                found.setdefault(card["id"], {**card, "at_ms": view.at_ms})
        if view.kind == "item_shared" and here in body["to"]:
            card = {name: body.get(name, "") for name in CARD}
            giver = frame.book.parties.get(view.author.delegation)
            shared = {"id": body["item"], **card, "from_party": giver}
            found.setdefault(body["item"], {**shared, "at_ms": view.at_ms})
    return list(found.values())


def probe(frame: Frame, stream: list[EntryView]) -> Json | None:
    """Return the question that is open, with the answer given so far."""
    for id_, one in frame.state.probes.items():
        asked = frame.state.scenario.probe(id_)
        if one.closed or asked is None:
            continue
        given = [
            view.body
            for view in stream
            if view.kind == "probe_answered" and view.body and view.body["probe"] == id_
        ]
        return {
            "id": id_,
            "title": asked.title,
            "closes_ms": one.closes_ms,
            "hypotheses": list(frame.book.glossary["hypotheses"].items()),
            "severity_scale": list(frame.state.scenario.severity_scale),
            "steps": asked.severity_steps,
            "priorities": [(each.id, each.title) for each in asked.priorities],
            "answer": given[-1] if given else None,
        }
    return None


def drafts(frame: Frame) -> list[Json]:
    """Return the delegation's unsent words."""
    where = Place(frame.exercise, frame.member.delegation)
    return [
        {
            "key": one.key,
            "body": one.body,
            "by": frame.state.name_of(one.member),
            "mine": one.member == frame.member.id,
            "locked_until_ms": one.locked_until_ms,
        }
        for one in services().directory.drafts(where)
    ]
