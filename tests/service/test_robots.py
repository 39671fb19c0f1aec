"""What each policy does, and when, on a scenario of one hour."""

import pytest

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.service.robots import POLICIES, Robot, UnknownPolicy, assigned
from tests.builders import a_scenario
from tests.service.playing import Played, a_text, request


def test_a_cooperative_robot_answers_at_four_fifths_of_the_target() -> None:
    robot = Played("cooperative", "VES")
    robot.gets("ping", 0)
    robot.gets("blackout", 3)
    robot.until(60)
    assert [minute for minute, _ in robot.of("acknowledge")] == [4]
    ((minute, statement),) = robot.acts("public_statement")
    assert minute == 7
    assert statement.about == "blackout"
    assert statement.fields["claims"] == {"cause": "unknown"}
    assert statement.fields["citations"] == ("UN-NORM:13b", "UN-NORM:13f")


def test_a_slow_robot_answers_when_nine_tenths_of_the_rest_are_gone() -> None:
    robot = Played("slow", "VES")
    robot.gets("ping", 0)
    assert [minute for minute, _ in robot.until(60).of("acknowledge")] == [9.5]


def test_a_silent_robot_does_nothing_whatever_happens() -> None:
    robot = Played("silent", "VES")
    robot.starts()
    robot.gets("ping", 0)
    robot.hears(request("VES"), 5, by="KAS")
    robot.hears(e.CallOpened(caller="KAS", callee="VES", rings_until_ms=0), 6)
    assert robot.until(60).did == []


def test_items_go_to_those_who_need_them_shortly_before_they_do() -> None:
    robot = Played("cooperative", "VES")
    robot.gets("beacon", 6)
    ((minute, share),) = robot.until(60).of("share_item")
    assert (minute, share.item, share.to) == (14, "loader", ("HGA",))


def test_nothing_is_shared_before_its_holder_has_it() -> None:
    robot = Played("cooperative", "VES")
    robot.gets("beacon", 20)
    ((minute, _),) = robot.until(60).of("share_item")
    assert minute == 28, "needed later by as much as it came late"


def test_a_leaky_robot_shares_with_everybody() -> None:
    robot = Played("leaky", "VES")
    robot.gets("beacon", 6)
    ((_, share),) = robot.until(60).of("share_item")
    assert set(share.to) == {"ORL", "KAS", "HGA"}


def test_a_robot_shares_what_it_holds_not_what_it_was_given_to_know() -> None:
    robot = Played("cooperative", "HGA")
    shared = e.ItemShared(
        item="loader", title="Loader", tlp="AMBER", body="…", to=("HGA",)
    )
    entry = robot.hears(shared, 10, by="VES")
    robot.until(60)
    assert robot.of("share_item") == []
    assert [(m, one.about) for m, one in robot.of("acknowledge")] == [(10, entry)]


def test_every_request_is_answered_within_its_time() -> None:
    robot = Played("cooperative", "KAS")
    entry = robot.hears(request("KAS"), 10, by="VES")
    ((minute, reply),) = robot.until(60).acts("reply")
    assert (minute, reply.about, reply.to) == (14, entry, ("VES",))


def test_an_answer_once_given_is_not_given_again() -> None:
    robot = Played("cooperative", "KAS")
    entry = robot.hears(request("KAS"), 10, by="VES")
    answer = e.ActIssued(
        instrument="reply",
        to=("VES",),
        fields={"text": "Here."},
        public=False,
        rung=0,
        about=entry,
        answers=entry,
    )
    robot.hears(answer, 11, by="KAS")
    assert robot.until(60).did == []


def test_a_call_is_picked_up_after_five_seconds_by_everyone_who_talks() -> None:
    for policy in ("cooperative", "slow", "escalating"):
        robot = Played(policy, "KAS")
        opened = e.CallOpened(caller="VES", callee="KAS", rings_until_ms=0)
        call = robot.hears(opened, 10, by="VES")
        ((minute, answer),) = robot.until(11).of("answer_call")
        assert (round((minute - 10) * 60), answer.call) == (5, call)


