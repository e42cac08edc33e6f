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
from typing import Any

from auditkit.cluster import errand
from auditkit.guard.limits import Limits
from auditkit.returns import intake
from auditkit.returns.drive import drive, worker_for
from auditkit.returns.model import Parts, Return
from auditkit.returns.pool import Items
from auditkit.returns.reading import Begun, Task
from auditkit.returns.serve import Work
from auditkit.returns.worker import Worker

IDLE_SECONDS = 30.0
Guarded = Worker[Task, "Begun | Return | Parts"]
_waiting: dict[str, list[tuple[Guarded, threading.Timer]]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Run:
    """What all files of a run are read by. ``begin`` is pickled, and unpacked in the guarded process only."""

    id: str
    begin: bytes = field(repr=False)
    limits: Limits


def read(run: Run, batch: errand.Sent) -> bytes:
    """Read a few files, as a task of the cluster.

    Args:
        run: What they are read by.
        batch: The files.

    Returns:
        Weight and returns of each file, in their order, as :func:`auditkit.cluster.errand.done` says it.
    """
    return errand.done(batch, partial(_read, run))


def _read(run: Run, found: list[intake.Found]) -> tuple[tuple[int, list[Return]], ...]:
    items: Items[tuple[int, intake.Found]] = Items()
    for item in enumerate(found):
        items.add(item)
    items.end()
    with _guarded(run) as worker:
        # How much the whole run has unpacked is known to whoever began it.
        done = sorted(drive(worker, items, lambda: False, run.limits), key=lambda one: one.place)
    return tuple((one.size, one.returns) for one in done)


def _begin(content: bytes) -> Work[Task, Begun | Return | Parts]:
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
