"""Zip archives, read with suspicion: the directory first, then single members, measured while inflating.

The standard library's reader believes sizes, accepts members that share bytes, and inflates a member whole. A
workbook is given to its parser only as an archive that :func:`stored` made anew from measured parts.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditkit.guard.limits import Budget, Limits, damaged, megabytes, too_large, unsafe
from auditkit.guard.unreadable import UnreadableError

BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")
LOCAL, CENTRAL, END, END_64, LOCATOR_64 = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
)
ENTRY = struct.Struct("<4s6H3I5H2I")
END_RECORD = struct.Struct("<4s4H2IH")
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
LONGEST_COMMENT = 0xFFFF
IN_64 = 0xFFFFFFFF
STORED, DEFLATED = 0, 8
ENCRYPTED_FLAG, UTF8_FLAG = 0x1, 0x800
CUT_OFF = "its end is missing or its index is broken"


@dataclass(frozen=True)
class Member:
    """An entry of an archive. ``packed`` is its compressed size and ``start`` where its header stands."""

    name: str
    method: int
    crc: int
    packed: int
    start: int
    is_link: bool
    is_encrypted: bool

    @property
    def is_folder(self) -> bool:
        """Whether it only names a folder."""
        return self.name.endswith(("/", "\\"))


@dataclass(frozen=True)
class Archive:
    """An archive whose directory was read and found sound; its members are still to be inflated."""

    content: bytes
    members: tuple[Member, ...]
    limits: Limits

    @property
    def names(self) -> frozenset[str]:
        """The names of all members, as they stand there."""
        return frozenset(member.name for member in self.members)

    def inflate(self, member: Member, *budgets: Budget) -> bytes:
        """Return what a member holds.

        Args:
            member: One of the archive's own.
            budgets: What its size is taken off, once it is known.

        Raises:
            UnreadableError: If it is too large, encrypted, compressed in a way that isn't read here, built
                to explode, or damaged.
        """
        if member.is_encrypted:
            raise UnreadableError("file-password")
        data = memoryview(self.content)[(begin := self._data(member)) : begin + member.packed]
        if member.method == STORED:
            inflated = bytes(data)
        elif member.method == DEFLATED:
            inflated = _inflate(data, self.limits)
        else:
            raise damaged("it is compressed in a way that office programs don't use")
        if len(inflated) > self.limits.part_bytes:
            raise too_large(f"more than {_most(self.limits)} in one part", _most(self.limits))
        for budget in budgets:
            budget.spend(len(inflated))
        if zlib.crc32(inflated) != member.crc:
            raise damaged("a part of it was changed or cut off on the way")
        return inflated

    def _data(self, member: Member) -> int:
        header = self.content[member.start : member.start + LOCAL_HEADER.size]
        if len(header) < LOCAL_HEADER.size or not header.startswith(LOCAL):
            raise damaged(CUT_OFF)
        *_, name_length, extra_length = LOCAL_HEADER.unpack(header)
        begin = member.start + LOCAL_HEADER.size + int(name_length) + int(extra_length)
        if begin + member.packed > len(self.content):
            raise damaged(CUT_OFF)
        return begin


def opened(content: bytes, limits: Limits) -> Archive:
    """Read the directory of an archive.

    Args:
        content: The whole archive.
        limits: How many members it may have.

    Returns:
        The archive, none of its members inflated.

    Raises:
        UnreadableError: If the directory is broken, has too many members, or lets members share bytes.
    """
    members = tuple(_entries(content, limits))
    end = 0
    for member in sorted(members, key=lambda m: m.start):
        if member.start < end:
            raise unsafe("its parts overlap")
        end = member.start + LOCAL_HEADER.size + member.packed
    return Archive(content, members, limits)


def stored(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of these parts, none of them compressed."""
    body, directory = [], []
    where = 0
    for name, data in parts.items():
        raw, crc, size = name.encode(), zlib.crc32(data), len(data)
        header = LOCAL_HEADER.pack(LOCAL, 20, UTF8_FLAG, STORED, 0, 33, crc, size, size, len(raw), 0)
        fixed = (20, 20, UTF8_FLAG, STORED, 0, 33, crc, size, size, len(raw), 0, 0, 0, 0, 0, where)
        directory.append(ENTRY.pack(CENTRAL, *fixed) + raw)
        body += [header, raw, data]
        where += len(header) + len(raw) + size
    index = b"".join(directory)
    end = END_RECORD.pack(END, 0, 0, len(parts), len(parts), len(index), where, 0)
    return b"".join([*body, index, end])


