from __future__ import annotations

import csv as standard
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.errors import ProblemsError
from auditkit.register.csv import rows
from auditkit.register.table import Row


def read(folder: Path, content: str | bytes) -> list[Row]:
    path = folder / "register.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return rows(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, end: str) -> None:
    text = end.join([f"id{delimiter}name", "", f'007{delimiter}"Leeds, {delimiter}""North"""', ""])
    assert read(tmp_path, text) == [
        Row(1, ("id", "name")),
        Row(2, ()),
        Row(3, ("007", f'Leeds, {delimiter}"North"'.replace("\t", ""))),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, "id,name\n1,Café – “x”\n".encode(encoding))[1] == Row(2, ("1", "Café – “x”"))


def test_the_line_by_which_excel_names_the_delimiter(tmp_path: Path) -> None:
    assert read(tmp_path, "sep=;\nid;name, or so\n1;A\n") == [
        Row(2, ("id", "name, or so")),
        Row(3, ("1", "A")),
    ]


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    assert read(tmp_path, 'id,name\n1,"two\nlines"\n2,B\n')[2] == Row(3, ("2", "B"))
    assert read(tmp_path, "") == []


def test_quotation_marks_that_would_swallow_recipients(tmp_path: Path) -> None:
    for text in ('id,name\n1,"A\n2,B\n3,C\n', 'id,name\n1,"A"x\n2,B\n'):
        with pytest.raises(
            ProblemsError, match=r"^register\.csv, row 2: a quotation mark opens in or near this row"
        ):
            read(tmp_path, text)


def test_another_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="isn't a CSV file"):
        read(tmp_path, "id\0name")


CELLS = st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4), st.sampled_from(",;\t"))
def test_what_a_program_writes_is_what_is_read(
    tmp_path: Path, table: list[list[str]], delimiter: str
) -> None:
    text = io.StringIO()
    standard.writer(text, delimiter=delimiter).writerows([["id", "name"], *table])
    assert [list(row.cells) for row in read(tmp_path, text.getvalue())] == [["id", "name"], *table]
