"""A scenario in several languages: tags, texts that are missing, who reads what."""

from pathlib import Path

import pytest

from exercise.adapters.scenario_files import Problem, ScenarioRefused, check, load
from exercise.adapters.scenario_files.tags import LANGUAGES, is_language, written_well
from exercise.words.tongues import autonym, direction
from tests.adapters.scenario_text import FILES

MAIN, DRAFT = "scenario.toml", "02-draft.toml"
SPOKEN = 'languages = ["en", "fr"]'


def author(folder: Path, *changes: tuple[str, str, str]) -> Path:
    files = dict(FILES)
    assert SPOKEN in files[MAIN]
    for file, old, new in changes:
        assert old in files[file], old
        files[file] = files[file].replace(old, new, 1)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def found(problems: list[Problem], key: str) -> Problem:
    return next(one for one in problems if one.key == key)


@pytest.mark.parametrize("tag", ["en", "fr", "ar", "zh-Hant", "pt-BR", "es-419", "ckb"])
def test_a_tag_is_a_language_with_script_and_region(tag: str) -> None:
    assert is_language(tag)
    assert written_well(tag.lower()) == tag
    assert autonym(tag) != tag
    assert direction(tag) in {"ltr", "rtl"}


@pytest.mark.parametrize(
    ("tag", "near"),
    [
        ("xx", ""),
        ("french", ""),
        ("FR", "fr"),
        ("fr_CA", "fr-CA"),
        ("e", ""),
        ("1", ""),
    ],
)
def test_what_is_no_tag_is_named_with_the_nearest(
    tmp_path: Path, tag: str, near: str
) -> None:
    folder = author(tmp_path, (MAIN, SPOKEN, f'languages = ["en", "fr", "{tag}"]'))
    problem = found(check(folder), "languages")
    assert (problem.file, problem.nearest, problem.warning) == (MAIN, near, False)
    with pytest.raises(ScenarioRefused):
        load(folder)


def test_every_two_letters_are_a_code_babel_knows_or_an_old_one() -> None:
    assert len(LANGUAGES) == 184
    unknown = {one for one in LANGUAGES if autonym(one) == one}
    assert len(unknown) < len(LANGUAGES) / 3


def test_a_delegation_reads_one_of_the_scenarios_languages(tmp_path: Path) -> None:
    folder = author(tmp_path, (MAIN, 'id = "KAS"\n', 'id = "KAS"\nlanguage = "de"\n'))
    problem = found(check(folder), "delegations.KAS.language")
    assert not problem.warning


def test_what_it_must_read_in_another_is_a_warning(tmp_path: Path) -> None:
    folder = author(tmp_path, (MAIN, 'id = "KAS"\n', 'id = "KAS"\nlanguage = "fr"\n'))
    problems = check(folder)
    assert all(one.warning for one in problems)
    keys = {(one.file, one.key) for one in problems}
    assert keys == {(MAIN, "delegations.KAS.brief"), (DRAFT, "body")}
    assert "warning: has no text in fr, which KAS reads" in str(problems[0])
    assert load(folder).delegation("KAS").language == "fr"  # type: ignore[union-attr] # it is there


def test_who_reads_the_first_language_misses_nothing(tmp_path: Path) -> None:
    folder = author(tmp_path, (MAIN, 'id = "KAS"\n', 'id = "KAS"\nlanguage = "en"\n'))
    assert not check(folder)


def test_words_for_a_picture_speak_the_scenarios_languages(tmp_path: Path) -> None:
    said = '{ en = "A note", de = "Eine Notiz" }'
    folder = author(tmp_path, ("01-wiper.toml", '"A note"', said))
    assert found(check(folder), "attachments[1].alt").reason
    said = '{ fr = "Une note" }'
    folder = author(tmp_path, ("01-wiper.toml", '"A note"', said))
    assert found(check(folder), "attachments[1].alt").reason


def test_a_text_in_another_language_is_bounded_and_plain_too(tmp_path: Path) -> None:
    for text in ("x" * 20_001, "a\\u0000b", "a\\u202eb"):
        said = f'body = {{ en = "Sign.", fr = "{text}" }}'
        folder = author(tmp_path, (DRAFT, 'body = "Sign."', said))
        assert any(one.key.startswith("body") for one in check(folder))
