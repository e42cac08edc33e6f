"""A form's tables into a draft definition, with what the officer has to decide and what wasn't placed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.scale import Scale
from auditkit.definition.wording import quoted
from auditkit.forms import around, chronologies, numbers, ratings, scales, titles
from auditkit.forms.keys import keys
from auditkit.forms.ledger import Ledger
from auditkit.forms.references import references
from auditkit.forms.sheets import Table, tables_of
from auditkit.forms.tables import Asked
from auditkit.forms.words import Words
from auditkit.forms.workbook import Place, Sheet

YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class Draft:
    """A draft definition, what the officer has to decide or check, and the cells that have no place in it."""

    audit: Audit
    decisions: tuple[str, ...]
    unplaced: tuple[tuple[Place, str], ...]
    placed: int


def draft(sheets: Sequence[Sheet], words: Words, year: int, name: str = "") -> Draft | None:
    """Return what a form comes to, None if there is no table of questions or events in it.

    Args:
        sheets: The form.
        words: The words by which its parts are known.
        year: The year of the edition, if the form names none.
        name: What the form's file is called, without its ending.
    """
    eventful = [table for sheet in sheets for table in chronologies.chronologies(sheet, words)]
    heads = {(table.sheet.name, table.head) for table in eventful}
    tables = [
        table
        for sheet in sheets
        for table in tables_of(sheet, words)
        if (sheet.name, table.head.last) not in heads
    ]
    if not tables and not eventful:
        return None
    ledger = Ledger()
    inside = around.rows_of(tables)
    for each in eventful:
        inside.setdefault(each.sheet.name, set()).update(range(each.head, each.end))
    explained = keys(sheets, inside, words)
    apart = frozenset(cell for key in explained for cell in key.cells)
    title = titles.title_all(sheets, tables, apart, words, ledger)
    if not title:
        title = titles.of_file(name)
        ledger.decide(f"The form has no title: {quoted(title)} was put in.")
    found = ratings.rate(tables, sheets, explained, words, ledger)
    cover = around.cover(sheets, inside, words, ledger)
    if not cover:
        cover = (Field("author", words.usual_author, "person", "author", required=True),)
        ledger.decide(f"The form has no box for who filled it in: {quoted(words.usual_author)} was added.")
    rated = [table for table in tables if not table.columns.is_numbers]
    columns = Counter(tuple(table.columns.fields) for table in rated or tables)
    shared = max(columns, key=columns.__getitem__, default=())
    named = YEAR.search(title)
    if not named:
        ledger.decide(f"The form's title names no year: the edition was set to {year}.1.")
    roll_up = scales.roll_up(found[0]) if found else None
    sections = _sections(tables, shared, found, words, ledger)
    taken = [section.id for section in sections]
    audit = Audit(
        id=scales.slug(title, set(), "audit"),
        title=title,
        edition=f"{named[0] if named else year}.1",
        scales=found,
        responses=shared or ((Field("comment", words.usual_comment, "text"),) if tables else ()),
        cover=cover,
        sections=(*sections, *chronologies.sections(eventful, taken, words, ledger)),
        roll_up=roll_up,
        overall=roll_up,
    )
    everything = {Place(sheet.name, *cell): text for sheet in sheets for cell, text in sheet.texts.items()}
    unplaced = tuple((place, text) for place, text in everything.items() if place not in ledger.placed)
    return Draft(audit, tuple(ledger.decisions), unplaced, len(everything) - len(unplaced))


def _sections(
    tables: Sequence[Table],
    shared: tuple[Field, ...],
    found: tuple[Scale, ...],
    words: Words,
    ledger: Ledger,
) -> tuple[Section, ...]:
    """Return the sections: one for each part of each table."""
    by_id = {scale.id: scale for scale in found}
    parts = [(table, part) for table in tables for part in table.parts]
    sections = []
    for (table, part), (id_, title, ids) in zip(
        parts, references([part for _, part in parts], words, ledger), strict=True
    ):
        ledger.place(part.sheet, part.cells)
        fields = tuple(table.columns.fields)
        rating = next((each for each in fields if each.role == "rating"), None)
        scale = by_id[rating.scale] if rating else None
        questions = (
            _question(table, asked, question_id, scale, words, ledger)
            for asked, question_id in zip(part.questions, ids, strict=True)
        )
        if table.columns.is_numbers:
            ledger.decide(
                f"{quoted(title)} asks for numbers. Check the kind of each (a whole one if its unit says "
                "nothing else), and what time it is for."
            )
        sections.append(
            Section(
                id_,
                title,
                tuple(questions),
                "\n".join(part.intro),
                responses=() if fields == shared and not table.columns.is_numbers else fields,
                roll_up=scales.roll_up(scale) if scale and scale is not found[0] else None,
            )
        )
    return tuple(sections)


def _question(
    table: Table, asked: Asked, id_: str, scale: Scale | None, words: Words, ledger: Ledger
) -> Question:
    """Return a question, its place noted; answers that stand beside it have none."""
    ledger.place(table.sheet, asked.cells)
    counted = None
    if table.columns.is_numbers:
        counted, cells = numbers.measure(table.head, asked, words)
        ledger.place(table.sheet, cells)
    labels = {point.label.casefold(): point.id for point in scale.points} if scale else {}
    good, descriptors = list(asked.good), {}
    for cell, text in asked.rest.items():
        more = table.columns.more.get(cell[1])
        point = labels.get(table.columns.descriptors.get(cell[1], "").casefold())
        if more:
            good.append(f"{more}: {text}")
        elif point and point not in descriptors:
            descriptors[point] = text
        else:
            continue
        ledger.place(table.sheet, [cell])
    return Question(id_, asked.text, "\n".join(good), descriptors, measure=counted)
