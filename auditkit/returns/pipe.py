"""Messages between this process and a worker, or a later run: pickles, in a pipe each after its length.

A pickle may name any function of any module, to be called while it is read. The worker reads what strangers
sent, so it isn't believed: of what it says only plain data is made.
"""

from __future__ import annotations

import io
import pickle
import struct
import sys
from dataclasses import is_dataclass
from typing import IO, Any

FRAME = struct.Struct("<Q")
DATES = frozenset({"date", "datetime", "time", "timedelta", "timezone"})


def message(what: object) -> bytes:
    """Return a message as bytes."""
    return pickle.dumps(what, pickle.HIGHEST_PROTOCOL)


def write(target: IO[bytes], what: object) -> None:
    """Send a message; OSError if nobody listens any more."""
    content = message(what)
    target.write(FRAME.pack(len(content)) + content)
    target.flush()


def read(source: IO[bytes]) -> Any:
    """Return the next message of somebody who is believed; EOFError if there is none."""
    return pickle.loads(_frame(source))


def read_data(source: IO[bytes]) -> Any:
    """Return the next message of somebody who isn't believed.

    Args:
        source: Where it comes from.

    Returns:
        The message: text, numbers, dates, and dataclasses of auditkit, in lists, tuples and the like.

    Raises:
        EOFError: If there is none.
        pickle.UnpicklingError: If it asks for anything else.
    """
    return data(_frame(source))


def data(content: bytes) -> Any:
    """Return a message of somebody who isn't believed; it is as :func:`read_data` returns it."""
    return _Data(io.BytesIO(content)).load()


class _Data(pickle.Unpickler):
    """Makes dates and dataclasses only. Nothing is imported for it, and nothing within a class is found."""

    def find_class(self, module: str, name: str) -> Any:
        found = vars(sys.modules[module]).get(name) if module in sys.modules else None
        dates = module == "datetime" and name in DATES
        ours = module.startswith("auditkit.") and isinstance(found, type) and is_dataclass(found)
        if not (dates or ours):
            raise pickle.UnpicklingError(f"{module}.{name} is no data")
        return found


def _frame(source: IO[bytes]) -> bytes:
    head = source.read(FRAME.size)
    if len(head) < FRAME.size:
        raise EOFError
    return source.read(*FRAME.unpack(head))
