"""Every name that points at something points at something that is there."""

from collections.abc import Iterator, Mapping

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.adapters.scenario_files.rules.catalogue import CATALOGUE
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.catalogue.sectors import SECTORS
from exercise.domain.scenario import Citations, Item, TextPlan

INDICATORS = tuple("TRNSMBELK")
HELP = tuple(
    choice
    for spec in INSTRUMENTS["offer_assistance"].fields
    if spec.name == "type"
    for choice, _ in spec.choices
)
"""What an offer of assistance can be of, as its form lists it."""

# List of the scenario, field, and the list whose ids the field holds.
_POINTERS = (
    ("delegations", "rival", "delegations"),
    ("hypotheses", "blames", "delegations"),
    ("items", "holder", "delegations"),
    ("items", "recipients", "delegations"),
    ("items", "also_permitted", "delegations"),
    ("items", "inject", "injects"),
    ("items", "names", "hypotheses"),
    ("probes", "reference", "hypotheses"),
    ("probes", "items", "items"),
    ("consultations", "source", "delegations"),
    ("consultations", "target", "delegations"),
    ("provocations", "inject", "injects"),
    ("provocations", "provoked", "delegations"),
    ("citations", "inject", "injects"),
    ("citations", "speakers", "delegations"),
    ("texts", "inject", "injects"),
    ("texts", "drafter", "delegations"),
    ("texts", "parties", "delegations"),
    ("texts", "accuses", "hypotheses"),
    ("assistance", "inject", "injects"),
    ("assistance", "beneficiary", "delegations"),
    ("assistance", "providers", "delegations"),
    ("treaties", "standing", "delegations"),
    ("items", "terms", "terms"),
    ("injects", "terms", "terms"),
    ("translations", "inject", "injects"),
    ("translations", "delegation", "delegations"),
    ("translations", "objective", "objectives"),
    ("dependencies", "provider", "delegations"),
    ("dependencies", "user", "delegations"),
    ("injects", "items", "items"),
    ("injects", "meters", "meters"),
)


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield every pointer that points at nothing, with the nearest name."""
    for kind, key, target in _POINTERS:
        for part in getattr(draft.scenario, kind):
            words = _words(getattr(part, key))
            yield from draft.unknown(part, key, target, words)
    yield from _topics(draft)
    for item in draft.scenario.items:
        yield from _item(draft, item)
    for text in draft.scenario.texts:
        yield from _text(draft, text)
    for one in draft.scenario.citations:
        yield from _citations(draft, one)
    yield from _commitments(draft)
    yield from _dependencies(draft)
    yield from _translations(draft)
    signed = draft.scenario.two_seats
    yield from draft.strange(
        draft.scenario, "two_seats", "instruments", signed, INSTRUMENTS
    )
    yield from _seats(draft)
    for objective in draft.scenario.objectives:
        names = objective.indicators
        yield from draft.strange(
            objective, "indicators", "indicators", names, INDICATORS
        )


def _seats(draft: Draft) -> Iterator[Problem]:
    known = {*INSTRUMENTS, *(one.group for one in INSTRUMENTS.values())}
    for delegation in draft.scenario.delegations:
        for seat in delegation.seats:
            yield from draft.strange(
                delegation, "seats.may", "instruments", seat.may, known
            )


def claims(
    draft: Draft, part: object, key: str, written: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield claims on topics, or with values, that the scenario does not know."""
    yield from draft.unknown(part, key, "topics", written)
    for topic in draft.scenario.topics:
        if topic.id in written:
            values = [one.id for one in topic.values]
            where = f"{key}.{topic.id}"
            yield from draft.strange(part, where, "values", [written[topic.id]], values)


def _words(value: object) -> tuple[str, ...]:
    """Return the names in a field: one, many, a table's keys, or none."""
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, dict | tuple):
        return tuple(value)
    return ()


def _topics(draft: Draft) -> Iterator[Problem]:
    for topic in draft.scenario.topics:
        values = [one.id for one in topic.values]
        for index, window in enumerate(topic.windows, 1):
            key = f"windows[{index}]"
            yield from draft.unknown(
                topic, f"{key}.speakers", "delegations", window.speakers
            )
            yield from draft.strange(
                topic, f"{key}.compatible", "values", window.compatible, values
            )


def _item(draft: Draft, item: Item) -> Iterator[Problem]:
    if not item.recipients:
        yield draft.problem(item, "recipients", "nobody needs this item")
    for key in ("recipients", "also_permitted"):
        if item.holder in getattr(item, key):
            message = "{holder} holds the item already"
            yield draft.problem(item, key, message, holder=item.holder)


def _text(draft: Draft, text: TextPlan) -> Iterator[Problem]:
    if text.drafter not in text.parties:
        message = "the drafter {drafter} is no party to the text"
        yield draft.problem(text, "drafter", message, drafter=text.drafter)
    yield from claims(draft, text, "claims", text.claims)
    yield from draft.strange(text, "citations", "citations", text.citations, CATALOGUE)
    types = draft.scenario.commitment_types
    yield from draft.strange(
        text, "commitments", "commitment types", text.commitments, types
    )


def _citations(draft: Draft, one: Citations) -> Iterator[Problem]:
    groups = {f"expected[{i}]": group for i, group in enumerate(one.expected, 1)}
    groups |= {"acceptable": one.acceptable, "inapplicable": one.inapplicable}
    for key, ids in groups.items():
        yield from draft.strange(one, key, "citations", ids, CATALOGUE)
    right = {id_ for key, ids in groups.items() if key != "inapplicable" for id_ in ids}
    for id_ in one.inapplicable:
        if id_ in right:
            message = "{id} is expected or acceptable and inapplicable at once"
            yield draft.problem(one, "inapplicable", message, id=id_)


def _translations(draft: Draft) -> Iterator[Problem]:
    """Yield tasks about notes that whoever is to translate them does not get."""
    reach = {one.id: set(one.audience) for one in draft.scenario.injects}
    for one in draft.scenario.translations:
        readers = reach.get(one.inject, {"all"})
        if not readers & {"all", "public", one.delegation}:
            message = "{delegation} does not get this inject"
            yield draft.problem(one, "inject", message, delegation=one.delegation)


def _dependencies(draft: Draft) -> Iterator[Problem]:
    for one in draft.scenario.dependencies:
        if one.provider == one.user:
            message = "{provider} cannot depend on itself"
            yield draft.problem(one, "user", message, provider=one.provider)
        sector = [one.sector] if one.sector else []
        yield from draft.strange(one, "sector", "sectors", sector, SECTORS)


def _commitments(draft: Draft) -> Iterator[Problem]:
    types = draft.scenario.commitment_types
    for one in draft.scenario.assistance:
        yield from draft.strange(one, "type", "commitment types", [one.type], types)
        yield from draft.strange(one, "type", "kinds of help", [one.type], HELP)
        if one.beneficiary in one.providers:
            message = "{beneficiary} cannot help itself"
            yield draft.problem(one, "providers", message, beneficiary=one.beneficiary)
