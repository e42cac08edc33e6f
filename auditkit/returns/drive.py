"""One worker driven through files: each with as many fresh starts as it takes, and each with an outcome."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from auditkit.guard.limits import Limits, megabytes, too_large
from auditkit.returns import intake
from auditkit.returns.model import Parts, Return
from auditkit.returns.pool import Items
from auditkit.returns.reading import Begun, Task, refused
from auditkit.returns.serve import Work
from auditkit.returns.worker import LostError, Worker

# So many files a worker holds at a time, so that it has one to go on with while its results are taken.
AHEAD = 4
LOST: dict[Literal["died", "slow", "memory"], str] = {
    "died": "reader-died",
    "slow": "reader-slow",
    "memory": "reader-memory",
}
# Why the rest of a package is left out.
TOO_MUCH = "Too many of the files in it can't be read, or reading them takes too long"
UNPACKING = "The program that reads files stopped while it unpacked this one"
# Called once in each process that reads; returns what reads one file, as auditkit.returns.reading does.
Begin = Callable[[], Work[Task, Begun | Return | Parts]]


@dataclass(frozen=True)
class Done:
    """A file as it was read: its place among all, its weight unpacked, and its returns."""

    place: int
    found: intake.Found
    size: int
    returns: list[Return]


def worker_for(begin: Begin, limits: Limits) -> Worker[Task, Begun | Return | Parts]:
    """Return a worker process that isn't started yet, to be driven by :func:`drive`."""
    return Worker(begin, seconds=limits.seconds, memory_bytes=limits.memory_bytes)


def drive(
    worker: Worker[Task, Begun | Return | Parts],
    items: Items[tuple[int, intake.Found]],
    is_full: Callable[[], bool],
    limits: Limits,
) -> Iterator[Done]:
    """Read files in a worker until there are no more.

    Args:
        worker: What reads them. One that is lost is started again.
        items: The files, each with its place.
        is_full: Tells whether the run has unpacked all that it may; files after that aren't opened.
        limits: What files are held against.

    Yields:
        Each file as it was read.

    Raises:
        AuditkitError: If no process can be started, or a store doesn't answer.
    """
    held: deque[tuple[int, intake.Found, intake.Found]] = deque()
    while True:
        # What a lost worker held is tried one by one: nothing is sent ahead until that is done.
        while len(held) < AHEAD and len(held) == len(worker.ahead):
            # Asked first: then all that is done was taken before this one, and so comes before it.
            full = is_full()
            item = items.take(wait=not held)
            if item is None:
                break
            place, file = item
            if problem := refusal(file, full, limits):
                yield Done(place, file, 0, [refused(file.file, "", problem)])
            else:
                # A store is asked here: the worker has neither its passwords nor any use for a network.
                own = intake.fetched(file, limits)
                worker.send_ahead(Task(own))
                held.append((place, file, own))
        if not held:
            return
        place, file, own = held.popleft()
        yield Done(place, file, *_read(own, worker.results, limits))


def here(
    found: Iterable[intake.Found],
    work: Work[Task, Begun | Return | Parts],
    is_full: Callable[[], bool],
    limits: Limits,
) -> Generator[Done, None, None]:
    """Read files in this process: as :func:`drive` does, with nothing that shields it from them."""
    for place, file in enumerate(list(found)):
        problem = refusal(file, is_full(), limits)
        read = (0, [refused(file.file, "", problem)]) if problem else _read(file, work, limits)
        yield Done(place, file, *read)


def refusal(file: intake.Found, full: bool, limits: Limits) -> intake.UnreadableError | None:
    """Return why a file isn't opened, None if it is."""
    beyond = too_large("more than one run unpacks", megabytes(limits.run_bytes))
    return file.problem or (beyond if full else None)


def _read(
    found: intake.Found, work: Work[Task, Begun | Return | Parts], limits: Limits
) -> tuple[int, list[Return]]:
    """Read one file, with as many fresh starts as it takes; return its weight unpacked, and its returns.

    A process may end by what others do: files that it read before, or a system short of memory. So no file is
    blamed that wasn't begun anew in a process of its own.
    """
    returns: list[Return] = []
    done: set[intake.Place] = set()
    lost: dict[intake.Place, intake.UnreadableError] = {}
    sizes: dict[tuple[intake.Place, bool], int] = {}
    suspected: set[tuple[intake.Place, bool]] = set()
    nobody = Begun(found.file, "")
    restarts = 0
    began = time.monotonic()
    while True:
        begun = nobody
        try:
            with closing(work(Task(found, frozenset(done), lost))) as results:
                for said in results:
                    if isinstance(said, Begun):
                        begun, key = said, (said.place, said.is_read)
                        sizes[key] = max(said.size, sizes.get(key, 0))
                        done |= {said.place} if said.is_read else set()
                        continue
                    begun = nobody
                    returns += said.returns if isinstance(said, Parts) else [said]
                    if time.monotonic() - began > limits.package_seconds:
                        return sum(sizes.values()), [*returns, _given_up(found, TOO_MUCH, len(done))]
            return sum(sizes.values()), returns
        except LostError as error:
            key = begun.place, begun.is_read
            if error.how != "slow" and key not in suspected:
                suspected.add(key)
                done -= {begun.place} if begun.is_read else set()
                continue
            restarts += 1
            problem = intake.UnreadableError(LOST[error.how], seconds=f"{limits.seconds:g}")
            if done and not (begun.place or begun.is_read):
                return sum(sizes.values()), [*returns, _given_up(found, UNPACKING, len(done))]
            given_up = restarts > limits.restarts
            if begun.is_read or begun.file == found.file or given_up:
                returns.append(refused(begun.file, begun.sha256, problem))
            else:
                lost[begun.place] = problem  # the next process says so, in its turn
            if begun.file == found.file:
                return sum(sizes.values()), returns
            if given_up:
                return sum(sizes.values()), [*returns, _given_up(found, TOO_MUCH, len(done))]


def _given_up(found: intake.Found, why: str, read: int) -> Return:
    return refused(found.file, "", intake.UnreadableError("package-given-up", why=why, read=str(read)))
