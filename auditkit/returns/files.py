"""Every file of the returns folder, read in a worker process; whatever happens, each has an outcome."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from auditkit.returns import intake
from auditkit.returns.findings import severity
from auditkit.returns.guard.limits import Limits, megabytes, too_large
from auditkit.returns.model import Finding, Outcome, Return
from auditkit.returns.worker import LostError, Work, Worker

OUTCOMES: dict[str, Outcome] = {"rejected": "rejected", "held": "held", "note": "passed over"}
LOST: dict[Literal["died", "slow", "memory"], str] = {
    "died": "reader-died",
    "slow": "reader-slow",
    "memory": "reader-memory",
}
# Why the rest of a package is left out.
TOO_MUCH = "Too many of the files in it can't be read, or reading them takes too long"
UNPACKING = "The program that reads files stopped while it unpacked this one"


@dataclass(frozen=True)
class Task:
    """A file of the folder to read.

    ``done`` is where files lie in it that were begun by earlier processes, ``lost`` what became of those that
    ended one when they were looked into.
    """

    found: intake.Found
    done: frozenset[intake.Place] = frozenset()
    lost: Mapping[intake.Place, intake.UnreadableError] = field(default_factory=dict)


@dataclass(frozen=True)
class Begun:
    """A file that is about to be looked into or read, so that it is known which one may end the process.

    ``place`` is where it lies in the file of the folder. ``size`` is what it weighs unpacked, 0 where
    that isn't counted again. ``is_read`` tells whether it is read now, or only looked into or unpacked.
    """

    file: str
    sha256: str
    place: intake.Place = ()
    size: int = 0
    is_read: bool = False


ReadLeaf = Callable[[intake.Leaf], Return]
Begin = Callable[[], Work[Task, "Begun | Return"]]
# Reads files: gives the place of each among them, and its returns, in any order.
Read = Callable[[Sequence[intake.Found]], Iterator[tuple[int, list[Return]]]]
Through = Callable[[Sequence[intake.Found], Read], Iterator[tuple[int, list[Return]]]]


def read_all(
    found: Sequence[intake.Found],
    begin: Begin,
    limits: Limits,
    *,
    isolated: bool = True,
    on_file: Callable[[int, int], None] | None = None,
    through: Through = lambda found, read: read(found),
) -> list[Return]:
    """Read files.

    Args:
        found: The files of the folder.
        begin: As :func:`read_each` takes it.
        limits: What files are held against.
        isolated: As :func:`read_each` takes it.
        on_file: Called with the number of files done and the number there are, after each file.
        through: Reads files by what it is given to read them, or knows them without.

    Returns:
        At least one return for each file, in the order of the files, no two of the same name.
    """
    by_place: dict[int, list[Return]] = {}
    read = partial(read_each, begin=begin, limits=limits, isolated=isolated)
    for n, returns in through(found, read):
        by_place[n] = returns
        if on_file is not None:
            on_file(len(by_place), len(found))
    return list(_distinct(one for n in range(len(found)) for one in by_place[n]))


def read_each(
    found: Sequence[intake.Found], begin: Begin, limits: Limits, *, isolated: bool = True
) -> Iterator[tuple[int, list[Return]]]:
    """Read files.

    Args:
        found: The files of the folder.
        begin: Called once in the process that reads; returns what reads one file (see :func:`read_file`).
        limits: What files are held against.
        isolated: Whether to read in a worker process. Without one, a file built to crash its reader takes the
            whole run along: for tests and debuggers.

    Yields:
        The place of each file among ``found``, and at least one return for it.
    """
    spent = 0
    with Worker(begin, seconds=limits.seconds, memory_bytes=limits.memory_bytes) as worker:
        work = worker.results if isolated else begin()
        for n, file in enumerate(found):
            if file.problem is not None:
                returns = [refused(file.file, "", file.problem)]
            elif spent > limits.run_bytes:
                problem = too_large("more than one run unpacks", megabytes(limits.run_bytes))
                returns = [refused(file.file, "", problem)]
            else:
                size, returns = _read(file, work, limits)
                spent += size
            yield n, returns


def read_file(
    task: Task, read: ReadLeaf, limits: Limits, passwords: intake.Passwords
) -> Generator[Begun | Return, None, None]:
    """Read a file of the folder and every file in it.

    Args:
        task: The file.
        read: What reads a workbook.
        limits: What it is held against.
        passwords: What to try on files that are locked.

    Yields:
        Before each file what it is, when it is looked into and again when it is read; then its return.

    Raises:
        MemoryError: If there is no more memory; everything else becomes an outcome.
    """
    file = task.found.file
    try:
        incoming = intake.load(task.found, limits)
    except intake.UnreadableError as problem:
        yield refused(file, "", problem)
        return
    yield Begun(file, incoming.sha256, size=len(incoming.content))
    try:
        for one in intake.leaves(incoming, intake.opening(limits, passwords, task.lost)):
            own = one.incoming
            if isinstance(one, intake.Looking):
                yield Begun(own.file, own.sha256, one.place)
            elif one.place not in task.done:
                yield Begun(own.file, own.sha256, one.place, len(own.content), is_read=True)
                yield _one(one, read)
    except MemoryError:
        raise
    except Exception as error:  # a bug of ours must cost one file its outcome, not the officer the run
        yield refused(file, incoming.sha256, _bug(error))


def refused(file: str, digest: str, problem: intake.UnreadableError) -> Return:
    """Return the outcome of a file that isn't read: rejected, held or passed over, as the finding says."""
    finding = Finding(problem.code, file, data=problem.data)
    return Return(file, digest, OUTCOMES[severity(finding)], findings=(finding,))


