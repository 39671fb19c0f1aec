"""A document that is read from right to left."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_RIGHT_TO_LEFT = {"R", "AL"}


def turn_round(roots: Iterable[Any]) -> None:
    """Make paragraphs, tables and the words in them run from right to left."""
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            # The schema wants what comes after it in its place.
            paragraph.get_or_add_pPr().insert_element_before(
                OxmlElement("w:bidi"),
                *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
                *("w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:rPr"),
            )
        for table in root.iter(qn("w:tblPr")):
            table.insert_element_before(
                OxmlElement("w:bidiVisual"),
                *("w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc"),
                *("w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook"),
            )
        for section in root.iter(qn("w:sectPr")):
            section.append(OxmlElement("w:bidi"))
        for run in _foreign(root):
            run.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _foreign(root: Any) -> Iterator[Any]:  # noqa: ANN401 - an element of lxml, which has no types
    """Yield the runs with letters of a script that is read from the right."""
    for run in root.iter(qn("w:r")):
        text = "".join(one.text or "" for one in run.iter(qn("w:t")))
        if any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text):
            yield run
