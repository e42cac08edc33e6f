"""The rows of a form's tables: which are questions, which begin a section, and which are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditkit.forms.heads import Head
from auditkit.forms.workbook import Cell, Sheet

# A number before a text: 1, 1.2, 1.2.3, A1, A.1, 1a, 1.2(b); what follows it is kept apart.
NUMBER = re.compile(
    r"(?P<number>[A-Za-z]{0,3}[.\-]?\d{1,3}(?:[.\-]\d{1,3})*(?:\.?[a-z]|\([a-z]\))?)[.):]?(?=\s|$)\s*"
)
BELOW = (".", "-", "(", "a", "b")


@dataclass
class Asked:
    """A question as it stands in the form; ``cells`` hold it, ``rest`` is what else its row says.

    ``unnumbered`` is its text if the number before it isn't a reference.
    """

    reference: str
    text: str
    row: int
    unnumbered: str = ""
    good: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rest: dict[Cell, str] = field(default_factory=dict)


@dataclass
class Part:
    """Questions under one title, with the head of their table; ``cells`` hold title and introduction."""

    sheet: Sheet
    head: Head
    title: str = ""
    intro: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)


def parts(sheet: Sheet, head: Head, end: int) -> tuple[list[Part], int]:
    """Return the questions of a table, part by part: a row with nothing but a title begins another.

    Args:
        sheet: The sheet.
        head: The head of the table.
        end: The row after the last that may belong to it.

    Returns:
        The parts that ask something, and the row after the last of the table: what stands below it, after a
        blank row, is none of it.
    """
    rows = [row for row in sheet.by_row if head.last < row < end]
    said = {row: _row(sheet, head, row) for row in rows}
    referenced = sum(1 for row in rows if said[row].reference and said[row].text)
    is_numbered = 2 * referenced >= sum(1 for row in rows if said[row].text)
    for one in said.values():
        if one.unnumbered and not is_numbered:
            one.reference, one.text, one.unnumbered = "", one.unnumbered, ""
    rows = _without_foot(rows, said, is_numbered)
    is_loud = 2 * sum(1 for one in said.values() if one.text.isupper()) > len(rows)
    found = [Part(sheet, head)]
    for row, following in zip(rows, _following([said[row] for row in rows]), strict=True):
        one = said[row]
        title = _title(sheet, head, row, one, following, is_numbered)
        if not title and following and not is_loud and one.text.isupper() and len(sheet.by_row[row]) == 1:
            title = " ".join(one.text.split())
        part = found[-1]
        if title:
            part = Part(sheet, head, title, cells=[(row, column) for column in sheet.by_row[row]])
            found.append(part)
        elif one.text:
            _divided(found, sheet, head, one)
        elif part.questions and (one.good or one.rest) and not one.reference:
            _continue(part.questions[-1], one)
    return [part for part in found if part.questions], rows[-1] + 1 if rows else head.last + 1


def _following(said: list[Asked]) -> list[Asked | None]:
    """Return for each row the next one below it that says something where questions are."""
    found: list[Asked | None] = []
    below = None
    for one in reversed(said):
        found.append(below)
        below = one if one.text else below
    return found[::-1]


def _without_foot(rows: list[int], said: dict[int, Asked], is_numbered: bool) -> list[int]:
    """Return the rows of a table without what stands below it, after a blank row: thanks, stamps, notes."""

    def asks(row: int) -> bool:
        one = said[row]
        return bool(one.text and (one.reference if is_numbered else one.good))

    last = max((row for row in rows if asks(row)), default=rows[-1] if rows else 0)
    below = [row for row in rows if row > last]
    gap = next((row for row in below if row - 1 not in said), None)
    return rows if gap is None else [row for row in rows if row < gap]


def _row(sheet: Sheet, head: Head, row: int) -> Asked:
    """Return what a row says, as far as its cells are its own."""
    question, reference = head.column("question"), head.column("reference")
    asking = {question, reference, head.column("section"), *head.columns("good")}
    one = Asked("", "", row)
    for column in sheet.by_row[row]:
        text = sheet.texts[row, column]
        if column == question:
            one.text = text
        elif column == reference:
            one.reference = " ".join(text.split())
        elif column in head.columns("good"):
            one.good.append(text)
        elif column not in asking:
            one.rest[row, column] = text
            continue
        if column != head.column("section"):
            one.cells.append((row, column))
    if reference is None:
        found = NUMBER.match(one.text)
        if found and found.end() < len(one.text):
            one.unnumbered = one.text
            one.reference, one.text = found["number"], one.text[found.end() :]
    return one


def _title(sheet: Sheet, head: Head, row: int, one: Asked, following: Asked | None, is_numbered: bool) -> str:
    """Return the title that a row gives to what comes after it, nothing if it is no such row."""
    columns = sheet.by_row[row]
    if following is None or one.good or one.rest or len(columns) > 2:
        return ""
    alone = " ".join(" ".join(sheet.texts[row, column].split()) for column in columns)
    column = columns[0]
    if len(columns) == 1 and not one.unnumbered:
        is_wide = sheet.width(row, column) > 1 and column <= (head.column("question") or 0)
        is_elsewhere = column not in (head.column("question"), head.column("section"))
        if is_wide or (is_elsewhere and column < (head.column("question") or 0)):
            return alone
        if column == head.column("question") and is_numbered and not one.reference:
            return alone
        return ""
    above = one.reference and following.reference.startswith(one.reference)
    if above and following.reference[len(one.reference) :].startswith(BELOW):
        return alone
    return ""


def _divided(found: list[Part], sheet: Sheet, head: Head, one: Asked) -> None:
    """Add a question to the part that the column of sections says, or to the last one."""
    column = head.column("section")
    title = ""
    if column is not None:
        anchor = sheet.anchor(one.row, column)
        title = " ".join(sheet.texts.get(anchor, "").split())
        if title and title != found[-1].title:
            found.append(Part(sheet, head, title, cells=[anchor]))
        elif title:
            found[-1].cells.append(anchor)
    found[-1].questions.append(one)


def _continue(question: Asked, one: Asked) -> None:
    """Add what stands below a question, beside its merged or blank cell, to what is said of it."""
    question.good += one.good
    question.cells += one.cells
    question.rest |= one.rest


def lines_above(sheet: Sheet, first: int, row: int) -> Iterator[tuple[Cell, str]]:
    """Yield the texts that stand alone in their rows, from ``first`` to before ``row``."""
    for each in range(first, row):
        columns = sheet.by_row.get(each, [])
        if len(columns) == 1:
            yield (each, columns[0]), sheet.texts[each, columns[0]]