def test_a_caller_speaks_listens_and_hangs_up() -> None:
    robot = Played("cooperative", "VES")
    opened = e.CallOpened(caller="VES", callee="KAS", rings_until_ms=0)
    call = robot.hears(opened, 10, by="VES")
    robot.hears(e.CallAnswered(call=call, caller="VES", callee="KAS"), 10, by="KAS")
    robot.until(10.5)
    line = e.CallLine(call=call, caller="VES", callee="KAS", text="Good evening.")
    robot.hears(line, 11, by="KAS")
    robot.until(12)
    assert [one.type for _, one in robot.did] == ["say", "hang_up"]


def test_a_call_nobody_took_is_followed_by_a_question_in_writing() -> None:
    robot = Played("cooperative", "VES")
    opened = e.CallOpened(caller="VES", callee="KAS", rings_until_ms=0)
    call = robot.hears(opened, 10, by="VES")
    robot.hears(e.CallClosed(call=call, caller="VES", callee="KAS", how="missed"), 11)
    ((_, question),) = robot.until(60).acts("clarification_request")
    assert question.to == ("KAS",)


def test_consultation_takes_place_when_its_window_opens_or_nearly_closes() -> None:
    for policy, due in (("cooperative", 8), ("slow", 17)):
        robot = Played(policy, "VES")
        robot.starts()
        robot.until(20)
        consulted = [*robot.of("call"), *robot.acts("clarification_request")]
        assert [minute for minute, _ in consulted] == [due]


def test_the_seed_decides_between_ringing_and_writing() -> None:
    def how(seed: int) -> str:
        robot = Played("cooperative", "VES", seed=seed)
        robot.starts()
        return robot.until(10).did[0][1].type

    assert {how(seed) for seed in range(12)} == {"call", "act"}
    assert how(3) == how(3)


def test_a_silo_asks_nobody_answers_nobody_and_shares_nothing() -> None:
    robot = Played("silo", "VES")
    robot.starts()
    for inject, minute in (("ping", 0), ("blackout", 3), ("beacon", 6), ("drill", 20)):
        robot.gets(inject, minute)
    robot.hears(request("VES"), 21, by="KAS")
    robot.hears(e.CallOpened(caller="KAS", callee="VES", rings_until_ms=0), 22)
    robot.until(60)
    kinds = [getattr(one, "instrument", one.type) for _, one in robot.did]
    assert (
        kinds == ["acknowledge", "public_statement", "public_statement"][: len(kinds)]
    )
    assert "acknowledge" in kinds


def test_a_silo_names_its_rival_when_the_second_phase_begins() -> None:
    robot = Played("silo", "VES")
    phase = e.PhaseBegan(phase="two", title="Two", number=2, of=2, ends_ms=0)
    robot.hears(phase, 30)
    ((minute, act),) = robot.until(60).acts("public_attribution")
    assert (minute, act.to) == (30, ("KAS",))
    quiet = Played("silo", "ORL")
    quiet.hears(phase, 30)
    assert quiet.until(60).did == [], "no rival, nobody to name"


def test_a_silo_believes_the_last_item_it_was_given() -> None:
    robot = Played("silo", "VES")
    robot.gets("beacon", 6)
    ((_, answer),) = _asked(robot, "P2").of("answer_probe")
    assert answer.attribution == {"organ": 15, "proxy": 70, "accident": 15}
    assert answer.severity == 3


def _asked(robot: Played, probe: str, minute: float = 55) -> Played:
    found = robot.scenario.probe(probe)
    assert found is not None
    opened = e.ProbeOpened(
        probe=probe,
        title=found.title,
        closes_ms=int((minute + 4) * 60_000),
        hypotheses=robot.scenario.hypotheses,
        severity_scale=(),
        severity_steps=found.severity_steps,
        priorities=found.priorities,
    )
    robot.hears(opened, minute)
    return robot.until(minute + 4)


