"""The master of a large round written by a process of its own, while this one does something else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from auditkit.files import SCRATCH, beside
from auditkit.master.write import write, write_into
from auditkit.returns.serve import Work
from auditkit.returns.worker import LostError, Worker
from auditkit.tables import Tables

# With fewer answers the master is written in less time than a process takes to start.
FEW = 100_000
# No master takes so many seconds.
LONGEST = 24 * 60 * 60.0
# What is to be written, and where to.
Task = tuple[Tables, Path]


@contextmanager
def begun(path: Path, tables: Tables, scratch: Path) -> Iterator[Callable[[], Path]]:
    """Write the master as :func:`auditkit.master.write` does, while the block does something else.

    Args:
        path: Where to; an older master there is replaced as a whole.
        tables: The tables of the round.
        scratch: A folder for its parts until it is whole.

    Yields:
        What puts it in its place, once it is written, and returns the path; it raises what
        :func:`auditkit.master.write` does. If it isn't called, no master is written.
    """
    if len(tables.answers) < FEW:
        yield lambda: write(path, tables, scratch)
        return
    with (
        ExitStack() as written,
        TemporaryDirectory(prefix=".master-", suffix=SCRATCH, dir=scratch) as folder,
        ThreadPoolExecutor(1) as thread,
        Worker(_begin, seconds=LONGEST) as worker,
    ):

        def fetch(file: IO[bytes]) -> None:
            made = Path(folder) / path.name
            list(worker.results((tables, made)))
            with made.open("rb") as content:
                shutil.copyfileobj(content, file)

        there = thread.submit(lambda: written.enter_context(beside(path, fetch)))

        def put() -> Path:
            try:
                return there.result()()
            except LostError:  # done again here, what ended it ends this too, and can be told
                return write(path, tables, scratch)

        yield put


def _begin() -> Work[Task, None]:
    return _made


def _made(task: Task) -> Generator[None, None, None]:
    tables, path = task
    with path.open("wb") as file:
        write_into(file, tables, path.parent)
    yield
