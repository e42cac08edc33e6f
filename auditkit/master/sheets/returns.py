"""*Returns*: one row a file of the returns folder, with what its cover says and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditkit.definition.model import Field
from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.style import WARNING
from auditkit.tables import Tables, rows

NAME = "Returns"
ABOUT = "Every file in the returns folder: whose it is, what became of it, who signed it off."
NOTHING = "There is no file in the returns folder."
BEFORE = (
    Column("File", 30),
    Column("Recipient ID", 12, "id"),
    Column("Recipient", 26),
    Column("Outcome", 12, repeats=True),
    Column("Completed %", 11, "percent"),
    Column("Signed off by", 22),
    Column("Signed off on", 12),
    Column("Author", 22),
)
AFTER = (
    Column("Saved (UTC)", 16),
    Column("Queries", 9, "count"),
    Column("Notes", 9, "count"),
    Column("Findings", 50),
)
OUTCOME_COL = 3
# Roles of cover fields that have columns of their own above.
SHOWN_ROLES = ("author", "signoff_name", "signoff_date")


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    fields = cover_fields(tables)
    columns = (*BEFORE, *(Column(label, 18) for label in fields.values()), *AFTER)
    waiting = book.file.add_format({"bold": True, "font_color": WARNING})
    for sheet in write_table(book, NAME, columns, _lines(tables, fields), nothing=NOTHING, freeze=1):
        for outcome in ("held", "rejected"):
            rule = {"type": "cell", "criteria": "==", "value": f'"{outcome}"', "format": waiting}
            sheet.conditional_format(1, OUTCOME_COL, sheet.count, OUTCOME_COL, rule)


def _lines(tables: Tables, fields: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    cover = {(file, field): value for file, field, value in rows(tables.cover, "file", "field_id", "value")}
    for r in rows(tables.returns):
        whose = (r.file, r.recipient_id, r.recipient)
        before = (r.outcome, r.completed, r.signed_by, r.signed_on, r.author)
        said = (cover.get((r.file, field)) for field in fields)
        yield (*whose, *before, *said, r.saved, r.queries, r.notes, r.findings)


def cover_fields(tables: Tables) -> dict[str, str]:
    """Return id and label of the cover fields that have no column of their own, unknown ones last."""

    def is_shown(field: Field) -> bool:
        first = next(f for f in tables.audit.cover if f.role == field.role)
        return field.role in SHOWN_ROLES and field is first

    shown = {field.id for field in tables.audit.cover if is_shown(field)}
    known = {field.id: field.label for field in tables.audit.cover}
    came = dict(rows(tables.cover, "field_id", "field"))
    return {key: label for key, label in {**known, **came, **known}.items() if key not in shown}
