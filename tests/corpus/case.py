"""What a file of the corpus is, and the pieces that several are made of."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from tests.corpus.zips import deflated

# What happened, and the finding that says so; several where a fault may show in more than one way.
Expected = tuple[frozenset[str], frozenset[str]]
READ = frozenset({"accepted", "superseded"})
ANY = frozenset({"accepted", "superseded", "held", "rejected", "passed over"})
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Case:
    """A file, and for each return that it gives (``""`` for the file itself) what is expected of it."""

    name: str
    content: bytes = field(repr=False)
    expected: dict[str, Expected]


def one(name: str, content: bytes, outcome: str | frozenset[str], *codes: str) -> Case:
    return Case(name, content, {"": said(outcome, *codes)})


def said(outcome: str | frozenset[str], *codes: str) -> Expected:
    return (frozenset({outcome}) if isinstance(outcome, str) else outcome, frozenset(codes))


def sheet_head() -> bytes:
    return f'<?xml version="1.0"?><worksheet xmlns="{SHEET}"><sheetData>'.encode()


def sheet(rows: str, after: str = "") -> bytes:
    return sheet_head() + f"{rows}</sheetData>{after}</worksheet>".encode("utf-8", "surrogatepass")


def prefixed(data: bytes, doctype: bytes) -> bytes:
    end = data.index(b"?>") + 2
    return data[:end] + doctype + data[end:]


def entry(name: str, data: bytes) -> dict:
    return {"name": name, "data": deflated(data), "crc": zlib.crc32(data), "full": len(data)}
