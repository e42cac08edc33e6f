"""A process of its own, for reading what strangers sent above all: a file can cost at most its own outcome.

Parsers crash, hang and swallow memory on files built to make them, and a crash in compiled code takes its
process along. The worker has a memory limit where the system knows one, may write no file, and is ended when
it takes too long; the next file gets a fresh one. Nothing here knows what is read.

A plain subprocess and not :mod:`multiprocessing`: that imports the caller's main script again in the child,
which a script without a guard or one read from standard input doesn't survive.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO, Any, Generic, Literal, TypeVar

from auditkit.errors import AuditkitError
from auditkit.returns import pipe
from auditkit.returns.serve import DONE, FAILED, READY, Work

T = TypeVar("T")
R = TypeVar("R")

START_SECONDS = 120.0
# Ctrl-C reaches the whole group; the parent decides what it means and ends this process.
BOOT = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from auditkit.returns.serve import main; main()"
)
# Where auditkit itself lies, which the current folder may have been the only way to.
OURS = str(Path(__file__).parents[2])


class LostError(Exception):
    """The worker was lost over its work: it ``died``, was too ``slow``, or had not enough ``memory``."""

    def __init__(self, how: Literal["died", "slow", "memory"]) -> None:
        self.how = how
        super().__init__(how)


class ClosedError(Exception):
    """The worker was closed while there was work for it: the run is over."""


class Worker(Generic[T, R]):
    """One worker process, started when it is needed first and again after it was lost.

    ``begin`` is called in the process, once, and returns what does the work: a function that takes an item
    and yields results. ``begin`` and items are pickled; results are data (see :mod:`auditkit.returns.pipe`).
    A process with ``memory_bytes`` may take no more than that, and write no file.
    One thread may use it; any may close it. ``ahead`` holds the items that the process has been sent and
    that nobody has asked for yet.
    """

    def __init__(
        self, begin: Callable[[], Work[T, R]], *, seconds: float, memory_bytes: int | None = None
    ) -> None:
        self._begin, self._seconds, self._memory = begin, seconds, memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[tuple[str, Any] | None] = queue.SimpleQueue()
        self._starting, self._closed = threading.Lock(), False
        self.ahead: deque[T] = deque()

    def __enter__(self) -> Worker[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the process unless it runs; AuditkitError if it can't be started, ClosedError if closed."""
        if self._process is not None:
            return
        with self._starting:
            if self._closed:
                raise ClosedError
            self._process = process = subprocess.Popen(
                # Isolated, and without the current folder: a json.py among the returns is never run.
                [sys.executable, "-I", "-c", BOOT, json.dumps([*filter(None, sys.path), OURS])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self._answers = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process.stdout, self._answers), daemon=True).start()
        try:
            self._send((self._begin, self._seconds, self._memory))
            kind, why = self._next(START_SECONDS)
        except LostError as lost:
            kind, why = FAILED, lost.how
        if kind != READY:
            self.stop()
            if self._closed:
                raise ClosedError
            raise AuditkitError(
                f"The process that reads returns could not be started ({why}). Please report this; a virus "
                "scanner that stops Python from starting itself is a usual cause."
            )

    def send_ahead(self, item: T) -> None:
        """Send an item before its results are asked for, so that the process needn't wait for it.

        Items are to be asked for in the order in which they were sent. One whose process is lost before its
        turn is sent again, to the next process, when it is asked for.
        """
        self.start()
        try:
            self._send(item)
            self.ahead.append(item)
        except LostError:
            self.stop()

    def results(self, item: T) -> Generator[R, None, None]:
        """Yield the results of one item as they come.

        Args:
            item: What to work on.

        Yields:
            What the work yields.

        Raises:
            LostError: If the process died, ran out of memory, or was silent for longer than its deadline; the
                next item gets a fresh one.
            AuditkitError: If no process can be started.
            ClosedError: If the worker has been closed.
        """
        self.start()
        try:
            if self.ahead:
                sent = self.ahead.popleft()
                assert sent == item
            else:
                self._send(item)
            while True:
                kind, result = self._next(self._seconds)
                if kind == DONE:
                    return
                if kind == FAILED:
                    raise LostError("memory")
                yield result
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process, at once, whatever it is doing; the next item gets a fresh one."""
        process, self._process = self._process, None
        self.ahead.clear()
        if process is None:
            return
        process.kill()
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.wait()

    def close(self) -> None:
        """End the process, and start none any more."""
        with self._starting:
            self._closed = True
        self.stop()

    def _send(self, item: object) -> None:
        process = self._process
        if process is None:
            raise LostError("died")  # closed meanwhile
        assert process.stdin is not None
        try:
            pipe.write(process.stdin, item)
        except (OSError, ValueError):  # ValueError: it was closed
            raise LostError("died") from None

    def _next(self, seconds: float) -> tuple[str, Any]:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise LostError("slow") from None
        if answer is None:
            raise LostError("died")
        return answer


def _listen(source: IO[bytes], answers: queue.SimpleQueue[tuple[str, Any] | None]) -> None:
    """Pass on what a worker says, and at last that it says no more."""
    with contextlib.suppress(Exception), source:
        while True:
            answers.put(pipe.read_data(source))
    answers.put(None)
