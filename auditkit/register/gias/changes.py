"""What GIAS says now, put into a register that the officer has worked in: what changes, and what stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from auditkit.definition.model import Audit
from auditkit.register import merge
from auditkit.register.columns import CLOSED, FIELDS, PREDECESSOR
from auditkit.register.gias.gather import Gathered
from auditkit.register.gias.schools import School
from auditkit.register.record import Record
from auditkit.register.sheet import ID, Sheet
from auditkit.register.table import cleaned

Kind = Literal["new", "goes on", "closed", "open again", "renamed", "moved", "changed"]
# The kind of a change of these columns; of all others it is "changed".
KIND_OF: dict[str, Kind] = {"name": "renamed", "trust": "moved"}


@dataclass(frozen=True)
class Change:
    """Something that changes in the register: of what kind, of whom, in which column, before and after."""

    kind: Kind
    id: str
    name: str
    column: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class Asked:
    """Who is asked other questions than before: how many more, and how many fewer."""

    id: str
    name: str
    more: int
    fewer: int


@dataclass(frozen=True)
class Planned:
    """A register as it would be, and why.

    ``kept`` are cells where GIAS says something new and the officer's own word stays. ``gone`` are ids that
    GIAS had and hasn't any more, ``own`` those that it never had; ``not_asked`` schools that the officer took
    out of the register. ``perhaps`` are pairs of a school that closed and a new one that may be the same.
    """

    sheet: Sheet
    record: Record
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    asked: tuple[Asked, ...]
    gone: tuple[str, ...]
    own: tuple[str, ...]
    not_asked: tuple[str, ...]
    perhaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Row:
    """A row with GIAS put into it: the cells, what changed, and what was kept against GIAS."""

    cells: tuple[str, ...]
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]


def planned(sheet: Sheet, known: Record, found: Gathered, audit: Audit | None) -> Planned:
    """Return what becomes of a register.

    Args:
        sheet: The register.
        known: What GIAS said when it was last made from it.
        found: What GIAS says now; every id of the register was looked up.
        audit: The round's audit, to tell who is asked something else.
    """
    before = {column for row in known.rows.values() for column in row}
    sheet = sheet.with_columns(column for column in found.columns if column not in before)
    places = {column: n for column in (ID, *found.columns) if (n := sheet.place(column)) is not None}
    ids = [cleaned(row[places[ID]]) for row in sheet.rows]
    goes_on = _goes_on(ids, known, found)
    there = {*ids, *goes_on.values()}
    # What becomes of each row of the register, and which rows come behind them.
    now = {key: _now(goes_on.get(key, key), found) for key in ids}
    new = {key: one for key, one in found.asked.items() if key not in there and key not in known.rows}
    rows = [_row(cells, places, key, now[key], known) for key, cells in zip(ids, sheet.rows, strict=True)]
    rows += [_new(("",) * len(sheet.headers), places, school) for school in new.values()]
    made = Sheet(sheet.headers, tuple(row.cells for row in rows))
    changes = tuple(change for row in rows for change in row.changes)
    unknown = [key for key, school in now.items() if school is None]
    return Planned(
        made,
        _recorded(known, now, new),
        changes,
        tuple(kept for row in rows for kept in row.kept),
        tuple(_asked(sheet, made, audit)) if audit else (),
        tuple(key for key in unknown if key in known.rows),
        tuple(key for key in unknown if key not in known.rows),
        tuple(urn for urn in found.asked if urn in known.rows and urn not in there),
        tuple(_perhaps(changes, found)),
    )


def _now(urn: str, found: Gathered) -> School | None:
    return found.asked.get(urn) or found.others.get(urn)


def _recorded(known: Record, now: Mapping[str, School | None], new: Mapping[str, School]) -> Record:
    """Return what is to be remembered; what an extract doesn't say is remembered as it was."""
    gone_on = {key for key, school in now.items() if school is not None and school.urn != key}
    rows = {urn: row for urn, row in known.rows.items() if urn not in gone_on}
    for key, school in (*now.items(), *new.items()):
        if school is not None:
            rows[school.urn] = {**known.rows.get(key, {}), **school.row}
    return Record(known.authorities, rows)


