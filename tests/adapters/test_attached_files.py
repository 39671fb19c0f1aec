"""Attached files: what they are, where they may lie, how large they may be."""

import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exercise.adapters.scenario_files import (
    PaperGone,
    ScenarioRefused,
    check,
    load,
    papers_of,
)
from exercise.adapters.scenario_files.filetypes import MOST_PIXELS, filetype
from exercise.adapters.scenario_files.papers import Drawer
from exercise.domain.scenario import LARGEST_FILE
from tests.adapters.files import SIGNATURE, a_pdf, a_png, chunk
from tests.adapters.scenario_text import FILES

WIPER = "01-wiper.toml"
LINE = "attachments = [{ "


def archive() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("run.sh", "echo")
    return written.getvalue()


NEITHER = {
    "nothing": b"",
    "text": b"Only words",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing that runs": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "an archive": archive(),
    "a JPEG": b"\xff\xd8\xff\xe0" + b"\x00" * 40,
    "a signature alone": SIGNATURE,
    "a picture cut short": a_png()[:-4],
    "a picture without a picture": SIGNATURE + chunk(b"IEND", b""),
    "a picture with an archive behind": a_png() + archive(),
    "a picture with a page behind": a_png() + b"<script>alert(1)</script>",
    "a picture with a paper behind": a_png() + a_pdf(),
    "two pictures": a_png() + a_png()[8:],
    "a picture with a wrong sum": a_png()[:-1] + b"\x00",
    "a picture for no phone": a_png()[:8]
    + chunk(b"IHDR", b"\x00\x00\xff\xff\x00\x00\xff\xff\x08\x00\x00\x00\x00")
    + a_png()[33:],
    "a picture of no size": a_png(0, 0),
    "a paper further down": b"<script>alert(1)</script>\n" + a_pdf(),
    "a paper cut short": a_pdf()[:-8],
    "a paper with an archive behind": a_pdf() + archive(),
    "a paper with a page behind": a_pdf() + b"<script>alert(1)</script>",
}


def test_a_picture_and_a_paper_are_told_by_their_bytes() -> None:
    assert filetype(a_png()) == "png"
    assert filetype(a_png(more=chunk(b"tEXt", b"Title\x00A map"))) == "png"
    assert filetype(a_pdf()) == "pdf"
    assert MOST_PIXELS < 0xFFFF * 0xFFFF


@pytest.mark.parametrize("name", NEITHER)
def test_what_is_neither_or_more_is_nothing(name: str) -> None:
    assert filetype(NEITHER[name]) == ""


@given(st.binary(max_size=200))
@example(SIGNATURE + b"\xff" * 40)
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    for start in (b"", SIGNATURE, SIGNATURE + a_png()[8:33], b"%PDF-"):
        assert filetype(start + data) in {"", "png", "pdf"}


@given(st.data())
def test_a_picture_with_one_byte_changed_is_none(data: st.DataObject) -> None:
    picture = bytearray(a_png())
    at = data.draw(st.integers(0, len(picture) - 1))
    picture[at] ^= data.draw(st.integers(1, 255))
    assert filetype(bytes(picture)) == ""


# --- In a scenario's folder -----------------------------------------------------


def folder(tmp_path: Path, name: str, data: bytes, *, told: int | None = None) -> Path:
    """Write the small scenario with this file attached, itself correctly described."""
    for file, text in FILES.items():
        (tmp_path / file).write_text(text, "utf-8")
    size = len(data) if told is None else told
    line = (
        f'{LINE}file = "{name}", sha256 = "{sha256(data).hexdigest()}", '
        f'bytes = {size}, alt = "A note" }}]\n'
    )
    text = FILES[WIPER]
    at = text.index(LINE)
    (tmp_path / WIPER).write_text(text[:at] + line, "utf-8")
    return tmp_path


def keys(path: Path) -> set[str]:
    return {one.key for one in check(path)}


@pytest.mark.parametrize("name", NEITHER)
def test_a_scenario_with_another_file_is_refused(tmp_path: Path, name: str) -> None:
    where = folder(tmp_path, "map.png", NEITHER[name])
    (where / "map.png").write_bytes(NEITHER[name])
    assert keys(where) == {"attachments[1].file"}
    with pytest.raises(ScenarioRefused, match=r"no whole PDF"):
        load(where)


def test_the_type_is_found_whatever_the_name_says(tmp_path: Path) -> None:
    where = folder(tmp_path, "papers/map.pdf", a_png())
    (where / "papers").mkdir()
    (where / "papers" / "map.pdf").write_bytes(a_png())
    scenario = load(where)
    (one,) = scenario.injects[0].attachments
    assert (one.type, one.name) == ("png", "map.pdf")
    (paper,) = papers_of(scenario, where)
    assert (paper.type, paper.data) == ("png", a_png())


def padded(size: int) -> bytes:
    """Return a paper of exactly so many bytes."""
    whole = a_pdf()
    return whole[:9] + b"%" + b" " * (size - len(whole) - 2) + b"\n" + whole[9:]


def test_ten_megabytes_are_the_most_to_the_byte(tmp_path: Path) -> None:
    full = padded(LARGEST_FILE)
    assert len(full) == LARGEST_FILE == 10_000_000
    where = folder(tmp_path, "full.pdf", full)
    (where / "full.pdf").write_bytes(full)
    assert not check(where)
    more = padded(LARGEST_FILE + 1)
    folder(tmp_path, "full.pdf", more)
    (where / "full.pdf").write_bytes(more)
    assert keys(where) == {"attachments[1].bytes"}
    folder(tmp_path, "full.pdf", more, told=LARGEST_FILE)
    assert keys(where) == {"attachments[1].file"}


@pytest.mark.parametrize(
    "name",
    [
        "../outside.png",
        "papers/../../outside.png",
        "papers/../inside.png",
        "./inside.png",
        "papers//inside.png",
        "inside.png/",
        "INSIDE.PNG",
        "link.png",
        "linked/outside.png",
        "papers",
        "papers\\\\inside.png",
        "",
        ".",
        "~/inside.png",
        "in\\u0000side.png",
        "%69nside.png",
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    where = tmp_path / "scenario"
    (where / "papers").mkdir(parents=True)
    (tmp_path / "outside.png").write_bytes(a_png())
    (where / "inside.png").write_bytes(a_png())
    (where / "link.png").symlink_to(tmp_path / "outside.png")
    (where / "linked").symlink_to(tmp_path)
    assert "attachments[1].file" in keys(folder(where, name, a_png()))


def test_no_address_of_the_machine_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "inside.png").write_bytes(a_png())
    named = folder(tmp_path, str(tmp_path / "inside.png"), a_png())
    assert keys(named) == {"attachments[1].file"}


def test_a_file_that_changes_after_the_check_is_not_taken(tmp_path: Path) -> None:
    where = folder(tmp_path, "map.png", a_png())
    (where / "map.png").write_bytes(a_png())
    scenario = load(where)
    (where / "map.png").write_bytes(a_png(5, 5))
    with pytest.raises(PaperGone, match=r"map\.png"):
        papers_of(scenario, where)
    (where / "map.png").unlink()
    with pytest.raises(PaperGone, match=r"map\.png"):
        papers_of(scenario, where)


def test_a_drawer_is_looked_into_once(tmp_path: Path) -> None:
    drawer = Drawer(tmp_path)
    assert drawer.find("map.png") is None
    (tmp_path / "map.png").write_bytes(a_png())
    assert drawer.find("map.png") is None
    assert Drawer(tmp_path).find("map.png") is not None
