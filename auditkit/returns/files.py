"""Every file of the returns folder, read in worker processes; whatever happens, each has an outcome."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from auditkit.returns import intake
from auditkit.returns.guard.limits import Limits, megabytes, too_large
from auditkit.returns.model import Outcome, Return
from auditkit.returns.pool import Items, each
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


@dataclass(frozen=True)
class Progress:
    """How far reading has come: files ``done`` of those found so far, and how many returns ended as what."""

    done: int
    found: int
    outcomes: Mapping[Outcome, int]


@dataclass(frozen=True)
class _Read:
    """A file as it was read: its place among all, its weight unpacked, and its returns."""

    place: int
    found: intake.Found
    size: int
    returns: list[Return]


OnFile = Callable[[Progress], None]
Begin = Callable[[], Work[Task, "Begun | Return"]]
# Reads files: gives the place of each among them, and its returns, in any order.
Reads = Generator[tuple[int, list[Return]], None, None]
Read = Callable[[Iterable[intake.Found]], Reads]
Through = Callable[[Iterable[intake.Found], Read], Reads]


def read_all(
    found: Iterable[intake.Found],
    begin: Begin,
    limits: Limits,
    *,
    jobs: int = 1,
    isolated: bool = True,
    on_file: OnFile | None = None,
    through: Through = lambda found, read: read(found),
) -> list[Return]:
    """Read files; the result is the same whatever the number of processes, and whichever is quicker.

    Args:
        found: The files of the folder.
        begin: Called once in each process that reads; returns what reads one file (see
            :func:`auditkit.returns.reading.read_file`).
        limits: What files are held against.
        jobs: How many worker processes to use at most.
        isolated: Whether to read in worker processes. Without them, a file built to crash its reader takes
            the whole run along: for tests and debuggers.
        on_file: Called after each file.
        through: Reads files by what it is given to read them, or knows them without.

    Returns:
        At least one return for each file, in the order of ``found``, no two of the same name.
    """
    listed: list[intake.Found] = []

    def listing() -> Iterator[intake.Found]:
        for file in found:
            listed.append(file)
            yield file

    read: dict[int, list[Return]] = {}
    outcomes: Counter[Outcome] = Counter()
    each = partial(read_each, begin=begin, limits=limits, jobs=jobs, isolated=isolated)
    with closing(through(listing(), each)) as reads:
        for place, returns in reads:
            read[place] = returns
            outcomes.update(one.outcome for one in returns)
            if on_file is not None:
                on_file(Progress(len(read), len(listed), outcomes))
    return list(_distinct(one for place in sorted(read) for one in read[place]))


def read_each(
    found: Iterable[intake.Found], begin: Begin, limits: Limits, *, jobs: int = 1, isolated: bool = True
) -> Reads:
    """Read files, as many at a time as there are worker processes, while more are still being found.

    Args:
        found: The files of the folder.
        begin: Called once in each process that reads; returns what reads one file (see
            :func:`auditkit.returns.reading.read_file`).
        limits: What files are held against.
        jobs: How many worker processes to use at most; a second one is started when there is work for it.
        isolated: Whether to read in worker processes.

    Yields:
        The place of a file in ``found`` and its returns, at least one, in the order of completion.
    """
    sizes: dict[int, int] = {}
    waiting: dict[int, _Read] = {}
    # All files before ``first`` are done, and they weighed ``before``; all that are done weighed ``spent``.
    first = before = spent = beyond = 0
    # More than this no file weighs: itself, and all that is in it.
    most = 2 * limits.file_bytes + limits.package_bytes

    def is_full() -> bool:
        return spent > limits.run_bytes

    workers = [Worker(begin, seconds=limits.seconds, memory_bytes=limits.memory_bytes) for _ in range(jobs)]
    drive = partial(_drive, is_full=is_full, limits=limits)
    with closing(
        each(enumerate(found), drive, workers) if isolated else _here(found, begin, is_full, limits)
    ) as reads:
        for one in reads:
            sizes[one.place] = one.size
            spent += one.size
            beyond = max(beyond, one.place + 1)
            # Which files are beyond the limit of the run is a matter of their order, not of who was quicker.
            waiting[one.place] = one
            if spent + most * (beyond - len(sizes)) <= limits.run_bytes:
                yield one.place, waiting.pop(one.place).returns
            while first in sizes:
                if first in waiting:
                    held = waiting.pop(first)
                    problem = _refusal(held.found, before > limits.run_bytes, limits)
                    yield first, [refused(held.found.file, "", problem)] if problem else held.returns
                before += sizes[first]
                first += 1


def _drive(
    worker: Worker[Task, Begun | Return],
    items: Items[tuple[int, intake.Found]],
    is_full: Callable[[], bool],
    limits: Limits,
) -> Iterator[_Read]:
    """Read files in a worker until there are no more."""
    held: deque[tuple[int, intake.Found]] = deque()
    while True:
        # What a lost worker held is tried one by one: nothing is sent ahead until that is done.
        while len(held) < AHEAD and len(held) == len(worker.ahead):
            # Asked first: then all that is done was taken before this one, and so comes before it.
            full = is_full()
            item = items.take(wait=not held)
            if item is None:
                break
            place, file = item
            if problem := _refusal(file, full, limits):
                yield _Read(place, file, 0, [refused(file.file, "", problem)])
            else:
                worker.send_ahead(Task(file))
                held.append(item)
        if not held:
            return
        place, file = held.popleft()
        yield _Read(place, file, *_read(file, worker.results, limits))


def _here(
    found: Iterable[intake.Found], begin: Begin, is_full: Callable[[], bool], limits: Limits
) -> Generator[_Read, None, None]:
    """Read files in this process."""
    work = begin()
    for place, file in enumerate(list(found)):
        problem = _refusal(file, is_full(), limits)
        read = (0, [refused(file.file, "", problem)]) if problem else _read(file, work, limits)
        yield _Read(place, file, *read)


def _refusal(file: intake.Found, full: bool, limits: Limits) -> intake.UnreadableError | None:
    """Return why a file isn't opened, None if it is."""
    return file.problem or (_beyond(limits) if full else None)


def _beyond(limits: Limits) -> intake.UnreadableError:
    return too_large("more than one run unpacks", megabytes(limits.run_bytes))


def _read(found: intake.Found, work: Work[Task, Begun | Return], limits: Limits) -> tuple[int, list[Return]]:
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
                    returns.append(said)
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


def _distinct(returns: Iterable[Return]) -> Iterator[Return]:
    """Give files that are shown by the same name different ones: two members of an archive, say."""
    seen: set[str] = set()
    for one in returns:
        name, n = one.file, 1
        while name in seen:
            n += 1
            name = f"{one.file} ({n})"
        seen.add(name)
        if n > 1:
            findings = tuple(replace(finding, file=name) for finding in one.findings)
            notes = tuple(replace(note, file=name) for note in one.notes)
            one = replace(one, file=name, findings=findings, notes=notes)
        yield one
