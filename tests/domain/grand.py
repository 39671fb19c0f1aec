"""One long story in which everything happens that can happen."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain.fields import Fields
from exercise.domain.scenario import Attachment, CapitalDelay, Scenario
from tests.domain.given import Story, running
from tests.domain.small import MINUTE, a_scenario, an_inject

REASON = "The hall's network was down, as the log of the platform shows."


def _act(instrument: str, *to: str, about: str = "", **fields: object) -> c.Act:
    return c.Act(
        instrument=instrument,
        to=to,
        about=about,
        fields=fields,  # type: ignore[arg-type] # the rules check them
    )


def a_grand_story() -> Story:
    """Return a story whose timeline holds every kind of entry at least once."""
    story = running(a_grand_scenario())
    tell(story)
    return story


def a_grand_scenario() -> Scenario:
    """Return the small scenario with all that the story needs."""
    base = a_scenario()
    extra = an_inject(
        "papers",
        MINUTE,
        ("all",),
        channel="cable",
        tlp="GREEN",
        body="FROM: Ministry\nSUBJECT: Papers\n\n1. First.\n2. Second.\n\n| a | b |\n",
        attachments=(Attachment(file="map.pdf", sha256="0" * 64, bytes=3),),
        sender="Ministry",
    )
    slow = CapitalDelay(instruments=("expel_diplomats",), delay_ms=2 * MINUTE)
    delegations = tuple(
        replace(one, capital_delay=(slow,)) if one.id == "ORL" else one
        for one in base.delegations
    )
    return replace(
        base,
        injects=(extra, *base.injects),
        two_seats=("press_line",),
        delegations=delegations,
    )


def tell(story: Story) -> None:
    """Let everything happen in a story that has just started."""
    story.later(7)
    _script(story)
    _talk(story)
    _texts(story)
    _forum(story)
    _help(story)
    _measures(story)
    _waits(story)
    story.later(12)
    story.do(
        c.AnswerProbe(probe="P1", attribution={"organ": 30, "proxy": 70}, severity=2),
        "ves",
    )
    _evaluation(story)


def _script(story: Story) -> None:
    story.do(c.Release(inject="session", undo_ms=5_000), "fac")
    story.do(c.Undo(inject="session"), "fac2")
    story.do(c.Hold(inject="session", on=False), "fac")
    story.do(c.Revise(inject="session", title="Council", at="T+0:40"), "fac")
    story.do(c.Hold(), "fac")
    story.do(c.Hold(on=False), "fac")
    story.do(c.Skip(inject="spare", reason="No time"), "fac")
    story.do(c.Release(inject="session"), "fac")
    story.do(c.Recall(inject="papers", reason="Wrong annex"), "fac")
    story.do(
        c.ReplyAs(speaker="Dorvane", title="No", body="No comment.", audience="public"),
        "fac",
    )
    story.do(c.SetRate(rate=2), "fac")
    story.do(c.Shift(by_ms=MINUTE), "fac")
    story.do(c.Pause(reason="Sound fails"), "fac")
    story.do(c.Resume(), "fac")


def _talk(story: Story) -> None:
    first = next(one.id for one in story.entries if one.event.KIND == "inject_released")
    story.do(c.Join(member="ves2", role="delegate", delegation="VES", seat="legal"))
    story.do(c.Acknowledge(about=first), "ves")
    ask: Fields = {
        "subject": "The loader",
        "known": "It beacons.",
        "unknown": "Who.",
        "asked": "Do you know?",
        "reply_in": 5,
        "tlp": "AMBER",
        "citations": ("UN-NORM:13c", "OSCE-CBM:3"),
    }
    story.do(c.Act(instrument="clarification_request", to=("KAS",), fields=ask), "ves")
    question = story.last("act_issued").id
    story.do(_act("reply", about=question, text="We look."), "kas")
    story.do(c.ShareItem(item="loader", to=("HGA", "ORL"), about=first), "ves")
    story.do(
        _act(
            "public_attribution",
            "KAS",
            text="We name.",
            confidence="high",
            belief={"organ": 80, "proxy": 20},
            claims={"attribution": "organ"},
            evidence=(first,),
            responsibility="ordered",
        ),
        "ves",
    )
    story.do(_act("press_line", text="No comment."), "ves")
    story.do(c.Countersign(about=story.last("act_prepared").id), "ves2")
    story.do(
        _act(
            "countermeasure",
            "KAS",
            text="We act.",
            basis="LAW:CM",
            proportionality="Small.",
            notice_given=False,
        ),
        "ves",
    )
    story.do(c.Call(to="KAS"), "orl")
    call = story.last("call_opened").id
    story.do(c.AnswerCall(call=call), "kas")
    story.do(c.Say(call=call, text="Good evening."), "orl")
    story.do(c.HangUp(call=call), "kas")


def _texts(story: Story) -> None:
    draft = c.Propose(
        title="Joint text",
        body="We regret.",
        parties=("VES", "ORL", "KAS"),
        claims={"attribution": "undetermined"},
        citations=("UN-NORM:13f",),
        silence_ms=10 * MINUTE,
    )
    story.do(draft, "orl")
    text = story.last("text_proposed").id
    story.do(c.BreakSilence(text=text, reason="Not yet"), "kas")
    story.do(c.Amend(text=text, body="We deplore.", remark="Stronger"), "kas")
    story.do(c.Sponsor(text=text), "ves")
    story.do(c.Reserve(text=text, reservation="Line 1"), "orl")
    story.do(c.Sign(text=text), "orl")
    story.do(c.Decline(text=text, reason="Too strong"), "ves")
    story.do(replace(draft, silence_ms=None, plan="notice", claims={}), "orl")
    notice = story.last("text_proposed").id
    story.do(c.Sign(text=notice), "ves")
    story.do(c.Sign(text=notice), "kas")
    voted = replace(draft, silence_ms=None, vote_ms=5 * MINUTE, binding=True)
    story.do(voted, "orl")
    motion = story.last("text_proposed").id
    story.do(c.Vote(text=motion, choice="abstain"), "kas")
    story.do(c.Vote(text=motion, choice="for"), "ves")
    story.do(replace(draft, silence_ms=None), "orl")
    disputed = story.last("text_proposed").id
    story.do(c.Amend(text=disputed, clause=1, body="We deplore."), "kas")
    story.do(c.Amend(text=disputed, clause=2, body="We share.", remark="More"), "ves")
    story.do(c.SettleBracket(text=disputed, bracket=1, accept=True), "orl")
    story.do(c.SettleBracket(text=disputed, bracket=2, accept=False), "ves")
    story.do(replace(draft, silence_ms=None), "orl")
    failed = story.last("text_proposed").id
    story.do(c.Decline(text=failed), "ves")
    story.do(c.Decline(text=failed), "kas")


def _forum(story: Story) -> None:
    call = _act(
        "convene_forum", "VES", "KAS", subject="Outage", text="1. Facts\n2. Words"
    )
    story.do(call, "orl")
    room = story.last("forum_opened").id
    story.do(c.Admit(forum=room, delegations=("HGA",)), "fac")
    story.do(c.AskFloor(forum=room), "ves")
    story.do(c.AskFloor(forum=room), "kas")
    story.do(c.AskFloor(forum=room, on=False), "kas")
    story.do(c.GiveFloor(forum=room), "orl")
    story.do(c.Speak(forum=room, text="The east is dark."), "ves")
    story.do(c.YieldFloor(forum=room), "ves")
    story.do(c.RecordMinutes(forum=room, text="VES reported."), "orl")
    story.do(c.TakeUp(forum=room, item=2), "orl")
    story.do(
        c.Propose(
            title="Words of the session",
            body="We regret.",
            parties=("VES", "KAS"),
            claims={},
            vote_ms=5 * MINUTE,
            quorum=3,
            forum=room,
        ),
        "orl",
    )
    story.do(c.CloseForum(forum=room, conclusion="We meet again."), "orl")
    story.do(_act("tech_exchange", "HGA", subject="Loader", text="Logs"), "ves")
    exchange = story.last("forum_opened").id
    story.do(c.ShareItem(item="loader", forum=exchange), "ves")


def _help(story: Story) -> None:
    story.do(_act("offer_assistance", "ORL", type="forensics", text="We come."), "ves")
    story.do(_act("accept_assistance", about=story.last("act_issued").id), "orl")
    promise = story.last("commitment_made").id
    story.do(_act("deliver_assistance", about=promise, text="Done."), "ves")
    story.do(_act("confirm_assistance", about=promise), "orl")


def _waits(story: Story) -> None:
    expel = _act(
        "expel_diplomats", "KAS", text="Two.", basis="LAW:RET", proportionality="Few."
    )
    story.do(expel, "orl")
    story.do(c.Withdraw(about=story.last("act_referred").id), "orl")
    story.do(expel, "orl")
    story.do(c.UpdateContact(number=1, layer="technical", title="CERT-ORL"), "orl")
    story.do(c.Rename(name="Head of ORL"), "orl")


def _measures(story: Story) -> None:
    """Two joint measures: one is taken, one lapses."""
    parts = {
        "measure": "sanctions_listing",
        "target": "KAS",
        "text": "We list two firms.",
        "basis": "LAW:RET",
        "proportionality": "Two firms, one year.",
        "reply_in": 5,
        "citations": ("LAW:RET",),
    }
    for answer in (_act("join_measure", basis="domestic"), _act("decline_measure")):
        story.do(_act("joint_measure", "ORL", **parts), "ves")
        proposal = story.last("act_issued").id
        story.do(replace(answer, about=proposal), "orl")


def _evaluation(story: Story) -> None:
    story.do(c.TakeSeat(seat="legal"), "kas")
    story.do(c.Revoke(member="fac2", reason="Went home"), "fac")
    story.do(c.Note(text="Good instinct."), "fac")
    story.do(c.MarkObjective(objective="talk", met="partly", note="Late"), "fac")
    story.do(c.Exclude(delegation="HGA", reason="They left"), "fac")
    story.do(c.End(confirm="END"), "fac")
    story.do(c.Adjudicate(entry="e20", ruling="excluded", reason=REASON), "eva")
    story.do(
        c.Override(indicator="T", from_=40, to=50, reason=REASON, entries=("e20",)),
        "eva",
    )
    wide = c.Override(
        indicator="R", from_=40, to=80, reason=REASON, entries=("e20",), second="tra"
    )
    story.do(wide, "eva")
    waiting = story.last("indicator_overridden").id
    story.do(c.ConfirmOverride(override=waiting), "tra")
    story.do(
        c.CarryPlan(
            source="Spring run", area="Slow", action="Train", owner="MFA", due="2031-01"
        )
    )
    item = story.last("plan_carried").id
    story.do(c.MarkPlan(item=item, status="done"), "fac")
    story.do(c.Rate(subject="talk", rating="S", note="Fine"), "eva")
    story.do(c.CloseRatings(reason="All seen"), "eva")
    story.do(c.Pin(entry="e20", label="They rang"), "tra")
    finding = c.Finding(
        sort="improvement", title="Slow", observation="They waited.", entries=("e20",)
    )
    story.do(finding, "tra")
    id_ = story.last("finding_written").id
    story.do(c.Plan(finding=id_, action="Train", owner="MFA", due="2031-04"), "tra")
    story.do(c.Survey(answers={"useful": "yes"}), "ves")
    story.do(c.Survey(answers={"useful": "no"}, anonymous=True), "kas")
    story.do(c.Redact(entry=story.last("note_written").id, reason="Private"))
    story.do(
        c.Seal(head_seq=1, head_hash="0" * 64, tree_root="1" * 64, signature="2" * 128)
    )
