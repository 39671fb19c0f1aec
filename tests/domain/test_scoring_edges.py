"""The edge cases of the scoring model, one story each."""

from dataclasses import replace

import pytest

from exercise.domain import events as e
from exercise.domain.scoring import Scoreboard, card_json, share_of_wins
from exercise.domain.scoring.headline import headline, rating
from tests.domain.builders_scoring import (
    IDS,
    MIN,
    Game,
    a_delegation,
    a_duty,
    a_probe,
    a_provocation,
    a_scenario,
    a_topic,
    a_trigger,
    an_inject,
    an_item,
    asks,
)

EVEN = {"organ": 50, "proxy": 50}
ALONE = {"delegations": (a_delegation("VES"),)}


def test_one_delegation_alone_has_no_network_picture_messages_or_confidence() -> None:
    scenario = a_scenario(
        **ALONE,
        probes=(a_probe(),),
        topics=(a_topic("VES"),),
        consultations=(a_duty("VES", "KAS"),),
        injects=(an_inject("one", asks("VES")),),
    )
    game = Game(scenario)
    game.act("VES", "reply", 2, about=game.release("one"))
    game.act("VES", "public_statement", 12, claims={"who": "undetermined"})
    game.probe("P1")
    game.answer("VES", "P1", EVEN, 2)
    game.close("P1")
    game.end()
    card = game.card()
    values = {one.id: one.value for one in card.indicators}
    assert [values[one] for one in "NSMB"] == [None] * 4
    assert values["T"] == 1
    assert card.headline is None
    assert card.rating is None


def test_a_delegation_nobody_joined_but_the_facilitator_is_not_in_play() -> None:
    played = (*(a_delegation(one) for one in IDS), a_delegation("MED", played=False))
    scenario = a_scenario(delegations=played, topics=(a_topic("VES", "MED"),))
    game = Game(scenario)
    game.act("VES", "public_statement", 12, claims={"who": "undetermined"})
    assert game.value("M", at=31) == 1
    game.write(
        32,
        "m",
        "",
        e.MemberJoined(member="m", role="delegate", delegation="MED", seat="lead"),
    )
    assert game.value("M", at=33) == 0.5


def test_what_had_no_opportunity_is_not_applicable_and_weights_are_renormalised() -> (
    None
):
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    game.act("VES", "reply", 2, about=game.release("one"))
    game.end()
    card = game.card()
    assert [one.id for one in card.indicators if one.value is not None] == ["T", "N"]
    assert card.applicable == 2
    assert headline({"T": 1.0, "R": 0.5, "N": 0.0}) is None
    seven = dict.fromkeys("TRNSMB", 0.5)
    assert headline({**seven, "E": None, "L": None, "K": None}) == pytest.approx(50)


def test_obligations_after_an_exclusion_on_record_do_not_count() -> None:
    injects = (an_inject("one", asks("VES")), an_inject("two", asks("VES")))
    game = Game(a_scenario(injects=injects))
    game.act("VES", "reply", 2, about=game.release("one"))
    game.release("two", 20)
    event = e.DelegationExcluded(delegation="VES", from_ms=22 * MIN, reason="left")
    unexcused = game.value("T", at=50)
    game.write(23, "fac", "", event)
    assert (unexcused, game.value("T", at=50)) == (0.5, 1)


def test_a_delegation_excluded_from_the_start_was_never_in_play() -> None:
    game = Game(a_scenario(topics=(a_topic("VES", "MSC"),)))
    event = e.DelegationExcluded(delegation="MSC", from_ms=0, reason="nobody came")
    game.write(1, "fac", "", event)
    game.act("VES", "public_statement", 12, claims={"who": "undetermined"})
    game.end()
    assert game.value("M") == 1
    assert "3" in game.card().indicator("N").formula


