"""Requests and private contacts between delegations, and what was answered."""

from collections import defaultdict

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.events import (
    Acknowledged,
    ActIssued,
    CallAnswered,
    CallLine,
    CallOpened,
    ItemShared,
)
from exercise.domain.moment import Recorded
from exercise.domain.scoring.ledger import Contact, Line, Request
from exercise.domain.scoring.spec import REPLY_MS

# These say that something happened or is over; they ask nothing.
_TELLING = ("notification", "closure", "follow_up")
# The press asks to know, not to coordinate: no loop of the network hangs on it.
_FROM_OUTSIDE = ("press_question",)
_PRIVATE_WORD = (
    "clarification_request",
    "poc_message",
    "consult",
    "private_demarche",
    "call_to_comply",
)


class Conversation:
    """Every request to one delegation, and every private contact, so far."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.contacts: dict[tuple[str, str], list[Contact]] = defaultdict(list)
        self.calls: list[Request] = []
        self._asked: dict[str, list[Request]] = defaultdict(list)
        self._told: dict[str, list[Contact]] = defaultdict(list)
        self._pings: set[str] = set()

    def feed(self, entry: Recorded) -> None:
        """Take the next entry."""
        event = entry.event
        match event:
            case CallOpened():
                self._ring(entry, event)
            case CallAnswered(call=call, callee=callee):
                self._answered(call, Line(entry.id, entry.at_ms, callee))
            case CallLine(call=call):
                self._replied(
                    call, Line(entry.id, entry.at_ms, entry.author.delegation)
                )
            case ActIssued():
                self._act(entry, event)
            case ItemShared(about=about):
                self._close(about, entry)
            case Acknowledged(about=about) if about in self._pings:
                # A ping asks for nothing but a sign of life.
                self._close(about, entry)
            case _:
                pass

    def _ring(self, entry: Recorded, event: CallOpened) -> None:
        request = Request(
            entry.id,
            entry.at_ms,
            event.caller,
            event.callee,
            "hotline_call",
            event.rings_until_ms,
        )
        self.calls.append(request)
        self._ask(request)
        self._tell(entry, event.caller, event.callee, None)
        # A call that is taken is a contact of both sides.
        self._tell(entry, event.callee, event.caller, None, only_if_answered=True)

    def _act(self, entry: Recorded, event: ActIssued) -> None:
        self._close(event.answers, entry)
        if event.about != event.answers:
            self._close(event.about, entry)
        by = entry.author.delegation
        others = [one for one in dict.fromkeys(event.to) if one != by]
        if _asks(event):
            if event.fields.get("type") == "ping":
                self._pings.add(entry.id)
            due = entry.at_ms if event.reply_by_ms is None else event.reply_by_ms
            for one in others:
                self._ask(
                    Request(entry.id, entry.at_ms, by, one, event.instrument, due)
                )
        if event.instrument in _PRIVATE_WORD and not event.public:
            for one in others:
                self._tell(entry, by, one, event.reply_by_ms)

    def _ask(self, request: Request) -> None:
        self.requests.append(request)
        self._asked[request.entry].append(request)

    def _tell(
        self,
        entry: Recorded,
        by: str,
        to: str,
        reply_by_ms: int | None,
        *,
        only_if_answered: bool = False,
    ) -> None:
        due = entry.at_ms + REPLY_MS if reply_by_ms is None else reply_by_ms
        contact = Contact(entry.id, entry.at_ms, by, to, due)
        self._told[entry.id].append(contact)
        if not only_if_answered:
            self.contacts[by, to].append(contact)

    def _answered(self, call: str, line: Line) -> None:
        for request in self._asked.get(call, ()):
            request.answers.append(line)
        for contact in self._told.get(call, ()):
            known = self.contacts[contact.by, contact.to]
            if contact not in known:
                known.append(contact)

    def _replied(self, about: str, line: Line) -> None:
        for contact in self._told.get(about, ()):
            if contact.to == line.by:
                contact.replies.append(line)

    def _close(self, about: str, entry: Recorded) -> None:
        if not about:
            return
        line = Line(entry.id, entry.at_ms, entry.author.delegation)
        for request in self._asked.get(about, ()):
            if request.to == line.by:
                request.answers.append(line)
        self._replied(about, line)


def _asks(event: ActIssued) -> bool:
    """Say whether an act asks its addressees for an answer."""
    instrument = INSTRUMENTS.get(event.instrument)
    if instrument is None or not instrument.request or event.public:
        return False
    if event.instrument in _FROM_OUTSIDE:
        return False
    if event.instrument == "poc_message" and event.fields.get("type") in _TELLING:
        return False
    return not event.answers
