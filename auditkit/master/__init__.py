"""The master workbook: unlocked, live where officers edit, written from the tables only."""

from __future__ import annotations

from auditkit.master.apart import Begin, writer
from auditkit.master.sheets import SHEETS
from auditkit.master.write import workbook, write

__all__ = ["SHEETS", "Begin", "workbook", "write", "writer"]
