"""Files that an officer names and got from others: whatever they are, the command ends in words that help."""

from __future__ import annotations

import os
from collections.abc import Callable
from csv import field_size_limit
from pathlib import Path

import pytest
import xlsxwriter

from auditkit.definition import yaml_source
from auditkit.definition.xlsx import source
from auditkit.errors import AuditkitError, ProblemsError
from auditkit.forms import workbook
from auditkit.register import csv, xlsx
from auditkit.register.gias import extract, rules

FILES: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("audit.yaml", yaml_source.read),
    ("audit.xlsx", source.read),
    ("form.xlsx", workbook.read),
    ("register.csv", csv.rows),
    ("register.xlsx", xlsx.rows),
    ("edubasealldata.csv", lambda path: extract.read(path, rules.read(None), ("888",), ())),
)
WORKBOOKS: tuple[Callable[[Path], object], ...] = (source.read, workbook.read, xlsx.rows)


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small file in which 3,000 cells show the same long text: 90 MB of it."""
    path = tmp_path_factory.mktemp("bomb") / "audit.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("settings")
        for row in range(3000):
            sheet.write(row, 0, "long " * 6000)
    assert path.stat().st_size < 100_000
    return path


@pytest.mark.parametrize("read", WORKBOOKS)
def test_a_text_that_thousands_of_cells_show_is_not_multiplied(
    repeated: Path, read: Callable[[Path], object]
) -> None:
    with pytest.raises(AuditkitError, match="the same long texts in cell after cell"):
        read(repeated)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among files")
@pytest.mark.parametrize(("name", "read"), FILES)
def test_a_pipe_is_refused_and_not_waited_for(
    tmp_path: Path, name: str, read: Callable[[Path], object]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / name).symlink_to("pipe")
    with pytest.raises(AuditkitError, match="no ordinary file"):
        read(tmp_path / name)


# Each is a few bytes and a share of megabytes: a text as a heading, cells, blank rows, a row without end.
LISTS = (
    (b"x", 1_000_000, b"\n1\n"),
    (b"id,name", 4_000_000, b""),
    (b"id,name\n", 4_000_000, b""),
    (b"id,name\n1", 4_000_000, b"\n"),
)
FILLS = (b"x", b",", b"\n", b",")


@pytest.mark.parametrize("name", ["register.csv", "edubasealldata.csv"])
@pytest.mark.parametrize(("case", "fill"), list(zip(LISTS, FILLS, strict=True)))
def test_a_list_of_millions_of_nothings_is_refused(
    tmp_path: Path, name: str, case: tuple[bytes, int, bytes], fill: bytes
) -> None:
    start, times, end = case
    path = tmp_path / name
    path.write_bytes(start + fill * times + end)
    field_size_limit(64 * 1024 * 1024)  # as reading a return leaves it
    with pytest.raises(ProblemsError) as refused:
        dict(FILES)[name](path)
    assert all(len(problem.message) < 300 for problem in refused.value.problems)
