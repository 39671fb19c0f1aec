"""The catalogue of instruments by which delegations act."""

from collections.abc import Mapping
from types import MappingProxyType

from exercise.domain.acts.fields import FieldSpec, check, check_belief, check_claims
from exercise.domain.acts.help import HELP
from exercise.domain.acts.instrument import Addressees, Instrument
from exercise.domain.acts.law import LAW
from exercise.domain.acts.measures import MEASURES
from exercise.domain.acts.press import PRESS
from exercise.domain.acts.public import PUBLIC
from exercise.domain.acts.talk import TALK

INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {one.id: one for one in (*TALK, *PUBLIC, *PRESS, *HELP, *LAW, *MEASURES)}
)
"""Every instrument by its catalogue id, in the order of the composer's menu."""

__all__ = [
    "HELP",
    "INSTRUMENTS",
    "LAW",
    "MEASURES",
    "PRESS",
    "PUBLIC",
    "TALK",
    "Addressees",
    "FieldSpec",
    "Instrument",
    "check",
    "check_belief",
    "check_claims",
]
