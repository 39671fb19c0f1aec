"""Forums: a room with a chair, an agenda, a speakers' list, texts and minutes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.decide.forums import agenda_of
from exercise.domain.errors import Rejected
from exercise.domain.fields import Field, Fields
from exercise.domain.report import aar
from exercise.domain.scenario import Scenario
from exercise.domain.scenario.words import Kind
from tests.domain.given import Story, running
from tests.domain.small import MINUTE, a_scenario

AGENDA = "1. What is known\n2. What we say"
MEMBERS = ("KAS", "ORL", "VES")


def convening(*to: str, **more: Field) -> c.Act:
    fields: Fields = {"subject": "The outage", "text": AGENDA, **more}
    return c.Act(instrument="convene_forum", to=to, fields=fields)


def session(*to: str, by: str = "orl", **fields: Field) -> tuple[Story, str]:
    """Return a story in which ORL has convened VES and KAS, and the room's id."""
    story = running()
    story.do(convening(*(to or ("VES", "KAS")), **fields), by)
    return story, story.last("forum_opened").id


def peopled(**kinds: Kind) -> Scenario:
    """Return the small scenario with other kinds of delegations."""
    plain = a_scenario()
    parties = tuple(
        replace(one, kind=kinds.get(one.id, one.kind)) for one in plain.delegations
    )
    return replace(plain, delegations=parties)


def room_of(story: Story, forum: str) -> e.ForumState:
    return story.now().forums[forum]


def statement(story: Story, forum: str, who: str, words: str = "We say this.") -> None:
    """Let one delegation speak, from the list to the floor and back."""
    story.do(c.AskFloor(forum=forum), who)
    story.do(c.GiveFloor(forum=forum, to=who.upper()), "orl")
    story.do(c.Speak(forum=forum, text=words), who)
    story.do(c.YieldFloor(forum=forum), who)


# --- Convening ------------------------------------------------------------------


def test_an_act_that_convenes_opens_a_room_whose_author_chairs() -> None:
    story, forum = session()
    room = room_of(story, forum)
    assert (room.chair, room.members, room.sort) == ("ORL", MEMBERS, "emergency")
    assert room.agenda == ("What is known", "What we say")
    assert (room.title, room.item, room.forum) == ("The outage", 1, forum)
    act, opened = story.entries[-2:]
    assert isinstance(opened.event, e.ForumOpened)
    assert opened.event.about == act.id
    assert opened.audience == act.audience


@pytest.mark.parametrize("kind", INSTRUMENTS["convene_forum"].who)
def test_any_delegation_calls_an_emergency_session(kind: Kind) -> None:
    story = running(peopled(ORL=kind))
    story.do(convening("VES", session="emergency"), "orl")
    assert room_of(story, story.last("forum_opened").id).sort == "emergency"


@pytest.mark.parametrize("kind", ["state", "company", "cso", "media"])
def test_a_plenary_is_for_organisations_to_convene(kind: Kind) -> None:
    story = running(peopled(ORL=kind))
    refusal = story.refused(convening("VES", session="plenary"), "orl")
    assert (refusal.code, refusal.field) == ("forbidden", "fields.session")
    story = running(peopled(ORL="regional_org"))
    story.do(convening("VES"), "orl")
    assert room_of(story, story.last("forum_opened").id).sort == "plenary"


def test_the_press_convenes_no_multistakeholder_session() -> None:
    story = running(peopled(ORL="media"))
    told = convening("VES", session="multistakeholder")
    assert story.refused(told, "orl").field == "fields.session"


def test_an_agenda_has_items() -> None:
    story = running()
    for text in (" \n ", "\n".join(f"Item {n}" for n in range(41))):
        refusal = story.refused(convening("VES", text=text), "orl")
        assert refusal.field == "fields.text"
    assert agenda_of({"text": "2020 was hard\n- a\n3) b\n\n"}) == (
        "2020 was hard",
        "a",
        "b",
    )


def test_a_session_that_two_seats_must_sign_opens_when_the_second_has() -> None:
    story = running(replace(a_scenario(), two_seats=("convene_forum",)))
    story.do(c.Join(member="orl2", role="delegate", delegation="ORL", seat="legal"))
    story.do(convening("VES"), "orl")
    assert "forum_opened" not in story.kinds()
    story.do(c.Countersign(about=story.last("act_prepared").id), "orl2")
    assert room_of(story, story.last("forum_opened").id).chair == "ORL"


