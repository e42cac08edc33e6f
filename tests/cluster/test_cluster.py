"""Files read on a cluster: the result is that of one process, whatever becomes of its workers and tasks."""

from __future__ import annotations

import builtins
import datetime as dt
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import fsspec
import pytest
from distributed import Client, LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit import cli, program
from auditkit.cluster import batch, connected, errand, reading
from auditkit.collate import collate
from auditkit.commands.screen import returns_folder
from auditkit.errors import AuditkitError
from auditkit.guard import Limits
from auditkit.returns import files, intake, pipe
from auditkit.returns.intake import Address
from auditkit.round import load
from auditkit.tables import rows
from tests.cluster import shared
from tests.cluster.killing import killing, processes
from tests.returns import deeds
from tests.returns.filled import codes
from tests.returns.test_jobs import GOOD, LIMITS, WEIGHT, begin_here, beyond, folder_of, one_file, posix
from tests.rounds import small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)


@pytest.fixture
def store() -> Iterator[Any]:
    """A store in memory, with nothing in it."""
    own = fsspec.filesystem("memory")
    own.store.clear()
    own.pseudo_dirs[:] = [""]
    yield own
    own.store.clear()


def read(folder: Path, marks: Path, cluster: Client, limits: Limits = LIMITS, **how: Any) -> Any:
    begun = partial(deeds.begin, marks, {})
    return files.read_all(intake.find(folder), begun, limits, elsewhere=reading(cluster), **how)


@posix
@settings(max_examples=6, deadline=None)
@given(
    what=st.lists(one_file | st.lists(one_file, min_size=1, max_size=4), min_size=1, max_size=30),
    after=st.integers(1, 40),
)
def test_the_result_is_that_of_one_process_whichever_worker_is_lost(cluster, what, after) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = folder_of(Path(top), what)
        wanted = files.read_all(intake.find(folder), partial(begin_here, {}), LIMITS, isolated=False)
        assert read(folder, Path(top), cluster, on_file=killing(cluster, after)) == wanted


@settings(max_examples=6, deadline=None)
@given(count=st.integers(1, 30), most=st.integers(0, 30))
def test_which_files_are_beyond_the_limit_of_a_run_depends_on_their_order_only(cluster, count, most) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = folder_of(Path(top), ["good"] * count)
        *own, junk = read(folder, Path(top), cluster, Limits(run_bytes=most * WEIGHT))
    assert codes(junk) == ["passed-over"]
    assert [beyond(one) for one in own] == [n > most for n in range(count)]


@posix
def test_a_file_that_ends_its_reader_costs_no_worker_of_the_cluster(cluster, tmp_path) -> None:
    workers = processes(cluster)
    found = read(folder_of(tmp_path, ["dies", "good", "dies"]), tmp_path, cluster)
    assert [codes(one) for one in found] == [["reader-died"], [], ["reader-died"], ["passed-over"]]
    assert processes(cluster) == workers


def run_of(marks: Path) -> batch.Run:
    begin = pipe.message(partial(deeds.begin, marks, {}))
    return batch.Run(marks.name, begin, LIMITS)


def test_a_task_that_runs_twice_says_the_same_and_its_process_ends_when_nothing_comes(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(batch, "IDLE_SECONDS", 0.2)
    content = errand.sent(list(intake.find(folder_of(tmp_path, ["good", "bug", "dies"]))))
    first, again = (pipe.data(batch.read(run_of(tmp_path), content)) for _ in range(2))
    assert first == again
    assert [one.outcome for _, (one,) in first.what] == ["accepted", "rejected", "rejected", "passed over"]
    for timer in [one for one in threading.enumerate() if isinstance(one, threading.Timer)]:
        timer.join()
    assert not batch._waiting


def test_workers_that_might_read_otherwise_are_refused(cluster, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(program, "digest", lambda: "another")
    with pytest.raises(AuditkitError, match="Install the same on all of them"):
        read(folder_of(tmp_path, ["good"]), tmp_path, cluster)


def test_a_process_that_cannot_start_ends_the_run_in_a_sentence(cluster, tmp_path) -> None:
    begin = partial(getattr, "nothing", "of that name")
    with pytest.raises(AuditkitError, match="could not be started"):
        files.read_all(intake.find(folder_of(tmp_path, ["good"])), begin, LIMITS, elsewhere=reading(cluster))


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "scheduler:8786", "ws://10.0.0.5", "10.0.0.5"])
def test_no_key_goes_over_a_connection_that_others_can_listen_to(address) -> None:
    with pytest.raises(AuditkitError, match="isn't encrypted"), connected(address):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tls://127.0.0.1:1", "localhost:port", "tls://"])
def test_a_cluster_that_is_not_there_is_told(monkeypatch, address) -> None:
    monkeypatch.setattr("auditkit.cluster.connect.SECONDS", 1)
    with pytest.raises(AuditkitError, match="No cluster answers"), connected(address):
        pass


def test_a_cluster_without_workers_is_told(monkeypatch) -> None:
    monkeypatch.setattr("auditkit.cluster.connect.SECONDS", 1)
    empty = LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0")
    with empty, pytest.raises(AuditkitError, match="has no workers"), connected(empty.scheduler_address):
        pass


