"""Random exercises: whatever people do, the laws of the timeline hold."""

import contextlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.domain import commands as c
from exercise.domain import events as e
from exercise.domain.errors import Rejected
from exercise.domain.identity import EVALUATORS, FACILITATORS
from exercise.domain.moment import Recorded
from exercise.domain.state import fold
from tests.domain.given import Story, running

DELEGATES = ("ves", "orl", "kas", "hga")
ROOMS = {"VES", "ORL", "KAS", "HGA", "observers", "room", EVALUATORS, FACILITATORS}
people = st.sampled_from((*DELEGATES, "fac", "fac2", "eva", "tra", "nobody"))
homes = st.sampled_from(("VES", "ORL", "KAS", "HGA"))
ids = st.integers(1, 60).map(lambda n: f"e{n}")
injects = st.sampled_from(("blackout", "beacon", "session", "spare", "spiral", "x"))
words = st.text(min_size=3, max_size=20)

asks = st.one_of(
    st.builds(c.Release, inject=injects, undo_ms=st.sampled_from((0, 5_000))),
    st.builds(c.Undo, inject=injects),
    st.builds(c.Hold, inject=injects, on=st.booleans()),
    st.builds(c.Skip, inject=injects),
    st.builds(c.Recall, inject=injects, reason=words),
    st.just(c.Pause()),
    st.just(c.Resume()),
    st.builds(c.SetRate, rate=st.integers(1, 60)),
    st.builds(c.Shift, by_ms=st.integers(-600_000, 600_000)),
    st.builds(c.Note, text=words),
    st.builds(c.Acknowledge, about=ids),
    st.builds(c.Call, to=homes),
    st.builds(c.AnswerCall, call=ids),
    st.builds(c.HangUp, call=ids),
    st.builds(c.Say, call=ids, text=words),
    st.builds(c.ShareItem, item=st.just("loader"), to=st.tuples(homes)),
    st.builds(
        c.Act,
        instrument=st.sampled_from(("reply", "public_statement")),
        to=st.one_of(st.just(()), st.tuples(homes)),
        about=st.one_of(st.just(""), ids),
        fields=st.builds(lambda text: {"text": text}, words),
    ),
    st.builds(
        c.Propose,
        title=words,
        body=words,
        parties=st.tuples(homes, homes),
        claims=st.just({}),
    ),
    st.builds(c.Sign, text=ids),
    st.builds(c.Decline, text=ids),
    st.builds(c.TakeSeat, seat=st.sampled_from(("lead", "legal", "x"))),
    st.builds(c.Move, member=people, delegation=homes),
    st.builds(c.Revoke, member=people),
    st.builds(c.Pin, entry=ids),
    st.builds(c.Survey, answers=st.just({"a": "b"}), anonymous=st.booleans()),
)
steps = st.lists(st.tuples(asks, people, st.floats(0, 4)), max_size=25)


def played(plan: list[tuple[Any, str, float]]) -> Story:
    story = running()
    for command, by, minutes in plan:
        story.later(minutes)
        with contextlib.suppress(Rejected):
            story.do(command, by)
    return story


@settings(deadline=None)
@given(steps)
def test_the_laws_of_the_timeline_hold(plan: list[tuple[Any, str, float]]) -> None:
    story = played(plan)
    entries = story.entries
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    times = [one.at_ms for one in entries]
    assert times == sorted(times)
    for one in entries:
        assert list(one.audience) == sorted(set(one.audience))
        assert set(one.audience) <= ROOMS
        assert FACILITATORS in one.audience
        _nobody_else(one)
    cut = len(entries) // 2
    assert fold(entries) == fold(entries[cut:], fold(entries[:cut]))
    assert fold(entries) == story.now()


def _nobody_else(one: Recorded) -> None:
    """Check that a private entry went to its parties and staff alone."""
    staff = {EVALUATORS, FACILITATORS}
    match one.event:
        case e.ActIssued(public=False, to=to) | e.ItemShared(to=to):
            assert set(one.audience) - staff == {one.author.delegation, *to}
        case e.CallLine(caller=caller, callee=callee):
            assert set(one.audience) - staff == {caller, callee}
        case e.InjectReleased(to=to):
            assert set(one.audience) - staff == set(to)
        case e.NoteWritten():
            assert one.audience == (FACILITATORS,)
        case _:
            return


@settings(deadline=None)
@given(steps)
def test_an_inject_is_released_once_whatever_happens(
    plan: list[tuple[Any, str, float]],
) -> None:
    story = played(plan)
    moments: dict[str, set[int]] = {}
    for one in story.entries:
        if isinstance(one.event, e.InjectReleased):
            moments.setdefault(one.event.inject, set()).add(one.at_ms)
    assert all(len(times) == 1 for times in moments.values())
