"""A scenario of three states and a company, small enough to read at a glance."""

from dataclasses import replace

from exercise.domain.scenario import (
    Delegation,
    Hypothesis,
    Inject,
    Item,
    Meter,
    Objective,
    Obligation,
    Probe,
    Provocation,
    Scenario,
    TextPlan,
    Topic,
    Value,
    Variant,
)
from tests import builders
from tests.builders import MINUTE, a_frame

__all__ = ["MINUTE", "a_delegation", "a_scenario", "an_inject"]


def a_delegation(id_: str, kind: str = "state", number: int = 0) -> Delegation:
    return builders.a_delegation(id_, kind, number, exclusive=True)


def an_inject(
    id_: str, at_ms: int, audience: tuple[str, ...], **more: object
) -> Inject:
    dated = {"at_ms": at_ms, **more}
    return replace(builders.an_inject(id_, 0, *audience), **dated)  # type: ignore[arg-type] # a test's own words


def a_scenario(**more: object) -> Scenario:
    values: dict[str, object] = {
        "delegations": (
            a_delegation("VES"),
            a_delegation("ORL", number=1),
            a_delegation("KAS", number=2),
            a_delegation("HGA", "company", 3),
        ),
        "injects": (
            an_inject(
                "blackout",
                3 * MINUTE,
                ("public",),
                meters={"homes": 400},
                obligations=(
                    Obligation(
                        delegation="VES",
                        kind="respond",
                        instruments=("public_statement",),
                        target_ms=5 * MINUTE,
                        deadline_ms=10 * MINUTE,
                    ),
                ),
            ),
            an_inject(
                "beacon",
                6 * MINUTE,
                ("VES",),
                channel="intel",
                tlp="RED",
                items=("loader",),
            ),
            an_inject("session", 9 * MINUTE, ("all",), release="manual"),
            an_inject("spare", 12 * MINUTE, ("all",), release="reserve"),
            an_inject(
                "spiral",
                20 * MINUTE,
                ("all",),
                when="rung >= 4",
                variants={"KAS": Variant(body="What KAS reads.")},
            ),
        ),
        "hypotheses": (
            Hypothesis(id="organ", title="An organ", blames="KAS"),
            Hypothesis(id="proxy", title="A proxy"),
        ),
        "topics": (
            Topic(
                id="attribution",
                title="Who did it",
                values=(
                    Value(id="undetermined", title="not determined"),
                    Value(id="organ", title="an organ"),
                ),
            ),
        ),
        "items": (
            Item(
                id="loader",
                title="The loader",
                body="It calls home.",
                holder="VES",
                inject="beacon",
                recipients=("HGA",),
                need_by_ms=15 * MINUTE,
                useless_after_ms=25 * MINUTE,
                tlp="AMBER",
            ),
        ),
        "probes": (
            Probe(
                id="P1",
                title="First probe",
                at_ms=29 * MINUTE,
                window_ms=5 * MINUTE,
                reference={"organ": 40, "proxy": 60},
                severity=3,
            ),
        ),
        "provocations": (
            Provocation(
                inject="blackout", provoked=("VES",), ceiling=2, window_ms=10 * MINUTE
            ),
        ),
        "texts": (
            TextPlan(
                id="notice",
                title="Notice",
                inject="session",
                drafter="ORL",
                parties=("VES", "ORL", "KAS"),
                body="We notify.",
                claims={},
                commitments=("notify",),
                commitment_due_ms=10 * MINUTE,
            ),
        ),
        "meters": (
            Meter(
                id="homes",
                title="Homes without power",
                unit="thousand",
                sector="energy",
            ),
        ),
        "objectives": (
            Objective(id="talk", title="Talk early", capability="Communications"),
        ),
        "commitment_types": ("forensics", "notify"),
        **more,
    }
    return a_frame(**values)
