"""Answers put aside: memory holds those that are worked on, and a file all others until they are needed."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import replace
from functools import partial
from pathlib import Path

from auditkit.returns.answer import Packed, packed
from auditkit.returns.model import Return

# Up to so many bytes nothing is written: the answers of some thousand returns.
IN_MEMORY = 32 * 1024 * 1024


class Aside:
    """Contents that can be had back as long as this is there. The file has no name, and is gone with it."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin with nothing; the file, if one is needed, is made in ``folder`` or the system's own."""
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=None if folder is None else str(folder))  # noqa: SIM115
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, content: bytes) -> int:
        """Add a content; return where it is. OSError if there is no room."""
        at, self._end = self._end, self._end + len(content)
        self._file.seek(at)
        self._file.write(content)
        return at

    def get(self, at: int, length: int) -> bytes:
        """Return ``length`` bytes of what was added at a place."""
        self._file.seek(at)
        return self._file.read(length)

    def answers_of(self, one: Return) -> Return:
        """Put the answers of a return aside; return it with answers that come from there."""
        if not one.answers:
            return one
        content = packed(one.answers)
        try:
            at = self.put(content)
        except OSError:  # the disk is full, say: as long as there is memory, nothing is wrong
            return one
        return replace(one, answers=Packed(partial(self.get, at, len(content)), len(one.answers)))
