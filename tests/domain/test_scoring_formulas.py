"""Each indicator against numbers worked out by hand."""

from math import sqrt

import pytest

from exercise.domain.scenario import Ceiling
from tests.domain.builders_scoring import (
    IDS,
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


def test_t_is_the_mean_of_delegations_not_of_obligations() -> None:
    inject = an_inject(
        "one", asks("VES"), asks("VES", "ack"), asks("ORL", "reply"), asks("KAS")
    )
    game = Game(a_scenario(injects=(inject,)))
    about = game.release("one", at=2)
    game.act("VES", "reply", 5, about=about)  # 3 minutes: all of weight 3
    game.act("ORL", "reply", 9, about=about)  # 7 of 5…10: 3/5
    game.end()
    # VES (3·1 + 1·0)/4 = .75; ORL .6; KAS 0
    assert game.value("T") == pytest.approx((0.75 + 0.6 + 0) / 3)


def test_t_counts_from_delivery_and_not_from_the_script() -> None:
    game = Game(a_scenario(injects=(an_inject("one", asks("VES"), at=0),)))
    about = game.release("one", at=20)
    game.act("VES", "reply", 24, about=about)
    game.end()
    assert game.value("T") == 1


def test_r_is_the_f_measure_of_reach_and_handling() -> None:
    items = (an_item("i", "ORL", "MSC"), an_item("j", "ORL", weight=3))
    game = Game(a_scenario(items=items))
    game.release("one")
    game.share("VES", "i", ("ORL",), 5)  # in time: 1
    game.share("VES", "j", ("ORL",), 15)  # halfway to useless: .5
    game.share("VES", "i", ("KAS",), 16)  # AMBER breach of 2
    game.end()
    reach = (1 * (1 + 0) / 2 + 3 * 0.5) / 4
    handling = 2 / (2 + 2)
    assert game.value("R") == pytest.approx(2 * reach * handling / (reach + handling))


def test_n_is_efficiency_times_closed_requests() -> None:
    game = Game(a_scenario())
    first = game.act("VES", "clarification_request", 1, to=("KAS",))
    game.act("KAS", "reply", 2, to=("VES",), about=first)
    game.call("VES", "ORL", 3)
    game.act("ORL", "consult", 4, to=("MSC",))
    game.end()
    # edges VES-KAS, VES-ORL: 2 pairs at 1, one at 2, of 6 pairs
    efficiency = (1 + 1 + 0.5) / 6
    assert game.value("N") == pytest.approx(efficiency * 2 / 4)


def test_s_takes_away_what_chance_gives() -> None:
    parts = {"delegations": tuple(a_delegation(one) for one in IDS[:2])}
    game = Game(a_scenario(probes=(a_probe(),), **parts))
    game.probe("P1")
    game.answer("VES", "P1", {"organ": 50, "proxy": 50}, 2)
    game.answer("ORL", "P1", {"organ": 30, "proxy": 50, "accident": 20}, 3)
    game.close("P1")
    game.end()
    chance = 4 / 7
    agreement, support = (0.8 - chance) / (1 - chance), (0.9 - chance) / (1 - chance)
    chance_ = 1 - 7 / 18
    steps, carried = (0.8 - chance_) / (1 - chance_), (0.9 - chance_) / (1 - chance_)
    expected = (sqrt(agreement * support) + sqrt(steps * carried)) / 2
    assert game.value("S") == pytest.approx(expected)


def test_s_of_the_review_picture_is_worked_out_as_printed() -> None:
    """The figures of the worked example: r(.596) = .058, r(.769) = .460, √ = .164."""
    chance = 4 / 7
    low, high = (0.596 - chance) / (1 - chance), (0.769 - chance) / (1 - chance)
    assert round(low, 3) == pytest.approx(0.057, abs=0.002)
    assert round(high, 3) == pytest.approx(0.461, abs=0.002)
    assert sqrt(low * high) == pytest.approx(0.164, abs=0.003)


def test_m_is_the_share_of_speakers_that_fit() -> None:
    game = Game(a_scenario(topics=(a_topic("VES", "KAS"),)))
    game.act("VES", "public_statement", 12, claims={"who": "undetermined"})
    game.act("MSC", "public_statement", 14, claims={"who": "organ"})
    game.end()
    assert game.value("M") == pytest.approx(1 / 3)


def test_b_multiplies_duties_done_with_heralded_acts() -> None:
    duties = (a_duty("VES", "KAS"), a_duty("ORL", "KAS"))
    game = Game(a_scenario(consultations=duties))
    asked = game.act("VES", "clarification_request", 10, to=("KAS",), reply_by=20)
    game.act("VES", "public_attribution", 15, to=("KAS",))  # before the reply: ½
    game.act("ORL", "public_demarche", 30, to=("KAS",))  # never asked: 1
    game.end()
    assert asked
    assert game.value("B") == pytest.approx((1 / 2) * (1 - 1.5 / 3))


def test_e_weighs_the_excess_and_asks_for_an_answer() -> None:
    injects = (an_inject("one"), an_inject("two"), an_inject("three"))
    provoked = tuple(
        a_provocation("VES", inject=one) for one in ("one", "two", "three")
    )
    game = Game(a_scenario(injects=injects, provocations=provoked))
    about = game.release("one")
    game.release("two", 1)
    game.release("three", 2)
    game.act("VES", "public_statement", 3, about=about)
    game.act("VES", "expel_diplomats", 20, to=("KAS",))
    game.end()
    share, over = 1 / 3, 8 - 1
    assert game.value("E") == pytest.approx(share / 0.5 * (1 - over / 60))


def test_l_is_the_f_measure_of_citations() -> None:
    game = Game(a_scenario(citations=(a_trigger("VES"),)))
    about = game.release("one")
    cited = ("UN-NORM:13c", "UN-NORM:13a", "LAW:BUD")
    game.act("VES", "public_statement", 5, about=about, citations=cited)
    game.end()
    # right 13c and 13a, wrong BUD, missing the group of 13b or 13f
    assert game.value("L") == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))


def test_k_wants_promises_kept_on_time_and_confirmed() -> None:
    parts = {"commitment_types": ("forensics",), "commitments_expected": 2}
    game = Game(a_scenario(**parts))
    kept = game.promise("ORL", "VES", 5, 20)
    late = game.promise("MSC", "VES", 5, 20)
    unsaid = game.promise("KAS", "VES", 5, 20)
    game.deliver("ORL", "VES", kept, 15)
    game.confirm("ORL", "VES", kept, 30)
    game.deliver("MSC", "VES", late, 25)
    game.confirm("MSC", "VES", late, 26)
    game.deliver("KAS", "VES", unsaid, 10)
    game.end()
    assert game.value("K") == pytest.approx((1 + 0.5 + 0) / 3)


def test_the_ceiling_in_force_is_the_newest() -> None:
    ceilings = (Ceiling(start_ms=0, rung=2), Ceiling(start_ms=600_000, rung=4))
    game = Game(a_scenario(provocations=(a_provocation("VES"),), ceilings=ceilings))
    about = game.release("one")
    game.act("VES", "reply", 3, to=("KAS",), about=about)
    game.act("VES", "expel_diplomats", 20, to=("KAS",))
    game.end()
    assert game.value("E") == 1
