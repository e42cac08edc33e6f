"""A respondent at LibreOffice: something in every answer cell of a workbook, chosen to be hard on software.

Nothing here knows auditkit's layout: question, column and limits are read off the workbook as a person does.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from openpyxl.utils.datetime import from_excel

from tests.apps.libreoffice import AnswerCell, Book

X = TypeVar("X")
# The headings of answers on the cover sheet and in a survey, and of its choices.
ANSWER, CHOICES = "Your answer", "Yes for each that applies"
LONG = ("Paragraph with “quotes”, a café and 100% of the tabs\tand breaks.\n" * 500)[:30_000]
TEXTS = (
    "Zoë O'Hare-Müller agreed the naïve café façade plan (Łódź, Þingvellir)",
    'She said "listen to us", then: “we did”',
    "First line\nSecond line\n\nFourth line",
    "Column one\tColumn two\t88%",
    "=SUM(A1:A9)",
    '=HYPERLINK("http://example.org","press me")',
    "=cmd|' /C calc'!A0",
    "+44 1632 960733",
    "@everyone in the team",
    "-",
    "- reviewed in March\n- again in May",
    "'Speak out' posters",
    "'007",
    "  spaces before",
    "spaces after  ",
    "👍🏽 from 26 of 30 👩‍👩‍👧‍👦",
    "תודה רבה, שלום",
    "شكراً جزيلاً (مع النص)",
    "007",
    "1/2",
    "<5",
    "12.50",
    "1e5",
    "TRUE",
    "#N/A",
    "31/03/2027",
    "<b>bold</b> & &amp; %s {0} \\n",
    "_x000D_ typed by hand by somebody who has seen a spreadsheet from the inside",
    "e\u0301 made of two",
    "100%",
)


@dataclass(frozen=True)
class Cell:
    """What an answer cell is for: the reference and the heading that a person sees beside and above it."""

    question: str
    heading: str


Answer = str | float | dt.date | dt.time
Typed = Mapping[Cell, Answer]


def fill_in(book: Book, cells: Sequence[AnswerCell], chance: random.Random) -> dict[Cell, Answer]:
    """Type something into every one of a workbook's answer cells; return what, by what it is for."""
    seen = book.values()
    long_ones = {cell.key for cell in chance.sample([c for c in cells if c.validation == "any"], 2)}
    typed = {cell.key: LONG if cell.key in long_ones else value_for(cell, chance) for cell in cells}
    book.write(typed)
    return {purpose(cell, seen[cell.sheet]): meant(cell, seen[cell.sheet], typed[cell.key]) for cell in cells}


def value_for(cell: AnswerCell, chance: random.Random) -> Answer:
    """Choose something that the cell's own validation lets through."""
    if cell.validation == "list":
        return chance.choice(cell.values)
    if cell.validation == "date":
        day = from_excel(chance.randint(int(cell.first or 0), int(cell.second or 0)))
        assert isinstance(day, dt.datetime)
        return day.date()
    if cell.validation == "time":
        return dt.time(chance.randint(0, 23), chance.randint(0, 59))
    if cell.validation == "whole":
        return chance.randint(int(cell.first or 0), int(cell.second or 100))
    if cell.validation == "decimal":
        return round(chance.uniform(cell.first or 0, 1 if cell.second is None else cell.second), 4)
    assert cell.validation == "any", f"{cell.key} has a validation that this respondent doesn't know: {cell}"
    return chance.choice(TEXTS)


def meant(cell: AnswerCell, sheet: Mapping[str, str | float], typed: X) -> X | str:
    """Return what was said: Yes beside a choice, in a survey, is that choice."""
    header = header_row(sheet)
    choices = next((where[0] for where, said in sheet.items() if said == CHOICES), "")
    of = (
        sheet.get(f"{choices}{cell.row}")
        if choices and sheet[f"{cell.address[0]}{header}"] == ANSWER
        else None
    )
    return str(of) if of and typed == "Yes" else typed


def header_row(sheet: Mapping[str, str | float]) -> int:
    """Return the row whose first cell is headed as the references are."""
    return next(int(where[1:]) for where, said in sheet.items() if where[0] == "A" and said == "Ref")


def purpose(cell: AnswerCell, sheet: Mapping[str, str | float]) -> Cell:
    """Read off the sheet what the cell is for: the ``Ref`` of its row, and its column's heading.

    On the cover sheet every answer stands in one column, so the label beside it takes the heading's place.
    """
    header = header_row(sheet)
    ref, column = str(sheet[f"A{cell.row}"]), cell.address.rstrip("0123456789")
    heading = str(sheet[f"{column}{header}"])
    is_cover = sheet[f"B{header}"] == "What we need" and heading == ANSWER
    return Cell("", str(sheet[f"B{cell.row}"])) if is_cover else Cell(ref, heading)


def locked_cells(book: Book, cells: Iterable[AnswerCell]) -> list[tuple[str, str]]:
    """List the cells of every sheet that show something (hidden sheets too) and aren't for answers."""
    open_cells = {cell.key for cell in cells}
    shown = [(sheet, where) for sheet, said in book.values().items() for where in said]
    return [place for place in shown if place not in open_cells]
