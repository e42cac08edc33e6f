from __future__ import annotations

import pytest

from auditkit.returns.findings import said
from auditkit.returns.model import Finding
from tests.corpus.cfb import cfb
from tests.corpus.zips import zipped
from tests.returns.filled import COMPLETE, grids, saved
from tests.returns.intake.opened import book, problem

KINDS = [
    (b"%PDF-1.7\n", "a PDF"),
    (b"{\\rtf1", "a Word document (.rtf)"),
    (b"\xff\xd8\xff\xe0", "a picture"),
    (b"\0\0\0\x18ftypheic", "a picture"),
    (b"Name,Answer\n", "plain text"),
    ("Name".encode("utf-16"), "plain text"),
    (b"\xef\xbb\xbf\n<!DOCTYPE html>", "a web page"),
    (b"\x78\x9f\x3e\x22..", "an attachment in a form that only Outlook opens (winmail.dat)"),
    (cfb({"Strange": b"x"}), "an old Office file"),
    (cfb({"WordDocument": b"x"}), "an old Word document (.doc)"),
    (zipped({"word/document.xml": b"x"}), "a Word document (.docx)"),
    (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, 0), "an OpenDocument file"),
    (zipped({"Index/Document.iwa": b"x"}), "a Numbers or Pages file"),
]


@pytest.mark.parametrize(("content", "kind"), KINDS, ids=[kind for _, kind in KINDS])
def test_what_is_no_workbook_is_named_and_held(content: bytes, kind: str) -> None:
    assert problem(content) == ("not-a-workbook", {"kind": kind})
    words = said(Finding("not-a-workbook", "a", data=(("kind", kind),)))
    assert words.severity == "held"
    assert kind in words.happened


def test_shortcuts_are_not_followed() -> None:
    assert problem(b"[InternetShortcut]\r\nURL=file://x")[0] == "file-link"


def test_what_is_nothing_known_is_rejected() -> None:
    assert problem(b"\x7fELF\0\0")[0] == "file-unknown"
    assert problem(b"")[0] == "file-empty"


@pytest.mark.parametrize("share", range(5, 100, 5))
def test_a_workbook_that_was_cut_off_is_damaged(share: int) -> None:
    whole = saved(grids(COMPLETE))
    assert problem(whole[: len(whole) * share // 100])[0] == "file-damaged"


def test_a_workbook_without_its_main_part_is_damaged() -> None:
    assert (
        problem(zipped({"[Content_Types].xml": b"<Types/>", "xl/sheet1.xml": b"<x/>"}))[0] == "file-damaged"
    )


def test_a_workbook_is_known_by_its_content_alone() -> None:
    assert len(book(saved(grids(COMPLETE))).sheets) == 6
