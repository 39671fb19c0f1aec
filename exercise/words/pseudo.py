"""The pseudo-language that shows where a layout breaks before a translation does."""

import re

CODE = "qps"

# Longer by two fifths is what German or Greek do to short English labels.
_GROWTH = 0.4
_FILLER = "·"
_PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\})")
_ACCENTED = str.maketrans(
    "AEIOUYaceinouyz",
    "ÅÉÎÖÛÝåçéîñöûýž",
)


def stretched(message: str) -> str:
    """Return a message with accents, brackets and 40 % more length; values stay."""
    parts = _PLACEHOLDER.split(message)
    accented = "".join(
        part if index % 2 else part.translate(_ACCENTED)
        for index, part in enumerate(parts)
    )
    return f"[{accented}{_FILLER * round(len(message) * _GROWTH)}]"
