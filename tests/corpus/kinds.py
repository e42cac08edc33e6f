"""Files of every kind, by any name."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator

from tests.corpus import cfb
from tests.corpus.case import READ, Case, one, said
from tests.corpus.zips import added, edited, members, xlsb, zipped


def harmless(good: bytes) -> Iterator[Case]:
    """Files that are read, with a note of what is in them."""
    contained = {
        "macros": ({"xl/vbaProject.bin": b"Sub AutoOpen()"}, "has-macros"),
        "old macros": ({"xl/macrosheets/sheet1.xml": b"<macro/>"}, "has-macros"),
        "external link": ({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}, "has-links"),
        "connection": ({"xl/connections.xml": b"<connections/>"}, "has-links"),
        "dde": (
            {
                "xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'
            },
            "has-dde",
        ),
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
    for name in (
        "line\nbreak.xlsx",
        "tab\there.xlsx",
        "\x1b[31mred.xlsx",
        "gpj\u202excod.xlsx",
        "zero\u200bwidth.xlsx",
    ):
        yield one(f"names/{name}", good, READ)
    for name in (
        "~$Return.xlsx",
        ".~lock.Return.xlsx#",
        "~WRL0001.tmp",
        "Return.tmp",
        "x.crdownload",
        ".hidden.xlsx",
    ):
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
    deep = (
        "<table:table-row><table:table-cell>"
        + "<text:p>" * 5000
        + "</text:p>" * 5000
        + "</table:table-cell></table:table-row>"
    )
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
    yield one(
        "locked/cut off.xlsx",
        spins[: len(spins) // 3],
        "rejected",
        "file-damaged",
        "file-password",
        "file-unsafe",
    )


def ods(rows: str, prologue: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode()}, zipfile.ZIP_STORED)
