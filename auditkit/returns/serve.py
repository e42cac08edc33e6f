"""The worker's own side: work is taken from standard input, and results go to standard output.

See :mod:`auditkit.returns.worker` for the side that started it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import time
from collections.abc import Callable, Generator
from typing import IO, Any, TypeVar

from auditkit.garbage import uncollected
from auditkit.returns import pipe

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[T], Generator[R, None, None]]

# A worker whose parent is gone ends itself so long after its deadline.
GRACE = 30.0
READY, SAID, DONE, FAILED = "ready", "said", "done", "failed"


def main() -> None:  # pragma: no cover - runs in the worker process only
    """Run as the worker process: take work from standard input, answer on standard output."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever prints must not garble the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        begin, seconds, memory = pipe.read(source)
        work = begin()
    except Exception as error:
        pipe.write(target, (FAILED, f"{type(error).__name__}: {error}"[:300]))
        os._exit(1)
    if memory is not None:
        limit_process(memory)
    serve(source, target, work, seconds)
    os._exit(0)


def serve(source: IO[bytes], target: IO[bytes], work: Work[Any, Any], seconds: float) -> None:
    """Answer items until there are no more, or until memory has run out.

    Args:
        source: Where items come from.
        target: Where results go.
        work: What does the work.
        seconds: The deadline of one result. The parent watches it; this process ends itself some time after
            it, should the parent be gone.
    """
    pipe.write(target, (READY, None))
    while True:
        try:
            item = pipe.read(source)
        except EOFError:
            return
        try:
            since = _watched(seconds)
            with uncollected():  # until the file is read: between files what it left is looked for
                for result in work(item):
                    pipe.write(target, (SAID, result))
                    if time.monotonic() - since > GRACE / 2:  # not each time: it starts a thread
                        since = _watched(seconds)
        except MemoryError:
            pipe.write(target, (FAILED, None))
            return
        finally:
            faulthandler.cancel_dump_traceback_later()
        pipe.write(target, (DONE, None))


def _watched(seconds: float) -> float:
    """Have this process end itself some time after a deadline; return when that was."""
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True)
    return time.monotonic()


def limit_process(memory: int) -> None:
    """Keep this process from taking more than ``memory`` on top of what it has, and from writing files.

    Systems without such limits (Windows) rely on the guard and on running out of address space.
    """
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, _address_space() + memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    )
    for kind, most in wanted:
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, hard))


def _address_space() -> int:
    """Return how much address space this process has taken; a guess where the system doesn't say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as said:  # noqa: PTH123
            return int(said.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 512 * 1024 * 1024
