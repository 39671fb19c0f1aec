"""The values an act's fields and a text's claims may hold."""

from typing import Annotated, TypeAlias

from exercise.domain.limits import Between, Few, Key, Keys, Most, Percent

Claims: TypeAlias = Annotated[dict[Key, Key], Few(12)]
"""What a public text says, as topic = value."""

Belief: TypeAlias = Annotated[dict[Key, Percent], Few(12)]
"""Whole percents by hypothesis; they sum to 100."""

Trust: TypeAlias = Annotated[dict[Key, Annotated[int, Between(1, 5)]], Few(64)]
"""How far one trusts each of the others, 1 not at all to 5 fully; never scored."""

Field: TypeAlias = bool | int | Annotated[str, Most(8000)] | Keys | Belief | Claims
Fields: TypeAlias = Annotated[dict[Key, Field], Few(24)]
