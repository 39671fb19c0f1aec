"""Join codes and tokens: how they are made, and all that is kept of them."""

import hmac
from hashlib import sha256

from exercise.domain.chain import canonical, crockford, forgiving
from exercise.service.directory import Place

CHARACTERS = 8


def code_of(secret: str, place: Place, generation: int) -> str:
    """Return a place's join code: 40 bits that nobody without the secret can guess.

    It follows from the secret, so facilitators can read it out again while the
    database holds a hash only.
    """
    told = canonical(["code", place.exercise, place.delegation, generation])
    return crockford(hmac.digest(secret.encode(), told, "sha256"), CHARACTERS)


def code_hash(secret: str, typed: str) -> str:
    """Return what is kept of a code, however it was typed."""
    meant = canonical(["join", forgiving(typed)])
    return hmac.new(secret.encode(), meant, "sha256").hexdigest()


def token_hash(token: str) -> str:
    """Return what is kept of a token, which is too long to be guessed."""
    return sha256(token.encode()).hexdigest()
