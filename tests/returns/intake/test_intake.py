from __future__ import annotations

import datetime as dt
import io
import os
import sys
import zipfile

import pytest

from auditkit.errors import AuditkitError
from auditkit.returns import intake
from auditkit.returns.findings import said
from auditkit.returns.intake import UnreadableError, find, load, read
from auditkit.returns.model import Finding
from tests.returns.filled import COMPLETE, grids, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(*names: str, **content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
        for name, data in content.items():
            archive.writestr(name, data)
    return target.getvalue()


def refused(content: bytes) -> UnreadableError:
    now = dt.datetime.now(dt.timezone.utc)
    with pytest.raises(UnreadableError) as problem:
        read(intake.Incoming("a", content, now))
    assert said(Finding(problem.value.code, "a", data=problem.value.data)).severity == "rejected"
    return problem.value


def test_files_are_found_at_any_depth_in_order_and_the_rest_is_passed_over(put, tmp_path) -> None:
    for name in (
        "b.xlsx",
        "a/z.xlsx",
        "a/b/y.xlsx",
        "a.xlsx",
        ".DS_Store",
        "~$a.xlsx",
        "a/Thumbs.db",
        ".git/x",
        "desktop.ini",
    ):
        put(name, b"x")
    assert [f.file for f in find(tmp_path / "returns")] == ["a.xlsx", "a/b/y.xlsx", "a/z.xlsx", "b.xlsx"]


def test_bytes_come_with_the_time_of_the_file(put, tmp_path) -> None:
    put("a.xlsx", b"x", time=1_700_000_000)
    (found,) = find(tmp_path / "returns")
    incoming = load(found)
    assert (incoming.file, incoming.content) == ("a.xlsx", b"x")
    assert incoming.received == dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.timezone.utc)


def test_links_are_not_followed(put, tmp_path) -> None:
    put("a.xlsx", b"x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.xlsx").write_bytes(b"x")
    for link, target in (("link.xlsx", "returns/a.xlsx"), ("folder", "elsewhere"), ("gone", "nowhere")):
        try:
            (tmp_path / "returns" / link).symlink_to(tmp_path / target)
        except OSError:
            pytest.skip("this account may not make links")
    found = find(tmp_path / "returns")
    assert [f.file for f in found] == ["a.xlsx", "folder", "gone", "link.xlsx"]
    for link in found[1:]:
        with pytest.raises(UnreadableError) as problem:
            load(link)
        assert problem.value.code == "file-link"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_never_opened(put, tmp_path) -> None:
    put("a.xlsx", b"x")
    os.mkfifo(tmp_path / "returns" / "pipe")
    with pytest.raises(UnreadableError) as problem:
        load(find(tmp_path / "returns")[1])
    assert problem.value.code == "file-unopenable"


@pytest.mark.skipif(
    sys.platform == "win32" or sys.platform == "darwin", reason="names there are always Unicode"
)
def test_a_name_that_is_not_unicode_can_still_be_printed(put, tmp_path) -> None:
    put("a.xlsx", b"x")
    with open(os.path.join(os.fsencode(tmp_path / "returns"), b"b\xff.xlsx"), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write(b"y")
    found = find(tmp_path / "returns")[1]
    assert found.file == "b?.xlsx"
    assert load(found).content == b"y"


def test_what_the_computer_will_not_open_has_a_reason(put, tmp_path, monkeypatch) -> None:
    path = put("a.xlsx", b"x")
    (found,) = find(tmp_path / "returns")
    path.unlink()
    with pytest.raises(UnreadableError) as problem:
        load(found)
    assert (problem.value.code, problem.value.data) == (
        "file-unopenable",
        (("reason", "No such file or directory"),),
    )


def test_a_folder_that_cannot_be_listed_is_named(put, tmp_path, monkeypatch) -> None:
    put("a/b.xlsx", b"x")
    own = os.scandir

    def scandir(path):
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied")
        return own(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (found,) = find(tmp_path / "returns")
    assert found.file == "a"
    assert found.problem is not None
    assert found.problem.code == "file-unopenable"
    monkeypatch.setattr(os, "scandir", lambda path: own(tmp_path / "nowhere"))
    with pytest.raises(AuditkitError, match="can't be listed"):
        find(tmp_path / "returns")


def test_empty_and_huge_files_are_not_read(put, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(intake, "LARGEST", 1024 * 1024)
    put("a", b"")
    put("b", b"x" * (2 * 1024 * 1024))
    codes = []
    for found in find(tmp_path / "returns"):
        with pytest.raises(UnreadableError) as problem:
            load(found)
        codes.append((problem.value.code, problem.value.data))
    assert codes == [("file-empty", ()), ("file-too-large", (("size", "2 MB"), ("limit", "1 MB")))]


def test_a_time_that_no_calendar_holds() -> None:
    status = os.stat_result((0,) * 7 + (0, 1e18, 0))
    assert intake._time(status).year == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1", "a Word document (.rtf)"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"Name,Answer\n", "plain text (a .csv file, perhaps)"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "a web page"),
        (b"From: a@example.org\nSubject: x", "a saved email (.eml)"),
        (b"\x7fELF\0\0", "a file of an unknown kind"),
        ("Name".encode("utf-16"), "plain text (a .csv file, perhaps)"),
        (OLE, "an old Office file"),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel file (.xls)"),
        (OLE + "__substg1.0_001".encode("utf-16-le"), "a saved email (.msg)"),
        (zipped("xl/workbook.bin"), "a binary Excel file (.xlsb)"),
        (zipped("word/document.xml"), "a Word document (.docx)"),
        (zipped("a.xlsx"), "a compressed folder (.zip)"),
        (
            zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "an OpenDocument spreadsheet (.ods)",
        ),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "an OpenDocument file"),
    ],
)
def test_what_is_no_workbook_is_named(content: bytes, kind: str) -> None:
    problem = refused(content)
    assert (problem.code, problem.data) == ("not-a-workbook", (("kind", kind),))


def test_a_locked_file_says_so() -> None:
    assert refused(OLE + "EncryptedPackage".encode("utf-16-le")).code == "file-password"


@pytest.mark.parametrize("share", range(5, 100, 5))
def test_a_workbook_that_was_cut_off_is_damaged(share: int) -> None:
    whole = saved(grids(COMPLETE))
    assert refused(whole[: len(whole) * share // 100]).code == "file-damaged"


def test_a_workbook_is_known_by_its_content_alone() -> None:
    now = dt.datetime.now(dt.timezone.utc)
    assert len(read(intake.Incoming("no extension", saved(grids(COMPLETE)), now)).sheets) == 6
