"""The pages of facilitators, trainers, observers and the room, empty and full."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser

import pytest

from exercise.adapters.scenario_files import load
from exercise.domain import commands as c
from exercise.resources import INJECTS
from tests.web.stage import Browser, Stage, a_stage

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "use", "rect", "circle"}
# What is the same in every language: markings, keys, units, a language's own name.
CONSTANT = re.compile(
    r"EXERCISE|TLP:|T\+|^(English|Space|Esc|Ctrl\+Enter|END)$|^×\d+$|^([0-9a-f]{4} ?)+$"
)
NUMBERED = re.compile(r"^\d+ ")
LETTERS = re.compile(r"[A-Za-z]{3}")
SAID = ("aria-label", "placeholder", "alt")
PLANTED = '<img src=x onerror="alert(1)">'
# An inject of Quiet Harbour that has a condition.
BRANCH = "hotline-log-review"
SECRET = "Only the lawyer may know of the back channel"


@dataclass
class Read(HTMLParser):
    """What a page holds: its ids, its texts, and tags that do not close in order."""

    ids: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    controls: list[tuple[str, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if "id" in told and "template" not in self.open:
            self.ids[told["id"]] += 1
        self.labels |= {told["for"]} if "for" in told else set()
        self.commands += [told["data-command"]] if "data-command" in told else []
        self.said += [told[name] for name in SAID if told.get(name)]
        self.said += [told[each] for each in told if each.startswith("data-word")]
        named = "label" in self.open or {"aria-label", "aria-labelledby"} & set(told)
        hidden = told.get("type") in {"hidden", "submit"}
        if tag in {"input", "select", "textarea"} and not named and not hidden:
            self.controls.append((tag, told.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1:] not in (["style"], ["script"]):
            self.said.append(data.strip())


def read(html: str) -> Read:
    found = Read()
    found.feed(html)
    return found


@dataclass
class Staff:
    """One exercise and everybody who works on it."""

    stage: Stage
    facilitator: Browser
    trainer: Browser
    evaluator: Browser
    observer: Browser

    def pages(self) -> dict[str, tuple[Browser, str]]:
        exercise = self.stage.exercise
        return {
            "console": (self.facilitator, f"/console/{exercise}"),
            "runlist": (self.facilitator, f"/console/{exercise}/runlist"),
            "board": (self.facilitator, f"/console/{exercise}/board"),
            "score": (self.facilitator, f"/console/{exercise}/score"),
            "codes": (self.facilitator, f"/console/{exercise}/join"),
            "knowledge": (self.facilitator, f"/console/{exercise}/knowledge"),
            "rule": (self.facilitator, f"/console/{exercise}/rule/{BRANCH}"),
            "view": (self.facilitator, f"/console/{exercise}/view/VES"),
            "review": (self.trainer, f"/review/{exercise}"),
            "review-facilitator": (self.facilitator, f"/review/{exercise}"),
            "review-evaluator": (self.evaluator, f"/review/{exercise}"),
            "observer": (self.observer, f"/desk/{self.observer.member}"),
            "room": (self.facilitator, f"/room/{self.stage.opened.room}"),
        }

    def html(self, page: str, query: str = "") -> str:
        browser, path = self.pages()[page]
        answer = browser.get(path + query)
        assert answer.status_code == 200, answer.text
        return answer.text


PAGES = (
    *("console", "runlist", "board", "score", "codes", "knowledge", "rule", "view"),
    *("review", "review-facilitator", "review-evaluator", "observer", "room"),
)


def _staff(stage: Stage) -> Staff:
    roles = ("facilitator", "trainer", "evaluator", "observer")
    return Staff(stage, *(stage.by_link(one) for one in roles))


def _play(staff: Staff) -> None:
    """Let one of everything happen that the pages show."""
    stage, fay = staff.stage, staff.facilitator.member
    ves, kas = (stage.delegate(who, PLANTED).member for who in ("VES", "KAS"))
    stage.do(fay, c.Start(rate=1))
    injects = [one.id for one in stage.ground.shelf.read("quiet-harbour")[0].injects]  # type: ignore[index]  # the scenario is there
    first, second, third, fourth, fifth = injects[:5]
    stage.do(fay, c.Release(inject=first))
    out = stage.do(fay, c.Release(inject=second)).id
    stage.do(fay, c.Recall(inject=second, reason=PLANTED))
    stage.do(fay, c.Skip(inject=third, reason=PLANTED))
    stage.do(fay, c.Hold(inject=fourth))
    stage.do(fay, c.Revise(inject=fifth, title=PLANTED, at="T+2:00"))
    stage.do(fay, c.Release(inject=injects[5], undo_ms=60_000))
    said = {"text": "No one has been killed."}
    act = stage.do(ves, c.Act(instrument="public_statement", fields=said)).id
    asks = {"subject": PLANTED, "asked": SECRET, "reply_in": 15}
    stage.do(ves, c.Act(instrument="clarification_request", to=("KAS",), fields=asks))
    stage.do(kas, c.Call(to="VES"))
    stage.do(fay, c.Note(text=SECRET))
    stage.do(fay, c.Pin(entry=str(act), label=PLANTED))
    stage.do(
        fay, c.AdHocInject(title="Gift", body="Text", channel="wire", audience="all")
    )
    stage.do(fay, c.OpenProbe(probe="P1"))
    stage.do(fay, c.MarkObjective(objective="warn", met="partly"))
    _judge(staff, str(act), str(out))
    stage.do(fay, c.Pause())


def _judge(staff: Staff, act: str, out: str) -> None:
    stage, fay, tom = staff.stage, staff.facilitator.member, staff.trainer.member
    rated = c.Rate(subject="S", rating="M", note=SECRET, entries=(act,))
    stage.do(staff.evaluator.member, rated)
    found = c.Finding(
        sort="improvement",
        title=PLANTED,
        observation=PLANTED,
        recommendation="Read it out.",
        entries=(act, out),
    )
    stage.do(tom, found)
    state = stage.ground.conduct.writer(stage.exercise).state
    assert state is not None
    finding = next(iter(state.findings))
    stage.do(tom, c.Plan(finding=finding, action="Read", owner=PLANTED))
    ruling = c.Adjudicate(entry=act, ruling="substantive", reason="It answers it.")
    stage.do(fay, ruling)


@pytest.fixture(scope="module")
def empty() -> Iterator[Staff]:
    with a_stage(load(INJECTS / "quiet-harbour"), flood=False) as stage:
        yield _staff(stage)


@pytest.fixture(scope="module")
def full() -> Iterator[Staff]:
    with a_stage(load(INJECTS / "quiet-harbour"), flood=False) as stage:
        staff = _staff(stage)
        _play(staff)
        yield staff


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("when", ["empty", "full"])
def test_a_page_is_whole(request: pytest.FixtureRequest, page: str, when: str) -> None:
    found = read(request.getfixturevalue(when).html(page))
    assert found.wrong == []
    assert found.open == []
    assert [one for one, n in found.ids.items() if n > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(full: Staff, page: str) -> None:
    found = read(full.html(page))
    nameless = [one for one in found.controls if one[1] not in found.labels]
    assert nameless == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_people_wrote_becomes_markup(full: Staff, page: str) -> None:
    assert "<img src=x" not in full.html(page)


def test_what_people_wrote_is_there_as_text(full: Staff) -> None:
    for page in ("console", "review", "view"):
        assert PLANTED in " ".join(read(full.html(page)).said)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("when", ["empty", "full"])
def test_every_word_of_ours_goes_through_the_catalogue(
    request: pytest.FixtureRequest, page: str, when: str
) -> None:
    staff = request.getfixturevalue(when)
    html = staff.html(page, "?lang=qps")
    staff.pages()[page][0].get("/?lang=en")
    theirs = _theirs(staff)
    ours = [
        one
        for one in read(html).said
        if LETTERS.search(one)
        and "[" not in one
        and not CONSTANT.search(one)
        and NUMBERED.sub("", " ".join(one.split())) not in theirs
    ]
    assert ours == []


def _theirs(staff: Staff) -> str:
    """Return everything authors and players wrote, and the ids that a page shows."""
    scenario = load(INJECTS / "quiet-harbour")
    stored = staff.stage.ground.timeline.after(staff.stage.exercise, 0)
    bodies = [one.entry.body or "{}" for one in stored]
    codes = [staff.stage.code(one) for one in staff.stage.opened.codes]
    codes += [f"http://localhost/j/{one}" for one in codes]
    codes += [f"{one.id} {one.short}" for one in scenario.delegations]
    texts = [*_texts(asdict(scenario)), *_texts([json.loads(one) for one in bodies])]
    return " ".join(" ".join(one.split()) for one in [*texts, *codes])


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, one in value.items():
                yield str(key)
                yield from _texts(one)
        case list() | tuple():
            for one in value:
                yield from _texts(one)


def test_a_facilitators_words_reach_nobody_else(full: Staff) -> None:
    assert SECRET in full.html("console")
    for page in ("observer", "room"):
        html = full.html(page)
        assert SECRET not in html
        assert "Only facilitators see this" not in html
        assert "onerror" not in html.replace("&lt;img src=x onerror=", "")


def test_the_room_names_nobody_and_knows_no_brief(full: Staff) -> None:
    html = full.html("room")
    scenario = load(INJECTS / "quiet-harbour")
    private = [one for inject in scenario.injects for one in inject.expects]
    assert not [one for one in private if one in html]
    assert "data-command" not in html
    assert html.count('class="room-entry"') <= 3


def test_an_evaluator_sees_no_rating_but_their_own(full: Staff) -> None:
    assert SECRET in full.html("review-evaluator")
    note = "Seen by the other evaluator alone"
    other = full.stage.by_link("evaluator")
    full.stage.do(other.member, c.Rate(subject="S", rating="P", note=note))
    assert note not in full.html("review-evaluator")


def test_only_a_facilitator_is_offered_rulings(full: Staff) -> None:
    assert "adjudicate" in read(full.html("review-facilitator")).commands
    assert "adjudicate" not in read(full.html("review")).commands


def test_a_form_asks_only_for_commands_that_exist(full: Staff) -> None:
    for page in ("console", "review-facilitator"):
        assert set(read(full.html(page)).commands) <= set(c.WIRE_TYPES)


@pytest.mark.parametrize("page", ["console", "review-facilitator"])
def test_a_form_has_only_fields_that_its_command_has(full: Staff, page: str) -> None:
    beside = {"reach", "anonymous"}
    for command, names in _forms(full.html(page)):
        wire = c.WIRE_TYPES[command].__dataclass_fields__
        assert names - beside <= {one.rstrip("_") for one in wire}, command


def _forms(html: str) -> Iterator[tuple[str, set[str]]]:
    for form in re.findall(r"<form[^>]*data-command.*?</form>", html, re.DOTALL):
        command = re.search(r'data-command="(\w+)"', form)
        assert command is not None
        yield command[1], set(re.findall(r'\sname="(\w+)"', form))


def test_the_run_list_says_how_each_inject_stands(full: Staff) -> None:
    html = full.html("runlist")
    states = Counter(re.findall(r'data-state="(\w+)"', html))
    for state in ("released", "recalled", "skipped", "announced", "open", "later"):
        assert states[state], state
    assert 'data-fires-wall-ms="' in html


def test_the_next_due_inject_has_the_only_primary_button(full: Staff) -> None:
    assert full.html("runlist").count("btn-primary") <= 1


def test_the_page_prints_what_the_live_channel_would_send(full: Staff) -> None:
    html = full.html("console")
    for sealed in full.stage.ground.timeline.after(full.stage.exercise, 0):
        assert f'id="row-{sealed.entry.id}"' in html
