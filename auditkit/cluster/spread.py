"""Files spread over a cluster: batches go out, results come back in any order, each with its place."""

from __future__ import annotations

import queue
import secrets
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from auditkit import program
from auditkit.cluster import batch
from auditkit.errors import AuditkitError
from auditkit.returns import files, intake, pipe
from auditkit.returns.drive import Begin, Done, refusal
from auditkit.returns.guard.limits import MEGABYTE, Limits
from auditkit.returns.reading import refused

if TYPE_CHECKING:
    from distributed import Client

# A batch is no more than so many files or bytes, and no more batches are on their way than so many for each
# thread of the cluster: else the scheduler would hold the whole round.
FILES, BYTES, EACH = 8, 32 * MEGABYTE, 2
# How often it is looked whether there still are workers, and for how long there may be none.
WAKE, PATIENCE = 2.0, 300.0
# A task that ended in a bug of the machine it ran on is tried again, elsewhere perhaps.
RETRIES = 3
Place = tuple[int, intake.Found]


@dataclass
class _Batch:
    """Files that go out together; ``weight`` is how many bytes of them go along."""

    files: list[Place] = field(default_factory=list)
    sent: list[intake.Found] = field(default_factory=list)
    weight: int = 0

    def is_full(self) -> bool:
        return len(self.files) >= FILES or self.weight >= BYTES


def reading(client: Client) -> files.Elsewhere:
    """Return what reads files on a cluster, for :func:`auditkit.returns.collate.read_returns`.

    Args:
        client: The connection to it (see :func:`auditkit.cluster.connected`).
    """
    return partial(_read, client)


def _read(
    client: Any,
    found: Iterable[intake.Found],
    begin: Begin,
    is_full: Callable[[], bool],
    limits: Limits,
) -> Generator[Done, None, None]:
    own = batch.Run(secrets.token_hex(8), program.digest(), pipe.message(begin), limits)
    run = client.submit(batch.same, own, key=f"auditkit-{own.id}", pure=False)
    ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
    out: dict[Any, list[Place]] = {}
    places = enumerate(found)
    more, threads = True, _Threads(client)
    try:
        while more or out:
            while more and len(out) < EACH * threads.now():
                one = _Batch()
                # A file is asked for only when there is room for it, since it may have to be fetched first.
                while more and not one.is_full():
                    full, item = is_full(), next(places, None)
                    if item is None:
                        more = False
                    elif problem := refusal(item[1], full, limits):
                        yield Done(*item, 0, [refused(item[1].file, "", problem)])
                    else:
                        _add(one, item, limits)
                if one.files:
                    content = pipe.message(one.sent)
                    task = client.submit(
                        batch.read, run, content, key=f"auditkit-{own.id}-{one.files[0][0]}", pure=False,
                        retries=RETRIES,
                    )  # fmt: skip
                    out[task] = one.files
                    task.add_done_callback(ended.put)
            if out:
                task = _next(ended, threads)
                for (place, file), (size, returns) in zip(out.pop(task), _results(task), strict=True):
                    yield Done(place, file, size, returns)
                task.release()
    finally:
        with suppress(Exception):  # a cluster that is gone has forgotten them already
            client.cancel([*out, run], force=True)


def _add(one: _Batch, item: Place, limits: Limits) -> None:
    """Add a file to a batch; its bytes too, if only this computer can get at them."""
    _, file = item
    sent = file if intake.is_shared(file) else intake.fetched(file, limits, local=True)
    one.files.append(item)
    one.sent.append(sent)
    one.weight += len(sent.fetched.content) if sent.fetched else 0


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
                raise _lost("it has had no workers for five minutes")
        return max(1, self._known)


def _next(ended: queue.SimpleQueue[Any], threads: _Threads) -> Any:
    """Return the next task that ended."""
    while True:
        try:
            return ended.get(timeout=WAKE)
        except queue.Empty:
            threads.now()


def _results(task: Any) -> tuple[tuple[int, list[Any]], ...]:
    """Return weight and returns of each file of a batch; what the worker says is data and nothing else."""
    try:
        said = pipe.data(task.result())
    except Exception as error:
        raise _lost(f"{type(error).__name__}: {error}"[:300]) from error
    assert isinstance(said, batch.Said)
    if said.how == "another":
        raise AuditkitError(
            "A worker of the cluster has another auditkit, Python, or version of a library than this "
            "computer, so it might read otherwise. Install the same on all of them."
        )
    if said.how == "reason":
        raise AuditkitError(said.reason)
    return said.read


def _lost(why: str) -> AuditkitError:
    return AuditkitError(
        f"The cluster was lost ({why}). No master was written. Its workers need the same auditkit[cluster] "
        "as this computer, and enough memory; run it again, or without --cluster."
    )
