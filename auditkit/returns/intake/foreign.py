"""What a file is that isn't a workbook we read, so that a finding can name it."""

from __future__ import annotations

import io
import zipfile

from auditkit.returns.intake.unreadable import UnreadableError

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
# How an OLE file's directory names its streams: in UTF-16.
ENCRYPTED, WORKBOOK, WORD, MESSAGE = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "WordDocument", "__substg1.0_")
)

BEGINNINGS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a Word document (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "a shortcut (.lnk)"),
    (b"Rar!", "a compressed folder (.rar)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed folder (.7z)"),
)
OLE_KINDS = (
    (MESSAGE, "a saved email (.msg)"),
    (WORD, "an old Word document (.doc)"),
    (WORKBOOK, "an old Excel file (.xls)"),
)
ZIP_MEMBERS = (
    ("xl/workbook.bin", "a binary Excel file (.xlsb)"),
    ("word/document.xml", "a Word document (.docx)"),
    ("ppt/presentation.xml", "a presentation (.pptx)"),
    ("Index/Document.iwa", "a Numbers or Pages file"),
)
TEXT_SNIFFED = 4096
EMAIL_HEADERS = ("from:", "received:", "return-path:", "mime-version:", "delivered-to:", "message-id:")


def refusal(content: bytes) -> UnreadableError:
    """Return why a file that no container recognises can't be read.

    Args:
        content: The whole file.

    Returns:
        The finding: locked with a password, damaged, or not a workbook and what it is.
    """
    if content.startswith(OLE):
        if ENCRYPTED in content:
            return UnreadableError("file-password")
        return _is(next((kind for sign, kind in OLE_KINDS if sign in content), "an old Office file"))
    if content.startswith(ZIP):
        return _zip(content)
    return _is(next((kind for sign, kind in BEGINNINGS if content.startswith(sign)), "") or _text(content))


def _is(kind: str) -> UnreadableError:
    return UnreadableError("not-a-workbook", kind=kind)


def _zip(content: bytes) -> UnreadableError:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mimetype = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except Exception:  # zipfile raises many kinds on damaged archives
        return UnreadableError("file-damaged", reason="its end is missing or its index is broken")
    if b"opendocument.spreadsheet" in mimetype:
        return _is("an OpenDocument spreadsheet (.ods)")
    if b"opendocument" in mimetype:
        return _is("an OpenDocument file")
    return _is(next((kind for member, kind in ZIP_MEMBERS if member in names), "a compressed folder (.zip)"))


def _text(content: bytes) -> str:
    start = content[:TEXT_SNIFFED]
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "a file of an unknown kind"
    text = start.decode("utf-8", "replace").lstrip("\ufeff \r\n\t").casefold()
    if text.startswith(("<!doctype html", "<html")):
        return "a web page"
    if text.startswith(EMAIL_HEADERS):
        return "a saved email (.eml)"
    return "plain text (a .csv file, perhaps)"
