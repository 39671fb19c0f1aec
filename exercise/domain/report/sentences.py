"""What an entry says in one line of a report, without the words that were private."""

from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.report.meetings import meeting
from exercise.domain.scenario import said
from exercise.domain.scoring import Message, say

_STANDINGS = {"open": "open again", "done": "done", "carried": "carried on"}
_RULINGS = {
    "substantive": "substantive",
    "not_substantive": "not substantive",
    "excluded": "excluded",
    "platform_late": "late by a fault of the platform",
}


def sentence(event: e.Event, who: str) -> Message:
    """Return one line about what happened; `who` is the delegation that did it."""
    match event:
        case e.InjectReleased():
            return _released(event)
        case e.InjectRecalled(number=number, reason=reason):
            return say("%(number)s recalled: %(why)s", number=number, why=reason)
        case e.InjectSkipped(number=number, title=title):
            return say(
                "%(number)s not released: %(title)s", number=number, title=said(title)
            )
        case e.Acknowledged(title=title):
            return say("%(who)s took note of “%(title)s”", who=who, title=said(title))
        case e.ActIssued(instrument=instrument, to=to):
            return _act(who, instrument, to)
        case e.MeasureAdopted(adopters=adopters, target=to, instrument=instrument):
            return _act(", ".join(adopters), instrument, (to,))
        case e.MeasureLapsed(instrument=instrument):
            title = INSTRUMENTS[instrument].title
            return say("Joint measure not taken: %(what)s", what=title)
        case e.ItemShared(title=title, to=to):
            return say(
                "%(who)s shared “%(title)s” with %(to)s",
                who=who,
                title=title,
                to=", ".join(to),
            )
        case (
            e.CallOpened() | e.CallAnswered() | e.CallClosed() | e.CallLine()
        ) as call:
            return _call(call)
        case e.CommitmentMade(promisor=by, beneficiary=to, type=kind):
            return say("%(who)s promised %(to)s: %(what)s", who=by, to=to, what=kind)
        case e.CommitmentDelivered(promisor=by, beneficiary=to, type=kind):
            return say(
                "%(who)s delivered to %(to)s: %(what)s", who=by, to=to, what=kind
            )
        case e.CommitmentConfirmed(promisor=by, beneficiary=to, type=kind):
            return say("%(to)s confirmed receipt: %(what)s", who=by, to=to, what=kind)
        case _ if isinstance(event, e.TextChange | e.TextEnd):
            return _text(event, who)
        case _ if isinstance(event, e.ForumChange | e.ForumWord):
            return meeting(event, who)
        case e.ProbeAnswered(probe=probe):
            return say("%(who)s answered probe %(probe)s", who=who, probe=probe)
        case e.ProbeOpened(title=title):
            return say("Probe opened: %(title)s", title=title)
        case e.ProbeClosed(title=title):
            return say("Probe closed: %(title)s", title=title)
        case e.PhaseBegan(title=title, number=number):
            return say("Phase %(number)d begins: %(title)s", number=number, title=title)
        case e.Started():
            return say("STARTEX")
        case e.Ended(aborted=aborted):
            return say("Exercise broken off") if aborted else say("ENDEX")
        case e.RatingsClosed(whole=whole):
            closed = "The ratings are closed" if whole else "An evaluator has rated"
            return say(closed)
        case e.PlanCarried(source=source):
            return say("A line of the plan comes from “%(source)s”", source=source)
        case e.PlanMarked(status=status):
            return say("A line of the plan is %(status)s", status=_STANDINGS[status])
        case e.OverrideConfirmed(indicator=indicator):
            return say("The value set for %(id)s is confirmed", id=indicator)
        case e.Adjudicated(ruling=ruling):
            return say("Ruled %(ruling)s", ruling=_RULINGS[ruling])
        case _:
            return say("%(kind)s", kind=event.KIND.replace("_", " "))


def _released(event: e.InjectReleased) -> Message:
    """Return the line of a release: the original, and in what other words it went."""
    title = said(event.title, event.original)
    if isinstance(event.body, dict) and event.language in event.body:
        return say(
            "%(number)s released in %(language)s: %(title)s",
            number=event.number,
            language=event.language,
            title=title,
        )
    return say("%(number)s released: %(title)s", number=event.number, title=title)


def _act(who: str, instrument: str, to: tuple[str, ...]) -> Message:
    known = INSTRUMENTS.get(instrument)
    title = instrument if known is None else known.title
    if to:
        return say("%(who)s to %(to)s: %(what)s", who=who, to=", ".join(to), what=title)
    return say("%(who)s: %(what)s", who=who, what=title)


def _call(call: e.CallOpened | e.CallAnswered | e.CallClosed | e.CallLine) -> Message:
    caller, callee = call.caller, call.callee
    match call:
        case e.CallOpened():
            text = "%(by)s calls %(to)s on the hotline"
        case e.CallAnswered():
            text = "%(to)s takes the call of %(by)s"
        case e.CallClosed(how="missed"):
            text = "%(to)s misses the call of %(by)s"
        case e.CallClosed(how="declined"):
            text = "%(to)s declines the call of %(by)s"
        case e.CallClosed():
            text = "The call of %(by)s and %(to)s ends"
        case e.CallLine():
            text = "A line in the call of %(by)s and %(to)s"
    return say(text, by=caller, to=callee)


def _text(text: e.TextChange | e.TextEnd, who: str) -> Message:
    title = text.state.title
    match text:
        case e.TextProposed():
            line = "%(who)s proposed “%(title)s”"
        case e.TextAmended():
            line = "%(who)s amended “%(title)s”"
        case e.TextSponsored():
            line = "%(who)s sponsors “%(title)s”"
        case e.TextSigned():
            line = "%(who)s signed “%(title)s”"
        case e.TextDeclined():
            line = "%(who)s declined “%(title)s”"
        case e.TextReserved():
            line = "%(who)s made a reservation on “%(title)s”"
        case e.TextVoted():
            line = "%(who)s voted on “%(title)s”"
        case e.TextBracketed():
            line = "%(who)s put words of “%(title)s” in brackets"
        case e.BracketSettled(accepted=True):
            line = "%(who)s took bracketed words into “%(title)s”"
        case e.BracketSettled():
            line = "%(who)s dropped bracketed words of “%(title)s”"
        case e.SilenceBroken():
            line = "%(who)s broke silence on “%(title)s”"
        case e.TextPublished(state=state):
            signed = ", ".join(sorted(state.signed))
            line = "“%(title)s” published by %(signed)s"
            return say(line, title=title, signed=signed)
        case e.TextWithdrawn():
            line = "“%(title)s” failed"
    return say(line, who=who, title=title)
