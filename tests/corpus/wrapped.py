"""Archives that are attacks, and files in archives and messages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from email.message import EmailMessage

from tests.corpus import cfb
from tests.corpus.case import READ, Case, entry, one, said
from tests.corpus.zips import added, members, raw_zip, zipped


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
        content = raw_zip([entry(member, good)])
        yield Case(f"zips/{name}.zip", content, {f"/{shown}": said(READ)})
    yield one("zips/up.xlsx", added(good, {"../evil.xml": b"<x/>"}), "rejected", "file-unsafe")
    doubled = [entry(name, data) for name, data in members(good).items()]
    doubled.append(entry("xl/worksheets/sheet3.xml", b"<other/>"))
    yield one("zips/part twice.xlsx", raw_zip(doubled), "rejected", "file-unsafe")
    upper = [*doubled[:-1], entry("XL/Worksheets/Sheet3.xml", b"<other/>")]
    yield one("zips/part twice, other case.xlsx", raw_zip(upper), "rejected", "file-unsafe")
    link = entry("link.xlsx", b"/etc/passwd") | {"mode": 0o120777}
    yield Case("zips/link.zip", raw_zip([link]), {"/link.xlsx": said("held", "file-link")})
    yield one("zips/link part.xlsx", raw_zip([*doubled[:-1], link]), "rejected", "file-unsafe")
    twice = raw_zip([entry("a.xlsx", good), entry("a.xlsx", good)])
    yield Case("zips/same name.zip", twice, {"/a.xlsx": said(READ), "/a.xlsx (2)": said("superseded")})
    locked = raw_zip([entry("a.xlsx", good) | {"flags": 0x801}])
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
        content = raw_zip([entry("a.xlsx", good) | changed])
        yield Case(f"zips/{name}.zip", content, {"/a.xlsx": said("rejected", codes)})
    elsewhere = raw_zip([entry("a.xlsx", good) | {"where": 10_000_000, "packed": 10}])
    yield one("zips/starts outside.zip", elsewhere, "rejected", "file-unknown")
    outside_too = raw_zip(
        [entry("b.xlsx", good), entry("a.xlsx", good) | {"where": 10_000_000, "packed": 10}]
    )
    expected = {"/a.xlsx": said("rejected", "file-damaged"), "/b.xlsx": said(READ)}
    yield Case("zips/one starts outside.zip", outside_too, expected)
    count = bytearray(zipped({"a.xlsx": good}))
    count[-12:-8] = struct.pack("<I", 0xFFFFFF)
    yield one("zips/index too large.zip", bytes(count), "rejected", "file-damaged")
    yield one("zips/empty.zip", zipped({}), "rejected", "package-empty")
    yield one("zips/only folders.zip", raw_zip([entry("a/", b"")]), "rejected", "package-empty")
    long_name = "n" * 60_000 + ".xlsx"
    shown = f"/{'n' * 89}…{'n' * 25}.xlsx"
    yield Case("zips/long name.zip", raw_zip([entry(long_name, good)]), {shown: said(READ)})
    bidi = raw_zip([entry("a\u202exslx.exe\n\x1b[2J.xlsx", good)])
    yield Case("zips/misleading name.zip", bidi, {"/a_xslx.exe__[2J.xlsx": said(READ)})


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
    yield Case(
        "packages/junk.zip", zipped({".DS_Store": b"x"}), {"*": said(frozenset({"rejected", "passed over"}))}
    )
    yield Case("packages/no name", zipped({"Return.xlsx": good}), {"/Return.xlsx": said(READ)})
    holds_bad = zipped({"a.xlsx": good[:500], "b.xlsx": good})
    yield Case(
        "packages/one bad.zip",
        holds_bad,
        {"/a.xlsx": said("rejected", "file-damaged"), "/b.xlsx": said(READ)},
    )


def messages(good: bytes) -> Iterator[Case]:
    plain = _mail(
        "Please find it attached.", {"Return.xlsx": good, "scan.pdf": b"%PDF-1.7", "logo.png": b"\x89PNG"}
    )
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
    yield Case(
        "mail/zip.eml", bytes(_mail("x", {"r.zip": zipped({"a.xlsx": good})})), {"/r.zip/a.xlsx": said(READ)}
    )
    deep = _mail("x", {"Return.xlsx": good})
    for _ in range(12):
        outer = _mail("x", {})
        outer.add_attachment(deep)
        deep = outer
    yield one("mail/deep.eml", bytes(deep), "rejected", "file-unsafe")
    head = b"From: a@b.example\r\nMIME-Version: 1.0\r\nSubject: x\r\n"
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(3000)
    )
    yield one("mail/many boundaries.eml", head + parts, "rejected", "file-unsafe")
    yield one("mail/headers only.eml", head + b"\r\n", "rejected", "package-empty")
    wrong = (
        head + b'Content-Type: application/x; name="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!'
    )
    yield Case("mail/not base64.eml", wrong, {"*": said(frozenset({"held", "rejected"}))})
    yield Case(
        "mail/return.msg",
        cfb.msg(attached={"Return.xlsx": good, "scan.pdf": b"%PDF-1.7"}),
        {"/Return.xlsx": said(READ), "/scan.pdf": said("passed over", "companion")},
    )
    yield one("mail/only text.msg", cfb.msg(), "held", "email-text")
    yield one("mail/nothing.msg", cfb.msg(body=""), "rejected", "package-empty")
    inner = cfb.message("Inner: one/two", attached={"Return.xlsx": good}, within=True)
    yield Case(
        "mail/forwarded.msg", cfb.msg(attached={"x": inner}), {"/Inner: one_two/Return.xlsx": said(READ)}
    )
    nested: cfb.Tree = cfb.message("in", attached={"a.xlsx": good}, within=True)
    for _ in range(12):
        nested = cfb.message("in", attached={"x": nested}, within=True)
    yield one("mail/deep.msg", cfb.msg(attached={"x": nested}), "rejected", "file-unsafe")
    whole = cfb.msg(attached={"Return.xlsx": good})
    yield one("mail/cut off.msg", whole[: len(whole) // 2], "rejected", "file-damaged", "file-unsafe")
    yield one(
        "mail/no properties.msg",
        cfb.cfb({"__properties_version1.0": b"x"}),
        "rejected",
        "package-empty",
        "file-damaged",
    )


def _mail(text: str, attached: dict[str, bytes]) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Sam <sam@school.example>", "audits@northmoor.example"
    mail["Subject"], mail["Date"] = "Our return", "Mon, 07 Sep 2026 09:00:00 +0100"
    mail.set_content(text)
    for name, content in attached.items():
        mail.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("\n", "")
        )
    return mail
