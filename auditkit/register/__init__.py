"""The register: who is asked. Read from CSV or Excel into recipients, with every problem named by its row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditkit.definition.ids import RULE, is_id
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.errors import Problem, ProblemsError
from auditkit.fields import days
from auditkit.fields.plain import ERRORS
from auditkit.passwords import RULE as PASSWORD_RULE
from auditkit.passwords import is_fit
from auditkit.register import csv, xlsx
from auditkit.register.columns import CLOSED, FIELDS, OPEN_PASSWORD, PREDECESSOR, Columns, columns, letter
from auditkit.register.table import Row, refused

# The forms of a register by file ending. To add one: write its module beside the others, with ``rows(path)``.
FORMS: dict[str, Callable[[Path], list[Row]]] = {".csv": csv.rows, ".xlsx": xlsx.rows}
LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
# Between which days somebody can have closed.
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


@dataclass(frozen=True)
class Recipient:
    """One agency or setting that is asked.

    ``email`` may be empty, or hold several addresses divided by ``; ``. ``extra`` has the register's further
    columns by their own header. ``open_password`` opens the recipient's workbook, if it has one of its own.
    ``predecessors`` are the ids under which it was asked before, the latest first: a school that became an
    academy has a new URN. ``closed`` is the day from which it isn't asked any more.
    """

    id: str
    name: str
    group: str = ""
    contact: str = ""
    email: str = ""
    sector: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    open_password: str = field(default="", repr=False)
    predecessors: tuple[str, ...] = ()
    closed: dt.date | None = None

    def is_closed(self, as_at: dt.date) -> bool:
        """Tell whether the recipient has closed by a day."""
        return self.closed is not None and self.closed <= as_at

    def row(self) -> dict[str, str]:
        """Return the register's row by column, as conditions of a definition name them."""
        return {**{name: getattr(self, name) for name in FIELDS}, **self.extra}


def read(path: Path, groups: Sequence[str] = ()) -> tuple[Recipient, ...]:
    """Read a register.

    Args:
        path: A .csv or .xlsx file whose first row that isn't blank has the headers.
        groups: The groups that the definition knows; none if any will do.

    Returns:
        The recipients in the order of the file. Their groups are spelt as in ``groups``, and apostrophes that
        :mod:`auditkit.csv` puts in are taken out.

    Raises:
        ProblemsError: With every problem, in the order of the file.
    """
    form = FORMS.get(path.suffix.casefold())
    if form is None:
        raise refused(path, f"a register is a {listed(FORMS)} file: save it as one of these")
    rows = [row for row in form(path) if any(row.cells)]
    if not rows:
        raise refused(
            path, "this register is empty: its first row must name the columns (id, name, group, email …)"
        )
    header, *rows = rows
    found, messages = columns(header.cells, ["id", "name", *(["group"] if groups else [])])
    problems = [(header.number, message) for message in messages]
    problems += _unheaded(header, rows)
    if not messages:
        if not rows:
            problems.append((header.number, "there is nobody in this register below its headers"))
        for row in rows:
            problems += ((row.number, message) for message in _wrong(row, found, groups))
        problems += _repeated_ids(rows, found)
    if problems:
        ordered = sorted(problems, key=lambda problem: problem[0])
        raise ProblemsError(Problem(path.name, f"row {number}", message) for number, message in ordered)
    return tuple(_recipient(row, found, groups) for row in rows)


