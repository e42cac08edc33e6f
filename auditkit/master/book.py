"""The master in the making: the XlsxWriter workbook, its formats, and how values get into cells.

Nothing that came from a return ever becomes a formula or a link: text is written as text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from auditkit.definition.scale import Scale
from auditkit.master.style import GREY, STYLES
from auditkit.workbook.style import MUTED, ink_on

CELL_LIMIT = 32_767
HEADER_LIMIT = 255
DATE_FORMAT, TIME_FORMAT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
# Excel knows no dates before its first year: they are written as text.
FIRST_YEAR = 1900
_DATED = {"align": "left", "text_wrap": False}
_A4 = 9
# What XML can't hold in any form, lone surrogates included; vertical tabs and form feeds are line breaks that
# Word and PowerPoint leave in pasted text.
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class MasterSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas are ours: functions that all programs have had for years."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        """Return a formula as the file holds it, without XlsxWriter's search for the newest functions.

        That took a third of the time of a master.
        """
        return formula.removeprefix("=")


@dataclass(frozen=True)
class Book:
    """A master being written.

    ``contents`` lists the names of its sheets with what each is, ``parts`` how many sheets a table took once
    it is written. ``live`` tells whether formulas are written, or the values that they have.
    """

    file: Workbook
    footer: str
    contents: tuple[tuple[str, str], ...]
    live: bool = True
    parts: dict[str, int] = field(default_factory=dict)
    _formats: dict[tuple[str, tuple[tuple[str, Any], ...]], Format] = field(default_factory=dict)

    def format(self, style: str, **more: Any) -> Format:
        """Return the format named ``style`` in STYLES, with ``more`` properties."""
        key = (style, tuple(more.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({**STYLES[style], **more})
        return self._formats[key]

    def colour(self, colour: str, style: str = "cell") -> Format:
        """Return the format of a cell that shows a rating of this colour (``#RRGGBB``)."""
        return self.format(style, bg_color=colour, font_color=ink_on(colour))

    def add_sheet(
        self, name: str, *, one_page_wide: bool = True, kind: type[Worksheet] = MasterSheet
    ) -> Worksheet:
        """Add a sheet set up for A4 landscape, one page wide unless told otherwise, with page numbers."""
        sheet = self.file.add_worksheet(name, kind)
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        if one_page_wide:
            sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        title = self.footer.replace("&", "&&")
        sheet.set_footer(f"&L&9{title}&C&9&A&R&9Page &P of &N", {"margin": 0.25})
        return sheet

    def put(self, sheet: Worksheet, row: int, col: int, value: Any, style: str = "text") -> None:
        """Write a value as what it is; ``style`` is for text and blanks, for numbers if it formats them."""
        if value is None:
            sheet.write_blank(row, col, None, self.format(style))
        elif isinstance(value, dt.date) and value.year >= FIRST_YEAR:
            with_time = isinstance(value, dt.datetime)
            sheet.write_datetime(row, col, utc(value), self.dated(style, time=with_time))
        elif isinstance(value, (int, float)):
            sheet.write_number(row, col, value, self.format(self.number_style(style)))
        else:
            text = value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else str(value)
            sheet.write_string(row, col, clean(text), self.format(style))

    def dated(self, style: str, *, time: bool = False) -> Format:
        """Return the format of a date, or of a date with its time, where other values look like ``style``."""
        return self.format(style, num_format=TIME_FORMAT if time else DATE_FORMAT, **_DATED)

    def number_style(self, style: str) -> str:
        """Return the style of a number where texts look like ``style``."""
        return style if STYLES[style].get("num_format", "@") != "@" else "number"

    def formula(self, sheet: Worksheet, row: int, col: int, formula: str, value: Any, style: str) -> None:
        """Write a formula of ours with the value that it has; the value alone if the master isn't live."""
        if self.live:
            sheet.write_formula(row, col, formula, self.format(style), "" if value is None else value)
        else:
            self.put(sheet, row, col, value, style)

    def shown(self, colour: str) -> Format:
        """Return what conditional formatting does to a rating of this colour."""
        return self.file.add_format({"bg_color": colour, "font_color": ink_on(colour), "bold": True})

    def grey(self, sheet: Worksheet, area: tuple[int, int, int, int], texts: Iterable[str]) -> None:
        """Show in grey the cells of ``area`` that hold one of these texts: what isn't a rating."""
        pale = self.file.add_format({"font_color": MUTED, "bg_color": GREY, "italic": True})
        for text in texts:
            rule = {"type": "cell", "criteria": "==", "value": literal(text), "format": pale}
            sheet.conditional_format(*area, rule)

    def colour_ratings(
        self, sheet: Worksheet, area: tuple[int, int, int, int], scales: Iterable[Scale]
    ) -> None:
        """Colour the cells of ``area`` (first row, column, last row, column) by the ratings in them."""
        done: set[str] = set()
        for scale in scales:
            for point in scale.points:
                if point.text in done:
                    continue
                done.add(point.text)
                shown = self.shown(point.colour)
                rule = {"type": "cell", "criteria": "==", "value": literal(point.text), "format": shown}
                sheet.conditional_format(*area, rule)


def clean(text: str) -> str:
    """Return ``text`` as a cell can hold it: impossible characters become �, and what is too long says so."""
    # Nearly always so, and much faster to tell.
    if 2 * len(text) <= CELL_LIMIT and (text.isprintable() or not _ODD.search(text)):
        return text
    text = _IMPOSSIBLE.sub("\ufffd", _BREAKS.sub("\n", text))
    units = text.encode("utf-16-le")
    if len(units) // 2 <= CELL_LIMIT:
        return text
    remark = f" [… cut here: {len(text):,} characters were typed; the return has them all]"
    kept = units[: 2 * (CELL_LIMIT - len(remark))]
    return kept.decode("utf-16-le", errors="ignore") + remark


def heads(wanted: Iterable[str]) -> list[str]:
    """Return headings that a table takes: one line each, none twice (Excel doesn't tell case apart)."""
    taken: set[str] = set()
    found = []
    for text in wanted:
        name = base = " ".join(clean(text).split())[: HEADER_LIMIT - 5] or "Column"
        n = 2
        while name.casefold() in taken:
            name, n = f"{base} ({n})", n + 1
        taken.add(name.casefold())
        found.append(name)
    return found


def literal(text: str) -> str:
    """Return ``text`` as a formula holds it."""
    return '"' + text.replace('"', '""') + '"'


def cell(row: int, col: int, *, row_abs: bool = True, col_abs: bool = True) -> str:
    """Return the A1 name of a cell that counts from 0."""
    name: str = xl_rowcol_to_cell(row, col, row_abs=row_abs, col_abs=col_abs)
    return name


def area(sheet: str, first_row: int, first_col: int, last_row: int, last_col: int) -> str:
    """Return a range for formulas on other sheets: ``Ratings!$D$6:$K$29``."""
    return f"{quoted(sheet)}!{cell(first_row, first_col)}:{cell(last_row, last_col)}"


def quoted(sheet: str) -> str:
    """Return the name of one of our sheets as formulas need it."""
    return f"'{sheet}'" if " " in sheet else sheet


def column_name(col: int) -> str:
    """Return the letters of a column that counts from 0."""
    name: str = xl_col_to_name(col)
    return name


def utc(value: dt.date) -> dt.date:
    """Return a date as it is, and a date with a time as that in UTC, which a cell holds without saying so."""
    if isinstance(value, dt.datetime) and value.tzinfo:
        return value.astimezone(dt.timezone.utc).replace(tzinfo=None)
    return value
