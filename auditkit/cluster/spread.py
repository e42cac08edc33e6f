"""Files spread over a cluster: batches go out, results come back in any order, each with its place."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from auditkit import program
from auditkit.cluster import batch, tasks
from auditkit.errors import AuditkitError
from auditkit.returns import files, intake, pipe
from auditkit.returns.drive import Begin, Done, refusal
from auditkit.returns.guard.limits import MEGABYTE, Limits
from auditkit.returns.reading import refused

if TYPE_CHECKING:
    from distributed import Client

# A batch is no more than so many files or bytes.
FILES, BYTES = 8, 32 * MEGABYTE


@dataclass
class _Batch:
    """Files that go out together, as they go, and those among them that aren't opened.

    ``weight`` is how many bytes of them go along.
    """

    files: list[tuple[int, intake.Found]] = field(default_factory=list)
    sent: list[intake.Found] = field(default_factory=list)
    refused: list[Done] = field(default_factory=list)
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
    run = tasks.given(client, own)
    out = ((one, (run, pipe.message(one.sent))) for one in _batches(found, is_full, limits))
    with closing(tasks.each(client, batch.read, out)) as results:
        for one, said in results:
            yield from one.refused
            for (place, file), (size, returns) in zip(one.files, _read_of(said), strict=True):
                yield Done(place, file, size, returns)


def _batches(found: Iterable[intake.Found], is_full: Callable[[], bool], limits: Limits) -> Iterator[_Batch]:
    one = _Batch()
    places = enumerate(found)
    while True:
        # Asked first: then all that is done was taken before this file, and so comes before it.
        full = is_full()
        item = next(places, None)
        if item is None:
            yield one
            return
        place, file = item
        if problem := refusal(file, full, limits):
            one.refused.append(Done(place, file, 0, [refused(file.file, "", problem)]))
        else:
            # The bytes go along if only this computer can get at them.
            sent = file if intake.is_shared(file) else intake.fetched(file, limits, local=True)
            one.files.append(item)
            one.sent.append(sent)
            one.weight += len(sent.fetched.content) if sent.fetched else 0
        if one.is_full():
            yield one
            one = _Batch()


def _read_of(said: Any) -> tuple[tuple[int, list[Any]], ...]:
    """Return weight and returns of each file of a batch."""
    assert isinstance(said, batch.Said)
    if said.how == "another":
        raise AuditkitError(
            "A worker of the cluster has another auditkit, Python, or version of a library than this "
            "computer, so it might read otherwise. Install the same on all of them."
        )
    if said.how == "reason":
        raise AuditkitError(said.reason)
    return said.read
