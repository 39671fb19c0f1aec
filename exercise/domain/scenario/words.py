"""The words a scenario is written in: texts by language, kinds, channels, labels."""

from typing import Annotated, Literal, TypeAlias

from exercise.domain.limits import Most

Said: TypeAlias = (
    Annotated[str, Most(20_000)]
    | dict[Annotated[str, Most(35, least=2)], Annotated[str, Most(20_000)]]
)
"""A text in the scenario's first language, or one text by language (BCP 47)."""

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
DataClass: TypeAlias = Literal["none", "personal", "health", "electoral"]
Truth: TypeAlias = Literal["true", "ambiguous", "false"]
ReleaseMode: TypeAlias = Literal["auto", "manual", "reserve"]
Duty: TypeAlias = Literal["ack", "respond", "notify", "assist"]


def said(text: Said, *languages: str) -> str:
    """Return a text in the first of these languages that it has, else in English.

    What has neither is said in whatever language it has.
    """
    if isinstance(text, str):
        return text
    for one in (*languages, "en"):
        if text.get(one):
            return text[one]
    return next(iter(text.values()), "")
