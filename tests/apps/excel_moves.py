"""What cut-and-paste does to formulas in Excel, foretold, because LibreOffice is kinder.

When a respondent cuts a cell and pastes it onto another, Excel turns every reference to the overwritten
cells into ``#REF!`` and makes references to the moved cells, or to a whole edge of a range, follow them.
LibreOffice leaves references to the overwritten cells alone, so filling in a form there never shows the
damage. A reference is safe when each of its four edges has a locked cell: then a person can neither overwrite
all of it nor move an edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string

from tests.apps.libreoffice import Book

TEXT = re.compile(r'"(?:[^"]|"")*"')
REFERENCE = re.compile(
    r"(?:\$?(?P<sheet>'(?:[^']|'')+'|[\w]+)\.)?"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+))?(?![\w(.])"
)


@dataclass(frozen=True)
class FragileReference:
    """A formula that cut-and-paste among the answer cells can break in Excel."""

    sheet: str
    address: str
    formula: str
    reference: str


def fragile_references(book: Book) -> list[FragileReference]:
    """List the formulas of a workbook that a respondent's cut-and-paste can break in Excel."""
    open_cells = {(cell.sheet, cell.column, cell.row) for cell in book.answer_cells()}
    return [
        FragileReference(sheet, address, formula, reference[0])
        for sheet, formulas in book.formulas().items()
        for address, formula in formulas.items()
        for reference in REFERENCE.finditer(TEXT.sub('""', formula))
        if _is_fragile(reference, sheet, open_cells)
    ]


def _is_fragile(reference: re.Match[str], home: str, open_cells: set[tuple[str, int, int]]) -> bool:
    sheet = (reference["sheet"] or home).strip("'").replace("''", "'")
    left, top = column_index_from_string(reference["left"]), int(reference["top"])
    right = column_index_from_string(reference["right"] or reference["left"])
    bottom = int(reference["bottom"] or top)
    columns, rows = range(left, right + 1), range(top, bottom + 1)
    edges = [
        [(sheet, left, row) for row in rows],
        [(sheet, right, row) for row in rows],
        [(sheet, column, top) for column in columns],
        [(sheet, column, bottom) for column in columns],
    ]
    return any(all(cell in open_cells for cell in edge) for edge in edges)