def test_an_excluded_delegation_is_left_out_of_later_probes_windows_and_duties() -> (
    None
):
    scenario = a_scenario(
        probes=(a_probe(),),
        topics=(a_topic("VES", "KAS"),),
        consultations=(a_duty("KAS", "VES"), a_duty("VES", "ORL")),
    )
    game = Game(scenario)
    game.call("VES", "ORL", 6)
    event = e.DelegationExcluded(delegation="KAS", from_ms=9 * MIN, reason="left")
    game.write(9, "fac", "", event)
    game.act("VES", "public_statement", 12, claims={"who": "undetermined"})
    game.probe("P1")
    for one in ("VES", "ORL", "MSC"):
        game.answer(one, "P1", EVEN, 2)
    game.close("P1")
    game.end()
    assert [game.value(one) for one in "MSB"] == [1, pytest.approx(1), 1]


def test_no_answer_is_censored_at_the_deadline_as_nothing() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    game.release("one")
    assert game.value("T", at=9) is None
    assert game.value("T", at=10) == 0


def test_an_answer_at_the_deadline_or_later_earns_nothing() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    game.act("VES", "reply", 10, about=game.release("one"))
    assert game.value("T") == 0


def test_a_missing_probe_answer_is_as_far_from_everybody_as_can_be() -> None:
    game = Game(a_scenario(probes=(a_probe(),)))
    game.probe("P1")
    for one in ("VES", "ORL", "KAS"):
        game.answer(one, "P1", EVEN, 2)
    game.close("P1")
    figures = dict(game.card(46).indicator("S").parts[0].figures)
    assert figures["agreement"] == pytest.approx(1 - 3 / 6)
    assert figures["support"] == pytest.approx(3 / 4)


def test_unanimity_is_agreement_of_one_and_no_division_by_zero() -> None:
    game = Game(a_scenario(probes=(a_probe(),)))
    game.probe("P1")
    for one in IDS:
        game.answer(one, "P1", EVEN, 2)
    game.close("P1")
    assert game.value("S", at=46) == pytest.approx(1)


def test_a_recalled_inject_asks_for_nothing_any_more() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    sent = game.release("one")
    recalled = e.InjectRecalled(
        inject="one", number="one", title="", reason="wrong", entries=(sent,)
    )
    game.write(3, "fac", "", recalled)
    assert game.value("T") is None


def test_a_skipped_inject_never_asked() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    game.write(1, "fac", "", e.InjectSkipped(inject="one", number="one", title=""))
    assert game.value("T") is None


def test_a_pause_stops_no_clock_that_counts_exercise_time() -> None:
    """Deadlines are exercise milliseconds; wall time between entries is nothing."""
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    about = game.release("one", 1)
    game.write(3, "fac", "", e.Paused())
    game.write(3, "fac", "", e.Resumed())
    game.entries[-1] = replace(game.entries[-1], wall_ms=99 * MIN)
    game.act("VES", "reply", 6, about=about)
    assert game.value("T") == 1


def test_an_aborted_exercise_counts_closed_phases_and_is_marked_partial() -> None:
    injects = (an_inject("one", asks("VES")), an_inject("two", asks("VES")))
    game = Game(a_scenario(injects=injects))
    game.act("VES", "reply", 2, about=game.release("one"))
    game.release("two", 31)
    game.end(50, aborted=True)
    card = game.card(50)
    assert card.indicator("T").value == 1
    assert card.partial
    assert card.at_ms == 30 * MIN


def test_ties_in_time_break_by_sequence() -> None:
    game = Game(a_scenario(topics=(a_topic("VES"),)))
    game.act("VES", "public_statement", 12, claims={"who": "organ"})
    game.act("VES", "public_statement", 12, claims={"who": "undetermined"})
    assert game.value("M") == 1


def test_chance_is_taken_per_probe_when_the_scale_changes() -> None:
    probes = (a_probe("P1"), a_probe("P2", severity_steps=4))
    game = Game(a_scenario(probes=probes))
    for one in ("P1", "P2"):
        game.probe(one)
        game.answer("VES", one, EVEN, 2)
        game.close(one)
    chances = [dict(x.figures)["chance"] for x in game.card(46).indicator("S").parts]
    assert chances == pytest.approx([4 / 7, 1 - 7 / 18, 4 / 7, 1 - 5 / 12])


