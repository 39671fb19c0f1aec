"""The palette can be read by everybody, in light and in dark."""

import itertools
import re

import pytest

from exercise.resources import STATIC

THEMES = ("light", "dark")
PAPERS = ("paper", "surface", "wash")
TEXTS = ("ink", "ink-2", "accent", "amber", "red", "green")
# Text on a ground of its own.
PAIRS = (
    ("on-accent", "accent"),
    ("ink", "accent-wash"),
    ("ink", "amber-wash"),
    ("red", "amber-wash"),
    ("amber", "amber-wash"),
    ("ink-2", "amber-wash"),
    ("ink-2", "accent-wash"),
    ("red", "red-wash"),
    ("on-banner", "banner-ground"),
    ("on-film", "film"),
    ("tlp-red", "tlp-ground"),
    ("tlp-amber", "tlp-ground"),
    ("tlp-green", "tlp-ground"),
    ("tlp-clear", "tlp-ground"),
)

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHT: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def blocks_of_tokens() -> list[dict[str, str]]:
    """Return the colours of each block of tokens.css that sets a paper."""
    text = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    found = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r"\{([^{}]*)\}", text)
    )
    return [block for block in found if "paper" in block]


LIGHT, BY_SYSTEM, BY_CHOICE = blocks_of_tokens()
COLOURS = {"light": LIGHT, "dark": {**LIGHT, **BY_CHOICE}}


def linear(colour: str) -> Rgb:
    def channel(text: str) -> float:
        share = int(text, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return channel(colour[1:3]), channel(colour[3:5]), channel(colour[5:7])


def contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        red, green, blue = linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour: Rgb) -> Rgb:
    """Return CIE L*a*b* under D65."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in colour)

    def curve(share: float) -> float:
        return share ** (1 / 3) if share > 216 / 24389 else share * 841 / 108 + 4 / 29

    x = curve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = curve(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = curve((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, sight: str) -> Rgb:
    red, green, blue = linear(colour)
    first, second, third = (a * red + b * green + c * blue for a, b, c in SIGHT[sight])
    return lab((first, second, third))


def difference(first: str, second: str, sight: str) -> float:
    pairs = zip(seen(first, sight), seen(second, sight), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_dark_by_choice_is_dark_by_system() -> None:
    assert BY_SYSTEM == BY_CHOICE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_paper(theme: str, paper: str, text: str) -> None:
    assert contrast(COLOURS[theme][text], COLOURS[theme][paper]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_own_ground(theme: str, text: str, ground: str) -> None:
    assert contrast(COLOURS[theme][text], COLOURS[theme][ground]) >= 4.5


@pytest.mark.parametrize("text", ["ink", "ink-2", "green", "amber", "red"])
def test_the_rooms_text_reads_from_the_last_row(text: str) -> None:
    assert contrast(COLOURS["dark"][text], COLOURS["dark"]["paper"]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", ["edge", "accent", *(f"who-{n}" for n in range(1, 9))])
def test_controls_and_shapes_stand_out_from_the_surface(theme: str, mark: str) -> None:
    assert contrast(COLOURS[theme][mark], COLOURS[theme]["surface"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_delegations_differ_in_every_kind_of_sight(theme: str, sight: str) -> None:
    colours = [COLOURS[theme][f"who-{n}"] for n in range(1, 9)]
    for first, second in itertools.combinations(colours, 2):
        assert difference(first, second, sight) >= 15, (first, second)
