"""What a host can open: the warm-up first, and said to be one."""

from dataclasses import replace
from pathlib import Path

import pytest

from exercise.adapters.scenario_files import library
from exercise.app import shelf
from exercise.resources import INJECTS
from tests.builders import a_scenario
from tests.web.stage import a_stage


def test_the_warm_up_stands_before_what_its_title_would_follow() -> None:
    found = shelf(None)
    names = [id_ for id_, _ in found.titles()]
    assert names[0] == "ping"
    assert list(found.warm_ups()) == ["ping"]
    titles = [title for _, title in found.titles()][1:]
    assert titles == sorted(titles)


def test_a_scenario_of_ones_own_may_be_the_warm_up(tmp_path: Path) -> None:
    for name, more in (("alpha", ""), ("zulu", "warm_up = true\n")):
        (tmp_path / name).mkdir()
        text = f'id = "{name}"\ntitle = "{name}"\n{more}'
        (tmp_path / name / "scenario.toml").write_text(text, "utf-8")
    assert [one.id for one in library([tmp_path])] == ["zulu", "alpha"]
    both = [one.id for one in library([tmp_path, INJECTS])]
    assert both[:2] == ["ping", "zulu"]


@pytest.mark.parametrize("warm", [True, False])
def test_a_host_is_told_where_to_begin(*, warm: bool) -> None:
    with a_stage(replace(a_scenario(), warm_up=warm)) as stage:
        page = stage.by_link("host", "").get("/host").text
    assert ("Small (warm-up: begin here)" in page) is warm
    assert "Small" in page