def test_a_pair_shared_twice_counts_once() -> None:
    game = Game(a_scenario(items=(an_item("i", "ORL"),)))
    game.release("one")
    for at in (5, 6, 7):
        game.share("VES", "i", ("ORL", "KAS"), at)
    # one good pair, one breach of 2: handling 1/3, reach 1
    assert game.value("R", at=25) == pytest.approx(2 * (1 / 3) / (1 + 1 / 3))


def test_the_live_score_leaves_open_probes_out() -> None:
    game = Game(a_scenario(probes=(a_probe(),)))
    game.probe("P1")
    game.answer("VES", "P1", EVEN, 2)
    assert game.value("S", at=43) is None
    game.close("P1")
    assert game.value("S", at=46) is not None


def test_an_answer_after_the_probe_closed_changes_nothing() -> None:
    game = Game(a_scenario(probes=(a_probe(),)))
    game.probe("P1")
    game.close("P1")
    game.answer("VES", "P1", EVEN, 2, at=46)
    assert game.value("S", at=50) == 0


def test_the_last_answer_before_the_close_counts() -> None:
    game = Game(a_scenario(probes=(a_probe(),)))
    game.probe("P1")
    game.answer("VES", "P1", {"accident": 100}, 6)
    for one in IDS:
        game.answer(one, "P1", EVEN, 2, at=43)
    game.close("P1")
    assert game.value("S", at=50) == pytest.approx(1)


def test_a_late_act_is_counted_where_time_does_not_matter() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES", to=("KAS",))),)))
    about = game.release("one")
    asked = game.act("KAS", "clarification_request", 1, to=("VES",), about=about)
    game.act("VES", "reply", 40, to=("KAS",), about=asked)
    game.end()
    assert game.value("T") == 0
    assert game.value("N") == pytest.approx(1 / 6 * 1 / 4)


def test_an_entry_ruled_not_substantive_earns_nothing() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    reply = game.act("VES", "reply", 2, about=game.release("one"))
    game.end()
    game.rule(reply, "not_substantive")
    assert game.value("T") == 0
    game.rule(reply, "substantive", 62)
    assert game.value("T") == 1


def test_an_excluded_entry_neither_earns_nor_costs() -> None:
    duties = (a_duty("VES", "ORL"),)
    game = Game(a_scenario(consultations=duties))
    game.call("VES", "ORL", 6)
    named = game.act("VES", "public_attribution", 15, to=("KAS",))
    game.end()
    assert game.value("B") == pytest.approx(1 - 1 / 3)
    game.rule(named, "not_substantive")
    assert game.value("B") == pytest.approx(1 - 1 / 3)
    game.rule(named, "excluded", 62)
    assert game.value("B") == 1


def test_a_fault_of_the_platform_makes_nobody_late() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    reply = game.act("VES", "reply", 30, about=game.release("one"))
    game.end()
    game.rule(reply, "platform_late")
    assert game.value("T") == 1


def test_a_promise_due_after_endex_is_neither_kept_nor_broken() -> None:
    parts = {"commitment_types": ("forensics",), "commitments_expected": 2}
    game = Game(a_scenario(**parts))
    kept = game.promise("ORL", "VES", 5, 20)
    game.deliver("ORL", "VES", kept, 10)
    game.confirm("ORL", "VES", kept, 11)
    game.promise("MSC", "VES", 50, 90)
    game.end()
    assert game.value("K") == 1


def test_only_foreseen_kinds_of_promises_count_and_a_minimum_is_expected() -> None:
    parts = {"commitment_types": ("forensics",), "commitments_expected": 1}
    game = Game(a_scenario(**parts))
    trivia = game.promise("ORL", "VES", 5, 20, "tea")
    game.confirm("ORL", "VES", trivia, 6)
    game.end()
    assert game.value("K") == 0


def test_a_shifted_rest_shifts_windows_with_it() -> None:
    game = Game(a_scenario(consultations=(a_duty("VES", "KAS", 20, 30),)))
    game.write(10, "fac", "", e.RestShifted(from_ms=10 * MIN, by_ms=15 * MIN))
    game.call("VES", "KAS", 40)
    assert game.value("B", at=41) == 1


