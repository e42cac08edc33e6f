"""How large a grid a sheet asks for, before any reader makes that grid.

A reader makes a rectangle that holds every filled cell: two cells in opposite corners of a sheet ask for 17
billion. Declared dimensions say nothing; the addresses of the cells do.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from auditkit.guard.limits import Limits, damaged, too_large

# An element of a row or cell that doesn't begin with a plain address up to ZZ9999. Nearly no sheet has one.
# (Patterns that begin with fixed bytes search faster than ``in`` does for two or three of them.)
ODD = re.compile(rb'<(?:c|row)\b(?! r="[A-Z]{0,2}[0-9]{1,4}")')
# The same elements with a prefix: nearly no program writes those.
PREFIXED = re.compile(rb":(?:c|row)\b")
ADDRESS = re.compile(r"([A-Za-z]{0,7})(\d{1,10})")
STRINGS, PREFIXED_STRINGS = (
    re.compile(rb"""<%bsst\b(?:[^<>"']|"[^<"]*"|'[^<']*')*>""" % prefix) for prefix in (b"", rb"(?:\w+:)?")
)
PREFIXED_TEXT = re.compile(rb":si\b")
SHORTEST_TEXT = len("<si")
COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*(\d+)""")


def check_sheet(data: bytes, limits: Limits) -> None:
    """Refuse a sheet of a workbook (its XML) whose filled cells span too large a grid.

    Cheap for an ordinary sheet: only one with cells beyond ZZ9999, or written in an odd way, is parsed. The
    sum over all sheets is for the reader to check, sheet by sheet.

    Raises:
        UnreadableError: If the grid is too large, or the sheet can't be parsed though it has to be.
    """
    if ODD.search(data) or PREFIXED.search(data):
        check_area(*_span(data), limits)


def check_strings(data: bytes, limits: Limits) -> None:
    """Refuse a part of shared texts that holds, or says that it holds, too many.

    Readers make room for as many as it says.

    Raises:
        UnreadableError: If there are too many.
    """
    tags = (PREFIXED_STRINGS if b":sst" in data else STRINGS).findall(data)
    said = [int(n[:20]) for tag in tags for n in COUNT.findall(tag)]
    texts = len(data) // SHORTEST_TEXT
    if texts > limits.strings:
        texts = data.count(b"<si") + sum(1 for _ in PREFIXED_TEXT.finditer(data))
    if max([texts, *said]) > limits.strings:
        raise too_large(f"more than {limits.strings:,} different texts", f"{limits.strings:,} texts")


def check_area(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a grid of so many rows and columns, counted from A1; UnreadableError if it is too large."""
    if rows * columns > limits.cells:
        size = f"{rows:,} rows by {columns:,} columns on one sheet"
        raise too_large(size, f"{limits.cells:,} cells")


def _span(data: bytes) -> tuple[int, int]:
    """Return how many rows and columns the filled cells of a sheet span, counted from A1."""
    rows = columns = row = col = 0
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal rows, columns, row, col, inside
        name = name.rpartition(":")[2]
        address = ADDRESS.fullmatch(attributes.get("r", "").strip())
        if name == "row":
            row, col = int(address[2]) if address else row + 1, 0
        elif name == "c":
            inside = True
            col = column(address[1]) if address and address[1] else col + 1
            row = int(address[2]) if address else row
        elif inside:
            rows, columns = max(rows, row), max(columns, col)

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name.rpartition(":")[2] != "c"

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged("a sheet in it is broken") from error
    return rows, columns


def column(letters: str) -> int:
    """Return the number of a column, from 1: 28 for AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
