"""Masters of rounds that are larger than a sheet of Excel, or than formulas follow with ease."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from auditkit import master
from auditkit.master import flat, places
from auditkit.tables import Collation, build
from tests.apps.libreoffice import LibreOffice
from tests.master.recalculated import cached, differences, recalculated
from tests.master.rounds import chance_ratings, collation, many_scales, people, rated, section11
from tests.master.test_rows import written

Grids = dict[str, list[list[Any]]]


def grids(content: bytes) -> Grids:
    book = python_calamine.load_workbook(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def every_scale() -> Collation:
    whole = many_scales("share", "percent with caps")
    returns = [rated(whole, f"R{k}", chance_ratings(whole, k)) for k in range(1, 9)]
    return collation(whole, people(9), returns)


@given(st.integers(1, 4), st.integers(1, 20))
@settings(deadline=None)
def test_every_row_stands_on_one_of_the_sheets(most: int, count: int) -> None:
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(flat, "MOST_ROWS", most)
        content = written([(f"row {n}", n) for n in range(count)])
    first, *rest = grids(content.getvalue()).items()
    assert [name for name, _ in (first, *rest)] == ["Sheet", *(f"Sheet {n + 2}" for n in range(len(rest)))]
    assert all(len(rows) == most + 1 for _, rows in (first, *rest)[:-1])
    assert [row for _, rows in (first, *rest) for row in rows[1:]] == [[f"row {n}", n] for n in range(count)]
    assert all(rows[0] == ["Text", "Count"] for _, rows in (first, *rest))


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    libreoffice: LibreOffice,
    ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = build(section11())
    whole = grids(master.workbook(tables))
    monkeypatch.setattr(flat, "MOST_ROWS", 50)
    path = master.write(tmp_path / "master.xlsx", tables)
    parts = grids(path.read_bytes())
    for name in ("Answers", "Actions", "Returns", "Queries"):
        own = [rows for part, rows in parts.items() if part.rstrip(" 0123456789") == name]
        assert [own[0][0], *(row for rows in own for row in rows[1:])] == whole[name]
    listed = [row[0] for row in parts["About"]]
    assert listed[listed.index("The sheets") + 1 :] == list(parts)
    assert "Answers 2" in listed
    assert parts["Summary"] == whole["Summary"]
    assert differences(cached(path), recalculated(libreoffice, path)) == []
    assert ooxml_errors([path]) == {}


@pytest.mark.parametrize(("limit", "value"), [("MOST_LIVE", 40), ("MOST_COLUMNS", 12)])
@pytest.mark.parametrize("round_", [section11, every_scale])
def test_a_round_too_large_for_formulas_shows_the_same_figures(
    libreoffice: LibreOffice,
    ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: int,
    round_: Callable[[], Collation],
) -> None:
    tables = build(round_())
    live = master.write(tmp_path / "live.xlsx", tables)
    wanted = recalculated(libreoffice, live)
    monkeypatch.setattr(places, limit, value)
    path = master.write(tmp_path / "fixed.xlsx", tables)
    assert not any(cached(path).values())
    assert ooxml_errors([path]) == {}
    shown = grids(path.read_bytes())
    fixed = {sheet.title: sheet for sheet in load_workbook(path)}
    columns = {cell.value: cell.column_letter for cell in load_workbook(live)["Heatmap"][1]}
    cells = {
        name: {
            cell.coordinate: "" if cell.value is None else cell.value for row in fixed[name] for cell in row
        }
        for name in ("Summary", "Questions")
    }
    cells["Heatmap"] = {
        f"{columns[head.value]}{row}": "" if cell.value is None else cell.value
        for head in fixed["Heatmap"][1]
        for row, cell in enumerate(fixed["Heatmap"][head.column_letter], start=1)
    }
    assert differences(cells, wanted) == []
    assert [head for head in columns if head not in shown["Heatmap"][0]] == ["Row in Ratings"]
    said = [cell for row in shown["Ratings"][:2] for cell in row if cell]
    assert any("Heatmap, Questions and Summary hold the figures worked out" in cell for cell in said)
    # The ratings themselves are all there: in the matrix, or else on Answers.
    if limit == "MOST_LIVE":
        assert shown["Ratings"][4:] == grids(live.read_bytes())["Ratings"][4:]
        assert not load_workbook(path)["Ratings"].data_validations.dataValidation
    else:
        assert "stands on Answers" in said[1]