# --- Who reads it ---------------------------------------------------------------


def test_what_happens_in_a_room_is_read_there_and_by_facilitators_alone() -> None:
    story, forum = session()
    statement(story, forum, "ves")
    story.do(c.RecordMinutes(forum=forum, text="VES reported."), "orl")
    story.do(c.CloseForum(forum=forum), "orl")
    inside = {"VES", "ORL", "KAS", "facilitators", "evaluators"}
    meetings = [one for one in story.entries if _of_a_room(one.event)]
    assert len(meetings) == 7
    assert {one.audience for one in meetings} == {tuple(sorted(inside))}


def _of_a_room(event: e.Event) -> bool:
    return event.KIND.startswith(("forum_", "floor_", "agenda_", "minutes_"))


def test_a_newcomer_reads_what_happens_from_then_on() -> None:
    story, forum = session()
    statement(story, forum, "ves")
    assert not [one for one in story.kinds("HGA") if one.startswith("f")]
    story.do(c.Admit(forum=forum, delegations=("HGA", "VES")), "orl")
    assert story.last("forum_admitted").event.admitted == ("HGA",)  # type: ignore[union-attr] # this kind
    statement(story, forum, "hga")
    assert story.kinds("HGA")[-5:] == [
        "forum_admitted",
        "floor_asked",
        "floor_given",
        "forum_spoken",
        "floor_yielded",
    ]


def test_a_facilitator_invites_and_closes() -> None:
    story, forum = session()
    story.do(c.Admit(forum=forum, delegations=("HGA",)), "fac")
    story.do(c.CloseForum(forum=forum, conclusion="Time."), "fac")
    assert room_of(story, forum).status == "closed"
    assert room_of(story, forum).members == ("HGA", *MEMBERS)
    assert story.refused(c.AskFloor(forum=forum), "fac").code == "forbidden"


def test_who_is_in_the_room_is_not_invited_again() -> None:
    story, forum = session()
    again = c.Admit(forum=forum, delegations=("VES",))
    assert story.refused(again, "orl").field == "delegations"
    nobody = c.Admit(forum=forum, delegations=("XXX",))
    assert story.refused(nobody, "orl").field == "delegations"


# --- The floor ------------------------------------------------------------------


def test_the_list_is_served_in_the_order_of_asking() -> None:
    story, forum = session()
    for who in ("kas", "ves", "orl"):
        story.do(c.AskFloor(forum=forum), who)
    assert room_of(story, forum).speakers == ("KAS", "VES", "ORL")
    served = []
    for _ in range(3):
        story.do(c.GiveFloor(forum=forum), "orl")
        served.append(room_of(story, forum).floor)
        story.do(c.YieldFloor(forum=forum), "orl")
    assert served == ["KAS", "VES", "ORL"]
    assert story.refused(c.GiveFloor(forum=forum), "orl").code == "nobody-waits"


def test_a_delegation_waits_once_until_it_has_spoken() -> None:
    story, forum = session()
    story.do(c.AskFloor(forum=forum), "ves")
    assert story.refused(c.AskFloor(forum=forum), "ves").code == "waiting"
    story.do(c.GiveFloor(forum=forum), "orl")
    assert story.refused(c.AskFloor(forum=forum), "ves").field == "forum"
    story.do(c.YieldFloor(forum=forum), "ves")
    story.do(c.AskFloor(forum=forum), "ves")
    story.do(c.AskFloor(forum=forum, on=False), "ves")
    assert story.refused(c.AskFloor(forum=forum, on=False), "ves").field == "on"
    assert room_of(story, forum).speakers == ()


def test_a_turn_out_of_order_is_on_record() -> None:
    story, forum = session()
    for who in ("kas", "ves"):
        story.do(c.AskFloor(forum=forum), who)
    story.do(c.GiveFloor(forum=forum, to="VES"), "orl")
    given_ = story.last("floor_given").event
    assert isinstance(given_, e.FloorGiven)
    assert (given_.in_turn, given_.state.speakers) == (False, ("KAS",))
    taken = story.refused(c.GiveFloor(forum=forum), "orl")
    assert (taken.code, taken.field) == ("floor-taken", "forum")


