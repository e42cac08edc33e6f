"""How large, deep and slow a file of the returns folder may be."""

from __future__ import annotations

from dataclasses import dataclass

from auditkit.returns.unreadable import UnreadableError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The limits of a run. The defaults are far above what any return of ours needs.

    Attributes:
        file_bytes: A file in the returns folder, or one inside a package.
        members: Entries of an archive: a .zip, or the parts of a workbook.
        part_bytes: One entry of an archive when inflated.
        workbook_bytes: All parts of a workbook that are read, inflated.
        package_bytes: Everything inflated on account of one file of the folder, at all depths.
        run_bytes: The same for all files of a run.
        ratio: How many times larger than its compressed form a part of over ``ratio_from`` bytes may be.
        ratio_from: Below this, a part may be compressed as well as it likes.
        depth: Packages within packages: a zip attached to a forwarded email is three.
        files: Files inside one file of the folder, at all depths.
        cells: Cells of a workbook, counting every sheet as a rectangle from A1 to its last filled cell.
        strings: Different texts of a workbook.
        xml_depth: Elements within elements.
        seconds: Time for reading one file; in a package each file in it has as much.
        package_seconds: Time for a whole package; what isn't read by then is left out and told.
        memory_bytes: Memory that reading may take, above what the worker process starts with.
        restarts: How often one file of the folder may cost a worker process its life.
    """

    file_bytes: int = 50 * MEGABYTE
    members: int = 5_000
    part_bytes: int = 64 * MEGABYTE
    workbook_bytes: int = 128 * MEGABYTE
    package_bytes: int = 1024 * MEGABYTE
    run_bytes: int = 50 * 1024 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 8 * MEGABYTE
    depth: int = 5
    files: int = 2_000
    cells: int = 2_000_000
    strings: int = 500_000
    xml_depth: int = 200
    seconds: float = 60.0
    package_seconds: float = 600.0
    memory_bytes: int = 768 * MEGABYTE
    restarts: int = 5


@dataclass
class Budget:
    """What is left of a limit on inflated bytes, shared by everything that draws on it."""

    left: int

    def spend(self, size: int) -> None:
        """Take ``size`` off; UnreadableError if there isn't so much left."""
        self.left -= size
        if self.left < 0:
            raise too_large("more than auditkit unpacks from one file", "the limit for one file")


def too_large(size: str, limit: str) -> UnreadableError:
    """Return the refusal of something that may be honest but is too large to read."""
    return UnreadableError("file-too-large", size=size, limit=limit)


def unsafe(reason: str) -> UnreadableError:
    """Return the refusal of something that no office program makes."""
    return UnreadableError("file-unsafe", reason=reason)


def damaged(reason: str) -> UnreadableError:
    """Return the refusal of something that is cut off or broken."""
    return UnreadableError("file-damaged", reason=reason)


def megabytes(size: int) -> str:
    """Return a size as officers read it."""
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size / 1024:,.0f} KB"
