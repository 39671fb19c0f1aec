"""An exercise larger than most: forty delegations, three hours, 3,000 entries."""

import json
from typing import Any, TypeAlias

from exercise.adapters.codec import VERSION, decode, scenario_body
from exercise.domain.events import ExerciseOpened
from exercise.domain.scenario import Scenario
from exercise.offline.rehearsing import read_scenario

STORY = "quiet-harbour"
ROOMS = 5
# Each room asks again so many minutes later, the first one a second time.
AGAIN = (4, 8)
# What each room has for itself; phases, hypotheses, topics and probes are common.
OWN = (
    "delegations",
    "injects",
    "items",
    "consultations",
    "provocations",
    "citations",
    "texts",
    "assistance",
)
Json: TypeAlias = Any


def large_scenario() -> Scenario:
    """Return a shipped story, told in five rooms at once with one public sphere."""
    body = scenario_body(read_scenario(STORY))
    rooms = [_room(body, number) for number in range(1, ROOMS + 1)]
    for name in OWN:
        body[name] = [one for room in rooms for one in room[name]]
    body["title"] = f"{body['title']}, {len(body['delegations'])} delegations"
    told = {"title": body["title"], "scenario": body, "starts_at": ""}
    opened = decode(ExerciseOpened.KIND, VERSION, json.dumps(told))
    if not isinstance(opened, ExerciseOpened):
        raise TypeError(opened)
    return opened.scenario


def _room(body: Json, number: int) -> Json:
    """Return the parts of one room, with ids of their own."""
    known = {one["id"] for name in OWN for one in body[name] if "id" in one}
    names = {one: f"{one}{number}" for one in known} if number > 1 else {}
    room = {name: [_renamed(one, names) for one in body[name]] for name in OWN}
    for one in room["injects"]:
        # It would hang on what a delegation of the first room did.
        one["when"] = ""
    told = list(room["injects"])
    for minutes in AGAIN[: 2 if number == 1 else 1]:
        room["injects"] += [_again(one, minutes) for one in told]
    for at, one in enumerate(room["delegations"]):
        one["colour"], one["shape"] = at % 8 + 1, (at + number - 1) % 8
        if number > 1:
            one["name"] = f"{one['name']} {number}"
            one["short"] = f"{one['short']} {number}"
    return room


def _again(inject: Json, minutes: int) -> Json:
    """Return what asks the same once more, some minutes later."""
    return {
        **inject,
        "id": f"{inject['id']}-{minutes}",
        "at_ms": inject["at_ms"] + 60_000 * minutes,
        "items": [],
        "meters": None,
        "falsehood": None,
    }


def _renamed(value: Json, names: dict[str, str]) -> Json:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if isinstance(value, dict):
        return {names.get(k, k): _renamed(one, names) for k, one in value.items()}
    return value
