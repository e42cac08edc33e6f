"""One sheet exported as text: .csv and .tsv, as Excel, LibreOffice and Google Sheets write them."""

from __future__ import annotations

import csv
import io

from auditkit.fields import Typed
from auditkit.guard.cells import check_area
from auditkit.guard.limits import Limits, damaged
from auditkit.returns.intake.incoming import Look
from auditkit.returns.sheets import Sheet, Workbook
from auditkit.workbook.identity import COVER_LABEL
from auditkit.workbook.layout import MARKER

KIND = "a sheet saved as text (.csv)"
# Text is known as a sheet of ours by what every such sheet holds.
SIGNS = (MARKER, COVER_LABEL)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = (",", ";", "\t", "|")
LONGEST = 2**31 - 1


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is a sheet of a workbook of ours, saved as text."""
    if look.archive is not None or look.streams is not None:
        return False
    signs = [sign.encode(encoding) for sign in SIGNS for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(sign in look.content for sign in signs) and not look.content.lstrip().startswith(b"<")


def read(look: Look, limits: Limits) -> Workbook:
    """Return the one sheet of it; UnreadableError if it can't be told apart into cells."""
    text = _decoded(look.content)
    delimiter = max(DELIMITERS, key=lambda d: _widths(text, d))
    csv.field_size_limit(min(LONGEST, limits.part_bytes))
    rows: list[list[Typed]] = []
    width = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(list(row))
            width = max(width, len(row))
            check_area(len(rows), width, limits)
    except csv.Error as error:
        raise damaged("its quotation marks don't match") from error
    for cells in rows:
        cells += [""] * (width - len(cells))
    return Workbook((Sheet(KIND, rows),))


def _decoded(content: bytes) -> str:
    if content.startswith(UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _widths(text: str, delimiter: str) -> int:
    """Return how often a delimiter stands on the lines that hold keys: there nobody types."""
    return sum(line.count(delimiter) for line in text.splitlines() if any(sign in line for sign in SIGNS))
