"""The integrated chronology as files: a workbook, and its timeline as a picture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from auditkit.chronology import picture
from auditkit.chronology.event import Chronology
from auditkit.chronology.sheets import SHEETS
from auditkit.errors import AuditkitError
from auditkit.files import SCRATCH, atomic_write, safe_name
from auditkit.master.book import Book
from auditkit.master.package import MasterFile
from auditkit.master.write import OPTIONS
from auditkit.round import Round

FOLDER = "reports"
NAME = "Integrated chronology"


@dataclass(frozen=True)
class Written:
    """Where the workbook and the picture were written: numbered siblings where those were open elsewhere."""

    workbook: Path
    timeline: Path


def write(round_: Round, chronology: Chronology, as_at: dt.date) -> Written:
    """Write both into the round's folder of reports; what was filtered is part of their names.

    Args:
        round_: The round.
        chronology: Its chronology.
        as_at: The day that the workbook gives as that of its making.

    Raises:
        AuditkitError: They can't be written.
    """
    folder = round_.folder / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{folder} can't be made ({error.strerror}).") from error
    name = safe_name(", ".join((NAME, *chronology.filters)))

    def into(target: IO[bytes]) -> None:
        _write(round_, chronology, as_at, target)

    return Written(
        atomic_write(folder / f"{name}.xlsx", into),
        atomic_write(folder / f"{name}.png", picture.png(chronology)),
    )


def _write(round_: Round, chronology: Chronology, as_at: dt.date, target: IO[bytes]) -> None:
    contents = tuple((sheet.NAME, sheet.ABOUT) for sheet in SHEETS)
    title = f"{round_.settings.title}: integrated chronology"
    with TemporaryDirectory(prefix=".chronology-", suffix=SCRATCH, dir=round_.private) as folder:
        file = MasterFile({**OPTIONS, "tmpdir": folder})
        with file:
            file.set_properties(
                {
                    "title": title,
                    "author": round_.settings.partnership,
                    "created": dt.datetime.combine(as_at, dt.time()),
                }
            )
            book = Book(file, title, contents)
            for sheet in SHEETS:
                sheet.write(book, chronology)
        file.zip_into(target)
