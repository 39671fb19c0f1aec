"""All five formats of a whole exercise: the same bytes, and nothing in a corner."""

import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from exercise.documents import formats
from exercise.domain.report import Aar
from tests.conftest import ROOT
from tests.documents.conftest import CANARIES, Printed
from tests.documents.opened import everything

FORMS = tuple(formats.TYPES)


# Printing is slow; a PDF is compared between two processes, where jobs are tested.
@pytest.mark.parametrize("form", [one for one in FORMS if one != "pdf"])
def test_the_same_record_gives_the_same_bytes(printed: Printed, form: str) -> None:
    assert printed.made(form) == printed.again(form)


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_members_of_a_zip_are_sorted_and_dated_alike(
    printed: Printed, form: str
) -> None:
    with zipfile.ZipFile(BytesIO(printed.made(form))) as archive:
        members = archive.infolist()
    assert [one.filename for one in members] == sorted(x.filename for x in members)
    assert {one.date_time for one in members} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("form", FORMS)
def test_an_exercise_that_has_not_begun_is_printed_too(small: Aar, form: str) -> None:
    assert formats.render(small, formats.Wish(form=form))


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html"])
def test_banner_and_tlp_stand_in_every_file(printed: Printed, form: str) -> None:
    text = printed.text(form)
    assert "EXERCISE EXERCISE EXERCISE" in text
    assert "TLP:GREEN" in text


@pytest.mark.parametrize("form", FORMS)
def test_the_full_edition_has_names_and_notes(printed: Printed, form: str) -> None:
    whole = printed.value("full")
    few = replace(whole, responses=(), evidence=whole.evidence[:9])
    text = everything(form, formats.render(few, formats.Wish(form=form)))
    # The annex counts; it has no list of people.
    assert (CANARIES.name in text) == (form != "xlsx")
    assert (CANARIES.note in text) == (form != "xlsx")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("edition", ["participants", "anonymous", "delegation:KAS"])
def test_no_other_edition_holds_a_name_a_note_or_an_aside(
    printed: Printed, form: str, edition: str
) -> None:
    text = printed.text(form, edition)
    assert CANARIES.name not in text
    assert CANARIES.note not in text
    assert CANARIES.aside not in text


@pytest.mark.parametrize("form", FORMS)
def test_the_anonymous_edition_names_no_delegation(printed: Printed, form: str) -> None:
    text = printed.text(form, "anonymous")
    for name in ("Kastrova", "Vesmark", "Orlania"):
        assert name not in text


@pytest.mark.parametrize("form", FORMS)
def test_a_delegation_is_shown_nothing_that_it_could_not_read(
    printed: Printed, form: str
) -> None:
    shown = printed.value("delegation:KAS")
    read = {one.entry for one in shown.evidence}
    text = printed.text(form, "delegation:KAS")
    assert CANARIES.private not in text
    unread = [
        one
        for one in printed.record.entries
        if "KAS" not in one.audience and one.id not in read
    ]
    assert len(unread) > 50
    plan = {one.entry for one in shown.plan}
    assert not [one.id for one in unread if one.id in text and one.id not in plan]


def test_a_light_format_loads_no_heavy_library() -> None:
    heavy = "{'weasyprint', 'docx', 'docxtpl', 'xlsxwriter', 'PIL', 'lxml'}"
    script = (
        "import sys, exercise.cli, exercise.offline.reports, exercise.documents.html,"
        "exercise.documents.json, exercise.documents.job, exercise.offline.records;"
        f"print({heavy} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == "set()", said.stderr


def test_a_format_there_is_not_is_refused(printed: Printed) -> None:
    with pytest.raises(LookupError):
        formats.render(printed.value(), formats.Wish(form="odt"))


def test_a_template_that_is_no_document_is_refused(
    printed: Printed, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.docx"
    wrong.write_text("not a document", "utf-8")
    with pytest.raises(formats.CannotPrint, match=r"wrong\.docx"):
        formats.render(printed.value(), formats.Wish(form="docx", template=wrong))
