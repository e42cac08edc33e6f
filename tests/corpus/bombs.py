"""Files that unpack to far more than they are, or ask for far more than they hold."""

from __future__ import annotations

import base64
import random
import zipfile
from collections.abc import Iterator

from tests.corpus.case import READ, SHEET, Case, entry, one, said, sheet, sheet_head
from tests.corpus.zips import added, deflated, edited, endless, members, path, raw_zip, zipped


def bombs(good: bytes) -> Iterator[Case]:
    yield one("bombs/sheet of 4 GB.xlsx", _with_stream(good, endless(4096)), "rejected", "file-too-large")
    spaces = endless(4096, head=b'<?xml version="1.0"?>')
    yield one(
        "bombs/strings of 4 GB.xlsx", _with_stream(good, spaces, "strings"), "rejected", "file-too-large"
    )
    claimed = raw_zip([{"name": "xl/workbook.xml", "data": deflated(b"<workbook/>"), "full": 0xFFFFFFFE}])
    yield one("bombs/claims 4 GB.xlsx", claimed, "rejected", "file-damaged")
    big = zipped({f"{n}.xlsx": bytes(30_000_000) for n in range(3)})
    yield Case("bombs/zeros.zip", big, {f"/{n}.xlsx": said("rejected", "file-unsafe") for n in range(3)})
    inner = zipped({"0.txt": b"0" * 5_000_000})
    for _ in range(8):
        inner = zipped({"a.zip": inner, "b.zip": inner})
    yield Case("bombs/nested.zip", inner, {"*": said(frozenset({"rejected", "held"}))})
    quine = zipped(
        {"again.zip": zipped({"again.zip": zipped({"again.zip": zipped({"deep.zip": _nest(9)})})})}
    )
    yield Case("bombs/deep.zip", quine, {"*": said("rejected", "file-unsafe")})
    many = zipped({f"{n}.xlsx": b"" for n in range(10_000)}, zipfile.ZIP_STORED)
    yield one("bombs/10,000 members.zip", many, "rejected", "file-unsafe")
    parts = added(good, {f"xl/worksheets/extra{n}.xml": b"<x/>" for n in range(10_000)})
    yield one("bombs/10,000 parts.xlsx", parts, "rejected", "file-unsafe")
    files = zipped({f"{n}.txt": b"x" for n in range(2_500)}, zipfile.ZIP_STORED)
    yield Case("bombs/2,500 files.zip", files, {"*": said(frozenset({"rejected", "held"}))})
    yield one("bombs/overlapping.zip", _overlapping(), "rejected", "file-unsafe")
    text = "<si><t>a</t></si>" * 1_000_000
    strings = f'<sst xmlns="{SHEET}">{text}</sst>'.encode()
    yield one(
        "bombs/1e6 strings.xlsx", edited(good, strings=strings), "rejected", "file-too-large", "file-unsafe"
    )
    lie = f'<sst xmlns="{SHEET}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'.encode()
    yield one("bombs/claims 4e9 strings.xlsx", edited(good, strings=lie), "rejected", "file-too-large")
    letters = base64.b64encode(random.Random(3).randbytes(1_500_000)).decode()
    last = members(good)[path("strings")].count(b"<si>")
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{last}</v></c></row>' for n in range(1, 3001))
    long_one = f"<si><t>{letters}</t></si></sst>".encode()
    repeated = edited(good, strings=lambda d: d.replace(b"</sst>", long_one), sheet3=sheet(cells))
    yield one("bombs/one long text 3,000 times.xlsx", repeated, "rejected", "reader-died", "reader-memory")
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    wide = endless(200_000 * len(row) // 1024 // 1024, row * 600, sheet_head())
    yield one("bombs/200,000 wide rows.xlsx", _with_stream(good, wide), "rejected", "file-too-large")
    media = added(good, {"xl/media/image1.png": bytes(40_000_000)})
    yield one("bombs/picture of zeros.xlsx", media, READ, "embedded-files")


def far_cells(good: bytes) -> Iterator[Case]:
    first, last = '<row r="1"><c r="A1"><v>1</v></c></row>', '<c r="XFD1048576"><v>1</v></c>'
    sheets = {
        "last cell": f'{first}<row r="1048576">{last}</row>',
        "last cell first": f'<row r="1048576">{last}</row>{first}',
        "lower case": f'{first}<row r="9"><c r="xfd1048576"><v>1</v></c></row>',
        "odd spelling": f"{first}<row r='9'><c  s=\"0\" r = 'XFD1048576'><v>1</v></c></row>",
        "with a prefix": f'{first}<x:row xmlns:x="{SHEET}" r="9"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        "beyond the sheet": f'{first}<row r="9"><c r="ZZZZZ99999999"><v>1</v></c></row>',
        "no addresses": "<row><c><v>1</v></c></row>"
        + "<row/>" * 300_000
        + "<row>"
        + "<c/>" * 9000
        + "<c><v>1</v></c></row>",
        "typed as text": f'{first}<row r="9"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        "wide and high": f'{first}<row r="9999"><c r="ZZ9999"><v>1</v></c></row>',
    }
    for name, rows in sheets.items():
        yield one(f"far/{name}.xlsx", edited(good, sheet3=sheet(rows)), "rejected", "file-too-large")
    only = edited(good, sheet3=sheet(f'<row r="1048576">{last}</row>'))
    yield one("far/only one.xlsx", only, "rejected", "file-too-large")
    empty = edited(
        good,
        sheet3=lambda d: d.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
        ),
    )
    yield one("far/formatted only.xlsx", empty, READ)
    claims = edited(
        good, sheet3=lambda d: d.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    )
    yield one("far/dimension only.xlsx", claims, READ)
    broken = edited(good, sheet3=sheet(f'{first}<row r="9"><c r="XFD1048576"><v>1</row>'))
    yield one("far/broken.xlsx", broken, "rejected", "file-damaged")


def _with_stream(good: bytes, stream: bytes, part: str = "sheet3") -> bytes:
    """Return a workbook one part of which is a stream made before."""
    entries = [entry(name, data) for name, data in members(good).items() if name != path(part)]
    return raw_zip([*entries, {"name": path(part), "data": stream, "full": 1000}])


def _overlapping() -> bytes:
    """Return an archive of 1,000 members that are all the same bytes."""
    data = deflated(bytes(8_000_000))
    return raw_zip(
        [
            {"name": "0", "data": data},
            *({"name": str(n), "packed": len(data), "where": 0} for n in range(1, 1000)),
        ]
    )


def _nest(depth: int) -> bytes:
    content = b"x"
    for n in range(depth):
        content = zipped({f"{n}.zip": content})
    return content
