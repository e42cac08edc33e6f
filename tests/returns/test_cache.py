"""What was read is used again: only as long as it holds, and nothing else ever comes of it."""

from __future__ import annotations

import datetime as dt
import gc
import os
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from auditkit import program
from auditkit.decisions import Decision
from auditkit.encryption import encrypted
from auditkit.guard import Limits
from auditkit.returns import files, reading
from auditkit.returns import reader as reader_module
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.model import Return
from auditkit.returns.worker import LostError
from tests.corpus.zips import zipped
from tests.returns.filled import AUDIT, COMPLETE, HEALTH, KEY, POLICE, RECIPIENTS, ROUND, codes, grids, saved

GOOD = saved(grids(COMPLETE))
UNSIGNED = saved({name: rows for name, rows in grids(COMPLETE).items() if not name.startswith("_")})
WHEN = dt.datetime(2026, 10, 1, tzinfo=dt.timezone.utc).timestamp()
DAY = dt.date(2026, 12, 1)

Run = Callable[..., tuple[Return, ...]]


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    folder = tmp_path / "returns"
    folder.mkdir()
    for name, content in {
        "good.xlsx": GOOD,
        "unsigned.xlsx": UNSIGNED,
        "both.zip": zipped({"a.xlsx": GOOD, "b.xlsx": UNSIGNED}),
        "scan.pdf": b"%PDF-1.7",
        "~$good.xlsx": b"open",
    }.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, (WHEN, WHEN))
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are opened to be read, in any run."""
    found: list[str] = []
    read_file = reading.read_file

    def noted(task: reading.Task, *rest: Any, **more: Any) -> Any:
        found.append(task.found.file)
        return read_file(task, *rest, **more)

    monkeypatch.setattr(reading, "read_file", noted)
    return found


@pytest.fixture
def run(returns: Path, tmp_path: Path, parsed: list[str]) -> Run:
    """Read the folder with a cache; what comes must be what comes without one."""

    def run_(as_at: dt.date | None = None, **changed: Any) -> tuple[Return, ...]:
        basis = replace(Basis(AUDIT, RECIPIENTS, ROUND, KEY), **changed)
        read = partial(read_returns, returns, basis, as_at=as_at, isolated=False)
        anew = read()
        parsed.clear()
        assert read(cached=tmp_path / "returns.cache") == anew
        return anew

    return run_


def thrown(error: Exception) -> None:
    raise error


def decided(one: Return, kind: Any = "accept", recipient: str = "H1") -> dict[str, Decision]:
    return {
        one.sha256: Decision(1, kind, "Jo", "2026-10-02T00:00:00+00:00", "", one.file, one.sha256, recipient)
    }


def test_only_what_is_new_is_read(run: Run, parsed: list[str], returns: Path) -> None:
    run()
    assert sorted(parsed) == ["both.zip", "good.xlsx", "scan.pdf", "unsigned.xlsx"]
    run()
    assert parsed == []
    (returns / "new.xlsx").write_bytes(GOOD)
    run()
    assert parsed == ["new.xlsx"]
    (returns / "good.xlsx").rename(returns / "renamed.xlsx")
    (returns / "scan.pdf").unlink()
    run()
    assert parsed == ["renamed.xlsx"]
    (returns / "new.xlsx").write_bytes(UNSIGNED)
    os.utime(returns / "both.zip", (WHEN + 60, WHEN + 60))
    run()
    assert parsed == ["both.zip", "new.xlsx"]


@pytest.mark.parametrize(
    "changed",
    [
        {"audit": replace(AUDIT, title="Another title")},
        {"recipients": (POLICE, replace(HEALTH, name="Another trust"))},
        {"recipients": (POLICE, replace(HEALTH, open_password="larch-tarn-fell"))},
        {"round_id": "s11-2027"},
        {"key": b"x" * 32},
        {"issued": {("H1", 1, "0123"): AUDIT}},
        {"sent": {"H1": dt.date(2026, 9, 1)}},
        {"limits": Limits(cells=1_000)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_changes_results_makes_all_be_read(run: Run, parsed: list[str], changed: dict[str, Any]) -> None:
    run()
    run(**changed)
    assert len(parsed) == 4


def test_another_program_reads_all(run: Run, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(program, "digest", lambda: "another")
    run()
    assert len(parsed) == 4


def test_the_day_changes_findings_and_reads_nothing(run: Run, parsed: list[str], returns: Path) -> None:
    late = {**COMPLETE, ("GOV", "GOV-1", "due"): DAY}
    (returns / "good.xlsx").write_bytes(saved(grids(late)))

    def is_late(found: tuple[Return, ...]) -> bool:
        return "action-overdue" in codes(next(one for one in found if one.file == "good.xlsx"))

    assert not is_late(run(as_at=DAY))
    assert is_late(run(as_at=DAY + dt.timedelta(days=1)))
    assert parsed == []
    assert not is_late(run())


def test_a_decision_reads_what_it_is_about(run: Run, parsed: list[str]) -> None:
    one = next(one for one in run() if one.file == "unsigned.xlsx")
    assert one.outcome == "held"
    counted = run(decisions=decided(one))
    assert sorted(parsed) == ["both.zip", "unsigned.xlsx"]
    assert [each.outcome for each in counted if each.sha256 == one.sha256] == ["accepted", "superseded"]
    run(decisions=decided(one))
    assert parsed == []
    run(decisions=decided(one, recipient="P1"))
    assert sorted(parsed) == ["both.zip", "unsigned.xlsx"]
    run()
    assert sorted(parsed) == ["both.zip", "unsigned.xlsx"]
    run(decisions=decided(one, "exclude", ""))
    assert parsed == []


def test_a_password_reads_what_may_be_locked(run: Run, parsed: list[str], returns: Path) -> None:
    (returns / "locked.xlsx").write_bytes(encrypted(GOOD, "larch-tarn"))
    assert "file-password" in [code for one in run() for code in codes(one)]
    opened = run(passwords=["larch-tarn"])
    assert sorted(parsed) == ["both.zip", "locked.xlsx"]
    assert "file-password" not in [code for one in opened for code in codes(one)]
    run(passwords=["larch-tarn"])
    assert parsed == []
    run(passwords=["fell-lantern"])
    assert sorted(parsed) == ["both.zip", "locked.xlsx"]


@pytest.mark.parametrize("how", ["died", "slow", "memory"])
def test_what_may_be_the_computers_fault_is_tried_again(
    run: Run, parsed: list[str], monkeypatch: pytest.MonkeyPatch, how: Any
) -> None:
    read = reader_module.read

    def busy(leaf: Any, *rest: Any, **more: Any) -> Return:
        if leaf.incoming.file in ("good.xlsx", "both.zip/b.xlsx"):
            raise LostError(how)
        return read(leaf, *rest, **more)

    monkeypatch.setattr(reader_module, "read", busy)
    monkeypatch.setattr(reading, "_bug", thrown)
    run()
    monkeypatch.setattr(reader_module, "read", read)
    run()
    assert sorted(parsed) == ["both.zip", "good.xlsx"]


def test_what_was_left_out_for_its_size_is_read_when_there_is_room(
    returns: Path, tmp_path: Path, parsed: list[str]
) -> None:
    limits = Limits(run_bytes=len((returns / "both.zip").read_bytes()))
    outcomes = []
    for _ in range(4):
        read = read_returns(
            returns,
            Basis(AUDIT, RECIPIENTS, ROUND, KEY, limits=limits),
            isolated=False,
            cached=tmp_path / "c",
        )
        outcomes.append(sum("file-too-large" in codes(one) for one in read))
    assert outcomes[0] > 0 == outcomes[-1]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    run: Run, parsed: list[str], returns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_each = files.read_each

    def meanwhile(*args: Any, **more: Any) -> Any:
        for n, read in read_each(*args, **more):
            if read[0].file == "good.xlsx":
                (returns / "good.xlsx").write_bytes(UNSIGNED)
            if read[0].file == "scan.pdf":
                (returns / "scan.pdf").unlink()
            yield n, read

    with monkeypatch.context() as patch:
        patch.setattr(files, "read_each", meanwhile)
        tmp = returns.parent / "returns.cache"
        read_returns(returns, Basis(AUDIT, RECIPIENTS, ROUND, KEY), isolated=False, cached=tmp)
    run()
    assert parsed == ["good.xlsx"]


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_cache_is_never_believed(run: Run, tmp_path: Path, seed: int) -> None:
    run()
    path, chance = tmp_path / "returns.cache", random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(20):
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    path.write_bytes(content)
    run()
    path.write_bytes(chance.randbytes(1_000))
    run()


@pytest.mark.parametrize("was_on", [True, False])
def test_the_search_for_garbage_goes_on_as_before(run: Run, was_on: bool) -> None:
    run()
    (gc.enable if was_on else gc.disable)()
    try:
        run()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
