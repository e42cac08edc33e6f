"""The returns that LibreOffice saved, saved again by other programs: the same answers."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.round import Round
from auditkit.tables import Collation, Tables, build, differences
from auditkit.workbook.layout import IDENTITY_SHEET
from tests.apps.resave import WRITERS, resave
from tests.end_to_end.conftest import Filled
from tests.end_to_end.respondent import TEXTS
from tests.frames import frame

pytestmark = pytest.mark.filterwarnings("ignore:.*not supported and will be removed")

# What these programs themselves make of text that looks like XML's own spelling: they undo it once too often.
ESCAPES = [text for text in TEXTS if "_x000D_" in text or "&amp;" in text]
UNDONE = {text.replace("_x000D_", "\r").replace("&amp;", "&"): text for text in ESCAPES}


@pytest.fixture(scope="module")
def tables_of(section11: Round, as_at: dt.date) -> Callable[[Path], Tables]:
    def read(folder: Path) -> Tables:
        round_ = section11
        returns = read_returns(
            folder, Basis(round_.audit, round_.recipients, round_.settings.id, round_.key())
        )
        collation = Collation(round_.settings, round_.audit, round_.recipients, returns, as_at)
        tables = build(collation)
        assert differences(collation, tables) == ()
        return tables

    return read


@pytest.fixture(scope="module")
def untouched(
    tables_of: Callable[[Path], Tables], section11: Round, filled: dict[str, Filled]
) -> dict[str, pd.DataFrame]:
    return compared(tables_of(section11.returns))


def compared(tables: Tables) -> dict[str, pd.DataFrame]:
    """Return what must not depend on who saved the files: not their times, nor their bytes."""
    returns = frame(tables.returns).drop(columns=["saved", "sha256"])
    same = {
        "answers": frame(tables.answers),
        "cover": frame(tables.cover),
        "ratings": frame(tables.ratings),
        "results": frame(tables.results),
    }
    return {**same, "actions": frame(tables.actions), "findings": frame(tables.findings), "returns": returns}


def differences_of(found: pd.DataFrame, expected: pd.DataFrame) -> list[tuple[Any, Any]]:
    """Return the rows that differ, as pairs; text that the program itself altered is put right first."""
    pairs = zip_longest(*(frame.itertuples(index=False, name=None) for frame in (found, expected)))
    return [
        (one, other)
        for one, other in pairs
        if one is None or other is None or repr([UNDONE.get(v, v) for v in one]) != repr(list(other))
    ]


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_answers_whoever_saved_the_files(
    writer: str,
    tables_of: Callable[[Path], Tables],
    untouched: dict[str, pd.DataFrame],
    filled: dict[str, Filled],
    tmp_path: Path,
) -> None:
    copies = resave([one.file for one in filled.values()], writer, tmp_path)
    # Who, round and signature travel on a very hidden sheet: each of these programs keeps it.
    for copy in copies.values():
        assert IDENTITY_SHEET in openpyxl.load_workbook(copy, read_only=True).sheetnames
    found = compared(tables_of(tmp_path))
    assert set(found["returns"]["outcome"]) == {"accepted"}
    for name, expected in untouched.items():
        assert differences_of(found[name], expected)[:3] == []


@pytest.mark.parametrize("writer", WRITERS)
def test_a_return_saved_by_one_program_after_another(
    writer: str, tables_of: Callable[[Path], Tables], filled: dict[str, Filled], tmp_path: Path
) -> None:
    one = filled["S11-020"].file
    (tmp_path / "as it was").mkdir()
    shutil.copy(one, tmp_path / "as it was")
    last = one
    for n, program in enumerate((writer, *WRITERS)):
        last = resave([last], program, tmp_path / str(n))[last]
    before, after = (frame(tables_of(folder).answers) for folder in (tmp_path / "as it was", last.parent))
    assert len(after) > 200
    assert differences_of(after, before)[:3] == []
