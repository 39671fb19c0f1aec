"""Every type of command in the moment in which one may give it: nobody else may."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import get_args
from uuid import uuid4

from exercise.domain import commands as c
from exercise.domain.commands import WIRE_TYPES
from exercise.domain.decide.standing import FACILITATION, WIDER
from tests.attack.matrix.examples import example
from tests.attack.matrix.objects import ELSEWHERE, NO_ENTRY, NONEXISTENT, OTHERS, OWN
from tests.attack.matrix.routes import Cell
from tests.attack.matrix.world import MARK, PLAYED, ROLES, Json, World
from tests.attack.telling import go
from tests.web.stage import Browser

# What the code says when the matrix is loaded; a change made later is held against it.
FACILITATORS_OWN = frozenset(FACILITATION)
OTHER_RULES = {kind: frozenset(roles) for kind, roles in WIDER.items()}
NOT_THEIRS = frozenset({401, 403, 404})
# Refused for who asks or for what is named, whatever the sentence.
CODES = frozenset({"unauthenticated", "forbidden", "not-found"})
# How the rules begin to say that a role may not; a seat may not in other words.
BY_ROLE = "Your role is"
EVERYWHERE = ("id", "type")
GROUPS = {
    "delegate": get_args(c.DelegationCommand),
    "facilitator": get_args(c.FacilitatorCommand),
}


def allowed(kind: str) -> frozenset[str]:
    """Return the roles that may give a command of this type."""
    if kind in FACILITATORS_OWN:
        return frozenset({"facilitator"})
    return OTHER_RULES.get(kind, frozenset({"delegate"}))


def undeclared() -> dict[str, str]:
    """Return the types of command whose rule does not fit the group they stand in.

    A type nobody wrote a rule for is a delegate's; one that stands among the
    facilitators' commands without a rule would be anybody's by mistake.
    """
    staff = {"facilitator", "evaluator", "trainer"}
    found = {}
    for group, kinds in GROUPS.items():
        for kind in kinds:
            type_ = next(name for name, one in WIRE_TYPES.items() if one is kind)
            roles = allowed(type_)
            of_staff = group == "facilitator" and roles <= staff
            fits = of_staff or (group == "delegate" and group in roles)
            if not fits:
                found[type_] = f"{sorted(roles)} among the {group}s'"
    return found


def refers(world: World, value: object) -> bool:
    """Tell whether a value names an entry or a member of this story."""
    state = world.story.now()
    return isinstance(value, str) and (value in state.index or value in state.members)


@dataclass
class Judge:
    """Tries a line of the story as everybody else, just before it is said."""

    world: World
    take: Callable[[Cell], object]
    roles: tuple[str, ...] = ROLES
    only: str = ""
    said: set[str] = field(default_factory=set)
    later: list[tuple[str, Json]] = field(default_factory=list)

    def before(self, by: str, line: Json) -> None:
        """Judge the first line of each sort."""
        kind = sort_of(line)
        if kind in self.said or self.only not in {"", line["type"]}:
            return
        self.said.add(kind)
        for cell in self._as_others(by, line):
            self.take(cell)
        for cell in (*self._as_outsiders(by, line), *self._about_others(by, line)):
            self.take(cell)
        self.take(Cell(("command", kind), role_of(by), "role", OWN))

    def _as_others(self, by: str, line: Json) -> Iterator[Cell]:
        kind, may = sort_of(line), allowed(line["type"])
        for role in self.roles:
            if role == role_of(by):
                continue
            meant = {"other delegate": "delegate"}.get(role, role)
            foreign = self._is_not_theirs(self.world.stream(role), line)
            if meant in may and not foreign:
                self.later.append((role, line))
                continue
            wrong = self._refused(role, line, by_role=meant not in may)
            yield Cell(("command", kind), role, "role", OWN, wrong, refused=True)

    def _as_outsiders(self, by: str, line: Json) -> Iterator[Cell]:
        """Say it as each delegate who does not read what it names."""
        if "delegate" not in allowed(line["type"]):
            return
        for party in self.world.story.scenario.delegation_ids:
            if party.lower() != by and self._is_not_theirs(party, line):
                wrong = self._unlike_none(party.lower(), line)
                surface = ("command", sort_of(line))
                yield Cell(
                    surface, "other delegate", party, OTHERS, wrong, refused=True
                )

    def _unlike_none(self, person: str, line: Json) -> str:
        """Return how an answer differs from the one about what is not there at all."""
        state, browser = self.world.story.now(), self.world.story.people[person]
        for key, value in line.items():
            known = self._is_entry(value) or (
                isinstance(value, str) and state.scenario.item(value) is not None
            )
            if key in EVERYWHERE or not known:
                continue
            before = self.world.content()
            said = self._answer(browser, line, value)
            nothing = self._answer(browser, {**line, key: NO_ENTRY}, NO_ENTRY)
            if self.world.content() != before:
                return "the database changed"
            if said != nothing:
                return f"{said} is not {nothing}"
        return ""

    def _is_not_theirs(self, stream: str, line: Json) -> bool:
        """Tell whether a line names an entry or an item that a stream has not."""
        state = self.world.story.now()
        named = [line[one] for one in line if one not in EVERYWHERE]
        found = [self._is_told(stream, one) for one in named if self._is_entry(one)]
        held = [
            (one, stream) in state.holdings
            for one in named
            if isinstance(one, str) and state.scenario.item(one)
        ]
        return not (all(found) and all(held))

    def _is_told(self, stream: str, id_: str) -> bool:
        """Tell whether a stream has an entry, or one that speaks of it."""
        known = self.world.story.entries
        return any(
            stream in one.audience and (one.id == id_ or id_ in repr(one.event))
            for one in known
        )

    def _is_entry(self, value: object) -> bool:
        return isinstance(value, str) and value in self.world.story.now().index

    def _about_others(self, by: str, line: Json) -> Iterator[Cell]:
        """Exchange each name in a line for one that is not the speaker's to name."""
        browser = self.world.story.people[by]
        stream = self.world.story.now().members[browser.member].stream
        for key, value in line.items():
            if key in EVERYWHERE or not refers(self.world, value):
                continue
            nothing = self._answer(browser, {**line, key: NO_ENTRY}, NO_ENTRY)
            for object_, other in self._foreign(stream).items():
                bent, before = {**line, key: other}, self.world.content()
                said = self._answer(browser, bent, other)
                wrong = "" if said == nothing else f"{said} is not {nothing}"
                if said[1].get("ok") or self.world.content() != before:
                    wrong = f"taken: {bent}"
                surface = ("command", sort_of(line))
                yield Cell(surface, role_of(by), key, object_, wrong, refused=True)

    def _foreign(self, stream: str) -> dict[str, str]:
        world = self.world
        there = world.stage.timeline.after(world.elsewhere.exercise, 0)[0].entry.id
        found = world.entry(lambda one: stream not in one.audience)
        named = {NONEXISTENT: NO_ENTRY, ELSEWHERE: there, OTHERS: found}
        return {sort: id_ for sort, id_ in named.items() if id_}

    def _refused(self, role: str, line: Json, *, by_role: bool) -> str:
        """Send a line over both ways; return what was wrong with the refusal."""
        world = self.world
        before = world.content()
        status, said = self._answer(world.browsers[role], line, "")
        socket = world.line(role)
        # A socket of elsewhere speaks there, whatever it says.
        speaks = socket.open and role != "elsewhere"
        heard = socket.ask("command", fresh(line)) if speaks else None
        if world.content() != before:
            return "the database changed"
        if status not in NOT_THEIRS or said.get("code") not in CODES:
            return f"answered with {status}: {said}"
        # Whoever is in the exercise is told that it is not for their role, before
        # anything is looked up; whoever is not, that there is nothing.
        inside = by_role and bool(world.stream(role)) and line["type"] != "draft"
        if inside and BY_ROLE not in said["text"]:
            return f"not refused for the role: {said}"
        if heard and heard.get("code") not in CODES:
            return f"answered on the socket: {heard}"
        return f"told {said}" if MARK in str(said) else ""

    def _answer(self, browser: Browser, line: Json, named: str) -> tuple[int, Json]:
        path = f"/exercises/{self.world.exercise}/commands"
        answer = browser.api(path, fresh(line))
        text = answer.text.replace(named, "·") if named else answer.text
        return answer.status_code, {**(answer.json or {}), "text": text, "message": ""}

    def untold(self) -> None:
        """Try what the story never says: those who may not are refused all the same."""
        told = {sort.partition(":")[0] for sort in self.said}
        lines = [
            example(kind) for type_, kind in WIRE_TYPES.items() if type_ not in told
        ]
        for line in (*lines, {"type": "draft", "key": "reply", "text": "Forged."}):
            if self.only not in {"", line["type"]}:
                continue
            self.said.add(line["type"])
            may = allowed(line["type"])
            for role in self.roles:
                meant = {"other delegate": "delegate"}.get(role, role)
                if meant in may:
                    self.later.append((role, line))
                    continue
                wrong = self._refused(role, line, by_role=True)
                surface = ("command", line["type"])
                self.take(Cell(surface, role, "role", OWN, wrong, refused=True))

    def afterwards(self) -> None:
        """Let those who may as well say what another said: nobody's role forbids it."""
        for role, line in self.later:
            status, said = self._answer(self.world.browsers[role], line, "")
            mine = status not in {401, 500, 503} and BY_ROLE not in said["text"]
            wrong = "" if mine else f"forbidden to a {role}: {said}"
            self.take(Cell(("command", sort_of(line)), role, "role", OWN, wrong))


def fresh(line: Json) -> Json:
    """Return a line under an id of its own."""
    return {**copy.deepcopy(line), "id": str(uuid4())}


def sort_of(line: Json) -> str:
    """Return what a line does: its type, and its instrument if it has one."""
    return ":".join(filter(None, (line["type"], line.get("instrument", ""))))


def role_of(name: str) -> str:
    """Return the role of somebody in the story; all delegates but two are others."""
    roles = {person: role for role, person in PLAYED.items()}
    return roles.get(name, "facilitator" if name.startswith("fac") else "delegate")


def command_cells(
    world: World,
    take: Callable[[Cell], object],
    roles: tuple[str, ...] = ROLES,
    only: str = "",
) -> Judge:
    """Tell the whole story, and judge its lines (or those of one type) on the way."""
    judge = Judge(world, take, roles, only)
    world.story.before = judge.before
    go(world.story)
    judge.untold()
    judge.afterwards()
    return judge
