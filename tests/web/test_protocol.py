"""docs/protocol.md against the code: its tables, its examples, its test vector."""

import json
import re
from dataclasses import fields
from functools import cache
from typing import Any, get_args

import pytest

from exercise.adapters.codec import decode
from exercise.adapters.signer import Ed25519Signer
from exercise.domain import chain
from exercise.domain.commands import (
    WIRE_TYPES,
    DelegationCommand,
    EvaluationCommand,
    FacilitatorCommand,
)
from exercise.domain.events import KINDS
from exercise.web import wire
from exercise.web.openapi import command_schema
from exercise.web.refusals import STATUS
from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "protocol.md"
GROUPS = {
    "facilitator": FacilitatorCommand,
    "delegation": DelegationCommand,
    "trainer and evaluator": EvaluationCommand,
}


@cache
def text() -> str:
    return DOCUMENT.read_text("utf-8")


def blocks(label: str) -> list[Any]:
    """Return the JSON blocks that stand under a comment with this label."""
    found = re.findall(rf"<!-- {label} -->\n```json\n(.*?)```", text(), re.DOTALL)
    assert found, label
    return [json.loads(one) for one in found]


def form(schema: dict[str, Any]) -> str:  # noqa: C901, PLR0911 - one arm a form
    """Return a field's form in a few words."""
    if "$ref" in schema:
        return "object"
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return " · ".join(f"`{one}`" for one in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(form(one) for one in schema["anyOf"]))
    match schema.get("type"):
        case "string":
            least, most = schema.get("minLength", 0), schema.get("maxLength")
            return f"text {least}–{most}" if most else "text"
        case "integer":
            low, high = schema.get("minimum"), schema.get("maximum")
            return f"number {low}–{high}" if low is not None else "number"
        case "boolean":
            return "true or false"
        case "array":
            low, high = schema.get("minItems", 0), schema.get("maxItems")
            inner = schema.get("items") or {}
            return f"{low}–{high} of: {form(inner)}"
        case "object":
            inner = schema.get("additionalProperties")
            return f"table of: {form(inner)}" if isinstance(inner, dict) else "object"
        case _:
            return str(schema.get("type"))


def commands_table(group: str) -> str:
    """Return a group's commands as docs/protocol.md prints them."""
    kinds = {one: kind for kind, one in WIRE_TYPES.items()}
    rows = ["| type | fields | does |", "| --- | --- | --- |"]
    for one in get_args(GROUPS[group]):
        schema = command_schema(kinds[one])
        told = [
            f"`{name}`{'' if name in schema['required'] else '?'} {form(each)}"
            for name, each in schema["properties"].items()
            if name not in {"id", "type"}
        ]
        does = " ".join((one.__doc__ or "").split("\n\n")[0].split())
        rows.append(f"| `{kinds[one]}` | {'; '.join(told)} | {does} |")
    return "\n".join(rows)


def kinds_table() -> str:
    """Return every kind of entry as docs/protocol.md prints them."""
    rows = ["| kind | body | says |", "| --- | --- | --- |"]
    for kind, one in sorted(KINDS.items()):
        names = [wire.plain_name(each.name) for each in fields(one)]
        says = " ".join((one.__doc__ or "").split("\n\n")[0].split())
        rows.append(
            f"| `{kind}` | {', '.join(f'`{each}`' for each in names)} | {says} |"
        )
    return "\n".join(rows)


@pytest.mark.parametrize("group", GROUPS)
def test_every_command_is_listed_as_it_is(group: str) -> None:
    assert commands_table(group) in text()


def test_every_kind_of_entry_is_listed_as_it_is() -> None:
    assert kinds_table() in text()


def test_every_code_of_a_refusal_is_listed() -> None:
    for code, status in STATUS.items():
        assert f"| `{code}` | {status} |" in text()


def test_the_examples_of_commands_are_read() -> None:
    for told in blocks("command"):
        wire.read(told)


def test_the_examples_of_refused_commands_are_refused() -> None:
    for told in blocks("refused command"):
        with pytest.raises(wire.Malformed):
            wire.read(told)


def test_the_example_of_an_entry_is_one() -> None:
    for entry in blocks("entry"):
        assert list(entry) == [
            "id",
            "position",
            "at_ms",
            "wall",
            "kind",
            "author",
            "audience",
            "body",
            "html",
        ]
        decode(entry["kind"], 1, json.dumps(entry["body"]))


def test_the_test_vector_comes_out() -> None:
    (vector,) = blocks("vector")
    prev = chain.digest(vector["line_1"])
    leaves = []
    for one in vector["entries"]:
        salt = bytes.fromhex(one["salt"])
        cover = bytes.fromhex(one["envelope_salt"])
        hashed = chain.body_hash(salt, chain.canonical(one["body"]))
        assert hashed == one["content"]["body_hash"]
        envelope = chain.envelope_hash(cover, one["envelope"])
        assert envelope.hex() == one["envelope_hash"]
        leaf = chain.leaf(envelope, one["content"])
        assert leaf.hex() == one["leaf"]
        assert prev.hex() == one["prev"]
        prev = chain.link(prev, leaf)
        assert prev.hex() == one["hash"]
        leaves.append(leaf)
    head = vector["head"]
    root = chain.root(leaves)
    assert root.hex() == head["tree_root"]
    message = chain.head_message("e1", head["head_seq"], prev, root)
    assert message.decode() == head["message"]
    signer = Ed25519Signer(bytes.fromhex(head["private_key"]))
    assert signer.key.hex() == head["key"]
    assert signer.sign(message).hex() == head["signature"]
    assert chain.fingerprint(signer.key) == head["fingerprint"]
