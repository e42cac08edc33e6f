"""The Excel form for tests: the small audit of its guide, of which a test changes what it is about."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from auditkit.definition import check, forms
from auditkit.definition.xlsx.example import EXAMPLE

Grid = list[list[Any]]


def form(folder: Path, **sheets: Grid | None) -> Path:
    """Make an audit.xlsx of plain cells; None leaves a sheet out, and a sheet of another name is added."""
    path = folder / "audit.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        date, time = (book.add_format({"num_format": shown}) for shown in ("dd/mm/yyyy", "hh:mm"))
        for name, grid in {**EXAMPLE, **sheets}.items():
            if grid is None:
                continue
            tab = book.add_worksheet(name)
            for row, line in enumerate(grid):
                for col, cell in enumerate(line):
                    style = date if isinstance(cell, dt.date) else time if isinstance(cell, dt.time) else None
                    tab.write(row, col, cell, style)
    return path


def changed(name: str, *cells: tuple[str, Any]) -> Grid:
    """Return a sheet of the example with other cells: ``("B3", "text")``."""
    grid = [list(line) for line in EXAMPLE[name]]
    for address, value in cells:
        col, row = ord(address[0]) - 65, int(address[1:]) - 1
        while row >= len(grid):
            grid.append([])
        grid[row] += [""] * (col + 1 - len(grid[row]))
        grid[row][col] = value
    return grid


def wrong(folder: Path, **sheets: Grid | None) -> list[str]:
    """Return what is wrong with a form, each as ``sheet cell | message``."""
    path = form(folder, **sheets)
    problems = check.all_problems(forms.reading(path))
    return [f"{short(problem.place)} | {problem.message}" for problem in problems]


def short(place: str) -> str:
    """Return ``sheet 'scales', cell B2`` as ``scales B2``."""
    return place.replace("sheet '", "").replace("', cell", "").removesuffix("'")
