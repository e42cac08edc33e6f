"""A sheet of answers: the cover fields, or the questions of one section."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import ModuleType
from typing import Any

from xlsxwriter.format import Format

from auditkit.definition.model import Field, Question, Section
from auditkit.fields import Value, kind_of
from auditkit.heights import Text, row_height
from auditkit.workbook import status, wanted
from auditkit.workbook.book import Book
from auditkit.workbook.layout import (
    CARRIED_ROLE,
    COVER,
    FIRST_ROW,
    HEADER_ROW,
    INTRO_ROW,
    KEY_ROW,
    MARKER,
    PROGRESS_ROW,
    START_SHEET,
    TITLE_ROW,
    Block,
    Slot,
)
from auditkit.workbook.protection import LockedSheet
from auditkit.workbook.rows import descriptors, good, question_height
from auditkit.workbook.sheets import beside, colours, numbers, survey
from auditkit.workbook.style import STYLES

# Excel's limits on the texts of a data validation.
TITLE_LIMIT, MESSAGE_LIMIT = 32, 255
COVER_INTRO = "Who fills this in, whom we can ask, and the senior leader who signs it off."
# Where nobody's position is asked for at the sign-off, people sign for themselves.
OWN_INTRO = "Who fills this in and signs it."
UNSIGNED_INTRO = "Who fills this in."
PROGRESS_INTRO = "Who fills this in: what you change is recorded under your name."


def write(book: Book, block: Block) -> None:
    """Write the sheet of one block."""
    sheet = book.add_sheet(block.sheet)
    sheet.set_default_row(hide_unused_rows=False)
    for col, column in enumerate(block.columns):
        sheet.set_column(col, col, column.width)
    if block.section is None:
        needed = sum(slot.field.required for slot in block.slots)
        progress, now = f'{status.counted(block, status.NEEDED)}&" still needed"', f"{needed} still needed"
        roles = {slot.field.role for slot in block.slots}
        signed = OWN_INTRO if "signoff_name" in roles else UNSIGNED_INTRO
        intro = COVER_INTRO if "signoff_role" in roles else signed
        intro = PROGRESS_INTRO if book.issue.layout.is_progress else intro
        write_head(book, sheet, block, intro, progress, now)
    elif _rows_of(block.section):
        progress = f'{status.complete(block)}&" of "&{wanted.asked(block)}&" answered"'
        now = f"0 of {wanted.asked_at_first(block)} answered"
        write_head(book, sheet, block, block.section.intro, progress, now)
    else:
        count = len(block.row_keys)
        word = "updated" if book.issue.layout.is_progress else "answered"
        done = f'{status.answered(book, block)}&" of {count} {word}, "'
        progress, now = f'{done}&{status.complete(block)}&" complete"', f"0 of {count} {word}, 0 complete"
        write_head(book, sheet, block, block.section.intro, progress, now)
    _write_table(book, sheet, block)
    for slot in block.slots:
        write_answer(book, sheet, block, slot)
    colours.ratings(book, sheet, block)
    colours.own(book, sheet, block)
    colours.statuses(book, sheet, block)
    sheet.freeze_panes(FIRST_ROW, 3 if block.rows else 2)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, block.last_row, len(block.columns) - 1)
    first = min(block.slots, key=lambda slot: (slot.row, slot.col))
    sheet.set_selection(first.row, first.col, first.row, first.col)
    sheet.set_zoom(90)
    sheet.protect()


def write_head(
    book: Book, sheet: LockedSheet, block: Block, intro: str, progress: str = "", now: str = ""
) -> None:
    """Write what stands above a table: title, introduction, how far it is, and the keys of its columns.

    Args:
        book: The workbook.
        sheet: The sheet.
        block: The table.
        intro: The introduction.
        progress: The expression that says how far it is (no equals sign), if anything does.
        now: What that says as long as nothing is answered.
    """
    sheet.set_row(TITLE_ROW, 30)
    sheet.write_string(TITLE_ROW, 0, block.title, book.format("title"))
    _write_intro(book, sheet, block, intro)
    sheet.write_url(PROGRESS_ROW, 0, f"internal:'{START_SHEET}'!A1", book.format("nav"), "Contents")
    if progress:
        sheet.write_formula(PROGRESS_ROW, 1, f"={progress}", book.format("label"), now)
    sheet.write_string(KEY_ROW, 0, MARKER + block.id, book.format("hidden_key"))
    for col, column in enumerate(block.columns):
        if column.role == "answer":
            sheet.write_string(KEY_ROW, col, column.key, book.format("hidden_key"))
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})


def _write_intro(book: Book, sheet: LockedSheet, block: Block, intro: str) -> None:
    """Write the introduction; one that is longer than the table is broad goes on below, or print cuts it."""
    said = Text(intro, sum(column.width for column in block.columns), STYLES["subtitle"]["font_size"])
    height = row_height((said,))
    if height <= row_height((replace(said, text=""),)):
        sheet.write_string(INTRO_ROW, 0, intro, book.format("subtitle"))
        return
    sheet.merge_range(INTRO_ROW, 0, INTRO_ROW, len(block.columns) - 1, intro, book.format("long_subtitle"))
    sheet.set_row(INTRO_ROW, height)


def _write_table(book: Book, sheet: LockedSheet, block: Block) -> None:
    header = book.format("header")
    name = "AboutYou" if block.id == COVER else f"Standard_{book.issue.layout.blocks.index(block)}"
    sheet.add_table(
        HEADER_ROW,
        0,
        block.last_row,
        len(block.columns) - 1,
        {
            "name": name,
            "style": None,
            # A choice of a survey says nothing without its question in a row above.
            "autofilter": block.section is not None and not block.section.is_survey,
            "columns": [{"header": c.header, "header_format": header} for c in block.columns],
        },
    )
    sheet.set_row(HEADER_ROW, 32)
    before = ""
    for row, key in enumerate(block.row_keys, start=FIRST_ROW):
        sheet.write_string(row, 0, key, book.format("key"))
        if block.section is None:
            _write_cover_row(book, sheet, block, row, key)
            continue
        question = next(q for q in block.section.questions if q.id == block.about[key].question)
        # For another member of a pack a question stands below itself: whole, since a filter may show that row
        # alone, but not as loud.
        again, before = question.id == before, question.id
        own_rows = _rows_of(block.section)
        if own_rows is not None:
            own_rows.write_row(book, sheet, block, row, key, again=again)
        else:
            _write_question_row(book, sheet, block, row, question, again=again)
            formula = status.row_status(book, block, key)
            unconfirmed = (block.id, key) in book.issue.own.confirm
            now = status.UNCONFIRMED if unconfirmed else status.blank(book)
            sheet.write_formula(row, block.col("status"), formula, book.format("status"), now)
        whom = book.issue.whom(block.about[key])
        if whom:
            sheet.write_string(row, block.col("whom"), whom, book.format("fixed_strong"))
        beside.write(book, sheet, block, row, question_height(book.issue.audit, block, question, key, whom))


def _rows_of(section: Section) -> ModuleType | None:
    """Return what writes the rows of a section whose questions have fields of their own."""
    return numbers if section.is_numbers else survey if section.is_survey else None


def _write_cover_row(book: Book, sheet: LockedSheet, block: Block, row: int, key: str) -> None:
    field = next(slot.field for slot in block.slots if slot.row_key == key)
    sheet.write_string(row, block.col("label"), field.label, book.format("fixed"))
    sheet.write_string(row, block.col("help"), field.help, book.format("fixed"))
    width = {column.key: column.width for column in block.columns}
    sheet.set_row(row, row_height((Text(field.label, width["label"]),), (Text(field.help, width["help"]),)))
    now = status.NEEDED if field.required else status.OPTIONAL
    formula = status.cover_status(book, block, key)
    sheet.write_formula(row, block.col("status"), formula, book.format("status"), now)


def _write_question_row(
    book: Book, sheet: LockedSheet, block: Block, row: int, question: Question, *, again: bool
) -> None:
    assert block.section is not None
    name, run = book.format("again_run" if again else "bold_run"), book.format("run")
    fixed = book.format("fixed_again" if again else "fixed")
    said = good(question)
    if said:
        sheet.write_rich_string(row, block.col("question"), name, question.text, run, f"\n{said}", fixed)
    else:
        sheet.write_string(row, block.col("question"), question.text, fixed)
    if any(column.key == "descriptors" for column in block.columns):
        lines = descriptors(question, book.issue.audit.scale_of(block.section))
        _write_descriptors(book, sheet, (row, block.col("descriptors")), lines, again=again)


def _write_descriptors(
    book: Book, sheet: LockedSheet, place: tuple[int, int], lines: list[tuple[str, str]], *, again: bool
) -> None:
    fixed = book.format("fixed_again" if again else "fixed")
    name, run = book.format("run" if again else "bold_small_run"), book.format("run")
    if not lines:
        sheet.write_blank(*place, None, fixed)
        return
    runs: list[Any] = []
    for point, said in lines:
        runs += [name, f"\n{point}: " if runs else f"{point}: ", run, said]
    sheet.write_rich_string(*place, *runs, fixed)


def write_answer(book: Book, sheet: LockedSheet, block: Block, slot: Slot) -> None:
    """Write an answer cell: blank, with what may be typed in it."""
    own = book.issue.own
    if slot.field.role == CARRIED_ROLE and (block.id, slot.row_key) not in own.confirm:
        sheet.write_blank(slot.row, slot.col, None, book.format("fixed"))
        return
    own_rows = _rows_of(block.section) if block.section else None
    if own_rows is not None and own_rows.is_closed(block, slot):
        sheet.write_blank(slot.row, slot.col, None, book.format("closed"))
        return
    value = own.answers.get((block.id, slot.row_key, slot.column_key))
    _write_value(sheet, slot, value, book.format(kind_of(slot.field).FORMAT))
    name = slot.field.label if block.id == COVER else f"{slot.row_key} {slot.field.label}"
    sheet.data_validation(slot.row, slot.col, slot.row, slot.col, validation(book, slot.field, name))


def validation(book: Book, field: Field, name: str) -> dict[str, Any]:
    """Return what may be typed in the cells of a field, and what is said there; ``name`` is their title."""
    kind, audit = kind_of(field), book.issue.audit
    limits, choices = kind.limits(field, audit), book.choices_range(field)
    help_, error = field.help, ""
    if choices:
        help_ += " Pick from the list."
        error = f"{name}: please pick an answer from the list. Press Alt and the down arrow to open it."
    elif limits:
        help_ += f" Please enter {limits}."
        error = f"{name}: please enter {limits}."
    found = {
        **kind.validation(field, audit, f"={choices}"),
        "input_title": shortened(name, TITLE_LIMIT),
        "input_message": shortened(help_.strip() or f"{name}.", MESSAGE_LIMIT),
    }
    if error:
        found["error_title"] = shortened(name, TITLE_LIMIT)
        found["error_message"] = shortened(error, MESSAGE_LIMIT)
    return found


def _write_value(sheet: LockedSheet, slot: Slot, value: Value | None, style: Format) -> None:
    """Write an answer that is filled in beforehand; without one the cell is blank."""
    if value is None:
        sheet.write_blank(slot.row, slot.col, None, style)
    elif isinstance(value, str):
        sheet.write_string(slot.row, slot.col, value, style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(slot.row, slot.col, dt.datetime(value.year, value.month, value.day), style)
    else:
        sheet.write_number(slot.row, slot.col, value, style)


def shortened(text: str, limit: int) -> str:
    """Return ``text``, cut at a word with an ellipsis if it is longer than ``limit`` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"