def test_a_probe_is_answered_with_what_the_evidence_at_hand_supports() -> None:
    informed, waiting = Played("cooperative", "VES"), Played("cooperative", "KAS")
    informed.gets("beacon", 6)
    ((_, known),) = _asked(informed, "P2").of("answer_probe")
    ((_, older),) = _asked(waiting, "P2").of("answer_probe")
    assert known.attribution == {"organ": 10, "proxy": 80, "accident": 10}
    assert older.attribution == {"organ": 40, "proxy": 40, "accident": 20}
    assert (known.severity, older.severity) == (2, 3)
    assert sorted(known.priorities) == ["a", "b", "c"]


def test_contradictory_robots_each_believe_and_say_something_else() -> None:
    beliefs, claims = {}, {}
    for one in ("HGA", "KAS", "ORL"):
        robot = Played("contradictory", one)
        robot.starts()
        ((_, answer),) = _asked(robot, "P1", 26).of("answer_probe")
        beliefs[one] = max(answer.attribution, key=lambda k: answer.attribution[k])
        assert answer.severity == 3, "as the cooperative"
        for _, statement in robot.acts("public_statement"):
            claims[one] = statement.fields["claims"]["cause"]
    assert beliefs == {"HGA": "organ", "KAS": "proxy", "ORL": "accident"}
    assert claims == {"KAS": "attack"}


def test_an_escalating_robot_names_its_rival_and_then_goes_a_rung_further() -> None:
    robot = Played("escalating", "VES")
    robot.starts()
    robot.gets("blackout", 3)
    robot.until(10)
    ((_, named),) = robot.acts("public_attribution")
    assert named.to == ("KAS",)
    assert named.fields["belief"] == {"organ": 100, "proxy": 0, "accident": 0}
    robot.hears(_adverse("public_attribution", 3), 10, by="VES")
    robot.gets("drill", 26)
    steps = [one for _, one in robot.until(30).of("act") if "basis" in one.fields]
    assert [one.instrument for one in steps] in (
        [["expel_diplomats"], ["suspend_cooperation"], ["trade_restriction"]]
    )
    assert robot.of("call") == [], "no hotline to its rival"


def test_an_escalating_robot_strikes_at_most_once_in_fifteen_minutes() -> None:
    robot = Played("escalating", "VES")
    robot.gets("blackout", 3)
    robot.until(6)
    robot.hears(_adverse("public_attribution", 3), 6, by="VES")
    robot.gets("drill", 15)
    assert [one for _, one in robot.until(30).of("act") if "basis" in one.fields] == []


def _adverse(instrument: str, rung: int) -> e.ActIssued:
    return e.ActIssued(
        instrument=instrument, to=("KAS",), fields={}, public=True, rung=rung
    )


def test_without_a_hypothesis_against_its_rival_it_stays_cooperative() -> None:
    assert Robot("escalating", "VES", a_scenario(), 1).policy.name == "escalating"
    assert Robot("escalating", "KAS", a_scenario(), 1).policy.name == "cooperative"
    assert Robot("escalating", "ORL", a_scenario(), 1).policy.name == "cooperative"


def test_the_drafter_tables_its_text_early_and_the_others_sign() -> None:
    drafter = Played("cooperative", "ORL")
    drafter.gets("draft", 32)
    ((minute, proposal),) = drafter.until(60).of("propose")
    assert (minute, proposal.plan, proposal.claims) == (
        34,
        "notice",
        {"cause": "unknown"},
    )
    party = Played("cooperative", "VES")
    party.gets("draft", 32)
    party.hears(e.TextProposed(state=_text()), 34, by="ORL")
    assert [(m, c.type) for m, c in party.until(60).did] == [(36, "sign")]


def test_a_text_that_goes_beyond_the_facts_is_declined() -> None:
    party = Played("cooperative", "VES")
    party.gets("draft", 32)
    party.hears(e.TextProposed(state=_text(claims={"cause": "attack"})), 34, by="ORL")
    assert [c.type for _, c in party.until(60).did] == ["decline"]


