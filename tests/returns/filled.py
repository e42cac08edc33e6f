"""A small audit, and returns of it in a few lines: cells to be changed at will and saved by any writer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
import xlsxwriter

from auditkit.definition.model import Audit, Field, Question, Rule, Section
from auditkit.definition.roll_up import Band, RollUp
from auditkit.definition.scale import NumberRange, Point, Scale
from auditkit.guard import Limits
from auditkit.register import Recipient
from auditkit.returns.intake import look, xlsx
from auditkit.returns.model import Return
from auditkit.returns.sheets import Sheet, Workbook
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.identity import COVER_LABEL, Identity
from auditkit.workbook.layout import (
    COVER,
    HEADER_ROW,
    IDENTITY_SHEET,
    KEY_ROW,
    MARKER,
    START_SHEET,
    Block,
    Layout,
    Slot,
)

KEY, ROUND = b"k" * 32, "s11-2026"
GREEN, AMBER, RED, NA = "● Green", "▲ Amber", "■ Red", "– N/A"
RAG = Scale(
    "rag",
    (
        Point("green", "Green", "#00AA00", "●", 2),
        Point("amber", "Amber", "#FFAA00", "▲", 1),
        Point("red", "Red", "#AA0000", "■", 0),
        Point("na", "N/A", "#DDDDDD", "–", not_applicable=True),
    ),
)
MARKS = Scale(
    "marks",
    (
        Point("high", "High", "#00AA00", at_least=60),
        Point("low", "Low", "#AA0000", at_least=0),
        Point("none", "Not ours", "#DDDDDD", not_applicable=True),
    ),
    numbers=NumberRange(0, 100, 5),
)
AUDIT = Audit(
    id="section11",
    title="Section 11",
    edition="2026",
    scales=(RAG, MARKS),
    responses=(
        Field("rating", "Rating", "rating", role="rating", scale="rag", required=True, noun="a rating"),
        Field("evidence", "Evidence", "text", role="evidence", noun="evidence"),
        Field("action", "Action", "text", role="action", noun="an action"),
        Field("due", "Due date", "date", role="due", noun="a due date"),
    ),
    cover=(
        Field("author", "Completed by", "person", role="author", required=True, noun="who completed it"),
        Field("nil", "Nil return?", "yes_no", role="nil_return"),
        Field("why", "Reason", "text", role="nil_reason", noun="the reason"),
        Field(
            "signed", "Signed off by", "person", role="signoff_name", required=True, noun="who signed it off"
        ),
    ),
    sections=(
        Section("GOV", "Governance", (Question("GOV-1", "Lead?"), Question("GOV-2", "Board?"))),
        Section(
            "POL",
            "Policing",
            (Question("POL-1", "Custody?"),),
            responses=(
                Field("mark", "Mark", "rating", role="rating", scale="marks"),
                Field("note", "Note", "text"),
            ),
            applies_to={"group": ("Police",)},
        ),
        Section(
            "NUM",
            "Numbers",
            (Question("NUM-1", "Staff?"), Question("NUM-2", "Trained?")),
            responses=(
                Field("count", "Count", "whole_number", required=True, minimum=0, maximum=500),
                Field("share", "Share", "percent"),
                Field("words", "Comment", "text"),
            ),
        ),
        Section(
            "OPEN",
            "Anything else",
            (Question("OPEN-1", "More?"),),
            responses=(Field("text", "Text", "text"),),
        ),
    ),
    roll_up=RollUp("mean", (Band(0, "red"),)),
    overall=RollUp("mean", (Band(0, "red"),)),
    groups=("Police", "Health"),
    rules=(
        Rule("plan", {"rating": ("red", "amber")}, ("action", "due"), "Red and Amber need a plan."),
        Rule("why", {"action": ("any",)}, ("evidence",), "An action needs evidence."),
        Rule("low", {"mark": ("low",)}, ("note",), "A low mark needs a note."),
    ),
    cover_rules=(),
)
POLICE, HEALTH = Recipient("P1", "Police", "Police"), Recipient("H1", "Health trust", "Health")
RECIPIENTS = (POLICE, HEALTH)

Answers = Mapping[tuple[str, str, str], Any]
Grids = dict[str, list[list[Any]]]

# Everything that Health is asked, answered so that nothing is left to say.
COMPLETE: Answers = {
    (COVER, "author", "answer"): "Jo Bloggs",
    (COVER, "signed", "answer"): "Sam Chief",
    ("GOV", "GOV-1", "rating"): GREEN,
    ("GOV", "GOV-2", "rating"): GREEN,
    ("NUM", "NUM-1", "count"): 12,
    ("NUM", "NUM-2", "count"): 3,
    ("OPEN", "OPEN-1", "text"): "Nothing more",
}


def layout_of(recipient: Recipient = HEALTH, audit: Audit = AUDIT) -> Layout:
    return layout_for(audit.for_recipient(recipient.row()))


def identity_of(recipient: Recipient = HEALTH, audit: Audit = AUDIT, round_id: str = ROUND) -> Identity:
    return Identity(round_id, recipient.id, audit.edition, 1, layout_of(recipient, audit).digest).signed(KEY)


def grids(
    answers: Answers, recipient: Recipient = HEALTH, audit: Audit = AUDIT, identity: Identity | None = None
) -> Grids:
    """Return the cells of a return: the first sheet, the answer tables, the identity."""
    identity = identity or identity_of(recipient, audit)
    found: Grids = {START_SHEET: [["Section 11"], [None], [COVER_LABEL, identity.reference]]}
    left = dict(answers)
    for block in layout_of(recipient, audit).blocks:
        width = len(block.columns)
        cells: list[list[Any]] = [[None] * width for _ in range(block.last_row + 1)]
        cells[0][0], cells[1][0], cells[2][1] = block.title, "What this is", "0 of 2 answered"
        cells[KEY_ROW][0] = MARKER + block.id
        cells[HEADER_ROW] = [column.header for column in block.columns]
        for slot in block.slots:
            cells[KEY_ROW][slot.col] = slot.column_key
            cells[slot.row][0], cells[slot.row][1] = slot.row_key, asked_at(block, slot)
            cells[slot.row][slot.col] = left.pop((block.id, slot.row_key, slot.column_key), None)
        found[block.sheet] = cells
    assert not left, f"nowhere to put {left}"
    found[IDENTITY_SHEET] = [list(row) for row in identity.rows()]
    return found


def asked_at(block: Block, slot: Slot) -> str:
    """Return the question or label on the row of an answer cell."""
    if block.section is None:
        return slot.field.label
    return next(q.text for q in block.section.questions if q.id == slot.row_key)


def saved(cells: Grids, writer: str = "xlsxwriter") -> bytes:
    """Return a workbook of these cells."""
    target = io.BytesIO()
    if writer == "openpyxl":
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in cells.items():
            sheet = book.create_sheet(name)
            for r, row in enumerate(rows, start=1):
                for c, value in enumerate(row, start=1):
                    if value is not None:
                        cell = sheet.cell(r, c, value)
                        if isinstance(value, str):
                            cell.data_type = "s"
        book.save(target)
        return target.getvalue()
    made = xlsxwriter.Workbook(target, {"default_date_format": "dd/mm/yyyy", "strings_to_urls": False})
    for name, rows in cells.items():
        sheet = made.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str) and value.startswith("{="):
                    sheet.write_formula(r, c, value[1:].split("}")[0], None, value.split("}")[1])
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
        if name == IDENTITY_SHEET:
            sheet.very_hidden()
    made.close()
    return target.getvalue()


def sheets(cells: Grids) -> tuple[Sheet, ...]:
    """Return the cells as they come in from a file."""
    return opened(saved(cells)).sheets


def opened(content: bytes) -> Workbook:
    """Return a workbook as it comes in from a file."""
    limits = Limits()
    return xlsx.read(look(content, limits), limits)


def as_sheets(cells: Grids) -> tuple[Sheet, ...]:
    """The same without a file between: rows of one length, blanks as empty text."""
    made = []
    for name, rows in cells.items():
        width = max((len(row) for row in rows), default=0)
        padded = [[*("" if c is None else c for c in row), *[""] * (width - len(row))] for row in rows]
        made.append(Sheet(name, padded))
    return tuple(made)


def codes(one: Return | Iterable[Any]) -> list[str]:
    """Return the codes of a return's findings."""
    return [finding.code for finding in (one.findings if isinstance(one, Return) else one)]


def values(one: Return) -> dict[tuple[str, str, str], Any]:
    """Return what was typed, by key."""
    return {(a.block, a.row_key, a.column_key): a.typed for a in one.answers}