def test_nobody_speaks_without_the_floor() -> None:
    story, forum = session()
    words = c.Speak(forum=forum, text="We insist.")
    for who in ("ves", "orl"):
        refusal = story.refused(words, who)
        assert (refusal.code, refusal.field) == ("no-floor", "forum")
    story.do(c.AskFloor(forum=forum), "ves")
    assert story.refused(words, "ves").code == "no-floor"
    story.do(c.GiveFloor(forum=forum), "orl")
    story.do(words, "ves")
    story.do(c.YieldFloor(forum=forum), "orl")  # The chair takes it back.
    assert story.refused(words, "ves").code == "no-floor"
    assert story.refused(c.YieldFloor(forum=forum), "ves").code == "no-floor"


def test_the_floor_is_not_anothers_to_give_back_nor_an_outsiders_to_get() -> None:
    story, forum = session()
    story.do(c.GiveFloor(forum=forum, to="VES"), "orl")
    assert story.refused(c.YieldFloor(forum=forum), "kas").code == "forbidden"
    story.do(c.YieldFloor(forum=forum), "ves")
    assert story.refused(c.GiveFloor(forum=forum, to="HGA"), "orl").field == "to"


MOVES = (
    *(("ask", who) for who in MEMBERS),
    *(("leave", who) for who in MEMBERS),
    *(("speak", who) for who in MEMBERS),
    *(("yield", who) for who in MEMBERS),
    ("next", "ORL"),
)


def move(forum: str, name: str) -> c.Command:
    match name:
        case "ask":
            return c.AskFloor(forum=forum)
        case "leave":
            return c.AskFloor(forum=forum, on=False)
        case "speak":
            return c.Speak(forum=forum, text="We say this.")
        case "yield":
            return c.YieldFloor(forum=forum)
        case _:
            return c.GiveFloor(forum=forum)


@given(st.lists(st.sampled_from(MOVES), max_size=40))
def test_the_list_is_fair_and_only_the_floor_speaks(
    moves: list[tuple[str, str]],
) -> None:
    story, forum = session()
    queue: list[str] = []  # The list as anybody could keep it on paper.
    floor = ""
    for name, who in moves:
        try:
            (event,) = story.do(move(forum, name), who.lower())
        except Rejected:
            event = None
        match event:
            case e.FloorAsked(waits=True):
                assert who not in {*queue, floor}
                queue.append(who)
            case e.FloorAsked(waits=False):
                queue.remove(who)
            case e.FloorGiven(to=to):
                assert not floor
                assert to == queue.pop(0)
                floor = to
            case e.ForumSpoken():
                assert who == floor
            case e.FloorYielded():
                assert who in {floor, "ORL"}
                floor = ""
            case _:
                assert event is None
        room = room_of(story, forum)
        assert (list(room.speakers), room.floor) == (queue, floor)


# --- The chair ------------------------------------------------------------------

FOR_THE_CHAIR = (
    lambda forum: c.GiveFloor(forum=forum),
    lambda forum: c.TakeUp(forum=forum, item=2),
    lambda forum: c.RecordMinutes(forum=forum, text="So it was."),
    lambda forum: c.Admit(forum=forum, delegations=("HGA",)),
    lambda forum: c.CloseForum(forum=forum),
)
FOR_MEMBERS = (
    lambda forum: c.AskFloor(forum=forum),
    lambda forum: c.Speak(forum=forum, text="Hear us."),
    lambda forum: c.YieldFloor(forum=forum),
    lambda forum: c.Propose(
        title="T", body="B", parties=("VES",), claims={}, forum=forum
    ),
    lambda forum: c.ShareItem(item="loader", forum=forum),
)


@pytest.mark.parametrize("make", FOR_THE_CHAIR)
def test_what_the_chair_does_nobody_else_does(make: object) -> None:
    story, forum = session()
    refusal = story.refused(make(forum), "ves")  # type: ignore[operator] # one of the above
    assert (refusal.code, refusal.field) == ("forbidden", "forum")
    assert "Orl" in refusal.sentence()


@pytest.mark.parametrize("make", [*FOR_THE_CHAIR, *FOR_MEMBERS])
def test_a_room_one_is_not_in_is_not_there(make: object) -> None:
    story, forum = session()
    story.later(7)
    story.do(c.ShareItem(item="loader", to=("HGA",)), "ves")
    inside = make(forum)  # type: ignore[operator] # one of the above
    nowhere = make("e9999")  # type: ignore[operator] # one of the above
    refusal, same = story.refused(inside, "hga"), story.refused(nowhere, "hga")
    assert (refusal.code, refusal.field) == ("not-found", "forum")
    assert refusal.sentence() == same.sentence()


