"""What is said in public, and joint texts."""

from exercise.domain.acts.fields import FieldSpec
from exercise.domain.acts.forms import (
    CITATIONS,
    CLAIMS,
    CONFIDENCE,
    EVIDENCE,
    STANCE,
    SUBJECT,
    TEXT,
)
from exercise.domain.acts.instrument import STATES, Instrument

RESPONSIBILITY = FieldSpec(
    name="responsibility",
    label="Responsibility",
    shape="choice",
    choices=(
        ("prohibited", "prohibited by the state"),
        ("prohibited_inadequate", "prohibited, but inadequately"),
        ("ignored", "ignored by the state"),
        ("encouraged", "encouraged by the state"),
        ("shaped", "shaped by the state"),
        ("coordinated", "coordinated by the state"),
        ("ordered", "ordered by the state"),
        ("rogue", "by rogue agents of the state"),
        ("executed", "executed by the state"),
        ("integrated", "integrated with the state"),
    ),
)
BELIEF = FieldSpec(
    name="belief", label="Who did it, in per cent", shape="belief", required=True
)
DISCLOSURE = FieldSpec(
    name="disclosure",
    label="Evidence disclosed",
    shape="choice",
    choices=(("none", "none"), ("summary", "summary"), ("full", "in full")),
)

PUBLIC = (
    Instrument(
        id="public_statement",
        title="Public statement",
        rung=2,
        group="public",
        public=True,
        addressees="any",
        answers=True,
        fields=(SUBJECT, TEXT, STANCE, CLAIMS, CITATIONS),
    ),
    Instrument(
        id="press_line",
        title="Answer to the press",
        rung=2,
        group="public",
        public=True,
        addressees="none",
        answers=True,
        fields=(TEXT, STANCE, CLAIMS, CITATIONS),
    ),
    Instrument(
        id="raise_in_forum",
        title="Statement in a session",
        rung=2,
        group="public",
        public=True,
        addressees="any",
        answers=True,
        fields=(TEXT, CLAIMS, CITATIONS),
    ),
    Instrument(
        id="public_attribution",
        title="Public attribution",
        rung=3,
        group="public",
        public=True,
        addressees="any",
        who=STATES,
        fields=(
            TEXT,
            BELIEF,
            CONFIDENCE,
            RESPONSIBILITY,
            EVIDENCE,
            DISCLOSURE,
            CLAIMS,
            CITATIONS,
        ),
        hint="Name who did it, with the confidence your evidence carries.",
    ),
    Instrument(
        id="public_demarche",
        title="Public démarche",
        rung=3,
        group="public",
        public=True,
        who=STATES,
        fields=(TEXT, CLAIMS, CITATIONS),
    ),
    Instrument(
        id="summon_ambassador",
        title="Summon the ambassador",
        rung=3,
        group="public",
        public=True,
        addressees="one",
        who=STATES,
        fields=(TEXT, CITATIONS),
    ),
    Instrument(
        id="sign_joint_statement",
        title="Sign a joint text",
        rung=0,
        group="joint",
        public=True,
        command="sign",
    ),
    Instrument(
        id="decline_joint_statement",
        title="Decline a joint text",
        rung=0,
        group="joint",
        command="decline",
    ),
    Instrument(
        id="joint_statement",
        title="Joint statement",
        rung=0,
        group="joint",
        public=True,
        command="propose",
    ),
    Instrument(
        id="joint_attribution",
        title="Joint attribution",
        rung=3,
        group="joint",
        public=True,
        command="propose",
    ),
    Instrument(
        id="publish_joint_statement",
        title="Publish a joint text",
        rung=0,
        group="joint",
        addressees="none",
        hint="With the signatures it has; two at least.",
    ),
)
