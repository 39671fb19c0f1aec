"""Every page, fragment and answer of a told story, as each of its people sees it."""

import json
from collections.abc import Iterator

from exercise.domain.acts import INSTRUMENTS
from tests.attack.telling import Told
from tests.web.stage import Browser

FACILITATORS = ("fac",)
REVIEWERS = ("fac", "tra", "eva")
ERRORS = (
    "/nothing/here",
    "/j/0000-0000",
    "/link/made-up",
    "/static/css/none.css",
    "/console/0000",
    "/desk/0000",
    "/api/v1/exercises/0000/entries",
    "/api/v1/openapi.json",
    "/catalogue",
    "/metrics",
    "/readyz",
    "/",
    "/host",
)


def paths(story: Told, person: str) -> Iterator[str]:
    """Yield the address of everything a person may look at."""
    exercise, member = story.stage.exercise, story.people[person].member
    yield from _staff(story, person)
    if person == "room":
        yield f"/room/{story.stage.opened.room}"
    elif person not in REVIEWERS:
        yield f"/desk/{member}"
    if person.upper() in story.scenario.delegation_ids:
        yield from _composer(story, person, member)
    yield f"/api/v1/exercises/{exercise}/entries"
    yield f"/api/v1/exercises/{exercise}/entries?before=99999&limit=50"


def _staff(story: Told, person: str) -> Iterator[str]:
    exercise = story.stage.exercise
    if person in FACILITATORS:
        for part in ("", "/runlist", "/board", "/score", "/join"):
            yield f"/console/{exercise}{part}"
        for one in story.scenario.delegation_ids:
            yield f"/console/{exercise}/view/{one}"
            yield f"/api/v1/exercises/{exercise}/entries?audience={one}"
    if person in REVIEWERS:
        yield f"/review/{exercise}"


def _composer(story: Told, person: str, member: str) -> Iterator[str]:
    for instrument in INSTRUMENTS if person == "ves" else ("reply",):
        yield f"/desk/{member}/composer/{instrument}"
    for entry in story.entries[:3]:
        yield f"/desk/{member}/composer/reply?about={entry.id}"


def everything(story: Told, person: str) -> dict[str, str]:
    """Return everything a person may look at, as text."""
    browser = story.people[person]
    return {path: look(browser, path) for path in paths(story, person)}


def early(story: Told) -> dict[str, str]:
    """Return the pages that there are before STARTEX only."""
    found: dict[str, str] = {}
    for one in story.scenario.delegation_ids:
        browser = story.people[one.lower()]
        for path in (
            f"/j/{story.stage.code(one)}?new=1",
            f"/desk/{browser.member}",
        ):
            found[f"{one} early {path}"] = look(browser, path)
    return found


def look(browser: Browser, path: str) -> str:
    """Return what is there; it must be there."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
    return answer.text


def fragments(story: Told, person: str) -> list[str]:
    """Return the html that came with each entry a person reads."""
    path = f"/api/v1/exercises/{story.stage.exercise}/entries"
    told = json.loads(look(story.people[person], path))
    return [one["html"] for one in told["entries"]]
