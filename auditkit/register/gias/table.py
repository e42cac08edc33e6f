"""A CSV file as GIAS gives it out: read row by row, its columns found by their headers, never by position."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import Problem, ProblemsError
from auditkit.files import size_of
from auditkit.limits import megabytes
from auditkit.register.csv import cells_of, delimiter_of
from auditkit.register.table import cleaned, refused

# The whole of England with all schools that ever closed is under 70 MB.
MAX_SIZE = 300 * 1024 * 1024
CHUNK = 1024 * 1024
# The rows of GIAS have a few thousand letters.
LONGEST_ROW = 100_000
# Marks at the start of files that are something else.
OTHER = {
    b"PK": "this is a .zip or an Excel workbook: take the .csv out of it, or save it as CSV",
    b"\xd0\xcf\x11\xe0": "this is an Excel workbook: save it as CSV",
    b"%PDF": "this is a PDF: download the data as CSV",
    b"<": "this is a web page: the download probably failed, so try it again",
}


@dataclass(frozen=True)
class Table:
    """A file that is being read: where the wanted columns stand, which are missing, and the rows.

    ``rows`` are numbered as lines are, counting from 1; each is as long as the header, at least.
    """

    path: Path
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]

    def text(self, cells: list[str], column: str) -> str:
        """Return what stands in a column of a row, cleaned; nothing if there is no such column."""
        n = self.columns.get(column)
        return "" if n is None else cleaned(cells[n])


@contextmanager
def opened(path: Path, needed: Sequence[str], wanted: Sequence[str], what: str) -> Iterator[Table]:
    """Open a file for reading its rows.

    Args:
        path: The file.
        needed: The columns without which nothing can be made of it.
        wanted: Further columns.
        what: What it should be, in words.

    Yields:
        The table.

    Raises:
        ProblemsError: It isn't such a file, or (while its rows are read) is damaged.
    """
    try:
        size = size_of(path)
        if size > MAX_SIZE:
            raise refused(path, f"this file has {megabytes(size)}, and {what} never more than a few dozen")
        with path.open("rb") as raw:
            encoding = _encoding(path, raw)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            yield _table(path, file, needed, wanted, what, _ends(path))
    except OSError as error:
        raise refused(path, f"this file can't be read ({error.strerror})") from error


def _table(
    path: Path, file: IO[str], needed: Sequence[str], wanted: Sequence[str], what: str, ends: bool
) -> Table:
    first = file.readline(CHUNK)
    file.seek(0)
    rows = cells_of(_lines(path, file), delimiter_of(first))
    numbered = _rows(path, rows, ends)
    header = [cleaned(cell) for cell in next(numbered, (1, []))[1]]
    places: dict[str, list[int]] = {}
    for n, name in enumerate(header):
        places.setdefault(name.casefold(), []).append(n)
    columns = {name: places[name.casefold()][0] for name in (*needed, *wanted) if name.casefold() in places}
    lacking = [
        f"there is no column {quoted(name)}{did_you_mean(name, header)}"
        for name in needed
        if name not in columns
    ]
    if len(lacking) == len(needed):
        lacking = [f"this isn't {what}: its first row has none of its columns, such as {quoted(needed[0])}"]
    lacking += [
        f"there are two columns {quoted(name)}" for name in columns if len(places[name.casefold()]) > 1
    ]
    if lacking:
        raise ProblemsError(Problem(path.name, "", message) for message in lacking)
    missing = tuple(name for name in dict.fromkeys(wanted) if name not in columns)
    return Table(path, columns, missing, _even(path, numbered, len(header), ends))


def _lines(path: Path, file: IO[str]) -> Iterator[str]:
    """Yield the lines of a file, none of them longer than a line can honestly be."""
    number = 1
    while line := file.readline(LONGEST_ROW):
        if len(line) == LONGEST_ROW:
            message = "this line is far longer than any of GIAS's: it is another file, so download it again"
            raise refused(path, message, f"line {number}")
        yield line
        number += 1


def _rows(path: Path, reader: Any, ends: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that aren't blank, each with the number of its last line."""
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error:
        where = f"line {reader.line_num}"
        message = "a quotation mark opens in or before this line and isn't closed where its cell ends"
        cut = "" if ends else ": the file was probably cut off, so download it again"
        raise refused(path, message + cut, where) from None


def _even(
    path: Path, rows: Iterator[tuple[int, list[str]]], width: int, ends: bool
) -> Iterator[tuple[int, list[str]]]:
    """Yield rows of the header's width: Excel leaves blank cells at the end of a row out when it saves."""
    last = (0, width)
    for number, cells in rows:
        if len(cells) > width and any(cells[width:]):
            message = f"this row has {len(cells)} cells, and the header {width}: a comma in it isn't quoted"
            raise refused(path, message, f"line {number}")
        last = (number, len(cells))
        yield number, cells + [""] * (width - len(cells))
    if last[1] < width and not ends:
        message = "the file ends in the middle of this row: it was probably cut off, so download it again"
        raise refused(path, message, f"line {last[0]}")


def _encoding(path: Path, raw: IO[bytes]) -> str:
    """Return how a file is encoded: GIAS writes cp1252, and whoever saves it again mostly UTF-8."""
    start = raw.read(CHUNK)
    for mark, message in OTHER.items():
        if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(mark):
            raise refused(path, message)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise refused(path, "this isn't a CSV file")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        chunk = start
        while chunk:
            decoder.decode(chunk)
            chunk = raw.read(CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _ends(path: Path) -> bool:
    """Tell whether a file ends with the end of a line."""
    with path.open("rb") as raw:
        raw.seek(0, 2)
        raw.seek(max(0, raw.tell() - 4))
        return raw.read().rstrip(b"\0").endswith((b"\n", b"\r"))
