"""One file of the returns folder, read with every file in it: what a worker process does."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace

from auditkit.guard.limits import Limits
from auditkit.returns import intake
from auditkit.returns.findings import severity
from auditkit.returns.model import Finding, Outcome, Parts, Return

OUTCOMES: dict[str, Outcome] = {"rejected": "rejected", "held": "held", "note": "passed over"}


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


ReadLeaf = Callable[[intake.Leaf], "Return | Parts"]


def read_file(
    task: Task, read: ReadLeaf, limits: Limits, passwords: intake.Passwords
) -> Generator[Begun | Return | Parts, None, None]:
    """Read a file of the folder and every file in it.

    Args:
        task: The file.
        read: What reads a workbook.
        limits: What it is held against.
        passwords: What to try on files that are locked.

    Yields:
        Before each file what it is, when it is looked into and again when it is read; then its return, of a
        pack its parts.

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


def _one(leaf: intake.Leaf, read: ReadLeaf) -> Return | Parts:
    own = leaf.incoming
    digest = own.sha256 if own.problem is None or own.content else ""
    if leaf.problem is not None:
        return refused(own.file, digest, leaf.problem)
    try:
        said = read(leaf)
        if isinstance(said, Parts):
            return Parts(tuple(replace(part, sha256=digest) for part in said.returns))
        return replace(said, sha256=digest)
    except intake.UnreadableError as problem:
        return refused(own.file, digest, problem)
    except MemoryError:
        raise
    except Exception as error:  # as above
        return refused(own.file, digest, _bug(error))


def _bug(error: Exception) -> intake.UnreadableError:
    return intake.UnreadableError("not-read", reason=f"{type(error).__name__}: {error}"[:200])
