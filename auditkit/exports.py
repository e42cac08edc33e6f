"""The tables as files for other programs: ``master/NAME.parquet`` and ``master/NAME.csv``.

Both forms have the columns of :data:`auditkit.tables.SCHEMAS`. A column that may hold any type becomes three,
since a column of a file has one: its text as a person reads it, and beside it the number or the date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from auditkit.csv import shielded
from auditkit.errors import AuditkitError
from auditkit.fields.plain import as_text
from auditkit.files import atomic_write
from auditkit.tables import SCHEMAS, YES, Column, Tables

if TYPE_CHECKING:
    import pyarrow as pa

# What is added to the name of a column of any type.
NUMBER, DATE = "_number", "_date"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# How many rows are made safe for CSV at once.
ROWS_AT_ONCE = 20_000


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
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{folder} can't be made ({error.strerror}).") from error
    written = []
    for name in SCHEMAS:
        table = as_arrow(name, tables)
        written.append(atomic_write(folder / f"{name}.parquet", partial(_write_parquet, table)))
        written.append(atomic_write(folder / f"{name}.csv", partial(_write_csv, table)))
    return tuple(written)


def columns(column: Column) -> Iterator[tuple[str, str]]:
    """Yield the columns of a file that hold a column of a table: name and Arrow type."""
    if column.type == "any":
        yield from (
            (column.name, "string"),
            (column.name + NUMBER, "double"),
            (column.name + DATE, "date32[day]"),
        )
    else:
        yield column.name, TYPES[column.type]


TYPES = {
    "text": "string",
    "number": "double",
    "yes or no": "bool",
    "date": "date32[day]",
    "date and time": "timestamp[us, tz=UTC]",
}


def as_arrow(name: str, tables: Tables) -> pa.Table:
    """Return a table as Arrow has it, with the columns of its files."""
    import pyarrow as pa

    frame = getattr(tables, name)
    made: dict[str, Any] = {}
    for column in SCHEMAS[name].columns:
        values = frame[column.name].tolist()
        if column.type == "any":
            made[column.name] = _texts(None if v is None else as_text(v) for v in values)
            made[column.name + NUMBER] = pa.array([_number(v) for v in values], pa.float64())
            made[column.name + DATE] = pa.array([_date(v) for v in values], pa.date32())
        elif column.type == "text":
            made[column.name] = _texts(values)
        elif column.type == "yes or no":
            made[column.name] = pa.array([None if v is None else v == YES for v in values], pa.bool_())
        elif column.type == "number":
            made[column.name] = pa.array(values, pa.float64())
        elif column.type == "date":
            made[column.name] = pa.array(values, pa.date32())
        else:
            made[column.name] = pa.array(values, pa.timestamp("us", tz="UTC"))
    return pa.table(made)


def _texts(values: Iterable[str | None]) -> Any:
    """Return texts as a column; half a character, which no file can hold, becomes a question mark."""
    import pyarrow as pa

    texts = list(values)
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        whole = [None if text is None else text.encode("utf-8", "replace").decode() for text in texts]
        return pa.array(whole, pa.string())


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _date(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


def _write_parquet(table: pa.Table, file: IO[bytes]) -> None:
    from pyarrow import parquet

    parquet.write_table(table, file, compression="zstd")


def _write_csv(table: pa.Table, file: IO[bytes]) -> None:
    """Write a table as CSV that opens in Excel; no text in it becomes a formula (:mod:`auditkit.csv`)."""
    import pyarrow as pa
    from pyarrow import csv

    texts = [n for n, field in enumerate(table.schema) if pa.types.is_string(field.type)]
    file.write(BYTE_ORDER_MARK)
    with csv.CSVWriter(file, table.schema, write_options=csv.WriteOptions(quoting_style="all_valid")) as out:
        for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
            columns = batch.columns
            for n in texts:
                columns[n] = _shielded(columns[n])
            out.write_batch(pa.record_batch(columns, schema=table.schema))


def _shielded(column: Any) -> Any:
    """Return a column of texts that no program takes for formulas; each different text is looked at once."""
    import pyarrow as pa

    coded = column.dictionary_encode()
    texts = pa.array([shielded(text) for text in coded.dictionary.to_pylist()], pa.string())
    return texts.take(coded.indices)
