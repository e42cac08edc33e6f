"""How large, deep and slow a file of the returns folder may be: the defaults, and what a round may set."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    from pydantic_core.core_schema import CoreSchema

MEGABYTE = 1024 * 1024
UNITS = {"KB": 1024, "MB": MEGABYTE, "GB": 1024 * MEGABYTE}
# Beyond these the system's own calls fail: how much memory to allow, how long to wait.
MOST_BYTES, MOST_SECONDS, MOST = 1024 * UNITS["GB"], 86_400, 1_000_000_000


def size(written: str) -> int:
    """Return a size in bytes, as it is written with its unit; ValueError says what it should be.

    A megabyte is 1,048,576 bytes, as Windows counts it.
    """
    found = re.fullmatch(r"(\d{1,9}) ?([KMG]B)", str(written), re.ASCII | re.IGNORECASE)
    bytes_ = int(found[1]) * UNITS[found[2].upper()] if found else 0
    if not MEGABYTE <= bytes_ <= MOST_BYTES:
        raise ValueError("a size from 1 MB to 1024 GB, with its unit: 50 MB")
    return bytes_


def count(written: str) -> int:
    """Return a number of things; ValueError says what it should be."""
    number = int(written) if re.fullmatch(r"\d{1,10}", str(written), re.ASCII) else 0
    if not 1 <= number <= MOST:
        raise ValueError(f"a whole number from 1 to {MOST}")
    return number


def seconds(written: str) -> float:
    """Return a time in seconds; ValueError says what it should be."""
    number = float(written) if re.fullmatch(r"\d{1,5}(\.\d{1,3})?", str(written), re.ASCII) else 0
    if not 1 <= number <= MOST_SECONDS:
        raise ValueError(f"a number of seconds from 1 to {MOST_SECONDS}")
    return number


@dataclass(frozen=True)
class Read:
    """Says how a limit is read from a settings file, to whatever fills :class:`Limits` in."""

    by: Callable[[str], float]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        # Imported here, since the process that reads returns needs limits and none of this.
        from pydantic_core.core_schema import no_info_plain_validator_function

        return no_info_plain_validator_function(self.by)


Size = Annotated[int, Read(size)]
Count = Annotated[int, Read(count)]
Seconds = Annotated[float, Read(seconds)]


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

    file_bytes: Size = 50 * MEGABYTE
    members: Count = 5_000
    part_bytes: Size = 64 * MEGABYTE
    workbook_bytes: Size = 128 * MEGABYTE
    package_bytes: Size = 1024 * MEGABYTE
    run_bytes: Size = 50 * 1024 * MEGABYTE
    ratio: Count = 200
    ratio_from: Size = 8 * MEGABYTE
    depth: Count = 5
    files: Count = 2_000
    cells: Count = 2_000_000
    strings: Count = 500_000
    xml_depth: Count = 200
    seconds: Seconds = 60.0
    package_seconds: Seconds = 600.0
    memory_bytes: Size = 768 * MEGABYTE
    restarts: Count = 5


def megabytes(size: int) -> str:
    """Return a size as officers read it."""
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size / 1024:,.0f} KB"
