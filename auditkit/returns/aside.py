"""What returns say put aside: memory holds what is worked on, and a file all else until it is needed."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from auditkit.returns.answer import Packed, packed
from auditkit.returns.model import Return

# Up to so many bytes nothing is written: the answers of some thousand returns.
IN_MEMORY = 32 * 1024 * 1024


class Aside:
    """Contents that can be had back as long as this is there; so long, too, there is a file of them."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin with nothing; the file, if one is needed, is made in ``folder`` or the system's own."""
        self._folder = folder
        self._file: IO[bytes] = BytesIO()
        self._is_there = False
        self._end = 0

    def put(self, content: bytes) -> int:
        """Add a content; return where it is. OSError if there is no room, and nothing was added."""
        if not self._is_there and self._end + len(content) > IN_MEMORY:
            self._move()
        self._file.seek(self._end)
        _write_all(self._file, content)
        at, self._end = self._end, self._end + len(content)
        return at

    def get(self, at: int, length: int) -> bytes:
        """Return ``length`` bytes of what was added at a place."""
        self._file.seek(at)
        content = self._file.read(length)
        while len(content) < length and (more := self._file.read(length - len(content))):
            content += more
        return content

    def keep(self, one: Return) -> Return:
        """Return a return whose answers, and the digests of whose texts, come from here."""
        if not one.answers:
            return one
        content, texts = packed(one.answers), b"" if one.texts is None else bytes(one.texts)
        try:
            at, then = self.put(content), self.put(texts)
        except OSError:  # the disk is full, say: what finds no room stays in memory
            return one
        answers = Packed(partial(self.get, at, len(content)), len(one.answers))
        return replace(one, answers=answers, texts=one.texts and _There(self, then, len(texts)))

    def _move(self) -> None:
        """Go on in a file; unbuffered, so that what was put there is there."""
        file = tempfile.TemporaryFile(buffering=0, dir=self._folder)  # noqa: SIM115
        try:
            assert isinstance(self._file, BytesIO)
            _write_all(file, self._file.getvalue())
        except BaseException:
            file.close()
            raise
        self._file, self._is_there = file, True
        weakref.finalize(self, file.close)


@dataclass(frozen=True, eq=False)
class _There:
    """Bytes that were put aside. Many of their size in memory would leave gaps that nothing fits in."""

    where: Aside
    at: int
    length: int

    def __bytes__(self) -> bytes:
        return self.where.get(self.at, self.length)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (_There, bytes)) and bytes(self) == bytes(other)

    def __hash__(self) -> int:
        return hash(bytes(self))


def _write_all(file: IO[bytes], content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]
