"""Sheets → answers, by key and never by position."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from auditkit.definition.wording import listed
from auditkit.fields import Typed
from auditkit.fields.plain import as_text
from auditkit.returns import events
from auditkit.returns.blocks import Table, named, tables
from auditkit.returns.findings import shown
from auditkit.returns.model import Answer, Finding, Note
from auditkit.returns.notes import notes
from auditkit.returns.sheets import Mark, Sheet, cell_name
from auditkit.workbook.identity import SHEET_MARKER
from auditkit.workbook.layout import COVER, MARKER, OWN_MARK, Block, Layout, Slot

# What the keys of blocks look like: ids, and what stands before or between them.
KEY = re.compile(r"[A-Za-z0-9._:@/-]{1,80}")

# Where an answer stood, and what was typed there.
Place = tuple[str, str, Typed]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Extracted:
    """The answers of a file, not yet parsed (every ``value`` is None), in the order of the layout.

    ``missing`` holds block id and row key of every row that the file no longer has, ``contradicted`` the
    keys (block, row and column) that it answers in two different ways. ``notes`` is what was typed outside
    the answer cells of ``tables``.
    """

    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    missing: frozenset[tuple[str, str]]
    contradicted: frozenset[Key]
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()


def extract(
    file: str,
    marks: tuple[Mark, ...],
    layout: Layout,
    sheets: tuple[Sheet, ...] = (),
    shown: frozenset[bytes] | None = None,
) -> Extracted:
    """Read the answers of a file.

    Args:
        file: The file, as findings name it.
        marks: The marks in its sheets (see :func:`auditkit.returns.sheets.marks`).
        layout: What the recipient is asked.
        sheets: All its sheets, for notes on those without a mark; by default those with one.
        shown: The digests of what its recipient was shown of last time; None if that isn't known.

    Returns:
        Every answer cell that isn't blank, with findings for keys that are missing, unknown, or there twice.
    """
    found, strange = tables(layout, marks)
    found = events.with_rows(found)
    all_sheets = sheets or tuple({id(mark.sheet): mark.sheet for mark in marks}.values())
    return gathered(file, found, strange, layout, notes(file, all_sheets, found, marks, shown))


def gathered(
    file: str,
    found: tuple[Table, ...],
    strange: tuple[Mark, ...],
    layout: Layout,
    beside: tuple[tuple[Note, ...], tuple[Finding, ...]],
) -> Extracted:
    """Read the answers in tables that were found.

    Args:
        file: The file, as findings name it.
        found: The answer tables, each with its block of the layout.
        strange: The marks of none.
        layout: What the recipient is asked.
        beside: What was typed outside the answer cells, and findings on it.

    Returns:
        Every answer cell that isn't blank, with findings for keys that are missing, unknown, or there twice.
    """
    places: dict[Key, list[Place]] = {}
    for table in found:
        block_id, sheet = table.block.id, table.sheet.name
        for row, row_key in table.rows.items():
            for col, column_key, typed in table.cells(row, table.columns):
                place = (sheet, cell_name(row, col), typed)
                places.setdefault((block_id, row_key, column_key), []).append(place)
    answers: list[Answer] = []
    contradicted: set[Key] = set()
    findings = [*_missing(file, layout, found), *_strange(file, strange)]
    for table in found:
        findings += _odd(file, table)
    for block in layout.blocks:
        findings += _twice(file, block, found)
        for slot in events.slots(block, found):
            key = (block.id, slot.row_key, slot.column_key)
            if key in places:
                answer, finding = _answer(file, block, slot, places[key])
                answers.append(answer)
                if finding is not None:
                    findings.append(finding)
                    contradicted.add(key)
    present = {(table.block.id, key) for table in found for key in table.rows.values()}
    kept, left = beside
    return Extracted(
        tuple(answers),
        (*findings, *left),
        layout.rows - present,
        frozenset(contradicted),
        found,
        kept,
    )


def question(block: str, slot_row: str, label: str) -> str:
    """Return how findings name a row: the question's id, or the label of a cover field."""
    return label if block == COVER else slot_row


