"""What goes to a cluster's machines and comes back: nothing of it in their logs, and nothing believed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from distributed import Client, LocalCluster

from auditkit import program
from auditkit.cluster import errand, partitions, reading, tasks
from auditkit.cluster.partitions import write_parts
from auditkit.cluster.parts import parts_of
from auditkit.cluster.workers import Workers
from auditkit.collate import collate
from auditkit.errors import AuditkitError
from auditkit.guard import Limits
from auditkit.returns import pipe
from auditkit.round import Round
from tests.cluster.test_cluster import AS_AT, read
from tests.corpus.folder import return_of
from tests.returns.test_jobs import folder_of
from tests.rounds import SETTINGS, small_round

SECRETS = ("swan-lantern-42", "moor-otter-77", "Amy Smith", "amy@x.example", "Zed Known")
REGISTER = "id,name,group,email,la\nA1,Amy Smith,Police,amy@x.example,North\n"


@pytest.fixture
def logged() -> Iterator[Client]:
    """A cluster of this computer that writes its logs, as one that is there does."""
    own = LocalCluster(n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0")
    with own, Client(own, set_as_default=False) as client:
        yield client


@contextmanager
def with_workers(client: Client, change: Callable[[], Callable[[], object]]) -> Iterator[None]:
    """Change something on every worker while the block runs; ``change`` returns what takes it back."""

    def begin() -> None:
        errand.back = change()  # type: ignore[attr-defined]

    client.run(begin)
    try:
        yield
    finally:
        client.run(lambda: errand.back())  # type: ignore[attr-defined]


def changed(module: Any, name: str, new: Any) -> Callable[[], object]:
    real = getattr(module, name)
    setattr(module, name, new)
    return partial(setattr, module, name, real)


def breaks(*_: Any, **__: Any) -> Any:
    raise ValueError("Could not convert 'Zed Known'")


def fails(*_: Any, **__: Any) -> Any:
    raise ValueError("a bug of this machine")


def round_of(folder: Path) -> Round:
    passwords = "master_password: swan-lantern-42\nfile_passwords: [moor-otter-77]\n"
    made = small_round(folder / "round", register=REGISTER, settings=SETTINGS + passwords)
    (made.returns / "A1.xlsx").write_bytes(return_of(made, "A1", "Zed Known hit his sister"))
    return made


def in_parts(round_: Round, to: Path, client: Client) -> None:
    """Collate a round here, and make its parts on a cluster."""
    parts = parts_of(to, "la", round_, round_.returns)
    also = partial(write_parts, parts, client=client)
    collate(round_, round_.returns, as_at=AS_AT, jobs=1, anew=True, also=also)


@pytest.mark.parametrize(
    ("change", "tells"),
    [
        (partial(changed, partitions, "TemporaryDirectory", breaks), False),
        (partial(changed, errand, "done", fails), True),
    ],
    ids=["an error that has an answer in it", "an error of the machine's"],
)
def test_no_answer_and_no_password_stands_in_the_logs_of_a_cluster(
    logged, tmp_path, capfd, change, tells
) -> None:
    round_ = round_of(tmp_path)
    said = []
    with with_workers(logged, change):
        with pytest.raises(AuditkitError, match="ValueError") as error:
            in_parts(round_, tmp_path / "to", logged)
        said.append(str(error.value))
        if tells:
            with pytest.raises(AuditkitError, match="ValueError") as error:
                collate(round_, round_.returns, as_at=AS_AT, anew=True, elsewhere=reading(logged))
            said.append(str(error.value))
    said += [str(logged.get_worker_logs()), str(logged.get_scheduler_logs()), *capfd.readouterr()]
    assert ("Compute Failed" in str(said)) == tells
    assert [secret for secret in SECRETS if secret in str(said)] == []


def test_parts_are_made_by_the_same_program_only(cluster, tmp_path) -> None:
    round_ = round_of(tmp_path)
    with (
        with_workers(cluster, partial(changed, program, "digest", lambda: "older")),
        pytest.raises(AuditkitError, match="Install the same on all of them"),
    ):
        in_parts(round_, tmp_path / "to", cluster)


def test_no_path_of_this_computer_is_sent(cluster, tmp_path, monkeypatch) -> None:
    """A machine of the cluster may have another system, which can't even make such a path."""
    sent: list[bytes] = []
    real = pipe.message
    monkeypatch.setattr(pipe, "message", lambda what: sent.append(real(what)) or sent[-1])
    round_ = round_of(tmp_path)
    parts = parts_of(tmp_path / "to", "la", round_, round_.returns)
    also = partial(write_parts, parts, client=cluster)
    collate(round_, round_.returns, as_at=AS_AT, anew=True, elsewhere=reading(cluster), also=also)
    assert len(sent) >= 3
    assert not [one for one in sent if str(tmp_path).encode() in one]
    assert not [one for one in sent if type(tmp_path).__name__.encode() in one.replace(b"PurePosixPath", b"")]


