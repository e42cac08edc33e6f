"""The master of a large round is written by a process of its own, and is the same."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from auditkit import master
from auditkit.errors import AuditkitError
from auditkit.master import apart
from auditkit.returns.worker import Worker
from auditkit.tables import Tables, build
from tests.master.rounds import section11

ANSWERS = 7
posix = pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return build(section11())


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Worker[Any, Any]]:
    """Take any round for a large one; return the processes that come of it."""
    begun: list[Worker[Any, Any]] = []

    def worker(*args: Any, **more: Any) -> Worker[Any, Any]:
        begun.append(Worker(*args, **more))
        return begun[-1]

    monkeypatch.setattr(apart, "FEW", ANSWERS)
    monkeypatch.setattr(apart, "Worker", worker)
    return begun


def test_it_is_the_same_and_nothing_else_is_left(
    tmp_path: Path, tables: Tables, workers: list[Worker[Any, Any]]
) -> None:
    path = tmp_path / "master.xlsx"
    with master.writer(ANSWERS) as begin, begin(path, tables, tmp_path) as put:
        assert not path.exists()
        assert put() == path
    assert workers
    assert path.read_bytes() == master.workbook(tables)
    assert list(tmp_path.iterdir()) == [path]


def test_a_small_round_needs_no_process(
    tmp_path: Path, tables: Tables, workers: list[Worker[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "FEW", ANSWERS + 1)
    path = tmp_path / "master.xlsx"
    with master.writer(ANSWERS) as begin, begin(path, tables, tmp_path) as put:
        assert put() == path
    assert not workers
    assert path.read_bytes() == master.workbook(tables)


def test_without_a_word_no_master_is_written(
    tmp_path: Path, tables: Tables, workers: list[Worker[Any, Any]]
) -> None:
    path = tmp_path / "master.xlsx"
    with (
        pytest.raises(ZeroDivisionError),
        master.writer(ANSWERS) as begin,
        begin(path, tables, tmp_path),
    ):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@posix
def test_it_is_written_here_if_that_process_ends(
    tmp_path: Path, tables: Tables, workers: list[Worker[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_begin", _ends)
    path = tmp_path / "master.xlsx"
    with master.writer(ANSWERS) as begin, begin(path, tables, tmp_path) as put:
        assert put() == path
    assert path.read_bytes() == master.workbook(tables)
    assert list(tmp_path.iterdir()) == [path]


def test_what_keeps_it_from_being_written_is_told(
    tmp_path: Path, tables: Tables, workers: list[Worker[Any, Any]]
) -> None:
    path = tmp_path / "nowhere" / "master.xlsx"
    with (
        master.writer(ANSWERS) as begin,
        begin(path, tables, tmp_path) as put,
        pytest.raises(AuditkitError, match="can't be written"),
    ):
        put()


def _ends() -> Any:
    return _end


def _end(task: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)
    yield
