"""Asking for help, offering it, and keeping the promise."""

from exercise.domain.acts.forms import CITATIONS, DUE_IN, HELP_TYPE, REPLY_IN, TEXT
from exercise.domain.acts.instrument import Instrument, short_answer

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
    short_answer("accept_assistance", "Accept an offer", "help"),
    short_answer("decline_assistance", "Decline an offer", "help"),
    short_answer("deliver_assistance", "Report delivery", "help"),
    short_answer("confirm_assistance", "Confirm receipt", "help"),
)
