"""The rows of a table of events in a file: whatever stands below its heading, with and without a key.

Respondents sort, insert, copy and paste rows. So a key tells nothing of an event but where it stood; a row
without one, or with one that another row has, is an event too, and gets a key of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from auditkit.fields import Typed
from auditkit.fields.plain import as_text
from auditkit.returns.blocks import Table
from auditkit.returns.sheets import cell_name
from auditkit.workbook.layout import KEY_HEADER, Block, Slot


def with_rows(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return tables, those of events with all their rows."""
    found: list[Table] = []
    taken: dict[str, dict[str, Content]] = {}
    for n, table in enumerate(tables, start=1):
        if table.block.is_events:
            found.append(_with_rows(table, taken.setdefault(table.block.id, {}), n))
        else:
            found.append(table)
    return tuple(found)


def slots(block: Block, tables: Iterable[Table]) -> Iterator[Slot]:
    """Yield the answer cells of a block: those of its layout, and those of events that have other keys."""
    yield from block.slots
    if block.is_events:
        fields = {slot.column_key: slot for slot in block.in_row[block.row_keys[0]]}
        others = dict.fromkeys(
            (key, row)
            for table in tables
            if table.block is block
            for row, key in table.rows.items()
            if key not in block.questions
        )
        for key, row in others:
            yield from (replace(slot, row_key=key, row=row) for slot in fields.values())


# What a row holds: its cells that aren't blank, by column.
Content = Mapping[str, Typed]


def _with_rows(table: Table, taken: dict[str, Content], number: int) -> Table:
    """Return a table with all its rows.

    Args:
        table: The table, with the rows that have keys of the layout.
        taken: What stands under the keys of other tables of the block. The same there is a copy of it, and
            keeps the key; anything else is another event.
        number: Which table of the file it is.
    """
    column = table.mark.col
    keys = {row: as_text(table.sheet.rows[row][column]).strip() for row in table.area[0]}
    header = next(
        (row for row, key in keys.items() if row > table.mark.row and key == KEY_HEADER), table.mark.row
    )
    rows: dict[int, str] = {}
    own: dict[str, Content] = {}
    for row, key in keys.items():
        content = {name: typed for _, name, typed in table.cells(row, table.columns)}
        known = key in table.block.questions
        if row <= header or not (known or content):
            continue
        if not known or key in own or (key in taken and content != taken[key]):
            if not content:
                continue
            key = f"{table.block.id}:{f'{number}-' if taken else ''}{cell_name(row, column)}"
        rows[row], own[key] = key, content
    taken.update({key: content for key, content in own.items() if content})
    odd = {row: key for row, key in keys.items() if row > header and row not in rows and key != KEY_HEADER}
    return replace(table, rows=rows, odd_rows=odd, header=header, headed=header != table.mark.row)
