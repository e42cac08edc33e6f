"""Archives as no library writes them: parts that overlap, sizes that lie, streams that never end."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

CONTENT_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 7, 9, 0, 0)), data, method)
    return target.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(content: bytes, **parts: bytes | Callable[[bytes], bytes] | None) -> bytes:
    """Return a workbook with parts replaced, changed or left out; ``sheet3`` stands for its path."""
    files = members(content)
    for short, part in parts.items():
        name = path(short)
        if part is None:
            del files[name]
        else:
            files[name] = part(files[name]) if callable(part) else part
    return zipped(files)


def path(short: str) -> str:
    known = {
        "book": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "core": "docProps/core.xml",
        "types": "[Content_Types].xml",
    }
    return known.get(short) or f"xl/worksheets/{short}.xml"


def added(content: bytes, files: Mapping[str, bytes]) -> bytes:
    return zipped({**members(content), **files})


def endless(megabytes: int, block: bytes = b" " * (1024 * 1024), head: bytes = b"") -> bytes:
    """Return a deflate stream that inflates to so many megabytes, made without inflating them."""
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = machine.compress(head) + machine.flush(zlib.Z_FULL_FLUSH)
    once = machine.compress(block) + machine.flush(zlib.Z_FULL_FLUSH)
    times = megabytes * 1024 * 1024 // len(block)
    return begin + once * times + machine.flush(zlib.Z_FINISH)


def raw_zip(entries: list[dict]) -> bytes:
    """Return an archive of entries as they are told: name, data (compressed), and what the headers claim."""
    body, index = b"", b""
    for entry in entries:
        name, data = entry["name"].encode("utf-8", "surrogatepass"), entry.get("data", b"")
        method, crc = entry.get("method", 8), entry.get("crc", 0)
        full, flags = entry.get("full", len(data)), entry.get("flags", 0x800)
        packed = entry.get("packed", len(data))
        where = entry.get("where", len(body))
        if "where" not in entry:
            body += struct.pack(
                "<4s5H3I2H",
                b"PK\3\4",
                20,
                flags,
                method,
                0,
                33,
                crc,
                len(data),
                full & 0xFFFFFFFF,
                len(name),
                0,
            )
            body += name + data
        index += struct.pack(
            "<4s6H3I5H2I",
            *(b"PK\1\2", 0x0314, 20, flags, method, 0, 33, crc, packed, full & 0xFFFFFFFF, len(name)),
            *(0, 0, 0, 0, entry.get("mode", 0) << 16, where),
        )
        index += name
    count = min(len(entries), 0xFFFF)
    return body + index + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(index), len(body), 0)


def deflated(data: bytes) -> bytes:
    machine = zlib.compressobj(6, zlib.DEFLATED, -15)
    return machine.compress(data) + machine.flush()


def xlsb(sheets: Mapping[str, list[list[object]]], extra: bytes = b"") -> bytes:
    """Return a binary workbook of texts and numbers; ``extra`` are further records of each sheet."""
    files = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": b"<Relationships/>",
    }
    book = _record(131, b"") + _record(143, b"")
    rels = ""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    for n, (name, rows) in enumerate(sheets.items(), start=1):
        book += _record(156, struct.pack("<II", 0, n) + _wide(f"rId{n}") + _wide(name))
        rels += f'<Relationship Id="rId{n}" Type="{kind}" Target="worksheets/sheet{n}.bin"/>'
        body = _record(129, b"") + _record(148, struct.pack("<4I", 0, len(rows), 0, 9)) + _record(145, b"")
        for r, row in enumerate(rows):
            body += _record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
            for c, value in enumerate(row):
                if isinstance(value, str) and value:
                    body += _record(6, struct.pack("<II", c, 0) + _wide(value))
                elif isinstance(value, (int, float)):
                    body += _record(5, struct.pack("<IId", c, 0, value))
        files[f"xl/worksheets/sheet{n}.bin"] = body + extra + _record(146, b"") + _record(130, b"")
    files["xl/workbook.bin"] = book + _record(144, b"") + _record(132, b"")
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    files["xl/_rels/workbook.bin.rels"] = f'<Relationships xmlns="{space}">{rels}</Relationships>'.encode()
    return zipped(files)


def _record(kind: int, data: bytes) -> bytes:
    return _varint(kind) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    out = b""
    while number >= 0x80:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
