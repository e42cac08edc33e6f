from __future__ import annotations

import pytest

from auditkit.returns.sheets import Sheet, cell_name, filled, marks


@pytest.mark.parametrize(
    ("row", "col", "name"),
    [
        (0, 0, "A1"),
        (2, 25, "Z3"),
        (0, 26, "AA1"),
        (9, 701, "ZZ10"),
        (9, 702, "AAA10"),
        (1048575, 16383, "XFD1048576"),
    ],
)
def test_cells_are_named_as_spreadsheets_name_them(row: int, col: int, name: str) -> None:
    assert cell_name(row, col) == name


@pytest.mark.parametrize("cell", [None, "", " ", " \n\t", "\u00a0"])
def test_nothing_and_spaces_are_blank(cell) -> None:
    assert not filled(cell)


@pytest.mark.parametrize("cell", ["x", " x ", 0.0, False, "-"])
def test_anything_that_can_be_seen_is_filled(cell) -> None:
    assert filled(cell)


def test_marks_are_found_anywhere() -> None:
    sheet = Sheet("S", [["", 5.0, "see auditkit:GOV"], ["", " auditkit:GOV ", True], ["auditkit::cover"]])
    assert [(m.row, m.col, m.name) for m in marks([sheet])] == [(1, 1, "GOV"), (2, 0, ":cover")]
