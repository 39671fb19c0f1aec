"""The HTTP API as its own description says it: what schemathesis makes of it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests import FULL, many
from tests.attack.conftest import Tally
from tests.web.stage import Stage, a_stage

pytestmark = pytest.mark.attack
CORPUS = "HTTP API"

EXAMPLES = many(short=8, full=1_000)
ROLES = ("nobody", "facilitator", "delegate")


@pytest.fixture
def stage() -> Iterator[Stage]:
    with a_stage(flood=False) as built:
        yield built


def token(stage: Stage, role: str) -> str:
    if role == "nobody":
        return ""
    if role == "facilitator":
        return stage.program()
    told = {"code": stage.code("VES"), "name": "Amina"}
    answer = stage.app.test_client().post("/api/v1/join", json=told)
    found: str = answer.get_json()["token"]
    return found


# A well-formed command may still be against the rules, and who has no right is told
# so before what they sent is looked at; tests/web/test_access.py goes through that.
LEFT_OUT = ("positive_data_acceptance", "ignored_auth", "missing_required_header")


def configured(stage: Stage, role: str) -> SchemathesisConfig:
    """Return what to try, as one role, on the exercise that is there."""
    held = token(stage, role)
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Authorization": f"Bearer {held}"} if held else {},
            "parameters": {"path.exercise": stage.exercise},
            "generation": {
                "max-examples": EXAMPLES,
                "deterministic": True,
                "database": "none",
                "no-shrink": True,
                "with-security-parameters": False,
            },
            # It has no links to follow from one answer to the next call.
            "phases": {
                "stateful": {"enabled": False},
                "coverage": {"enabled": FULL or role == "facilitator"},
            },
            "checks": {name: {"enabled": False} for name in LEFT_OUT},
        }
    )


@pytest.mark.parametrize("role", ROLES)
def test_every_call_answers_as_it_is_described(
    stage: Stage, role: str, tally: Tally
) -> None:
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", stage.app, config=configured(stage, role)
    )
    wrong: list[Any] = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            wrong.append(str(getattr(event, "info", event)))
        if isinstance(event, events.ScenarioFinished):
            for one in event.recorder.interactions.values():
                if one.response is not None:
                    tally.add(str(one.response.status_code))
                    if one.response.status_code >= 500:
                        wrong.append((one.request.uri, one.response.status_code))
            for checks in event.recorder.checks.values():
                wrong += [
                    (event.label, one.name, str(one.failure_info.failure)[:400])
                    for one in checks
                    if one.failure_info is not None
                ]
    assert not wrong, json.dumps(wrong[:12], indent=1, default=str)
    assert tally.cases
