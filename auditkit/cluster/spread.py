"""Files spread over a cluster: batches go out, results come back in any order, each with its place."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from auditkit.cluster import batch, errand, tasks
from auditkit.cluster.workers import lost
from auditkit.guard.limits import MEGABYTE, Limits
from auditkit.returns import files, intake, pipe
from auditkit.returns.drive import Begin, Done, refusal
from auditkit.returns.model import Return
from auditkit.returns.reading import refused

if TYPE_CHECKING:
    from distributed import Client

# A batch is no more than so many files or bytes.
FILES, BYTES = 8, 32 * MEGABYTE
# So long a batch may take beyond what its files may: processes start, a store is slow.
GRACE = 300.0


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
    own = batch.Run(secrets.token_hex(8), pipe.message(begin), limits)
    run = tasks.given(client, own)
    out = (
        tasks.Job(one, (run, errand.sent(one.sent)), len(one.sent) * limits.package_seconds + GRACE)
        for one in _batches(found, is_full, limits)
    )
    with closing(tasks.each(client, batch.read, out)) as results:
        for one, read in results:
            yield from one.refused
            if not _is_of(one, read):
                raise lost(tasks.GARBLED)
            for (place, file), (size, returns) in zip(one.files, read, strict=True):
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
            sent = file if intake.is_shared(file) else intake.fetched(file, limits, elsewhere=True)
            one.files.append(item)
            one.sent.append(sent)
            one.weight += len(sent.fetched.content) if sent.fetched else 0
        if one.is_full():
            yield one
            one = _Batch()


def _is_of(one: _Batch, said: Any) -> bool:
    """Tell whether what a task said is what is read of each file of a batch."""
    return isinstance(said, tuple) and len(said) == len(one.files) and all(map(_is_read, said))


def _is_read(said: Any) -> bool:
    """Tell whether something is weight and returns of a file, one return at least."""
    match said:
        case (int(), [Return(), *more]):
            return all(isinstance(one, Return) for one in more)
    return False
