"""What an inject asks for can be done by those who receive it."""

from collections.abc import Iterator

from exercise.adapters.scenario_files.draft import Draft
from exercise.adapters.scenario_files.problems import Problem
from exercise.adapters.scenario_files.rules.references import claims
from exercise.domain.acts import INSTRUMENTS
from exercise.domain.catalogue.sectors import SECTORS
from exercise.domain.scenario import Inject, Obligation

_WORDS = ("all", "public")


def readers(draft: Draft, inject: Inject) -> tuple[str, ...]:
    """Return the delegations that receive the inject."""
    if set(inject.audience) & set(_WORDS):
        return draft.ids("delegations")
    return inject.audience


def rule(draft: Draft) -> Iterator[Problem]:
    """Yield what an inject asks of somebody who cannot, or of nobody."""
    for inject in draft.scenario.injects:
        yield from _audience(draft, inject)
        hit = [inject.sector] if inject.sector else []
        yield from draft.strange(inject, "sector", "sectors", hit, SECTORS)
        for index, one in enumerate(inject.obligations, 1):
            yield from _obligation(draft, inject, f"obligations[{index}]", one)
        yield from claims(draft, inject, "falsehood", inject.falsehood or {})
        for name in inject.variants or {}:
            if name not in readers(draft, inject):
                message = "{delegation} does not receive this inject"
                yield draft.problem(
                    inject, f"variants.{name}", message, delegation=name
                )
    yield from _items(draft)
    yield from _provocations(draft)


def _audience(draft: Draft, inject: Inject) -> Iterator[Problem]:
    names = (*draft.ids("delegations"), *_WORDS, "states")
    yield from draft.strange(inject, "audience", "delegations", inject.audience, names)
    if set(inject.audience) & set(_WORDS) and len(inject.audience) > 1:
        yield draft.problem(inject, "audience", "the word stands alone")


def _obligation(
    draft: Draft, inject: Inject, key: str, one: Obligation
) -> Iterator[Problem]:
    names = draft.ids("delegations")
    who = [one.delegation]
    yield from draft.strange(inject, f"{key}.delegation", "delegations", who, names)
    yield from draft.strange(inject, f"{key}.to", "delegations", one.to, names)
    yield from draft.unknown(inject, f"{key}.items", "items", one.items)
    topic = [one.topic] if one.topic else []
    yield from draft.unknown(inject, f"{key}.topic", "topics", topic)
    yield from draft.strange(
        inject, f"{key}.instruments", "instruments", one.instruments, INSTRUMENTS
    )
    yield from _instruments(draft, inject, f"{key}.instruments", one)
    if not one.instruments:
        yield draft.problem(inject, f"{key}.instruments", "nothing would meet it")
    if one.delegation in names and one.delegation not in readers(draft, inject):
        message = "{delegation} does not receive this inject"
        yield draft.problem(
            inject, f"{key}.delegation", message, delegation=one.delegation
        )
    if one.target_ms > one.deadline_ms:
        yield draft.problem(inject, f"{key}.target", "is later than the deadline")


def _instruments(
    draft: Draft, inject: Inject, key: str, one: Obligation
) -> Iterator[Problem]:
    """Hold that the delegation may use each instrument, and address it so."""
    delegation = draft.scenario.delegation(one.delegation)
    for name in one.instruments:
        instrument = INSTRUMENTS.get(name)
        if instrument is None or delegation is None:
            continue
        if delegation.kind not in instrument.who:
            message = "{delegation} cannot use {instrument}"
            values = {"delegation": one.delegation, "instrument": name}
            yield draft.problem(inject, key, message, **values)
        most = {"none": 0, "one": 1}.get(instrument.addressees, len(one.to))
        if len(one.to) > most:
            message = "{instrument} cannot be addressed to all in `to`"
            yield draft.problem(inject, key, message, instrument=name)


def _items(draft: Draft) -> Iterator[Problem]:
    """Hold that an item's inject reaches its holder and names the item."""
    for item in draft.scenario.items:
        inject = draft.scenario.inject(item.inject)
        if inject is None:
            continue
        if item.holder not in readers(draft, inject):
            message = "inject {inject} does not reach {holder}"
            values = {"inject": inject.id, "holder": item.holder}
            yield draft.problem(item, "inject", message, **values)
        if item.id not in inject.items:
            message = "inject {inject} does not list the item {item}"
            values = {"inject": inject.id, "item": item.id}
            yield draft.problem(item, "inject", message, **values)
    for inject in draft.scenario.injects:
        for name in inject.items:
            held = draft.scenario.item(name)
            if held is not None and held.holder not in readers(draft, inject):
                message = "{holder}, who holds {item}, does not receive this inject"
                values = {"holder": held.holder, "item": name}
                yield draft.problem(inject, "items", message, **values)


def _provocations(draft: Draft) -> Iterator[Problem]:
    for kind, key in (("provocations", "provoked"), ("citations", "speakers")):
        for part in getattr(draft.scenario, kind):
            inject = draft.scenario.inject(part.inject)
            for name in getattr(part, key):
                if inject is not None and name not in readers(draft, inject):
                    message = "inject {inject} does not reach {holder}"
                    values = {"inject": inject.id, "holder": name}
                    yield draft.problem(part, key, message, **values)
