"""Making a register of cases, and bringing one up to date with a table that has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.definition.cases import Cases
from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.fields.days import british
from auditkit.register import Recipient, read, record, sheet
from auditkit.register.cases import grid
from auditkit.register.cases.rows import Key, Wanted, agencies_of, wanted
from auditkit.register.cases.words import shipped
from auditkit.register.columns import CLOSED
from auditkit.register.merge import Cell, merged
from auditkit.register.record import Record
from auditkit.register.sheet import ID, Sheet
from auditkit.register.table import cleaned

# The columns of a register of cases come in this order; others follow.
FIRST = (ID, "name", "group", "contact", "email")


@dataclass(frozen=True)
class Change:
    """What changes of a recipient: ``new``, ``off`` the case, on it ``again``, or a cell of its row."""

    kind: str
    id: str
    name: str
    cell: Cell | None = None


@dataclass(frozen=True)
class Done:
    """What became of a register of cases.

    ``kept`` are cells that the officer wrote and the table now says otherwise; ``own`` the ids of rows that
    no table ever had. ``waiting`` are those who would be off their case if all of the table could be placed;
    ``earlier`` is where the register of before is kept, if there was one.
    """

    rows: tuple[Mapping[str, str], ...]
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    own: tuple[str, ...]
    waiting: tuple[str, ...]
    unplaced: tuple[str, ...]
    earlier: Path | None


def set_cases(
    path: Path,
    table: Path,
    audit: Audit,
    *,
    agencies: Path | None,
    pack_by: str,
    fresh: bool,
    today: dt.date,
    dry_run: bool = False,
) -> Done:
    """Make the rows of a register what a table of cases says; whatever the officer wrote in it stays.

    Args:
        path: The register.
        table: The grid or list.
        audit: The round's audit; it has ``cases``.
        agencies: The list of agencies, in the form of a register; without, what the register says of them.
        pack_by: The column that packs are made by.
        fresh: Whether what is in the register now is to be left aside.
        today: From which day who is taken off a case isn't asked.
        dry_run: Whether only to say what would change.

    Raises:
        AuditkitError: The audit has no cases, the register isn't one of cases, or it can't be written.
        ProblemsError: Something is wrong with a file.
    """
    cases = audit.cases
    if cases is None:
        raise AuditkitError(
            "This audit isn't one of cases: its definition has no 'cases', which names the columns of the "
            "register for case and agency."
        )
    now = () if fresh or not path.exists() else read(path)
    _are_of_cases(now, cases, path)
    known = read(agencies, audit.groups) if agencies else agencies_of(now, cases)
    if not known:
        raise AuditkitError(
            "Nothing is known of the agencies yet. Give a list of them with --agencies: id, name, contact, "
            "email" + (", group." if audit.groups else ".")
        )
    wants = wanted(grid.read(table, shipped()), known, cases, pack_by)
    before = record.read(path) if now else Record()
    done, made = _planned(sheet.read(path) if now else Sheet((), ()), wants, before, cases, today)
    if dry_run or not done.changes:
        return done
    if path.suffix.casefold() != ".csv":
        raise AuditkitError(
            f"{path.name} can only be looked at (--dry-run). To have it changed, save it as CSV UTF-8 "
            "(register.csv), and move the Excel file away."
        )
    off = {change.id for change in done.changes if change.kind == "off"}
    earlier = sheet.write(path, made, _recorded(made, wants, before, cases, off))
    return replace(done, earlier=earlier)


def _are_of_cases(recipients: Sequence[Recipient], cases: Cases, path: Path) -> None:
    columns = {column for recipient in recipients for column in recipient.row()}
    if recipients and not {cases.case, cases.agency} <= columns:
        raise AuditkitError(
            f"{path} has no columns '{cases.case}' and '{cases.agency}', so it isn't a register of cases. If "
            "it lists your agencies, give it another name and that with --agencies."
        )


def _planned(before: Sheet, wants: Wanted, known: Record, cases: Cases, today: dt.date) -> tuple[Done, Sheet]:
    """Return what changes in a register, and the register as it then is."""
    columns = dict.fromkeys([*FIRST, cases.case, cases.agency])
    columns.update(dict.fromkeys(column for row in wants.rows.values() for column in row))
    if before.headers:
        columns[CLOSED] = None
    full = before.with_columns(columns)
    places = {column: n for column in columns if (n := full.place(column)) is not None}
    changes: list[Change] = []
    kept: list[Change] = []
    own: list[str] = []
    waiting: list[str] = []
    rows: list[tuple[str, ...]] = []
    there: set[Key] = set()
    for cells in full.rows:
        row = {column: cleaned(cells[n]) for column, n in places.items()}
        key = _key(row, wants, cases)
        there.add(key)
        then = known.rows.get(row[ID], {})
        now = _now(row, wants.rows.get(key), then, today)
        if now is None:
            own.append(row[ID])
            rows.append(cells)
            continue
        if now.get(CLOSED) and not wants.is_whole:
            waiting.append(f"{row[ID]} {row['name']}")
            now = {}
        result = merged(cells, places, now, then)
        rows.append(result.cells)
        changes += (_change(row, cell) for cell in result.changed)
        kept += (_change(row, cell) for cell in result.kept)
    new = [row for key, row in wants.rows.items() if key not in there]
    rows += (_new(row, places, len(full.headers)) for row in new)
    changes += (Change("new", row[ID], row["name"]) for row in new)
    made = _without_blank(Sheet(full.headers, tuple(rows)), before)
    done = Done(
        tuple(wants.rows.values()),
        tuple(changes),
        tuple(kept),
        tuple(own),
        tuple(waiting),
        wants.unplaced,
        earlier=None,
    )
    return done, made


def _key(row: Mapping[str, str], wants: Wanted, cases: Cases) -> Key:
    """Return which wanted row a row is: that of its case and agency, else that of its id.

    An agency may be called otherwise now.
    """
    key = cases.key_of(row)
    if key in wants.rows:
        return key
    return next((k for k, new in wants.rows.items() if new[ID].casefold() == row[ID].casefold()), key)


def _new(row: Mapping[str, str], places: Mapping[str, int], width: int) -> tuple[str, ...]:
    by_place = {places[column]: text for column, text in row.items()}
    return tuple(by_place.get(n, "") for n in range(width))


def _now(
    row: Mapping[str, str], new: Mapping[str, str] | None, then: Mapping[str, str], today: dt.date
) -> dict[str, str] | None:
    """Return what the table says of a row that is there: its cells, or since when it is off its case."""
    if new is not None:
        # The id stays whatever it is. What the table no longer says is blank.
        return {**dict.fromkeys(then, ""), CLOSED: "", **{c: text for c, text in new.items() if c != ID}}
    if not then:
        return None
    return {} if row[CLOSED] else {CLOSED: british(today)}


def _change(row: Mapping[str, str], cell: Cell) -> Change:
    kind = "changed" if cell.column != CLOSED else "off" if cell.now else "again"
    return Change(kind, row[ID], row["name"], cell)


def _without_blank(made: Sheet, before: Sheet) -> Sheet:
    """Leave out new columns in which nobody has anything."""
    kept = [
        n
        for n, header in enumerate(made.headers)
        if header in before.headers or any(row[n] for row in made.rows) or header in FIRST
    ]
    return Sheet(
        tuple(made.headers[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in made.rows)
    )


def _recorded(made: Sheet, wants: Wanted, before: Record, cases: Cases, off: Collection[str]) -> Record:
    """Return what is to be remembered: what the table said of each row, and who is ``off`` the case now."""
    rows = {}
    for cells in made.rows:
        row = {column: cleaned(cells[n]) for column, n in made.places().items()}
        new = wants.rows.get(cases.key_of(row))
        then = before.rows.get(row[ID])
        if new is not None:
            rows[row[ID]] = {column: text for column, text in new.items() if column != ID}
        elif then is not None:
            rows[row[ID]] = {**then, CLOSED: row[CLOSED]} if row[ID] in off else dict(then)
    return Record((), rows)
