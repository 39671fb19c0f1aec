"""Takes a client's command to the writer, and says what became of it."""

from dataclasses import dataclass
from typing import TypeAlias

from exercise.domain.commands import Invite
from exercise.domain.identity import Member
from exercise.service.conduct import Conduct
from exercise.service.directory import Directory
from exercise.service.drafts import Draft, Edit, Place
from exercise.service.enrol import Enrol
from exercise.service.ports import WallClock
from exercise.service.requests import Ack, Refusal, Request, Unanswered
from exercise.web import wire
from exercise.web.limits import Limits
from exercise.web.refusals import NOT_YOURS, acked, refused, too_fast

Json: TypeAlias = dict[str, object]
Answer: TypeAlias = tuple[Json, Refusal | None] | None
"""What to send back and, if it is a refusal, which; None if nobody knows."""

LOCKED = Refusal("locked", "{who} is writing here just now.")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a member of an exercise, in a language."""

    exercise: str
    member: str
    language: str


class Intake:
    """The one way from a socket or a request to the writer."""

    def __init__(
        self,
        conduct: Conduct,
        directory: Directory,
        enrol: Enrol,
        clock: WallClock,
        limits: Limits,
    ) -> None:
        self._conduct = conduct
        self._directory = directory
        self._enrol = enrol
        self._clock = clock
        self._limits = limits

    def take(self, sender: Sender, payload: object) -> Answer:
        """Return the answer to a payload; None when its outcome is unknown."""
        wait = self._limits.wait(f"{sender.exercise}/{sender.member}")
        if wait:
            return _no(too_fast(wait), sender)
        try:
            id_, command = wire.read(payload)
        except wire.Malformed as no:
            return _no(no.refusal, sender)
        if isinstance(command, wire.DraftSaved):
            return self._draft(sender, command)
        request = Request(sender.member, id_, command)
        match self._conduct.submit(sender.exercise, request):
            case Ack() as ack:
                link = self._link(sender, command, ack)
                return {**acked(ack), **link}, None
            case Refusal() as refusal:
                return _no(refusal, sender)
            case Unanswered():
                return None

    def _link(self, sender: Sender, command: object, ack: Ack) -> Json:
        """Return the one-time link of somebody just invited."""
        if not isinstance(command, Invite) or ack.id is None:
            return {}
        token = self._enrol.link(sender.exercise, command.role, ack.id)
        return {"link": f"/link/{token}"}

    def _draft(self, sender: Sender, draft: wire.DraftSaved) -> Answer:
        member = self._member(sender)
        if member is None or member.role != "delegate":
            return _no(NOT_YOURS, sender)
        where = Place(sender.exercise, member.delegation)
        now_ms = self._clock.now_ms()
        if not draft.key:
            stand = self._directory.drafts(where)
            told = [{**self._shown(sender, one), "text": one.body} for one in stand]
            return {**self._kept(now_ms, {}), "drafts": told}, None
        if draft.text is None:
            return self._kept(now_ms, self._stands(sender, where, draft.key)), None
        if not draft.text:
            self._directory.drop_draft(where, draft.key)
            return self._kept(now_ms, {"key": draft.key}), None
        edit = Edit(draft.key, draft.text, member.id, now_ms, draft.how)
        stands = self._directory.save_draft(where, edit)
        shown = self._shown(sender, stands)
        if stands.member == member.id:
            return self._kept(now_ms, shown), None
        locked = Refusal(LOCKED.code, LOCKED.message, {"who": shown["by"]})
        answer, _ = _no(locked, sender)
        return {**answer, "draft": {**shown, "text": stands.body}}, locked

    def _stands(self, sender: Sender, where: Place, key: str) -> Json:
        """Return a draft as it stands, for whoever opens its form."""
        for one in self._directory.drafts(where):
            if one.key == key:
                return {**self._shown(sender, one), "text": one.body}
        return {"key": key}

    def _member(self, sender: Sender) -> Member | None:
        state = self._conduct.writer(sender.exercise).state
        member = state.members.get(sender.member) if state else None
        return None if member is None or member.revoked else member

    def _shown(self, sender: Sender, draft: Draft) -> Json:
        state = self._conduct.writer(sender.exercise).state
        return {
            "key": draft.key,
            "by": state.name_of(draft.member) if state else "",
            "mine": draft.member == sender.member,
            "locked_until_ms": draft.locked_until_ms,
            "writing": draft.locked_until_ms > self._clock.now_ms(),
        }

    def _kept(self, now_ms: int, draft: Json) -> Json:
        return {
            "ok": True,
            "id": None,
            "position": None,
            "audience": None,
            "at_ms": now_ms,
            "draft": draft,
        }


def _no(refusal: Refusal, sender: Sender) -> tuple[Json, Refusal]:
    return refused(refusal, sender.language), refusal
