"""Whose browser or program this is: a cookie that holds a random id, or a bearer token.

Everything else about a session is in the directory: which members its holder may act
as. The id is signed, so that a stranger cannot make up browsers to guess codes with.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SessionInterface, SessionMixin

from exercise.domain.identity import Member
from exercise.domain.state import Exercise
from exercise.service.directory import HOST, Membership
from exercise.web.services import services

COOKIE = "detente"
LIFETIME_S = 30 * 24 * 3600
# Programs, probes and files get no cookie.
COOKIELESS = (
    "/api/", "/static/", "/favicon.ico", "/healthz", "/readyz", "/metrics",
)  # fmt: skip


class BrowserSession(dict[str, Any], SessionMixin):
    """A browser's session as Flask sees it: its id, and the word its forms carry.

    The id changes whenever the browser may do more than before; the word stays, so
    that the forms in its other tabs still work.
    """

    def __init__(self, token: str, word: str, *, new: bool) -> None:
        super().__init__(csrf_token=word)
        self.token = token
        self.word = word
        self.new = new
        self.modified = new

    def renew(self, token: str) -> None:
        """Go on under another id."""
        self.token, self.modified = token, True


class Cookies(SessionInterface):
    """Reads and writes the session cookie."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._secret = secret
        self._secure = secure

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """Return the session of a request; a cookie that we did not sign is none."""
        del app
        token, word = _parts(request.cookies.get(COOKIE, ""), self._secret)
        if token:
            return BrowserSession(token, word, new=False)
        fresh = services().fresh_token
        return BrowserSession(fresh(), fresh(), new=True)

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Set the cookie where it is new, on pages only."""
        del app
        if not isinstance(session, BrowserSession) or not session.modified:
            return
        if request.path.startswith(COOKIELESS):
            return
        response.vary.add("Cookie")
        response.set_cookie(
            COOKIE,
            signed(session.token, session.word, self._secret),
            max_age=LIFETIME_S,
            httponly=True,
            samesite="Lax",
            secure=self._secure or request.is_secure,
        )


def signed(token: str, word: str, secret: str) -> str:
    """Return the cookie's value for a session's id and the word of its forms."""
    return f"{token}.{word}.{_mac(secret, token, word)}"


def token_in(cookie: str, secret: str) -> str:
    """Return the session id in a cookie's value, or nothing if we did not sign it."""
    return _parts(cookie, secret)[0]


def _parts(cookie: str, secret: str) -> tuple[str, str]:
    """Return id and word in a cookie's value, or nothing if we did not sign it."""
    match cookie.split("."):
        case [token, word, mac] if token and cookie.isascii():
            ours = hmac.compare_digest(mac, _mac(secret, token, word))
            return (token, word) if ours else ("", "")
        case _:
            return "", ""


def _mac(secret: str, token: str, word: str) -> str:
    told = f"cookie/{token}/{word}".encode()
    return hmac.new(secret.encode(), told, "sha256").hexdigest()[:43]


def browser() -> BrowserSession:
    """Return the session of this request."""
    found: Any = session
    current: BrowserSession = found._get_current_object()  # noqa: SLF001 - Flask's own way to the object behind a proxy
    return current


def bearer() -> str:
    """Return the token a program sent, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def holder() -> str:
    """Return the token that says who this is: a program's, else the browser's."""
    return bearer() or browser().token


def token_hash(token: str) -> str:
    """Return a token as the directory's log of logouts names it."""
    return sha256(token.encode()).hexdigest()


def memberships() -> Sequence[Membership]:
    """Return whom the sender of this request may act as."""
    if "memberships" not in g:
        g.memberships = services().directory.memberships(holder())
    found: Sequence[Membership] = g.memberships
    return found


def is_host() -> bool:
    """Tell whether the sender may open exercises."""
    return Membership("", HOST) in memberships()


def state_of(exercise: str) -> Exercise | None:
    """Return an exercise's state now, or None if there is no such exercise."""
    if "states" not in g:
        g.states = {}
    known: dict[str, Exercise | None] = g.states
    if exercise not in known:
        known[exercise] = _look(exercise)
    return known[exercise]


def _look(exercise: str) -> Exercise | None:
    try:
        return services().conduct.writer(exercise).view()
    except KeyError:
        return None


def members_in(exercise: str) -> list[Member]:
    """Return the members the sender may act as in an exercise, revoked ones left out.

    `X-Membership` or `?as=` puts one of several first.
    """
    state = state_of(exercise)
    if state is None:
        return []
    mine = {one.member for one in memberships() if one.exercise == exercise}
    wanted = request.headers.get("X-Membership") or request.args.get("as", "")
    found = [state.members[one] for one in mine if one in state.members]
    found = [one for one in found if not one.revoked]
    return sorted(found, key=lambda one: (one.id != wanted, one.id))


def admit(exercise: str, member: str) -> None:
    """Let this browser act as a member, under a fresh session id."""
    with_it, current = services(), browser()
    fresh = with_it.fresh_token()
    with_it.directory.replace_token(current.token, fresh)
    with_it.enrol.admit(fresh, exercise, member)
    with_it.floor.sockets.rename(token_hash(current.token), token_hash(fresh))
    current.renew(fresh)
    g.pop("memberships", None)
