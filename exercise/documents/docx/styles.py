"""How the shipped template looks: quiet type, hairlines, no colour without a reason."""

from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

SERIF, SANS, EVERY_SCRIPT = "Cambria", "Calibri", "Arial"
INK, QUIET, TEAL = RGBColor(27, 31, 36), RGBColor(87, 93, 102), RGBColor(11, 110, 110)

# Name: face, size and line in points, colour, bold, space before and after.
PARAGRAPHS: dict[str, tuple[str, float, float, RGBColor, bool, int, int]] = {
    "Normal": (SERIF, 11, 17, INK, False, 0, 6),
    "Title": (SERIF, 22, 28, INK, False, 0, 4),
    "Subtitle": (SANS, 10, 14, QUIET, False, 0, 12),
    "Heading 1": (SANS, 12, 17, INK, True, 18, 4),
    "Heading 2": (SERIF, 13, 18, INK, False, 12, 4),
    "Heading 3": (SERIF, 12, 17, INK, True, 10, 2),
    "TOC Heading": (SANS, 12, 17, INK, True, 12, 4),
    "Caption": (SANS, 9.5, 13, QUIET, False, 8, 4),
    "List Bullet": (SANS, 10, 15, INK, False, 0, 2),
    "Header": (SANS, 10, 14, QUIET, False, 0, 0),
    "Footer": (SANS, 10, 14, QUIET, False, 0, 0),
    "toc 1": (SANS, 10, 15, INK, False, 0, 2),
    "Small": (SANS, 10, 14, INK, False, 0, 3),
    "Table text": (SANS, 9.5, 14, INK, False, 1, 1),
    "Table figure": (SANS, 9.5, 14, INK, False, 1, 1),
}
_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Report">
  <w:name w:val="Report"/><w:basedOn w:val="TableNormal"/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="12" w:space="0" w:color="1B1F24"/>
      <w:bottom w:val="single" w:sz="6" w:space="0" w:color="1B1F24"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="D9D6CE"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
</w:style>
"""


def dress(paper: Paper) -> None:
    """Give a document the styles of a report."""
    known = {one.name for one in paper.styles}
    for name, looks in PARAGRAPHS.items():
        if name not in known:
            paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style = paper.styles[name]
        if isinstance(style, ParagraphStyle):
            _paragraph(style, *looks)
    paper.styles.element.append(parse_xml(_TABLE))
    link = paper.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    if isinstance(link, CharacterStyle):
        link.font.color.rgb = TEAL
    _at_the_end(paper, "Table figure")


def _paragraph(  # noqa: PLR0913, PLR0917 - one row of the table above
    style: ParagraphStyle,
    face: str,
    size: float,
    line: float,
    colour: RGBColor,
    bold: bool,  # noqa: FBT001 - as above
    before: int,
    after: int,
) -> None:
    style.font.size, style.font.color.rgb = Pt(size), colour
    style.font.bold, style.font.italic = bold, False
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{script}"), face)
    for script in ("cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), EVERY_SCRIPT)
    properties.insert(0, fonts)
    shape = style.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = (
        Pt(line),
        Pt(before),
        Pt(after),
    )
    # A picture in a line makes it higher; exact lines would cut it off.
    shape.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    for name in ("w:pPr/w:pBdr", "w:pPr/w:tabs", "w:rPr/w:spacing"):
        for old in style.element.xpath(name):
            old.getparent().remove(old)


def _at_the_end(paper: Paper, name: str) -> None:
    """Let figures stand where a line ends, whichever way it is read."""
    aligned = OxmlElement("w:jc")
    aligned.set(qn("w:val"), "end")
    paper.styles[name].element.get_or_add_pPr().append(aligned)
