"""OLE files (.xls, .msg, locked workbooks): what is in them, and that it isn't more than they hold."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from auditkit.returns.guard.limits import Limits, damaged, unsafe

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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


def _open(content: bytes) -> Any:
    import olefile

    return olefile.OleFileIO(io.BytesIO(content))
