"""Payloads from outside: read whole, or refused by field in our own words."""

import re
from contextlib import suppress
from typing import get_args
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from exercise.domain import commands as c
from exercise.domain.commands import WIRE_TYPES
from exercise.service.requests import Refusal
from exercise.web import wire
from exercise.web.refusals import sentence
from exercise.web.sentences import SENTENCES, UNMAPPED
from tests.web.stage import Stage

ID = str(uuid4())
ACKNOWLEDGE = {"id": ID, "type": "acknowledge", "about": "x"}


def refusal(payload: object) -> Refusal:
    with pytest.raises(wire.Malformed) as no:
        wire.read(payload)
    said = sentence(no.value.refusal, "en")
    assert not re.search(r"\{[a-z_]+\}", said)  # every place is filled
    assert no.value.refusal.message != UNMAPPED
    found: Refusal = no.value.refusal
    return found


def test_a_whole_command_is_read() -> None:
    assert wire.read(ACKNOWLEDGE) == (ID, c.Acknowledge(about="x"))


def test_a_reserved_word_of_python_has_its_own_name_on_the_wire() -> None:
    told = {
        "id": ID,
        "type": "override",
        "indicator": "T",
        "from": 70,
        "to": 80,
        "reason": "The platform was late, not the delegation.",
        "entries": ["x"],
    }
    _, command = wire.read(told)
    assert isinstance(command, c.Override)
    assert (command.from_, command.to) == (70, 80)
    assert refusal({**told, "from_": 70}).field == "from_"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "7"}, "id"),
        ({"id": None}, "id"),
        ({"type": "nope"}, "type"),
        ({"type": None}, "type"),
        ({"type": ["acknowledge"]}, "type"),
        ({"about": 3}, "about"),
        ({"about": None}, "about"),
        ({"about": ""}, "about"),
        ({"about": "x" * 65}, "about"),
        ({"about": "a\u202eb"}, "about"),
        ({"actor": "me"}, "actor"),
        ({"delegation": "KAS"}, "delegation"),
        ({"seq": 1}, "seq"),
        ({"about": "a\x00b"}, ""),
        ({"about": "\ud800"}, ""),
        ({"about": float("nan")}, ""),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], field: str) -> None:
    assert refusal({**ACKNOWLEDGE, **change}).field == field


@pytest.mark.parametrize("payload", [None, 3, "x", [], [ACKNOWLEDGE], True])
def test_what_is_no_object_is_refused(payload: object) -> None:
    assert refusal(payload).code == "shape"


def test_what_only_time_does_is_no_command() -> None:
    for one in get_args(c.SystemCommand):
        kind = next(
            f.default
            for f in vars(one)["__dataclass_fields__"].values()
            if f.name == "type"
        )
        assert refusal({"id": ID, "type": kind}).field == "type"


@pytest.mark.parametrize(
    ("kind", "told", "field"),
    [
        ("act", {"instrument": "reply", "fields": {"text": None}}, "fields.text"),
        ("act", {"instrument": "reply", "fields": {"n": 1.5}}, "fields.n"),
        ("act", {"instrument": "reply", "fields": {"text": "x" * 9000}}, "fields.text"),
        ("act", {"instrument": "reply", "fields": 3}, "fields"),
        ("act", {"instrument": "reply", "to": "VES", "fields": {}}, "to"),
        (
            "act",
            {"instrument": "reply", "to": ["V"] * 65, "fields": {}},
            "to",
        ),
        ("set_rate", {"rate": 0}, "rate"),
        ("set_rate", {"rate": 61}, "rate"),
        ("set_rate", {"rate": 1.0}, "rate"),
        ("set_rate", {"rate": "7"}, "rate"),
        ("pin", {"entry": "x", "on": "yes"}, "on"),
        (
            "ad_hoc_inject",
            {"title": "a", "body": "b", "channel": "fax", "audience": "all"},
            "channel",
        ),
        (
            "ad_hoc_inject",
            {"title": "a", "body": "b", "channel": "wire", "audience": "nobody"},
            "audience",
        ),
        (
            "ad_hoc_inject",
            {"title": "a", "body": "b", "channel": "wire", "audience": []},
            "audience",
        ),
        ("survey", {"answers": {}}, "answers"),
        ("draft", {"key": "", "text": "x"}, "key"),
        ("draft", {"key": "k", "text": 3}, "text"),
        ("draft", {"key": "k", "text": "x", "who": "me"}, "who"),
    ],
)
def test_each_shape_has_its_sentence(
    kind: str, told: dict[str, object], field: str
) -> None:
    assert refusal({"id": ID, "type": kind, **told}).field == field


def test_a_sentence_quotes_what_stood_there() -> None:
    said = sentence(refusal({**ACKNOWLEDGE, "about": 3}), "en")
    assert said == "“about” is 3; it takes a text."


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=80),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=8,
)
names = sorted(
    {
        wire.plain_name(field)
        for one in WIRE_TYPES.values()
        for field in one.__dataclass_fields__
    }
)


@given(
    kind=st.sampled_from([*WIRE_TYPES, "draft", "fall_due"]),
    told=st.dictionaries(st.sampled_from(names), values, max_size=6),
)
def test_whatever_is_sent_is_read_or_refused_by_field(
    kind: str, told: dict[str, object]
) -> None:
    with suppress(wire.Malformed):
        _, command = wire.read({**told, "id": ID, "type": kind})
        assert not isinstance(command, c.FallDue)
        return
    refusal({**told, "id": ID, "type": kind})


@given(
    kind=st.sampled_from(list(WIRE_TYPES)),
    told=st.dictionaries(st.sampled_from(names), values, max_size=6),
)
def test_every_way_to_be_wrong_has_a_sentence(
    kind: str, told: dict[str, object]
) -> None:
    try:
        payload = orjson.dumps({**told, "type": kind})
    except TypeError:
        return
    try:
        wire.adapter(kind).validate_json(payload, strict=True)
    except ValidationError as error:
        kinds = {one["type"] for one in error.errors()}
        assert kinds - {"unexpected_keyword_argument"} <= set(SENTENCES)


def test_nothing_malformed_is_kept(stage: Stage) -> None:
    browser = stage.by_link("facilitator")
    socket = stage.socket({"membership": browser.member}, browser)
    head = stage.head()
    for change in ({"about": 3}, {"actor": "x"}, {"type": "open"}):
        told = socket.ask("command", {**ACKNOWLEDGE, **change})
        assert (told["ok"], told["code"]) == (False, "shape")
    assert stage.head() == head