def test_an_item_its_holder_got_late_is_needed_later() -> None:
    scenario = a_scenario(items=(an_item("i", "ORL"),))
    game = Game(scenario)
    game.release("one", 15)
    game.share("VES", "i", ("ORL",), 24)
    assert game.value("R") == 1


def test_an_item_that_came_by_another_inject_is_needed_all_the_same() -> None:
    scenario = a_scenario(
        items=(an_item("i", "ORL", inject="other"),),
        injects=(an_inject("one"), an_inject("other")),
    )
    game = Game(scenario)
    card = e.ItemCard(id="i", title="i", tlp="AMBER", body="i")
    game.write(
        1,
        "system",
        "",
        e.InjectReleased(
            inject="one",
            number="1",
            title="1",
            body="1",
            channel="tech",
            to=("VES",),
            items=(card,),
        ),
        ("VES",),
    )
    assert game.value("R") == 0
    game.share("VES", "i", ("ORL",), 9)
    assert game.value("R") == 1


def test_a_trigger_nobody_answered_misses_its_groups() -> None:
    game = Game(a_scenario(citations=(a_trigger("VES"),)))
    game.release("one")
    assert game.value("L", at=10) is None
    assert game.value("L", at=21) == 0


def test_a_countermeasure_that_lacks_a_condition_is_raised_one_rung() -> None:
    scenario = a_scenario(provocations=(a_provocation("VES"),))
    flags = {"prior_wrongful_act": True, "call_to_comply": True}
    values: list[float | None] = []
    for notice in (True, False):
        game = Game(scenario)
        about = game.release("one")
        game.act("VES", "reply", 1, about=about)
        game.act("VES", "countermeasure", 20, to=("KAS",), notice_given=notice, **flags)
        game.end()
        values.append(game.value("E"))
    assert values == [pytest.approx(1 - 19 / 60), pytest.approx(1 - 49 / 60)]


def test_sanctions_without_attribution_of_moderate_confidence_are_raised() -> None:
    scenario = a_scenario(provocations=(a_provocation("VES"),))
    values: list[float | None] = []
    for confidence in ("low", "moderate"):
        game = Game(scenario)
        game.act("VES", "reply", 1, about=game.release("one"))
        game.act("VES", "public_attribution", 15, to=("KAS",), confidence=confidence)
        game.act("VES", "sanctions_listing", 20, to=("KAS",))
        game.end()
        values.append(game.value("E"))
    assert values == [pytest.approx(1 - (2 + 19) / 60), pytest.approx(1 - (2 + 7) / 60)]


def test_a_joint_act_counts_once_and_contact_by_any_signatory_suffices() -> None:
    game = Game(a_scenario(consultations=(a_duty("VES", "KAS"),)))
    game.call("VES", "KAS", 6)
    game.publish(("VES", "ORL"), 40, accuses="organ", confidence="moderate")
    game.end()
    card = game.card()
    against = [x for x in card.indicator("B").opportunities if x.verdict == "against"]
    assert len(against) == 1
    assert card.indicator("B").value == 1


def test_an_act_against_nobody_in_play_is_left_out_of_b() -> None:
    game = Game(a_scenario(consultations=(a_duty("VES", "KAS"),)))
    game.call("VES", "KAS", 6)
    game.publish(("VES", "ORL"), 7, accuses="proxy", confidence="moderate")
    game.act("VES", "public_attribution", 8, belief={"fourth": 100})
    game.end()
    assert game.value("B") == 1


def test_a_public_claim_of_a_joint_statement_is_each_signatorys() -> None:
    game = Game(a_scenario(topics=(a_topic("VES", "ORL"),)))
    game.publish(("VES", "ORL"), 12, claims={"who": "undetermined"})
    assert game.value("M") == 1


def test_repeating_a_planted_falsehood_never_fits() -> None:
    inject = an_inject("one", falsehood={"who": "organ"})
    topic = a_topic("VES", fits=("organ", "undetermined"))
    game = Game(a_scenario(injects=(inject,), topics=(topic,)))
    game.release("one")
    game.act("VES", "public_statement", 12, claims={"who": "organ"})
    assert game.value("M") == 0


