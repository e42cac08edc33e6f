from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.errors import ProblemsError
from auditkit.register.table import cleaned, content


def test_cells_are_cleaned() -> None:
    assert cleaned(" St\u00a0Mary's\r\n Primary\t\x07School\ufeff\u200b ") == "St Mary's Primary School"


@given(st.text())
def test_cleaning_leaves_one_line_and_is_done_once(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert once == once.strip()
    assert once.isprintable() or not once.isascii()


def test_files_that_cant_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="there is no such file in"):
        content(tmp_path / "register.csv")
    with pytest.raises(ProblemsError, match="can't be opened"):
        content(tmp_path)
    large = tmp_path / "register.csv"
    with large.open("wb") as file:
        file.truncate(21_000_000)
    with pytest.raises(ProblemsError, match="this file is 21 MB, and no more than 20 MB is read"):
        content(large)
