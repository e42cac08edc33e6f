"""How long the texts in a workbook are together, where it is read without a process of its own.

A text is kept in the file once, however many cells show it; a reader makes one of its own for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from auditkit.guard.limits import damaged, megabytes, too_large

# Some hundred times what the longest definitions and registers come to.
MOST = 64 * 1024 * 1024


def check(parts: Mapping[str, bytes]) -> None:
    """Refuse a workbook whose cells show more text than there is room for.

    Args:
        parts: Its parts by name, measured and safe to parse.

    Raises:
        UnreadableError: If they do, or a part that says so can't be parsed.
    """
    lengths: list[int] = []
    for data in parts.values():
        if b"<sst" in data or b":sst" in data:
            lengths += _lengths(data)
    sheets = [data for data in parts.values() if b"<sheetData" in data or b":sheetData" in data]
    if max(lengths, default=0) * sum(data.count(b"v>") for data in sheets) <= MOST:
        return
    left = MOST
    for data in sheets:
        left -= _shown(data, lengths, left)


def _lengths(data: bytes) -> list[int]:
    """Return the length of each shared text."""
    found: list[int] = []

    def start(name: str, _: object) -> None:
        if _local(name) == "si":
            found.append(0)

    def text(part: str) -> None:
        if found:
            found[-1] += len(part)

    _parse(data, start, text)
    return found


def _shown(data: bytes, lengths: list[int], most: int) -> int:
    """Return how long the shared texts are that the cells of a sheet show; no more than ``most``."""
    total = 0
    shares = inside = False
    number = ""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal shares, inside, number
        if _local(name) == "c":
            shares = attributes.get("t", "").strip() == "s"
        elif _local(name) == "v":
            inside, number = shares, ""

    def text(part: str) -> None:
        nonlocal number
        if inside:
            number = (number + part)[:20]

    def end(name: str) -> None:
        nonlocal inside, total
        if inside and _local(name) == "v":
            inside, place = False, number.strip()
            if place.isdecimal() and int(place) < len(lengths):
                total += lengths[int(place)]
            if total > most:
                raise too_large("the same long texts in cell after cell", f"{megabytes(MOST)} of text")

    _parse(data, start, text, end)
    return total


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None],
    end: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged("a part of it is broken") from error
