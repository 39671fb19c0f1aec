"""Nobody is sent a byte of what is not theirs: every text carries a mark of its own."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from exercise.domain.events import MemberNamed
from exercise.domain.identity import OBSERVERS, ROOM
from exercise.domain.scenario import Scenario
from exercise.resources import STATIC
from exercise.service.directory import Place
from tests.attack.conftest import Tally
from tests.attack.looks import ERRORS, early, everything
from tests.attack.telling import Told, go, rewritten, told
from tests.domain.grand import a_grand_scenario
from tests.web.stage import Socket

pytestmark = pytest.mark.attack
CORPUS = "canaries"

MARK = re.compile(r"canary-[0-9a-f]{6}-x")
DELEGATES = ("ves", "orl", "kas", "hga")
WATCHERS = ("obs", "room")
# The parts of a scenario that everybody in the room may know.
OPEN = ("title", "summary", "classification", "phases", "hypotheses", "topics")
OPEN_OF_A_PARTY = ("name", "short", "seats")


@dataclass
class Marks:
    """Writes a fresh mark into each text."""

    count: int = 0

    def __call__(self, most: int, said: str) -> str:
        self.count += 1
        mark = f"canary-{self.count:06x}-x"
        return f"{said} {mark}" if len(said) + len(mark) < most else mark[:most]


def marked(scenario: Scenario, marks: Marks) -> Scenario:
    """Return a scenario with a mark in every text that is not everybody's."""
    every = rewritten(scenario, marks)
    parties = tuple(
        replace(new, **{name: getattr(old, name) for name in OPEN_OF_A_PARTY})
        for new, old in zip(every.delegations, scenario.delegations, strict=True)
    )
    shared = {name: getattr(scenario, name) for name in OPEN}
    return replace(every, delegations=parties, **shared)


def marks_in(*texts: object) -> set[str]:
    return {mark for text in texts for mark in MARK.findall(str(text))}


@dataclass
class Heard:
    """A told story, all that each person was sent, and every mark there is."""

    story: Told
    sent: dict[str, list[str]] = field(default_factory=dict)

    def theirs(self, person: str) -> set[str]:
        """Return the marks a person may see: of their stream, brief and people."""
        stage, scenario = self.story.stage, self.story.scenario
        stream = {"obs": OBSERVERS, "room": ROOM}.get(person, person.upper())
        names = self.story.now().names
        rows = stage.timeline.page(stage.exercise, stream, limit=10_000)
        found = marks_in(*(one.body for one in rows))
        found |= marks_in(*(self._called(one.author.member, one.seq) for one in rows))
        home = scenario.delegation(stream)
        if home is not None:
            people = stage.services.conduct.writer(stage.exercise).view()
            assert people is not None
            own = [one for one in people.members.values() if one.delegation == stream]
            found |= marks_in(home, *(names.get(one.id) for one in own))
            found |= marks_in(*self._items([str(one.body) for one in rows]))
            found |= marks_in(
                *stage.ground.directory.drafts(Place(stage.exercise, stream))
            )
        return found

    def _called(self, member: str, seq: int) -> str:
        """Return the name that was a member's when an entry was written."""
        given = [
            one.event.name
            for one in self.story.entries
            if isinstance(one.event, MemberNamed)
            if one.event.member == member and one.seq <= seq
        ]
        return given[-1] if given else ""

    def _items(self, bodies: list[str]) -> Iterator[object]:
        """Yield the items that came to a party with an entry of its stream."""
        for one in self.story.scenario.items:
            if any(f'"{one.id}"' in body for body in bodies):
                yield one


