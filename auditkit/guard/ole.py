"""OLE files (.xls, .msg, locked workbooks): what is in them, and that it isn't more than they hold."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Any

from auditkit.guard.limits import Limits, damaged, unsafe

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Sectors of the larger kind: the header then has room for all that any file within the limits needs.
SECTOR, SMALLEST, IN_HEADER = 4096, 4096, 109
FREE, LAST, IS_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
HEADER = struct.Struct("<8s16x5H6x3I4x5I109I")
ENTRY = struct.Struct("<64sH2B3I36xIQ")


@dataclass(frozen=True)
class Streams:
    """An OLE file whose directory was found sound; ``names`` are the paths of its streams and storages."""

    content: bytes
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """Return a stream; UnreadableError if it can't be read."""
        try:
            with _open(self.content) as file:
                return bytes(file.openstream(name).read())
        except Exception as error:  # olefile raises many kinds on damaged files
            raise damaged("a part of it can't be read") from error


def opened(content: bytes, limits: Limits) -> Streams:
    """Read the directory of an OLE file.

    Raises:
        UnreadableError: If it is broken, has too many entries, or streams that share bytes.
    """
    try:
        with _open(content) as file:
            found = file.listdir(streams=True, storages=True)
            sizes = sum(file.get_size(path) for path in file.listdir())
    except Exception as error:  # olefile raises many kinds on damaged files
        raise damaged("its index is broken") from error
    if len(found) > limits.members:
        raise unsafe(f"it has more than {limits.members:,} parts")
    if sizes > 2 * len(content):  # a file that was cut off is honest, and its reader will say so
        raise unsafe("its parts overlap")
    return Streams(content, frozenset("/".join(path) for path in found))


def stored(name: str, data: bytes) -> bytes:
    """Return an OLE file of one stream, laid out in order: what a reader gets instead of the file that came.

    Readers follow the chains of sectors that a file claims; one that leads back into itself fills all memory.

    Args:
        name: What the stream is called, at most 31 characters.
        data: What is in it; zeros are added at its end.
    """
    data = data.ljust(SMALLEST, b"\0")
    # The directory, a sector for short streams (there are none, but python-calamine asks for it), the data.
    end = 2 + -(-len(data) // SECTOR)
    fats = -(-end // (SECTOR // 4 - 1))
    chains = [LAST, LAST, *range(3, end), LAST, *[IS_FAT] * fats]
    header = HEADER.pack(
        *(BEGINNING, 0x3E, 4, 0xFFFE, 12, 6, 1, fats, 0, SMALLEST, LAST, 0, LAST, 0),
        *(end + n if n < fats else FREE for n in range(IN_HEADER)),
    )
    directory = _entry("Root Entry", 5, 1, 1, SECTOR) + _entry(name, 2, FREE, 2, len(data))
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * SECTOR, b"\xff")
    sectors = (header, directory, bytes(SECTOR), data, fat)
    return b"".join(part.ljust(-(-len(part) // SECTOR) * SECTOR, b"\0") for part in sectors)


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return ENTRY.pack(raw, len(raw) + 2, kind, 1, FREE, FREE, child, first, size)


def _open(content: bytes) -> Any:
    import olefile

    return olefile.OleFileIO(io.BytesIO(content))
