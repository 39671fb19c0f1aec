"""What a delegation has at home: its contact points, and what its capital is asked."""

from collections import Counter
from collections.abc import Iterator

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.scenario import Delegation

# A joint text goes out when its parties have signed, not when one capital says so.
PUBLISHING = "publish_joint_statement"
MOST = 9  # lines of contact points, as the command that changes them counts


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield holes in the directory, and acts that no capital can be asked about."""
    delegations = draft.scenario.delegations
    directory = any(one.contacts for one in delegations)
    for one in delegations:
        yield from _contacts(draft, one)
        if directory and one.kind == "state":
            yield from _layers(draft, one)
        if one.capital_delay:
            yield from _capital(draft, one)


def _contacts(draft: Draft, one: Delegation) -> Iterator[Problem]:
    if len(one.contacts) > MOST:
        yield draft.problem(one, "contacts", "holds more than {most} lines", most=MOST)
    for line, count in Counter(one.contacts).items():
        if count > 1:
            message = "{value} is used more than once"
            yield draft.problem(one, "contacts", message, value=line.title)


def _layers(draft: Draft, one: Delegation) -> Iterator[Problem]:
    """A state that cannot be reached at one level is a hole in the directory."""
    listed = {line.layer for line in one.contacts}
    for layer in ("diplomatic", "technical"):
        if layer not in listed:
            message = "has no {layer} contact, and a directory lists one for each state"
            yield draft.problem(one, "contacts", message, layer=layer)


def _capital(draft: Draft, one: Delegation) -> Iterator[Problem]:
    if one.kind != "state":
        message = "only a state has a capital that gives instructions"
        yield draft.problem(one, "capital_delay", message)
        return
    open_to = [spec for spec in INSTRUMENTS.values() if "state" in spec.who]
    acts = [one for one in open_to if one.command == "act" and one.id != PUBLISHING]
    known = {*(spec.id for spec in acts), *(spec.group for spec in acts)}
    for index, line in enumerate(one.capital_delay, 1):
        key = f"capital_delay[{index}]"
        yield from draft.strange(
            one, f"{key}.instruments", "acts of a state", line.instruments, known
        )
        if not line.instruments:
            yield draft.problem(one, f"{key}.instruments", "needs at least 1")
        if not 0 < line.delay_ms < draft.scenario.duration_ms:
            message = "must be longer than nothing and shorter than the exercise"
            yield draft.problem(one, f"{key}.delay", message)
    named = Counter(name for line in one.capital_delay for name in line.instruments)
    for name, count in named.items():
        if count > 1:
            message = "{value} is used more than once"
            yield draft.problem(one, "capital_delay", message, value=name)
