"""A changed state: the same as a rebuilt one, and the old one is as it was."""

from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest
from immutables import Map

from exercise.domain.state import Exercise, changed
from tests.domain.given import running

FIELDS = [one.name for one in fields(Exercise)]


@pytest.fixture(scope="module")
def state() -> Exercise:
    state = running().state
    assert state is not None
    return state


@pytest.mark.parametrize("name", FIELDS)
def test_one_field_is_changed_and_no_other(state: Exercise, name: str) -> None:
    before = {one: getattr(state, one) for one in FIELDS}
    other: dict[str, Any] = {name: object()}
    after = changed(state, **other)
    assert {one: getattr(after, one) for one in FIELDS} == before | other
    assert {one: getattr(state, one) for one in FIELDS} == before


def test_a_changed_state_equals_a_rebuilt_one(state: Exercise) -> None:
    after = changed(state, at_ms=7, names=Map({"ves": "Vera"}), rung=3)
    assert after == replace(state, at_ms=7, names=Map({"ves": "Vera"}), rung=3)
    assert after != state


def test_a_changed_state_cannot_be_written_either(state: Exercise) -> None:
    after = changed(state, at_ms=7)
    with pytest.raises(FrozenInstanceError):
        after.at_ms = 8  # type: ignore[misc] # what is tried


def test_a_field_that_is_not_there_is_named(state: Exercise) -> None:
    with pytest.raises(TypeError, match="at_hours"):
        changed(state, at_ms=7, at_hours=8)  # type: ignore[call-arg] # what is tried
