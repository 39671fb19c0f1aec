"""Every shipped scenario loads, reads well, and gives every indicator its chances."""

from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from exercise.adapters.scenario_files import check, load
from exercise.domain import commands as c
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.conditions import Fact, facts_of, holds, parse
from exercise.domain.fields import Field
from exercise.domain.scenario import Inject, Scenario, said
from exercise.resources import INJECTS, scenario_folders
from exercise.words.blocks import HEADERS, blocks
from tests.domain.given import running

SHIPPED = sorted(scenario_folders().values())

# What a form allows: a post is short, a report is not, and nobody reads two pages
# while a clock runs. Words of the body as its readers get it.
SHORTEST = {"social": 40, "drill": 40}
LONGEST = 260


@pytest.fixture(scope="module")
def harbour() -> Scenario:
    return load(INJECTS / "quiet-harbour")


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda one: one.name)
def test_every_shipped_scenario_is_without_a_problem(folder: Path) -> None:
    assert [str(one) for one in check(folder)] == []


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda one: one.name)
def test_a_shipped_scenario_is_named_as_its_folder(folder: Path) -> None:
    assert load(folder).id == folder.name


def bodies(inject: Inject) -> dict[str, str]:
    found = {inject.id: said(inject.body)}
    for name, variant in (inject.variants or {}).items():
        found[f"{inject.id} for {name}"] = said(variant.body)
    return found


def test_quiet_harbour_holds_the_whole_table(harbour: Scenario) -> None:
    numbers = {one.number.rstrip("ab") for one in harbour.injects}
    assert numbers == {f"1.{n:02}" for n in range(1, 27)}
    assert len(harbour.delegations) == 8
    assert [one.id for one in harbour.probes] == ["P1", "P2", "P3", "P4"]
    assert [one.severity for one in harbour.probes] == [3, 2, 2, 2]


def test_injects_stand_in_order_of_their_times(harbour: Scenario) -> None:
    early = {"overlap-early"}  # Its number says what it is, its time when it may come.
    times = [one.at_ms for one in harbour.injects if one.id not in early]
    assert times == sorted(times)


def test_bodies_have_the_length_their_form_allows(harbour: Scenario) -> None:
    for inject in harbour.injects:
        for name, body in bodies(inject).items():
            words = len(body.split())
            assert SHORTEST.get(inject.channel, 80) <= words <= LONGEST, name


def test_briefs_fit_on_one_page(harbour: Scenario) -> None:
    for one in harbour.delegations:
        assert 150 <= len(said(one.brief).split()) <= 300, one.id
        assert one.interests, one.id
        assert one.red_lines, one.id


def test_bodies_are_laid_out_as_every_channel_reads_them(harbour: Scenario) -> None:
    for inject in harbour.injects:
        for name, body in bodies(inject).items():
            document = blocks(body)
            assert document.headers, name
            assert {key for key, _ in document.headers} <= HEADERS
            for block in document.blocks:
                if block.kind == "table":
                    assert block.head, name
                    assert {len(row) for row in block.rows} == {len(block.head)}
                if block.kind == "numbered":
                    assert block.start == 1, name


def test_texts_to_sign_are_numbered_paragraphs(harbour: Scenario) -> None:
    for text in harbour.texts:
        (block,) = blocks(said(text.body)).blocks
        assert block.kind == "numbered"


def test_every_delegation_is_asked_for_something(harbour: Scenario) -> None:
    asked = Counter(
        one.delegation for inject in harbour.injects for one in inject.obligations
    )
    assert set(asked) == set(harbour.delegation_ids)
    assert min(asked.values()) >= 4


def test_every_indicator_has_several_chances(harbour: Scenario) -> None:
    assert len(harbour.items) >= 8
    assert len(harbour.consultations) >= 4
    sure = {one.id for one in harbour.injects if not one.when}
    assert sum(one.inject in sure for one in harbour.provocations) >= 4
    assert sum(one.inject in sure for one in harbour.citations) >= 4
    assert len([window for one in harbour.topics for window in one.windows]) >= 4
    due = [
        inject.at_ms + one.due_after_ms
        for one in harbour.assistance
        if (inject := harbour.inject(one.inject))
        for _ in one.providers
    ]
    assert sum(at < harbour.duration_ms for at in due) >= 2


def test_whoever_must_speak_on_a_topic_is_asked_to_or_signs(harbour: Scenario) -> None:
    asked = {
        (one.topic, one.delegation)
        for inject in harbour.injects
        for one in inject.obligations
        if one.topic
    }
    signing = {
        (topic, party)
        for text in harbour.texts
        for topic in text.claims
        for party in text.parties
    }
    for topic in harbour.topics:
        for window in topic.windows:
            for speaker in window.speakers:
                assert (topic.id, speaker) in asked | signing


