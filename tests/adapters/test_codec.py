"""Events survive being stored, and what is stored is strict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters import codec
from exercise.domain.chain import canonical
from exercise.domain.events import KINDS, IndicatorOverridden, NoteWritten, Paused
from tests.adapters.stand import EXERCISE, Stand, in_memory


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), max_size=50))
def test_what_is_decoded_is_what_was_encoded(text: str) -> None:
    event = NoteWritten(text=text, about="someone")
    kind, version, body = codec.encode(event)
    assert codec.decode(kind, version, canonical(body)) == event


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
