from __future__ import annotations

import faulthandler
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import pytest

from auditkit.errors import AuditkitError
from auditkit.returns import pipe
from auditkit.returns import serve as serve_module
from auditkit.returns.serve import limit_process, serve
from auditkit.returns.worker import ClosedError, LostError, Worker

LARGE = 768 * 1024 * 1024
posix = pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")


def work(item: str) -> Generator[str, None, None]:
    """Do as told: this runs in the worker process."""
    what, _, rest = item.partition(" ")
    if what == "twice":
        yield rest
        yield rest
    elif what == "pid":
        yield str(os.getpid())
    elif what == "exit":
        yield "begun"
        os._exit(3)
    elif what == "abort":
        os.abort()
    elif what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif what == "sleep":
        yield "begun"
        time.sleep(600)
    elif what == "slowly":
        for _ in range(4):
            time.sleep(0.4)
            yield "still here"
    elif what == "memory":
        raise MemoryError
    elif what == "hoard":
        yield str(len(bytearray(3 * 1024**3)))
    elif what == "call":
        yield Calls(rest)  # type: ignore[misc]
    elif what == "print":
        print(rest)
        yield "printed"
    elif what == "write":
        try:
            with open(rest, "w") as file:  # noqa: PTH123
                file.write("x" * 100)
            yield "written"
        except OSError:
            yield "refused"


@dataclass(frozen=True)
class Calls:
    """What a reader that was taken over might send: reading it makes a folder."""

    folder: str

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, (self.folder,)


def begin() -> Callable[[str], Generator[str, None, None]]:
    return work


def begin_badly() -> Callable[[str], Generator[str, None, None]]:
    raise RuntimeError("no")


def begin_and_die() -> Callable[[str], Generator[str, None, None]]:
    os._exit(1)


@pytest.fixture
def worker() -> Iterator[Worker[str, str]]:
    with Worker(begin, seconds=60, memory_bytes=LARGE) as made:
        yield made


def lost(worker: Worker[str, str], item: str) -> str:
    with pytest.raises(LostError) as error:
        list(worker.results(item))
    return error.value.how


def test_results_come_from_one_other_process(worker: Worker[str, str]) -> None:
    assert list(worker.results("twice x")) == ["x", "x"]
    (first,) = worker.results("pid")
    (second,) = worker.results("pid")
    assert first == second != str(os.getpid())
    worker.start()
    assert list(worker.results("print garbage")) == ["printed"]
    assert list(worker.results("twice y")) == ["y", "y"]


@pytest.mark.parametrize("how", ["exit", "abort", pytest.param("crash", marks=posix)])
def test_a_worker_that_dies_costs_one_item(worker: Worker[str, str], how: str) -> None:
    assert lost(worker, how) == "died"
    assert list(worker.results("twice x")) == ["x", "x"]


def test_results_before_a_death_are_kept(worker: Worker[str, str]) -> None:
    results = worker.results("exit")
    assert next(results) == "begun"
    with pytest.raises(LostError):
        next(results)


def test_a_worker_that_hangs_is_ended_at_its_deadline() -> None:
    with Worker(begin, seconds=0.8, memory_bytes=LARGE) as worker:
        began = time.monotonic()
        assert lost(worker, "sleep") == "slow"
        assert time.monotonic() - began < 20
        # The deadline is that of one result, not of all.
        assert len(list(worker.results("slowly"))) == 4


def test_running_out_of_memory_is_told_apart(worker: Worker[str, str]) -> None:
    assert lost(worker, "memory") == "memory"
    assert list(worker.results("twice x")) == ["x", "x"]


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit here")
def test_a_worker_gets_no_more_memory_than_its_limit(worker: Worker[str, str]) -> None:
    assert lost(worker, "hoard") == "memory"


@posix
def test_a_worker_can_write_no_file(worker: Worker[str, str], tmp_path) -> None:
    assert list(worker.results(f"write {tmp_path / 'x'}")) == ["refused"]


def test_nothing_that_a_worker_says_is_ever_called(worker: Worker[str, str], tmp_path) -> None:
    assert lost(worker, f"call {tmp_path / 'x'}") == "died"
    assert not (tmp_path / "x").exists()
    assert list(worker.results("twice x")) == ["x", "x"]


def test_no_process_is_left_behind(worker: Worker[str, str]) -> None:
    list(worker.results("twice x"))
    process = worker._process
    assert process is not None
    worker.stop()
    worker.stop()
    assert process.poll() is not None


def test_a_worker_that_was_killed_while_idle_is_replaced_or_told(worker: Worker[str, str]) -> None:
    worker.start()
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    assert lost(worker, "twice x") == "died"
    assert list(worker.results("twice x")) == ["x", "x"]


def test_giving_up_midway_ends_the_process(worker: Worker[str, str]) -> None:
    results = worker.results("sleep")
    assert next(results) == "begun"
    process = worker._process
    results.close()
    assert process is not None
    assert process.poll() is not None


def test_what_is_sent_ahead_is_done_in_turn(worker: Worker[str, str]) -> None:
    for item in ("twice x", "pid", "twice y"):
        worker.send_ahead(item)
    assert list(worker.ahead) == ["twice x", "pid", "twice y"]
    assert list(worker.results("twice x")) == ["x", "x"]
    assert len(list(worker.results("pid"))) == 1
    assert list(worker.results("twice y")) == ["y", "y"]
    assert not worker.ahead


