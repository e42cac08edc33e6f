"""*Answers*: everything typed in accepted returns, one row for each recipient and question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from auditkit.definition.model import Audit
from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.tables import Tables, rows

NAME = "Answers"
ABOUT = "Every answer of every accepted return, as it was typed: a row for each recipient and question."
NOTHING = "There is no accepted return with answers yet."
FIXED = (
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 22, repeats=True),
    Column("Group", 15, repeats=True),
    Column("Section", 17, repeats=True),
    Column("Question ID", 11, "id", repeats=True),
    Column("Question", 32, repeats=True),
)
# How answers look by kind; text wraps.
STYLES = {"rating": "rating", "percent": "percent", "whole_number": "count"}
WIDTHS = {"text": 38.0, "person": 16.0, "rating": 14.0, "date": 12.0}
OTHER_WIDTH = 13.0
# Kinds whose answers come from a list, or are names: the same ones over and over.
REPEATING = frozenset({"rating", "choice", "yes_no", "person"})


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    columns = response_columns(tables.audit)
    for answer in rows(tables.answers):
        columns.setdefault((answer.section_id, answer.field_id), answer.field)
    labels = list(dict.fromkeys(columns.values()))
    place = {label: i for i, label in enumerate(labels, start=len(FIXED))}
    kinds = kinds_of(tables.audit, columns)
    responses = [_column(label, kinds.get(label, "text")) for label in labels]
    lines = _lines(tables, columns, place)
    sheet = write_table(book, NAME, (*FIXED, *responses), lines, nothing=NOTHING, freeze=2)
    for label, kind in kinds.items():
        if kind == "rating":
            where = (1, place[label], sheet.count, place[label])
            book.colour_ratings(sheet, where, tables.audit.scales)


def _lines(
    tables: Tables, columns: Mapping[tuple[str, str], str], place: Mapping[str, int]
) -> Iterator[list[Any]]:
    """Yield a line for each recipient and question; ``place`` is where a heading's column stands."""
    for _, own in groupby(rows(tables.answers), key=lambda answer: answer.recipient_id):
        lines: dict[str, list[Any]] = {}
        for answer in own:
            if answer.question_id not in lines:
                who = (answer.recipient_id, answer.recipient, answer.group)
                what = (answer.section, answer.question_id, answer.question)
                lines[answer.question_id] = [*who, *what, *(None for _ in place)]
            lines[answer.question_id][place[columns[answer.section_id, answer.field_id]]] = answer.value
        yield from lines.values()


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
    return Column(label, WIDTHS.get(kind, OTHER_WIDTH), STYLES.get(kind, "text"), kind in REPEATING)
