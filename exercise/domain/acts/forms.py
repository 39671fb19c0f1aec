"""Fields that several instruments share."""

from exercise.domain.acts.fields import FieldSpec

TEXT = FieldSpec(name="text", label="Text", shape="text", required=True)
NOTE = FieldSpec(name="text", label="Text", shape="text")
REMARK = FieldSpec(name="text", label="Remark", shape="text", most=1000)
SUBJECT = FieldSpec(name="subject", label="Subject", shape="line", most=200)
KNOWN = FieldSpec(name="known", label="What we know", shape="text")
UNKNOWN = FieldSpec(name="unknown", label="What we do not know", shape="text")
ASKED = FieldSpec(name="asked", label="What we ask", shape="text", required=True)
REPLY_IN = FieldSpec(
    name="reply_in",
    label="Reply within (minutes)",
    shape="minutes",
    hint="Exercise minutes",
)
CITATIONS = FieldSpec(
    name="citations", label="Citations", shape="citations", hint="Up to five"
)
STANCE = FieldSpec(
    name="stance",
    label="On what is alleged",
    shape="choice",
    choices=(("denies", "denied"), ("accepts", "accepted"), ("explains", "explained")),
)
CLAIMS = FieldSpec(name="claims", label="What we say on", shape="claims")
CONFIDENCE = FieldSpec(
    name="confidence",
    label="Confidence",
    shape="choice",
    required=True,
    choices=(("low", "low"), ("moderate", "moderate"), ("high", "high")),
)
EVIDENCE = FieldSpec(name="evidence", label="Evidence", shape="entries")
TLP = FieldSpec(
    name="tlp",
    label="Handling",
    shape="choice",
    choices=tuple(
        (label, f"TLP:{label}")
        for label in ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
    ),
)
SECTOR = FieldSpec(name="sector", label="Sector", shape="line", most=80)
URGENCY = FieldSpec(
    name="urgency",
    label="Urgency",
    shape="choice",
    choices=(("routine", "routine"), ("priority", "priority"), ("urgent", "urgent")),
)
HELP_TYPE = FieldSpec(
    name="type",
    label="Kind of help",
    shape="choice",
    required=True,
    choices=(
        ("forensics", "forensic team"),
        ("training", "training"),
        ("funding", "funding"),
        ("equipment", "equipment"),
        ("legal_framework", "legal framework"),
        ("mitigation", "mitigation"),
        ("information", "information"),
        ("logistics", "transport and supplies"),
    ),
)
DUE_IN = FieldSpec(
    name="due_in",
    label="Delivered within (minutes)",
    shape="minutes",
    hint="Exercise minutes",
)
