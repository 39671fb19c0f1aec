"""A whole scenario of one hour: small, but every indicator has its chances in it."""

from exercise.domain.scenario import (
    Assistance,
    Ceiling,
    Citations,
    Consultation,
    Delegation,
    Hypothesis,
    Inject,
    Item,
    Objective,
    Obligation,
    Phase,
    Probe,
    Provocation,
    Scenario,
    Seat,
    TextPlan,
    Topic,
    Treaty,
    Value,
    Window,
)

MINUTE = 60_000


def a_delegation(
    id_: str,
    kind: str = "state",
    number: int = 0,
    *,
    rival: str = "",
    exclusive: bool = False,
) -> Delegation:
    return Delegation(
        id=id_,
        name=f"Republic of {id_}",
        short=id_.title(),
        kind=kind,  # type: ignore[arg-type] # one of the six words
        shape=number,
        colour=number + 1,
        seats=(
            Seat(id="lead", title="Head of delegation", exclusive=exclusive),
            Seat(id="legal", title="Legal adviser"),
        ),
        brief=f"What only {id_} knows.",
        rival=rival,
    )


def an_obligation(
    delegation: str, *instruments: str, kind: str = "respond", **more: object
) -> Obligation:
    values: dict[str, object] = {
        "delegation": delegation,
        "kind": kind,
        "instruments": instruments,
        "target_ms": 5 * MINUTE,
        "deadline_ms": 10 * MINUTE,
        **more,
    }
    return Obligation(**values)  # type: ignore[arg-type] # checked by the dataclass's users


def an_inject(
    id_: str,
    minute: int,
    *audience: str,
    obligations: tuple[Obligation, ...] = (),
    **more: object,
) -> Inject:
    values: dict[str, object] = {
        "id": id_,
        "number": id_,
        "title": f"Title of {id_}",
        "at_ms": minute * MINUTE,
        "channel": "wire",
        "audience": audience,
        "body": f"Body of {id_}",
        "obligations": obligations,
        **more,
    }
    return Inject(**values)  # type: ignore[arg-type] # checked by the dataclass's users


def an_item(
    id_: str, holder: str, inject: str, *recipients: str, **more: object
) -> Item:
    values: dict[str, object] = {
        "id": id_,
        "title": f"Title of {id_}",
        "body": f"Body of {id_}",
        "holder": holder,
        "inject": inject,
        "recipients": recipients,
        "need_by_ms": 15 * MINUTE,
        "useless_after_ms": 25 * MINUTE,
        "tlp": "AMBER",
        **more,
    }
    return Item(**values)  # type: ignore[arg-type] # checked by the dataclass's users


def some_injects() -> tuple[Inject, ...]:
    return (
        an_inject(
            "ping",
            0,
            "VES",
            "ORL",
            "KAS",
            obligations=tuple(
                an_obligation(one, "ack", kind="ack") for one in ("VES", "ORL", "KAS")
            ),
        ),
        an_inject(
            "blackout",
            3,
            "public",
            obligations=(
                an_obligation("VES", "public_statement", "press_line", topic="cause"),
                an_obligation("ORL", "request_assistance", kind="assist", to=("HGA",)),
                an_obligation("HGA", "offer_assistance", kind="assist", to=("ORL",)),
            ),
        ),
        an_inject(
            "beacon",
            6,
            "VES",
            tlp="RED",
            items=("loader",),
            obligations=(
                an_obligation("VES", "poc_message", kind="notify", to=("ORL", "HGA")),
            ),
        ),
        an_inject(
            "drill",
            20,
            "public",
            obligations=(
                an_obligation("VES", "clarification_request", to=("KAS",)),
                an_obligation("ORL", "hotline_call", to=("KAS",)),
            ),
        ),
        an_inject(
            "draft",
            32,
            "VES",
            "ORL",
            "KAS",
            release="manual",
            obligations=tuple(
                an_obligation(one, "sign_joint_statement", "decline_joint_statement")
                for one in ("VES", "ORL", "KAS")
            ),
        ),
        an_inject("spare", 12, "all", release="reserve"),
        an_inject("spiral", 40, "all", when="rung >= 4"),
    )


