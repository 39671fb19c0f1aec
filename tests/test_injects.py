"""Every shipped scenario loads, reads well, and gives every indicator its chances."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from exercise.adapters.scenario_files import check, load
from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.conditions import Fact, facts_of, holds, parse
from exercise.domain.fields import Field
from exercise.domain.scenario import Inject, Scenario, said
from exercise.offline.rehearsing import Played, rehearse
from exercise.resources import INJECTS, scenario_folders
from exercise.words.blocks import HEADERS, blocks
from tests.domain.given import Story, running

SHIPPED = sorted(scenario_folders().values())
# A quarter of an hour has room for each thing once.
WARM_UP = {"ping"}

# What a form allows: a post is short, a report is not, and nobody reads two pages
# while a clock runs. Words of the body as its readers get it.
SHORTEST = {"social": 40, "drill": 40}
LONGEST = 260


@cache
def shipped(name: str) -> Scenario:
    return load(INJECTS / name)


@pytest.fixture(scope="module", params=[one.name for one in SHIPPED])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return shipped(request.param)


@pytest.fixture(params=[one.name for one in SHIPPED if one.name not in WARM_UP])
def whole(request: pytest.FixtureRequest) -> Scenario:
    return shipped(request.param)


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


@pytest.mark.parametrize(
    ("name", "part", "delegations", "severities"),
    [
        ("quiet-harbour", 1, 8, [3, 2, 2, 2]),
        ("borrowed-ballot", 2, 9, [4, 3, 2, 3]),
        ("red-triage", 3, 9, [3, 2, 2, 3]),
    ],
)
def test_a_scenario_holds_its_whole_table(
    name: str, part: int, delegations: int, severities: list[int]
) -> None:
    table = shipped(name)
    numbers = {one.number.rstrip("ab") for one in table.injects}
    assert numbers == {f"{part}.{n:02}" for n in range(1, 27)}
    assert len(table.delegations) == delegations
    assert [one.id for one in table.probes] == ["P1", "P2", "P3", "P4"]
    assert [one.severity for one in table.probes] == severities


def test_the_ninth_badge_begins_again_with_another_shape(scenario: Scenario) -> None:
    badges = [(one.colour, one.shape) for one in scenario.delegations]
    assert badges == [
        (i % 8 + 1, (i % 8 + i // 8) % 8) for i in range(len(scenario.delegations))
    ]


def test_rights_and_economy_are_always_on_the_wall(scenario: Scenario) -> None:
    assert {"rights", "economy"} <= {one.id for one in scenario.meters}


def test_injects_stand_in_order_of_their_times(scenario: Scenario) -> None:
    # Their numbers say what they belong to, their times when they may come.
    apart = {"overlap-early", "source-stops"}
    times = [one.at_ms for one in scenario.injects if one.id not in apart]
    assert times == sorted(times)


def test_bodies_have_the_length_their_form_allows(scenario: Scenario) -> None:
    for inject in scenario.injects:
        for name, body in bodies(inject).items():
            words = len(body.split())
            assert SHORTEST.get(inject.channel, 80) <= words <= LONGEST, name


def test_briefs_fit_on_one_page(scenario: Scenario) -> None:
    for one in scenario.delegations:
        assert 150 <= len(said(one.brief).split()) <= 300, one.id
        assert one.interests, one.id
        assert one.red_lines, one.id


def test_bodies_are_laid_out_as_every_channel_reads_them(scenario: Scenario) -> None:
    for inject in scenario.injects:
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


def test_texts_to_sign_are_numbered_paragraphs(scenario: Scenario) -> None:
    for text in scenario.texts:
        (block,) = blocks(said(text.body)).blocks
        assert block.kind == "numbered"


def test_every_delegation_is_asked_for_something(scenario: Scenario) -> None:
    asked = Counter(
        one.delegation for inject in scenario.injects for one in inject.obligations
    )
    assert set(asked) == set(scenario.delegation_ids)
    assert min(asked.values()) >= (1 if scenario.id in WARM_UP else 4)


def test_every_indicator_has_several_chances(whole: Scenario) -> None:
    scenario = whole
    assert len(scenario.items) >= 8
    assert len(scenario.consultations) >= 4
    sure = {one.id for one in scenario.injects if not one.when}
    assert sum(one.inject in sure for one in scenario.provocations) >= 4
    assert sum(one.inject in sure for one in scenario.citations) >= 4
    assert len([window for one in scenario.topics for window in one.windows]) >= 4
    due = [
        inject.at_ms + one.due_after_ms
        for one in scenario.assistance
        if (inject := scenario.inject(one.inject))
        for _ in one.providers
    ]
    assert sum(at < scenario.duration_ms for at in due) >= 2


def test_whoever_must_speak_on_a_topic_is_asked_to_or_signs(scenario: Scenario) -> None:
    asked = {
        (one.topic, one.delegation)
        for inject in scenario.injects
        for one in inject.obligations
        if one.topic
    }
    signing = {
        (topic, party)
        for text in scenario.texts
        for topic in text.claims
        for party in text.parties
    }
    for topic in scenario.topics:
        for window in topic.windows:
            for speaker in window.speakers:
                assert (topic.id, speaker) in asked | signing


def test_what_is_behind_a_probe_can_reach_everyone_in_time(scenario: Scenario) -> None:
    for probe in scenario.probes:
        for name in probe.items:
            item = scenario.item(name)
            assert item is not None
            assert item.useless_after_ms <= probe.at_ms + probe.window_ms
            assert {item.holder, *item.recipients} == set(scenario.delegation_ids)


def test_an_item_can_be_shared_before_it_is_needed(scenario: Scenario) -> None:
    for item in scenario.items:
        given = max(one.at_ms for one in scenario.injects if item.id in one.items)
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
    ("name", "first", "second"),
    [
        ("quiet-harbour", "hotline-log-review", "hostile-silence"),
        ("quiet-harbour", "edited-video", "edited-video-official"),
        ("quiet-harbour", "ports-recover", "ports-still-down"),
        ("borrowed-ballot", "other-customers", "other-customers-hit"),
        ("borrowed-ballot", "storm-call", "storm-call-spreading"),
        ("borrowed-ballot", "expert-talk", "envoy-recalled"),
        ("borrowed-ballot", "shutdown-question", "shutdown-question-blocked"),
        ("borrowed-ballot", "bilateral-possible", "no-admission"),
        ("red-triage", "more-hospitals", "many-more-hospitals"),
        ("red-triage", "case-opened", "public-shaming"),
        ("red-triage", "attack-or-error", "attack-or-silence"),
        ("red-triage", "arrests", "new-extortion"),
    ],
)
def test_whatever_has_happened_one_of_two_alternatives_comes(
    name: str, first: str, second: str
) -> None:
    one, other = shipped(name).inject(first), shipped(name).inject(second)
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
def test_what_did_not_come_early_comes_late(early: str, late: str) -> None:
    inject = shipped("quiet-harbour").inject(late)
    assert inject is not None
    assert inject.when == f'not released("{early}")'


def test_an_obligation_says_whom_its_likeliest_act_goes_to(scenario: Scenario) -> None:
    for inject in scenario.injects:
        for one in inject.obligations:
            first = INSTRUMENTS[one.instruments[0]]
            if first.command in {"act", "call"} and first.addressees != "any":
                assert bool(one.to) == (first.addressees != "none"), inject.id


def test_expectations_name_real_instruments(scenario: Scenario) -> None:
    for inject in scenario.injects:
        assert inject.expects, inject.id
        for one in inject.obligations:
            assert set(one.instruments) <= set(INSTRUMENTS)


@pytest.mark.parametrize(
    ("name", "kept_back"),
    [
        (
            "quiet-harbour",
            {
                "hotline-log-review",
                "edited-video-official",
                "draft-statement",
                "overlap-early",
                "attaches-expelled",
                "ports-recover",
            },
        ),
        (
            "borrowed-ballot",
            {
                "other-customers",
                "storm-call",
                "source-stops",
                "expert-talk",
                "shutdown-question-blocked",
                "bilateral-possible",
            },
        ),
        (
            "red-triage",
            {
                "more-hospitals",
                "case-opened",
                "attack-or-error",
                "water-utility",
                "arrests",
            },
        ),
    ],
)
def test_nobody_acts_and_the_story_takes_its_worse_turns(
    name: str, kept_back: set[str]
) -> None:
    story = running(shipped(name)).later(180)
    now = story.now()
    skipped = {
        one.event.inject for one in story.entries if one.event.KIND == "inject_skipped"
    }
    assert skipped == kept_back
    assert set(now.released) | skipped == {one.id for one in shipped(name).injects}
    first = shipped(name).delegation_ids[0]
    assert story.kinds(first).count("probe_closed") == 4


def act(instrument: str, to: str = "", about: str = "", **fields: Field) -> c.Act:
    return c.Act(
        instrument=instrument, to=(to,) if to else (), about=about, fields=fields
    )


def share(item: str, to: str) -> c.ShareItem:
    return c.ShareItem(item=item, to=(to,))


def test_those_who_ask_and_help_bring_the_better_turns() -> None:
    story = running(shipped("quiet-harbour")).later(20)
    story.do(act("clarification_request", "KAS", asked="Do you know them?"), "ves")
    story.later(20).do(act("convene_forum", "KAS", text="Impact"), "msc")
    story.later(13).do(share("rented-servers", "VES"), "kas")
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


def test_an_honest_provider_and_a_private_word_calm_an_election() -> None:
    story = running(shipped("borrowed-ballot")).later(12)
    story.do(share("token-misuse", "LUM"), "vid")
    kept: Field = {"paper": "kept"}
    story.do(act("public_statement", text="It is there.", claims=kept), "opb")
    story.later(26)
    story.do(act("private_demarche", "DOR", text="Whose?", asked="Whose?"), "lum")
    story.later(92).do(share("standing-order", "LUM"), "dor")
    released = set(story.later(50).now().released)
    assert released >= {
        "other-customers",
        "storm-call",
        "expert-talk",
        "shutdown-question",
        "bilateral-possible",
    }


def test_a_block_and_a_leak_have_their_price() -> None:
    story = running(shipped("borrowed-ballot")).later(50)
    blocked: Field = {"rights": "blocked"}
    story.do(act("public_statement", text="Off.", claims=blocked), "lum")
    story.later(24).do(share("tasking-summary", "TAR"), "con")
    released = set(story.later(30).now().released)
    assert released >= {"shutdown-question-blocked", "source-stops"}


def agree_on_the_operation(story: Story) -> None:
    texts = story.now().scenario.texts
    plan = next(one for one in texts if one.id == "joint-operation")
    proposal = c.Propose(
        title=plan.title,
        body=said(plan.body),
        parties=plan.parties,
        claims={},
        plan=plan.id,
    )
    story.do(proposal, "nhu")
    tabled = story.last("text_proposed").event
    assert isinstance(tabled, e.TextProposed)
    for one in ("cor", "ard", "bri"):
        story.do(c.Sign(text=tabled.state.text), one)
    assert "text_published" in story.kinds("NHU")


def test_early_warnings_and_a_shared_operation_end_in_arrests() -> None:
    story = running(shipped("red-triage")).later(15)
    story.do(share("flaw-note", "ARD"), "mlk")
    story.later(10).do(share("affiliate-chat", "COR"), "bri")
    story.later(35).do(share("root-cause", "ARD"), "nim")
    agree_on_the_operation(story.later(50))
    released = set(story.later(30).now().released)
    assert released >= {"more-hospitals", "case-opened", "attack-or-error", "arrests"}
    assert "water-utility" not in released


def test_whoever_hits_back_hits_the_water() -> None:
    story = running(shipped("red-triage")).later(100)
    hit = act(
        "cyber_counter_operation",
        "COR",
        text="The site is disabled.",
        basis="domestic",
        proportionality="One machine.",
    )
    story.do(hit, "ard")
    assert "water-utility" in story.later(20).now().released


def fallen(one: Played, best: Played) -> str:
    """Return the indicator that lost most against the best run."""
    now = {each.id: each.value or 0.0 for each in one.card.indicators}
    lost = {
        each.id: (each.value or 0.0) - now[each.id] for each in best.card.indicators
    }
    return max(lost, key=lambda name: lost[name])


POLICIES = (
    "cooperative",
    "slow",
    "silo",
    "silent",
    "leaky",
    "contradictory",
    "escalating",
)
# Quiet Harbour is rehearsed with several seeds beside the robots' own tests.
REHEARSED = [one.name for one in SHIPPED if one.name != "quiet-harbour"]


@pytest.mark.parametrize("name", REHEARSED)
def test_each_way_to_play_costs_what_it_should(name: str) -> None:
    """One seed here; others differ in wording and order, hardly in the score."""
    scenario = shipped(name)
    runs = {one: rehearse(scenario, robots=one, seed=1) for one in POLICIES}
    assert not any(one.refused for one in runs.values())
    score = {name: one.card.headline or 0.0 for name, one in runs.items()}
    assert score["cooperative"] >= 85
    order = [score[one] for one in ("cooperative", "slow", "silo", "silent")]
    assert order == sorted(set(order), reverse=True)
    assert score["silent"] == 0
    best = runs["cooperative"]
    assert fallen(runs["leaky"], best) == "R"
    assert fallen(runs["contradictory"], best) in {"S", "M"}
    # With one probe and one thing to ask, half of either is lost at once.
    costs = {"E", "B", "S"} if name in WARM_UP else {"E", "B"}
    assert fallen(runs["escalating"], best) in costs
