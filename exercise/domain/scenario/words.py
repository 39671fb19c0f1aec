"""The words a scenario is written in: texts by language, kinds, channels, labels."""

from typing import Annotated, Literal, TypeAlias

from exercise.domain.limits import Most

Said: TypeAlias = Annotated[str, Most(20_000)] | dict[str, str]
"""A text in the scenario's first language, or one text by language."""

Kind: TypeAlias = Literal["state", "regional_org", "un_body", "company", "cso", "media"]
Channel: TypeAlias = Literal[
    "wire",
    "cable",
    "intel",
    "tech",
    "social",
    "pressQ",
    "legal",
    "hotline",
    "drill",
]
Tlp: TypeAlias = Literal["", "RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"]
Truth: TypeAlias = Literal["true", "ambiguous", "false"]
ReleaseMode: TypeAlias = Literal["auto", "manual", "reserve"]
Duty: TypeAlias = Literal["ack", "respond", "notify", "assist"]


def said(text: Said, language: str = "en") -> str:
    """Return `text` in `language`, else in the first language it has."""
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()), "")
