"""Requests under law: preserving evidence, legal assistance, joint investigation."""

from dataclasses import replace

from exercise.domain.acts.fields import FieldSpec
from exercise.domain.acts.forms import CITATIONS, DUE_IN, REPLY_IN, STANCE, TEXT
from exercise.domain.acts.instrument import STATES, Instrument, short_answer

AUTHORITY = FieldSpec(
    name="authority", label="Requesting authority", shape="line", required=True
)
FACTS = FieldSpec(name="facts", label="Offence and facts", shape="text", required=True)
SOUGHT = FieldSpec(
    name="sought",
    label="Data sought and its link to the offence",
    shape="text",
    required=True,
)
CUSTODIAN = FieldSpec(name="custodian", label="Who holds it", shape="line")
NECESSITY = FieldSpec(name="necessity", label="Why it is needed", shape="text")
FOLLOW_UP = FieldSpec(
    name="follow_up", label="A request for mutual assistance will follow", shape="flag"
)
BASIS = FieldSpec(name="legal_basis", label="Legal basis", shape="treaty")
CHANNEL = FieldSpec(
    name="channel",
    label="Channel",
    shape="choice",
    choices=(("poc", "contact point"), ("police", "police"), ("diplomatic", "note")),
)
TREATY = replace(
    BASIS, required=True, hint="The form says between which of you it is in force"
)
SCOPE = FieldSpec(
    name="scope", label="What is investigated", shape="text", required=True
)
JOIN_IN = replace(REPLY_IN, required=True)
LEAD = FieldSpec(name="lead", label="Who leads", shape="delegation", required=True)

LAW = (
    Instrument(
        id="preservation_request",
        title="Request to preserve data",
        rung=0,
        group="legal",
        addressees="one",
        request=True,
        fields=(
            AUTHORITY,
            FACTS,
            SOUGHT,
            CUSTODIAN,
            NECESSITY,
            FOLLOW_UP,
            BASIS,
            CHANNEL,
            REPLY_IN,
            CITATIONS,
        ),
    ),
    Instrument(
        id="mla_request",
        title="Request for mutual legal assistance",
        rung=0,
        group="legal",
        addressees="one",
        request=True,
        fields=(AUTHORITY, FACTS, SOUGHT, CUSTODIAN, BASIS, REPLY_IN, CITATIONS),
    ),
    Instrument(
        id="joint_investigation",
        title="Joint investigation",
        rung=0,
        group="legal",
        request=True,
        who=STATES,
        fields=(TREATY, SCOPE, LEAD, JOIN_IN, DUE_IN, CITATIONS),
        hint="Those it goes to are its members; each joins or declines by itself.",
    ),
    short_answer("join_investigation", "Join a joint investigation", "legal", STATES),
    short_answer(
        "decline_investigation", "Decline a joint investigation", "legal", STATES
    ),
    Instrument(
        id="legal_view",
        title="Legal view",
        rung=0,
        group="legal",
        addressees="any",
        answers=True,
        fields=(TEXT, STANCE, CITATIONS),
    ),
)
