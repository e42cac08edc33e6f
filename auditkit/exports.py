"""The tables as files for other programs: ``master/NAME.parquet`` and ``master/NAME.csv``.

Both forms have the columns of :data:`auditkit.tables.SCHEMAS`, those of any type as three
(:mod:`auditkit.tables.table`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

from auditkit.csv import LIVE, shielded
from auditkit.errors import AuditkitError
from auditkit.files import beside
from auditkit.tables import SCHEMAS, Table, Tables

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(folder: Path, tables: Tables) -> tuple[Path, ...]:
    """Write every table twice, as Parquet and as CSV.

    Args:
        folder: Where to; it is made if need be, and files of the same names are replaced.
        tables: The tables of the round.

    Returns:
        The files.

    Raises:
        AuditkitError: The folder can't be written to.
    """
    with begun(folder, tables) as put:
        return put()


@contextmanager
def begun(folder: Path, tables: Tables) -> Iterator[Callable[[], tuple[Path, ...]]]:
    """Write every table as :func:`write` does, while the block does something else.

    It is done in a thread; nearly all of it needs no Python. So that the tables are never newer than what the
    block writes, they lie beside their places until the block puts them there.

    Args:
        folder: Where to; it is made if need be.
        tables: The tables of the round.

    Yields:
        What puts all files in their places, once they are written, and returns them.

    Raises:
        AuditkitError: When they are put there: the folder can't be written to.
    """
    with ExitStack() as written, ThreadPoolExecutor(1) as thread:
        all_ = thread.submit(_beside, folder, tables, written)
        yield lambda: tuple(put() for put in all_.result())


def _beside(folder: Path, tables: Tables, written: ExitStack) -> list[Callable[[], Path]]:
    """Write every table twice beside its places; return what puts each file there."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{folder} can't be made ({error.strerror}).") from error
    return [
        written.enter_context(beside(folder / f"{name}.{ending}", partial(write_one, getattr(tables, name))))
        for name in SCHEMAS
        for ending, write_one in (("parquet", _write_parquet), ("csv", _write_csv))
    ]


def _write_parquet(table: Table, file: IO[bytes]) -> None:
    file.write(memoryview(table.content))


def _write_csv(table: Table, file: IO[bytes]) -> None:
    """Write a table as CSV that opens in Excel; no text in it becomes a formula (:mod:`auditkit.csv`)."""
    import pyarrow as pa
    from pyarrow import csv

    texts = [n for n, field in enumerate(table.columns) if pa.types.is_string(field.type)]
    file.write(BYTE_ORDER_MARK)
    with csv.CSVWriter(file, table.columns, write_options=csv.WriteOptions(quoting_style="all_valid")) as out:
        for batch in table.batches():
            columns = batch.columns
            for n in texts:
                columns[n] = _shielded(columns[n])
            out.write_batch(pa.record_batch(columns, schema=table.columns))


def _shielded(column: Any) -> Any:
    """Return a column of texts that no program takes for formulas."""
    import pyarrow as pa
    from pyarrow import compute

    live = compute.match_substring_regex(column, LIVE).fill_null(False)
    if not live.true_count:
        return column
    texts = [shielded(text) for text in column.filter(live).to_pylist()]
    return compute.replace_with_mask(column, live, pa.array(texts, pa.string()))
