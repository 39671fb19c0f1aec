"""Asking for help, offering it, and keeping the promise."""

from exercise.domain.acts.fields import FieldSpec
from exercise.domain.acts.forms import CITATIONS, DUE_IN, HELP_TYPE, REPLY_IN, TEXT
from exercise.domain.acts.instrument import Instrument

REMARK = FieldSpec(name="text", label="Remark", shape="text", most=1000)

HELP = (
    Instrument(
        id="request_assistance",
        title="Request for assistance",
        rung=0,
        group="help",
        request=True,
        fields=(HELP_TYPE, TEXT, REPLY_IN, CITATIONS),
    ),
    Instrument(
        id="offer_assistance",
        title="Offer of assistance",
        rung=0,
        group="help",
        addressees="one",
        answers=True,
        fields=(HELP_TYPE, TEXT, DUE_IN, CITATIONS),
        hint="Once accepted it is a promise with a due time.",
    ),
    Instrument(
        id="accept_assistance",
        title="Accept an offer",
        rung=0,
        group="help",
        addressees="any",
        answers=True,
        fields=(REMARK,),
    ),
    Instrument(
        id="decline_assistance",
        title="Decline an offer",
        rung=0,
        group="help",
        addressees="any",
        answers=True,
        fields=(REMARK,),
    ),
    Instrument(
        id="deliver_assistance",
        title="Report delivery",
        rung=0,
        group="help",
        addressees="any",
        answers=True,
        fields=(REMARK,),
    ),
    Instrument(
        id="confirm_assistance",
        title="Confirm receipt",
        rung=0,
        group="help",
        addressees="any",
        answers=True,
        fields=(REMARK,),
    ),
)
