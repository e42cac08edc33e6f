"""Rows of a table, written straight into the XML of their sheet.

Tables hold nearly all cells of a master. XlsxWriter keeps every cell as an object until the end and then
writes it in general ways; here rows become XML as they come, some hundreds at once and column by column, and
go to a temporary file. All else of the sheet (what stands above the rows, table, colours, print settings)
stays XlsxWriter's.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import shutil
import tempfile
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import IO, Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range

from auditkit.errors import AuditkitError
from auditkit.master.book import FIRST_YEAR, MasterSheet, clean, utc

# Excel takes _x0041_ for a character by its number; such a text is shared, since not all programs that know
# the escape for that know it in a text that stands in its cell.
NUMBERED = re.compile(r"_x[0-9A-Fa-f]{4}_")
# How many rows become XML at once, and bytes that come back from the temporary file at once.
AT_ONCE, COPIED_AT_ONCE = 500, 1_000_000
# What stands for the number of the row in formulas.
ROW = "{row}"
SHARED = ' t="s"'
TOO_LARGE = (
    "The sheet {} of the master would have {:,} rows and {:,} columns; a sheet has 1,048,576 rows and 16,384 "
    "columns at most. Divide the round into smaller ones."
)

# What follows the address of a cell in its XML.
Tail = Callable[[Any], str]
Height = Callable[[Any], float]


class Known(dict[Hashable, Any]):
    """What was made of a value is kept and used again."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Hashable) -> Any:
        """Make it and keep it."""
        made = self[value] = self._make(value)
        return made


@dataclass(frozen=True)
class Look:
    """How the values of a column look: texts and blanks, numbers, dates, dates with a time.

    ``repeats`` tells whether texts come back row after row; such a text is kept once for the whole master.
    ``height`` gives the points that a value needs; without it none does.
    """

    text: Format
    number: Format
    date: Format
    time: Format
    repeats: bool = False
    height: Height | None = None


@dataclass(frozen=True)
class Live:
    """A column of formulas, each with its value. ``formula`` has ROW for the number of the row."""

    formula: str
    look: Format


@dataclass(frozen=True)
class _Column:
    """What makes the XML of a column's cells, given the numbers of their rows, and what tells heights."""

    cells: Callable[[Sequence[str], Sequence[Any]], list[str]]
    height: Height | None = None


class FlatSheet(MasterSheet):
    """A sheet with its upper rows as XlsxWriter has them, and ``count`` rows of values below."""

    dim_rowmax: int | None

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._first = 0
        self._columns: tuple[_Column, ...] = ()
        self._waiting: list[tuple[Sequence[Any], float]] = []
        self._rendered: IO[bytes] | None = None

    def begin_rows(self, first_row: int, looks: Sequence[Look | Live]) -> None:
        """Say where the first row stands (from 0) and how columns look, before the first row comes."""
        self._first = first_row
        self._columns = tuple(
            _formulas(xl_col_to_name(n), look) if isinstance(look, Live) else _values(self, n, look)
            for n, look in enumerate(looks)
        )
        self._rendered = tempfile.TemporaryFile(dir=self.tmpdir)  # noqa: SIM115

    def add_row(self, values: Sequence[Any], height: float) -> None:
        """Add a row of values (text, numbers, dates, None), at least ``height`` points tall."""
        self.count += 1
        self._waiting.append((values, height))
        if len(self._waiting) == AT_ONCE:
            self._render()

    def end_rows(self) -> None:
        """Say that there are no more rows."""
        self._render()
        self._check_dimensions(self._first + self.count - 1, len(self._columns) - 1)

    def add_table(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: dict[str, Any]
    ) -> None:
        """Make these cells a table.

        XlsxWriter notes every single cell of a table, to tell whether another overlaps it, which takes more
        memory than all that is in them. It is told of the first rows only, and the whole range is put in.

        Raises:
            AuditkitError: No sheet has so many columns or rows.
        """
        if last_row >= self.xls_rowmax or last_col >= self.xls_colmax:
            raise AuditkitError(TOO_LARGE.format(self.name, last_row + 1, last_col + 1))
        super().add_table(first_row, first_col, first_row + 1, last_col, options)
        whole = xl_range(first_row, first_col, last_row, last_col)
        self.tables[-1].update(dict.fromkeys(("range", "a_range", "autofilter"), whole))

    def _render(self) -> None:
        """Make XML of the rows that wait, column by column."""
        if not self._waiting:
            return
        assert self._rendered is not None
        end = self._first + self.count + 1
        ats = [str(row) for row in range(end - len(self._waiting), end)]
        columns = list(zip(*(values for values, _ in self._waiting), strict=True))
        cells, heights = [], [[least for _, least in self._waiting]]
        for column, values in zip(self._columns, columns, strict=True):
            cells.append(column.cells(ats, values))
            if column.height:
                heights.append([column.height(value) for value in values])
        tall = map(max, *heights) if len(heights) > 1 else heights[0]
        lines = [
            f'<row r="{at}" ht="{height:g}" customHeight="1">{"".join(line)}</row>'
            for at, height, line in zip(ats, tall, zip(*cells, strict=True), strict=True)
        ]
        self._rendered.write("".join(lines).encode())
        self._waiting.clear()

    def _write_rows(self) -> None:
        """Write the upper rows as XlsxWriter does, then those that were rendered."""
        assert self._rendered is not None
        last, self.dim_rowmax = self.dim_rowmax, self._first - 1
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.flush()
        with self._rendered as rendered:
            rendered.seek(0)
            shutil.copyfileobj(rendered, self.fh.buffer, COPIED_AT_ONCE)


