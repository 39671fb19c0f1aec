"""A document's plain text is read in one way, and no text is refused."""

from hypothesis import given
from hypothesis import strategies as st

from exercise.words.blocks import Bullets, Document, Numbered, Paragraph, Table, blocks


def test_header_lines_stand_above_the_first_empty_line() -> None:
    document = blocks("FROM: COUNCIL\nTO: VESMARK\nSOURCE: B3\n\nThe Chair tables.")
    assert document.headers == (
        ("FROM", "COUNCIL"),
        ("TO", "VESMARK"),
        ("SOURCE", "B3"),
    )
    assert document.header("SOURCE") == "B3"
    assert document.header("DTG") == ""
    assert document.blocks == (Paragraph("The Chair tables."),)


def test_a_sentence_with_a_colon_is_no_header() -> None:
    text = "BREAKING: explosion kills three.\n\nShare."
    assert blocks(text).headers == ()
    assert blocks("FROM: a desk\nand it goes on").headers == ()


def test_numbered_paragraphs_and_bullets_gather_across_empty_lines() -> None:
    text = "1. One\ngoes on\n\n2. Two\n\n- a\n- b\n\nEnd"
    assert blocks(text).blocks == (
        Numbered(("One goes on", "Two")),
        Bullets(("a", "b")),
        Paragraph("End"),
    )


def test_a_list_that_starts_again_is_another_list() -> None:
    assert blocks("4. Four\n1. One").blocks == (
        Numbered(("Four",), 4),
        Numbered(("One",), 1),
    )


def test_rows_make_a_table_and_dashes_make_its_head() -> None:
    text = "| kind | seen |\n|---|---|\n| beacon | 02:44 |"
    assert blocks(text).blocks == (Table((("beacon", "02:44"),), ("kind", "seen")),)
    assert blocks("| a | b |").blocks == (Table((("a", "b"),)),)


def test_an_empty_text_is_an_empty_document() -> None:
    assert blocks(" \n\n") == Document((), ())


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(blocks(text), Document)


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1))
def test_no_paragraph_is_lost(words: list[str]) -> None:
    read = blocks("\n\n".join(words)).blocks
    assert read == tuple(Paragraph(word) for word in words)