@pytest.fixture(scope="module")
def heard() -> Iterator[Heard]:
    marks = Marks()
    with told(marks, marked(a_grand_scenario(), marks)) as story:
        found = Heard(story)
        sockets = {one: ears(story, one) for one in (*DELEGATES, *WATCHERS)}
        for where, text in early(story).items():
            found.sent.setdefault(where[:3].lower(), []).append(text)
        go(story)
        for person, socket in sockets.items():
            sent = found.sent.setdefault(person, [])
            sent += everything(story, person).values()
            sent += [browse(story, person, path) for path in foreign(story, person)]
            sent.append(json.dumps(socket.ask("sync", {"cursors": {}})))
            sent.append(json.dumps(list(socket.client.queue)))
        yield found


def ears(story: Told, person: str) -> Socket:
    browser = story.people[person]
    member = browser.member
    if person == "room":
        held = story.stage.ground.directory.memberships(browser.token)
        member = held[-1].member
    socket = story.stage.socket({"membership": member}, browser)
    assert socket.open, person
    return socket


def foreign(story: Told, person: str) -> Iterator[str]:
    """Yield addresses that a person has no right to, and those that are nowhere."""
    yield from ERRORS
    exercise = story.stage.exercise
    for one in story.scenario.delegation_ids:
        yield f"/api/v1/exercises/{exercise}/entries?audience={one}&as={one}"
        yield f"/console/{exercise}/view/{one}"
        yield f"/j/{story.stage.code(one)}/qr.svg"
    for other in story.people.values():
        if other is not story.people[person] and other.member:
            yield f"/desk/{other.member}"
            yield f"/desk/{other.member}/composer/reply"
    for part in ("", "/runlist", "/board", "/score", "/join"):
        yield f"/console/{exercise}{part}"
    for part in ("score", "record.jsonl", "report.html", "ratings/mine"):
        yield f"/api/v1/exercises/{exercise}/{part}"
    yield f"/review/{exercise}"
    yield f"/review/{exercise}/report.html"
    mine = story.people[person].member
    for entry in story.entries:
        yield f"/desk/{mine}/composer/reply?about={entry.id}"


def browse(story: Told, person: str, path: str) -> str:
    answer = story.people[person].get(path)
    assert answer.status_code < 500, (path, answer.status_code)
    return answer.text + str(answer.headers)


@pytest.mark.parametrize("person", [*DELEGATES, *WATCHERS])
def test_nobody_is_sent_what_is_not_theirs(
    heard: Heard, person: str, tally: Tally
) -> None:
    theirs = heard.theirs(person)
    assert theirs or person in WATCHERS
    seen = marks_in(*heard.sent[person])
    foreign_marks = {mark: where_said(heard.story, mark) for mark in seen - theirs}
    assert not foreign_marks, foreign_marks
    tally.add("answers searched", len(heard.sent[person]))
    tally.add("marks one may see", len(theirs))


def where_said(story: Told, mark: str) -> str:
    """Return where a mark was written, for whoever reads a failure."""
    for one in story.entries:
        if mark in str(one.event) and one.event.KIND != "exercise_opened":
            return f"{one.event.KIND} to {one.audience}"
    text = str(story.scenario)
    at = text.find(mark)
    return text[max(0, at - 200) : at] if at >= 0 else "a name or a draft"


def test_those_who_were_sent_something_got_it(heard: Heard) -> None:
    """The search would find what is there: each stream's own marks are."""
    for person in DELEGATES:
        assert marks_in(*heard.sent[person]) & heard.theirs(person)


def test_what_was_never_released_is_nowhere_but_with_the_facilitators(
    heard: Heard,
) -> None:
    state = heard.story.now()
    coming = [
        one for one in heard.story.scenario.injects if one.id not in state.released
    ]
    hidden = marks_in(*coming)
    assert hidden
    for person in (*DELEGATES, *WATCHERS):
        assert not marks_in(*heard.sent[person]) & hidden
    assert marks_in(*everything(heard.story, "fac").values()) & hidden


def test_no_file_that_everybody_may_have_holds_a_scenario() -> None:
    for file in STATIC.rglob("*"):
        if file.suffix in {".js", ".css", ".json", ".svg", ".html"}:
            assert "T+0:" not in file.read_text("utf-8"), file
            assert file.suffix != ".map", file
