"""Every kind of entry has a look on every desk, made from the entry alone."""

import json
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import pytest

from exercise.adapters.codec import encode
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.events import KINDS
from exercise.domain.moment import Recorded
from exercise.web.entries import ALIKE, badge, glossary, staff_row
from exercise.words import environment
from tests.domain.grand import a_grand_story

DESKS = ("delegation", "facilitator", "observer", "room")
VOID = {"input", "br", "meta", "link", "img", "hr", "use"}


@dataclass(frozen=True)
class AuthorView:
    member: str = ""
    delegation: str = ""
    seat: str = ""
    seat_title: str = ""
    name: str = ""


@dataclass(frozen=True)
class View:
    id: str
    kind: str
    at_ms: int
    wall: str
    body: dict[str, object]
    author: AuthorView
    audience: tuple[str, ...]
    subject: str = ""
    position: int = 0
    exercise: str = "ex"


class Balanced(HTMLParser):
    """Notes tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@dataclass
class Told:
    """The grand story and the tables its partials read."""

    entries: list[Recorded] = field(default_factory=list)
    tables: dict[str, object] = field(default_factory=dict)


@cache
def told() -> Told:
    story = a_grand_story()
    scenario = story.scenario
    tables = {
        "parties": badge(scenario),
        "glossary": glossary(scenario),
        "instruments": INSTRUMENTS,
    }
    return Told(story.entries, tables)


def view(entry: Recorded) -> View:
    kind, _, body = encode(entry.event)
    return View(
        id=entry.id,
        kind=kind,
        at_ms=entry.at_ms,
        wall="2031-03-12T02:00:00.000Z",
        body=json.loads(json.dumps(body)),
        author=AuthorView(
            entry.author.member, entry.author.delegation, entry.author.seat, "Lead"
        ),
        audience=entry.audience,
    )


def render(entry: Recorded, desk: str, part: str = "", language: str = "en") -> str:
    template = environment(language).get_template(f"timeline/{entry.event.KIND}.html")
    return template.render(entry=view(entry), desk=desk, part=part, **told().tables)


def test_the_grand_story_holds_every_kind_of_entry() -> None:
    assert {one.event.KIND for one in told().entries} == set(KINDS)


@pytest.mark.parametrize("desk", DESKS)
def test_every_entry_renders_bare_on_every_desk(desk: str) -> None:
    for entry in told().entries:
        html = render(entry, desk)
        check = Balanced()
        check.feed(html)
        assert not check.wrong, (entry.event.KIND, check.wrong, html)
        assert not check.open, (entry.event.KIND, check.open, html)
        assert "{{" not in html
        assert "position" not in html
        assert 'style="' not in html


def test_every_entry_has_a_row_for_those_who_work_with_it() -> None:
    for entry in told().entries:
        row = render(entry, "facilitator", "row")
        assert f'id="row-{entry.id}"' in row, entry.event.KIND
        assert 'hx-swap-oob="afterbegin:#timeline"' in row


def test_what_only_facilitators_see_has_no_look_elsewhere() -> None:
    for entry in told().entries:
        if entry.event.KIND in {"note_written", "guidance_given"}:
            for desk in ("delegation", "observer", "room"):
                assert render(entry, desk).strip() == ""


def test_a_facilitators_row_is_cut_out_of_a_delegations_page() -> None:
    acts = [one for one in told().entries if one.event.KIND in ALIKE]
    assert acts
    for entry in acts:
        cut = staff_row(render(entry, "delegation"), entry.audience)
        assert cut == render(entry, "facilitator").strip()


def test_the_room_shows_no_private_act() -> None:
    for entry in told().entries:
        if "room" not in entry.audience and entry.event.KIND == "act_issued":
            assert render(entry, "room").strip() == ""


def test_parts_are_the_whole_cut_in_pieces() -> None:
    parts = (
        "row",
        "card",
        "paper",
        "said",
        "items",
        "prepared",
        "call",
        "text",
        "promise",
        "files",
        "forum",
        "line",
        "minutes",
    )
    for entry in told().entries:
        whole = "".join(render(entry, "delegation").split())
        pieces = "".join(render(entry, "delegation", part) for part in parts)
        assert sorted("".join(pieces.split())) == sorted(whole), entry.event.KIND


def test_markup_in_what_people_write_stays_text() -> None:
    for entry in told().entries:
        if entry.event.KIND == "call_line":
            template = environment("en").get_template("timeline/call_line.html")
            evil = view(entry)
            evil.body["text"] = "<script>alert(1)</script>"
            html = template.render(
                entry=evil, desk="delegation", part="", **told().tables
            )
            assert "<script>" not in html
            assert "&lt;script&gt;" in html


def test_a_pseudo_locale_reaches_every_partial() -> None:
    for entry in told().entries:
        assert render(entry, "delegation", language="qps") is not None
