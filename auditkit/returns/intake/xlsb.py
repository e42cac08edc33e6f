"""Binary Excel workbooks: .xlsb."""

from __future__ import annotations

from auditkit.guard import office, records
from auditkit.guard.archive import stored
from auditkit.guard.limits import Limits
from auditkit.returns.intake import calamine, package, saved
from auditkit.returns.intake.incoming import Look
from auditkit.returns.sheets import Workbook

KIND = "a binary Excel workbook (.xlsb)"


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is a binary Excel workbook."""
    return look.archive is not None and "xl/workbook.bin" in look.names


def read(look: Look, limits: Limits) -> Workbook:
    """Return the sheets of a workbook, hidden ones too; UnreadableError if they can't be read."""
    assert look.archive is not None
    parts = office.parts(look.archive, limits)
    for name, data in parts.items():
        if name.endswith(".bin") and "worksheets/" in name:
            records.check_xlsb(data, limits)
    sheets = calamine.sheets(stored(parts), limits)
    return Workbook(sheets, saved.time(parts), contained=tuple(package.contained(look.archive)))
