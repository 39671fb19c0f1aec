"""What a rehearsal derives follows from its seed and from nothing else."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from exercise.adapters.derived import (
    DerivedIds,
    DerivedSalts,
    derived_signer,
    hkdf,
    root_secret,
)
from exercise.adapters.ports_real import (
    RandomIds,
    RandomSalts,
    SystemClock,
    fresh_token,
)


@given(st.binary(max_size=64), st.text(max_size=20), st.integers(1, 32))
def test_it_is_hkdf_as_others_compute_it(secret: bytes, label: str, size: int) -> None:
    theirs = HKDF(algorithm=SHA256(), length=size, salt=None, info=label.encode())
    assert hkdf(secret, label, size) == theirs.derive(secret)


def test_everything_hangs_on_seed_scenario_and_policies() -> None:
    told = [(1, "a", "p"), (2, "a", "p"), (1, "b", "p"), (1, "a", "q")]
    secrets = [root_secret(*one) for one in told]
    assert len(set(secrets)) == 4
    assert len({derived_signer(one).key for one in secrets}) == 4
    assert len({DerivedIds(one).new("x") for one in secrets}) == 4
    assert root_secret(1, "a", "p") == secrets[0]


def test_ids_and_salts_are_as_long_as_random_ones() -> None:
    secret = root_secret(1, "a", "p")
    assert len(DerivedIds(secret).new("x")) == len(RandomIds().new("x")) == 32
    assert len(DerivedSalts(secret).new("x")) == len(RandomSalts().new("x")) == 16
    assert DerivedSalts(secret).new("x").hex() != DerivedIds(secret).new("x")


def test_random_ones_never_come_twice() -> None:
    assert RandomIds().new("x") != RandomIds().new("x")
    assert RandomSalts().new("x") != RandomSalts().new("x")
    assert fresh_token() != fresh_token()
    assert SystemClock().now_ms() > 1_700_000_000_000
