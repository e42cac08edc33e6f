"""What a worker of the cluster does with a few files: it drives a guarded process through them.

The process is the one of :mod:`auditkit.returns.worker`, with its limits and deadline: a file that ends its
reader costs itself, and never the worker of the cluster. It is kept for the next files of the same run, and
ended when none have come for a while, even if whoever began the run is gone.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from auditkit import program
from auditkit.errors import AuditkitError
from auditkit.returns import intake, pipe
from auditkit.returns.drive import drive, worker_for
from auditkit.returns.guard.limits import Limits
from auditkit.returns.model import Return
from auditkit.returns.pool import Items
from auditkit.returns.reading import Begun, Task
from auditkit.returns.serve import Work
from auditkit.returns.worker import Worker

IDLE_SECONDS = 30.0
Guarded = Worker[Task, "Begun | Return"]
_waiting: dict[str, list[tuple[Guarded, threading.Timer]]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Run:
    """What all files of a run are read by. ``begin`` is pickled, and unpacked in the guarded process only."""

    id: str
    program: str
    begin: bytes = field(repr=False)
    limits: Limits


@dataclass(frozen=True)
class Said:
    """What became of a batch.

    It was ``read``: weight and returns of each file, in their order. Or it can't be, here or anywhere:
    ``another`` program is installed, or there is a ``reason``.
    """

    how: Literal["read", "another", "reason"]
    read: tuple[tuple[int, list[Return]], ...] = ()
    reason: str = ""


def read(run: Run, batch: bytes) -> bytes:
    """Read a few files, as a task of the cluster.

    Args:
        run: What they are read by.
        batch: The files, as a message of :mod:`auditkit.returns.pipe`.

    Returns:
        A :class:`Said`, as a message.
    """
    if program.digest() != run.program:
        return pipe.message(Said("another"))
    items: Items[tuple[int, intake.Found]] = Items()
    for item in enumerate(pickle.loads(batch)):
        items.add(item)
    items.end()
    try:
        with _guarded(run) as worker:
            # How much the whole run has unpacked is known to whoever began it.
            done = sorted(drive(worker, items, lambda: False, run.limits), key=lambda one: one.place)
    except AuditkitError as error:
        return pipe.message(Said("reason", reason=str(error)))
    return pipe.message(Said("read", tuple((one.size, one.returns) for one in done)))


def _begin(content: bytes) -> Work[Task, Begun | Return]:
    begin: Any = pickle.loads(content)
    return begin()  # type: ignore[no-any-return]


@contextmanager
def _guarded(run: Run) -> Iterator[Guarded]:
    """Lend a guarded process of a run: one that waits, else a new one."""
    with _lock:
        waiting = _waiting.get(run.id)
        worker, timer = waiting.pop() if waiting else (None, None)
    if timer is not None:
        timer.cancel()
    if worker is None:
        worker = worker_for(partial(_begin, run.begin), run.limits)
    try:
        yield worker
    except BaseException:
        worker.close()
        raise
    timer = threading.Timer(IDLE_SECONDS, _end, (run.id, worker))
    timer.daemon = True
    with _lock:
        _waiting.setdefault(run.id, []).append((worker, timer))
    timer.start()


def _end(run_id: str, worker: Guarded) -> None:
    """End a process unless it has been lent again."""
    with _lock:
        waiting = _waiting.get(run_id, [])
        if all(one is not worker for one, _ in waiting):
            return
        left = [(one, timer) for one, timer in waiting if one is not worker]
        if left:
            _waiting[run_id] = left
        else:
            del _waiting[run_id]
    worker.close()
