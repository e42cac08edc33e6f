"""*Answers*: everything typed in accepted returns, one row for each recipient and question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit
from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.tables import Tables, rows

NAME = "Answers"
ABOUT = "Every answer of every accepted return, as it was typed: a row for each recipient and question."
NOTHING = "There is no accepted return with answers yet."
FIXED = (
    Column("Recipient ID", 12, "id"),
    Column("Recipient", 22),
    Column("Group", 15),
    Column("Section", 17),
    Column("Question ID", 11, "id"),
    Column("Question", 32),
)
# How answers look by kind; text wraps.
STYLES = {"rating": "rating", "percent": "percent", "whole_number": "count"}
WIDTHS = {"text": 38.0, "person": 16.0, "rating": 14.0, "date": 12.0}
OTHER_WIDTH = 13.0


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    columns = response_columns(tables.audit)
    for answer in rows(tables.answers):
        columns.setdefault((answer.section_id, answer.field_id), answer.field)
    labels = list(dict.fromkeys(columns.values()))
    place = {label: i for i, label in enumerate(labels, start=len(FIXED))}
    lines: dict[tuple[str, str], list[Any]] = {}
    for answer in rows(tables.answers):
        key = (answer.recipient_id, answer.question_id)
        if key not in lines:
            who = (answer.recipient_id, answer.recipient, answer.group)
            what = (answer.section, answer.question_id, answer.question)
            lines[key] = [*who, *what, *(None for _ in labels)]
        lines[key][place[columns[answer.section_id, answer.field_id]]] = answer.value
    kinds = kinds_of(tables.audit, columns)
    responses = [_column(label, kinds.get(label, "text")) for label in labels]
    sheet = write_table(book, NAME, (*FIXED, *responses), list(lines.values()), nothing=NOTHING, freeze=2)
    for label, kind in kinds.items():
        if kind == "rating" and lines:
            where = (1, place[label], len(lines), place[label])
            book.colour_ratings(sheet, where, tables.audit.scales)


def response_columns(audit: Audit) -> dict[tuple[str, str], str]:
    """Return the heading of each section's response columns, by section id and field id.

    Columns with the same label share a heading over sections; within one section each has its own.
    """
    headings: dict[tuple[str, str], str] = {}
    for section in audit.sections:
        taken: set[str] = set()
        for field in audit.responses_of(section):
            heading = f"{field.label} ({field.id})" if field.label in taken else field.label
            taken.add(heading)
            headings[section.id, field.id] = heading
    return headings


def kinds_of(audit: Audit, columns: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return the kind of answer under each heading; the first, where sections differ."""
    kinds: dict[str, str] = {}
    for section in audit.sections:
        for field in audit.responses_of(section):
            kinds.setdefault(columns[section.id, field.id], field.kind)
    return kinds


def _column(label: str, kind: str) -> Column:
    return Column(label, WIDTHS.get(kind, OTHER_WIDTH), STYLES.get(kind, "text"))
