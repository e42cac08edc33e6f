"""Archives, messages and locked files: everything in them comes once, and says where it was."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from email.message import EmailMessage

import msoffcrypto
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from auditkit.guard import Limits
from auditkit.returns.intake import (
    Passwords,
    UnreadableError,
    eml,
    encrypted,
    foreign,
    incoming,
    look,
    opening,
)
from auditkit.returns.intake.opening import EXCELS_OWN
from tests.corpus.cfb import cfb, message, msg, xls
from tests.corpus.zips import raw_zip, zipped
from tests.returns.filled import COMPLETE, codes, grids, saved
from tests.returns.intake.opened import NOW, leaves, problem, told

GOOD = saved(grids(COMPLETE))
PDF, PNG = b"%PDF-1.7", b"\x89PNG"


def mail(text: str = "Here it is.", attached: dict[str, bytes] | None = None, **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "Sam <sam@school.example>",
        "Subject": "Our return",
        "Date": "Mon, 07 Sep 2026 09:00:00 +0100",
        **headers,
    }.items():
        made[name] = value
    made.set_content(text)
    for name, content in (attached or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def test_an_archive_gives_every_file_in_it_once() -> None:
    inner = zipped({"b.xlsx": GOOD, "c.xlsx": GOOD[:100], "d.pdf": PDF})
    found = told(zipped({"a.xlsx": GOOD, "inner.zip": inner, ".DS_Store": b"x", "scan.pdf": PDF}))
    assert found == {
        "f/a.xlsx": "read",
        "f/inner.zip/b.xlsx": "read",
        "f/inner.zip/c.xlsx": "file-damaged",
        "f/inner.zip/d.pdf": "companion",
        "f/.DS_Store": "passed-over",
        "f/scan.pdf": "not-a-workbook",
    }


def test_what_lies_beside_the_one_workbook_is_passed_over_and_beside_several_is_held() -> None:
    assert told(zipped({"a.xlsx": GOOD, "scan.pdf": PDF}))["f/scan.pdf"] == "companion"
    assert told(zipped({"a.xlsx": GOOD, "b.xlsx": GOOD, "scan.pdf": PDF}))["f/scan.pdf"] == "not-a-workbook"
    assert told(zipped({"scan.pdf": PDF})) == {"f/scan.pdf": "not-a-workbook"}
    assert (
        told(bytes(mail("x", {"a.xlsx": GOOD, "b.xlsx": GOOD, "scan.pdf": PDF})))["f/scan.pdf"] == "companion"
    )


def test_an_empty_archive_has_an_outcome() -> None:
    assert told(zipped({})) == {"f": "package-empty"}
    assert told(zipped({"Thumbs.db": b"x"})) == {"f/Thumbs.db": "passed-over", "f": "package-empty"}


def test_archives_too_deep_or_too_full_are_refused() -> None:
    content = zipped({"a.xlsx": GOOD})
    for _ in range(3):
        content = zipped({"in.zip": content})
    assert told(content, depth=3) == {"f/in.zip/in.zip/in.zip": "file-unsafe"}
    full = zipped({f"{n}.pdf": PDF for n in range(5)})
    assert list(told(full, files=3).values()) == ["not-a-workbook"] * 3 + ["file-unsafe"]
    assert told(zipped({"a.pdf": PDF * 100, "b.pdf": PDF * 100}), package_bytes=1000) == {
        "f/b.pdf": "file-too-large",
        "f/a.pdf": "not-a-workbook",
    }


def test_links_and_names_that_lead_out_of_an_archive() -> None:
    link = {"name": "link.xlsx", "data": b"/etc/passwd", "method": 0, "mode": 0o120777}
    folder = {"name": "folder/", "method": 0}
    assert told(raw_zip([link, folder])) == {"f/link.xlsx": "file-link"}
    assert told(zipped({"../../a.xlsx": GOOD})) == {"f/a.xlsx": "read"}


def test_a_message_gives_its_files_with_sender_and_time() -> None:
    (one,) = leaves(bytes(mail(attached={"Rückgabe.xlsx": GOOD})), "m.eml")
    assert (one.incoming.file, one.incoming.sender) == ("m.eml/Rückgabe.xlsx", "sam@school.example")
    assert one.incoming.received == dt.datetime(2026, 9, 7, 8, tzinfo=dt.timezone.utc)
    assert (one.incoming.came, one.incoming.content) == ("attached", GOOD)


def test_a_message_with_nothing_but_text_is_held_and_one_with_nothing_rejected() -> None:
    assert told(bytes(mail())) == {"f": "email-text"}
    assert told(bytes(mail(" \n"))) == {"f": "package-empty"}
    html = mail("")
    html.add_alternative("<html><style>p {}</style><p>&nbsp;</p></html>", subtype="html")
    assert told(bytes(html)) == {"f": "package-empty"}
    assert told(bytes(mail("x", {"scan.pdf": PDF}))) == {"f/scan.pdf": "not-a-workbook"}


@pytest.mark.parametrize("beginning", ["<style ", "<style>a", "<", "<script><style>"])
def test_a_message_made_of_beginnings_is_searched_once(beginning: str) -> None:
    """Searched to its end from each of them, this would take hours."""
    html = mail("")
    html.add_alternative(f"{beginning * 50_000}<p>Hello</p>", subtype="html")
    assert told(bytes(html)) == {"f": "email-text"}


def test_pictures_in_the_text_of_a_message_are_passed_over() -> None:
    made = mail("")
    made.add_attachment(PNG, maintype="image", subtype="png", filename="photo.png", cid="<x@y>")
    assert told(bytes(made)) == {"f/photo.png": "passed-over", "f": "email-text"}
    made = mail("x")
    made.add_attachment(PNG, maintype="image", subtype="png", filename="photo.png")
    assert told(bytes(made)) == {"f/photo.png": "not-a-workbook"}


def test_messages_within_messages() -> None:
    outer = mail("See below.")
    outer.add_attachment(mail(attached={"a.xlsx": GOOD}, Subject="one/two", From="Kit <kit@x.example>"))
    (one,) = leaves(bytes(outer))
    assert (one.incoming.file, one.incoming.sender) == ("f/one_two/a.xlsx", "kit@x.example")
    answer = mail(attached={"a.xlsx": GOOD})
    answer.add_attachment(mail("Could you send it?", Subject="Reminder"))
    assert told(bytes(answer)) == {"f/a.xlsx": "read", "f/Reminder": "companion"}
    only = mail("")
    only.add_attachment(mail("All green.", Subject=""))
    assert told(bytes(only)) == {"f/message": "email-text"}


def test_messages_nested_or_split_too_much_are_refused() -> None:
    deep = mail(attached={"a.xlsx": GOOD})
    for _ in range(4):
        outer = mail()
        outer.add_attachment(deep)
        deep = outer
    assert told(bytes(deep), depth=3) == {"f": "file-unsafe"}
    assert told(bytes(deep), depth=1) == {"f": "file-unsafe"}
    assert told(bytes(mail()) + b"boundary=" * 100) == {"f": "file-unsafe"}


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 07 Sep 2026 09:00:00 -0000", "Mon, 99 Sep 20266"])
def test_odd_headers_cost_nothing(date: str) -> None:
    content = (
        b"From: =?nonsense?Q?x?= <>\r\nSubject: =?utf-8?B?!!!?=\r\nDate: "
        + date.encode()
        + b'\r\nContent-Type: application/x; name="=?nope?B?eA==?="\r\n\r\n%PDF-1'
    )
    (one,) = leaves(content)
    assert one.problem is not None
    assert one.problem.code == "not-a-workbook"
    assert one.incoming.received == NOW or "2026" in date


def test_a_message_that_its_reader_stumbles_over_is_damaged(monkeypatch) -> None:
    monkeypatch.setattr(eml.email, "message_from_bytes", lambda *_, **__: 1 / 0)
    assert told(bytes(mail())) == {"f": "file-damaged"}


def test_outlooks_messages() -> None:
    sent = dt.datetime(2026, 9, 7, 8, tzinfo=dt.timezone.utc)
    content = msg(
        attached={"Return.xlsx": GOOD, "logo.png": PNG, "s.pdf": PDF}, in_text=("logo.png",), sent=sent
    )
    found = leaves(content)
    assert {leaf.incoming.file: leaf.problem.code if leaf.problem else "" for leaf in found} == {
        "f/Return.xlsx": "",
        "f/logo.png": "passed-over",
        "f/s.pdf": "companion",
    }
    assert (found[0].incoming.sender, found[0].incoming.received) == ("dsl@school.example", sent)
    assert told(msg()) == {"f": "email-text"}
    assert told(msg(body="", sender="/o=Exchange")) == {"f": "package-empty"}
    inner = message("Inner", attached={"a.xlsx": GOOD}, within=True)
    assert told(msg(attached={"x": inner})) == {"f/Inner/a.xlsx": "read"}


def test_damaged_or_deep_messages_of_outlook() -> None:
    assert told(cfb({"__properties_version1.0": b""})) == {"f": "package-empty"}
    attached = {"__attach_version1.0_#00000000": {"x": b"y"}, "__properties_version1.0": bytes(32)}
    assert told(cfb(attached)) == {"f": "file-damaged"}
    nested = message("in", attached={"a.xlsx": GOOD}, within=True)
    for _ in range(3):
        nested = message("in", attached={"x": nested}, within=True)
    assert told(msg(attached={"x": nested}), depth=1) == {"f": "file-unsafe"}
    # Properties that say more than there is: a text, a time and HTML whose streams are missing.
    said = b"".join(
        tag + bytes(4) + b"\xff" * 8 for tag in (b"\x1f\0\x37\0", b"\x40\0\x39\0", b"\x02\x01\x13\x10")
    )
    assert told(cfb({"__properties_version1.0": bytes(32) + said})) in (
        {"f": "package-empty"},
        {"f": "file-damaged"},
    )


def test_a_locked_file_opens_with_a_password_that_was_given() -> None:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(GOOD)).encrypt("open sesame", target)
    content = target.getvalue()
    assert told(content) == {"f": "file-password"}
    (one,) = leaves(content, passwords=["wrong", "open sesame"])
    assert (one.incoming.file, one.incoming.content, one.incoming.came) == ("f", GOOD, "with a password")
    # An officer decides about the file as it came.
    assert one.incoming.sha256 == incoming("f", content, NOW).sha256


def test_the_recipients_own_password_is_tried_first_and_everybody_elses_last() -> None:
    own = {"S11-1": ("one",), "S11-10": ("ten",), "S11-2": ("two",)}
    passwords = Passwords(("rounds",), own)
    rest = (EXCELS_OWN, "one", "ten", "two")
    assert passwords.to_try("mail.eml/Copy of Police (s11-10).xlsx") == (
        "ten",
        "rounds",
        EXCELS_OWN,
        "one",
        "two",
    )
    assert passwords.to_try("S11-1_S11-2.xlsx") == ("one", "two", "rounds", EXCELS_OWN, "ten")
    for name in ("scan.xlsx", "S11-100.xlsx", "XS11-1.xlsx"):
        assert passwords.to_try(name) == ("rounds", *rest)
    assert "ten" not in repr(passwords)


def test_only_so_many_passwords_are_tried_on_one_file(monkeypatch) -> None:
    tried = []
    monkeypatch.setattr(encrypted, "_decrypted", lambda _, password: tried.append(password) or b"")
    own = {f"A{n}": f"password {n}" for n in range(700)}
    usual = cfb({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b'spinCount="100000"'})
    for content, most in ((usual, 100), (usual.replace(b"100000", b"999999"), 10)):
        tried.clear()
        assert [leaf.problem.code for leaf in leaves(content, "Police (A642).xlsx", own=own)] == [
            "file-password"
        ]
        assert (len(tried), tried[0]) == (most, "password 642")


def test_an_old_locked_file_is_known(monkeypatch) -> None:
    locked = b"\x09\x08\x10\0" + bytes(16) + b"\x2f\0\x06\0" + bytes(6)
    content = cfb({"Workbook": locked})
    assert told(content) in ({"f": "file-damaged"}, {"f": "file-password"})
    assert not encrypted.recognises(look(xls({"A": [["x"]]}), Limits()))
    assert told(xls({"A": [["x"]]})) == {"f": "read"}


def test_a_locked_file_of_libreoffice_is_known_whichever_way_it_is_locked() -> None:
    kind = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    parts = {"content.xml": b"\x93\0\x11", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    for locked in (parts, {"encrypted-package": b"\x93\0\x11"}):
        assert problem(zipped({**kind, **locked}, zipfile.ZIP_STORED))[0] == "file-password-ods"


def test_locks_built_to_take_for_ever_are_refused(monkeypatch) -> None:
    slow = cfb({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b'spinCount="4000000000"'})
    assert told(slow) == {"f": "file-unsafe"}
    broken = cfb({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"nonsense"})
    assert told(broken) == {"f": "file-password"}
    monkeypatch.setattr(msoffcrypto, "OfficeFile", lambda _: 1 / 0)
    assert told(broken) == {"f": "file-damaged"}
    limits = Limits()
    assert encrypted.empty(look(broken, limits), limits).code == "file-password"


def test_a_password_opens_a_return(put, collate, monkeypatch, tmp_path) -> None:
    from auditkit.returns.basis import Basis
    from auditkit.returns.collate import read_returns
    from tests.returns.filled import AUDIT, KEY, RECIPIENTS, ROUND

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(GOOD)).encrypt("pw", target)
    put("a.xlsx", target.getvalue())
    (held,) = collate()
    assert (held.outcome, codes(held)) == ("rejected", ["file-password"])
    (one,) = read_returns(
        tmp_path / "returns", Basis(AUDIT, RECIPIENTS, ROUND, KEY, passwords=["pw"]), isolated=False
    )
    assert one.outcome == "accepted"


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"From: a\r\nSubject: b\r\n"]),
)
def test_any_bytes_have_an_outcome(content: bytes, start: bytes) -> None:
    assert leaves(start + content)


def test_a_file_in_a_zip_may_be_called_as_a_part_of_an_old_word_file_is() -> None:
    assert len(leaves(zipped({"WordDocument": b"x", "b.txt": b"y"}))) == 2


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), st.binary(max_size=200), max_size=6
    )
)
def test_archives_round_trip(files: dict[str, bytes]) -> None:
    files = {name: data for name, data in files.items() if not name.split("\0")[0].endswith(("/", "\\"))}
    content = zipped(files)
    # Hypothesis knows the names in our code, too: such an archive may be a document, not a folder.
    assume(not foreign.is_foreign(look(content, Limits())))
    archive = look(content, Limits()).archive
    assert archive is not None
    assert {m.name: archive.inflate(m) for m in archive.members} == {
        name.split("\0")[0]: data for name, data in files.items()
    }
    try:
        assert len(leaves(content)) >= len(archive.members)
    except UnreadableError:
        raise AssertionError("a reason must be an outcome") from None
    assert opening(Limits()).budget.left == Limits().package_bytes
