"""What delegations did as xAPI statements, one a line, for a learning record store."""

import json
from collections.abc import Iterator

from exercise.documents.interchange.story import Story
from exercise.domain import events as e
from exercise.domain.moment import Recorded
from exercise.domain.report import sentence
from exercise.domain.wall import iso

HOME = "https://detente.invalid"
VERSION = "1.0.3"
VERBS: dict[type[e.Event], tuple[str, str]] = {
    e.Acknowledged: ("http://adlnet.gov/expapi/verbs/experienced", "experienced"),
    e.ActIssued: ("http://adlnet.gov/expapi/verbs/interacted", "interacted"),
    e.ItemShared: ("http://adlnet.gov/expapi/verbs/shared", "shared"),
    e.CallOpened: ("http://adlnet.gov/expapi/verbs/asked", "asked"),
    e.CallAnswered: ("http://adlnet.gov/expapi/verbs/responded", "responded"),
    e.ForumSpoken: ("http://adlnet.gov/expapi/verbs/commented", "commented"),
    e.ProbeAnswered: ("http://adlnet.gov/expapi/verbs/answered", "answered"),
    e.TextProposed: ("http://adlnet.gov/expapi/verbs/initialized", "initialized"),
    e.TextSigned: ("http://adlnet.gov/expapi/verbs/passed", "passed"),
    e.CommitmentDelivered: ("http://adlnet.gov/expapi/verbs/completed", "completed"),
}


def xapi_lines(story: Story) -> Iterator[str]:
    """Yield one statement a line; people stand under the ids the record knows."""
    for entry in story.told():
        verb = VERBS.get(type(entry.event))
        if verb is not None and entry.author.member:
            statement = _statement(story, entry, *verb)
            yield json.dumps(statement, ensure_ascii=False, sort_keys=True) + "\n"


def _statement(
    story: Story, entry: Recorded, verb: str, shown: str
) -> dict[str, object]:
    course = f"{HOME}/exercises/{story.exercise}"
    what = sentence(entry.event, entry.author.delegation).english
    return {
        "id": story.uuid("statement", entry.id),
        "version": VERSION,
        "timestamp": iso(entry.wall_ms),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": course, "name": entry.author.member},
        },
        "verb": {"id": verb, "display": {"en": shown}},
        "object": {
            "objectType": "Activity",
            "id": f"{course}/entries/{entry.id}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/simulation",
                "name": {"en": what},
            },
        },
        "context": {
            "registration": story.uuid("registration"),
            "platform": "Détente",
            "team": {
                "objectType": "Group",
                "account": {"homePage": course, "name": entry.author.delegation},
            },
            "contextActivities": {"parent": [{"objectType": "Activity", "id": course}]},
            "extensions": {
                f"{HOME}/xapi/exercise": True,
                f"{HOME}/xapi/kind": entry.event.KIND,
                f"{HOME}/xapi/seat": entry.author.seat,
                f"{HOME}/xapi/at_ms": entry.at_ms,
            },
        },
    }