@pytest.mark.parametrize("make", [*FOR_THE_CHAIR, *FOR_MEMBERS])
def test_nothing_happens_in_a_room_that_is_closed(make: object) -> None:
    story, forum = session()
    story.later(7)
    story.do(c.ShareItem(item="loader", to=("ORL",)), "ves")
    story.do(c.CloseForum(forum=forum), "orl")
    refusal = story.refused(make(forum), "orl")  # type: ignore[operator] # one of the above
    assert (refusal.code, refusal.field) == ("closed", "forum")


def test_the_chair_takes_up_items_of_the_agenda() -> None:
    story, forum = session()
    assert story.refused(c.TakeUp(forum=forum, item=1), "orl").field == "item"
    assert story.refused(c.TakeUp(forum=forum, item=3), "orl").field == "item"
    story.do(c.TakeUp(forum=forum, item=2), "orl")
    story.do(c.RecordMinutes(forum=forum, text="Agreed to wait."), "orl")
    minutes = story.last("minutes_recorded").event
    assert isinstance(minutes, e.MinutesRecorded)
    assert (minutes.item, minutes.agenda_item) == (2, "What we say")


def test_endex_closes_what_is_open() -> None:
    story, forum = session()
    story.do(convening("KAS"), "ves")
    story.do(c.CloseForum(forum=forum), "orl")
    story.do(c.End(confirm="END"), "fac")
    closed = [x.event for x in story.entries if isinstance(x.event, e.ForumClosed)]
    assert [one.how for one in closed] == ["closed", "ended"]


# --- Texts on the table ---------------------------------------------------------


def tabled(story: Story, forum: str, **more: object) -> str:
    values: dict[str, object] = {
        "title": "What we say",
        "body": "We regret it.",
        "parties": ("VES", "KAS"),
        "claims": {},
        "forum": forum,
        **more,
    }
    story.do(c.Propose(**values), "orl")  # type: ignore[arg-type] # the rules check them
    return story.last("text_proposed").id


def test_a_text_lies_on_the_table_of_the_room_it_is_for() -> None:
    story, forum = session()
    text = tabled(story, forum)
    assert story.now().texts[text].forum == forum
    outside = c.Propose(title="T", body="B", parties=("HGA",), claims={}, forum=forum)
    refusal = story.refused(outside, "orl")
    assert refusal.field == "parties"
    assert "HGA" in refusal.sentence()


def test_a_text_that_is_adopted_in_a_room_is_public() -> None:
    story, forum = session()
    text = tabled(story, forum)
    story.do(c.Sign(text=text), "ves")
    story.do(c.Sign(text=text), "kas")
    published = story.last("text_published")
    assert "room" in published.audience
    assert published.event.state.forum == forum  # type: ignore[union-attr] # a text


def test_a_text_left_on_the_table_falls_when_the_room_closes() -> None:
    story, forum = session()
    elsewhere = tabled(story, "")
    left = tabled(story, forum, vote_ms=10 * MINUTE)
    story.do(c.CloseForum(forum=forum), "orl")
    withdrawn = story.last("text_withdrawn").event
    assert isinstance(withdrawn, e.TextWithdrawn)
    assert (withdrawn.state.text, withdrawn.reason) == (left, "session closed")
    assert set(story.now().texts) == {elsewhere}
    story.later(11)
    assert story.kinds().count("text_withdrawn") == 1


def test_a_multistakeholder_room_adopts_with_all_three_only() -> None:
    story = running(peopled(KAS="cso"))
    told = convening("VES", "KAS", "HGA", session="multistakeholder")
    story.do(told, "orl")
    forum = story.last("forum_opened").id
    two = c.Propose(title="T", body="B", parties=("VES", "KAS"), claims={}, forum=forum)
    refusal = story.refused(two, "orl")
    assert refusal.field == "parties"
    assert "company" in refusal.sentence()
    text = tabled(story, forum, parties=("VES", "KAS", "HGA"))
    for who in ("ves", "kas"):
        story.do(c.Sign(text=text), who)
    publish = c.Act(instrument="publish_joint_statement", about=text, fields={})
    assert story.refused(publish, "orl").code == "too-few-signatures"
    story.do(c.Sign(text=text), "hga")
    assert story.last("text_published").event.state.signed == (  # type: ignore[union-attr] # a text
        "HGA",
        "KAS",
        "ORL",
        "VES",
    )