def test_a_drafter_takes_in_the_words_of_others() -> None:
    drafter = Played("cooperative", "ORL")
    drafter.starts()
    words = e.Bracket(number=1, clause=1, by="VES", words="We deplore it.")
    state = _text(brackets=(words,))
    drafter.hears(e.TextBracketed(state=state, bracket=words), 34, by="VES")
    drafter.until(36)
    (settled,) = drafter.of("settle_bracket")
    assert settled[1] == c.SettleBracket(text=state.text, bracket=1, accept=True)


def test_a_silo_signs_nothing() -> None:
    party = Played("silo", "VES")
    party.gets("draft", 32)
    party.hears(e.TextProposed(state=_text()), 34, by="ORL")
    assert party.until(60).did == []


def _text(**more: object) -> e.TextState:
    return a_text(**{"claims": {"cause": "unknown"}, "plan": "notice", **more})


def test_help_is_offered_accepted_delivered_and_confirmed() -> None:
    provider = Played("cooperative", "HGA")
    asked = request("HGA", "request_assistance", type="forensics")
    entry = provider.hears(asked, 7, by="ORL")
    ((minute, offer),) = provider.until(20).acts("offer_assistance")
    assert (minute, offer.about, offer.fields["due_in"]) == (11, entry, 20)
    made = e.CommitmentMade(
        type="forensics",
        promisor="HGA",
        beneficiary="ORL",
        due_ms=40 * 60_000,
        source="x",
    )
    promise = provider.hears(made, 20)
    ((minute, _),) = provider.until(60).acts("deliver_assistance")
    assert minute == 36
    thankful = Played("cooperative", "ORL")
    done = e.CommitmentDelivered(
        commitment=promise, type="forensics", promisor="HGA", beneficiary="ORL"
    )
    thankful.hears(done, 36, by="HGA")
    ((_, confirmed),) = thankful.until(60).acts("confirm_assistance")
    assert confirmed.about == promise


def test_nobody_promises_what_nobody_foresaw() -> None:
    robot = Played("cooperative", "KAS")
    robot.hears(request("KAS", "request_assistance", type="funding"), 7, by="ORL")
    assert [one.instrument for _, one in robot.until(60).of("act")] == ["reply"]


def test_after_the_end_a_robot_says_no_more() -> None:
    robot = Played("cooperative", "VES")
    robot.gets("ping", 0)
    robot.hears(e.Ended(), 1)
    assert robot.until(60).did == []


def test_a_second_seat_signs_what_needs_two() -> None:
    robot = Robot("cooperative", "VES", a_scenario(), 1)
    played = Played("cooperative", "VES")
    played.robot = robot
    prepared = e.ActPrepared(instrument="reply", to=(), fields={})
    entry = played.hears(prepared, 5, by="VES")
    (asked,) = robot.act(6 * 60_000)
    assert (asked.command.type, asked.seat) == ("countersign", 1)
    assert asked.command.about == entry  # type: ignore[union-attr] # a countersign


def test_policies_are_given_for_all_or_one_by_one() -> None:
    scenario = a_scenario()
    assert set(assigned("slow", scenario).values()) == {"slow"}
    mixed = assigned("VES=silent,KAS=leaky", scenario)
    assert mixed == {
        "VES": "silent",
        "ORL": "cooperative",
        "KAS": "leaky",
        "HGA": "cooperative",
    }
    assert assigned("slow,VES=silo", scenario)["VES"] == "silo"


@pytest.mark.parametrize("told", ["loud", "VES=loud", "XYZ=slow", ""])
def test_an_unknown_policy_or_delegation_is_named_with_what_there_is(told: str) -> None:
    with pytest.raises(UnknownPolicy, match="choose one of"):
        assigned(told, a_scenario())


def test_there_are_the_eight_policies() -> None:
    assert sorted(POLICIES) == [
        "contradictory",
        "cooperative",
        "escalating",
        "leaky",
        "silent",
        "silo",
        "slow",
        "thorough",
    ]
