"""The exercise that validity runs play: six delegations, four phases, one world."""

from exercise.domain.scenario import (
    Ceiling,
    Citations,
    Consultation,
    Delegation,
    Hypothesis,
    Inject,
    Item,
    Obligation,
    Phase,
    Probe,
    Provocation,
    Scenario,
    Seat,
    Topic,
    Value,
    Window,
)

MINUTE = 60_000
PHASES = 4
PHASE = 30  # minutes
ENDEX = PHASES * PHASE

WHO = ("ANO", "BEK", "CUR", "DOV", "SEC", "TEL")
STATES = WHO[:4]
HUB = "SEC"
BLOCS = (WHO[:3], WHO[3:])

ACK, REPLY = (2, 5), (5, 15)  # target and deadline in minutes
NEED, USELESS = 10, 20  # minutes after an item's phase began
PROBE, PROBE_OPEN = 24, 4
HYPOTHESES = ("organ", "proxy", "fourth", "accident")
# What the evidence carries moves on; early certainty is not supported by it.
REFERENCES = ((30, 30, 20, 20), (30, 40, 20, 10), (25, 60, 10, 5), (10, 80, 5, 5))
SEVERITIES = (2, 3, 4, 4)
STEPS = 6
NAMING = 65  # from then on the evidence bears a public name
FALSE_FLAG = "organ"
WINDOWS = ((35, 60), (95, 118))
FITTING = (("undetermined",), ("undetermined", "proxy"))
VALUES = ("undetermined", "organ", "proxy", "fourth", "accident")
TRIGGERS = (1, 3)  # the phases whose injects ask for a statement
SPEAKERS = WHO[:3]
RIGHT = ("UN-NORM:13c", "UN-NORM:13b")
WRONG = ("LAW:BUD", "LAW:SD")
PROMISE, PROMISES = "forensics", 5


def main_inject(phase: int) -> str:
    """Return the inject that opens a phase for everybody."""
    return f"phase-{phase + 1}"


def _main(phase: int) -> Inject:
    asks = [
        Obligation(
            delegation=who,
            kind=kind,  # type: ignore[arg-type] # one of the two below
            instruments=(instrument,),
            target_ms=times[0] * MINUTE,
            deadline_ms=times[1] * MINUTE,
        )
        for who in WHO
        for kind, instrument, times in (
            ("ack", "ack", ACK),
            ("respond", "reply", REPLY),
        )
    ]
    return _inject(
        main_inject(phase),
        phase * PHASE,
        ("all",),
        obligations=tuple(asks),
        falsehood={"origin": FALSE_FLAG} if phase else None,
    )


def _inject(id_: str, at: int, audience: tuple[str, ...], **more: object) -> Inject:
    given: dict[str, object] = {
        "id": id_,
        "number": id_,
        "title": id_,
        "at_ms": at * MINUTE,
        "channel": "wire",
        "audience": audience,
        "body": id_,
    }
    return Inject(**{**given, **more})  # type: ignore[arg-type] # the parts above


def _item(number: int) -> Item:
    """Return one of twelve items: two a holder, three a phase, three who need it."""
    holder, phase = number % len(WHO), number // 3
    return Item(
        id=f"item-{number + 1}",
        title=f"Item {number + 1}",
        body="…",
        holder=WHO[holder],
        inject=f"brief-{number + 1}",
        recipients=tuple(WHO[(holder + step) % len(WHO)] for step in (1, 2, 4)),
        need_by_ms=(phase * PHASE + NEED) * MINUTE,
        useless_after_ms=(phase * PHASE + USELESS) * MINUTE,
        tlp="RED" if number % 2 else "AMBER",
        # A secretariat may pass everything on; it is what makes a hub possible.
        also_permitted=(HUB,),
    )


def _delegation(who: str) -> Delegation:
    kinds = {"SEC": "regional_org", "TEL": "company"}
    return Delegation(
        id=who,
        name=who,
        short=who,
        kind=kinds.get(who, "state"),  # type: ignore[arg-type] # one of the six
        shape=0,
        colour=1,
        seats=(Seat(id="lead", title="Lead"),),
        brief="",
    )


ITEMS = tuple(_item(number) for number in range(12))


def _duty(number: int) -> Consultation:
    """Return one of six duties, a ring; half in phase two, half in phase four."""
    start = PHASE + 1 if number < len(WHO) // 2 else 3 * PHASE + 1
    return Consultation(
        id=f"duty-{number + 1}",
        source=WHO[number],
        target=WHO[(number + 1) % len(WHO)],
        start_ms=start * MINUTE,
        end_ms=(start + 14) * MINUTE,
    )


DUTIES = tuple(_duty(number) for number in range(len(WHO)))


def _probe(phase: int) -> Probe:
    return Probe(
        id=f"probe-{phase + 1}",
        title=f"Probe {phase + 1}",
        at_ms=(phase * PHASE + PROBE) * MINUTE,
        window_ms=PROBE_OPEN * MINUTE,
        reference=dict(zip(HYPOTHESES, REFERENCES[phase], strict=True)),
        severity=SEVERITIES[phase],
        severity_steps=STEPS,
    )


def _topic() -> Topic:
    return Topic(
        id="origin",
        title="Origin",
        values=tuple(Value(id=one, title=one) for one in VALUES),
        windows=tuple(
            Window(
                start_ms=start * MINUTE,
                end_ms=end * MINUTE,
                speakers=WHO,
                compatible=fitting,
            )
            for (start, end), fitting in zip(WINDOWS, FITTING, strict=True)
        ),
    )


SCENARIO = Scenario(
    id="validity",
    title="Validity",
    summary="",
    languages=("en",),
    classification="UNCLASSIFIED",
    duration_ms=ENDEX * MINUTE,
    story_start="2031-03-12T02:00:00Z",
    story_scale=20,
    phases=tuple(
        Phase(
            id=f"p{n + 1}",
            title=f"Phase {n + 1}",
            start_ms=n * PHASE * MINUTE,
            end_ms=(n + 1) * PHASE * MINUTE,
        )
        for n in range(PHASES)
    ),
    delegations=tuple(_delegation(who) for who in WHO),
    injects=(
        *(_main(phase) for phase in range(PHASES)),
        *(
            _inject(one.inject, n // 3 * PHASE + 1, (one.holder,), items=(one.id,))
            for n, one in enumerate(ITEMS)
        ),
    ),
    items=ITEMS,
    hypotheses=tuple(
        Hypothesis(id=one, title=one, blames="CUR" if one == FALSE_FLAG else "")
        for one in HYPOTHESES
    ),
    probes=tuple(_probe(phase) for phase in range(PHASES)),
    topics=(_topic(),),
    consultations=DUTIES,
    provocations=tuple(
        Provocation(
            inject=main_inject(phase), provoked=STATES, ceiling=2, window_ms=15 * MINUTE
        )
        for phase in range(PHASES)
    ),
    ceilings=(
        Ceiling(start_ms=0, rung=2),
        Ceiling(start_ms=NAMING * MINUTE, rung=3),
    ),
    citations=tuple(
        Citations(
            id=f"cite-{phase + 1}",
            inject=main_inject(phase),
            speakers=SPEAKERS,
            expected=((RIGHT[0],), (RIGHT[1], "UN-NORM:13f")),
            acceptable=("UN-NORM:13a",),
            inapplicable=WRONG,
            window_ms=25 * MINUTE,
        )
        for phase in TRIGGERS
    ),
    commitment_types=(PROMISE,),
    commitments_expected=PROMISES,
)
