"""The live channel: who may listen, and what a socket may ask for."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from socketio.exceptions import ConnectionRefusedError as Refused
from werkzeug.http import parse_accept_header, parse_cookie

from exercise.service.directory import Directory, Membership
from exercise.service.mishaps import Mishaps
from exercise.service.ports import Unwritable
from exercise.service.requests import Refusal
from exercise.web.intake import Intake, Sender
from exercise.web.limits import Limits
from exercise.web.readings import Readings
from exercise.web.refusals import NOT_YOU, NOT_YOURS, UNAVAILABLE, refused, too_fast
from exercise.web.send import NAMESPACE
from exercise.web.session import COOKIE, token_hash, token_in
from exercise.web.sockets import A_MEMBER, Listener
from exercise.web.tailer import Floor, Tailers
from exercise.words import preferred

LOG = logging.getLogger(__name__)

# What comes from Socket.IO, which has no types.
Untyped: TypeAlias = Any
Json: TypeAlias = dict[str, object]

# How often one who was told to wait may go on before the line is cut.
HEED = 200
UNHEEDED = "You sent far more than is taken, and did not wait when told to."
TOO_FAST = "too-fast"
TOO_MANY = "This was opened in too many places; the oldest was closed."
SHAPE = Refusal("shape", "“{field}” has not the form that docs/protocol.md shows.")
FAILED = Refusal("failed", "The server stumbled over this; nothing was kept.")


@dataclass(frozen=True, slots=True)
class Knock:
    """What a socket shows at the door."""

    token: str
    membership: str
    language: str
    html: bool


class Live:
    """The handlers of the namespace; a connect without a right to it is refused."""

    def __init__(  # noqa: PLR0913, PLR0917 - each is a different port
        self,
        floor: Floor,
        tailers: Tailers,
        intake: Intake,
        readings: Readings,
        directory: Directory,
        secret: str,
        asking: Limits,
    ) -> None:
        self._asking = asking
        self._unheeded: Counter[str] = Counter()
        self._floor = floor
        self._tailers = tailers
        self._intake = intake
        self._readings = readings
        self._directory = directory
        self._secret = secret
        self._server: Untyped = None

    def register(self, server: Untyped) -> None:
        """Take the namespace's events."""
        self._server = server
        handlers = {
            "connect": self.connect,
            "disconnect": self.disconnect,
            "sync": self.sync,
            "command": self.command,
            "seen": self.seen,
        }
        for event, handler in handlers.items():
            server.on(event, handler=handler, namespace=NAMESPACE)

    def connect(
        self, sid: str, environ: Mapping[str, Any], auth: object = None
    ) -> None:
        """Let a socket hear its member's stream, or refuse it."""
        knock = self._knock(environ, auth)
        try:
            self._let_in(sid, knock)
        except Unwritable as no:
            # Whose stream it is nobody can say just now: it comes again.
            Mishaps(LOG).tell(no, "Could not let a socket in")
            raise _refusal(UNAVAILABLE, knock) from no

    def _let_in(self, sid: str, knock: Knock) -> None:
        who = self._membership(knock)
        if who is None:
            raise _refusal(NOT_YOU, knock)
        # Reading begins before the look at the state: nothing falls between them.
        self._tailers.ensure(who.exercise)
        state = self._floor.conduct.writer(who.exercise).view()
        member = state.members.get(who.member) if state else None
        if member is None or member.revoked:
            raise _refusal(NOT_YOURS, knock)
        listener = Listener(
            sid,
            who.exercise,
            member,
            token_hash(knock.token),
            knock.language,
            knock.html,
        )
        self._admit(listener)

    def disconnect(self, sid: str, _reason: object = None) -> None:
        """Forget a socket."""
        self._unheeded.pop(sid, None)
        self._floor.sockets.drop(sid)

    def sync(self, sid: str, asked: object = None) -> object:
        """Return what a stream holds past a cursor, a page at a time."""
        listener = self._floor.sockets.get(sid)
        if listener is None:
            return self._server.not_handled
        if wait := self._asking.wait(listener.who):
            return self._slow(listener, _no(too_fast(wait), listener))
        cursors = _cursors(asked)
        if cursors is None:
            return _no(SHAPE, listener, "cursors")
        if set(cursors) - {listener.stream}:
            return _no(NOT_YOURS, listener, "cursors")
        try:
            return self._synced(listener, cursors.get(listener.stream, 0))
        except Exception as error:  # noqa: BLE001 - the edge of a handler: the client asks again
            Mishaps(LOG).tell(error, "Could not bring a socket up to date")
            return self._server.not_handled

    def command(self, sid: str, payload: object = None) -> object:
        """Return the ack of a command; none at all when its outcome is unknown."""
        listener = self._floor.sockets.get(sid)
        if listener is None:
            return self._server.not_handled
        sender = Sender(listener.exercise, listener.member.id, listener.language)
        try:
            answer = self._intake.take(sender, payload)
        except Exception:  # the edge of a handler: nothing above could answer
            LOG.exception("A command failed")
            return _no(FAILED, listener)
        if answer is None:
            return self._server.not_handled
        told, refusal = answer
        fast = refusal is not None and refusal.code == TOO_FAST
        return self._slow(listener, told) if fast else told

    def seen(self, sid: str, mark: object = None) -> object:
        """Note how far a member has read."""
        listener = self._floor.sockets.get(sid)
        if listener is None:
            return self._server.not_handled
        if wait := self._asking.wait(listener.who):
            return self._slow(listener, _no(too_fast(wait), listener))
        match mark:
            case {"audience": str(audience), "position": int(position)} if (
                position >= 0 and not isinstance(position, bool)
            ):
                return self._see(listener, audience, position)
            case _:
                return _no(SHAPE, listener, "position")

    def _slow(self, listener: Listener, told: Json) -> Json:
        """Tell one to wait; whoever goes on and on is cut."""
        self._unheeded[listener.sid] += 1
        if self._unheeded[listener.sid] > HEED:
            self._floor.sender.cut(listener, UNHEEDED)
        return told

    def _see(self, listener: Listener, audience: str, position: int) -> Json:
        if audience != listener.stream:
            return _no(NOT_YOURS, listener, "audience")
        head = self._floor.timeline.heads(listener.exercise).get(audience, 0)
        exercise, position = listener.exercise, min(position, head)
        before, after = self._directory.see(
            exercise, audience, listener.member.id, position
        )
        self._readings.saw(exercise, audience, before, after)
        return {"ok": True, "audience": audience, "position": position}

    def _may_hear(self, listener: Listener) -> bool:
        """Tell whether a socket's member still sits where its stream is."""
        state = self._floor.conduct.writer(listener.exercise).view()
        member = state.members.get(listener.member.id) if state else None
        if member is None or member.revoked:
            return False
        return member.stream == listener.stream

    def _synced(self, listener: Listener, after: int) -> Json:
        timeline, stream = self._floor.timeline, listener.stream
        head = timeline.heads(listener.exercise).get(stream, 0)
        # A cursor from another life of the database begins anew.
        start = after if 0 <= after <= head else 0
        page = self._floor.pages.after(listener.exercise, stream, start, listener.voice)
        own = page.by(stream)
        read = self._directory.read_by(listener.exercise, own) if own else {}
        # Asked after all is read: what came after one's leave is not told.
        if not self._may_hear(listener):
            return _no(NOT_YOURS, listener, "cursors")
        told = {
            "entries": orjson.Fragment(page.data),
            "head": head,
            "read": {entry: list(by) for entry, by in read.items()},
        }
        return {"ok": True, "epoch": timeline.epoch(), "audiences": {stream: told}}

    def _knock(self, environ: Mapping[str, Any], auth: object) -> Knock:
        told = auth if isinstance(auth, dict) else {}
        cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
        token = told.get("token")
        if not isinstance(token, str):
            token = token_in(cookies.get(COOKIE, ""), self._secret)
        return Knock(
            token=token,
            membership=str(told.get("membership") or ""),
            language=_language(told.get("lang"), cookies.get("lang"), environ),
            html=told.get("html") is not False,
        )

    def _membership(self, knock: Knock) -> Membership | None:
        if not knock.token:
            return None
        mine = [one for one in self._directory.memberships(knock.token) if one.exercise]
        if knock.membership:
            mine = [one for one in mine if one.member == knock.membership]
        return mine[0] if mine else None

    def _admit(self, listener: Listener) -> None:
        sockets, sender = self._floor.sockets, self._floor.sender
        earlier = sockets.of_member(listener.exercise, listener.member.id)
        for one in earlier[: max(0, len(earlier) + 1 - A_MEMBER)]:
            sender.cut(one, TOO_MANY)
        sockets.add(listener)


def _cursors(asked: object) -> dict[str, int] | None:
    match asked:
        case {"cursors": dict() as cursors}:
            fits = all(type(one) is int for one in cursors.values())
            return cursors if fits else None
        case None | {}:
            return {}
        case _:
            return None


def _language(told: object, cookie: str | None, environ: Mapping[str, Any]) -> str:
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE"))
    asked = [told if isinstance(told, str) else "", cookie or "", *accepted.values()]
    return preferred([one for one in asked if one])


def _refusal(refusal: Refusal, knock: Knock) -> Refused:
    said = refused(refusal, knock.language)
    return Refused(said["message"], said)


def _no(refusal: Refusal, listener: Listener, field: str = "") -> Json:
    values = {**refusal.values, "field": field}
    told = Refusal(refusal.code, refusal.message, values, field or refusal.field)
    return refused(told, listener.language)
