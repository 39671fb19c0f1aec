"""Releases: when due, once, undone in time, held, skipped, revised, recalled."""

from dataclasses import replace

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.due import next_due
from exercise.domain.scenario import Attachment
from tests.domain.given import Story, a_lobby, kinds, running, with_injects
from tests.domain.small import MINUTE, an_inject

MAP = Attachment(file="papers/east.png", sha256="ea" * 32, bytes=9, type="png")


def test_an_inject_goes_out_when_it_is_due_and_not_before() -> None:
    story = running().later(2.99)
    assert "inject_released" not in story.kinds("VES")
    story.later(0.02)
    released = story.last("inject_released")
    assert released.at_ms in range(3 * MINUTE, 3 * MINUTE + 1_000)


def test_nothing_due_fires_while_paused() -> None:
    story = running().later(2)
    story.do(c.Pause(), "fac")
    story.later(30)
    assert "inject_released" not in story.kinds("VES")
    assert next_due(story.now(), story.wall_ms) is None


def test_one_release_is_one_entry_for_each_group_that_is_asked_the_same() -> None:
    story = running().later(4)
    released = [one for one in story.entries if isinstance(one.event, e.InjectReleased)]
    to = {one.event.to: one.event for one in released}  # type: ignore[union-attr] # above
    asked = to["VES",]
    others = to["ORL", "KAS", "HGA", "observers", "room"]
    assert asked.asks == ("respond",)
    assert asked.reply_by_ms == released[0].at_ms + 10 * MINUTE
    assert (others.asks, others.reply_by_ms) == ((), None)
    assert (others.meters[0].value, others.meters[0].sector) == (400, "energy")
    assert story.kinds("facilitators").count("guidance_given") == 1
    assert "guidance_given" not in story.kinds("VES")


def test_a_private_inject_reaches_its_audience_alone_with_its_item() -> None:
    story = running().later(7)
    beacon = story.last("inject_released")
    assert beacon.audience == ("VES", "evaluators", "facilitators")
    assert isinstance(beacon.event, e.InjectReleased)
    assert beacon.event.items[0].body == "It calls home."
    assert ("loader", "VES") in story.now().holdings


def test_an_inject_is_released_only_once() -> None:
    story = running()
    story.do(c.Release(inject="session"), "fac")
    again = story.refused(c.Release(inject="session"), "fac2")
    assert again.code == "already-released"


def test_a_release_waits_out_its_undo_window_and_then_goes_out() -> None:
    story = running()
    story.do(c.Release(inject="session", undo_ms=5_000), "fac")
    assert story.kinds("VES")[-1] != "inject_released"
    story.later(4 / 60)
    assert "session" not in story.now().released
    story.later(2 / 60)
    assert "session" in story.now().released


def test_an_undone_release_reaches_nobody_and_waits_held() -> None:
    story = running()
    story.do(c.Release(inject="blackout", undo_ms=5_000), "fac")
    story.do(c.Undo(inject="blackout"), "fac2")
    story.later(8)
    assert "blackout" not in story.now().released
    assert story.kinds()[-5:].count("release_undone") <= 1
    assert {"release_announced", "release_undone"} <= set(story.kinds())
    assert "release_announced" not in story.kinds("VES")
    assert story.refused(c.Undo(inject="blackout"), "fac").code == "not-found"


def test_a_second_press_sends_now_but_a_double_click_does_not() -> None:
    story = running()
    story.do(c.Release(inject="session", undo_ms=5_000), "fac")
    story.wall_ms += 200
    assert story.refused(c.Release(inject="session"), "fac").code == "announced"
    story.wall_ms += 900
    story.do(c.Release(inject="session"), "fac")
    assert "session" in story.now().released


def test_another_facilitator_is_told_who_is_releasing() -> None:
    story = running()
    story.do(c.Release(inject="session", undo_ms=5_000), "fac")
    story.wall_ms += 2_000
    why = story.refused(c.Release(inject="session"), "fac2")
    assert why.code == "announced"
    assert "Okafor" in why.sentence()


def test_undo_ends_in_wall_time_even_in_a_pause() -> None:
    story = running()
    story.do(c.Release(inject="session", undo_ms=5_000), "fac")
    story.do(c.Pause(), "fac")
    story.later(0.2)
    assert "session" in story.now().released


def test_hold_keeps_one_inject_back_and_everything_when_asked() -> None:
    story = running()
    story.do(c.Hold(inject="blackout"), "fac")
    story.later(4)
    assert "blackout" not in story.now().released
    story.do(c.Hold(), "fac")
    story.later(4)
    assert "beacon" not in story.now().released
    assert story.do(c.Hold(), "fac") == ()
    story.do(c.Hold(on=False), "fac")
    story.later(0.1)
    assert "beacon" in story.now().released
    story.do(c.Hold(inject="blackout", on=False), "fac")
    story.later(0.1)
    assert "blackout" in story.now().released


def test_manual_and_reserve_injects_never_go_by_themselves() -> None:
    story = running().later(25)
    assert set(story.now().released) == {"blackout", "beacon"}


def test_a_skipped_inject_stays_out_until_somebody_releases_it() -> None:
    story = running()
    story.do(c.Skip(inject="blackout", reason="No time"), "fac")
    story.later(5)
    assert "blackout" not in story.now().released
    story.do(c.Release(inject="blackout"), "fac")
    assert "blackout" in story.now().released
    assert story.refused(c.Skip(inject="blackout"), "fac").code == "already-released"


def test_a_branch_is_skipped_with_its_condition_when_that_is_not_met() -> None:
    story = running().later(21)
    skipped = story.last("inject_skipped").event
    assert isinstance(skipped, e.InjectSkipped)
    assert (skipped.inject, skipped.unmet) == ("spiral", "rung >= 4")
    assert "inject_skipped" not in story.kinds("KAS")


