"""Markers that bound what a field may hold; the wire reads them."""

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Most:
    """A text of at most `characters`, without NUL or bidi overrides."""

    characters: int
    least: int = 0

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:  # noqa: ANN401 - the wire's hook, typed by the wire's library
        """Return the text schema with these bounds."""
        schema = handler(source)
        return {
            **schema,
            "max_length": self.characters,
            "min_length": self.least,
            "pattern": PLAIN,
        }


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:  # noqa: ANN401 - the wire's hook, typed by the wire's library
        """Return the number schema with these bounds."""
        return {**handler(source), "ge": self.low, "le": self.high}


@dataclass(frozen=True, slots=True)
class Few:
    """A list or table of at most `members`."""

    members: int
    least: int = 0

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:  # noqa: ANN401 - the wire's hook, typed by the wire's library
        """Return the list schema with these bounds."""
        schema = handler(source)
        return {**schema, "max_length": self.members, "min_length": self.least}


# No NUL, no lone surrogate, no bidi override or isolate: a text must look the
# same to everyone who reads it, and every database must be able to hold it.
PLAIN = r"^[^\x00\u202a-\u202e\u2066-\u2069]*$"

Key: TypeAlias = Annotated[str, Most(64, least=1)]
Line: TypeAlias = Annotated[str, Most(200, least=1)]
Remark: TypeAlias = Annotated[str, Most(1000)]
Prose: TypeAlias = Annotated[str, Most(8000)]
Keys: TypeAlias = Annotated[tuple[Key, ...], Few(64)]
Percent: TypeAlias = Annotated[int, Between(0, 100)]
Milliseconds: TypeAlias = Annotated[int, Between(0, 864_000_000)]