def _one(leaf: intake.Leaf, read: ReadLeaf) -> Return:
    own = leaf.incoming
    digest = own.sha256 if own.problem is None or own.content else ""
    if leaf.problem is not None:
        return refused(own.file, digest, leaf.problem)
    try:
        return replace(read(leaf), sha256=digest)
    except intake.UnreadableError as problem:
        return refused(own.file, digest, problem)
    except MemoryError:
        raise
    except Exception as error:  # as above
        return refused(own.file, digest, _bug(error))


def _bug(error: Exception) -> intake.UnreadableError:
    return intake.UnreadableError("not-read", reason=f"{type(error).__name__}: {error}"[:200])


def _read(found: intake.Found, work: Work[Task, Begun | Return], limits: Limits) -> tuple[int, list[Return]]:
    """Read one file, with as many fresh starts as it takes; return its weight unpacked, and its returns."""
    returns: list[Return] = []
    done: set[intake.Place] = set()
    lost: dict[intake.Place, intake.UnreadableError] = {}
    weight = restarts = 0
    began = time.monotonic()
    while True:
        begun = Begun(found.file, "")
        try:
            with closing(work(Task(found, frozenset(done), lost))) as results:
                for said in results:
                    if isinstance(said, Begun):
                        begun = said
                        weight += said.size
                        done |= {said.place} if said.is_read else set()
                        continue
                    returns.append(said)
                    if time.monotonic() - began > limits.package_seconds:
                        return weight, [*returns, _given_up(found, TOO_MUCH, len(done))]
            return weight, returns
        except LostError as error:
            restarts += 1
            problem = intake.UnreadableError(LOST[error.how], seconds=f"{limits.seconds:g}")
            if done and not (begun.place or begun.is_read):
                return weight, [*returns, _given_up(found, UNPACKING, len(done))]
            given_up = restarts > limits.restarts
            if begun.is_read or begun.file == found.file or given_up:
                returns.append(refused(begun.file, begun.sha256, problem))
            else:
                lost[begun.place] = problem  # the next process says so, in its turn
            if begun.file == found.file:
                return weight, returns
            if given_up:
                return weight, [*returns, _given_up(found, TOO_MUCH, len(done))]


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
