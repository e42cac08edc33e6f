"""Sealed records in one file: named contents, that come back as they were put in or not at all.

A record is its name, a seal made with a secret key, its length, and the content compressed. Records are only
added, so that a run which is cut off loses at most the one that it was writing. Whatever can't be read, isn't
sealed with the key or was cut short isn't there: who asks for it makes it again.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

from auditkit.files import PRIVATE

BEGINNING = b"auditkit store 1\n"
# Name, seal, length of what follows.
HEAD = struct.Struct("<32s32sQ")
# No content is larger than this, before it is compressed.
LARGEST = 256 * 1024 * 1024
# Fast, and nearly as small as the slower levels make it.
LEVEL = 1
BUFFER = 1024 * 1024
# What only some systems know.
NO_LINK, BINARY = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_BINARY", 0)


class Store:
    """The file: ``with Store(path, key) as store``.

    It never raises an error for what is wrong with the file; without one it is empty and stays so. At the end
    of a block that succeeds, what wasn't asked for in it is thrown away if it takes up more than the rest.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        """Open the store, making its file and folder if need be.

        Args:
            path: The file.
            key: A secret; only records that were put in with the same one are there.
        """
        self._key = hmac.digest(key, b"auditkit store", "sha256")
        self._places: dict[bytes, tuple[int, int]] = {}
        self._used: set[bytes] = set()
        self._end = 0
        self._file: IO[bytes] | None = None
        try:
            path.parent.mkdir(PRIVATE, parents=True, exist_ok=True)
            self._file = _opened(path) or _made(path)
            self._find()
        except OSError:
            self._close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            if kind is None and self._file is not None:
                self._tidy()
        self._close()

    def get(self, name: bytes) -> bytes | None:
        """Return the content with a name of 32 bytes, None if it isn't there."""
        place = self._places.get(name)
        if place is None or self._file is None:
            return None
        at, length = place
        try:
            self._file.seek(at)
            _, seal, _ = HEAD.unpack(self._file.read(HEAD.size))
            packed = self._file.read(length - HEAD.size)
        except (OSError, struct.error):
            return None
        if not hmac.compare_digest(seal, self._seal(name, packed)):
            return None
        self._used.add(name)
        return zlib.decompress(packed)

    def keep(self, names: Iterable[bytes]) -> None:
        """Say that these contents are in use, though they aren't asked for."""
        self._used.update(self._places.keys() & set(names))

    def put(self, name: bytes, content: bytes) -> None:
        """Add a content under a name of 32 bytes, in place of one that had it."""
        if self._file is None or len(content) > LARGEST:
            return
        packed = zlib.compress(content, LEVEL)
        record = HEAD.pack(name, self._seal(name, packed), len(packed)) + packed
        try:
            self._file.seek(self._end)
            self._file.write(record)
            self._file.flush()
        except OSError:  # the disk is full, say
            self._close()
            return
        self._places[name] = (self._end, len(record))
        self._used.add(name)
        self._end += len(record)

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):
                file.close()

    def _seal(self, name: bytes, packed: bytes) -> bytes:
        return hmac.digest(self._key, name + packed, "sha256")

    def _find(self) -> None:
        """Note where the records stand; whatever stands behind the last whole one is cut off."""
        assert self._file is not None
        size = self._file.seek(0, os.SEEK_END)
        at = len(BEGINNING)
        while at + HEAD.size <= size:
            self._file.seek(at)
            name, _, length = HEAD.unpack(self._file.read(HEAD.size))
            if length > size - at - HEAD.size:
                break
            self._places[name] = (at, HEAD.size + length)
            at += HEAD.size + length
        self._file.seek(at)
        self._file.truncate()
        self._end = at

    def _tidy(self) -> None:
        """Throw away what wasn't used, if that is most of it: the rest moves up in its place."""
        assert self._file is not None
        used = sorted(self._places[name] for name in self._used)
        if 2 * sum(length for _, length in used) >= self._end - len(BEGINNING):
            return
        end = len(BEGINNING)
        for at, length in used:
            self._file.seek(at)
            record = self._file.read(length)
            self._file.seek(end)
            self._file.write(record)
            end += length
        self._file.truncate(end)


def _opened(path: Path) -> IO[bytes] | None:
    """Open a store that is there; None if there is none, or something else has its name."""
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | NO_LINK | BINARY), "r+b", BUFFER)
    except OSError:
        return None
    if file.read(len(BEGINNING)) == BEGINNING:
        return file
    file.close()
    return None


def _made(path: Path) -> IO[bytes]:
    """Begin a store in place of what is there: a file that somebody linked to its name isn't written to."""
    path.unlink(missing_ok=True)
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | BINARY, 0o600), "r+b", BUFFER)
    path.chmod(path.parent.stat().st_mode & 0o666)  # whoever may use the folder may add to it
    file.write(BEGINNING)
    return file
