"""The form's file into tables of cells: what stands where, under which heading."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.wording import closest, did_you_mean, quoted
from auditkit.definition.xlsx.columns import Column, Way, folded, hint_at, way_to
from auditkit.definition.xlsx.sheets import GUIDE, LEAD_ALIASES, LISTS, NOTES, SHEET_ALIASES, SHEETS, Sheet
from auditkit.errors import Problem, ProblemsError
from auditkit.files import size_of
from auditkit.guard import office
from auditkit.guard.limits import MEGABYTE, Limits
from auditkit.guard.unreadable import UnreadableError
from auditkit.register.columns import letter

MAX_SIZE = 20 * MEGABYTE
LIMITS = Limits()
OLE = b"\xd0\xcf\x11\xe0"
AGAIN = "open it in Excel or LibreOffice and save it again as .xlsx"


@dataclass(frozen=True, order=True)
class Place:
    """A cell: its sheet by position and name, its row and column from 0; -1 stands for the whole sheet."""

    number: int
    sheet: str
    row: int = -1
    column: int = -1

    def __str__(self) -> str:
        cell = f", cell {letter(self.column)}{self.row + 1}" if self.row >= 0 else ""
        return f"sheet '{self.sheet}'{cell}"


@dataclass(frozen=True)
class Heading:
    """A column that was recognised: where its settings go, and whether into what several rows make.

    ``is_key`` tells that the heading itself says something: the point of the scale, for a descriptor.
    """

    way: Way
    hint: Any
    place: Place
    is_lead: bool = False
    is_group: bool = False
    is_key: bool = False


@dataclass(frozen=True)
class Row:
    """A row that isn't blank: its cells by column, and where it stands."""

    number: int
    cells: Mapping[int, Any]


@dataclass(frozen=True)
class Table:
    """A sheet of the form as it was found; without a row if the sheet is missing."""

    sheet: Sheet
    place: Place
    headings: Mapping[int, Heading] = field(default_factory=dict)
    rows: Sequence[Row] = ()

    def at(self, row: Row, column: int) -> Place:
        """Return the place of a cell."""
        return Place(self.place.number, self.place.sheet, row.number, column)


# Something wrong, and where.
Wrong = tuple[Place, str]


def read(path: pathlib.Path) -> tuple[dict[str, Table], list[Wrong]]:
    """Read the form's file.

    Args:
        path: The file.

    Returns:
        A table for each sheet of the form, and what is wrong with sheets and headings.

    Raises:
        ProblemsError: If it can't be read as a workbook at all.
    """
    tables: dict[str, Table] = {}
    wrong: list[Wrong] = []
    names = [sheet.name for sheet in SHEETS]
    for number, (title, rows) in enumerate(_grids(path)):
        place, name = Place(number, title), _sheet_name(title)
        if name.startswith(NOTES) or name in (GUIDE, LISTS):
            continue
        if name not in names:
            near = closest(name, names)
            advice = (
                f"did you mean '{near}'?" if near else f"a sheet called '{NOTES}' is yours and isn't read"
            )
            wrong.append((place, f"a definition has no sheet {quoted(title)}; {advice}"))
            name = near or name
        if name in tables:
            wrong.append((place, f"there are two sheets {quoted(name)}: delete or rename one of them"))
        elif name in names:
            sheet = next(sheet for sheet in SHEETS if sheet.name == name)
            tables[name], found = _table(sheet, place, rows)
            wrong += found
    for sheet in SHEETS:
        if sheet.name not in tables:
            tables[sheet.name] = Table(sheet, Place(len(SHEETS), sheet.name))
            if sheet.needed:
                wrong.append((Place(-1, ""), f"there is no sheet '{sheet.name}': {_lower(sheet.about)}"))
    return tables, wrong


def _lower(text: str) -> str:
    return "it says " + text[:1].lower() + text[1:].partition(":")[0].rstrip(".")


def _sheet_name(title: str) -> str:
    name = title.strip().casefold()
    return SHEET_ALIASES.get(name, name)