def test_both_sides_of_an_answered_call_have_called_each_other() -> None:
    inject = an_inject(
        "one",
        asks("VES", "hotline_call", to=("KAS",)),
        asks("KAS", "hotline_call", to=("VES",)),
    )
    game = Game(a_scenario(injects=(inject,)))
    game.release("one")
    game.call("VES", "KAS", 2)
    assert game.value("T") == 1


def test_an_obligation_towards_two_is_met_when_both_are_reached() -> None:
    inject = an_inject("one", asks("VES", "poc_message", to=("ORL", "KAS")))
    game = Game(a_scenario(injects=(inject,)))
    game.release("one")
    game.act("VES", "poc_message", 2, to=("ORL",), type="notification")
    assert game.value("T", at=11) == 0
    game.act("VES", "poc_message", 3, to=("KAS",), type="notification")
    assert game.value("T", at=11) == 1


def test_an_item_already_passed_on_need_not_be_passed_on_again() -> None:
    injects = (
        an_inject("one"),
        an_inject("two", asks("VES", "share_item", items=("i",), to=("ORL",))),
    )
    game = Game(a_scenario(injects=injects, items=(an_item("i", "ORL"),)))
    game.release("one")
    game.share("VES", "i", ("ORL",), 2)
    game.release("two", 5)
    assert game.value("T") == 1


def test_signing_answers_the_inject_that_its_text_is_about() -> None:
    inject = an_inject(
        "one",
        asks("ORL", "sign_joint_statement", "decline_joint_statement"),
        asks("KAS", "sign_joint_statement", "decline_joint_statement"),
    )
    game = Game(a_scenario(injects=(inject,)))
    about = game.release("one")
    text = e.TextState(
        text="t",
        title="t",
        version=1,
        body="",
        drafter="MSC",
        parties=IDS,
        claims={},
        signed=("MSC",),
    )
    game.write(1, "MSC", "MSC", e.TextProposed(state=text, about=about))
    game.write(2, "ORL", "ORL", e.TextSigned(state=text))
    game.write(3, "KAS", "KAS", e.TextDeclined(state=text))
    assert game.value("T") == 1


def test_the_suggested_rating_is_not_better_than_m_when_a_pillar_has_collapsed() -> (
    None
):
    fine = dict.fromkeys("TRNSMBELK", 1.0)
    assert rating(fine) == "P"
    assert rating({**fine, "B": 0.24}) == "M"
    assert rating({**fine, "L": 0.0}) == "P"
    assert rating(dict.fromkeys("TRNSMBELK", 0.3)) == "U"


def test_an_override_stands_beside_the_computed_headline() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    event = e.IndicatorOverridden(
        indicator="T",
        from_=0,
        to=60,
        reason="The delegation answered by voice in the room.",
        entries=("e1",),
    )
    game.write(61, "eva", "", event)
    card = game.card()
    assert card.overrides[0].after == 0.6
    assert card.indicator("T").value is None


def test_incremental_is_batch() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES")),)))
    game.act("VES", "reply", 2, about=game.release("one"))
    game.call("VES", "KAS", 3)
    game.end()
    step = Scoreboard(game.scenario)
    for entry in game.entries:
        step.feed(entry)
        step.card(entry.at_ms)
    assert step.card(60 * MIN, final=True) == game.card()


def test_the_json_is_headline_and_nine_unrounded_values() -> None:
    game = Game(a_scenario())
    game.end()
    made = card_json(game.card())
    assert list(made) == ["headline", "indicators"]
    assert list(made["indicators"]) == list("TRNSMBELK")  # type: ignore[call-overload] # a table


def test_two_equal_runs_beat_each_other_in_half_of_the_draws() -> None:
    same: dict[str, float | None] = dict.fromkeys("TRNSMBELK", 0.5)
    assert share_of_wins(same, same) == 0.5
    assert share_of_wins({**same, "T": 0.6}, same) == 1