@pytest.mark.parametrize("gone", ["everything", "the workers"])
def test_a_cluster_that_is_lost_ends_the_run_in_a_sentence(tmp_path, monkeypatch, gone) -> None:
    monkeypatch.setattr("auditkit.cluster.tasks.WAKE", 0.1)
    monkeypatch.setattr("auditkit.cluster.tasks.FETCH", 1)
    monkeypatch.setattr("auditkit.cluster.workers.WAKE", 0.1)
    monkeypatch.setattr("auditkit.cluster.workers.PATIENCE", 0.5)
    folder = folder_of(tmp_path, ["good"] * 100)
    own = LocalCluster(n_workers=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50)
    with own, Client(own, set_as_default=False) as client:

        def lose(progress: files.Progress) -> None:
            if progress.done == 20:
                own.close() if gone == "everything" else own.scale(0)

        with pytest.raises(AuditkitError, match="The cluster was lost"):
            read(folder, tmp_path, client, on_file=lose)


def round_with_returns(folder: Path) -> Any:
    round_ = small_round(folder)
    for key in ("A1", "A2"):
        (round_.returns / "sub").mkdir(exist_ok=True)
        (round_.returns / "sub" / f"{key}.xlsx").write_bytes(workbook_of(round_, key).read_bytes())
    (round_.returns / ".hidden").mkdir()
    (round_.returns / ".hidden" / "a.xlsx").write_bytes(GOOD)
    (round_.returns / "~$lock.xlsx").write_bytes(b"x")
    (round_.returns / "empty.xlsx").write_bytes(b"")
    (round_.returns / "wrong::file:.xlsx").write_bytes(b"not a workbook")
    return round_


@pytest.mark.parametrize("how", ["one process", "cluster"])
@pytest.mark.parametrize("kind", ["memory", "shared"])
def test_returns_in_a_store_give_what_those_in_a_folder_give(tmp_path, store, cluster, how, kind) -> None:
    round_ = round_with_returns(tmp_path / "round")
    store.put(str(round_.returns), "/returns", recursive=True)
    address = Address("memory://returns" if kind == "memory" else f"shared://{round_.returns}")
    elsewhere = reading(cluster) if how == "cluster" else None
    there = collate(round_, address, as_at=AS_AT, jobs=1, elsewhere=elsewhere)
    here = collate(round_, round_.returns, as_at=AS_AT, jobs=1)
    assert there.counts == here.counts
    for name in ("findings", "answers", "cover"):
        assert list(rows(getattr(there.tables, name))) == list(rows(getattr(here.tables, name)))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("memory://nowhere", "There is no folder"),
        ("file:///tmp", "name it by its path"),
        ("zip://a::memory://b.zip", "within another"),
        ("nonsense://b", "can't be opened"),
    ],
)
def test_an_address_that_names_no_folder_is_told(store, url, said) -> None:
    with pytest.raises(AuditkitError, match=said):
        intake.find(Address(url))


def test_an_address_is_told_from_a_path() -> None:
    assert returns_folder("s3://bucket/returns") == Address("s3://bucket/returns")
    assert returns_folder("C://audits") == Path("C://audits")


def test_a_store_that_stops_answering_ends_the_run_and_rejects_nothing(store, tmp_path, monkeypatch) -> None:
    store.pipe("/returns/a.xlsx", GOOD)
    monkeypatch.setattr(type(store), "modified", lambda *_: 1 / 0)
    with pytest.raises(AuditkitError, match="doesn't answer"):
        files.read_all(intake.find(Address("memory://returns")), partial(deeds.begin, tmp_path, {}), LIMITS)


@posix
def test_what_leads_elsewhere_in_a_store_is_not_followed(tmp_path) -> None:
    shared.Known()
    (tmp_path / "secret.xlsx").write_bytes(GOOD)
    folder = folder_of(tmp_path, ["good"])
    (folder / "link.xlsx").symlink_to(tmp_path / "secret.xlsx")
    (folder / "loop").symlink_to(folder)
    found = {one.file: one.problem for one in intake.find(Address(f"shared://{folder}"))}
    told = {file: problem and problem.code for file, problem in found.items()}
    assert told == {
        "00 good.xlsx": None,
        "link.xlsx": "file-link",
        "loop": "file-link",
        "~$lock.xlsx": "passed-over",
    }


def test_a_name_in_a_store_with_half_a_character_is_a_name(store) -> None:
    for name in ("b", "\ud800 a", "\udc80 a"):
        store.pipe(f"/returns/{name}.xlsx", GOOD)
    found = list(intake.find(Address("memory://returns")))
    assert [intake.load(one, LIMITS).content for one in found] == [GOOD] * 3


def test_a_file_that_is_gone_or_too_large_costs_itself_only(store, tmp_path) -> None:
    for name in ("good a", "good b", "good c"):
        store.pipe(f"/returns/{name}.xlsx", GOOD if name != "good b" else GOOD * 20)
    found = list(intake.find(Address("memory://returns")))
    store.rm("/returns/good a.xlsx")
    limits = Limits(file_bytes=len(GOOD) + 1)
    read = files.read_all(iter(found), partial(deeds.begin, tmp_path, {}), limits)
    assert [codes(one) for one in read] == [["file-unopenable"], ["file-too-large"], []]


@pytest.mark.parametrize(
    "typed", [["--cluster", "local"], ["memory://returns"], ["--to", "parts", "--by", "group"]]
)
def test_without_the_extra_a_sentence_says_what_to_install(tmp_path, monkeypatch, capsys, typed) -> None:
    round_ = round_with_returns(tmp_path / "round")
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name.split(".")[0] in ("dask", "distributed", "fsspec"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    returns = [] if "memory://returns" in typed else [str(round_.returns)]
    words = ["auditkit", "collate", *returns, *typed, "--round", str(round_.folder)]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert (ended.value.code, 'pip install "auditkit[cluster]"' in said) == (1, True)
    assert not load(round_.folder).master.exists()
