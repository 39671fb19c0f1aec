"""The hotline: ring, answer, decline, speak, hang up, ring out."""

from exercise.domain import commands as c
from exercise.domain import events as e
from tests.domain.given import Story, running


def ringing() -> tuple[Story, str]:
    story = running()
    story.do(c.Call(to="KAS"), "ves")
    return story, story.last("call_opened").id


def test_that_a_call_takes_place_is_seen_by_observers_its_words_are_not() -> None:
    story, call = ringing()
    story.do(c.AnswerCall(call=call), "kas")
    story.do(c.Say(call=call, text="Is it yours?"), "ves")
    story.do(c.HangUp(call=call), "kas")
    assert story.kinds("observers")[-2:] == ["call_opened", "call_closed"]
    assert "call_line" not in story.kinds("ORL")
    assert story.kinds("KAS")[-4:] == [
        "call_opened",
        "call_answered",
        "call_line",
        "call_closed",
    ]


def test_a_call_nobody_answers_is_missed_after_a_minute() -> None:
    story, call = ringing()
    story.later(1.1)
    closed = story.last("call_closed").event
    assert isinstance(closed, e.CallClosed)
    assert (closed.call, closed.how) == (call, "missed")


def test_a_call_can_be_declined_by_who_is_called_alone() -> None:
    story, call = ringing()
    assert story.refused(c.DeclineCall(call=call), "ves")
    assert story.refused(c.AnswerCall(call=call), "orl").code == "not-found"
    story.do(c.DeclineCall(call=call), "kas")
    assert story.refused(c.AnswerCall(call=call), "kas").code == "not-found"


def test_two_delegations_have_one_line() -> None:
    story, call = ringing()
    assert story.refused(c.Call(to="VES"), "kas").code == "busy"
    assert story.refused(c.Say(call=call, text="Hello?"), "ves").code == "not-answered"
    story.do(c.AnswerCall(call=call), "kas")
    assert story.refused(c.AnswerCall(call=call), "kas").code == "answered"
    assert story.refused(c.Call(to="VES"), "ves").field == "to"


def test_a_call_lasts_from_the_answer_to_the_end() -> None:
    story, call = ringing()
    story.do(c.AnswerCall(call=call), "kas")
    story.later(3)
    story.do(c.HangUp(call=call), "ves")
    assert story.last("call_closed").event.lasted_ms == 180_000  # type: ignore[union-attr] # a call


def test_who_rang_may_give_up() -> None:
    story, call = ringing()
    story.do(c.HangUp(call=call), "ves")
    assert story.last("call_closed").event.how == "missed"  # type: ignore[union-attr] # a call
