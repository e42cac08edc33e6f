"""The heads of a form's tables: which row names the columns, and what each column is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditkit.forms.words import Words
from auditkit.forms.workbook import Cell, Sheet

# Columns that hold what is asked; a head has one of them.
ASKING = ("question", "standard", "good")
POINT = "point"
# A column for one year: 2025, 2025/26, 2025-2026.
YEARS = re.compile(r"(19|20)\d\d(\s*[/–-]\s*(\d\d){1,2})?")
# How much of a row's texts must be headers, for a row to be a head whose words aren't all exact.
MOSTLY = 0.6
# No form has so many columns; what stands beyond is listed.
WIDEST = 200


@dataclass(frozen=True)
class Heading:
    """A column of a table: what it is for (empty if its words aren't known) and the words of its head.

    ``above`` is what stands over several columns with this one among them. ``cells`` hold the words that were
    understood.
    """

    column: int
    role: str
    label: str
    above: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Head:
    """The head of a table: its first and last row, and its columns from left to right."""

    first: int
    last: int
    headings: tuple[Heading, ...]

    def columns(self, role: str) -> list[int]:
        """Return the columns that are for something."""
        return [heading.column for heading in self.headings if heading.role == role]

    def column(self, role: str) -> int | None:
        """Return the first column that is for something, None if there is none."""
        return next(iter(self.columns(role)), None)


def heads(sheet: Sheet, words: Words) -> list[Head]:
    """Return the heads of all tables of questions on a sheet, from top to bottom."""
    found: list[Head] = []
    for row in sheet.by_row:
        if found and row <= found[-1].last:
            continue
        if _is_head(sheet, row, words):
            first = row - 1 if _is_over(sheet, row - 1, row, found) else row
            last = row
            while _goes_on(sheet, row, last + 1, words):
                last += 1
            headings = tuple(_headings(sheet, first, last, words))
            if any(heading.role in ASKING for heading in headings):
                found.append(Head(first, last, _settled(headings)))
    return found


def _is_head(sheet: Sheet, row: int, words: Words) -> bool:
    """Tell whether a row names what is asked and something else, in the words of headers."""
    anchors = {
        sheet.anchor(row, column) for column in range(min(sheet.columns, WIDEST)) if sheet.shown(row, column)
    }
    told = {anchor: words.column(sheet.texts[anchor]) for anchor in anchors}
    roles = {role for role, _ in told.values() if role}
    points = [anchor for anchor in anchors if words.point(sheet.texts[anchor])]
    if not roles & set(ASKING) or len(roles) + bool(points) < 2:
        return False
    exact = {role for role, is_exact in told.values() if is_exact}
    mostly = (sum(1 for role, _ in told.values() if role) + len(points)) / len(anchors) >= MOSTLY
    return len(exact) > 1 or (bool(exact) and mostly)


def _is_over(sheet: Sheet, above: int, row: int, found: list[Head]) -> bool:
    """Tell whether the row above a head groups its columns: texts over some of them, none over all."""
    columns = sheet.by_row.get(above, [])
    if not columns or (found and above <= found[-1].last):
        return False
    under = sheet.by_row.get(row, [])
    spans = [sheet.width(above, column) for column in columns]
    return any(1 < span < len(under) for span in spans) and max(spans) < len(under)


def _goes_on(sheet: Sheet, head: int, row: int, words: Words) -> bool:
    """Tell whether a row is a further row of a head: more headers, below blanks or merged cells of it."""
    own = sheet.by_row.get(row, [])
    if not own:
        return False
    told = [words.column(sheet.texts[row, column]) for column in own]
    known = [
        role if exact else POINT if words.point(sheet.texts[row, column]) else ""
        for (role, exact), column in zip(told, own, strict=True)
    ]
    below = all(
        (row - 1, column) not in sheet.texts or sheet.width(*sheet.anchor(head, column)) > 1 for column in own
    )
    asks = any(role in ASKING for role in known)
    return below and not asks and sum(map(bool, known)) * 2 >= len(own) and len(own) > 1


def _headings(sheet: Sheet, first: int, last: int, words: Words) -> Iterator[Heading]:
    for column in range(min(sheet.columns, WIDEST)):
        cells = list(
            dict.fromkeys(
                anchor
                for row in range(first, last + 1)
                if (anchor := sheet.anchor(row, column)) in sheet.texts and anchor[0] >= first
            )
        )
        if not cells or cells[-1][1] != column:
            continue  # nothing over it, or it only belongs to the column before
        label = " ".join(sheet.texts[cells[-1]].split())
        above = " ".join(sheet.texts[cells[0]].split()) if len(cells) > 1 else ""
        role = words.column(label)[0]
        if above and words.column(above)[0] == "rating" and words.point(label):
            role = POINT
        elif not role:
            role = POINT if words.point(label) else words.column(above)[0]
        is_known = bool(above and (words.column(above)[0] or role == POINT))
        yield Heading(column, role, label, above, tuple(cells if is_known else cells[-1:]))


def _settled(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the columns so that exactly one holds the questions; what else seemed to stands beside it."""
    asking = [heading for role in ASKING for heading in headings if heading.role == role]
    question = asking[0]
    sections = [heading for heading in headings if heading.role == "section"]

    def settled(heading: Heading) -> Heading:
        if heading is question:
            return replace(heading, role="question")
        if heading.role == "standard" and not sections and heading.column < question.column:
            return replace(heading, role="section")
        return replace(heading, role="good") if heading.role in ASKING else heading

    return _counted(tuple(map(settled, headings)))


def _counted(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the columns of a table of numbers with those for numbers; the last of them is asked for.

    Behind the question of a table that has units or times, these are columns headed by years, or a "Number",
    which is a reference elsewhere.
    """
    roles = {heading.role for heading in headings}
    asked = next(heading.column for heading in headings if heading.role == "question")
    if "value" in roles or not roles & {"unit", "period"}:
        return headings
    behind = [heading for heading in headings if heading.column > asked]
    years = [heading for heading in behind if YEARS.fullmatch(heading.label)]
    numbers = years or [heading for heading in behind if heading.role == "reference"]
    return tuple(replace(each, role="value") if each in numbers else each for each in headings)
