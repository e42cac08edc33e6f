"""The tables as files: other programs read them as they are, and nothing changes on the way."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from auditkit import exports
from auditkit.collate import collate
from auditkit.csv import restored, shielded
from auditkit.errors import AuditkitError
from auditkit.fields.plain import as_text
from auditkit.tables import SCHEMAS, YES, Tables, build
from auditkit.tables.table import DATE, NUMBER
from tests.filling import fill
from tests.master.rounds import AS_AT, audit, collation, people, returned, section, section11
from tests.rounds import small_round
from tests.test_csv import TEXTS

GUIDE = Path(__file__).parents[1] / "docs" / "officer" / "use-the-tables.md"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return build(section11())


@pytest.fixture(scope="module")
def folder(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("round") / "master"
    written = exports.write(folder, tables)
    assert sorted(folder.iterdir()) == sorted(written)
    return folder


@pytest.mark.parametrize("name", SCHEMAS)
def test_parquet_holds_every_value_with_its_type(folder: Path, tables: Tables, name: str) -> None:
    table, stored = getattr(tables, name), parquet.read_table(folder / f"{name}.parquet")
    for column in SCHEMAS[name].columns:
        values, held = list(table[column.name]), stored.column(column.name).to_pylist()
        if column.type == "any":
            assert held == [None if v is None else as_text(v) for v in values]
            numbers = stored.column(column.name + NUMBER).to_pylist()
            assert numbers == [v if isinstance(v, (int, float)) else None for v in values]
            dates = stored.column(column.name + DATE).to_pylist()
            assert dates == [v if isinstance(v, dt.date) else None for v in values]
        elif column.type == "yes or no":
            assert held == [None if v is None else v == YES for v in values]
        elif column.type == "date and time":
            assert held == values
        else:
            assert held == values


def test_no_table_is_newer_than_the_master(tables: Tables, tmp_path: Path) -> None:
    master, before = tmp_path / "master", build(collation(audit([section("GOV", 1)]), people(1), []))
    exports.write(master, before)
    held = {path.name: path.read_bytes() for path in master.iterdir()}
    with pytest.raises(AuditkitError), exports.begun(master, tables):
        raise AuditkitError("master.xlsx can't be written")
    assert {path.name: path.read_bytes() for path in master.iterdir()} == held


def test_a_folder_of_tables_that_cannot_be_made(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "master").write_text("a file")
    with exports.begun(tmp_path / "master", tables) as put, pytest.raises(AuditkitError, match="be made"):
        put()


@pytest.mark.parametrize("name", SCHEMAS)
def test_csv_says_the_same(folder: Path, name: str) -> None:
    content = (folder / f"{name}.csv").read_bytes()
    assert content.startswith(exports.BYTE_ORDER_MARK)
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    stored = parquet.read_table(folder / f"{name}.parquet")
    assert head == stored.column_names
    for n, (title, column) in enumerate(zip(head, stored.columns, strict=True)):
        if pa.types.is_string(column.type):
            texts = [restored(row[n]) for row in rows]
            assert texts == [text or "" for text in column.to_pylist()], title
        elif pa.types.is_floating(column.type):
            assert [float(row[n]) if row[n] else None for row in rows] == column.to_pylist(), title


def test_nothing_typed_comes_alive_or_is_lost(tmp_path: Path) -> None:
    whole = audit([section("A", 4)])
    typed = ["=1+1", "-Smith", "half \ud800 of one", 'says "no"; then\n=2']
    given = returned(whole, "R1", {(f"A-{n}", "evidence"): text for n, text in enumerate(typed, start=1)})
    exports.write(tmp_path / "master", build(collation(whole, people(1), [given])))
    kept = [text.replace("\ud800", "?") for text in typed]
    assert pd.read_parquet(tmp_path / "master/answers.parquet")["value"].tolist() == kept
    content = (tmp_path / "master/answers.csv").read_text(encoding="utf-8-sig")
    assert '"\'=1+1"' in content
    assert "\n'=2" in content


def test_the_guides_examples_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert [example.split()[1] for example in examples] == ["pandas", "duckdb"]
    monkeypatch.chdir(folder.parent)
    for example in examples:
        ran: dict[str, Any] = {}
        exec(example, ran)
        assert len(ran["found"]) > 0


def test_pandas_and_duckdb_read_them_as_they_are(folder: Path, tables: Tables) -> None:
    answers = pd.read_parquet(folder / "answers.parquet")
    assert len(answers) == len(tables.answers)
    overdue = duckdb.sql(f"select count(*) from '{folder}/actions.parquet' where due_date < date '{AS_AT}'")
    dated = [due for due in tables.actions["due"] if isinstance(due, dt.date) and due < AS_AT]
    assert overdue.fetchall() == [(len(dated),)]


def test_collate_writes_them_unless_the_master_is_locked(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "round")
    fill(round_, "A1", {("GOV", "GOV-1", "rating"): "● Green"}, "a.xlsx")
    collate(round_, round_.returns, as_at=AS_AT)
    folder = round_.tables
    assert {path.stem for path in folder.glob("*.parquet")} == set(SCHEMAS)
    for path in folder.iterdir():
        path.unlink()
    locked = replace(round_, settings=replace(round_.settings, master_password="larkspur two"))
    collate(locked, locked.returns, as_at=AS_AT)
    assert list(folder.iterdir()) == []


@given(st.lists(st.one_of(st.none(), TEXTS.filter(lambda text: not any(map(is_half, text))))))
def test_texts_are_shielded_many_at_a_time_as_each_would_be(texts: list[str | None]) -> None:
    column = exports._shielded(pa.array(texts, pa.string()))
    assert column.to_pylist() == [None if text is None else shielded(text) for text in texts]


def is_half(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"
