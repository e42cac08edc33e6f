"""A register saved as CSV, whichever way Excel or another program does that."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditkit.csv import restored
from auditkit.register.table import Row, cleaned, content, refused

DELIMITERS = ",;\t"
# A list of 25,000 recipients with 100 columns has fewer; a few megabytes of commas or blank lines have more.
MOST_CELLS = 3_000_000
# So much of the first row is enough to tell its cells apart, and less than the longest cell that is read.
LOOKED_AT = 100_000
# No cell of a register is longer.
LONGEST = 131_072


def rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file, cleaned, blank ones included; see :func:`as_written`."""
    return [Row(row.number, tuple(map(cleaned, row.cells))) for row in as_written(path)]


def as_written(path: Path) -> list[Row]:
    """Return the rows of a CSV file with every cell as it stands there.

    Commas, semicolons and tabs are told apart by the first row; text that isn't UTF-8 is taken to be in the
    code page of Windows in Western Europe.

    Raises:
        ProblemsError: If it can't be read.
    """
    text = _text(content(path))
    if "\0" in text:
        raise refused(path, "this isn't a CSV file: open it in Excel and save it as CSV UTF-8")
    start = 1
    first = text.partition("\n")[0].strip()
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        delimiter, text, start = first[-1], text.partition("\n")[2], 2
    else:
        delimiter = delimiter_of(text)
    reader = cells_of(io.StringIO(text, newline=""), delimiter)
    found: list[Row] = []
    left = MOST_CELLS
    try:
        for cells in reader:
            left -= len(cells) + 1
            if left < 0:
                message = f"there are more than {MOST_CELLS:,} cells up to here, blank ones counted"
                advice = "keep only the recipients of this round, and delete the empty rows and columns"
                raise refused(path, f"{message}: {advice}", f"row {start + len(found)}")
            found.append(Row(start + len(found), tuple(map(restored, cells))))
    except csv.Error as error:
        message = (
            "a cell here is longer than any in a register: delete it"
            if "field limit" in str(error)
            else "a quotation mark opens in or near this row and isn't closed where its cell ends: correct it"
        )
        raise refused(path, message, f"row {start + len(found)}") from None
    return found


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's "Unicode text"
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def cells_of(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Return what reads the cells of each row; csv.Error at a row that can't be read.

    The longest cell is Python's own setting for all of a process, and reading returns changes it.
    """
    csv.field_size_limit(LONGEST)
    return csv.reader(lines, delimiter=delimiter, strict=True)


def delimiter_of(text: str) -> str:
    """Return the sign that divides the first row that isn't blank into most cells."""
    header = next((line for line in text.splitlines() if line.strip()), "")[:LOOKED_AT]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([header], delimiter=sign), [])))
