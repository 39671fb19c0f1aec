"""The record's arithmetic, against other people's and against its own promise."""

import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters.proof import lines as proof_lines
from exercise.adapters.proof.inclusion import root_of
from exercise.domain import chain
from exercise.domain.wall import from_iso, iso

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


@given(VALUES)
def test_canonical_json_is_rfc_8785(value: chain.Json) -> None:
    assert chain.canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # both take JSON
    assert json.loads(chain.canonical(value)) == value


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53, -(2**53), {"é": 1}, {1: 2}, "\ud800", b"raw", [{1}]],
)
def test_what_has_no_place_in_a_record_is_refused(value: chain.Json) -> None:
    with pytest.raises(chain.NotCanonical):
        chain.canonical({"a": [value]})


@pytest.mark.parametrize("key", ["é", 1, None])
def test_a_strange_key_is_named(key: object) -> None:
    with pytest.raises(chain.NotCanonical, match=f"the key {key!r}"):
        chain.canonical({"a": 1, key: 2})  # type: ignore[dict-item] # what is tried


def test_a_tuple_is_written_as_a_list() -> None:
    assert chain.canonical({"to": ("B", "A")}) == b'{"to":["B","A"]}'


def naive_root(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962, section 2.1, defines it."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = naive_root(leaves[:split]), naive_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(LEAVES)
def test_the_frontier_gives_the_root_of_the_whole_tree(leaves: list[bytes]) -> None:
    assert chain.root(leaves) == naive_root(leaves)


@given(LEAVES, st.data())
def test_an_inclusion_proof_leads_to_the_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = chain.Proofs(leaves).path(index)
    size, root = len(leaves), chain.root(leaves)
    assert chain.root_of_path(leaves[index], index, size, path) == root
    assert root_of(leaves[index], index, size, list(path)) == root
    other = hashlib.sha256(leaves[index]).digest()
    assert chain.root_of_path(other, index, size, path) != root
    assert chain.root_of_path(leaves[index], size, size, path) is None


@given(LEAVES)
def test_a_proof_of_the_wrong_length_fits_no_tree(leaves: list[bytes]) -> None:
    path = chain.Proofs(leaves).path(0)
    size = len(leaves)
    assert chain.root_of_path(leaves[0], 0, size, (*path, b"\x00" * 32)) is None
    if path:
        assert chain.root_of_path(leaves[0], 0, size, path[:-1]) is None


def test_an_empty_tree_has_the_root_of_nothing() -> None:
    assert chain.Tree().root == hashlib.sha256(b"").digest()


def test_the_vector_of_the_documentation() -> None:
    """One entry, its chain and a head, as docs/protocol.md works them out."""
    body = chain.canonical({"text": "Cranes stop."})
    body_hash = chain.body_hash(bytes(range(16)), body)
    envelope: chain.Json = {
        "seq": 2,
        "audience": ["VES", "evaluators", "facilitators"],
        "delivered": {"VES": 61_000},
        "actor": "system",
    }
    cover = chain.envelope_hash(bytes(range(16, 32)), envelope)
    content: chain.Json = {
        "id": "0123456789abcdef0123456789abcdef",
        "kind": "note_written",
        "version": 1,
        "at_ms": 61_000,
        "wall": "2000-01-01T00:01:01.000Z",
        "author": {},
        "body_hash": body_hash,
    }
    leaf = chain.leaf(cover, content)
    linked = chain.link(bytes(32), leaf)
    message = chain.head_message("ex", 1, linked, leaf)
    assert body_hash == BODY_HASH
    assert cover.hex() == ENVELOPE_HASH
    assert leaf.hex() == LEAF
    assert linked.hex() == HASH
    assert hashlib.sha256(message).hexdigest() == MESSAGE_SHA256
    assert message.startswith(b'detente-head-1\n{"exercise":"ex","head_hash":"')


def test_a_fingerprint_is_read_in_fours() -> None:
    shown = chain.fingerprint(bytes(32))
    assert shown == proof_lines.fingerprint(bytes(32)) == "CSM7-NBFR-CAYQ-EV4F"
    assert chain.forgiving(" csm7 nbfr-cayq-ev4f") == shown.replace("-", "")
    assert chain.forgiving("oIl") == "011"


@given(st.integers(0, 4_102_444_800_000))
def test_wall_time_has_one_form(wall_ms: int) -> None:
    assert from_iso(iso(wall_ms)) == wall_ms
    assert iso(946_684_800_000) == "2000-01-01T00:00:00.000Z"


@pytest.mark.parametrize(
    "text", ["2000-01-01T00:00:00Z", "2000-01-01 00:00:00.000Z", "soon", ""]
)
def test_other_forms_of_time_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_iso(text)


BODY_HASH = "4598d29b965f4bc09eb2ee21f56c72b170d334a43bab9864402795fd804d794c"
ENVELOPE_HASH = "6bfe1a9b2c059f2f1c549543fa2e3d8cb37e196de669c65e2b925ecebe5bb7b2"
LEAF = "3f0f75a89ea958510ca0039a5d1ea56f0b72b941696948aa0c7f671dad247c8b"
HASH = "a6cbfb15a115d3a4d27ae49bd69b2b02a4829f51a2942a06e8babae9814e7a48"
MESSAGE_SHA256 = "01ece09ca029e2f573c2f87dddc416dcb027137afc7f4fc20c551ef5b6592d07"