@pytest.mark.parametrize("how", ["exit", "memory"])
def test_what_was_sent_ahead_to_a_lost_worker_is_done_by_the_next(worker: Worker[str, str], how: str) -> None:
    for item in (how, "twice x", "twice y"):
        worker.send_ahead(item)
    lost(worker, how)
    assert not worker.ahead
    assert list(worker.results("twice x")) == ["x", "x"]
    assert list(worker.results("twice y")) == ["y", "y"]


def test_what_cannot_be_sent_ahead_is_sent_when_its_turn_comes(worker: Worker[str, str], monkeypatch) -> None:
    worker.start()
    with monkeypatch.context() as patched:
        patched.setattr(pipe, "write", lambda *_: (_ for _ in ()).throw(BrokenPipeError()))
        worker.send_ahead("twice x")
    assert not worker.ahead
    assert list(worker.results("twice x")) == ["x", "x"]


def test_another_thread_may_close_a_worker_whatever_it_is_doing(worker: Worker[str, str]) -> None:
    results = worker.results("sleep")
    assert next(results) == "begun"
    process = worker._process
    assert process is not None
    with ThreadPoolExecutor() as threads:
        ended = threads.submit(list, results)
        worker.close()
        assert isinstance(ended.exception(20), LostError)
    assert process.poll() is not None
    with pytest.raises(ClosedError):
        list(worker.results("twice x"))


def test_a_worker_that_is_closed_while_it_starts_says_so(monkeypatch) -> None:
    with Worker(begin, seconds=60, memory_bytes=LARGE) as worker:
        monkeypatch.setattr(pipe, "write", lambda *_: worker.close())
        with pytest.raises(ClosedError):
            worker.start()
        with pytest.raises(LostError):
            worker._send("anything")


@pytest.mark.parametrize("what", [begin_badly, partial(begin, "too many"), begin_and_die])
def test_a_worker_that_cannot_begin_is_an_error_in_plain_words(what) -> None:
    with (
        Worker(what, seconds=60, memory_bytes=LARGE) as worker,
        pytest.raises(AuditkitError, match="could not be started"),
    ):
        worker.start()


@posix
def test_ctrl_c_ends_at_once_and_leaves_no_process() -> None:
    script = (
        "from tests.returns.test_worker import *\n"
        "with Worker(begin, seconds=60, memory_bytes=LARGE) as w:\n"
        "    for r in w.results('sleep'):\n"
        "        print(w._process.pid, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) != 0
    assert time.monotonic() - began < 5
    process.stdout.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def frames(*items: object) -> io.BytesIO:
    target = io.BytesIO()
    for item in items:
        pipe.write(target, item)
    return io.BytesIO(target.getvalue())


def answers(target: io.BytesIO) -> list[object]:
    target.seek(0)
    found = []
    while True:
        try:
            found.append(pipe.read(target))
        except EOFError:
            return found


def test_serving(monkeypatch) -> None:
    watched: list[float] = []
    monkeypatch.setattr(faulthandler, "dump_traceback_later", lambda seconds, **_: watched.append(seconds))
    target = io.BytesIO()
    serve(frames("twice x", "memory", "twice never"), target, work, 1.0)
    assert answers(target) == [
        ("ready", None),
        ("said", "x"),
        ("said", "x"),
        ("done", None),
        ("failed", None),
    ]
    target = io.BytesIO()
    serve(io.BytesIO(pipe.FRAME.pack(5)[:3]), target, work, 1.0)
    assert answers(target) == [("ready", None)]
    assert watched == [31, 31]
    # What takes long is watched anew after each result.
    monkeypatch.setattr("auditkit.returns.serve.GRACE", 0)
    serve(frames("twice x"), io.BytesIO(), work, 1.0)
    assert watched[2:] == [1, 1, 1]


@posix
def test_limits_that_a_system_lacks_are_left_out(monkeypatch) -> None:
    import resource

    asked: dict[int, tuple[int, int]] = {}

    def setrlimit(kind: int, limits: tuple[int, int]) -> None:
        asked[kind] = limits
        if kind == resource.RLIMIT_AS:
            raise ValueError("not here")

    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (0, 10))
    limit_process(1000)
    assert asked == {
        resource.RLIMIT_AS: (10, 10),
        resource.RLIMIT_CORE: (0, 10),
        resource.RLIMIT_FSIZE: (0, 10),
    }
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (0, resource.RLIM_INFINITY))
    limit_process(1000)
    assert asked[resource.RLIMIT_AS][0] > 1000
    monkeypatch.setattr(os, "sysconf", lambda name: 1 / 0 if name == 1 else "x")
    with monkeypatch.context() as patched:
        patched.setattr("builtins.open", lambda *_, **__: (_ for _ in ()).throw(OSError()))
        assert serve_module._address_space() == 512 * 1024 * 1024
    monkeypatch.setitem(sys.modules, "resource", None)
    asked.clear()
    limit_process(1000)
    assert asked == {}
