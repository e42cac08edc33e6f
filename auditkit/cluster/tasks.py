"""Tasks run on a cluster, a few at a time, with their results in any order."""

from __future__ import annotations

import asyncio
import itertools
import queue
import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from auditkit.cluster import errand
from auditkit.cluster.workers import Workers, lost
from auditkit.errors import AuditkitError
from auditkit.returns import pipe

X = TypeVar("X")

# No more tasks are on their way than so many for each thread of the cluster: else the scheduler would hold
# the whole round.
EACH = 2
# Nobody waits for a task longer than this without looking after the others.
WAKE = 2.0
# So long it is waited for what a task said, before it is looked whether its worker is there still.
FETCH = 60.0
# A task whose worker was lost is tried again so often by Dask, and by us if it failed or was too slow.
RETRIES, TRIES = 3, 4
SILENT = "a worker stays connected and doesn't answer"
GARBLED = "a worker says something else than what it was asked for"


def given(client: Any, value: X) -> Any:
    """Return what stands for a value in tasks: it goes to the cluster once, however many tasks need it.

    As a result of the cluster's own it is made again wherever it was lost. AuditkitError if others could
    listen to it, or the cluster is lost.
    """
    Workers(client).threads()
    return client.submit(_same, value, key=f"auditkit-{secrets.token_hex(8)}", pure=False)


@dataclass(frozen=True)
class Job(Generic[X]):
    """An item, what the function is given for it, and how many seconds that may take."""

    item: X
    given: tuple[Any, ...]
    seconds: float


@dataclass(frozen=True)
class _Out(Generic[X]):
    """A job that is on its way for the ``tries``-th time; it isn't waited for any longer than ``until``."""

    job: Job[X]
    tries: int
    until: float


def each(
    client: Any, run: Callable[..., bytes], jobs: Iterator[Job[X]]
) -> Generator[tuple[X, Any], None, None]:
    """Run a function on a cluster for each of some items.

    Args:
        client: The connection.
        run: The function. It may be run several times for an item, where workers are lost: it must give the
            same. It says what came of it by :func:`auditkit.cluster.errand.done`.
        jobs: The items. They are taken when there is room for them.

    Yields:
        Each item and what came of it.

    Raises:
        AuditkitError: If the cluster is lost, has no workers for too long, or none that answers; if others
            could listen to one of them; or what the function raised.
    """
    tasks = _Tasks[X](client, run)
    try:
        while True:
            while tasks.have_room() and (job := next(jobs, None)) is not None:
                tasks.send(job)
            if not tasks.out:
                return
            tasks.leave_silent_workers()
            if (ended := tasks.next_ended()) is not None:
                yield ended
    finally:
        tasks.cancel()


class _Tasks(Generic[X]):
    """The tasks that are on their way."""

    def __init__(self, client: Any, run: Callable[..., bytes]) -> None:
        self.out: dict[Any, _Out[X]] = {}
        self._client, self._run, self._workers = client, run, Workers(client)
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._name, self._count = f"auditkit-{secrets.token_hex(8)}", itertools.count()

    def have_room(self) -> bool:
        """Tell whether the cluster takes one more."""
        return len(self.out) < EACH * self._workers.threads()

    def send(self, job: Job[X], tries: int = 1, why: str = "") -> None:
        """Send a job to the cluster; AuditkitError if that was tried too often, because of ``why``."""
        if tries > TRIES:
            raise lost(why)
        task = self._client.submit(
            *(self._run, *job.given),
            key=f"{self._name}-{next(self._count)}",
            pure=False,
            retries=RETRIES,
            workers=self._workers.trusted(),
        )
        # It may have to wait for those that were sent before it.
        self.out[task] = _Out(job, tries, time.monotonic() + EACH * job.seconds)
        task.add_done_callback(self._ended.put)

    def leave_silent_workers(self) -> None:
        """Send what took too long to other workers."""
        for task in [one for one, sent in self.out.items() if time.monotonic() > sent.until]:
            if not task.done():
                sent = self.out.pop(task)
                self._workers.distrust(task.key)
                self._client.cancel([task], force=True)
                self.send(sent.job, sent.tries + 1, SILENT)

    def next_ended(self) -> tuple[X, Any] | None:
        """Wait a moment for a task to end; return its item and what came of it, None if none has."""
        try:
            task = self._ended.get(timeout=WAKE)
        except queue.Empty:
            return None
        if task not in self.out:  # nobody waits for it any longer
            return None
        sent, said = self.out.pop(task), _said(task)
        if said is None:  # lost with its worker, most likely: then it is done again
            if sent.tries >= TRIES:
                raise lost(SILENT)
            self.out[task] = replace(sent, tries=sent.tries + 1)
            task.add_done_callback(self._ended.put)
            return None
        task.release()
        if said.how == "failed":
            self.send(sent.job, sent.tries + 1, said.reason)
            return None
        return sent.job.item, said.what

    def cancel(self) -> None:
        """Let the cluster forget them all."""
        with suppress(Exception):  # a cluster that is gone has forgotten them already
            self._client.cancel(list(self.out), force=True)


def _said(task: Any) -> errand.Said | None:
    """Return what a task said, None if that doesn't come; AuditkitError if it can't be done anywhere."""
    try:
        said = pipe.data(task.result(timeout=FETCH))
    except (TimeoutError, asyncio.TimeoutError):  # two errors in Python 3.10
        return None
    except Exception as error:
        raise lost(type(error).__name__) from None  # its text may have an answer in it
    if not isinstance(said, errand.Said):
        raise lost(GARBLED)
    if said.how == "another":
        raise AuditkitError(
            "A worker of the cluster has another auditkit, Python, or version of a library than this "
            "computer, so it might work otherwise. Install the same on all of them."
        )
    if said.how == "reason":
        raise AuditkitError(said.reason)
    return said


def _same(value: X) -> X:
    return value