def test_a_branch_is_taken_when_its_condition_holds() -> None:
    story = running().later(5)
    fields = {"text": "Out", "basis": "LAW:RET", "proportionality": "Small"}
    story.do(c.Act(instrument="expel_diplomats", to=("KAS",), fields=fields), "ves")
    story.later(16)
    bodies = {
        one.event.to: one.event.body
        for one in story.entries
        if isinstance(one.event, e.InjectReleased) and one.event.inject == "spiral"
    }
    assert bodies["KAS",] == "What KAS reads."
    assert bodies["VES", "ORL", "HGA"] == "Body of spiral"


def test_a_coming_inject_can_be_revised_and_the_scenario_stays() -> None:
    story = running()
    story.do(
        c.Revise(inject="beacon", title="New", at="T+0:10", audience=("VES", "ORL")),
        "fac",
    )
    story.later(11)
    released = story.last("inject_released").event
    assert isinstance(released, e.InjectReleased)
    assert (released.inject, released.title) == ("beacon", "New")
    assert "ORL" in story.last("inject_released").audience or any(
        isinstance(one.event, e.InjectReleased)
        and "ORL" in one.event.to
        and one.event.inject == "beacon"
        for one in story.entries
    )
    scripted = story.scenario.inject("beacon")
    assert scripted is not None
    assert scripted.title == "Title of beacon"


def test_a_revision_is_refused_by_field() -> None:
    story = running().later(5)
    assert story.refused(c.Revise(inject="beacon"), "fac").field == "inject"
    assert story.refused(c.Revise(inject="beacon", at="9"), "fac").field == "at"
    assert story.refused(c.Revise(inject="beacon", at="T+0:01"), "fac").field == "at"
    wrong = c.Revise(inject="beacon", audience=("XXX",))
    assert story.refused(wrong, "fac").field == "audience"
    late = story.refused(c.Revise(inject="blackout", title="x"), "fac")
    assert late.code == "already-released"


def test_a_recall_tells_everybody_who_got_it_once() -> None:
    story = running().later(4)
    story.do(c.Recall(inject="blackout", reason="Wrong figures"), "fac")
    recalled = story.last("inject_recalled")
    assert {"VES", "ORL", "KAS", "HGA", "observers", "room"} <= set(recalled.audience)
    assert story.refused(c.Recall(inject="blackout", reason="Twice"), "fac")
    assert story.refused(c.Recall(inject="beacon", reason="Too soon"), "fac")


def test_an_unplanned_inject_is_numbered_and_marked() -> None:
    story = running()
    story.do(
        c.AdHocInject(title="Rain", body="It rains.", channel="wire", audience="all"),
        "fac",
    )
    first = story.last("inject_released").event
    story.do(
        c.AdHocInject(
            title="Hail",
            body="It hails.",
            channel="wire",
            audience=("VES",),
            undo_ms=5_000,
        ),
        "fac",
    )
    story.later(0.2)
    second = story.last("inject_released").event
    assert isinstance(first, e.InjectReleased)
    assert isinstance(second, e.InjectReleased)
    assert (first.number, first.planned) == ("A-1", False)
    assert (second.number, second.to) == ("A-2", ("VES",))


def test_an_unplanned_inject_takes_files_of_the_scenario_and_no_others() -> None:
    spare = an_inject("map", 50 * MINUTE, ("VES",), attachments=(MAP,))
    story = running(with_injects(spare))
    sent = c.AdHocInject(
        title="A map",
        body="Look at it.",
        channel="cable",
        audience=("KAS",),
        attachments=(MAP.sha256, MAP.sha256),
    )
    story.do(sent, "fac")
    released = story.last("inject_released").event
    assert isinstance(released, e.InjectReleased)
    assert released.attachments == (MAP,)
    no = story.refused(replace(sent, attachments=("0" * 64,)), "fac")
    assert (no.code, no.field) == ("not-found", "attachments")
    assert MAP.file in no.sentence()


def test_a_facilitator_speaks_as_somebody_outside_the_room() -> None:
    story = running()
    events = story.do(
        c.ReplyAs(
            speaker="Dorvane embassy",
            title="No comment",
            body="None.",
            audience=("VES",),
        ),
        "fac",
    )
    assert kinds(events) == ["inject_released"]
    entry = story.last("inject_released")
    assert entry.author.member == ""
    assert isinstance(entry.event, e.InjectReleased)
    assert entry.event.sender == "Dorvane embassy"


def test_only_facilitators_release() -> None:
    story: Story = running()
    assert story.refused(c.Release(inject="session"), "ves").code == "forbidden"
    assert story.refused(c.Release(inject="session"), "nobody").code == "forbidden"
    assert a_lobby().refused(c.Release(inject="session"), "fac").code == "not-started"


def test_two_injects_at_the_same_moment_go_in_script_order() -> None:
    scenario = with_injects(
        an_inject("a", MINUTE, ("all",)), an_inject("b", MINUTE, ("all",))
    )
    story = running(scenario).later(2)
    released = [
        one.event.inject
        for one in story.entries
        if isinstance(one.event, e.InjectReleased)
    ]
    assert released == ["a", "b"]


def test_a_meter_moves_for_those_who_read_of_it() -> None:
    """A private inject that moves a meter tells nobody else that anything happened."""
    told = an_inject("told", MINUTE, ("VES",), meters={"homes": 7})
    story = running(with_injects(told)).later(2)
    readings = story.now().readings
    assert readings["VES", "homes"] == readings["facilitators", "homes"] == 7
    assert ("KAS", "homes") not in readings
    assert story.now().meters["homes"] == 7
