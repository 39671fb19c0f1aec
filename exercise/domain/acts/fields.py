"""The shapes a field of an instrument can have, and how a value is checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from exercise.domain.errors import Unfit
from exercise.domain.fields import Field, Fields
from exercise.domain.scenario import Scenario

Shape: TypeAlias = Literal[
    "line",
    "text",
    "choice",
    "flag",
    "minutes",
    "percent",
    "belief",
    "claims",
    "citations",
    "entries",
    "delegation",
    "treaty",
]
MOST_CITED = 5
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of an instrument: its name, label (message id), shape and bounds.

    Entries that are `open_to_all` must be ones that everybody reads.
    """

    name: str
    label: str
    shape: Shape
    required: bool = False
    most: int = 4000
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    open_to_all: bool = False


def check(specs: tuple[FieldSpec, ...], given: Fields, scenario: Scenario) -> Fields:
    """Return `given`, ordered as `specs`, with empty optional fields left out.

    Raises:
        Unfit: a field is unknown, missing or holds what its shape does not allow.
    """
    known = {spec.name for spec in specs}
    for name in sorted(given):
        if name not in known:
            raise Unfit(
                "There is no field “{name}” here. Known: {known}.",
                code="unknown-field",
                field=f"fields.{name}",
                name=name,
                known=", ".join(sorted(known)),
            )
    checked: dict[str, Field] = {}
    for spec in specs:
        value = given.get(spec.name)
        if value in (None, "", (), {}):
            _refuse_missing(spec)
            continue
        _check_one(spec, value, scenario)
        checked[spec.name] = value
    return checked


def _refuse_missing(spec: FieldSpec) -> None:
    if spec.required:
        raise Unfit(
            "“{label}” is empty. Fill it in and send again.",
            code="missing-field",
            field=f"fields.{spec.name}",
            label=spec.label,
        )


def _check_one(spec: FieldSpec, value: Field, scenario: Scenario) -> None:
    match spec.shape:
        case "line" | "text":
            _check_text(spec, value)
        case "choice":
            _check_known(spec, value, tuple(key for key, _ in spec.choices))
        case "flag":
            _require(spec, isinstance(value, bool), "yes or no")
        case "minutes":
            _check_whole(spec, value, 1, 600)
        case "percent":
            _check_whole(spec, value, 0, HUNDRED)
        case "delegation":
            _check_known(spec, value, scenario.delegation_ids)
        case "treaty":
            _check_known(spec, value, tuple(one.id for one in scenario.treaties))
        case "belief":
            _check_belief(spec, value, scenario)
        case "claims":
            _check_claims(spec, value, scenario)
        case "citations":
            _check_list(spec, value, MOST_CITED)
        case "entries":
            _check_list(spec, value, 32)


def _require(spec: FieldSpec, fits: bool, wanted: str) -> None:  # noqa: FBT001 - reads as a sentence at every call
    if not fits:
        raise Unfit(
            "“{label}” takes {wanted}.",
            field=f"fields.{spec.name}",
            label=spec.label,
            wanted=wanted,
        )


def _check_text(spec: FieldSpec, value: Field) -> None:
    _require(spec, isinstance(value, str), "a text")
    if isinstance(value, str) and len(value) > spec.most:
        raise Unfit(
            "“{label}” has {length} characters; {most} fit. Shorten it by {over}.",
            code="too-long",
            field=f"fields.{spec.name}",
            label=spec.label,
            length=len(value),
            most=spec.most,
            over=len(value) - spec.most,
        )


def _check_whole(spec: FieldSpec, value: Field, low: int, high: int) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    fits = whole and low <= value <= high  # type: ignore[operator] # whole says so
    _require(spec, fits, f"a whole number from {low} to {high}")


def _check_known(spec: FieldSpec, value: Field, known: tuple[str, ...]) -> None:
    _require(
        spec,
        isinstance(value, str) and value in known,
        f"one of: {', '.join(known)}",
    )


def _check_list(spec: FieldSpec, value: Field, most: int) -> None:
    _require(spec, isinstance(value, tuple) and len(value) <= most, f"up to {most} ids")


def check_belief(belief: Mapping[str, int], scenario: Scenario, field: str) -> None:
    """Refuse a distribution that names unknown hypotheses or does not sum to 100.

    Raises:
        Unfit: naming `field`.
    """
    known = tuple(one.id for one in scenario.hypotheses)
    for name in sorted(belief):
        if name not in known:
            raise Unfit(
                "“{name}” is no hypothesis of this exercise. Known: {known}.",
                field=field,
                name=name,
                known=", ".join(known),
            )
    total = sum(belief.values())
    if total != HUNDRED:
        raise Unfit(
            "The percentages add up to {total}; they must add up to 100.",
            code="not-100",
            field=field,
            total=total,
        )


def _check_belief(spec: FieldSpec, value: Field, scenario: Scenario) -> None:
    _require(spec, isinstance(value, dict), "whole percents by hypothesis")
    if isinstance(value, dict):
        numbers = {k: v for k, v in value.items() if isinstance(v, int)}
        _require(spec, len(numbers) == len(value), "whole percents by hypothesis")
        check_belief(numbers, scenario, f"fields.{spec.name}")


def _check_claims(spec: FieldSpec, value: Field, scenario: Scenario) -> None:
    _require(spec, isinstance(value, dict), "topic = value")
    if isinstance(value, dict):
        check_claims(value, scenario, f"fields.{spec.name}")


def check_claims(claims: Mapping[str, object], scenario: Scenario, field: str) -> None:
    """Refuse claims on unknown topics or with values the topic does not have.

    Raises:
        Unfit: naming `field`.
    """
    for name, value in sorted(claims.items()):
        topic = scenario.topic(name)
        if topic is None:
            raise Unfit("“{name}” is no topic here.", field=field, name=name)
        known = tuple(one.id for one in topic.values)
        if value not in known:
            raise Unfit(
                "On “{topic}” one can say: {known}. “{value}” is none of them.",
                field=field,
                topic=topic.title,
                known=", ".join(known),
                value=value,
            )