def _grids(path: pathlib.Path) -> list[office.Grid]:
    try:
        size = size_of(path)
        if size > MAX_SIZE:
            said = f"{size / MEGABYTE:.0f} MB, and no more than {MAX_SIZE // MEGABYTE} MB is read"
            raise _refused(path, f"this file is {said}; check that it is the right file")
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refused(path, f"there is no such file in {path.absolute().parent}") from None
    except OSError as error:
        message = f"this file can't be opened ({error.strerror}); close it in Excel and try again"
        raise _refused(path, message) from error
    if content.startswith(OLE):
        message = (
            "this workbook has a password or is in the old .xls form: save it as .xlsx without a password"
        )
        raise _refused(path, message)
    try:
        return office.xlsx(content, LIMITS)
    except UnreadableError as error:
        data = dict(error.data)
        why = data.get("reason") or " where no more is read than ".join(data.values()) or "it is locked"
        raise _refused(path, f"this workbook can't be read, since {why}; {AGAIN}") from None


def _refused(path: pathlib.Path, message: str) -> ProblemsError:
    return ProblemsError([Problem(path.name, "", message)])


def _table(sheet: Sheet, place: Place, grid: list[list[Any]]) -> tuple[Table, list[Wrong]]:
    filled = [
        Row(number, {n: cell for n, cell in enumerate(cells) if not _is_blank(cell)})
        for number, cells in enumerate(grid)
    ]
    rows = [row for row in filled if row.cells]
    if not rows:
        return Table(sheet, place), [(place, "this sheet is blank: its first row must head the columns")]
    head, *rows = rows
    headings, wrong = _headings(sheet, place, head)
    unheaded = sorted({n for row in rows for n in row.cells} - set(head.cells))
    for n in unheaded:
        row = next(row for row in rows if n in row.cells)
        at = Place(place.number, place.sheet, row.number, n)
        message = f"column {letter(n)} has no heading: head it, or head it '{NOTES}' if it isn't to be read"
        wrong.append((at, message))
    # What stands in columns of notes alone is no row of the definition.
    return Table(sheet, place, headings, [row for row in rows if set(headings) & set(row.cells)]), wrong


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _headings(sheet: Sheet, place: Place, head: Row) -> tuple[dict[int, Heading], list[Wrong]]:
    """Tell the columns of a sheet apart; one with a misspelt heading is the one that was probably meant."""
    found: dict[int, Heading] = {}
    wrong: list[Wrong] = []
    taken: dict[object, Place] = {}
    unknown: list[tuple[int, str, Place]] = []
    for n, cell in head.cells.items():
        text, at = str(cell).strip(), Place(place.number, place.sheet, head.number, n)
        if folded(text).startswith(NOTES):
            continue
        heading = _heading(sheet, text, at)
        if heading is None:
            unknown.append((n, text, at))
            continue
        key = (heading.way, heading.is_lead, heading.is_group)
        if key in taken:
            wrong.append((at, f"this column is the same as that at {taken[key]}: delete one of them"))
        else:
            taken[key], found[n] = at, heading
    for n, text, at in unknown:
        names = [column.name for column in headed(sheet)]
        wrong.append((at, f"there is no column {quoted(text)} here{did_you_mean(text, names)}"))
        near = closest(text, names)
        heading = _heading(sheet, near, at) if near else None
        if heading and (heading.way, heading.is_lead, heading.is_group) not in taken:
            taken[heading.way, heading.is_lead, heading.is_group], found[n] = at, heading
    return found, wrong


def headed(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns that stand side by side on a sheet; on ``settings`` they are rows."""
    if sheet.name != "settings":
        return sheet.all_columns
    return tuple(Column(name, (name,), str, Sheet, True, "") for name in ("setting", "value", "meaning"))


def _heading(sheet: Sheet, text: str, at: Place) -> Heading | None:
    letters = folded(text)
    letters = LEAD_ALIASES.get(sheet.name, {}).get(letters, letters)
    for column in headed(sheet):
        if folded(column.name) == letters:
            is_lead = column in sheet.lead or sheet.name == "settings"
            return Heading(column.way, column.hint, at, is_lead, column in sheet.group)
    if sheet.name == "settings" or not sheet.columns:
        return None
    if sheet.whole and text.casefold().startswith(word := f"{sheet.lead[0].name} "):
        whole = sheet.whole.model
        if way := way_to(text[len(word) :], whole):
            return Heading(way, hint_at(whole, way), at, is_group=True)
    way = way_to(text, sheet.model)
    known = {column.way[0] for column in sheet.columns}
    if not way or way[0] not in known:
        return None
    return Heading(
        way, hint_at(sheet.model, way), at, is_key=shapes.is_mapping(hint_at(sheet.model, way[:-1]))
    )
