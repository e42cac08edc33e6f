"""Which counts are too few to be shown, and which others would give them away.

The counts of a question are a row; by each group they are a table, whose last row is that of all together. In
every column the groups add up to the last row. Where only one count of a sum is hidden, the others tell it.
"""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[int]
Place = tuple[int, int]


def hidden(
    total: Row, tables: Sequence[Sequence[Row]], small: int | None, *, adds_up: bool = True
) -> tuple[frozenset[int], tuple[frozenset[Place], ...]]:
    """Return what isn't to be shown of a question.

    Args:
        total: Its counts.
        tables: The counts by group, for each way of grouping; each row as long as ``total``.
        small: What is below this and not nought is hidden; None if everything may be seen.
        adds_up: Whether the counts of a row add up to something that is shown, as where everybody gave one
            answer.

    Returns:
        The places of hidden counts in ``total``, and row and column of those of each table. If one of a sum
        is hidden, so is the next smallest that isn't nought, if there is one.
    """
    if small is None:
        return frozenset(), tuple(frozenset() for _ in tables)
    whole = [[*table, total] for table in tables] or [[total]]
    gone = [{p for p in _places(rows) if 0 < rows[p[0]][p[1]] < small} for rows in whole]
    shared: set[int] = set()
    while True:
        before = [len(each) for each in gone]
        for rows, own in zip(whole, gone, strict=True):
            own |= {(len(rows) - 1, j) for j in shared}
            _close(rows, own, adds_up)
            shared |= {j for i, j in own if i == len(rows) - 1}
        if before == [len(each) for each in gone]:
            break
    ends = [len(rows) - 1 for rows in whole]
    parts = (frozenset(p for p in own if p[0] < end) for own, end in zip(gone, ends, strict=True))
    return frozenset(shared), tuple(parts)[: len(tables)]


def _places(rows: Sequence[Row]) -> list[Place]:
    return [(i, j) for i, row in enumerate(rows) for j in range(len(row))]


def _close(rows: Sequence[Row], gone: set[Place], adds_up: bool) -> None:
    """Hide more until no sum tells what is hidden of it."""
    lines = [[(i, j) for j in range(len(row))] for i, row in enumerate(rows)] if adds_up else []
    if len(rows) > 1:
        lines += [[(i, j) for i in range(len(rows))] for j in range(len(rows[0]))]
    while more := {place for line in lines if (place := _giving_away(line, rows, gone)) is not None}:
        gone |= more


def _giving_away(line: Sequence[Place], rows: Sequence[Row], gone: set[Place]) -> Place | None:
    """Return what must be hidden too so that hidden counts of a sum can't be worked out.

    One alone is told by the rest. So are several ones: nought would be shown, and they come to their number.
    """
    own = [rows[i][j] for i, j in line if (i, j) in gone]
    if not own or (len(own) > 1 and any(count > 1 for count in own)):
        return None
    shown = [place for place in line if place not in gone and rows[place[0]][place[1]]]
    return min(shown, key=lambda place: rows[place[0]][place[1]], default=None)
