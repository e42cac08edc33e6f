"""What an office workbook holds besides cells: what xlsx and xlsb share."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.guard.archive import Archive
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.sheets import Contained, ContainedKind

MOST_LINK = 100_000
CONTAINED: tuple[tuple[str, ContainedKind], ...] = (
    ("vbaproject.bin", "macros"),
    ("macrosheets/", "macros"),
    ("activex/", "controls"),
    ("embeddings/", "embedded"),
    ("media/", "pictures"),
    ("externallinks/", "links"),
    ("connections.xml", "links"),
    ("querytables/", "links"),
)


def contained(archive: Archive) -> Iterator[Contained]:
    """Yield what a workbook holds besides cells: macros, links to other files, embedded files, pictures."""
    counts: dict[ContainedKind, int] = {}
    for member in archive.members:
        folded = member.name.replace("\\", "/").casefold()
        kind = next((kind for sign, kind in CONTAINED if sign in folded and "/_rels/" not in folded), None)
        if kind is not None and not member.is_folder:
            counts[kind] = counts.get(kind, 0) + 1
        if kind == "links" and _is_dde(archive, folded):
            counts["dde"] = counts.get("dde", 0) + 1
    for kind, count in counts.items():
        yield Contained(kind, count)


def _is_dde(archive: Archive, folded: str) -> bool:
    """Tell whether a link to another file is one that starts a program."""
    member = next(m for m in archive.members if m.name.replace("\\", "/").casefold() == folded)
    try:
        return b"ddeLink" in archive.inflate(member)[:MOST_LINK]
    except UnreadableError:
        return False
