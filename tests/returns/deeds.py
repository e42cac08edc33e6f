"""What files do to the process that reads them, by their names. Worker processes import this and little else."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Generator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from auditkit.guard import Limits
from auditkit.returns import collate, intake, reading
from auditkit.returns.model import Return
from auditkit.returns.serve import Work

LIMITS = Limits()
# What a file does to the process that reads it, by its name. "once" is done to it by somebody else: not again.
DEEDS = ("good", "dies", "hoards", "bug", "once")
DEED = re.compile("|".join(DEEDS))


class Gone(BaseException):
    """Stands for the end of the process where there is none, which nothing in it can catch."""


def read(leaf: intake.Leaf, marks: Path | None, delays: Mapping[str, float]) -> Return:
    """Read a file as its name says: late, with a mark left behind for what happens once, or not at all."""
    name = leaf.incoming.file
    deed = DEED.findall(name)[-1]
    time.sleep(delays.get(name, 0))
    if deed == "dies":
        if marks is None:
            raise Gone
        os.abort()
    if deed == "once" and marks is not None:
        mark = marks / name.replace("/", "-")
        if not mark.exists():
            mark.touch()  # a worker may write no file, but an empty one
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if deed == "hoards":
        raise MemoryError
    if deed == "bug":
        raise ZeroDivisionError("ours")
    return Return(name, "", "accepted")


def begin(marks: Path, delays: Mapping[str, float]) -> Work[reading.Task, reading.Begun | Return]:
    """Begin to read in a worker process."""
    each = partial(read, marks=marks, delays=delays)
    return partial(reading.read_file, read=each, limits=LIMITS, passwords=intake.NO_PASSWORDS)


def begin_marking(marks: Path) -> Work[reading.Task, reading.Begun | Return]:
    """Begin to read in a worker process; leave a mark for each file."""

    def marking(leaf: intake.Leaf) -> Return:
        (marks / leaf.incoming.file).touch()
        return Return(leaf.incoming.file, "", "accepted")

    return partial(reading.read_file, read=marking, limits=LIMITS, passwords=intake.NO_PASSWORDS)


def begin_counted(marks: Path) -> Work[reading.Task, reading.Begun | Return]:
    """Begin to read in a worker process; leave a mark for the process."""
    (marks / f"pid {os.getpid()}").touch()
    return begin(marks, {})


def begin_hanging(*args: Any) -> Work[reading.Task, reading.Begun | Return]:
    """Begin to read returns as collate does, in a worker process that hangs on some files."""
    work = collate._begin(*args)

    def hang(task: reading.Task) -> Generator[reading.Begun | Return, None, None]:
        if "hangs" in task.found.file:
            time.sleep(600)
        yield from work(task)

    return hang
