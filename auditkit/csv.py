"""CSV files for people: what a spreadsheet could take for a formula is written as text.

A file is quoted as a whole, so that signs within a text aren't taken for the end of its cell. Programs that
divide cells by another sign than the comma break quoted cells apart all the same: so an apostrophe goes
before every sign that begins a formula, at the start of a text and after any sign that could start a new
cell. :func:`restored` takes exactly these out again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# The wide forms are taken for the plain ones where Chinese, Japanese or Korean is written.
STARTS = "=+@＝＋－＠-"
# What may start a new cell or row in a program that divides by it.
DIVIDERS = ";|\t\n\v\f\r\x85\u2028\u2029"
# What programs skip before they look whether a formula begins: blanks, quotation marks, what can't be seen.
SKIPPED = ' "\x00-\x08\x0e-\x1f\xa0\xad\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff'
_BEFORE = rf"(^|[{DIVIDERS}])([{SKIPPED}]*)"
# Found in whatever :func:`shielded` changes. It doesn't look ahead, so that any program can search by it.
LIVE = rf"{_BEFORE}'*[{STARTS}]"
_LIVE = re.compile(rf"{_BEFORE}(?='*[{STARTS}])")
_SHIELDED = re.compile(rf"{_BEFORE}'(?='*[{STARTS}])")


def shielded(text: str) -> str:
    """Return ``text`` as it goes into a CSV file: no part of it can become a formula."""
    return _LIVE.sub(r"\1\2'", text)


def restored(text: str) -> str:
    """Return what :func:`shielded` was given; a text without its apostrophes is returned as it is."""
    return _SHIELDED.sub(r"\1\2", text)


def written(headings: Iterable[str], rows: Iterable[Iterable[str | float | None]]) -> bytes:
    """Return a CSV file that opens in Excel.

    Args:
        headings: The first row.
        rows: The rest: texts, numbers, and None for nothing.

    Returns:
        The whole file, UTF-8 with a byte order mark; halves of a character become question marks.
    """
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    for row in (headings, *rows):
        writer.writerow(shielded(cell) if isinstance(cell, str) else cell for cell in row)
    return target.getvalue().encode("utf-8-sig", "replace")
