"""What somebody typed outside the answer cells, so that it can be kept and read.

The form's own texts are told from typed ones by where they stand: in the columns that the header names, above
the header, on the form's other sheets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from auditkit.definition.wording import listed
from auditkit.fields.plain import as_text
from auditkit.returns.blocks import Table, named
from auditkit.returns.model import Finding, Note
from auditkit.returns.sheets import Mark, Sheet, cell_name, filled
from auditkit.workbook.identity import COVER_LABEL
from auditkit.workbook.known import shown as digest
from auditkit.workbook.layout import LISTS_SHEET, MARKER, OWN_COLUMNS, OWN_MARK

# More notes of one file than this aren't kept: somebody pasted a spreadsheet, which the file still holds.
MOST = 1000
# How many sheets are named on which notes were left.
SHEETS = 10
# The columns of what was said last time.
OWN_KEYS = frozenset(column.key for column in OWN_COLUMNS)
# How wide the first sheet is, and how the sheet of dropdown lists begins.
START_WIDTH, FIRST_LIST = 6, "List 1"
# Sheets that programs add when they save: Numbers lists the tables that it exported.
PROGRAM_SHEETS = frozenset({"export summary"})


def notes(
    file: str,
    sheets: Iterable[Sheet],
    tables: tuple[Table, ...],
    marks: tuple[Mark, ...],
    shown: frozenset[bytes] | None = None,
) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    """Return what was typed outside the answer cells of a file, and whether there is too much of it to keep.

    Args:
        file: The file.
        sheets: All its sheets.
        tables: The answer tables in it.
        marks: The marks in it; a sheet that has one but no answer table is the form's own, or another form's.
        shown: The digests of what the recipient was shown of last time. What stands in its place but isn't in
            it was typed there. None if that isn't known, and all of it counts as the form's.

    Returns:
        The notes in the order of the sheets, a row of an extra sheet being one note; at most :data:`MOST`. If
        there are more, a finding says how many were left, and where they stand.
    """
    found: list[Note] = []
    left: dict[str, list[str]] = {}
    for note in _all(file, tuple(sheets), tables, marks, shown):
        if len(found) < MOST:
            found.append(note)
        else:
            left.setdefault(note.sheet, []).append(note.cell)
    return tuple(found), _left(file, left)


def _all(
    file: str,
    sheets: tuple[Sheet, ...],
    tables: tuple[Table, ...],
    marks: tuple[Mark, ...],
    shown: frozenset[bytes] | None,
) -> Iterator[Note]:
    marked = {id(mark.sheet) for mark in marks}
    last_time = {id(mark.sheet): mark for mark in marks if MARKER + mark.name == OWN_MARK}
    for sheet in sheets:
        own = [table for table in tables if table.sheet is sheet]
        if own:
            yield from _beside(file, sheet, own)
            if shown is not None:
                yield from _over(file, own, shown)
        elif id(sheet) in last_time and shown is not None:
            yield from _below(file, last_time[id(sheet)], shown)
        elif id(sheet) not in marked:
            yield from _elsewhere(file, sheet)


def _left(file: str, left: Mapping[str, Sequence[str]]) -> tuple[Finding, ...]:
    """Return the finding about notes that were left, by sheet; none if there are none."""
    if not left:
        return ()
    places = [f"{sheet} ({len(cells):,} from {cells[0]} on)" for sheet, cells in left.items()]
    if len(places) > SHEETS:
        places = [*places[:SHEETS], f"{len(places) - SHEETS} more"]
    count = sum(map(len, left.values()))
    data = (("count", f"{count:,}"), ("kept", f"{MOST:,}"), ("places", listed(places, "and")))
    return (Finding("notes-left", file, data=data),)


def _beside(file: str, sheet: Sheet, tables: list[Table]) -> Iterator[Note]:
    """Yield what stands on a sheet of answers, but is neither answer nor form."""
    for table in tables:
        columns = table.area[1]
        for row, form in _form(table):
            cells = sheet.rows[row]
            for col in range(columns.start, min(columns.stop, len(cells))):
                if cells[col] != "" and col not in form and filled(cells[col]):
                    key = table.rows.get(row, "")
                    question = named(table.block, key) if key else ""
                    yield Note(file, sheet.name, cell_name(row, col), question, as_text(cells[col]))


def _over(file: str, tables: list[Table], shown: frozenset[bytes]) -> Iterator[Note]:
    """Yield what was typed over what was said last time."""
    for table in tables:
        columns = {col: key for col, key in table.fixed.items() if key in OWN_KEYS}
        for row, key in table.rows.items():
            for col, _, typed in table.cells(row, columns):
                if digest(as_text(typed)) not in shown:
                    question = named(table.block, key)
                    yield Note(file, table.sheet.name, cell_name(row, col), question, as_text(typed))


def _below(file: str, mark: Mark, shown: frozenset[bytes]) -> Iterator[Note]:
    """Yield what was typed on the sheet of what is left of last time, which holds nothing to fill in."""
    rows = mark.sheet.rows
    for row in range(mark.row + 2, len(rows)):
        for col, typed in enumerate(rows[row]):
            if filled(typed) and digest(as_text(typed)) not in shown:
                yield Note(file, mark.sheet.name, cell_name(row, col), "", as_text(typed))


def _form(table: Table) -> Iterator[tuple[int, Collection[int]]]:
    """Yield the rows of a table, each with the columns in which stand answers or the form's own texts.

    Rows of nothing but the form are left out.
    """
    corner, first = table.mark.col, table.first
    beside = {*table.columns, *table.fixed, corner}
    above = beside | {corner + 1}
    for row in table.area[0]:
        if row == table.mark.row:
            continue
        if row in table.rows:
            form = beside
        elif row < first or row == table.header:
            form = above
        else:  # below the header, in a row of no question: nothing of the form stands there
            yield row, ()
            continue
        if table.headed:
            yield row, form


def _elsewhere(file: str, sheet: Sheet) -> Iterator[Note]:
    """Yield the rows of a sheet without answers; of the form's first sheet only what stands beside it."""
    rows = sheet.rows
    first = next((as_text(c).strip() for row in rows[:1] for c in row[:1]), "")
    if sheet.name == LISTS_SHEET or first == FIRST_LIST or sheet.name.casefold() in PROGRAM_SHEETS:
        return
    end = next((n for n, row in enumerate(rows) if COVER_LABEL in row), -1)
    for n, row in enumerate(rows):
        begin = START_WIDTH if n <= end else 0
        cells = [(col, as_text(cell)) for col, cell in enumerate(row) if col >= begin and filled(cell)]
        if cells:
            yield Note(file, sheet.name, cell_name(n, cells[0][0]), "", "\n".join(text for _, text in cells))
