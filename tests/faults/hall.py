"""A scenario of any size, written out as an author would have."""

from pathlib import Path

SHAPES = 8
SCENARIO = "fault-hall"
MAIN = """
id = "{id}"
title = "A hall"
summary = "Delegations that are asked, and answer."
languages = ["en"]
classification = "TRAINING"
duration = "2h"
story_start = "2031-03-12T02:00:00Z"
story_scale = 20
phases = [{{ id = "all", title = "All of it", start = "T+0:00", end = "T+2:00" }}]
meters = [
  {{ id = "rights", title = "Rights" }},
  {{ id = "economy", title = "Economy" }},
]
"""
DELEGATION = """
[[delegations]]
id = "{id}"
name = "Republic of {id}"
short = "{id}"
kind = "state"
shape = {shape}
colour = {colour}
brief = "What only {id} knows."
seats = [{{ id = "lead", title = "Head of delegation" }}]
"""
INJECT = """
id = "news-{n:03}"
number = "{n}"
title = "News number {n}"
at = "T+1:30"
release = "manual"
channel = "wire"
audience = "{audience}"
body = "The {word} harbour was closed this morning and nobody says why, {n:03}."
"""
WORDS = ("northern", "southern", "eastern", "western", "inner", "outer", "old", "new")


def names(delegations: int) -> list[str]:
    """Return the delegations' ids: D01, D02 …"""
    return [f"D{n:02}" for n in range(1, delegations + 1)]


def write_hall(folder: Path, delegations: int, injects: int) -> Path:
    """Write the scenario into a folder of one's own scenarios, and return that."""
    home = folder / SCENARIO
    home.mkdir(parents=True, exist_ok=True)
    parts = [
        DELEGATION.format(id=id_, shape=n % SHAPES, colour=n // SHAPES + 1)
        for n, id_ in enumerate(names(delegations))
    ]
    text = MAIN.format(id=SCENARIO) + "".join(parts)
    (home / "scenario.toml").write_text(text, "utf-8")
    for n in range(1, injects + 1):
        audience = "public" if n % 2 else "all"
        text = INJECT.format(n=n, audience=audience, word=WORDS[n % len(WORDS)])
        (home / f"{n:03}-news.toml").write_text(text, "utf-8")
    return folder
