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
    name, count = f"auditkit-{secrets.token_hex(8)}", itertools.count()
    ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
    out: dict[Any, _Out[X]] = {}
    workers = Workers(client)

    def send(job: Job[X], tries: int, why: str = "") -> None:
        if tries > TRIES:
            raise lost(why)
        key = f"{name}-{next(count)}"
        task = client.submit(run, *job.given, key=key, pure=False, retries=RETRIES, workers=workers.trusted())
        # It may have to wait for those that were sent before it.
        out[task] = _Out(job, tries, time.monotonic() + EACH * job.seconds)
        task.add_done_callback(ended.put)

    try:
        while True:
            while len(out) < EACH * workers.threads() and (job := next(jobs, None)) is not None:
                send(job, 1)
            if not out:
                return
            for task in [one for one, sent in out.items() if time.monotonic() > sent.until]:
                if not task.done():
                    sent = out.pop(task)
                    workers.distrust(task.key)
                    client.cancel([task], force=True)
                    send(sent.job, sent.tries + 1, SILENT)
            try:
                task = ended.get(timeout=WAKE)
            except queue.Empty:
                continue
            if task not in out:  # nobody waits for it any longer
                continue
            sent, said = out.pop(task), _said(task)
            if said is None:  # lost with its worker, most likely: then it is done again
                if sent.tries >= TRIES:
                    raise lost(SILENT)
                out[task] = replace(sent, tries=sent.tries + 1)
                task.add_done_callback(ended.put)
                continue
            task.release()
            if said.how == "failed":
                send(sent.job, sent.tries + 1, said.reason)
            else:
                yield sent.job.item, said.what
    finally:
        with suppress(Exception):  # a cluster that is gone has forgotten them already
            client.cancel(list(out), force=True)


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
