"""Workbooks of Excel 97 to 2003: .xls."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.guard import records
from auditkit.guard.limits import Limits
from auditkit.guard.ole import stored
from auditkit.returns.intake import calamine
from auditkit.returns.intake.incoming import Look
from auditkit.returns.sheets import Contained, Workbook

KIND = "an old Excel workbook (.xls)"
STREAMS = ("Workbook", "Book")


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is an old Excel workbook."""
    return look.streams is not None and stream(look.names) is not None


def read(look: Look, limits: Limits) -> Workbook:
    """Return the sheets of a workbook, hidden ones too; UnreadableError if they can't be read."""
    assert look.streams is not None
    name = stream(look.names)
    assert name is not None
    data = look.streams.read(name)
    records.check_xls(data, limits)
    return Workbook(calamine.sheets(stored(name, data), limits), contained=tuple(_contained(look.names)))


def stream(names: frozenset[str]) -> str | None:
    """Return which of an OLE file's streams is the workbook; in such files capital letters don't matter."""
    return next((name for name in STREAMS for given in names if given.casefold() == name.casefold()), None)


def _contained(names: frozenset[str]) -> Iterator[Contained]:
    top = {name.split("/")[0] for name in names}
    if "_VBA_PROJECT_CUR" in top:
        yield Contained("macros", 1)
    embedded = sum(name.startswith("MBD") for name in top)
    if embedded:
        yield Contained("embedded", embedded)