def a_frame(**parts: object) -> Scenario:
    """An hour in two phases, in which nothing happens but what `parts` say."""
    values: dict[str, object] = {
        "id": "small",
        "title": "Small",
        "summary": "A small scenario.",
        "languages": ("en",),
        "classification": "UNCLASSIFIED",
        "duration_ms": 60 * MINUTE,
        "story_start": "2031-03-12T02:00:00Z",
        "story_scale": 20,
        "phases": (
            Phase(id="one", title="One", start_ms=0, end_ms=30 * MINUTE),
            Phase(id="two", title="Two", start_ms=30 * MINUTE, end_ms=60 * MINUTE),
        ),
        "ceilings": (Ceiling(start_ms=0, rung=2),),
        **parts,
    }
    return Scenario(**values)  # type: ignore[arg-type] # checked by the dataclass's users


def a_scenario(**more: object) -> Scenario:
    values: dict[str, object] = {
        "delegations": (
            a_delegation("VES", rival="KAS"),
            a_delegation("ORL", number=1),
            a_delegation("KAS", number=2, rival="VES"),
            a_delegation("HGA", "company", 3),
        ),
        "injects": some_injects(),
        "hypotheses": (
            Hypothesis(id="organ", title="An organ", blames="KAS"),
            Hypothesis(id="proxy", title="A proxy"),
            Hypothesis(id="accident", title="An accident"),
        ),
        "topics": (
            Topic(
                id="cause",
                title="What was it",
                values=tuple(
                    Value(id=one, title=one)
                    for one in ("unknown", "attack", "accident")
                ),
                windows=(
                    Window(
                        start_ms=3 * MINUTE,
                        end_ms=43 * MINUTE,
                        speakers=("VES", "KAS"),
                        compatible=("unknown",),
                    ),
                ),
            ),
        ),
        "items": (an_item("loader", "VES", "beacon", "HGA", names="proxy"),),
        "probes": (
            a_probe("P1", 26, {"organ": 40, "proxy": 40, "accident": 20}, 3),
            a_probe("P2", 55, {"organ": 10, "proxy": 80, "accident": 10}, 2, "loader"),
        ),
        "consultations": (
            Consultation(
                id="ask",
                source="VES",
                target="KAS",
                start_ms=8 * MINUTE,
                end_ms=18 * MINUTE,
            ),
        ),
        "provocations": (
            Provocation(
                inject="blackout", provoked=("VES",), ceiling=2, window_ms=10 * MINUTE
            ),
            Provocation(
                inject="drill",
                provoked=("VES", "ORL"),
                ceiling=2,
                window_ms=10 * MINUTE,
            ),
        ),
        "citations": (
            Citations(
                id="line",
                inject="blackout",
                speakers=("VES",),
                expected=(("UN-NORM:13b",), ("UN-NORM:13f", "UN-NORM:13g")),
                window_ms=10 * MINUTE,
            ),
        ),
        "texts": (
            TextPlan(
                id="notice",
                title="Notice",
                inject="draft",
                drafter="ORL",
                parties=("VES", "ORL", "KAS"),
                body="We shall tell each other.",
                claims={"cause": "unknown"},
                window_ms=10 * MINUTE,
                commitments=("notify",),
                commitment_due_ms=10 * MINUTE,
            ),
        ),
        "assistance": (
            Assistance(
                id="hands",
                inject="blackout",
                beneficiary="ORL",
                providers=("HGA",),
                type="forensics",
                due_after_ms=20 * MINUTE,
            ),
        ),
        "commitment_types": ("forensics", "notify"),
        "commitments_expected": 2,
        "treaties": (
            Treaty(id="LAW:BUD", title="Convention", standing={"VES": "party"}),
        ),
        "objectives": (
            Objective(id="talk", title="Talk early", capability="Communications"),
        ),
        **more,
    }
    return a_frame(**values)


def a_probe(
    id_: str, minute: int, reference: dict[str, int], severity: int, *items: str
) -> Probe:
    return Probe(
        id=id_,
        title=f"Probe {id_}",
        at_ms=minute * MINUTE,
        window_ms=4 * MINUTE,
        reference=reference,
        severity=severity,
        items=items,
        priorities=tuple(Value(id=one, title=one) for one in ("a", "b", "c")),
    )
