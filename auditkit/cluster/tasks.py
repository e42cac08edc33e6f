"""Tasks run on a cluster, a few at a time, with their results in any order."""

from __future__ import annotations

import queue
import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from auditkit.errors import AuditkitError
from auditkit.returns import pipe

X = TypeVar("X")

# No more tasks are on their way than so many for each thread of the cluster: else the scheduler would hold
# the whole round.
EACH = 2
# How often it is looked whether there still are workers, and for how long there may be none.
WAKE, PATIENCE = 2.0, 300.0
# A task that ended in a bug of the machine it ran on is tried again, elsewhere perhaps.
RETRIES = 3


def given(client: Any, value: X) -> Any:
    """Return what stands for a value in tasks: it goes to the cluster once, however many tasks need it.

    As a result of the cluster's own it is made again wherever it was lost.
    """
    return client.submit(_same, value, key=f"auditkit-{secrets.token_hex(8)}", pure=False)


def each(
    client: Any, run: Callable[..., bytes], items: Iterator[tuple[X, tuple[Any, ...]]]
) -> Generator[tuple[X, Any], None, None]:
    """Run a function on a cluster for each of some items.

    Args:
        client: The connection.
        run: The function. It may be run several times for an item, where workers are lost: it must give the
            same. What it gives is a message of :mod:`auditkit.returns.pipe`, of which only data is made.
        items: The items, each with what the function is given. They are taken when there is room for them.

    Yields:
        Each item and what the function gave for it.

    Raises:
        AuditkitError: If the cluster is lost, or has no workers for too long.
    """
    name = f"auditkit-{secrets.token_hex(8)}"
    ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
    out: dict[Any, X] = {}
    more, threads, count = True, _Threads(client), 0
    try:
        while more or out:
            while more and len(out) < EACH * threads.now():
                taken = next(items, None)
                if taken is None:
                    more = False
                    break
                count += 1
                task = client.submit(run, *taken[1], key=f"{name}-{count}", pure=False, retries=RETRIES)
                out[task] = taken[0]
                task.add_done_callback(ended.put)
            if out:
                task = _next(ended, threads)
                yield out.pop(task), _result(task)
                task.release()
    finally:
        with suppress(Exception):  # a cluster that is gone has forgotten them already
            client.cancel(list(out), force=True)


class _Threads:
    """How many threads a cluster has: workers come and go."""

    def __init__(self, client: Any) -> None:
        self._client, self._asked, self._known = client, 0.0, 0
        self._had = time.monotonic()

    def now(self) -> int:
        """Return how many there are; AuditkitError if there have been none for too long."""
        if time.monotonic() - self._asked > WAKE:
            try:
                self._known = sum(self._client.nthreads().values())
            except Exception as error:
                raise _lost(type(error).__name__) from error
            self._asked = time.monotonic()
            if self._known:
                self._had = self._asked
            elif self._asked - self._had > PATIENCE:
                raise _lost(f"it has had no workers for {PATIENCE:g} seconds")
        return max(1, self._known)


def _same(value: X) -> X:
    return value


def _next(ended: queue.SimpleQueue[Any], threads: _Threads) -> Any:
    """Return the next task that ended."""
    while True:
        try:
            return ended.get(timeout=WAKE)
        except queue.Empty:
            threads.now()


def _result(task: Any) -> Any:
    try:
        return pipe.data(task.result())
    except AuditkitError:
        raise
    except Exception as error:
        raise _lost(f"{type(error).__name__}: {error}"[:300]) from error


def _lost(why: str) -> AuditkitError:
    return AuditkitError(
        f"The cluster was lost ({why}). What it was asked for wasn't written. Its workers need the same "
        "auditkit[cluster] as this computer, and enough memory; run it again, or without --cluster."
    )
