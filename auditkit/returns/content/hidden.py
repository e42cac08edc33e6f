"""Answers in hidden rows, columns and sheets: easily overlooked by whoever signed the return off."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.seen import Seen, some
from auditkit.returns.model import Finding
from auditkit.returns.sheets import cell_name

CODES = ("hidden-answers",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all answers that can't be seen."""
    places = []
    for table in seen.extracted.tables:
        sheet = table.sheet
        if (
            not sheet.hidden
            and sheet.hidden_rows.isdisjoint(table.rows)
            and sheet.hidden_columns.isdisjoint(table.columns)
        ):
            continue
        for row in table.rows:
            for col, _, _ in table.cells(row, table.columns):
                if sheet.hidden or row in sheet.hidden_rows or col in sheet.hidden_columns:
                    places.append((sheet.name, cell_name(row, col)))
    if places:
        sheet_name, cell = places[0]
        data = (("count", str(len(places))), ("places", some([f"{s} {c}" for s, c in places])))
        yield Finding("hidden-answers", seen.file, sheet_name, cell, data=data)
