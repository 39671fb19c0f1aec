"""A session on the pages: what its members see, what nobody else does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from exercise.domain import commands as c
from exercise.domain.fields import Fields
from tests.domain.small import a_scenario
from tests.web.stage import Browser, Stage, a_stage

CANARY = "The east is dark, and this is for the room"
MINUTES = "VES reported to the room"
TITLE = "Outage in the east"
CONVENED: Fields = {"subject": TITLE, "text": "1. Facts\n2. Words"}


@dataclass
class Meeting:
    """A session of ORL, VES and KAS in which VES has spoken; HGA is outside."""

    stage: Stage
    leads: Browser
    orl: Browser
    ves: Browser
    hga: Browser
    forum: str

    def desk(self, who: Browser) -> str:
        return who.get(f"/desk/{who.member}").text

    def entries(self, audience: str) -> str:
        path = f"/api/v1/exercises/{self.stage.exercise}/entries"
        token = self.stage.program()
        headers = {"Authorization": f"Bearer {token}"}
        asked = f"{path}?audience={audience}&after=0&limit=200"
        return self.stage.app.test_client().get(asked, headers=headers).text


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    with a_stage(a_scenario(), flood=False) as stage:
        leads = stage.by_link("facilitator")
        orl, ves, hga = (stage.delegate(one, one) for one in ("ORL", "VES", "HGA"))
        stage.do(leads.member, c.Start())
        act = c.Act(instrument="convene_forum", to=("VES", "KAS"), fields=CONVENED)
        stage.do(orl.member, act)
        state = stage.ground.conduct.writer(stage.exercise).state
        assert state is not None
        (forum,) = state.forums
        stage.do(ves.member, c.AskFloor(forum=forum))
        stage.do(orl.member, c.GiveFloor(forum=forum))
        stage.do(ves.member, c.Speak(forum=forum, text=CANARY))
        stage.do(orl.member, c.RecordMinutes(forum=forum, text=MINUTES))
        yield Meeting(stage, leads, orl, ves, hga, forum)


def test_a_member_sees_the_room_its_floor_and_what_was_said(meeting: Meeting) -> None:
    page = meeting.desk(meeting.ves)
    (room,) = re.findall(rf'<article id="forum-{meeting.forum}"[^>]*>', page)
    for told in ('data-floor="VES"', 'data-chair="ORL"', 'data-status="open"'):
        assert told in room
    said = page.partition('id="forum-lines"')[2].partition("</ol>")[0]
    assert CANARY in said
    minutes = page.partition('id="forum-minutes"')[2].partition("</ol>")[0]
    assert MINUTES in minutes


def test_nobody_outside_sees_a_byte_of_it(meeting: Meeting) -> None:
    watcher = meeting.stage.by_link("observer")
    pages = [meeting.desk(meeting.hga), meeting.desk(watcher)]
    streams = [meeting.entries(one) for one in ("HGA", "observers", "room")]
    for shown in (*pages, *streams):
        for word in (CANARY, MINUTES, TITLE, meeting.forum):
            assert word not in shown


def test_a_newcomer_sees_the_room_and_nothing_from_before(meeting: Meeting) -> None:
    admitted = c.Admit(forum=meeting.forum, delegations=("HGA",))
    meeting.stage.do(meeting.leads.member, admitted)
    page = meeting.desk(meeting.hga)
    assert f'id="forum-{meeting.forum}"' in page
    assert TITLE in page
    assert CANARY not in page
    assert MINUTES not in page


def test_a_text_on_its_table_stands_in_the_room_and_not_among_papers(
    meeting: Meeting,
) -> None:
    text = c.Propose(
        title="Our words",
        body="We regret it.",
        parties=("VES", "KAS"),
        claims={},
        vote_ms=600_000,
        forum=meeting.forum,
    )
    meeting.stage.do(meeting.orl.member, text)
    page = meeting.desk(meeting.ves)
    table = page.partition('id="forum-texts"')[2].partition('id="forum-minutes"')[0]
    assert "quorum 2 of 3, 1 voted" in table
    assert "Our words" not in page.partition('id="texts"')[2].partition("</section>")[0]


def test_the_board_lists_open_rooms_until_they_close(meeting: Meeting) -> None:
    address = f"/console/{meeting.stage.exercise}/board"
    (row,) = re.findall(
        rf'<li class="sitting" data-forum="{meeting.forum}">(.*?)</li>',
        meeting.leads.get(address).text,
        re.DOTALL,
    )
    told = " ".join(re.sub(r"<[^>]+>", " ", row).split())
    assert "item 1 of 2" in told
    assert "VES has the floor" in told
    closed = c.CloseForum(forum=meeting.forum, conclusion="Time.")
    meeting.stage.do(meeting.leads.member, closed)
    assert "sitting" not in meeting.leads.get(address).text


def test_only_the_sessions_one_may_call_are_offered(meeting: Meeting) -> None:
    page = meeting.desk(meeting.hga)
    form = page.partition('id="form-convene_forum"')[2].partition("</template>")[0]
    offered = set(re.findall(r'<option value="(\w+)"', form))
    assert {"emergency", "multistakeholder"} <= offered
    assert "plenary" not in offered
