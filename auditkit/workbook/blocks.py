"""The layout of a workbook, block by block: how sections and the cover's fields become answer tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditkit.definition.measure import NOT_COLLECTED, VALUE
from auditkit.definition.model import Audit, Field, Section
from auditkit.definition.survey import is_first
from auditkit.fields import kind_of
from auditkit.workbook.layout import (
    ANSWER,
    CARRIED_FROM,
    CARRIED_ROLE,
    CHOICE,
    COVER,
    COVER_SHEET,
    FIRST_ROW,
    IDENTITY_SHEET,
    KEY_HEADER,
    LAST_SAID,
    LISTS_SHEET,
    OWN_RATINGS,
    OWN_SHEETS,
    QUESTION_HEADER,
    START_SHEET,
    Block,
    Column,
    Layout,
    Slot,
)
from auditkit.workbook.measures import unit_of, when

SHEET_NAME_LIMIT = 31
# In a section of numbers.
OWN_WIDTH = 24.0
NUMBERS_WIDTHS = {VALUE: 15.0, NOT_COLLECTED: 15.0}
# Words that a shortened sheet name had better not end in.
SMALL_WORDS = frozenset({"a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to", "with", "&"})


def layout_for(audit: Audit, own: tuple[Column, ...] = ()) -> Layout:
    """Return the layout of a workbook.

    Args:
        audit: What it asks (as narrowed by ``Audit.for_recipient``).
        own: Those of ``OWN_COLUMNS`` that it shows before the answers, in order. Where nothing is rated,
            that of ratings is left out, and where nothing was carried over, that of where it comes from.
    """
    taken = names_taken(own)
    blocks = [cover_block(audit.cover, taken)] if audit.cover else []
    if blocks and not any(field.role.startswith("signoff") for field in audit.cover):
        blocks = [replace(blocks[0], title="About you")]  # nothing is signed off
    for n, section in enumerate(audit.sections, start=1):
        blocks.append(section_block(audit, section, n, taken, own))
    return Layout(tuple(blocks))


def names_taken(own: tuple[Column, ...] = ()) -> set[str]:
    """Return the names of sheets that no block may have, folded; ``own`` columns bring sheets with them."""
    names = (START_SHEET, LISTS_SHEET, IDENTITY_SHEET, *(OWN_SHEETS if own else ()))
    return {name.casefold() for name in names}


def cover_block(fields: tuple[Field, ...], taken: set[str]) -> Block:
    """Return the block of these cover fields; the name of its sheet is added to ``taken``."""
    columns = (
        Column("ref", KEY_HEADER, 16, "key"),
        Column("label", "What we need", 34, "fixed"),
        Column(ANSWER, "Your answer", 46, "answer"),
        Column("help", "Help", 46, "fixed"),
        Column("status", "Still needed", 24, "status"),
    )
    slots = tuple(Slot(f.id, ANSWER, f, FIRST_ROW + i, 2) for i, f in enumerate(fields))
    sheet = sheet_name(COVER_SHEET, taken)
    return Block(COVER, sheet, "About you and sign-off", None, columns, tuple(f.id for f in fields), slots)


def section_block(
    audit: Audit, section: Section, number: int, taken: set[str], own: tuple[Column, ...] = ()
) -> Block:
    """Return the block of a section; the name of its sheet is added to ``taken``."""
    if section.events is not None:
        return _events_block(section, section.events.rows, number, taken)
    make = (
        _numbers_columns if section.is_numbers else _survey_columns if section.is_survey else _ratings_columns
    )
    columns = make(audit, section, own)
    first_answer = next(i for i, column in enumerate(columns) if column.role == "answer")
    slots = tuple(
        Slot(question.id, field.id, field, FIRST_ROW + i, first_answer + j)
        for i, question in enumerate(section.questions)
        for j, field in enumerate(audit.fields_of(section, question))
    )
    sheet = sheet_name(f"{number} {section.title}", taken)
    keys = tuple(question.id for question in section.questions)
    return Block(section.id, sheet, f"{number}  {section.title}", section, columns, keys, slots)


def _ratings_columns(audit: Audit, section: Section, own: tuple[Column, ...]) -> tuple[Column, ...]:
    responses = audit.responses_of(section)
    columns = [
        Column("ref", KEY_HEADER, 8.5, "key"),
        Column("question", QUESTION_HEADER, 40, "fixed"),
    ]
    if any(question.descriptors for question in section.questions):
        columns.append(Column("descriptors", "Choosing a rating", 34, "fixed"))
    needed = {
        **dict.fromkeys(OWN_RATINGS, audit.rating_field(section) is not None),
        CARRIED_FROM: any(field.role == CARRIED_ROLE for field in responses),
    }
    columns += [column for column in own if needed.get(column, True)]
    columns += [Column(f.id, f.label, f.width or kind_of(f).WIDTH, "answer") for f in responses]
    return (*columns, Column("status", "Still needed", 16, "status"))


def _numbers_columns(audit: Audit, section: Section, own: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns of a section of numbers: the number of each row has a field of its own."""
    measures = [q.measure for q in section.questions if q.measure is not None]
    columns = [
        Column("ref", KEY_HEADER, 8.5, "key"),
        Column("question", "What to give", 46, "fixed"),
    ]
    if any(unit_of(measure) for measure in measures):
        columns.append(Column("unit", "Unit", 14, "fixed"))
    if any(when(measure) for measure in measures):
        columns.append(Column("period", "For when", 20, "fixed"))
    columns += [replace(column, width=OWN_WIDTH) for column in own if column is LAST_SAID]
    return (*columns, *_answer_columns(audit, section))


