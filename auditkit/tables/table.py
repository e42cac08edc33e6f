"""One table: a Parquet file in memory, made of rows and read row by row.

However many rows there are, only some thousands of them are Python objects at a time; the rest takes the room
that it takes in a file. A column that may hold any type is three in the file, since a column of a file has
one: its text as a person reads it, and beside it the number or the date.
"""

from __future__ import annotations

import datetime as dt
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain, islice
from types import NoneType
from typing import TYPE_CHECKING, Any

from auditkit.fields.plain import as_text
from auditkit.tables.schema import NO, YES, Column, ColumnType, Schema

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[Any, ...]

# What is added to the name of a column of any type.
NUMBER, DATE = "_number", "_date"
# How many rows are objects at a time.
ROWS_AT_ONCE = 16_384
# Beyond this not every whole number is one of those that a column can hold.
LAST_WHOLE = 2**53
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


class Table:
    """A table: what comes out of it is what was put in, with times in UTC and whole numbers as int.

    ``content`` is its Parquet file.
    """

    def __init__(self, schema: Schema, content: pa.Buffer) -> None:
        """Take what a :class:`Maker` made."""
        from pyarrow import parquet

        self.schema, self.content = schema, content
        self._count: int = parquet.read_metadata(content).num_rows

    @property
    def columns(self) -> pa.Schema:
        """The columns of the file."""
        from pyarrow import parquet

        return parquet.read_schema(self.content)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, name: str) -> Iterator[Any]:
        """Yield the values of a column."""
        return (value for (value,) in rows(self, name))

    def batches(self, *names: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows as Arrow has them, some thousands at a time: all columns, or those named."""
        from pyarrow import parquet

        # Texts of a column of texts come back over and over, answers don't.
        repeating = [column.name for column in self.schema.columns if column.type == "text"]
        file = parquet.ParquetFile(
            self.content,
            read_dictionary=repeating if names else None,
            page_checksum_verification=True,
        )
        yield from file.iter_batches(ROWS_AT_ONCE, columns=names or None, use_threads=False)


class Maker:
    """Makes a table of rows as they come."""

    def __init__(self, schema: Schema) -> None:
        """Begin a table."""
        import pyarrow as pa
        from pyarrow import parquet

        self._schema = schema
        types = _types()
        self._fields = pa.schema(
            [(name, types[t]) for column in schema.columns for name, t in stored(column)]
        )
        self._sink = pa.BufferOutputStream()
        self._writer = parquet.ParquetWriter(
            self._sink, self._fields, compression="zstd", write_page_checksum=True
        )
        self._kept: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows, with values in the order of the schema's columns."""
        coming = iter(rows)
        while some := list(islice(coming, ROWS_AT_ONCE - len(self._kept))):
            self._kept += some
            if len(self._kept) == ROWS_AT_ONCE:
                self._flush()

    def table(self) -> Table:
        """Return the table; nothing can be added to it any more."""
        self._flush()
        self._writer.close()
        return Table(self._schema, self._sink.getvalue())

    def _flush(self) -> None:
        if self._kept:
            self._write(self._kept)
            self._kept.clear()

    def _write(self, rows: list[Row]) -> None:
        import pyarrow as pa

        columns = zip(self._schema.columns, zip(*rows, strict=True), strict=True)
        arrays = [array for column, values in columns for array in _arrays(column, values)]
        if len(rows) > 1 and any(isinstance(array, pa.ChunkedArray) for array in arrays):
            # More than 2 GB of text, which no single column of Arrow's holds.
            half = len(rows) // 2
            self._write(rows[:half])
            self._write(rows[half:])
        else:
            self._writer.write_batch(pa.record_batch(arrays, schema=self._fields))


def table_of(schema: Schema, rows: Iterable[Row]) -> Table:
    """Return a table of rows."""
    maker = Maker(schema)
    maker.add(rows)
    return maker.table()


def rows(table: Table, *names: str) -> Iterator[Any]:
    """Yield the rows of a table in order.

    Args:
        table: The table.
        names: The columns wanted. With them a row is a plain tuple of these values in this order, without
            them a named tuple of all columns.
    """
    by_name = {column.name: column for column in table.schema.columns}
    wanted = [by_name[name] for name in names or table.schema.names]
    files = dict.fromkeys(name for column in wanted for name, _ in stored(column))
    made = chain.from_iterable(
        zip(*(_values(column, batch) for column in wanted), strict=True) for batch in table.batches(*files)
    )
    if names:
        return made
    return map(_named(tuple(table.schema.names)), made)


@cache
def _named(names: tuple[str, ...]) -> Callable[[Row], Any]:
    """Return what makes a named tuple of a row."""
    make: Callable[[Row], Any] = namedtuple("Row", names)._make  # type: ignore[attr-defined]
    return make


def stored(column: Column) -> tuple[tuple[str, ColumnType], ...]:
    """Return the columns of the file that hold a column of a table: name and type."""
    if column.type != "any":
        return ((column.name, column.type),)
    return ((column.name, "text"), (column.name + NUMBER, "number"), (column.name + DATE, "date"))


@cache
def _types() -> dict[ColumnType, pa.DataType]:
    """Return how Arrow calls the types of columns."""
    import pyarrow as pa

    return {
        "text": pa.string(),
        "number": pa.float64(),
        "yes or no": pa.bool_(),
        "date": pa.date32(),
        "date and time": pa.timestamp("us", tz="UTC"),
    }


def _arrays(column: Column, values: Sequence[Any]) -> Iterator[pa.Array]:
    """Yield values as the columns of the file hold them."""
    import pyarrow as pa

    types = _types()
    if column.type == "any" and {*map(type, values)} <= {str, NoneType}:
        yield _texts(values)
        yield pa.nulls(len(values), types["number"])
        yield pa.nulls(len(values), types["date"])
    elif column.type == "any":
        yield _texts([v if v is None or type(v) is str else as_text(v) for v in values])
        yield pa.array(list(map(_number, values)), types["number"])
        yield pa.array([v if isinstance(v, dt.date) else None for v in values], types["date"])
    elif column.type == "text":
        yield _texts(values)
    elif column.type == "yes or no":
        yield pa.array([None if v is None else v == YES for v in values], types["yes or no"])
    else:
        yield pa.array(values, types[column.type])


def _texts(values: Sequence[str | None]) -> pa.Array:
    """Return texts as a column; half a character, which no file can hold, becomes a question mark."""
    import pyarrow as pa

    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        whole = [None if text is None else text.encode("utf-8", "replace").decode() for text in values]
        return pa.array(whole, pa.string())


def _number(value: Any) -> float | None:
    """Return a number as the file holds it; one that is too large for that stays in its text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        with suppress(OverflowError):
            return float(value)
    return None


def _values(column: Column, batch: pa.RecordBatch) -> list[Any]:
    """Return the values of a column of a table."""
    held = batch.column(column.name)
    if column.type == "any":
        numbers, dates = batch.column(column.name + NUMBER), batch.column(column.name + DATE)
        texts: list[Any] = held.to_pylist()
        if numbers.null_count == dates.null_count == len(texts):
            return texts
        return list(map(_any, texts, numbers.to_pylist(), dates.to_pylist()))
    if column.type == "text":
        words = [*held.dictionary.to_pylist(), None]
        return [words[n] for n in held.indices.fill_null(len(words) - 1).to_pylist()]
    if column.type == "yes or no":
        return [None if v is None else YES if v else NO for v in held.to_pylist()]
    if column.type == "number":
        return [int(v) if v is not None and v.is_integer() else v for v in held.to_pylist()]
    if column.type == "date and time":
        ticks = held.cast("int64").to_pylist()
        return [None if n is None else EPOCH + dt.timedelta(microseconds=n) for n in ticks]
    dates_: list[Any] = held.to_pylist()
    return dates_


def _any(text: str | None, number: float | None, date: dt.date | None) -> Any:
    if date is not None:
        return date
    if number is None or text is None:
        return text
    if number.is_integer():
        # The text has all digits of a number that the column holds only nearly.
        return int(number) if abs(number) < LAST_WHOLE or not text.lstrip("-").isdigit() else int(text)
    return number
