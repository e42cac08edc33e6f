"""A form's chronologies: tables whose rows are events, by the words of their headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditkit.definition.checks.fields import KIND_OF_ROLE
from auditkit.definition.events import Events
from auditkit.definition.model import Field, Section
from auditkit.definition.wording import quoted
from auditkit.fields import yes_no
from auditkit.forms.ledger import Ledger
from auditkit.forms.scales import slug
from auditkit.forms.titles import LONGEST
from auditkit.forms.words import Words, plain
from auditkit.forms.workbook import Sheet

# A head has a date, what happened, and something else; without these no column can be counted on.
NEEDED, LEAST = ("event_date", "event"), 3
# Columns that workbooks have without being asked for: a row's reference, and whose it is.
OWN = ("event_ref", "agency")
REQUIRED = (*NEEDED, "source")
# What the ids of a workbook's own columns are.
TAKEN = ("ref", "status")


@dataclass(frozen=True)
class Chronology:
    """A table of events: its sheet, the row of its head, the row after its last, its columns' roles."""

    sheet: Sheet
    head: int
    end: int
    roles: dict[int, str]


def chronologies(sheet: Sheet, words: Words) -> list[Chronology]:
    """Return the tables of events of a sheet, from top to bottom; each goes on until the next begins."""
    found = [(row, roles) for row in sheet.by_row if (roles := _roles(sheet, row, words))]
    rows = [*(row for row, _ in found), sheet.rows]
    return [Chronology(sheet, row, rows[n], roles) for n, (row, roles) in enumerate(found, start=1)]


def _roles(sheet: Sheet, row: int, words: Words) -> dict[int, str]:
    """Return what the columns are for whose head a row is; nothing if it is no head of events."""
    told = {column: words.event(sheet.texts[row, column]) for column in sheet.by_row[row]}
    known = {role for role in told.values() if role}
    return told if known.issuperset(NEEDED) and len(known) >= LEAST else {}


def sections(
    found: Sequence[Chronology], taken: Sequence[str], words: Words, ledger: Ledger
) -> tuple[Section, ...]:
    """Return a section of events for each table; ``taken`` are the ids of other sections.

    What stands in the rows isn't placed: it is somebody's chronology, or an example of one.
    """
    ids = {id_.casefold() for id_ in taken}
    made = []
    for n, table in enumerate(found):
        above = found[n - 1].head if n and found[n - 1].sheet is table.sheet else -1
        title = _title(table, above + 1, words, ledger)
        id_ = next(id_ for id_ in ("CH", *(f"CH{n}" for n in range(2, 1000))) if id_.casefold() not in ids)
        ids.add(id_.casefold())
        events = Events(words.usual_rows)
        made.append(Section(id_, title, responses=_fields(table, words, ledger), events=events))
        ledger.decide(
            f"{quoted(title)} became a table of events with {words.usual_rows} rows. Check its columns, how "
            "many rows there should be, and after how many days without an event there is a gap."
        )
    return tuple(made)


def _title(table: Chronology, first: int, words: Words, ledger: Ledger) -> str:
    """Return the line right above a table if it is one, else the name of its sheet."""
    row = table.head - 1
    while row >= first and row not in table.sheet.by_row:
        row -= 1
    columns = table.sheet.by_row.get(row, []) if row >= first else []
    text = " ".join(table.sheet.texts[row, columns[0]].split()) if len(columns) == 1 else ""
    if not text or len(text) > LONGEST or words.is_title(text) or words.is_body(text):
        return table.sheet.name
    ledger.place(table.sheet, [(row, columns[0])])
    return text


def _fields(table: Chronology, words: Words, ledger: Ledger) -> tuple[Field, ...]:
    """Return the columns of a table; a second one of the same role has none."""
    fields: list[Field] = []
    taken: set[str] = set(TAKEN)
    for column, role in table.roles.items():
        ledger.place(table.sheet, [(table.head, column)])
        if role in OWN:
            continue
        given = "" if role in {field.role for field in fields} else role
        label = " ".join(table.sheet.texts[table.head, column].split())
        choices = _choices(table, column, words, ledger)
        kind = KIND_OF_ROLE.get(given, "text")
        if kind == "text" and {plain(choice) for choice in choices} == {plain(yes_no.YES), plain(yes_no.NO)}:
            kind = "yes_no"
        elif kind == "text" and choices:
            kind = "choice"
        id_ = slug(given or label, taken, "column")
        kept = choices if kind == "choice" else ()
        fields.append(Field(id_, label, kind, given, required=given in REQUIRED, choices=kept))
    return tuple(fields)


def _choices(table: Chronology, column: int, words: Words, ledger: Ledger) -> tuple[str, ...]:
    """Return what the cells below a heading offer, the list's own cells placed."""
    offered = table.sheet.choices(table.head + 1, column)
    if offered is None:
        return ()
    ledger.placed |= offered.source
    return tuple(dict.fromkeys(choice for choice in offered.choices if not words.is_blank(choice)))
