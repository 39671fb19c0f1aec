"""The values an act's fields and a text's claims may hold."""

from typing import Annotated, TypeAlias

from exercise.domain.limits import Few, Key, Keys, Most, Percent

Claims: TypeAlias = Annotated[dict[Key, Key], Few(12)]
"""What a public text says, as topic = value."""

Belief: TypeAlias = Annotated[dict[Key, Percent], Few(12)]
"""Whole percents by hypothesis; they sum to 100."""

Field: TypeAlias = bool | int | Annotated[str, Most(8000)] | Keys | Belief | Claims
Fields: TypeAlias = Annotated[dict[Key, Field], Few(24)]
