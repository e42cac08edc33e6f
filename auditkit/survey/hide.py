"""Which counts are too few to be shown, and which others would give them away.

The counts of a question are a row; by each group they are a table, whose last row is that of all together. In
every column the groups add up to the last row. Where only one count of a sum is hidden, the others tell it.

Of a group in which too few answered nothing is shown, nought neither: where all but one answer have nought,
everybody in it gave that one.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import zip_longest

Row = Sequence[int]
Place = tuple[int, int]


def unshown(answered: Sequence[int], small: int | None) -> frozenset[int]:
    """Return the groups of which nothing is shown.

    Args:
        answered: How many answered in each group.
        small: Fewer than this are too few; None if everything may be seen.

    Returns:
        The places of those in which too few answered, and of as many others, the smallest first, as it takes
        for two at least and ``small`` people: what all others leave of the whole is theirs together.
    """
    if small is None:
        return frozenset()
    found = {i for i, n in enumerate(answered) if 0 < n < small}
    rest = sorted((n, i) for i, n in enumerate(answered) if n >= small)
    while found and rest and (len(found) < 2 or sum(answered[i] for i in found) < small):
        found.add(rest.pop(0)[1])
    return frozenset(found)


def hidden(
    total: Row,
    tables: Sequence[Sequence[Row]],
    small: int | None,
    *,
    adds_up: bool = True,
    nothing_of: Sequence[Set[int]] = (),
) -> tuple[frozenset[int], tuple[frozenset[Place], ...]]:
    """Return what isn't to be shown of a question.

    Args:
        total: Its counts.
        tables: The counts by group, for each way of grouping; each row as long as ``total``.
        small: What is below this and not nought is hidden; None if everything may be seen.
        adds_up: Whether the counts of a row add up to something that is shown, as where everybody gave one
            answer.
        nothing_of: The rows of each table of which nothing is shown (:func:`unshown`).

    Returns:
        The places of hidden counts in ``total``, and row and column of those of each table. If one of a sum
        is hidden, so is the next smallest that isn't nought, if there is one.
    """
    if small is None:
        return frozenset(), tuple(frozenset() for _ in tables)
    whole = [[*table, total] for table in tables] or [[total]]
    secret = [
        {(i, j) for i in own for j in range(len(total))}
        for own, _ in zip_longest(nothing_of, whole, fillvalue=frozenset[int]())
    ]
    gone = [
        own | {p for p in _places(rows) if 0 < rows[p[0]][p[1]] < small}
        for rows, own in zip(whole, secret, strict=True)
    ]
    shared: set[int] = set()
    while True:
        before = [len(each) for each in gone]
        for rows, own, unknown in zip(whole, gone, secret, strict=True):
            own |= {(len(rows) - 1, j) for j in shared}
            _close(rows, own, unknown, adds_up)
            shared |= {j for i, j in own if i == len(rows) - 1}
        if before == [len(each) for each in gone]:
            break
    ends = [len(rows) - 1 for rows in whole]
    parts = (frozenset(p for p in own if p[0] < end) for own, end in zip(gone, ends, strict=True))
    return frozenset(shared), tuple(parts)[: len(tables)]


def _places(rows: Sequence[Row]) -> list[Place]:
    return [(i, j) for i, row in enumerate(rows) for j in range(len(row))]


def _close(rows: Sequence[Row], gone: set[Place], secret: Set[Place], adds_up: bool) -> None:
    """Hide more until no sum tells what is hidden of it; what is ``secret`` may be nought."""
    lines = [[(i, j) for j in range(len(row))] for i, row in enumerate(rows)] if adds_up else []
    if len(rows) > 1:
        lines += [[(i, j) for i in range(len(rows))] for j in range(len(rows[0]))]
    while more := {place for line in lines if (place := _giving_away(line, rows, gone, secret)) is not None}:
        gone |= more


def _giving_away(
    line: Sequence[Place], rows: Sequence[Row], gone: set[Place], secret: Set[Place]
) -> Place | None:
    """Return what must be hidden too so that hidden counts of a sum can't be worked out.

    One alone is told by the rest. So are several ones: nought would be shown, and they come to their number,
    unless some of them may be nought.
    """
    own = {place: rows[place[0]][place[1]] for place in line if place in gone}
    open_ = any(count > 1 for count in own.values()) or not secret.isdisjoint(own)
    if not any(own.values()) or (len(own) > 1 and open_):
        return None
    shown = [place for place in line if place not in gone and rows[place[0]][place[1]]]
    return min(shown, key=lambda place: rows[place[0]][place[1]], default=None)