class Call:
    """Asks whoever unpickles it to do something."""

    def __reduce__(self) -> Any:
        return os.getcwd, ()


WRONG = [
    b"nothing",
    pipe.message("nothing"),
    pipe.message(Call()),
    *(
        pipe.message(errand.Said("done", what))
        for what in (None, (), ((1, []),), ((1, ["return"]),), 5, {"../../master.xlsx": b""})
    ),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_worker_that_says_something_else_ends_the_run_in_a_sentence(cluster, tmp_path, wrong) -> None:
    round_ = round_of(tmp_path)
    with with_workers(cluster, lambda: changed(errand, "done", lambda *_: wrong)):
        with pytest.raises(AuditkitError, match="The cluster was lost"):
            collate(round_, round_.returns, as_at=AS_AT, anew=True, elsewhere=reading(cluster))
        with pytest.raises(AuditkitError, match="The cluster was lost"):
            in_parts(round_, tmp_path / "to", cluster)
    assert not list(tmp_path.glob("*.xlsx"))


def silent(marker: Path, workers: int) -> Callable[[], object]:
    """Let so many workers never answer what they are asked first, until it is taken back."""
    real, go = errand.done, threading.Event()

    def done(*given: Any) -> bytes:
        for n in range(workers):
            try:
                (marker / f"{n}").touch(exist_ok=False)
            except FileExistsError:
                continue
            go.wait()
        return real(*given)

    back = changed(errand, "done", done)
    return lambda: (back(), go.set())


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_silent_worker_was_asked_is_asked_of_another(cluster, tmp_path, monkeypatch, workers) -> None:
    monkeypatch.setattr("auditkit.cluster.spread.GRACE", 0)
    folder = folder_of(tmp_path, ["good"] * 4)
    marker = tmp_path / "marker"
    marker.mkdir()
    with with_workers(cluster, partial(silent, marker, workers)):
        if workers == 1:
            found = read(folder, tmp_path, cluster, Limits(package_seconds=1))
            assert [one.outcome for one in found] == ["accepted"] * 4 + ["passed over"]
        else:
            with pytest.raises(AuditkitError, match="don't answer"):
                read(folder, tmp_path, cluster, Limits(package_seconds=0.1))


@pytest.mark.parametrize(("late", "comes"), [(1, True), (99, False)])
def test_what_a_lost_worker_had_said_is_not_waited_for_without_end(late, comes) -> None:
    waits = iter(range(late))

    class Task:
        def add_done_callback(self, call: Callable[[Any], None]) -> None:
            call(self)

        def result(self, timeout: float) -> bytes:
            assert timeout
            if next(waits, None) is not None:
                raise TimeoutError
            return pipe.message(errand.Said("done", "what"))

        def release(self) -> None:
            pass

    cluster = SimpleNamespace(
        scheduler=SimpleNamespace(address="tls://10.0.0.5:8786"),
        nthreads=lambda: {"tls://10.0.0.7:1": 1},
        submit=lambda *_, **__: Task(),
        cancel=lambda *_, **__: None,
    )
    given = iter([tasks.Job("item", (), 60)])
    if comes:
        assert list(tasks.each(cluster, list, given)) == [("item", "what")]
    else:
        with pytest.raises(AuditkitError, match="doesn't answer"):
            list(tasks.each(cluster, list, given))


def test_a_worker_that_others_can_listen_to_is_refused_whenever_it_comes() -> None:
    there = {"tcp://127.0.0.1:1": 2, "tls://10.0.0.7:1": 3}
    cluster = SimpleNamespace(
        scheduler=SimpleNamespace(address="tcp://127.0.0.1:8786"), nthreads=lambda: dict(there)
    )
    workers = Workers(cluster)
    assert workers.threads() == 5
    there["tcp://10.0.0.8:1"] = 1
    with pytest.raises(AuditkitError, match="isn't encrypted"):
        workers.threads()
