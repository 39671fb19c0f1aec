"""What every directory promises, told as stories."""

import re

from exercise.service.directory import Link, Membership
from exercise.service.drafts import LOCK_MS, MOST_VERSIONS, Edit, Place
from tests.adapters.stand import EXERCISE, Stand, Store

VES = Place(EXERCISE, "VES")
NOW = 1_000_000_000


def test_one_browser_may_be_several_members(store: Store) -> None:
    one, two = Membership("a", "m1"), Membership("b", "m2")
    store.directory.admit("cookie", one, NOW)
    store.directory.admit("cookie", two, NOW + 1)
    store.directory.admit("cookie", one, NOW + 2)
    assert list(store.directory.memberships("cookie")) == [two, one]
    assert not store.directory.memberships("another")


def test_logging_out_is_seen_by_those_who_look(store: Store) -> None:
    directory = store.directory
    directory.admit("cookie", Membership("a", "m1"), NOW)
    directory.admit("cookie", Membership("a", "m2"), NOW)
    directory.leave("cookie", NOW + 5, "m1")
    assert list(directory.memberships("cookie")) == [Membership("a", "m2")]
    assert [member for _, member in directory.left_since(NOW)] == ["m1"]
    assert not directory.left_since(NOW + 6)
    directory.leave("cookie", NOW + 7)
    assert not directory.memberships("cookie")


def test_a_session_gets_a_fresh_token_and_the_old_one_is_nothing(store: Store) -> None:
    store.directory.admit("old", Membership("a", "m"), NOW)
    store.directory.replace_token("old", "new")
    assert not store.directory.memberships("old")
    assert list(store.directory.memberships("new")) == [Membership("a", "m")]


def test_a_link_is_spent_once(store: Store) -> None:
    store.directory.make_link("token", Link(EXERCISE, "trainer"), NOW)
    assert store.directory.link("token") == Link(EXERCISE, "trainer")
    spent = store.directory.spend_link("token", NOW)
    assert spent == Link(EXERCISE, "trainer", spent=True)
    assert store.directory.spend_link("token", NOW) is None
    assert store.directory.link("token") == spent
    assert store.directory.link("unknown") is None
    assert store.directory.spend_link("unknown", NOW) is None


def test_a_code_is_read_out_and_typed_in_any_way(store: Store) -> None:
    code = store.directory.make_code(VES)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code)
    assert store.directory.codes(EXERCISE) == {"VES": code}
    worn = f" {code[:4].lower()} - {code[4:]}".replace("0", "o").replace("1", "l")
    assert store.directory.place(worn) == VES
    assert store.directory.place("AAAAAAAA") is None
    assert store.directory.place("") is None


def test_a_new_code_ends_the_old_one(store: Store) -> None:
    first = store.directory.make_code(VES)
    second = store.directory.make_code(VES)
    assert first != second
    assert store.directory.place(first) is None
    assert store.directory.place(second) == VES


def test_failed_tries_are_counted_by_browser_and_in_all(store: Store) -> None:
    for browser in ("one", "one", "two"):
        store.directory.fail(browser, NOW)
    store.directory.fail("one", NOW + 60_000)
    found = store.directory.failures("one", NOW)
    assert (found.mine, found.all) == (3, 4)
    found = store.directory.failures("two", NOW + 1)
    assert (found.mine, found.all) == (0, 1)


def test_a_draft_is_locked_for_twenty_seconds_by_who_writes(store: Store) -> None:
    directory = store.directory
    first = directory.save_draft(VES, Edit("act", "We", "ann", NOW))
    held = directory.save_draft(VES, Edit("act", "Us", "bob", NOW + LOCK_MS - 1))
    assert held == first
    mine = directory.save_draft(VES, Edit("act", "We deny", "ann", NOW + 1))
    assert mine.body == "We deny"
    taken = directory.save_draft(VES, Edit("act", "Us", "bob", mine.locked_until_ms))
    assert (taken.member, taken.body) == ("bob", "Us")
    assert list(directory.drafts(VES)) == [taken]
    assert not directory.drafts(Place(EXERCISE, "KAS"))
    directory.drop_draft(VES, "act")
    assert not directory.drafts(VES)


def test_a_draft_can_be_taken_over_and_nobodys_words_are_lost(store: Store) -> None:
    directory = store.directory
    directory.save_draft(VES, Edit("taken", "We", "ann", NOW))
    taken = directory.save_draft(VES, Edit("taken", "We too", "bob", NOW + 1, "take"))
    assert (taken.member, taken.body) == ("bob", "We too")
    held = directory.save_draft(VES, Edit("taken", "We all", "ann", NOW + 2))
    assert held == taken
    versions = directory.draft_versions(VES, "taken")
    assert [(one.number, one.member, one.body) for one in versions] == [
        (2, "bob", "We too"),
        (1, "ann", "We"),
    ]