def _survey_columns(audit: Audit, section: Section, own: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns of a section of a survey: each row has an answer of its own kind."""
    columns = [
        Column("ref", KEY_HEADER, 11, "key"),
        Column("question", "Question", 46, "fixed"),
    ]
    if any(not is_first(question.id) for question in section.questions):
        columns.append(Column(CHOICE, "Yes for each that applies", 34, "fixed"))
    columns += [replace(column, width=OWN_WIDTH) for column in own if column is LAST_SAID]
    return (*columns, *_answer_columns(audit, section))


def _answer_columns(audit: Audit, section: Section) -> Iterator[Column]:
    """Yield the answer columns of a section whose questions have fields of their own, and the status."""
    for f in audit.responses_of(section):
        width = f.width or NUMBERS_WIDTHS.get(f.id) or kind_of(f).WIDTH
        yield Column(f.id, f.label, width, "answer")
    yield Column("status", "Still needed", 20, "status")


def _events_block(section: Section, count: int, number: int, taken: set[str]) -> Block:
    """Return the block of a table of events. No question's key has a colon, so none is taken for a row."""
    keys = tuple(f"{section.id}:{n}" for n in range(1, count + 1))
    columns = (
        Column("ref", KEY_HEADER, max(8.5, len(keys[-1]) + 2.5), "key"),
        *(Column(f.id, f.label, f.width or kind_of(f).WIDTH, "answer") for f in section.responses),
        Column("status", "Still needed", 20, "status"),
    )
    slots = tuple(
        Slot(key, field.id, field, FIRST_ROW + i, 1 + j)
        for i, key in enumerate(keys)
        for j, field in enumerate(section.responses)
    )
    title = f"{number}  {section.title}"
    return Block(
        section.id, sheet_name(f"{number} {section.title}", taken), title, section, columns, keys, slots
    )


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a sheet name that Excel allows, as near to ``wanted`` as it can be, cut at a word.

    The name is added to ``taken``, which holds those of the other sheets, folded.
    """
    name = "".join(" " if c in "[]:*?/\\" else c for c in wanted).strip("' ")
    if len(name) > SHEET_NAME_LIMIT:
        words = name[: SHEET_NAME_LIMIT + 1].split(" ")[:-1] or [name[:SHEET_NAME_LIMIT]]
        while len(words) > 2 and words[-1].casefold() in SMALL_WORDS:
            words.pop()
        name = " ".join(words).rstrip(" ,&-")
    base, n = name, 2
    while name.casefold() in taken:
        name, n = f"{base[: SHEET_NAME_LIMIT - 4]} ({n})", n + 1
    taken.add(name.casefold())
    return name
