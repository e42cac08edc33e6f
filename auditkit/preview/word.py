"""What python-docx needs a hand with: header rows that repeat, page numbers, colours of cells, boxes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from auditkit.workbook.style import ACCENT, BAND, FONT, ink_on

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
# Room to write in, in centimetres.
BOX_HEIGHT, BOX_WIDTH = 2.2, 16.4
# A table of so many rows isn't divided between two pages; of a longer one never a single row stands alone.
KEPT_TOGETHER, AT_EITHER_END = 8, 2
# Of a table of figures, in points.
FIGURE_SIZE = 9


def document(title: str, author: str, today: dt.date) -> Document:
    """Return an empty A4 document with page numbers, its styles set for reading on paper and on screen."""
    found = docx.Document()
    found.core_properties.title, found.core_properties.author = title, author
    found.core_properties.language = LANGUAGE
    found.core_properties.created = found.core_properties.modified = dt.datetime(
        today.year, today.month, today.day
    )
    page = found.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin = page.bottom_margin = Cm(2)
    sizes = {"Normal": 11, "Title": 24, "Subtitle": 12, "Heading 1": 16, "Heading 2": 12}
    for name, size in sizes.items():
        style = found.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(ACCENT[1:])
    label = found.styles.add_style("Label", WD_STYLE_TYPE.CHARACTER)
    label.font.bold = True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    found.styles["Normal"].element.get_or_add_rPr().append(language)
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{title}\t\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    return found


def labelled(document: Document, label: str, text: str, *, keep: bool = False) -> None:
    """Add a paragraph that begins with a label in bold; ``keep`` keeps it on the page of what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.add_run(f"{label}: ", style="Label")
    paragraph.add_run(text)


def bullets(document: Document, texts: Iterable[str]) -> None:
    """Add a list."""
    for text in texts:
        document.add_paragraph(text, style="List Bullet")


def numbered(document: Document, texts: Iterable[str]) -> None:
    """Add a numbered list."""
    for text in texts:
        document.add_paragraph(text, style="List Number")


def table(
    document: Document,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    colours: Mapping[str, str] | None = None,
    *,
    keep: bool = False,
    figures: bool = False,
) -> None:
    """Add a table whose first row is a header that repeats on every page.

    Args:
        document: Where to.
        headings: The header row.
        rows: The rows below it.
        widths: The width of each column, in centimetres.
        colours: What a first cell is shaded with, by its text.
        keep: Whether it stays on the page of what follows.
        figures: Whether its columns but the first are figures: small type, to the right, on one page.
    """
    made = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    made.autofit = False
    for _ in rows:
        made.add_row()
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    count = len(rows)
    parted = range(AT_EITHER_END, count - AT_EITHER_END + 1) if count > KEPT_TOGETHER and not figures else ()
    for n, (row, texts) in enumerate(zip(made.rows, (headings, *rows), strict=True)):
        _mark(row, "w:cantSplit")
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = text, Cm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            cell.paragraphs[0].paragraph_format.keep_with_next = n not in parted and (keep or n < count)
        if figures:
            _as_figures(row)
    _mark(made.rows[0], "w:tblHeader")
    for cell in made.rows[0].cells:
        cell.paragraphs[0].runs[0].style = "Label"
        _shade(cell, BAND)
    for row in made.rows[1:]:
        colour = (colours or {}).get(row.cells[0].text)
        if colour:
            _shade(row.cells[0], colour)
            row.cells[0].paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(ink_on(colour)[1:])
    after = document.add_paragraph().paragraph_format
    after.space_after, after.keep_with_next = Pt(4), keep


def _as_figures(row: _Row) -> None:
    for n, cell in enumerate(row.cells):
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(FIGURE_SIZE)
        if n:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def box(document: Document, label: str) -> None:
    """Add an empty box to write in, with its label at the top."""
    made = document.add_table(rows=1, cols=1, style="Table Grid")
    made.autofit = False
    made.columns[0].width = Cm(BOX_WIDTH)
    row = made.rows[0]
    row.height, row.height_rule = Cm(BOX_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
    _mark(row, "w:cantSplit")
    row.cells[0].width = Cm(BOX_WIDTH)
    row.cells[0].paragraphs[0].add_run(label, style="Label")
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _field(paragraph: Paragraph, name: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour[1:])):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)