def test_a_minute_of_ones_typing_is_one_version(store: Store) -> None:
    directory = store.directory
    for second in range(0, 150, 30):
        words = f"After {second} s"
        directory.save_draft(VES, Edit("typed", words, "ann", NOW + second * 1000))
    versions = directory.draft_versions(VES, "typed")
    assert [one.body for one in versions] == ["After 120 s", "After 90 s", "After 30 s"]
    assert [one.wall_ms - one.began_ms for one in versions] == [0, 30_000, 30_000]


def test_an_earlier_version_comes_back_as_a_new_one(store: Store) -> None:
    directory = store.directory
    directory.save_draft(VES, Edit("back", "First", "ann", NOW))
    directory.save_draft(VES, Edit("back", "Second", "bob", NOW + LOCK_MS))
    directory.save_draft(
        VES, Edit("back", "First", "bob", NOW + LOCK_MS + 1, "restore")
    )
    versions = directory.draft_versions(VES, "back")
    assert [one.body for one in versions] == ["First", "Second", "First"]
    assert [one.body for one in directory.drafts(VES) if one.key == "back"] == ["First"]


def test_versions_are_bounded_and_go_with_their_draft(store: Store) -> None:
    directory = store.directory
    for number in range(MOST_VERSIONS + 5):
        directory.save_draft(VES, Edit("bounded", str(number), "ann", NOW, "restore"))
    directory.save_draft(VES, Edit("other", "Kept", "ann", NOW))
    versions = directory.draft_versions(VES, "bounded")
    assert [one.number for one in versions] == list(range(MOST_VERSIONS + 5, 5, -1))
    assert not directory.draft_versions(Place(EXERCISE, "KAS"), "bounded")
    directory.drop_draft(VES, "bounded")
    assert not directory.draft_versions(VES, "bounded")
    assert directory.draft_versions(VES, "other")


def test_the_furthest_reader_reads_for_the_delegation(store: Store) -> None:
    directory = store.directory
    assert directory.see(EXERCISE, "VES", "ann", 3) == (0, 3)
    assert directory.see(EXERCISE, "VES", "bob", 2) == (3, 3)
    assert directory.see(EXERCISE, "VES", "bob", 5) == (3, 5)
    assert directory.see(EXERCISE, "VES", "ann", 1) == (5, 5)
    assert directory.read_to(EXERCISE) == {"VES": 5}


def test_who_has_read_an_entry_follows_from_positions(
    store: Store, stand: Stand
) -> None:
    stand.running()
    started = next(
        one for one in stand.timeline.tail(EXERCISE, 0) if one.entry.kind == "started"
    )
    at = started.positions["VES"]
    store.directory.see(EXERCISE, "VES", "ves", at)
    store.directory.see(EXERCISE, "KAS", "kas", started.positions["KAS"] - 1)
    store.directory.see(EXERCISE, "facilitators", "fac", 99)
    read = store.directory.read_by(EXERCISE, [started.entry.id, "unknown"])
    assert {key: list(value) for key, value in read.items()} == {
        started.entry.id: ["VES"],
        "unknown": [],
    }


def test_a_lease_is_one_workers_until_it_runs_out(store: Store) -> None:
    watch = store.watch
    assert watch.take("ex", "one", NOW, 2000).holder == "one"
    assert watch.take("ex", "two", NOW + 1999, 2000).holder == "one"
    assert watch.take("ex", "one", NOW + 1999, 2000).until_ms == NOW + 3999
    assert watch.take("ex", "two", NOW + 4000, 2000).holder == "two"
    assert watch.take("ex", "one", NOW + 4001, 2000).holder == "two"


def test_a_lease_that_is_handed_over_is_free_at_once(store: Store) -> None:
    watch = store.watch
    watch.take("ex", "one", NOW, 2000)
    watch.hand_over("ex", "two", NOW + 10_000)
    assert watch.take("ex", "two", NOW + 1, 2000).holder == "one", "not two's to give"
    watch.hand_over("ex", "one", NOW + 10_000)
    taken = watch.take("ex", "two", NOW + 9999, 2000)
    assert (taken.holder, taken.handed) == ("two", True)
    assert not watch.take("ex", "two", NOW + 10_000, 2000).handed, "only once"
    watch.hand_over("ex", "two", NOW + 20_000)
    assert not watch.take("ex", "one", NOW + 20_000, 2000).handed, "too late"


def test_the_last_kept_time_replaces_the_one_before(store: Store) -> None:
    assert store.watch.last_mark("ex") is None
    store.watch.mark("ex", 1000, NOW)
    store.watch.mark("ex", 3000, NOW + 2000)
    mark = store.watch.last_mark("ex")
    assert mark is not None
    assert (mark.at_ms, mark.wall_ms) == (3000, NOW + 2000)