def test_what_is_behind_a_probe_can_reach_everyone_in_time(harbour: Scenario) -> None:
    for probe in harbour.probes:
        for name in probe.items:
            item = harbour.item(name)
            assert item is not None
            assert item.useless_after_ms <= probe.at_ms + probe.window_ms
            assert {item.holder, *item.recipients} == set(harbour.delegation_ids)


def test_an_item_can_be_shared_before_it_is_needed(harbour: Scenario) -> None:
    for item in harbour.items:
        given = max(one.at_ms for one in harbour.injects if item.id in one.items)
        early = (item.useless_after_ms - item.need_by_ms) // 10
        assert given < item.need_by_ms - early, item.id


class Shown:
    """A timeline on which exactly the facts in `true` have been seen."""

    rung = 0

    def __init__(self, true: set[Fact]) -> None:
        self.true = true

    def __getattr__(self, name: str) -> Callable[..., bool]:
        return lambda *arguments: Fact(name, arguments) in self.true


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hotline-log-review", "hostile-silence"),
        ("edited-video", "edited-video-official"),
        ("ports-recover", "ports-still-down"),
    ],
)
def test_whatever_has_happened_one_of_two_alternatives_comes(
    harbour: Scenario, first: str, second: str
) -> None:
    one, other = harbour.inject(first), harbour.inject(second)
    assert one is not None
    assert other is not None
    assert one.at_ms == other.at_ms
    yes, no = parse(one.when), parse(other.when)
    facts = sorted({*facts_of(yes), *facts_of(no)}, key=repr)
    for seen in product([False, True], repeat=len(facts)):
        true = {fact for fact, is_so in zip(facts, seen, strict=True) if is_so}
        assert holds(yes, Shown(true)) != holds(no, Shown(true))


@pytest.mark.parametrize(
    ("early", "late"),
    [("draft-statement", "draft-statement-late"), ("overlap-early", "overlap")],
)
def test_what_did_not_come_early_comes_late(
    harbour: Scenario, early: str, late: str
) -> None:
    inject = harbour.inject(late)
    assert inject is not None
    assert inject.when == f'not released("{early}")'


def test_an_obligation_says_whom_its_likeliest_act_goes_to(harbour: Scenario) -> None:
    for inject in harbour.injects:
        for one in inject.obligations:
            first = INSTRUMENTS[one.instruments[0]]
            if first.command in {"act", "call"} and first.addressees != "any":
                assert bool(one.to) == (first.addressees != "none"), inject.id


def test_expectations_name_real_instruments(harbour: Scenario) -> None:
    for inject in harbour.injects:
        assert inject.expects, inject.id
        for one in inject.obligations:
            assert set(one.instruments) <= set(INSTRUMENTS)


def test_nobody_acts_and_the_story_takes_its_worse_turns(harbour: Scenario) -> None:
    story = running(harbour).later(180)
    now = story.now()
    skipped = {
        one.event.inject for one in story.entries if one.event.KIND == "inject_skipped"
    }
    assert skipped == {
        "hotline-log-review",
        "edited-video-official",
        "draft-statement",
        "overlap-early",
        "attaches-expelled",
        "ports-recover",
    }
    assert set(now.released) | skipped == {one.id for one in harbour.injects}
    assert story.kinds("VES").count("probe_closed") == 4


def test_those_who_ask_and_help_bring_the_better_turns(harbour: Scenario) -> None:
    def act(instrument: str, to: str, about: str = "", **fields: Field) -> c.Act:
        return c.Act(instrument=instrument, to=(to,), about=about, fields=fields)

    story = running(harbour).later(20)
    story.do(act("clarification_request", "KAS", asked="Do you know them?"), "ves")
    story.later(20).do(act("convene_forum", "KAS", text="Impact"), "msc")
    story.later(13).do(c.ShareItem(item="rented-servers", to=("VES",)), "kas")
    story.later(10)
    story.do(act("offer_assistance", "ORL", type="logistics", text="Four"), "msc")
    offer = story.last("act_issued").id
    story.do(act("accept_assistance", "MSC", offer), "orl")
    released = set(story.later(117).now().released)
    assert released >= {
        "hotline-log-review",
        "draft-statement",
        "overlap-early",
        "ports-recover",
    }
    assert not released & {
        "hostile-silence",
        "draft-statement-late",
        "overlap",
        "ports-still-down",
    }
