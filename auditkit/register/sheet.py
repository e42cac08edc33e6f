"""A register as it is written: changed cell by cell, and everything else kept as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditkit import csv as for_people
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write, is_open
from auditkit.register import csv, record, xlsx
from auditkit.register.columns import OWN, columns, same
from auditkit.register.record import Record
from auditkit.register.table import Row

ID = "id"
# Older registers that are kept, at most.
KEPT = 999


@dataclass(frozen=True)
class Sheet:
    """The headers as they are written, and the rows, each as long."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def places(self) -> dict[str, int]:
        """Return where the fields of a register stand, by their own names, and all other columns."""
        found, _ = columns(self.headers, [])
        return {**found.extra, **found.fields}

    def place(self, column: str) -> int | None:
        """Return where a column stands, whatever case and spaces its header is written with.

        A column headed "Type" may be the group and the type at once.
        """
        headed = (n for n, header in enumerate(self.headers) if same(header, column))
        return self.places().get(column, next(headed, None))

    def asked_by(self) -> dict[str, int]:
        """Return where the columns stand that questions may depend on."""
        return {column: n for column, n in self.places().items() if column not in OWN}

    def with_columns(self, names: Iterable[str]) -> Sheet:
        """Return the same with further columns, blank, behind those that are there."""
        names = tuple(name for name in names if self.place(name) is None)
        blank = ("",) * len(names)
        return Sheet((*self.headers, *names), tuple((*row, *blank) for row in self.rows))


def read(path: Path) -> Sheet:
    """Return a register that was found sound as it is written, without its blank rows."""
    form = csv.as_written if path.suffix.casefold() == ".csv" else xlsx.rows
    header, *rows = (row for row in form(path) if any(cell.strip() for cell in row.cells))
    width = max(len(row.cells) for row in (header, *rows))
    return Sheet(_padded(header, width), tuple(_padded(row, width) for row in rows))


def made(columns: Iterable[str], rows: Mapping[str, Mapping[str, str]]) -> Sheet:
    """Return a new register of rows by id and column."""
    columns = tuple(columns)
    return Sheet(
        (ID, *columns), tuple((key, *(row.get(c, "") for c in columns)) for key, row in rows.items())
    )


def write(path: Path, sheet: Sheet, known: Record) -> Path | None:
    """Write a register, and what GIAS says beside it.

    Returns:
        Where the register is kept that was there before, if one was.

    Raises:
        AuditkitError: It can't be written, or is open in another program.
    """
    _closed(path)
    kept = _keep(path) if path.exists() else None
    content = for_people.written(sheet.headers, sheet.rows)
    atomic_write(path, content, siblings=False)
    record.write(path, known)
    return kept


def undo(path: Path) -> Path:
    """Put the register back that was there before the last change; the one of now is kept in its stead.

    Returns:
        Where the register of now is kept.

    Raises:
        AuditkitError: There is none to put back, or it can't be written.
    """
    last = next((old for n in range(KEPT, 0, -1) if (old := _earlier(path, n)).exists()), None)
    if last is None:
        raise AuditkitError(f"There is no earlier register beside {path}, so there is nothing to undo.")
    _closed(path)
    content, known = last.read_bytes(), record.read(last)
    kept = _keep(path)
    atomic_write(path, content, siblings=False)
    record.write(path, known)
    return kept


def _closed(path: Path) -> None:
    """Refuse to go on while somebody works in the register: what they save would come on top."""
    if path.exists() and is_open(path):
        raise AuditkitError(f"{path} is open in another program. Close it and run this again.")


def _keep(path: Path) -> Path:
    """Copy a register, and its record, to a numbered sibling."""
    numbers = [n for n in range(1, KEPT + 1) if _earlier(path, n).exists()]
    sibling = _earlier(path, max(numbers, default=0) + 1)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    atomic_write(sibling, content, siblings=False)
    record.write(sibling, record.read(path))
    return sibling


def _earlier(path: Path, n: int) -> Path:
    return path.with_name(f"{path.stem} (earlier {n}){path.suffix}")


def _padded(row: Row, width: int) -> tuple[str, ...]:
    return (*row.cells, *("",) * (width - len(row.cells)))
