"""Formulas in answer cells."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.behind import as_typed
from auditkit.returns.content.seen import Seen, some
from auditkit.returns.findings import shown
from auditkit.returns.model import Finding
from auditkit.returns.sheets import cell_name

CODES = ("formula-typed",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all answers that are formulas; their value is what was read."""
    found = [
        (table.sheet.name, cell_name(row, col), formula)
        for table in seen.extracted.tables
        for (row, col), formula in table.sheet.formulas.items()
        if row in table.rows and col in table.columns
    ]
    if found:
        sheet, cell, _ = found[0]
        data = (
            ("count", str(len(found))),
            ("formulas", some([f"{place} {shown(as_typed(formula))}" for _, place, formula in found])),
        )
        yield Finding("formula-typed", seen.file, sheet, cell, data=data)
