"""The catalogues that acts and scenarios cite by lasting ids."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from exercise.domain.catalogue.entry import Entry, rows
from exercise.domain.catalogue.law import LAW, TOOLBOX
from exercise.domain.catalogue.measures import MEASURES
from exercise.domain.catalogue.norms import NORMS
from exercise.domain.catalogue.scales import SCALES
from exercise.domain.ladder import LADDER

_RUNGS = rows(
    "LADDER",
    "This platform's own scale",
    tuple(
        (str(rung.number), f"Rung {rung.number}", rung.meaning.capitalize())
        for rung in LADDER
    ),
    verified=True,
    citable=False,
)

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {one.id: one for one in (*NORMS, *MEASURES, *LAW, *TOOLBOX, *SCALES, *_RUNGS)}
)
"""Every entry by its id, in the order a reader is shown."""

CITABLE: tuple[Entry, ...] = tuple(one for one in CATALOGUE.values() if one.citable)
"""What a statement may cite."""


def nearest(id_: str) -> str | None:
    """Return the id that `id_` was most likely meant to be, or None."""
    wanted = _plain(id_)
    exact = next((one for one in CATALOGUE if _plain(one) == wanted), None)
    return exact or next((one for one in CATALOGUE if wanted in _plain(one)), None)


def unknown(ids: Iterable[str]) -> tuple[str, ...]:
    """Return those of `ids` that no catalogue has, in order."""
    return tuple(dict.fromkeys(one for one in ids if one not in CATALOGUE))


def _plain(id_: str) -> str:
    return "".join(one for one in id_.casefold() if one.isalnum())


__all__ = ["CATALOGUE", "CITABLE", "Entry", "nearest", "unknown"]
