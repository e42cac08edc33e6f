"""Several worker processes at a time, each driven by a thread of its own. Nothing here knows what is done.

Threads, since all that they do is wait: for what there is to do, and for what their process says.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from auditkit.returns.worker import Worker

X = TypeVar("X")
Y = TypeVar("Y")

# So many items one worker has done by the time that another has started and caught up.
EACH = 16
# Windows lets a wait end before Ctrl-C has its way, so none is longer than this.
WAKE = 0.5


class Items(Generic[X]):
    """What there is still to do, in order, for several threads to take from."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[X | None] = queue.SimpleQueue()

    def add(self, item: X) -> None:
        """Add an item."""
        self._items.put(item)

    def end(self) -> None:
        """Say that there will be no more."""
        self._items.put(None)

    def take(self, *, wait: bool) -> X | None:
        """Return the next item; None if there will be no more, or with ``wait`` off if there is none now."""
        try:
            item = self._items.get(block=wait)
        except queue.Empty:
            return None
        if item is None:
            self.end()  # the other threads have to see it too
        return item


@dataclass(frozen=True)
class _Ended:
    """The end of a thread, and what ended it before its time."""

    error: BaseException | None = None


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    items: Iterable[X],
    drive: Callable[[Worker[Any, Any], Items[X]], Iterator[Y]],
    workers: Sequence[Worker[Any, Any]],
) -> Generator[Y, None, None]:
    """Do work with several workers at once.

    Args:
        items: What is to be done. They are taken from it while the first are already worked on.
        drive: Called in a thread for each worker that is needed; takes items until there are no more, and
            yields their results.
        workers: At least one. The second is used only when there are more items than the first has done by
            the time it would have started, and so on. All are closed in the end.

    Yields:
        The results, in the order in which they come.

    Raises:
        Exception: What ``drive`` raises.
    """
    todo: Items[X] = Items()
    said: queue.SimpleQueue[Y | _Ended] = queue.SimpleQueue()

    def run(worker: Worker[Any, Any]) -> None:
        try:
            for result in drive(worker, todo):
                said.put(result)
            said.put(_Ended())
        except BaseException as error:
            said.put(_Ended(error))

    threads: list[threading.Thread] = []
    try:
        for n, item in enumerate(items):
            todo.add(item)
            if len(threads) < len(workers) and n >= EACH * len(threads):
                threads.append(threading.Thread(target=run, args=(workers[len(threads)],), daemon=True))
                threads[-1].start()
            while not said.empty():
                yield _unless_failed(said.get())
        todo.end()
        running = len(threads)
        while running:
            try:
                result = said.get(timeout=WAKE)
            except queue.Empty:
                continue
            if isinstance(result, _Ended) and result.error is None:
                running -= 1
            else:
                yield _unless_failed(result)
    finally:
        todo.end()
        for worker in workers:
            worker.close()
        for thread in threads:
            thread.join()


def _unless_failed(result: Y | _Ended) -> Y:
    if isinstance(result, _Ended):
        assert result.error is not None
        raise result.error
    return result
