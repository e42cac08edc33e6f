"""Two ways of reading a master: as it was written, and as LibreOffice calculates it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.apps.libreoffice import LibreOffice, Value

Cells = dict[str, dict[str, str | float]]


def cached(path: Path) -> Cells:
    """Give what the formulas of the file show before anybody calculates, by sheet and address."""
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: values[sheet.title][cell.coordinate].value or ""
            if values[sheet.title][cell.coordinate].value != 0
            else 0
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        for sheet in formulas
    }


def recalculated(office: LibreOffice, path: Path, edits: dict[tuple[str, str], Value] | None = None) -> Cells:
    """Give every cell after LibreOffice made ``edits`` and calculated all formulas; none may show an error."""
    with office.open(path) as book:
        if edits:
            book.write(edits)
        book.recalculate()
        assert book.errors() == []
        return book.values()


def differences(before: Cells, after: Cells) -> list[str]:
    """List the formulas that LibreOffice calculates otherwise than they were written."""
    found = []
    for sheet, cells in before.items():
        for address, value in cells.items():
            now = after[sheet].get(address, "")
            same = now == value
            if isinstance(value, (int, float)) and isinstance(now, (int, float)):
                same = abs(now - value) < 1e-9
            if not same:
                found.append(f"{sheet}!{address}: {value!r} was written, {now!r} is calculated")
    return found
