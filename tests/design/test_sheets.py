"""Sheets, sprite, vendored files and markup keep the house's rules."""

import re
from gzip import compress
from hashlib import sha256
from pathlib import Path

import pytest

from exercise.resources import STATIC, TEMPLATES
from exercise.words import environment
from tests.design.specimen import PAGES, rendered

SHEETS = sorted((STATIC / "css").glob("*.css"))
MARKUP = sorted(TEMPLATES.rglob("*.html"))
VENDOR = STATIC / "vendor"
PHYSICAL = re.compile(
    r"[\s;{](?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:"
    r"|(?:text-align|float)\s*:\s*(?:left|right)"
)
SYMBOLS = set(
    re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons/sprite.svg").read_text())
)


def vendored() -> dict[str, str]:
    text = (VENDOR / "VENDORED.md").read_text(encoding="utf-8")
    return dict(re.findall(r"\| `([^`]+)` \|.*?`([0-9a-f]{64})`", text))


def name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_sheet_has_no_left_or_right(sheet: Path) -> None:
    rules = re.sub(r"@media[^{]*|/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert PHYSICAL.findall(rules) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_sheet_uses_only_tokens_that_exist(sheet: Path) -> None:
    every = "".join(one.read_text() for one in SHEETS)
    known = set(re.findall(r"(--[\w-]+):", every))
    assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text())) <= known


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_sheet_names_no_colour_outside_the_tokens(sheet: Path) -> None:
    if sheet.name == "tokens.css":
        return
    # A QR code is black on white whatever the theme.
    colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text()))
    assert colours <= {"#ffffff", "#000000"}


@pytest.mark.parametrize("page", MARKUP, ids=name)
def test_markup_has_no_inline_style_or_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle\s*=\s*"|\son[a-z]+="|<style', text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_every_vendored_file_is_the_published_one() -> None:
    listed = vendored()
    files = {
        str(path.relative_to(VENDOR)): sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*.*")
        if path.is_file() and "@" in str(path.relative_to(VENDOR))
    }
    assert files == listed


@pytest.mark.parametrize("page", PAGES)
def test_a_specimen_uses_only_symbols_of_the_sprite(page: str) -> None:
    used = set(re.findall(r"sprite\.svg[^#\"]*#([\w-]+)", rendered(page)))
    assert used <= SYMBOLS


@pytest.mark.parametrize("page", PAGES)
def test_a_specimen_is_marked_as_exercise_above_and_below(page: str) -> None:
    assert rendered(page).count("EXERCISE EXERCISE EXERCISE") >= 2


def test_every_macro_file_loads_by_itself() -> None:
    for path in (TEMPLATES / "macros").glob("*.html"):
        assert environment("en").get_template(f"macros/{path.name}").module


def test_a_delegates_first_load_is_small() -> None:
    sheets = ("tokens", "base", "channels", "desk")
    files = [STATIC / f"css/{sheet}.css" for sheet in sheets]
    files += [STATIC / "icons/sprite.svg", *VENDOR.rglob("*.js")]
    # Of 150 KB in all: what is left is for markup and our own scripts.
    assert sum(len(compress(file.read_bytes())) for file in files) <= 60_000
