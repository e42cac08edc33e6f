"""A small writer of OLE files, and of what stands in them: messages of Outlook, old workbooks."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from typing import Union

Tree = dict[str, Union[bytes, "Tree"]]
SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, LAST, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def cfb(tree: Tree) -> bytes:
    """Return an OLE file of storages (dicts) and streams (bytes)."""
    entries: list[list] = [["Root Entry", 5, FREE, FREE, LAST, b""]]
    list(_entries(tree, 0, entries))
    mini, mini_fat = bytearray(), []
    for entry in entries:
        data = entry[5]
        if entry[1] == 2 and 0 < len(data) < CUTOFF:
            entry[4] = len(mini) // MINI
            count = -(-len(data) // MINI)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), LAST]
            mini += data.ljust(count * MINI, b"\0")
    entries[0][5] = bytes(mini)
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        if not data:
            return LAST
        first, count = len(sectors), -(-len(data) // SECTOR)
        for n in range(count):
            sectors.append(data[n * SECTOR : (n + 1) * SECTOR].ljust(SECTOR, b"\0"))
        fat.extend([*range(first + 1, first + count), LAST])
        return first

    for entry in entries:
        if entry[1] == 5 or len(entry[5]) >= CUTOFF:
            entry[4] = put(entry[5])
    mini_first = put(
        struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff")
    )
    packed = b"".join(_packed(entry) for entry in entries)
    while len(packed) % SECTOR:
        packed += _packed(["", 0, FREE, FREE, 0, b"", FREE])
    directory = put(packed)
    fat_count = 1
    while fat_count * 128 < len(sectors) + fat_count:
        fat_count += 1
    fat_first = len(sectors)
    fat += [FAT] * fat_count
    fat += [FREE] * (fat_count * 128 - len(fat))
    body = b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)
    difat = [*range(fat_first, fat_first + fat_count)]
    assert len(difat) <= 109
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count, directory, 0, CUTOFF),
        *(mini_first, -(-len(mini_fat) // 128), LAST, 0),
    )
    header += struct.pack("<109I", *(difat + [FREE] * (109 - len(difat))))
    return header + body


def _entries(tree: Tree, parent: int, entries: list[list]) -> Iterator[None]:
    """Add the entries of a storage: its first child hangs from it, the others in a row from the first."""
    before = None
    for name, what in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        own = len(entries)
        kind = 1 if isinstance(what, dict) else 2
        entries.append([name, kind, FREE, FREE, LAST if kind == 2 else 0, what if kind == 2 else b""])
        if before is None:
            entries[parent][3] = own
        else:
            entries[before][2] = own
        before = own
        if isinstance(what, dict):
            yield from _entries(what, own, entries)


def _packed(entry: list) -> bytes:
    name, kind, right, child, first, data = entry[:6]
    raw = name.encode("utf-16-le")
    size = len(raw) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16xI8x8xIII",
        raw,
        size,
        kind,
        1,
        FREE,
        right,
        child,
        0,
        first if data else (0 if kind == 1 else LAST),
        len(data),
        0,
    )


def msg(
    subject: str = "Our return",
    body: str = "Please find our return attached.",
    attached: dict[str, bytes | Tree] | None = None,
    sender: str = "dsl@school.example",
    sent: dt.datetime | None = None,
    in_text: tuple[str, ...] = (),
) -> bytes:
    """Return a message; an attachment that is a tree is a message within."""
    return cfb(message(subject, body, attached, sender, sent, in_text))


def message(
    subject: str = "Our return",
    body: str = "Please find our return attached.",
    attached: dict[str, bytes | Tree] | None = None,
    sender: str = "dsl@school.example",
    sent: dt.datetime | None = None,
    in_text: tuple[str, ...] = (),
    within: bool = False,
) -> Tree:
    strings = {0x001A: "IPM.Note", 0x0037: subject, 0x1000: body, 0x5D01: sender}
    tree, properties = _strings(strings)
    if sent is not None:
        ticks = int((sent - dt.datetime(1601, 1, 1, tzinfo=dt.timezone.utc)).total_seconds()) * 10_000_000
        properties += struct.pack("<IIQ", 0x00390040, 6, ticks)
    count = len(attached or {})
    header = struct.pack("<8x4I", 0, count, 0, count) + (b"" if within else bytes(8))
    tree["__properties_version1.0"] = header + properties
    for n, (name, content) in enumerate((attached or {}).items()):
        said = {0x3707: name, 0x3704: name[:8]}
        if name in in_text:
            said |= {0x370E: "image/png", 0x3712: "logo@x"}
        own, properties = _strings(said)
        method = 5 if isinstance(content, dict) else 1
        properties += struct.pack("<IIII", 0x37050003, 6, method, 0)
        if isinstance(content, dict):
            own["__substg1.0_3701000D"] = content
        else:
            own["__substg1.0_37010102"] = content
            properties += struct.pack("<IIII", 0x37010102, 6, len(content), 0)
        own["__properties_version1.0"] = bytes(8) + properties
        tree[f"__attach_version1.0_#{n:08X}"] = own
    return tree


def _strings(strings: dict[int, str]) -> tuple[Tree, bytes]:
    tree: Tree = {}
    properties = struct.pack("<IIII", 0x340D0003, 6, 0x00040E79, 0)
    for pid, text in strings.items():
        if text:
            raw = text.encode("utf-16-le", "surrogatepass")
            tree[f"__substg1.0_{pid:04X}001F"] = raw
            properties += struct.pack("<IIII", pid << 16 | 0x001F, 6, len(raw) + 2, 0)
    return tree, properties


def xls(sheets: dict[str, list[list[object]]], extra: dict[str, bytes | Tree] | None = None) -> bytes:
    """Return an old Excel workbook of texts and numbers."""
    return cfb({"Workbook": biff(sheets), **(extra or {})})


def biff(sheets: dict[str, list[list[object]]], cells: bytes = b"") -> bytes:
    """Return the stream of an old workbook; ``cells`` are further records of its last sheet."""
    bodies = []
    for n, rows in enumerate(sheets.values()):
        body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str) and value:
                    text = value.encode("utf-16-le")
                    body += _record(0x0204, struct.pack("<HHHHB", r, c, 0, len(value), 1) + text)
                elif isinstance(value, (int, float)):
                    body += _record(0x0203, struct.pack("<HHHd", r, c, 0, value))
        body += cells if n == len(sheets) - 1 else b""
        bodies.append(body + _record(0x000A, b""))
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    head += _record(0x0042, struct.pack("<H", 1200))
    names = [name.encode("utf-16-le") for name in sheets]
    at = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x0085, struct.pack("<IHBB", at, 0, len(name) // 2, 1) + name)
        at += len(body)
    return head + _record(0x000A, b"") + b"".join(bodies)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