def without_email(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Return those who can't be emailed: no problem for the register, but worth a note to the officer."""
    return tuple(recipient for recipient in recipients if not recipient.email)


def alike(recipients: Iterable[Recipient]) -> list[list[str]]:
    """Return the ids that differ only by zeros before a number, or case too: ``7`` and ``007``."""
    found: dict[str, list[str]] = {}
    for recipient in recipients:
        found.setdefault(LEADING_ZEROS.sub("", recipient.id.casefold()), []).append(recipient.id)
    return [ids for ids in found.values() if len(ids) > 1]


def _cell(row: Row, column: int | None) -> str:
    return row.cells[column] if column is not None and column < len(row.cells) else ""


def _recipient(row: Row, found: Columns, groups: Sequence[str]) -> Recipient:
    values = {name: _cell(row, found.fields.get(name)) for name in FIELDS}
    values["email"] = "; ".join(addresses_in(values["email"]))
    values["group"] = _spelt(values["group"], groups) or values["group"]
    return Recipient(
        **values,
        extra={header: _cell(row, n) for header, n in found.extra.items()},
        open_password=_cell(row, found.fields.get(OPEN_PASSWORD)),
        predecessors=_ids(_cell(row, found.fields.get(PREDECESSOR))),
        closed=_day(_cell(row, found.fields.get(CLOSED))),
    )


def _wrong(row: Row, found: Columns, groups: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with one row on its own."""
    values = {name: _cell(row, found.fields.get(name)) for name in FIELDS}
    for n, text in enumerate(row.cells):
        if text in ERRORS:
            yield f"the formula in column {letter(n)} fails ({text}): correct it or type the value"
    if not values["id"]:
        yield "the id is blank: give this recipient one of its own, and never change it"
    elif not is_id(values["id"]):
        yield f"{quoted(values['id'])} can't be an id: {RULE}"
    if not values["name"]:
        yield "the name is blank: say who this is"
    for part in re.split("[;,]", values["email"]):
        if not all(map(is_address, addresses_in(part))):
            yield f"{quoted(part)} isn't an email address: correct it, or leave the cell blank"
    for was in _ids(_cell(row, found.fields.get(PREDECESSOR))):
        if not is_id(was):
            yield f"the predecessor {quoted(was)} can't be an id: {RULE}"
        elif was.casefold() == values["id"].casefold():
            yield "this recipient can't be its own predecessor: name the id that it had before"
    closed = _cell(row, found.fields.get(CLOSED))
    if closed and _day(closed) is None:
        yield f"{CLOSED}: {quoted(closed)} isn't a date: write it as 31/08/2026, or leave it blank"
    password = _cell(row, found.fields.get(OPEN_PASSWORD))
    if password and not is_fit(password):
        yield f"{OPEN_PASSWORD}: {PASSWORD_RULE}"
    if groups and not values["group"]:
        yield f"the group is blank: choose from {', '.join(quoted(group) for group in groups)}"
    elif groups and _spelt(values["group"], groups) is None:
        yield f"the audit has no group {quoted(values['group'])}{did_you_mean(values['group'], groups)}"


def _unheaded(header: Row, rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield the columns that hold something below a blank header."""
    width = max((len(row.cells) for row in rows), default=0)
    for n in range(width):
        if not _cell(header, n):
            number = next((row.number for row in rows if _cell(row, n)), None)
            if number is not None:
                message = f"column {letter(n)} has no header, but something stands in it from row {number} on"
                yield header.number, f"{message}: give it a header, or empty it"


def _repeated_ids(rows: Sequence[Row], found: Columns) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for row in rows:
        text = _cell(row, found.fields["id"])
        if text and text.casefold() in first:
            message = (
                f"row {first[text.casefold()]} has the id {quoted(text)} already: every "
                "recipient needs its own"
            )
            yield row.number, message
        first.setdefault(text.casefold(), row.number)


def _spelt(group: str, groups: Sequence[str]) -> str | None:
    """Return ``group`` as the definition spells it, None if it isn't one of its groups."""
    return next((known for known in groups if known.casefold() == group.casefold()), None)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, re.split(r"[;,\s]+", text))))


def _day(text: str) -> dt.date | None:
    return days.read(text, FIRST, LAST).day


def addresses_in(text: str) -> list[str]:
    """Return the addresses of a cell, whichever of the usual signs divides them."""
    return [address for address in re.split(r"[;,\s]+", text) if address]


def is_address(text: str) -> bool:
    """Tell whether ``text`` has the shape of an email address; only sending to it shows more."""
    return re.fullmatch(r"[^@\s<>()\[\],;:\"]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}", text) is not None
