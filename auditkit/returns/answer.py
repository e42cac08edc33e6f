"""An answer, and how those of a return go from one process to another, into a file, or wait in memory.

A return has some two hundred answers, with the same few fields, sheets and keys over and over. Packed, each
of those stands once, and the answers are columns: a third of the size, and quicker to pack and unpack. What
many returns say is only kept packed and compressed, a fiftieth of what it would take as objects.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from sys import intern
from typing import Any, NamedTuple, overload

from auditkit.definition.model import Field
from auditkit.fields import Typed, Value
from auditkit.fields.plain import as_text
from auditkit.returns import pipe

# Where a value stands: nowhere (it can't be used), in what was typed, or apart.
NONE, TYPED, APART = range(3)

# What stands behind an answer that nobody has confirmed, so that no figure takes it for one that was given.
UNCONFIRMED = "(carried over, not confirmed)"

# No answers that another process says are larger than this, before they are compressed.
LARGEST = 256 * 1024 * 1024
# Fast, and nearly as small as the slower levels make it.
LEVEL = 1

# Fields that came before, so that all returns share them.
_fields: dict[Field, Field] = {}


class Answer(NamedTuple):
    """One answer cell that isn't blank; a named tuple, since there are millions of them.

    ``block`` is a section id or :data:`auditkit.workbook.layout.COVER`. ``value`` is None when what was typed
    can't be used: it is then shown as typed, flagged by a finding and left out of scores.

    Where the same key stood in several places with different answers, ``typed`` holds all of them, each
    with its place, and ``value`` is None. ``also`` is where the key was filled in besides ``sheet`` and
    ``cell``. ``file`` is the file it stands in, where that isn't the return's own (see ``supersede``).
    ``unconfirmed`` tells that it is there only because it was carried over (see ``confirmed``).
    """

    block: str
    row_key: str
    column_key: str
    field: Field
    typed: Typed
    value: Value | None
    sheet: str
    cell: str
    also: tuple[tuple[str, str], ...] = ()
    file: str = ""
    unconfirmed: bool = False

    @property
    def shown(self) -> Typed:
        """What outputs show: the value, else what was typed; and behind it if nobody has confirmed it."""
        if self.unconfirmed:
            return f"{as_text(self.typed)} {UNCONFIRMED}"
        return self.value if self.value is not None else self.typed

    def worth(self, value: Value | None) -> Answer:
        """Return the same answer with this value."""
        return Answer(
            *(self.block, self.row_key, self.column_key, self.field, self.typed, value),
            *(self.sheet, self.cell, self.also, self.file, self.unconfirmed),
        )


def pack(answers: Iterable[Answer]) -> tuple[Any, ...]:
    """Return answers as plain data, for :func:`unpack`."""
    answers = tuple(answers)
    rows: dict[tuple[str, str], int] = {}
    columns: dict[tuple[str, int], int] = {}
    fields: dict[int, Field] = {}
    sheets: dict[str, int] = {}
    places: list[int] = []
    values, apart = bytearray(), []
    for a in answers:
        fields[id(a.field)] = a.field
        row = rows.setdefault((a.block, a.row_key), len(rows))
        column = columns.setdefault((a.column_key, id(a.field)), len(columns))
        places += (row, column, sheets.setdefault(a.sheet, len(sheets)))
        if a.value is None:
            values.append(NONE)
        elif type(a.value) is type(a.typed) and a.value == a.typed:
            values.append(TYPED)
        else:
            values.append(APART)
            apart.append(a.value)
    heads = [(key, fields[field]) for key, field in columns]
    cells, typed = " ".join([a.cell for a in answers]), [a.typed for a in answers]
    odd = {
        n: (a.also, a.file, a.unconfirmed) for n, a in enumerate(answers) if a.also or a.file or a.unconfirmed
    }
    return (list(rows), heads, list(sheets), places, cells, typed, bytes(values), apart, odd)


def unpack(packed: tuple[Any, ...]) -> tuple[Answer, ...]:
    """Return the answers that were packed; returns share what they have in common.

    Raises:
        ValueError: If it isn't what :func:`pack` made; or another error of damaged data, such as TypeError.
    """
    rows, heads, sheets, places, cells, typed, values, apart, odd = packed
    rows = [(intern(block), intern(row_key)) for block, row_key in rows]
    heads = [(intern(key), _fields.setdefault(field, field)) for key, field in heads]
    sheets = [intern(sheet) for sheet in sheets]
    others, which = iter(apart), iter(places)
    found = []
    columns = zip(which, which, which, map(intern, cells.split()), typed, values, strict=True)
    for row, column, sheet, cell, was, kind in columns:
        value = was if kind == TYPED else next(others) if kind == APART else None
        (block, row_key), (column_key, field) = rows[row], heads[column]
        found.append(Answer(block, row_key, column_key, field, was, value, sheets[sheet], cell))
    for n, (also, file, unconfirmed) in odd.items():
        found[n] = found[n]._replace(also=also, file=file, unconfirmed=unconfirmed)
    return tuple(found)


class Packed(Sequence[Answer]):
    """The answers of a return, kept compressed; each time that they are gone through they are unpacked anew.

    So whoever needs them more than once takes ``tuple(answers)`` and lets go of it.
    """

    __slots__ = ("_content", "_count")

    def __init__(self, content: Callable[[], bytes], count: int) -> None:
        """Take what gives these answers as :func:`packed` gave them, and how many there are."""
        self._content, self._count = content, count

    @classmethod
    def of(cls, content: bytes) -> Packed:
        """Take what :func:`packed` gave.

        Raises:
            ValueError: If it is anything else, since whoever sent it isn't believed; or another error of
                damaged data.
        """
        reader = zlib.decompressobj()
        plain = reader.decompress(content, LARGEST)
        if not reader.eof:
            raise ValueError("these answers were cut short, or are too large")
        try:
            count = len(unpack(pipe.data(plain)))
        except pickle.UnpicklingError as error:
            raise ValueError(f"these are no answers: {error}") from error
        return cls(lambda: content, count)

    @property
    def content(self) -> bytes:
        """The answers as bytes."""
        return self._content()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._answers())

    @overload
    def __getitem__(self, at: int) -> Answer: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Answer, ...]: ...
    def __getitem__(self, at: int | slice) -> Answer | tuple[Answer, ...]:
        return self._answers()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Packed, tuple)) and self._answers() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._answers())

    def __repr__(self) -> str:
        return repr(self._answers())

    def _answers(self) -> tuple[Answer, ...]:
        return unpack(pipe.data(zlib.decompress(self.content)))


def packed(answers: Sequence[Answer]) -> bytes:
    """Return answers as bytes, for :class:`Packed`."""
    if isinstance(answers, Packed):
        return answers.content
    return zlib.compress(pipe.message(pack(answers)), LEVEL)
