"""The master of a large round written by a process of its own, while this one does something else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
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
# Puts the master in its place, once it is written, and returns the path.
Put = Callable[[], Path]
# Begins to write: where to (an older master there is replaced as a whole), the tables of the round, and a
# folder for parts until all is whole.
Begin = Callable[[Path, Tables, Path], AbstractContextManager[Put]]


@contextmanager
def writer(answers: int) -> Iterator[Begin]:
    """Have the master written as :func:`auditkit.master.write` does, while something else is done.

    Args:
        answers: About how many answers there are. For many, a process is started and loads what it needs
            while the tables are made.

    Yields:
        What begins to write. What that yields puts the master in its place, and raises what
        :func:`auditkit.master.write` does; if it isn't called, no master is written.
    """
    if answers < FEW:
        yield _here
        return
    with ThreadPoolExecutor(1) as thread, Worker(_begin, seconds=LONGEST) as worker:
        thread.submit(worker.start)
        yield partial(_apart, thread, worker)


@contextmanager
def _here(path: Path, tables: Tables, scratch: Path) -> Iterator[Put]:
    yield lambda: write(path, tables, scratch)


@contextmanager
def _apart(
    thread: Executor, worker: Worker[Task, None], path: Path, tables: Tables, scratch: Path
) -> Iterator[Put]:
    with (
        ExitStack() as written,
        TemporaryDirectory(prefix=".master-", suffix=SCRATCH, dir=scratch) as folder,
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
            except LostError:  # done again here: what ended it ends this too, and can be told
                return write(path, tables, scratch)

        try:
            yield put
        finally:
            worker.close()
            wait([there])


def _begin() -> Work[Task, None]:
    return _made


def _made(task: Task) -> Generator[None, None, None]:
    tables, path = task
    with path.open("wb") as file:
        write_into(file, tables, path.parent)
    yield