def _inflate(data: memoryview, limits: Limits) -> bytes:
    ordinary = max(limits.ratio_from, limits.ratio * len(data))
    most = min(limits.part_bytes, ordinary)
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = machine.decompress(data, most + 1)
    except zlib.error as error:
        raise damaged("a part of it can't be unpacked") from error
    if len(inflated) <= most:
        if not machine.eof:
            raise damaged(CUT_OFF)
        return inflated
    if ordinary < limits.part_bytes:
        raise unsafe(f"a part of it unpacks to more than {limits.ratio} times its size")
    raise too_large(f"more than {_most(limits)} in one part", _most(limits))


def _most(limits: Limits) -> str:
    return megabytes(limits.part_bytes)


def _entries(content: bytes, limits: Limits) -> Iterator[Member]:
    where, size, before = _directory(content)
    end, count = where + size, 0
    while where < end:
        if content[where : where + 4] != CENTRAL or where + ENTRY.size > len(content):
            raise damaged(CUT_OFF)
        count += 1
        if count > limits.members:
            raise unsafe(f"it has more than {limits.members:,} parts")
        entry = ENTRY.unpack_from(content, where)
        flags, method, crc, packed, full = entry[3], entry[4], *entry[7:10]
        name_length, extra_length, comment_length = entry[10:13]
        begin = where + ENTRY.size
        name, extra = begin + name_length, begin + name_length + extra_length
        raw, mode, start = content[begin:name], entry[15] >> 16, entry[16]
        if IN_64 in (packed, full, start):
            packed, start = _wide(content[name:extra], full, packed, start)
        yield Member(
            raw.decode("utf-8" if flags & UTF8_FLAG or raw.isascii() else "cp437", "replace"),
            *(method, crc, packed, start + before),
            stat.S_ISLNK(mode),
            bool(flags & ENCRYPTED_FLAG),
        )
        where = extra + comment_length


def _directory(content: bytes) -> tuple[int, int, int]:
    """Return where the directory begins, its size, and how many bytes stand before the archive."""
    at = content.rfind(END, max(0, len(content) - END_RECORD.size - LONGEST_COMMENT))
    if at < 0 or at + END_RECORD.size > len(content):
        raise damaged(CUT_OFF)
    *_, size, where, _ = END_RECORD.unpack_from(content, at)
    if IN_64 in (size, where) and content[at - 20 : at - 16] == LOCATOR_64:
        at -= 20 + 56
        if at < 0 or content[at : at + 4] != END_64:
            raise damaged(CUT_OFF)
        size, where = struct.unpack_from("<2Q", content, at + 40)
    before = at - size - where
    if before < 0:
        raise damaged(CUT_OFF)
    return where + before, size, before


def _wide(extra: bytes, full: int, packed: int, start: int) -> tuple[int, int]:
    """Return compressed size and start where they are too large for their ordinary places."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == 1:
            numbers = iter(struct.unpack(f"<{length // 8}Q", extra[4 : 4 + length // 8 * 8]))
            try:
                _ = next(numbers) if full == IN_64 else full
                packed = next(numbers) if packed == IN_64 else packed
                start = next(numbers) if start == IN_64 else start
            except StopIteration:
                raise damaged(CUT_OFF) from None
            return packed, start
        extra = extra[4 + length :]
    return packed, start