def _values(sheet: FlatSheet, col: int, look: Look) -> _Column:
    """Return the column of a look; what repeats is looked up, not made again."""
    begin, tail, height = f'<c r="{xl_col_to_name(col)}', _tail(sheet, look), look.height
    known, strings = Known(tail), sheet.str_table

    def all_new(ats: Sequence[str], values: Sequence[Any]) -> list[str]:
        return [begin + at + tail(value) for at, value in zip(ats, values, strict=True)]

    def cells(ats: Sequence[str], values: Sequence[Any]) -> list[str]:
        told = strings.count
        tails = [known[value] for value in values]
        # XlsxWriter counts a shared text when it is asked for it, which is now and then only.
        strings.count = told + sum([SHARED in made for made in tails])
        return [begin + at + made for at, made in zip(ats, tails, strict=True)]

    if not look.repeats:
        return _Column(all_new, height)
    return _Column(cells, Known(height).__getitem__ if height else None)


def _formulas(letters: str, live: Live) -> _Column:
    """Return the column of a formula; the values are what it gives."""
    begin, style = f'<c r="{letters}', f'" s="{live.look._get_xf_index()}"'
    formula = escape(live.formula.removeprefix("="), quote=False)

    def halves(value: Any) -> tuple[str, str]:
        kind = ' t="str"' if isinstance(value, str) and value else ""
        shown = "" if value is None else escape(clean(value), quote=False) if kind else f"{value}"
        return f"{style}{kind}><f>", f"</f><v>{shown}</v></c>"

    known = Known(halves)

    def cells(ats: Sequence[str], values: Sequence[Any]) -> list[str]:
        return [
            begin + at + before + formula.replace(ROW, at) + after
            for at, (before, after) in zip(ats, [known[value] for value in values], strict=True)
        ]

    return _Column(cells)


def _tail(sheet: FlatSheet, look: Look) -> Tail:
    """Return what makes of a value all of its cell's XML that follows the address."""
    text, number, date, time = (
        f'" s="{one._get_xf_index()}"' for one in (look.text, look.number, look.date, look.time)
    )
    blank, inline = f"{text}/>", f'{text} t="inlineStr"><is><t xml:space="preserve">'
    strings = sheet.str_table

    def tail(value: Any) -> str:
        if value is None or value == "":
            return blank
        if type(value) is not str:
            return other(value)
        shown = clean(value)
        if look.repeats or ("_x" in shown and NUMBERED.search(shown)):
            return f"{text}{SHARED}><v>{strings._get_shared_string_index(shown)}</v></c>"
        if "&" in shown or "<" in shown or ">" in shown:
            shown = escape(shown, quote=False)
        return f"{inline}{shown}</t></is></c>"

    @lru_cache(maxsize=4096)
    def other(value: Any) -> str:
        if isinstance(value, dt.date):
            if value.year < FIRST_YEAR:
                return tail(value.strftime("%d/%m/%Y"))
            style = time if isinstance(value, dt.datetime) else date
            return f"{style}><v>{sheet._convert_date_time(utc(value)):.16G}</v></c>"
        if isinstance(value, (int, float)) and math.isfinite(value):
            return f"{number}><v>{+value!r}</v></c>"
        return tail(str(value))

    return tail