@pytest.mark.parametrize(
    ("declared", "voting", "fate"),
    [
        (None, 2, "text_withdrawn"),
        (None, 3, "text_published"),
        (2, 2, "text_published"),
        (4, 3, "text_withdrawn"),
    ],
)
def test_a_vote_without_its_quorum_fails_and_says_so(
    declared: int | None, voting: int, fate: str
) -> None:
    story, forum = session("VES", "KAS", "HGA")
    text = tabled(
        story, forum, parties=("VES", "KAS", "HGA"), vote_ms=5 * MINUTE, quorum=declared
    )
    for who, choice in [("ves", "for"), ("kas", "abstain")][: voting - 1]:
        story.do(c.Vote(text=text, choice=choice), who)  # type: ignore[arg-type] # one of three
    story.later(6)
    last = story.last(fate).event
    if fate == "text_withdrawn":
        assert isinstance(last, e.TextWithdrawn)
        assert last.reason == "no quorum"
    assert text in story.now().settled


def test_a_quorum_is_of_a_vote_and_of_its_parties() -> None:
    story, forum = session()
    base = c.Propose(title="T", body="B", parties=("VES",), claims={}, forum=forum)
    assert story.refused(replace(base, quorum=1), "orl").field == "quorum"
    many = replace(base, quorum=3, vote_ms=5 * MINUTE)
    assert story.refused(many, "orl").field == "quorum"


# --- Technical exchange ---------------------------------------------------------


def exchange() -> tuple[Story, str]:
    story = running().later(7)
    act = c.Act(
        instrument="tech_exchange",
        to=("HGA", "ORL"),
        fields={"subject": "The loader", "text": "Compare logs."},
    )
    story.do(act, "ves")
    return story, story.last("forum_opened").id


def test_an_exchange_gives_an_item_to_the_whole_room_in_one_act() -> None:
    story, forum = exchange()
    room = room_of(story, forum)
    assert (room.sort, room.agenda, room.chair) == ("technical", ("The loader",), "VES")
    story.do(c.ShareItem(item="loader", forum=forum), "ves")
    shared = story.last("item_shared").event
    assert isinstance(shared, e.ItemShared)
    assert (shared.to, shared.forum) == (("HGA", "ORL"), forum)
    assert ("loader", "ORL") in story.now().holdings
    outside = c.ShareItem(item="loader", to=("KAS",), forum=forum)
    assert story.refused(outside, "ves").field == "to"


def test_an_exchange_may_have_an_agenda() -> None:
    story = running()
    fields: Fields = {"text": "Compare logs.", "agenda": "1. Samples\n2. Times"}
    act = c.Act(instrument="tech_exchange", to=("HGA",), fields=fields)
    story.do(act, "ves")
    room = room_of(story, story.last("forum_opened").id)
    assert (room.title, room.agenda) == ("Samples", ("Samples", "Times"))


def test_another_session_is_no_exchange() -> None:
    story, forum = session()
    story.later(7)
    share = c.ShareItem(item="loader", forum=forum)
    assert story.refused(share, "ves").field == "forum"
    assert story.refused(c.ShareItem(item="loader"), "ves").field == "to"


def test_minutes_are_in_the_record_and_the_report() -> None:
    story, forum = exchange()
    story.do(c.RecordMinutes(forum=forum, text="Same loader."), "ves")
    story.do(c.CloseForum(forum=forum, conclusion="We write daily."), "ves")
    story.do(c.End(confirm="END"), "fac")
    full = aar(story.scenario, story.entries, edition="full")
    (one,) = full.sessions
    assert (one.chair, one.members) == ("VES", ("HGA", "ORL", "VES"))
    assert [line.text for line in one.minutes] == ["Same loader."]
    assert one.conclusion == "We write daily."
    inside = aar(story.scenario, story.entries, edition="delegation:ORL")
    assert [line.text for line in inside.sessions[0].minutes] == ["Same loader."]
    assert not aar(story.scenario, story.entries, edition="delegation:KAS").sessions
    for edition in ("participants", "anonymous"):
        (told,) = aar(story.scenario, story.entries, edition=edition).sessions
        assert (told.minutes, told.conclusion) == ((), "")
