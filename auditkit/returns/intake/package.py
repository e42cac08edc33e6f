"""The parts of an office workbook, measured: what xlsx and xlsb share."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.guard import xml
from auditkit.returns.guard.archive import Archive
from auditkit.returns.guard.limits import Budget, Limits, unsafe
from auditkit.returns.sheets import Contained, ContainedKind
from auditkit.returns.unreadable import UnreadableError

# What no reader of answers needs: pictures, drawings, other programs' parts. Never inflated.
LEFT = (
    *("media/", "embeddings/", "drawings/", "theme/", "charts/", "printersettings/", "activex/", "pivot"),
    "customxml/",
)
MOST_LINK = 100_000
ENDINGS = (".xml", ".rels", ".bin", ".psmdcp")
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


def parts(archive: Archive, limits: Limits) -> dict[str, bytes]:
    """Inflate the parts of a workbook that reading its answers needs.

    Args:
        archive: The workbook.
        limits: What its parts may be.

    Returns:
        The parts by name, in their order; each is checked if it is XML.

    Raises:
        UnreadableError: If two parts have one name, a name leads out of the workbook, or a part is refused.
    """
    budget = Budget(limits.workbook_bytes)
    seen: set[str] = set()
    found = {}
    for member in archive.members:
        name = member.name.replace("\\", "/").removeprefix("/")
        folded = name.casefold()
        if folded in seen:
            raise unsafe("two of its parts have the same name")
        seen.add(folded)
        if member.is_link or ".." in name.split("/"):
            raise unsafe("the name of a part leads out of the file")
        if member.is_folder or not _needed(folded):
            continue
        data = archive.inflate(member, budget)
        if not folded.endswith(".bin"):
            xml.check(data)
        found[name] = data
    return found


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


def _needed(folded: str) -> bool:
    if not folded.endswith(ENDINGS) or folded.endswith("vbaproject.bin"):
        return False
    return not any(sign in folded for sign in LEFT)


def _is_dde(archive: Archive, folded: str) -> bool:
    """Tell whether a link to another file is one that starts a program."""
    member = next(m for m in archive.members if m.name.replace("\\", "/").casefold() == folded)
    try:
        return b"ddeLink" in archive.inflate(member)[:MOST_LINK]
    except UnreadableError:
        return False