def _goes_on(ids: Sequence[str], known: Record, found: Gathered) -> dict[str, str]:
    """Return which schools of the register go on under another URN, by the one that they have there."""
    there = set(ids)
    pairs = {}
    for urn in found.asked:
        if urn in there or urn in known.rows:
            continue
        old = next((old for old in found.links.itself_before(urn) if old in there), None)
        if old is not None and old not in found.asked:
            pairs[old] = urn
    return pairs


def _row(
    cells: tuple[str, ...], places: Mapping[str, int], key: str, school: School | None, known: Record
) -> _Row:
    """Return what becomes of a row; nothing, if GIAS doesn't know the school."""
    if school is None:
        return _Row(cells, (), ())
    row = _merged(cells, places, school, known.rows.get(key, {}), key)
    return row if school.urn == key else _going_on(row, places, key, school)


def _new(blank: tuple[str, ...], places: Mapping[str, int], school: School) -> _Row:
    cells = _merged(blank, places, school, {}, school.urn).cells
    change = Change("new", school.urn, school.row["name"])
    return _Row(merge.put(cells, places[ID], school.urn), (change,), ())


def _merged(
    cells: tuple[str, ...],
    places: Mapping[str, int],
    school: School,
    base: Mapping[str, str],
    key: str,
) -> _Row:
    """Put what GIAS says now of a school into its row, except where the officer wrote something else."""
    name, now = cleaned(cells[places["name"]]), dict(school.row)
    if CLOSED in places and cleaned(cells[places[CLOSED]]) and now.get(CLOSED) and school.closes is None:
        del now[CLOSED]  # the extract doesn't say when, and the register does
    row = merge.merged(cells, places, now, base)
    changes, kept = (
        [Change(_kind(cell.column, cell.now), key, name, cell.column, cell.was, cell.now) for cell in each]
        for each in (row.changed, row.kept)
    )
    # That it closed says all: its status then says so too.
    columns = {change.column for change in changes}
    told = (change for change in changes if not (change.column == "status" and CLOSED in columns))
    return _Row(row.cells, tuple(told), tuple(kept))


def _kind(column: str, now: str) -> Kind:
    if column == CLOSED:
        return "closed" if now else "open again"
    return KIND_OF.get(column, "changed")


def _going_on(row: _Row, places: Mapping[str, int], old: str, school: School) -> _Row:
    """Give a row the id of the school that it goes on as; the one that it had becomes its predecessor."""
    cells = merge.put(row.cells, places[ID], school.urn)
    if CLOSED in places:  # what closed is the old one
        cells = merge.put(cells, places[CLOSED], school.row[CLOSED])
    n = places.get(PREDECESSOR)
    if n is not None and old not in cells[n]:
        cells = merge.put(cells, n, "; ".join(filter(None, (old, cells[n]))))
    change = Change("goes on", school.urn, school.row["name"], ID, old, school.urn)
    return _Row(cells, (change,), row.kept)


def _asked(before: Sheet, after: Sheet, audit: Audit) -> Iterator[Asked]:
    """Yield who is asked something else than before, of those who haven't closed."""
    places, closed = before.asked_by(), after.place(CLOSED)
    for old, new in zip(before.rows, after.rows, strict=False):
        if old == new or (closed is not None and new[closed]):  # that it closed says all
            continue
        was, now = (_questions(audit, places, cells) for cells in (old, new))
        if was != now:
            yield Asked(new[places[ID]], new[places["name"]], len(now - was), len(was - now))


def _questions(audit: Audit, places: Mapping[str, int], cells: Sequence[str]) -> set[str]:
    row = {**dict.fromkeys(FIELDS, ""), **{column: cleaned(cells[n]) for column, n in places.items()}}
    return {question.id for _, question in audit.for_recipient(row).questions()}


def _perhaps(changes: Sequence[Change], found: Gathered) -> Iterator[tuple[str, str]]:
    """Yield pairs of a school that closed and a new one that has its number at the Department."""
    rows = {change.id: found.asked[change.id].row for change in changes if change.kind == "new"}
    new = {urn: row.get("dfe_number", "") for urn, row in rows.items()}
    for change in changes:
        if change.kind == "closed":
            school = _now(change.id, found)
            number = school.row.get("dfe_number", "") if school else ""
            yield from ((change.id, urn) for urn, own in new.items() if own and own == number)
