"""What XlsxWriter can't do: sheets and structure locked with a SHA-512 password hash, and stamps.

XlsxWriter only knows Excel's old 16-bit hash and can't protect a workbook's structure, so its classes are
extended here, at the places where it writes these elements. Hash: ECMA-376 part 1, 18.2.29 and 18.3.1.85
(salt and password, then ``SPINS`` rounds over the last hash and a counter).

A *stamp* is a text that is one recipient's own. It stands in its cell, not among the strings that all sheets
share, so that :mod:`auditkit.workbook.stencil` can exchange it. So is the height of a row that has to fit
such texts: it stands first in its tag, as no other height does.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import CellFormulaTuple, CellStringTuple
from xlsxwriter.xmlwriter import XMLwriter

from auditkit.heights import GrowingSheet

SPINS = 100_000

# What a respondent may still do on a protected sheet ("0" is "not forbidden" in the file format).
ALLOWED = ("formatColumns", "formatRows", "autoFilter")
# And in a table of events, whose rows have no order of their own.
SORTABLE = (*ALLOWED, "sort")

# A cell holds 32,767 UTF-16 units: so many characters always fit.
LONGEST_STAMP = 16_383
BEFORE_STAMP = '<is><t xml:space="preserve">'
BEFORE_HEIGHT = '<row ht="'
_XML = XMLwriter()


@dataclass(frozen=True)
class Lock:
    """A password as it stands in a workbook: base64 text, never the password itself."""

    hashed: str
    salt: str


def lock(password: str, salt: bytes) -> Lock:
    """Return the lock for ``password``. ``salt`` is 16 bytes; the same ones give the same file again."""
    digest = hashlib.sha512(salt + password.encode("utf-16-le")).digest()
    for spin in range(SPINS):
        digest = hashlib.sha512(digest + struct.pack("<I", spin)).digest()
    return Lock(base64.b64encode(digest).decode(), base64.b64encode(salt).decode())


def stamp_xml(text: str) -> str:
    """Return a stamp's text as it stands in a workbook's XML."""
    escaped: str = _XML._escape_data(_XML._escape_control_characters(text[:LONGEST_STAMP]))
    return escaped


def height_stamp(points: float) -> str:
    """Return a row's height as it stands in a workbook's XML: in points, a whole number of pixels."""
    return f"{int(points * 4 / 3 + 0.5) * 0.75:.16g}"


class LockedSheet(GrowingSheet):
    """A worksheet on which only unlocked cells can be changed."""

    lock: Lock
    allowed: tuple[str, ...] = ALLOWED

    def __init__(self) -> None:
        """Begin a sheet on which no row's height is a stamp."""
        super().__init__()
        self._stamped: dict[int, str] = {}

    def stamp_height(self, row: int, points: float) -> None:
        """Give a row a height that is a stamp; ``row`` counts from 0."""
        self.set_row(row, points)
        self._stamped[row + 1] = height_stamp(points)

    def write_stamp(self, row: int, col: int, text: str, style: Format | None = None) -> None:
        """Write a stamp into a cell; ``row`` and ``col`` count from 0."""
        self._check_dimensions(row, col)
        self.table[row][col] = CellStringTuple(text, style)

    def write_formula(
        self, row: int, col: int, formula: str, style: Format | None = None, value: float | str = 0
    ) -> None:
        """Write a formula as it is, with its value; ``row`` and ``col`` count from 0."""
        self._check_dimensions(row, col)
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), style, value)

    def _prepare_formula(self, formula: str, *_: Any) -> str:
        """Leave a formula as it is.

        XlsxWriter would look for functions newer than Excel 2013 and mark them, also where their names are
        only words in a text. That took more than half the time of a build.
        """
        return formula.removeprefix("=")

    def _xml_string_element(self, string: int | str, attributes: Any = ()) -> None:
        if isinstance(string, int):
            super()._xml_string_element(string, attributes)
            return
        self._xml_start_tag("c", [*attributes, ("t", "inlineStr")])
        self.fh.write(f"{BEFORE_STAMP}{stamp_xml(string)}</t></is>")
        self._xml_end_tag("c")

    def _write_sheet_protection(self) -> None:
        self._xml_empty_tag(
            "sheetProtection",
            [
                ("algorithmName", "SHA-512"),
                ("hashValue", self.lock.hashed),
                ("saltValue", self.lock.salt),
                ("spinCount", SPINS),
                ("sheet", 1),
                ("objects", 1),
                ("scenarios", 1),
                *((name, 0) for name in self.allowed),
            ],
        )

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if self._stamped and tag == "row" and attributes[0][1] in self._stamped:
            height = ("ht", self._stamped[attributes[0][1]])
            attributes = [height, *(a for a in attributes if a[0] != "ht")]
        super()._xml_start_tag_unencoded(tag, attributes)


class LockedWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose sheets are :class:`LockedSheet` and can't be added, removed, renamed or unhidden."""

    def __init__(self, file: Any, lock: Lock, *, nameless: bool = False) -> None:
        """Begin a workbook; one that is ``nameless`` has programs leave out who saved it."""
        self.lock, self.nameless = lock, nameless
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        super().__init__(file, {"in_memory": True, **options})

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = LockedSheet) -> LockedSheet:
        """Add a locked sheet."""
        sheet: LockedSheet = super().add_worksheet(name, worksheet_class)
        sheet.lock = self.lock
        return sheet

    def _xml_empty_tag(self, tag: str, attributes: Any = ()) -> None:
        if tag == "workbookPr" and self.nameless:
            attributes = [("filterPrivacy", 1), *attributes]
        super()._xml_empty_tag(tag, attributes)

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag(
            "workbookProtection",
            [
                ("workbookAlgorithmName", "SHA-512"),
                ("workbookHashValue", self.lock.hashed),
                ("workbookSaltValue", self.lock.salt),
                ("workbookSpinCount", SPINS),
                ("lockStructure", 1),
            ],
        )
