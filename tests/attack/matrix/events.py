"""Every event of the live channel: who may send it, about whose stream, to what end."""

import json
from collections.abc import Iterator

from exercise.web.policy import POLICY
from exercise.web.send import NAMESPACE
from tests.attack.matrix.objects import (
    ELSEWHERE,
    NONEXISTENT,
    OBJECTS,
    OTHERS,
    OWN,
    UNRELEASED,
    named,
)
from tests.attack.matrix.routes import Cell
from tests.attack.matrix.world import MARK, MEANT, ROLES, Json, World
from tests.web.stage import Socket

# An event that lasts longer in nobody's stream than in anybody's.
FAR = 10_000
RESERVED = ("connect", "disconnect")


def events(world: World) -> list[tuple[str, str]]:
    """Return every event that any namespace has a handler for."""
    server = world.stage.live.server
    assert not server.namespace_handlers
    return sorted(
        (namespace, event)
        for namespace, handlers in server.handlers.items()
        for event in handlers
    )


def event_cells(
    world: World, surface: tuple[str, str], roles: tuple[str, ...] = ROLES
) -> Iterator[Cell]:
    """Send an event as each role about each object."""
    for role in roles:
        if surface[1] == "connect":
            yield from _knocks(world, surface, role)
        if surface[1] in RESERVED:
            yield _disguised(world, surface, role)
        else:
            yield from _sent(world, surface, role)


def _is_let(surface: tuple[str, str], role: str) -> bool:
    meant = "facilitator" if role == "elsewhere" else MEANT.get(role, role)
    return meant in POLICY[surface]


def _knocks(world: World, surface: tuple[str, str], role: str) -> Iterator[Cell]:
    """Connect with each membership: one's own opens, the others are all the same."""
    for object_, member in named(world, role, "", "member").items():
        mine = _is_let(surface, role) and member == world.members[role]
        before = world.content()
        for auth in ({"membership": member}, {"membership": member, "token": member}):
            let = mine and "token" not in auth
            socket = world.stage.socket(auth, world.browsers[role])
            wrong = "" if socket.open == let else f"open: {socket.open}"
            if not let and socket.client.queue:
                wrong = f"heard {str(socket.client.queue)[:200]}"
            if world.content() != before:
                wrong = "the database changed"
            _hang_up(socket)
            yield Cell(surface, role, "membership", object_, wrong, refused=not let)


def _hang_up(socket: Socket) -> None:
    if socket.open:
        socket.client.disconnect("/live")


def _disguised(world: World, surface: tuple[str, str], role: str) -> Cell:
    """Send an ordinary event that is named like the connect, in another's name."""
    line, before = world.line(role), world.content()
    was = line.open, _listening(world)
    other = world.browsers["other delegate"].token
    told = {"token": other, "membership": world.members["other delegate"]}
    said = say(world, line, surface[1], told)
    wrong = "" if said is None else f"answered {said}"
    if (line.open, _listening(world)) != was:
        wrong = "it worked"
    if world.content() != before:
        wrong = "the database changed"
    return Cell(surface, role, "disguise", OTHERS, wrong, refused=True)


def _listening(world: World) -> dict[str, str]:
    """Return who hears what, by socket."""
    sockets = world.stage.services.floor.sockets
    streams = ("VES", "KAS", "facilitators", "evaluators", "observers", "room")
    return {
        sid: stream
        for stream in streams
        for sid in sockets.sids(world.exercise, stream)
    }


def _sent(world: World, surface: tuple[str, str], role: str) -> Iterator[Cell]:
    """Send it about each stream; no answer at all without a socket that was let in."""
    line, heard = world.line(role), _is_let(surface, role)
    nothing: object = None
    for object_ in OBJECTS:
        audience = _stream(world, role, object_)
        if audience is None:
            continue
        own = object_ == OWN and audience != ""
        before = world.content()
        said = say(world, line, surface[1], payload(surface[1], audience))
        wrong = _wrong(surface[1], said, heard=heard, own=own)
        if object_ == NONEXISTENT:
            nothing = said
        elif not own and said != nothing:
            wrong = f"differs from none: {said} / {nothing}"
        if not own and world.content() != before:
            wrong = "the database changed"
        yield Cell(surface, role, "audience", object_, wrong, refused=not own)


def _stream(world: World, role: str, object_: str) -> str | None:
    if object_ == ELSEWHERE:
        return None  # a stream of another exercise has no other name
    if object_ == OWN and role == "elsewhere":
        return "facilitators"
    if object_ == UNRELEASED and role == "elsewhere":
        return "evaluators"
    return named(world, role, "", "audience").get(object_)


def payload(event: str, audience: str) -> Json:
    """Return what is sent with an event; one that is new here gets both."""
    match event:
        case "sync":
            return {"cursors": {audience: 0}}
        case "seen":
            return {"audience": audience, "position": FAR}
        case "command":
            return {"audience": audience}
        case _:
            return {"cursors": {audience: 0}, "audience": audience, "position": 0}


def say(world: World, line: Socket, event: str, value: Json) -> Json:
    """Send a frame past every client library; return the answer, if one comes."""
    client = line.client
    client.acks = None
    frame = f"2{NAMESPACE},7" + json.dumps([event, value])
    world.stage.live.server.eio.handlers["message"](client.eio_sid, frame)
    acks, client.acks = client.acks, None
    return acks["args"][0] if acks else None


def _wrong(event: str, said: Json, *, heard: bool, own: bool) -> str:
    if not heard:
        return "" if said is None else f"answered {str(said)[:200]}"
    if event == "command":
        return "" if said and said["code"] == "shape" else f"answered {said}"
    if own:
        return "" if said and said["ok"] else f"refused with {said}"
    if said is None or said["ok"] or MARK in str(said):
        return f"answered {str(said)[:200]}"
    return ""
