"""Rows of a flat table, written straight into the XML of their sheet.

The flat tables hold nearly all cells of a master. XlsxWriter keeps every cell as an object until the end and
then writes it in general ways; here a row becomes XML as it comes and goes to a temporary file. All else of
the sheet (table, columns, colours, print settings) stays XlsxWriter's.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range

from auditkit.master.book import FIRST_YEAR, MasterSheet, utc

# What can't stand in XML as it is. Excel takes _x0041_ for a character by its number; such a text is shared,
# since not all programs that know the escape for that know it in a text that stands in its cell.
ODD = re.compile(r"[&<>]|_x[0-9A-Fa-f]{4}_")
NUMBERED = re.compile(r"_x[0-9A-Fa-f]{4}_")
# How many rows are kept until they go to the temporary file, and characters that come back from it at once.
ROWS_KEPT, READ_AT_ONCE = 1000, 1_000_000

Render = Callable[[Any, str], str]


@dataclass(frozen=True)
class Look:
    """How the values of a column look: texts and blanks, numbers, dates, dates with a time.

    ``repeats`` tells whether texts come back row after row; such a text is kept once for the whole master.
    """

    text: Format
    number: Format
    date: Format
    time: Format
    repeats: bool = False


class FlatSheet(MasterSheet):
    """A sheet with a header as XlsxWriter has it, and ``count`` rows of values below."""

    count: int
    dim_rowmax: int | None

    def begin_rows(self, looks: Sequence[Look], clean: Callable[[str], str]) -> None:
        """Say how the columns look, before the first row; ``clean`` makes of a text what a cell can hold."""
        self._columns = [_column(self, xl_col_to_name(n), look, clean) for n, look in enumerate(looks)]
        self._kept: list[str] = []
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=self.tmpdir)  # noqa: SIM115
        self.count = 0

    def add_row(self, values: Sequence[Any], height: float) -> None:
        """Add a row of values (text, numbers, dates, None), ``height`` points tall."""
        self.count += 1
        at = str(self.count + 1)
        cells = "".join([cell(value, at) for cell, value in zip(self._columns, values, strict=True)])
        self._kept.append(f'<row r="{at}" ht="{height:g}" customHeight="1">{cells}</row>')
        if len(self._kept) == ROWS_KEPT:
            self._flush()

    def end_rows(self) -> None:
        """Say that there are no more rows."""
        self._flush()
        self._check_dimensions(self.count, len(self._columns) - 1)

    def add_table(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: dict[str, Any]
    ) -> None:
        """Make these cells a table.

        XlsxWriter notes every single cell of a table, to tell whether another overlaps it, which takes more
        memory than all that is in them. It is told of the first rows only, and the whole range is put in.
        """
        super().add_table(first_row, first_col, first_row + 1, last_col, options)
        whole = xl_range(first_row, first_col, last_row, last_col)
        self.tables[-1].update(dict.fromkeys(("range", "a_range", "autofilter"), whole))

    def _flush(self) -> None:
        self._file.write("".join(self._kept))
        self._kept.clear()

    def _write_rows(self) -> None:
        """Write the header as XlsxWriter does, then the rows that were rendered."""
        last, self.dim_rowmax = self.dim_rowmax, 0
        super()._write_rows()
        self.dim_rowmax = last
        with self._file as rendered:
            rendered.seek(0)
            while part := rendered.read(READ_AT_ONCE):
                self.fh.write(part)


def _column(sheet: FlatSheet, letters: str, looks: Look, clean: Callable[[str], str]) -> Render:
    """Return what renders the cells of a column: a value and the number of its row give XML."""
    text, number, date, time = (
        f'" s="{one._get_xf_index()}"' for one in (looks.text, looks.number, looks.date, looks.time)
    )
    begin, strings = f'<c r="{letters}', sheet.str_table

    def render(value: Any, at: str) -> str:
        if value is None or value == "":
            return f"{begin}{at}{text}/>"
        if type(value) is str:
            shown = clean(value)
            odd = ODD.search(shown)
            if looks.repeats or (odd and NUMBERED.search(shown)):
                shared = strings._get_shared_string_index(shown)
                return f'{begin}{at}{text} t="s"><v>{shared}</v></c>'
            shown = escape(shown, quote=False) if odd else shown
            return f'{begin}{at}{text} t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
        if isinstance(value, dt.date):
            if value.year < FIRST_YEAR:
                return render(value.strftime("%d/%m/%Y"), at)
            look = time if isinstance(value, dt.datetime) else date
            return f"{begin}{at}{look}><v>{sheet._convert_date_time(utc(value)):.16G}</v></c>"
        if isinstance(value, (int, float)) and math.isfinite(value):
            return f"{begin}{at}{number}><v>{+value!r}</v></c>"
        return render(str(value), at)

    return render
