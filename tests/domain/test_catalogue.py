"""The catalogues: ids that never change, wording that says how far it was checked."""

import tomllib

import pytest

from exercise.domain.acts import INSTRUMENTS
from exercise.domain.catalogue import CATALOGUE, CITABLE, nearest, unknown
from exercise.domain.ladder import LADDER, excess, severity
from exercise.resources import scenario_folders


def test_every_id_is_there_and_stands_for_itself() -> None:
    assert [one for one in CATALOGUE if one.startswith("UN-NORM:")] == [
        f"UN-NORM:13{letter}" for letter in "abcdefghijk"
    ]
    assert [one for one in CATALOGUE if one.startswith("OSCE-CBM:")] == [
        f"OSCE-CBM:{n}" for n in range(1, 17)
    ]
    assert [one for one in CATALOGUE if one.startswith("UN-CBM:")] == [
        f"UN-CBM:{n}" for n in range(1, 9)
    ]
    families = {one.family for one in CATALOGUE.values()}
    assert families >= {"OAS-CBM", "EU-CDT", "LAW", "NCSC", "ICD203", "TLP", "LADDER"}
    assert all(key == one.id for key, one in CATALOGUE.items())


def test_what_was_not_read_in_its_source_says_so() -> None:
    assert CATALOGUE["UN-NORM:13c"].verified
    assert not CATALOGUE["UN-NORM:13k"].verified
    assert not CATALOGUE["UN-CBM:1"].verified
    assert CATALOGUE["LAW:SOV"].contested


def test_every_entry_has_words_and_a_source() -> None:
    for one in CATALOGUE.values():
        assert one.short
        assert one.text
        assert one.source


def test_a_scale_is_no_citation() -> None:
    citable = {one.id for one in CITABLE}
    assert "UN-NORM:13b" in citable
    assert not {"TLP:RED", "NCSC:1", "LADDER:3"} & citable


@pytest.mark.parametrize(
    ("meant", "found"),
    [
        ("un-norm 13C", "UN-NORM:13c"),
        ("OSCE-CBM-3", "OSCE-CBM:3"),
        ("13k", "UN-NORM:13k"),
    ],
)
def test_a_near_miss_is_told_what_it_missed(meant: str, found: str) -> None:
    assert unknown((meant, found)) == (meant,)
    assert nearest(meant) == found


def test_the_ladder_grows_and_has_a_rung_for_every_instrument() -> None:
    weights = [one.severity for one in LADDER]
    assert weights == [0, 0, 1, 3, 8, 20, 50]
    assert all(0 <= one.rung <= 6 for one in INSTRUMENTS.values())
    assert (severity(9), excess(4, 2), excess(1, 3)) == (50, 7, 0)


def test_shipped_scenarios_cite_what_the_catalogues_have() -> None:
    for folder in scenario_folders().values():
        script = tomllib.loads((folder / "scenario.toml").read_text("utf-8"))
        cited = [
            one
            for each in script.get("citations", ())
            for group in (*each["expected"], each.get("acceptable", ()))
            for one in group
        ]
        assert unknown(cited) == (), folder.name
