"""``plan.xlsx``: who owes what by when, on one page to pin up, and the days that don't count."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from auditkit.definition.xlsx.look import ACCENT, LINE, MUTED, Look
from auditkit.fields.days import british
from auditkit.heights import GrowingSheet, Text, row_height
from auditkit.plan.days import WEEKDAYS, Calendar, written
from auditkit.plan.due import Due, Schedule, notes

NAME = "plan.xlsx"
PLAN, DAYS = "Plan", "Days not counted"
# Heading and width in characters of each column.
COLUMNS = (
    ("Working day", 10),
    ("Due", 27),
    ("Who", 24),
    ("What", 40),
    ("What for", 44),
    ("Working days left", 12),
)
WHICH = ("Plan", 18)
PAST, TODAY, WEEKDAY_DATE = "past", "today", "[$-809]dddd d mmmm yyyy"
SOON, HIGHLIGHT = 2, "#FBF0A8"
EDGE = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
BOLD = ("Who", "What")
# Points of space in a row besides its text.
AIR = 10


def content(made: Schedule, title: str, today: dt.date, round_id: str) -> bytes:  # noqa: ARG001 - a sibling
    """Return the plan as a workbook.

    Args:
        made: The days.
        title: What stands above them.
        today: From which day on working days are counted until the file is next calculated.
        round_id: The round.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        made_on = dt.datetime(today.year, today.month, today.day)
        book.set_properties({"title": title, "created": made_on})
        look = Look(book)
        tab, days = (book.add_worksheet(name, GrowingSheet) for name in (PLAN, DAYS))
        count = _days(days, made, today, look)
        _plan(tab, made, title, today, look, f"'{DAYS}'!$A$2:$A${count + 1}")
    return target.getvalue()


def _plan(tab: Any, made: Schedule, title: str, today: dt.date, look: Look, not_counted: str) -> None:
    columns = (*COLUMNS[:2], WHICH, *COLUMNS[2:]) if len(made.plans) > 1 else COLUMNS
    widths = [width for _, width in columns]
    for n, width in enumerate(widths):
        tab.set_column(n, n, width)
    big = look.make(bold=True, font_size=18, font_color=ACCENT, text_wrap=False, indent=0)
    tab.write_string(0, 0, title, big)
    tab.set_row(0, 28)
    row = 1
    for plan in made.plans:
        said = f"{plan.title}: counted from {written(made.starts[plan.id])}, {plan.starts}."
        tab.write_string(row, 0, said, look.make(text_wrap=False, indent=0))
        row += 1
    tab.write_string(
        row,
        0,
        "Working days are Monday to Friday without bank holidays of England and Wales and local closures: "
        f"see the sheet {DAYS}.",
        look.make(text_wrap=False, indent=0, font_color=MUTED),
    )
    tab.write_string(row + 1, 0, "Today", look.make(indent=0))
    tab.write_formula(row + 1, 1, "=TODAY()", look.make(num_format=WEEKDAY_DATE), _serial(today))
    now = f"$B${row + 2}"
    row = _table(tab, row + 3, made, today, look, columns, (now, not_counted))
    for note in notes(made):
        row += 1
        tab.merge_range(row, 0, row, len(columns) - 1, f"Please note: {note}.", look.make(indent=0))
        tab.set_row(row, row_height((Text(note, sum(widths)),)))
    look.page(tab)
    tab.fit_to_pages(1, 0)


def _table(
    tab: Any,
    head: int,
    made: Schedule,
    today: dt.date,
    look: Look,
    columns: Sequence[tuple[str, int]],
    formulas: tuple[str, str],
) -> int:
    """Write the steps below their headings; return the row after the last one."""
    now, not_counted = formulas
    last = head + max(len(made.dues), 1)
    headings = [{"header": name, "header_format": look.heading()} for name, _ in columns]
    tab.add_table(
        head,
        0,
        last,
        len(columns) - 1,
        {"columns": headings, "name": "Plan", "style": None, "autofilter": False},
    )
    tab.set_row(head, row_height(*((Text(name, width, bold=True),) for name, width in columns)))
    for row, due in enumerate(made.dues, start=head + 1):
        texts = _texts(due)
        for n, (name, _) in enumerate(columns):
            tab.write_string(row, n, texts.get(name, ""), look.make(bold=name in BOLD, **EDGE))
        tab.write_datetime(row, 1, _moment(due.day), look.make(num_format=WEEKDAY_DATE, bold=True, **EDGE))
        left = (
            f'=IF(B{row + 1}<{now},"{PAST}",IF(B{row + 1}={now},"{TODAY}",'
            f"NETWORKDAYS({now}+1,B{row + 1},{not_counted})))"
        )
        shown = _left(due.day, today, made.calendar)
        tab.write_formula(row, len(columns) - 1, left, look.make(**EDGE), shown)
        tab.set_row(row, AIR + row_height(*((Text(texts.get(c, ""), w, bold=True),) for c, w in columns)))
    _colour(tab, (head + 1, 0, last, len(columns) - 1), look)
    tab.freeze_panes(head + 1, 0)
    tab.repeat_rows(head)
    return last


def _colour(tab: Any, area: tuple[int, int, int, int], look: Look) -> None:
    """Let what is past be pale, and what is due soon stand out; the last column says so in words too."""
    left = f"${xl_col_to_name(area[3])}{area[0] + 1}"
    rules = (
        (f'={left}="{PAST}"', {"font_color": MUTED, "italic": True}),
        (f'=OR({left}="{TODAY}",AND(ISNUMBER({left}),{left}<={SOON}))', {"bg_color": HIGHLIGHT}),
    )
    for criteria, style in rules:
        tab.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": look.only(**style)})


def _texts(due: Due) -> dict[str, str]:
    step = due.step
    months = f"{step.months} month{'s' if step.months != 1 else ''}" if step.months else ""
    return {
        "Working day": months or f"Day {due.number}",
        "Plan": due.plan.title,
        "Who": step.who,
        "What": step.what,
        "What for": step.why,
    }


def _left(day: dt.date, today: dt.date, calendar: Calendar) -> int | str:
    if day <= today:
        return PAST if day < today else TODAY
    return calendar.count(today, day)


def _days(tab: Any, made: Schedule, today: dt.date, look: Look) -> int:
    """Write the days from Monday to Friday that aren't counted; return how many rows that takes."""
    ends = [today, *made.starts.values(), *(due.day for due in made.dues)]
    found = made.calendar.not_counted(min(ends), max(ends))
    columns = (("Day", 20), ("Weekday", 16), ("Why it isn't counted", 84))
    headings = [{"header": name, "header_format": look.heading()} for name, _ in columns]
    last = max(len(found), 1)
    tab.add_table(
        0, 0, last, 2, {"columns": headings, "name": "Not_counted", "style": None, "autofilter": False}
    )
    for n, (_, width) in enumerate(columns):
        tab.set_column(n, n, width)
    for row, (day, why) in enumerate(found.items(), start=1):
        tab.write_datetime(row, 0, _moment(day), look.make(num_format="d mmmm yyyy", **EDGE))
        tab.write_string(row, 1, WEEKDAYS[day.weekday()], look.make(**EDGE))
        tab.write_string(row, 2, why, look.make(**EDGE))
    if not found:
        span = f"{british(min(ends))} to {british(max(ends))}"
        tab.write_string(1, 2, f"None from {span}: only weekends aren't counted", look.make(**EDGE))
    tab.freeze_panes(1, 0)
    look.page(tab)
    return last


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


def _serial(day: dt.date) -> int:
    return (day - dt.date(1899, 12, 30)).days
