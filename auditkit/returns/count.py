"""A second count of the filled answer cells of a file, to hold against what was read from it.

It is taken from the sheets as intake gives them, by means of its own: extraction goes from the keys of the
layout to their cells, this goes from the cells to the keys above and beside them.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

from auditkit.definition.wording import listed
from auditkit.fields import Typed
from auditkit.fields.plain import as_text
from auditkit.returns.model import Count, Finding
from auditkit.returns.sheets import Mark, cell_name, filled
from auditkit.workbook.layout import KEY_HEADER, Layout

# How many cells a finding names.
NAMED = 20

# Sheet and cell.
Place = tuple[str, str]


def count(places: Iterable[Place]) -> Count:
    """Return the count of cells."""
    found = [zlib.crc32("\0".join(place).encode("utf-8", "replace")) for place in places]
    return Count(len(found), sum(found))


def differences(file: str, counted: list[Place], read: list[Place]) -> tuple[Finding, ...]:
    """Return a finding if the cells that were read aren't those that were counted.

    Args:
        file: The file, as findings name it.
        counted: The filled answer cells. Sheets of one name are told apart by nothing but that they are two.
        read: The cells that answers were read from.
    """
    if sorted(counted) == sorted(read):
        return ()
    counts = Counter(counted)
    counts.subtract(read)
    places = sorted(place for place, n in counts.items() if n)
    if not places:
        return ()
    named = [f"{sheet} {cell}" for sheet, cell in places[:NAMED]]
    more = [f"{len(places) - NAMED} more"] if len(places) > NAMED else []
    data = (
        ("counted", str(len(counted))),
        ("read", str(len(read))),
        ("places", listed([*named, *more], "and")),
    )
    return (Finding("count-differs", file, *places[0], data=data),)


def answer_cells(marks: Iterable[Mark], layout: Layout) -> list[Place]:
    """Return the filled answer cells of a file.

    Args:
        marks: The marks in its sheets.
        layout: What the recipient is asked.

    Returns:
        The sheet and the cell of each.
    """
    own = [mark for mark in marks if mark.name in layout.by_id]
    own = [
        mark
        for mark in own
        if not layout.by_id[mark.name].answer_keys.isdisjoint(map(_key, mark.sheet.rows[mark.row]))
    ]
    found: list[Place] = []
    for mark in own:
        on_sheet = [other for other in own if other.sheet is mark.sheet]
        block = layout.by_id[mark.name]
        if block.is_events:
            found += _event_cells(mark, on_sheet, block.answer_keys)
        else:
            found += _cells(mark, on_sheet, block.questions, block.answer_keys)
    return found


def _cells(
    mark: Mark, on_sheet: list[Mark], questions: frozenset[str], fields: frozenset[str]
) -> Iterator[Place]:
    """Yield the filled cells that have a question of a table beside them and a field of it above."""
    rows = mark.sheet.rows
    above, columns = {other.row for other in on_sheet}, _columns(mark, on_sheet, fields)
    for r, row in enumerate(rows):
        if (
            row[mark.col] != ""
            and r != mark.row
            and _key(row[mark.col]) in questions
            and _nearest(r, above) == mark.row
        ):
            for c in columns:
                if row[c] != "" and filled(row[c]):
                    yield mark.sheet.name, cell_name(r, c)


def _event_cells(mark: Mark, on_sheet: list[Mark], fields: frozenset[str]) -> Iterator[Place]:
    """Yield the filled cells below a heading that have a field of a table of events above."""
    rows = mark.sheet.rows
    above, columns = {other.row for other in on_sheet}, _columns(mark, on_sheet, fields)
    own = [r for r in range(mark.row + 1, len(rows)) if _nearest(r, above) == mark.row]
    heads = [r for r in own if _key(rows[r][mark.col]) == KEY_HEADER]
    for r in own[own.index(heads[0]) + 1 if heads else 0 :]:
        for c in columns:
            if rows[r][c] != "" and filled(rows[r][c]):
                yield mark.sheet.name, cell_name(r, c)


def _columns(mark: Mark, on_sheet: list[Mark], fields: frozenset[str]) -> list[int]:
    """Return the columns that have a field of a table above."""
    left = {other.col for other in on_sheet if other.row == mark.row}
    return [
        c
        for c, head in enumerate(mark.sheet.rows[mark.row])
        if c != mark.col and _key(head) in fields and _nearest(c, left) == mark.col
    ]


def _nearest(at: int, all_: set[int]) -> int:
    """Return the last of these at or before a place, the first if there is none."""
    if len(all_) == 1:
        return next(iter(all_))
    return max((n for n in all_ if n <= at), default=min(all_))


def _key(cell: Typed) -> str:
    return as_text(cell).strip()
