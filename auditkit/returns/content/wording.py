"""Questions that don't read as they were issued."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.fields.plain import as_text
from auditkit.returns.blocks import Table
from auditkit.returns.content.seen import Seen, some
from auditkit.returns.model import Finding
from auditkit.returns.sheets import cell_name, filled
from auditkit.returns.words import plain

CODES = ("wording-altered",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all questions whose text in the file isn't the definition's."""
    altered = [
        (table.sheet.name, cell_name(row, col), name)
        for table in seen.extracted.tables
        for row, col, name, text in _texts(table)
        if not _begins(as_text(table.sheet.rows[row][col]), text)
    ]
    if altered:
        sheet, cell, name = altered[0]
        names = list(dict.fromkeys(name for _, _, name in altered))
        data = (("count", str(len(names))), ("questions", some(names)))
        yield Finding("wording-altered", seen.file, sheet, cell, name if len(names) == 1 else "", data=data)


def _begins(said: str, issued: str) -> bool:
    return said.startswith(issued) or plain(said).startswith(plain(issued))


def _texts(table: Table) -> Iterator[tuple[int, int, str, str]]:
    """Yield where each question or label stands, how findings name it, and how it was issued."""
    section = table.block.section
    if section is None:
        issued = {s.row_key: (s.field.label, s.field.label) for s in table.block.slots}
        columns = [col for col, key in table.fixed.items() if key == "label"]
    else:
        issued = {q.id: (q.id, q.text) for q in section.questions}
        columns = [col for col, key in table.fixed.items() if key == "question"]
    for row, key in table.rows.items():
        for col in columns:
            # An emptied cell misleads nobody: the question was read before.
            if filled(table.sheet.rows[row][col]):
                yield row, col, *issued[key]
