"""What each word of an address may name: one's own, another's, or nothing there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exercise.domain.chain import in_fours
from exercise.domain.identity import FACILITATORS
from tests.attack.matrix.files import digest
from tests.attack.matrix.world import World

OWN, OTHERS, UNRELEASED = "own", "other's", "unreleased"
ELSEWHERE, NONEXISTENT = "elsewhere", "nonexistent"
OBJECTS = (NONEXISTENT, OWN, OTHERS, UNRELEASED, ELSEWHERE)

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# What a page is asked for behind its question mark.
QUERIES = {
    "/api/v1/exercises/<exercise>/entries": ("audience", "as"),
    "/desk/<member>/composer/<instrument>": ("about",),
}
NO_ENTRY = "0123456789abcdef" * 2


@dataclass(frozen=True)
class Address:
    """An address with one word of it exchanged."""

    path: str
    named: str


def parameters(rule: str) -> tuple[str, ...]:
    """Return the words of a rule that name an object."""
    return (*PARAMETER.findall(rule), *QUERIES.get(rule, ()))


def address(world: World, role: str, rule: str, axis: str, object_: str) -> Address:
    """Return the address where `axis` names an object of this sort, the rest one's own.

    Raises:
        KeyError: this word cannot name an object of this sort.
    """
    words = {one: named(world, role, rule, one)[OWN] for one in PARAMETER.findall(rule)}
    value = named(world, role, rule, axis)[object_] if axis else ""
    if axis in words:
        words[axis] = value
    path = PARAMETER.sub(lambda found: words[found[1]], rule)
    return Address(
        path if axis in words or not axis else f"{path}?{axis}={value}", value
    )


PLAIN = {
    "party": {OWN: "VES", OTHERS: "KAS", NONEXISTENT: "ZZZ"},
    "inject": {
        OWN: "spiral",
        OTHERS: "beacon",
        UNRELEASED: "spare",
        NONEXISTENT: "n0-n0",
    },
    "form": {OWN: "html", UNRELEASED: "preview", NONEXISTENT: "none"},
    "instrument": {OWN: "reply", NONEXISTENT: "none"},
    "name": {OWN: "css/base.css", NONEXISTENT: "css/none.css"},
}


def named(world: World, role: str, rule: str, parameter: str) -> dict[str, str]:
    """Return what this word may name, by sort of object."""
    if parameter in PLAIN:
        return PLAIN[parameter]
    if parameter == "code":
        return _codes(world, rule)
    # A word that is new here names entries, until somebody says better.
    found = MADE.get(parameter, entries)(world, role)
    return {sort: id_ for sort, id_ in found.items() if id_}


def _exercises(world: World, _role: str) -> dict[str, str]:
    return {
        OWN: world.exercise,
        ELSEWHERE: world.elsewhere.exercise,
        NONEXISTENT: "0" * len(world.exercise),
    }


def entries(world: World, role: str) -> dict[str, str]:
    """Return ids of entries: of the role's stream, of another's, of staff's only."""
    stream = world.stream(role) or "VES"
    theirs = "KAS" if stream == "VES" else "VES"
    return {
        OWN: world.entry(lambda one: stream in one.audience),
        OTHERS: world.entry(
            lambda one: theirs in one.audience and stream not in one.audience
        ),
        UNRELEASED: world.entry(lambda one: one.audience == (FACILITATORS,)),
        ELSEWHERE: world.stage.timeline.after(world.elsewhere.exercise, 0)[0].entry.id,
        NONEXISTENT: NO_ENTRY,
    }


def _members(world: World, role: str) -> dict[str, str]:
    other = "other delegate" if role != "other delegate" else "delegate"
    own = world.members[role]
    return {
        OWN: own if len(own) == len(NO_ENTRY) else world.members["delegate"],
        OTHERS: world.members[other],
        ELSEWHERE: world.members["elsewhere" if role != "elsewhere" else "delegate"],
        NONEXISTENT: NO_ENTRY,
    }


def _audiences(world: World, role: str) -> dict[str, str]:
    stream = world.stream(role) or "VES"
    return {
        OWN: stream,
        OTHERS: "KAS" if stream == "VES" else "VES",
        UNRELEASED: FACILITATORS if stream != FACILITATORS else "evaluators",
        NONEXISTENT: "ZZZ",
    }


def _files(_world: World, role: str) -> dict[str, str]:
    return {
        OWN: digest("public"),
        OTHERS: digest("VES" if role == "other delegate" else "KAS"),
        UNRELEASED: digest("later"),
        NONEXISTENT: "f" * 64,
    }


def _texts(world: World, _role: str) -> dict[str, str]:
    """Return the text between VES and KAS, and the one between two others."""
    proposed = [one for one in world.story.entries if one.event.KIND == "text_proposed"]
    ids = [one.id for one in proposed]
    return {OWN: ids[0], OTHERS: ids[1], NONEXISTENT: NO_ENTRY} if ids else {}


def _codes(world: World, rule: str) -> dict[str, str]:
    here, there = world.stage.opened, world.elsewhere
    if rule.startswith("/room/"):
        codes = {OWN: here.room, OTHERS: here.codes["VES"], ELSEWHERE: there.room}
    else:
        codes = {
            OWN: here.codes["VES"],
            OTHERS: here.codes["KAS"],
            # A code of another sort leads nowhere here.
            UNRELEASED: here.room,
            ELSEWHERE: there.codes["VES"],
        }
    codes[NONEXISTENT] = "0" * 8
    return {sort: in_fours(code) for sort, code in codes.items()}


def _links(world: World, _role: str) -> dict[str, str]:
    """Return links: a fresh one, a spent one, one of elsewhere; kept while unspent."""
    directory, enrol = world.stage.ground.directory, world.stage.ground.enrol
    here, there = world.exercise, world.elsewhere.exercise
    known = world.links
    for sort, exercise in {OWN: here, UNRELEASED: here, ELSEWHERE: there}.items():
        found = directory.link(known.get(sort, ""))
        if found is None or (found.spent and sort != UNRELEASED):
            known[sort] = enrol.link(exercise, "observer")
    directory.spend_link(known[UNRELEASED], 0)
    return {**known, NONEXISTENT: "0" * len(known[OWN])}


MADE: Mapping[str, Callable[[World, str], dict[str, str]]] = {
    "exercise": _exercises,
    "member": _members,
    "as": _members,
    "audience": _audiences,
    "token": _links,
    "sha256": _files,
    "text": _texts,
}
