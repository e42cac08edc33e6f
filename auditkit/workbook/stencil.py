"""One build, many recipients: workbooks that differ only in their stamps share everything else.

What is a recipient's own (:mod:`auditkit.workbook.own`) is stamps too, however much it is.

A workbook is a zip file of XML parts. A *stencil* is one that was built, cut open at its stamps (see
:mod:`auditkit.workbook.protection`). To fill it, each part without a stamp is copied as it is, compressed. Of
the others only the stamps are new: in a stream of DEFLATE (RFC 1951) they are blocks that aren't compressed,
between blocks that were compressed once and look back at none of them.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditkit.workbook.book import Issue
from auditkit.workbook.build import build
from auditkit.workbook.own import Colour
from auditkit.workbook.protection import BEFORE_HEIGHT, BEFORE_STAMP, Lock, stamp_xml
from auditkit.workbook.rows import question_heights
from auditkit.workbook.sheets import start
from auditkit.workbook.stamps import stamps

# What stands before a stamp: in a cell, in the properties, and in the tag of a row; and what ends it.
BEFORE = {BEFORE_STAMP.encode(): b"<", b"<dc:description>": b"<", BEFORE_HEIGHT.encode(): b'"'}
STAMP = re.compile(b"|".join(b"(?<=%b)[^%b]*" % each for each in BEFORE.items()))

# Where a zip file says what (its specification, 4.3.7, 4.3.12 and 4.3.16): in bytes from the start of a
# part's own header, of its entry in the directory, and of the record at the end. Sizes are without the name.
HEADER_SIZE, HEADER_CHECKS = 30, 14
ENTRY_SIZE, ENTRY_CHECKS, ENTRY_OFFSET = 46, 16, 42
END_SIZE, END_OFFSET = 22, 16
# The most that a block holds which isn't compressed.
LONGEST_BLOCK = 0xFFFF


@dataclass(frozen=True)
class Part:
    """A part of a stencil: its header in the zip file, and what stands before, between and after its stamps.

    ``packed`` holds the pieces compressed, ``plain`` as they are; a part without a stamp is one compressed
    piece. ``entry`` is where the directory has the part.
    """

    header: bytes
    plain: tuple[bytes, ...]
    packed: tuple[bytes, ...]
    entry: int


@dataclass(frozen=True)
class Stencil:
    """A workbook cut open at its stamps; ``directory`` is the end of its zip file.

    ``heights`` is how high its questions are, if what stands beside them is the recipient's own.
    """

    parts: tuple[Part, ...]
    directory: bytes
    heights: tuple[float, ...] = ()


@dataclass(frozen=True)
class Stencils:
    """The stencils of one round's workbooks, locked by ``lock``; each is cut when it is first needed."""

    lock: Lock
    _cut: dict[tuple[object, ...], Stencil] = field(default_factory=dict)

    def workbook(self, issue: Issue) -> bytes:
        """Return the workbook of ``issue``: what :func:`auditkit.workbook.build.build` makes, much sooner.

        Every issue must be of the same settings and of the same definition, however narrowed. One with
        answers filled in is built from nothing, since its cells are like nobody else's; so are a pack, and
        what asks for progress.
        """
        if issue.own.answers or issue.pack is not None or issue.layout.is_progress:
            return build(issue, self.lock)
        shape = _shape(issue)
        if shape not in self._cut:
            beside = question_heights(issue.audit, issue.layout) if issue.own.texts else ()
            self._cut[shape] = replace(cut(build(issue, self.lock), stamps(issue, beside)), heights=beside)
        stencil = self._cut[shape]
        return filled(stencil, stamps(issue, stencil.heights))


def _shape(issue: Issue) -> tuple[object, ...]:
    """Return what the workbooks have in common that differ only in their stamps."""
    columns = tuple(tuple(column.key for column in block.own) for block in issue.layout.blocks)
    colours: tuple[tuple[str, tuple[Colour, ...]], ...] = tuple(issue.own.colours.items())
    left = tuple((sheet, len(rows)) for sheet, rows in issue.own.left.items())
    first = (start.addressee_height(issue), start.about_heights(issue))
    return (issue.layout.digest, columns, colours, left, *first)


def cut(workbook: bytes, stamps: Sequence[str]) -> Stencil:
    """Cut a workbook open at its stamps.

    Args:
        workbook: A workbook as built.
        stamps: The stamps in it, in the order of its file.

    Returns:
        The stencil.

    Raises:
        ValueError: The workbook has other stamps than these.
    """
    parts, found = [], []
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        entry = 0
        for info in file.infolist():
            content = file.read(info)
            plain: tuple[bytes, ...] = ()
            if any(before in content for before in BEFORE):
                found += STAMP.findall(content)
                plain = tuple(STAMP.split(content))
            named = len(info.filename.encode())
            body = info.header_offset + HEADER_SIZE + named
            as_it_is = workbook[body : body + info.compress_size]
            packed = tuple(_deflated(plain)) if plain else (as_it_is,)
            parts.append(Part(workbook[info.header_offset : body], plain, packed, entry))
            entry += ENTRY_SIZE + named
        directory = workbook[file.start_dir :]
    if found != [stamp_xml(text).encode() for text in stamps]:
        raise ValueError("The workbook's stamps aren't those of its issue.")
    return Stencil(tuple(parts), directory)


def filled(stencil: Stencil, stamps: Sequence[str]) -> bytes:
    """Return the workbook that has ``stamps`` where the stencil is open, in the order of its file."""
    texts = iter([stamp_xml(text).encode() for text in stamps])
    directory = bytearray(stencil.directory)
    written: list[bytes | bytearray] = []
    offset = 0
    for part in stencil.parts:
        struct.pack_into("<I", directory, part.entry + ENTRY_OFFSET, offset)
        header, body = bytearray(part.header), part.packed[0]
        if part.plain:
            new = [next(texts) for _ in part.packed[1:]]
            body = _between(part.packed, [_stored(text) for text in new])
            content = _between(part.plain, new)
            checks = (zlib.crc32(content), len(body), len(content))
            struct.pack_into("<III", header, HEADER_CHECKS, *checks)
            struct.pack_into("<III", directory, part.entry + ENTRY_CHECKS, *checks)
        written += [header, body]
        offset += len(header) + len(body)
    struct.pack_into("<I", directory, len(directory) - END_SIZE + END_OFFSET, offset)
    return b"".join([*written, directory])


def _between(pieces: Sequence[bytes], stamps: Sequence[bytes]) -> bytes:
    """Return the pieces with a stamp after each but the last."""
    return b"".join(each for both in zip(pieces, [*stamps, b""], strict=True) for each in both)


def _deflated(plain: Sequence[bytes]) -> Iterator[bytes]:
    """Yield pieces compressed into one stream, each of whole bytes and whole blocks."""
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    for piece in plain[:-1]:
        yield stream.compress(piece) + stream.flush(zlib.Z_FULL_FLUSH)
    yield stream.compress(plain[-1]) + stream.flush()


def _stored(text: bytes) -> bytes:
    """Return a text as blocks of DEFLATE that aren't compressed and aren't the last."""
    blocks = (text[n : n + LONGEST_BLOCK] for n in range(0, len(text), LONGEST_BLOCK))
    return b"".join(b"\0" + struct.pack("<HH", len(b), len(b) ^ LONGEST_BLOCK) + b for b in blocks)
