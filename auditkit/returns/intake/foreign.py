"""What a file is that isn't a workbook we read, so that a finding can name it."""

from __future__ import annotations

from auditkit.guard.limits import damaged
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake.incoming import Look

WORD, OLD_WORD, PICTURE = "a Word document", "an old Word document (.doc)", "a picture"
BEGINNINGS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a Word document (.rtf)"),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", "a picture or a recording"),
    (b"Rar!", "a compressed folder (.rar)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed folder (.7z)"),
    (b"\x1f\x8b", "a compressed file (.gz)"),
    (b"\x78\x9f\x3e\x22", "an attachment in a form that only Outlook opens (winmail.dat)"),
)
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1")
SHORTCUTS = (b"\x4c\x00\x00\x00\x01\x14\x02\x00", b"[InternetShortcut]", b"[{000214A0")
MEMBERS = (
    ("word/document.xml", "a Word document (.docx)"),
    ("ppt/presentation.xml", "a presentation (.pptx)"),
    ("Index/Document.iwa", "a Numbers or Pages file"),
    ("Index.zip", "a Numbers or Pages file"),
)
STREAMS = (("WordDocument", OLD_WORD), ("PowerPoint Document", "an old presentation (.ppt)"))
TEXT_SNIFFED = 4096
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Control characters that no text file holds.
NOT_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def refusal(look: Look) -> UnreadableError:
    """Return why a file that no container recognises can't be read.

    Args:
        look: The file at first look.

    Returns:
        The finding: not a workbook and what it is instead, a shortcut, a workbook that lost its main part, or
        nothing that is known.
    """
    content = look.content
    if _is_office(look) and not _by_names(look):
        return damaged("its main part is missing")
    if content.startswith(SHORTCUTS):
        return UnreadableError("file-link")
    kind = _by_names(look) or next((kind for sign, kind in BEGINNINGS if content.startswith(sign)), "")
    if not kind and content[4:12] in HEIC:
        kind = PICTURE
    kind = kind or _text(content)
    return UnreadableError("not-a-workbook", kind=kind) if kind else UnreadableError("file-unknown")


def is_foreign(look: Look) -> bool:
    """Tell whether an archive is a document of some program rather than a folder of files."""
    return _is_office(look) or bool(_by_names(look))


def _is_office(look: Look) -> bool:
    """Tell whether an archive is built as Office builds its files."""
    return look.archive is not None and any(
        name == "[Content_Types].xml" or name.startswith("xl/") for name in look.names
    )


def _by_names(look: Look) -> str:
    # A file in a zip may be called as a stream of an old Office file is, and mean nothing by it.
    known = STREAMS if look.archive is None else MEMBERS
    kind = next((kind for name, kind in known if name in look.names), "")
    if kind or look.archive is None:
        return kind or ("an old Office file" if look.streams else "")
    mimetype = next((m for m in look.archive.members if m.name == "mimetype" and m.packed < 200), None)
    if mimetype is not None and b"opendocument" in look.content[mimetype.start : mimetype.start + 200]:
        return "an OpenDocument file"
    return ""


def _text(content: bytes) -> str:
    start = content[:TEXT_SNIFFED]
    if start.startswith(UTF_16):
        return "plain text"
    if NOT_TEXT & frozenset(start):
        return ""
    text = start.decode("utf-8", "replace").lstrip("\ufeff \r\n\t").casefold()
    return "a web page" if text.startswith(("<!doctype html", "<html")) else "plain text"
