"""Filling in issued workbooks without a spreadsheet program, for tests of what happens afterwards."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import Layout
from tests.rounds import workbook_of

Key = tuple[str, str, str]


def fill(
    round_: Round,
    recipient_id: str,
    answers: Mapping[Key, Any],
    name: str,
    time: float = 0,
    layout: Layout | None = None,
) -> Path:
    """Put a filled-in copy of the workbook last issued to a recipient into returns/.

    ``answers`` maps block, row and column to what is typed; ``time`` is when it was saved, in seconds;
    ``layout`` is that of the workbook if it isn't the plain one.
    """
    recipient = next(r for r in round_.recipients if r.id == recipient_id)
    layout = layout or layout_for(round_.audit_for(recipient))
    book = openpyxl.load_workbook(workbook_of(round_, recipient_id))
    for (block, row, column), value in answers.items():
        slot = layout.by_id[block].by_key[row, column]
        book[layout.by_id[block].sheet].cell(slot.row + 1, slot.col + 1, value)
    path = round_.returns / name
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    stamp(path, time)
    return path


def stamp(path: Path, time: float) -> None:
    """Let a workbook say that it was saved at a time, in its properties and on disk."""
    moment = dt.datetime(2026, 10, 1) + dt.timedelta(seconds=time)
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                said = rb"\g<1>" + f"{moment.isoformat()}Z".encode()
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", said, part)
            new.writestr(zipfile.ZipInfo(name), part)
    path.write_bytes(content.getvalue())
    os.utime(path, (1_790_000_000 + time,) * 2)
