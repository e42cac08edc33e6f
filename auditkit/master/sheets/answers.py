"""*Answers*: everything typed in accepted returns, one row for each recipient and question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
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
_SHOWN = (
    *("recipient_id", "recipient", "group", "section_id", "section", "question_id", "question"),
    *("field_id", "value"),
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
    elsewhere = {section.id for section in tables.audit.sections if section.events}
    for section_id, field_id, label in dict.fromkeys(rows(tables.answers, "section_id", "field_id", "field")):
        if section_id not in elsewhere:
            columns.setdefault((section_id, field_id), label)
    labels = list(dict.fromkeys(columns.values()))
    place = {label: i for i, label in enumerate(labels, start=len(FIXED))}
    kinds = kinds_of(tables.audit, columns)
    responses = [_column(label, kinds.get(label, "text")) for label in labels]
    lines = _lines(tables, columns, place)
    ratings = [place[label] for label, kind in kinds.items() if kind == "rating"]
    for sheet in write_table(book, NAME, (*FIXED, *responses), lines, nothing=NOTHING, freeze=2, keys=5):
        for col in ratings:
            book.colour_ratings(sheet, (1, col, sheet.count, col), tables.audit.scales)


def _lines(
    tables: Tables, columns: Mapping[tuple[str, str], str], place: Mapping[str, int]
) -> Iterator[list[Any]]:
    """Yield a line for each recipient and question; ``place`` is where a heading's column stands."""
    cols = {key: place[label] for key, label in columns.items()}
    empty = [None] * len(place)
    for _, own in groupby(rows(tables.answers, *_SHOWN), key=itemgetter(0)):
        lines: dict[str, list[Any]] = {}
        for *who, section_id, section, question_id, question, field_id, value in own:
            if (section_id, field_id) not in cols:  # of a chronology
                continue
            line = lines.get(question_id)
            if line is None:
                line = lines[question_id] = [*who, section, question_id, question, *empty]
            line[cols[section_id, field_id]] = value
        yield from lines.values()


def response_columns(audit: Audit) -> dict[tuple[str, str], str]:
    """Return the heading of each section's response columns, by section id and field id.

    Columns with the same label share a heading over sections; within one section each has its own.
    """
    headings: dict[tuple[str, str], str] = {}
    for section in audit.sections:
        if section.events:
            continue
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
        for field in () if section.events else audit.responses_of(section):
            kinds.setdefault(columns[section.id, field.id], field.kind)
    return kinds


def _column(label: str, kind: str) -> Column:
    return Column(label, WIDTHS.get(kind, OTHER_WIDTH), STYLES.get(kind, "text"), kind in REPEATING)
