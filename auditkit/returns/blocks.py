"""The answer tables in a file: where their keys stand, however the sheets were moved about.

A table is found by its mark. The mark's row holds the column keys and the mark's column the row keys, so
rows and columns may be inserted, removed, sorted or swapped, and sheets renamed, reordered or copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditkit.fields import Typed
from auditkit.fields.plain import as_text
from auditkit.returns.sheets import Mark, Sheet, filled
from auditkit.workbook.layout import COVER, KEY_HEADER, OWN_COLUMNS, Block, Layout


@dataclass(frozen=True)
class Table:
    """One answer table in a file.

    ``columns`` maps where an answer column stands to its key, ``rows`` where a row stands to its key; keys
    that the layout doesn't know are in ``odd_columns`` and ``odd_rows`` ("" for a row without a key, below
    the header).

    ``fixed`` maps where a column of the form's own texts stands to its key, known by its header; ``headed``
    tells whether the table still has a header, and ``header`` is its row. ``area`` is the rows and columns
    of the sheet that belong to the table.
    """

    block: Block
    sheet: Sheet
    columns: dict[int, str]
    rows: dict[int, str]
    odd_columns: dict[int, str]
    odd_rows: dict[int, str]
    mark: Mark
    fixed: dict[int, str]
    headed: bool
    header: int
    area: tuple[range, range]

    @property
    def first(self) -> int:
        """The first row that has a question, or the header if that comes later."""
        return max(min(self.rows, default=self.header), self.header)

    def cells(self, row: int, columns: dict[int, str]) -> list[tuple[int, str, Typed]]:
        """Return the filled cells of a row in these columns: the column, its key, and what is in it."""
        cells = self.sheet.rows[row]
        end = len(cells)
        return [
            (col, key, cells[col])
            for col, key in columns.items()
            if col < end and cells[col] != "" and filled(cells[col])
        ]


def tables(layout: Layout, marks: tuple[Mark, ...]) -> tuple[tuple[Table, ...], tuple[Mark, ...]]:
    """Find the answer tables.

    Args:
        layout: What the recipient is asked.
        marks: The marks in the file.

    Returns:
        The tables, and the marks that are none of this layout's.
    """
    genuine = [mark for mark in marks if mark.name in layout.by_id and _has_keys(mark, layout)]
    found = tuple(_table(mark, layout.by_id[mark.name], genuine) for mark in genuine)
    strange = tuple(
        mark
        for mark in marks
        if mark.name not in layout.by_id
        and not any(
            mark.sheet is table.sheet and mark.row in table.rows and mark.col in table.columns
            for table in found
        )
    )
    return found, strange


def _has_keys(mark: Mark, layout: Layout) -> bool:
    """Tell whether a mark heads a key row; one that somebody typed in an answer doesn't."""
    keys = layout.by_id[mark.name].answer_keys
    return any(isinstance(cell, str) and cell.strip() in keys for cell in mark.sheet.rows[mark.row])


def _table(mark: Mark, block: Block, marks: list[Mark]) -> Table:
    rows_in, columns_in = _region(mark, marks)
    answer_keys = block.answer_keys
    fixed_keys = {column.key for column in block.columns} - answer_keys
    columns: dict[int, str] = {}
    odd_columns: dict[int, str] = {}
    key_row = mark.sheet.rows[mark.row]
    for col in columns_in:
        key = as_text(key_row[col]).strip()
        if key and col != mark.col and key not in fixed_keys:
            (columns if key in answer_keys else odd_columns)[col] = key
    row_keys, rows, odd_rows, header = block.questions, {}, {}, mark.row
    for row in rows_in:
        key = as_text(mark.sheet.rows[row][mark.col]).strip()
        if key in row_keys:
            rows[row] = key
        elif key == KEY_HEADER:
            header = max(header, row)
        elif row != mark.row:
            odd_rows[row] = key
    below = {row: key for row, key in odd_rows.items() if row > header}
    headed = header != mark.row
    fixed = _fixed(block, mark.sheet.rows[header], columns_in) if headed else {}
    area = (rows_in, columns_in)
    return Table(block, mark.sheet, columns, rows, odd_columns, below, mark, fixed, headed, header, area)


def named(block: Block, row_key: str) -> str:
    """Return how findings name a row: the question's id, or the label of a cover field."""
    if block.id != COVER:
        return row_key
    return next((slot.field.label for slot in block.slots if slot.row_key == row_key), row_key)


def _fixed(block: Block, headers: list[Typed], columns_in: range) -> dict[int, str]:
    """Return the columns whose header says that they hold the form's own texts, with their keys."""
    own = [column for column in block.columns if column.role != "answer"]
    keys = {column.header: column.key for column in (*OWN_COLUMNS, *own)}
    texts = {col: as_text(headers[col]).strip() for col in columns_in if col < len(headers)}
    return {col: keys[text] for col, text in texts.items() if text in keys}


def _region(mark: Mark, marks: list[Mark]) -> tuple[range, range]:
    """Return the rows and columns that belong to a mark: the whole sheet, unless it holds other marks too."""
    others = [other for other in marks if other.sheet is mark.sheet]
    height, width = len(mark.sheet.rows), len(mark.sheet.rows[mark.row])
    rows = _share(mark.row, {other.row for other in others}, height)
    columns = _share(mark.col, {other.col for other in others if other.row == mark.row}, width)
    return rows, columns


def _share(own: int, all_: set[int], end: int) -> range:
    """Return what lies from ``own`` to the next; what lies before the first is the first's."""
    return range(0 if own == min(all_) else own, min((n for n in all_ if n > own), default=end))
