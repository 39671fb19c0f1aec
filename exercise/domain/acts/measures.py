"""Measures against another state, from retorsion to force."""

from dataclasses import replace

from exercise.domain.acts.fields import FieldSpec
from exercise.domain.acts.forms import CITATIONS, EVIDENCE, REMARK, REPLY_IN, TEXT
from exercise.domain.acts.instrument import STATES, Instrument, short_answer

BASIS = FieldSpec(
    name="basis",
    label="Legal basis",
    shape="choice",
    required=True,
    choices=(
        ("LAW:RET", "Retorsion"),
        ("LAW:CM", "Countermeasure"),
        ("LAW:SD", "Self-defence"),
        ("EU-CDT:RESTR", "Restrictive measures regime"),
        ("domestic", "Domestic law"),
    ),
)
PROPORTION = FieldSpec(
    name="proportionality",
    label="Why it is proportionate",
    shape="text",
    required=True,
)
CONDITIONS = (
    FieldSpec(
        name="prior_wrongful_act",
        shape="flag",
        label="A wrongful act attributable to the target came first",
    ),
    FieldSpec(
        name="call_to_comply",
        shape="flag",
        label="The target was called upon to comply",
    ),
    FieldSpec(
        name="notice_given",
        shape="flag",
        label="Notice was given and talks were offered",
    ),
)
COMMON = (TEXT, BASIS, PROPORTION, EVIDENCE, CITATIONS)


def _measure(
    id_: str, title: str, rung: int, *, extra: tuple[FieldSpec, ...] = ()
) -> Instrument:
    return Instrument(
        id=id_,
        title=title,
        rung=rung,
        group="measure",
        public=True,
        addressees="one",
        who=STATES,
        fields=(*COMMON, *extra),
    )


SINGLE = (
    _measure("expel_diplomats", "Expulsion of diplomats", 4),
    _measure("suspend_cooperation", "Suspension of cooperation", 4),
    _measure("sanctions_listing", "Sanctions listing", 4),
    _measure("trade_restriction", "Trade restriction", 4),
    _measure("indictment", "Indictment", 4),
    _measure("countermeasure", "Countermeasure", 5, extra=CONDITIONS),
    _measure("threat_of_force", "Threat of force", 5),
    _measure("cyber_counter_operation", "Cyber counter-operation", 5),
    _measure("military_alert", "Military alert", 5),
    _measure("use_of_force", "Use of force", 6),
    _measure("claim_self_defence", "Claim of self-defence", 6),
)

JOINT = (
    Instrument(
        id="joint_measure",
        title="Joint measure",
        rung=0,
        group="measure",
        request=True,
        who=STATES,
        fields=(
            FieldSpec(
                name="measure",
                label="Measure",
                shape="choice",
                required=True,
                choices=tuple((one.id, one.title) for one in SINGLE),
            ),
            FieldSpec(
                name="target", label="Against", shape="delegation", required=True
            ),
            TEXT,
            BASIS,
            PROPORTION,
            replace(REPLY_IN, label="Join within (minutes)", required=True),
            *CONDITIONS,
            CITATIONS,
        ),
        hint="Private until it is taken; then it counts for each who joined it.",
    ),
    replace(
        short_answer("join_measure", "Join a joint measure", "measure", STATES),
        fields=(BASIS, REMARK),
        hint="On your own legal basis.",
    ),
    short_answer("decline_measure", "Decline a joint measure", "measure", STATES),
)
MEASURES = (*SINGLE, *JOINT)
