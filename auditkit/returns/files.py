"""Every file of the returns folder, read in worker processes; whatever happens, each has an outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from auditkit.guard.limits import Limits
from auditkit.returns import intake
from auditkit.returns.drive import Begin, Done, drive, here, refusal, worker_for
from auditkit.returns.model import Outcome, Return
from auditkit.returns.pool import each
from auditkit.returns.reading import refused


@dataclass(frozen=True)
class Progress:
    """How far reading has come: files ``done`` of those found so far, and how many returns ended as what."""

    done: int
    found: int
    outcomes: Mapping[Outcome, int]


OnFile = Callable[[Progress], None]
# Reads files: gives the place of each among them, and its returns, in any order.
Reads = Generator[tuple[int, list[Return]], None, None]
Read = Callable[[Iterable[intake.Found]], Reads]
Through = Callable[[Iterable[intake.Found], Read], Reads]
# Reads files on other computers, in any order: by what reads one of them, until the run is full.
Elsewhere = Callable[[Iterable[intake.Found], Begin, Callable[[], bool], Limits], Generator[Done, None, None]]


def read_all(
    found: Iterable[intake.Found],
    begin: Begin,
    limits: Limits,
    *,
    jobs: int = 1,
    isolated: bool = True,
    on_file: OnFile | None = None,
    through: Through = lambda found, read: read(found),
    elsewhere: Elsewhere | None = None,
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
        elsewhere: What reads files instead of worker processes of this one.

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
    each = partial(read_each, begin=begin, limits=limits, jobs=jobs, isolated=isolated, elsewhere=elsewhere)
    with closing(through(listing(), each)) as reads:
        for place, returns in reads:
            read[place] = returns
            outcomes.update(one.outcome for one in returns)
            if on_file is not None:
                on_file(Progress(len(read), len(listed), outcomes))
    return list(_distinct(one for place in sorted(read) for one in read[place]))


def read_each(
    found: Iterable[intake.Found],
    begin: Begin,
    limits: Limits,
    *,
    jobs: int = 1,
    isolated: bool = True,
    elsewhere: Elsewhere | None = None,
) -> Reads:
    """Read files, as many at a time as there are worker processes, while more are still being found.

    Args:
        found: The files of the folder.
        begin: Called once in each process that reads; returns what reads one file (see
            :func:`auditkit.returns.reading.read_file`).
        limits: What files are held against.
        jobs: How many worker processes to use at most; a second one is started when there is work for it.
        isolated: Whether to read in worker processes.
        elsewhere: What reads files instead of worker processes of this one.

    Yields:
        The place of a file in ``found`` and its returns, at least one, in the order of completion.
    """
    sizes: dict[int, int] = {}
    waiting: dict[int, Done] = {}
    # All files before ``first`` are done, and they weighed ``before``; all that are done weighed ``spent``.
    first = before = spent = beyond = 0
    # More than this no file weighs: itself, and all that is in it.
    most = 2 * limits.file_bytes + limits.package_bytes

    def is_full() -> bool:
        return spent > limits.run_bytes

    def reads() -> Generator[Done, None, None]:
        if elsewhere is not None:
            return elsewhere(found, begin, is_full, limits)
        if not isolated:
            return here(found, begin(), is_full, limits)
        workers = [worker_for(begin, limits) for _ in range(jobs)]
        return each(enumerate(found), partial(drive, is_full=is_full, limits=limits), workers)

    with closing(reads()) as read:
        for one in read:
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
                    problem = refusal(held.found, before > limits.run_bytes, limits)
                    yield first, [refused(held.found.file, "", problem)] if problem else held.returns
                before += sizes[first]
                first += 1


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
            # The gist of its answers was taken by its old name.
            one = replace(one, file=name, findings=findings, notes=notes, gist="")
        yield one