def _answer(file: str, block: Block, slot: Slot, places: list[Place]) -> tuple[Answer, Finding | None]:
    sheet, cell, typed = places[0]
    if len(places) == 1:
        return Answer(block.id, slot.row_key, slot.column_key, slot.field, typed, None, sheet, cell), None
    also = tuple((other_sheet, other_cell) for other_sheet, other_cell, _ in places[1:])
    key = (block.id, slot.row_key, slot.column_key)
    same = all(type(other) is type(typed) and other == typed for _, _, other in places)
    if same:
        return Answer(*key, slot.field, typed, None, sheet, cell, also), None
    everything = "\n".join(f"{s} {c}: {as_text(t)}" for s, c, t in places)
    brief = "; ".join(f"“{shown(t)}” ({s}, {c})" for s, c, t in places)
    name = question(block.id, slot.row_key, slot.field.label)
    finding = Finding("key-twice-differs", file, sheet, cell, name, shown(typed), (("answers", brief),))
    return Answer(*key, slot.field, everything, None, sheet, cell, also), finding


def _twice(file: str, block: Block, found: tuple[Table, ...]) -> list[Finding]:
    """Return one note for a block whose keys stand in several places; blank copies are no contradiction."""
    own = [table for table in found if table.block is block]
    rows = Counter(key for table in own for key in table.rows.values())
    columns_twice = any(len(table.columns) > len(set(table.columns.values())) for table in own)
    twice = [key for key in block.row_keys if rows[key] > (0 if columns_twice else 1)]
    if not twice:
        return []
    data = (("questions", listed([named(block, key) for key in twice], "and")),)
    return [Finding("key-twice", file, own[-1].sheet.name, data=data)]


def _missing(file: str, layout: Layout, found: tuple[Table, ...]) -> list[Finding]:
    findings: list[Finding] = []
    sheets = []
    for block in layout.blocks:
        own = [table for table in found if table.block is block]
        if not own:
            sheets.append(block.title)
            continue
        rows = {key for table in own for key in table.rows.values()}
        columns = {key for table in own for key in table.columns.values()}
        sheet = own[0].sheet.name
        # Whoever deletes a row of events, or never had it, has fewer events.
        gone = [] if block.is_events else [key for key in block.row_keys if key not in rows]
        if gone:
            data = (("questions", listed([named(block, key) for key in gone], "and")),)
            findings.append(Finding("missing-rows", file, sheet, data=data))
        headers = [c.header for c in block.columns if c.role == "answer" and c.key not in columns]
        if headers:
            findings.append(
                Finding("missing-columns", file, sheet, data=(("columns", listed(headers, "and")),))
            )
    if sheets:
        findings.insert(0, Finding("missing-sheets", file, data=(("sheets", "; ".join(sheets)),)))
    return findings


def _strange(file: str, strange: tuple[Mark, ...]) -> list[Finding]:
    return [
        Finding(
            "unknown-sheet", file, m.sheet.name, cell_name(m.row, m.col), data=(("key", _quoted(m.name)),)
        )
        for m in strange
        if MARKER + m.name not in (SHEET_MARKER, OWN_MARK)
    ]


def _quoted(key: str) -> str:
    """Return a key as a finding may show it: what looks like none may be anything that somebody typed."""
    return key if KEY.fullmatch(key) else "…"


def _odd(file: str, table: Table) -> list[Finding]:
    """Return findings for what was typed under a key that isn't asked, or under none."""
    sheet = table.sheet.name
    findings: list[Finding] = []
    for row, key in table.odd_rows.items():
        for col, _, typed in table.cells(row, table.columns):
            code = "unknown-row" if key else "unkeyed-row"
            named = (("key", key),) if key else ()
            findings.append(Finding(code, file, sheet, cell_name(row, col), key, shown(typed), named))
    for col, key in table.odd_columns.items():
        rows = [row for row in table.rows if table.cells(row, {col: key})]
        if rows:
            data = (("key", key), ("count", str(len(rows))))
            findings.append(Finding("unknown-column", file, sheet, cell_name(rows[0], col), data=data))
    return findings
