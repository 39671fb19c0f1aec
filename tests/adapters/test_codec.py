"""Events survive being stored, and what is stored is strict."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters import codec
from exercise.domain.chain import Canonical, Json, NotCanonical, canonical
from exercise.domain.events import KINDS, IndicatorOverridden, NoteWritten, Paused
from tests.adapters.stand import EXERCISE, Stand, in_memory

NUMBERS = st.integers() | st.integers(-(2**53) - 2, 2**53 + 2)
# Whatever JSON may hold, and some of what it may not: surrogates, floats, bytes.
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20) | st.floats(width=16),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
        | st.dictionaries(st.sampled_from("aA~_\x7f\x00"), inner, max_size=4)
    ),
    max_leaves=12,
)
ODD = st.sampled_from([b"raw", {1}, {1: 2}, NoteWritten(text="x"), UUID(int=1)])
DEEP = 600


def written(write: Canonical, value: Json) -> bytes | str:
    """Return the bytes, or what is said of a value that has none."""
    try:
        return write(value)
    except NotCanonical as no:
        return str(no)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), max_size=50))
def test_what_is_decoded_is_what_was_encoded(text: str) -> None:
    event = NoteWritten(text=text, about="someone")
    kind, version, body = codec.encode(event)
    assert codec.decode(kind, version, canonical(body)) == event


@given(VALUES | ODD | st.lists(ODD | VALUES, max_size=3))
def test_the_fast_way_writes_and_refuses_what_the_plain_one_does(value: Json) -> None:
    assert written(codec.fast_canonical, value) == written(canonical, value)


@pytest.mark.parametrize("code", [*range(0x300), 0x2028, 0xD800, 0xFFFF, 0x10FFFF])
def test_every_character_is_written_alike(code: int) -> None:
    value = {"text": f"a{chr(code)}b"}
    assert written(codec.fast_canonical, value) == written(canonical, value)


def test_what_is_nested_very_deep_is_written_alike() -> None:
    value: Json = "x"
    for _ in range(DEEP):
        value = [value]
    assert codec.fast_canonical(value) == b"[" * DEEP + b'"x"' + b"]" * DEEP
    assert canonical(value) == codec.fast_canonical(value)


def test_every_event_of_a_run_comes_back() -> None:
    stand = Stand(in_memory().timeline).running().later(600_000)
    for sealed in stand.timeline.after(EXERCISE, 0):
        entry = sealed.entry
        event = codec.decode(entry.kind, entry.version, entry.body or "")
        assert codec.encode(event)[2] == codec.encode(event)[2]
        assert canonical(codec.encode(event)[2]).decode() == entry.body


def test_every_kind_has_an_adapter() -> None:
    for kind in KINDS:
        with pytest.raises(ValueError, match="validation"):
            codec.decode(kind, 1, '{"unheard_of":1}')


def test_from_is_from_on_the_wire() -> None:
    event = IndicatorOverridden(
        indicator="T", from_=40, to=50, reason="late", entries=("a",)
    )
    body = codec.encode(event)[2]
    assert body["from"] == 40
    assert "from_" not in body


@pytest.mark.parametrize(
    "body",
    [
        "null",
        "[]",
        '{"reason":"","outage":0}',
        '{"reason":1}',
        '{"reason":"","extra":1}',
        '{"reason":"\\u0000"}',
        "{",
    ],
)
def test_a_body_that_does_not_fit_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        codec.decode(Paused.KIND, 1, body)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unheard_of"):
        codec.decode("unheard_of", 1, "{}")


def test_an_older_version_is_read_as_we_would_write_it_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cause_was_called_reason(body: codec.Body) -> codec.Body:
        return {"reason": body["cause"]}

    monkeypatch.setattr(codec, "VERSION", 2)
    monkeypatch.setattr(codec, "UPCASTERS", {("paused", 1): cause_was_called_reason})
    event = codec.decode("paused", 1, '{"cause":"coffee"}')
    assert event == Paused(reason="coffee")
