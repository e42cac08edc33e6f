"""What stands behind the cells of an Excel workbook: formulas, what is hidden, its calendar.

Read from the XML by narrow patterns: python-calamine doesn't tell it, and a whole parse would cost more than
all other checks together. What isn't found so is only a note less; nothing here can fail a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from auditkit.guard.office import part_of

# How much of a formula is kept.
LONGEST = 200

SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
ATTRIBUTE = re.compile(rb"""(?<![\w:])([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# A formula, what comes before it in its cell, and its text. No cell's tag is long, and one that is must not
# be searched again and again.
FORMULA = re.compile(rb"<f[\s>/]")
# All that the first finds, for counting, which is many times quicker than finding.
BEGINNINGS = tuple(b"<f%c" % end for end in b" \t\n\r\f\v>/")
PREFIXED_FORMULA = re.compile(rb"<\w+:f[\s>/]")
# The same in one, as nearly all programs write it.
PLAIN_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,400}><f(?=[\s>/])[^<>]*?(?:/>|>([^<]*)<)'
)
CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*>\s*$""")
TEXT = re.compile(rb"[^<>]*?(?:/>|>([^<]*)<)")
LONGEST_CELL = 500
# Which rows and columns are hidden; ``%b`` is the prefix that some writers put before every name. What has
# nothing of the first pattern has none of the others: beginning with a fixed text, it is many times faster.
HIDING = re.compile(rb"""hidden=["'](?:1|true)["']""")
TAGS = (
    rb"""<%brow\s(?=[^<>]*\bhidden=["'](?:1|true)["'])[^<>]*?\br=["']([0-9]{1,7})["']""",
    rb"""<%bcol\s(?=[^<>]*\bhidden=["'](?:1|true)["'])[^<>]*>""",
)
PLAIN, PREFIXED = (tuple(re.compile(pattern % prefix) for pattern in TAGS) for prefix in (b"", rb"(?:\w+:)"))
DATE_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\s[^<>]*\bdate1904=["'](?:1|true)["']""")
MOST_COLUMNS = 16_384


@dataclass(frozen=True)
class Behind:
    """What stands behind the cells of one sheet; rows and columns count from 0.

    Formulas are as the XML has them: nearly all are the form's own, which nobody asks for.
    """

    formulas: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


@dataclass(frozen=True)
class Inside:
    """What stands behind the cells of a workbook: of its sheets by name, and of all."""

    sheets: Mapping[str, Behind] = field(default_factory=dict)
    epoch_1904: bool = False


def find(parts: Mapping[str, bytes]) -> Inside:
    """Return what stands behind the cells; nothing where that can't be told.

    Args:
        parts: The XML parts of an Excel workbook (.xlsx, .xlsm) by name, inflated and found harmless.
    """
    book = parts.get("xl/workbook.xml", b"")
    tags = RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b""))
    targets = {each.get("Id"): part_of(each.get("Target", "")) for each in map(_attributes, tags)}
    sheets = {}
    for said in map(_attributes, SHEET.findall(book)):
        relation = next((value for name, value in said.items() if name.endswith(":id")), "")
        data = parts.get(targets.get(relation, ""))
        if data is not None:
            hidden = said.get("state", "visible") != "visible"
            sheets[unescape(said.get("name", ""))] = _behind(data, hidden)
    return Inside(sheets, bool(DATE_1904.search(book)))


def _behind(data: bytes, hidden: bool) -> Behind:
    prefixed = b":sheetData" in data
    found = _searched(data, PREFIXED_FORMULA) if prefixed else _formulas(data)
    formulas = {(int(row) - 1, _column(letters)): text for letters, row, text in found}
    if b"hidden" not in data:
        return Behind(formulas, hidden=hidden)
    hidden_row, hidden_column = PREFIXED if prefixed else PLAIN
    rows: set[int] = set()
    columns: set[int] = set()
    for begin in _hiding(data):
        if row := hidden_row.match(data, begin):
            rows.add(int(row[1]) - 1)
        elif tag := hidden_column.match(data, begin):
            said = _attributes(tag[0])
            first, last = (int(n) if (n := said.get(name, "")).isdecimal() else 0 for name in ("min", "max"))
            columns.update(range(max(first - 1, 0), min(last, MOST_COLUMNS)))
    return Behind(formulas, frozenset(rows), frozenset(columns), hidden)


def _hiding(data: bytes) -> Iterator[int]:
    """Yield where tags begin that may say that something is hidden, each once."""
    end = 0
    for found in HIDING.finditer(data):
        begin = data.rfind(b"<", end, found.start())
        if begin >= 0:
            yield begin
        end = found.end()


def as_typed(formula: bytes) -> str:
    """Return a formula as a person would type it, the beginning of a long one."""
    return "=" + unescape(formula.decode("utf-8", "replace"))[:LONGEST]


def _formulas(data: bytes) -> Iterable[tuple[bytes, bytes, bytes]]:
    """Return column, row and text of each formula of a sheet without prefixes."""
    found = PLAIN_FORMULA.findall(data)
    return found if len(found) == sum(map(data.count, BEGINNINGS)) else _searched(data, FORMULA)


def _searched(data: bytes, formula: re.Pattern[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield column, row and text of each formula, however its cell is written."""
    for found in formula.finditer(data):
        cell = CELL.search(
            data, data.rfind(b"<", max(found.start() - LONGEST_CELL, 0), found.start()), found.start()
        )
        text = TEXT.match(data, found.end() - 1)
        if cell is not None and text is not None:
            yield cell[1], cell[2], text[1] or b""


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): (double or single).decode("utf-8", "replace")
        for name, double, single in ATTRIBUTE.findall(tag)
    }


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
