"""Who is on which case: a grid of cases and agencies with crosses, or a list with a row for each pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditkit.definition.ids import is_id
from auditkit.definition.wording import listed, quoted
from auditkit.errors import Problem, ProblemsError
from auditkit.register import FORMS, xlsx
from auditkit.register.cases.words import Words
from auditkit.register.columns import field_of, letter
from auditkit.register.table import Row, refused

# What a row of a list may say of who does it there, besides case and agency.
PERSON = ("contact", "email")


@dataclass(frozen=True)
class Pair:
    """An agency that is on a case, as the table names both; ``said`` is who does it, by column.

    ``place`` is the row, or the cell, that says so.
    """

    case: str
    agency: str
    place: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """The pairs of a table, all its cases in their order, and what in it couldn't be read, each in words."""

    pairs: tuple[Pair, ...]
    cases: tuple[str, ...]
    unread: tuple[str, ...]


def read(path: Path, words: Words) -> Grid:
    """Read a table of cases and agencies, .csv or .xlsx.

    A list has a column of cases and one of agencies, and perhaps a contact and an email. A grid has one of
    them in its first column and the other in its first row, with crosses between.

    Args:
        path: The file.
        words: How headings and cells are understood.

    Raises:
        ProblemsError: It can't be read, is neither, or names a case that can't be part of an id.
    """
    form = FORMS.get(path.suffix.casefold())
    if form is None:
        raise refused(path, f"a table of cases is a {listed(FORMS)} file: save it as one of these")
    rows = [row for row in form(path) if any(row.cells)]
    if not rows:
        raise refused(path, "this table is empty: write who is on which case")
    if form is xlsx.rows and (hidden := xlsx.unseen(path)):
        raise ProblemsError(Problem(path.name, place, message) for place, message in hidden)
    header, *rows = rows
    if not rows:
        raise refused(path, "nothing stands below its headings: write who is on which case")
    cases, agencies = (
        [n for n, heading in enumerate(header.cells) if known(heading)]
        for known in (words.is_case, words.is_agency)
    )
    if len(cases) == 1 and len(agencies) == 1:
        found = _list(header, rows, cases[0], agencies[0])
    elif header.cells and (words.is_case(header.cells[0]) or words.is_agency(header.cells[0])):
        found = _grid(header, rows, words)
    else:
        message = (
            "this is neither a list nor a grid. A list has the columns 'case' and 'agency'; the first cell "
            "of a grid says what its rows are, 'case' or 'agency'"
        )
        raise refused(path, message, f"row {header.number}")
    wrong = [(case, _place_of(case, found)) for case in found.cases if not is_id(case)]
    if wrong:
        message = "can't be part of an id: use letters, digits, '.', '-' and '_' only, such as C01"
        raise ProblemsError(
            Problem(path.name, place, f"the case {quoted(case)} {message}") for case, place in wrong
        )
    return found


def _list(header: Row, rows: Sequence[Row], case: int, agency: int) -> Grid:
    person = {
        name: n for n, heading in enumerate(header.cells) if (name := field_of(heading)) in PERSON and name
    }
    pairs, unread = [], []
    spelt: dict[str, str] = {}
    for row in rows:
        name = _cell(row, case)
        one = Pair(
            spelt.setdefault(name.casefold(), name),
            _cell(row, agency),
            f"row {row.number}",
            {name: text for name, n in person.items() if (text := _cell(row, n))},
        )
        if one.case and one.agency:
            pairs.append(one)
        else:
            unread.append(f"row {row.number} has no {'agency' if one.case else 'case'}")
    known = {case, agency, *person.values()}
    unread += [
        f"column {letter(n)}, {quoted(heading)}: only case, agency, contact and email are read"
        for n, heading in enumerate(header.cells)
        if heading and n not in known
    ]
    return Grid(tuple(pairs), _each(pair.case for pair in pairs), tuple(unread))


def _grid(header: Row, rows: Sequence[Row], words: Words) -> Grid:
    """Read a grid; whichever of cases and agencies its rows are, the pairs are the same."""
    by_case = words.is_case(header.cells[0])
    columns = _again((n, _cell(header, n)) for n in range(1, len(header.cells)))
    numbers = _again((row.number, _cell(row, 0)) for row in rows)
    names = [_cell(row, 0) for row in rows] if by_case else header.cells[1:]
    pairs, unread = [], list(_twice(header, rows, columns, numbers))
    for row in (row for row in rows if row.number not in numbers):
        name = _cell(row, 0)
        for n, cell in enumerate(row.cells[1:], start=1):
            place, other = f"{letter(n)}{row.number}", _cell(header, n)
            on = False if n in columns else words.is_on(cell)
            if on is None:
                unread.append(f"{place} holds {quoted(cell)}, which is neither a cross nor blank")
            elif on and not (name and other):
                unread.append(f"{place} has a cross, but its {'row' if other else 'column'} has no name")
            elif on:
                case, agency = (name, other) if by_case else (other, name)
                pairs.append(Pair(case, agency, place))
    return Grid(tuple(pairs), _each(filter(None, names)), tuple(unread))


def _again(names: Iterable[tuple[int, str]]) -> dict[int, int]:
    """Return which rows or columns have a name that another before them has, and which that is."""
    first: dict[str, int] = {}
    found = {n: first.setdefault(name.casefold(), n) for n, name in names if name}
    return {n: before for n, before in found.items() if n != before}


def _twice(
    header: Row, rows: Sequence[Row], columns: Mapping[int, int], numbers: Mapping[int, int]
) -> Iterator[str]:
    """Yield what is said of columns and rows that are there twice: which of the two holds can't be known."""
    for n, first in columns.items():
        yield f"column {letter(n)}: {quoted(_cell(header, n))} stands in column {letter(first)} already"
    for row in rows:
        if row.number in numbers:
            yield f"row {row.number}: {quoted(_cell(row, 0))} stands in row {numbers[row.number]} already"


def _place_of(case: str, found: Grid) -> str:
    return next((pair.place for pair in found.pairs if pair.case == case), "")


def _each(names: Iterator[str]) -> tuple[str, ...]:
    """Return names once each, whatever case they are written in."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return tuple(first.values())


def _cell(row: Row, n: int) -> str:
    return row.cells[n] if n < len(row.cells) else ""
