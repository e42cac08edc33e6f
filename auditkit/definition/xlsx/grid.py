"""The form's file into tables of cells: what stands where, under which heading."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditkit.definition.wording import closest, quoted
from auditkit.definition.xlsx.columns import Column
from auditkit.definition.xlsx.headings import Heading, Place, Wrong, headed_by, lost
from auditkit.definition.xlsx.sheets import GUIDE, LISTS, NOTES, SHEET_ALIASES, SHEETS, Sheet
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


@dataclass(frozen=True)
class Row:
    """A row that isn't blank: its cells by column, and where it stands."""

    number: int
    cells: Mapping[int, Any]


@dataclass(frozen=True)
class Table:
    """A sheet of the form as it was found; without a row if the sheet is missing.

    ``lost`` are columns that it hasn't, and that one may be whose heading can't be told.
    """

    sheet: Sheet
    place: Place
    headings: Mapping[int, Heading] = field(default_factory=dict)
    rows: Sequence[Row] = ()
    lost: Sequence[Column] = ()

    def at(self, row: Row, column: int) -> Place:
        """Return the place of a cell."""
        return Place(self.place.number, self.place.sheet, row.number, column)


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
    headings, wrong = headed_by(sheet, place, head.number, head.cells)
    unheaded = sorted({n for row in rows for n in row.cells} - set(head.cells))
    for n in unheaded:
        row = next(row for row in rows if n in row.cells)
        at = Place(place.number, place.sheet, row.number, n)
        message = f"column {letter(n)} has no heading: head it, or head it '{NOTES}' if it isn't to be read"
        wrong.append((at, message))
    # What stands in columns of notes alone is no row of the definition.
    rows = [row for row in rows if set(headings) & set(row.cells)]
    return Table(sheet, place, headings, rows, lost(sheet, headings, head.cells)), wrong


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
