from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from auditkit.errors import ProblemsError
from auditkit.register.table import Row
from auditkit.register.xlsx import rows


def written(folder: Path, *sheets: tuple[str, list[list[Any]]], number_format: str = "General") -> Path:
    path = folder / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        style = book.add_format({"num_format": number_format})
        for name, table in sheets:
            sheet = book.add_worksheet(name)
            for n, cells in enumerate(table):
                for m, cell in enumerate(cells):
                    sheet.write(n, m, cell, style)
    return path


def cells(folder: Path, *values: Any, number_format: str = "General") -> tuple[str, ...]:
    (row,) = rows(written(folder, ("Sheet1", [list(values)]), number_format=number_format))
    return row.cells


def test_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    assert cells(tmp_path, 101.0, 101, "007", 1.5, True, False, " a\nb ", 1e20) == (
        *("101", "101", "007", "1.5", "TRUE", "FALSE", "a b", "1e+20"),
    )


def test_gaps(tmp_path: Path) -> None:
    assert cells(tmp_path, "a", None, "c") == ("a", "", "c")


def test_leading_zeros_that_a_format_shows(tmp_path: Path) -> None:
    assert cells(tmp_path, 7, 12345, -7, 1.5, number_format="0000") == ("0007", "12345", "-7", "1.5")
    assert cells(tmp_path, 7, number_format="000;-000") == ("007",)
    assert cells(tmp_path, 7, number_format="0.00") == ("7",)


def test_dates(tmp_path: Path) -> None:
    assert cells(tmp_path, dt.datetime(2026, 9, 1), number_format="yyyy-mm-dd") == ("01/09/2026",)


def test_the_register_is_found_by_its_name_or_comes_first(tmp_path: Path) -> None:
    assert rows(written(tmp_path, ("Notes", [["x"]]), ("Register ", [["id"], ["1"]])))[1] == Row(2, ("1",))
    assert rows(written(tmp_path, ("Agencies", [["id"]]), ("Notes", [["x"]]))) == [Row(1, ("id",))]


def test_blank_rows_are_counted(tmp_path: Path) -> None:
    found = rows(written(tmp_path, ("Sheet1", [["id"], [], ["1"]])))
    assert [(row.number, row.cells) for row in found if any(row.cells)] == [(1, ("id",)), (3, ("1",))]


def test_a_sheet_that_is_wrong_about_its_size(tmp_path: Path) -> None:
    path = written(tmp_path, ("Sheet1", [["id", "name"], ["1", "A"]]))
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(b'<dimension ref="A1:B2"/>', b'<dimension ref="A1"/>'))
    assert [row.cells for row in rows(other)] == [("id", "name"), ("1", "A")]


def test_files_that_arent_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 and so on")
    with pytest.raises(ProblemsError, match=r"has a password or is in the old \.xls form"):
        rows(path)
    path.write_bytes(b"id,name\n")
    with pytest.raises(ProblemsError, match="can't be read"):
        rows(path)


def test_a_workbook_that_blows_up_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ("Sheet1", [["id"]]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet2.xml", b" " * 20_000_000)
    with pytest.raises(ProblemsError, match="copy the list into a new one"):
        rows(path)
