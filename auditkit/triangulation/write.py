"""A triangulation as files: a workbook, and its differences as CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from auditkit import csv
from auditkit.errors import AuditkitError
from auditkit.files import SCRATCH, atomic_write
from auditkit.master.book import Book
from auditkit.master.package import MasterFile
from auditkit.master.write import OPTIONS
from auditkit.round import Round
from auditkit.triangulation.beside import triangulate
from auditkit.triangulation.columns import COLUMNS, values
from auditkit.triangulation.model import Triangulation
from auditkit.triangulation.sheets import SHEETS
from auditkit.triangulation.source import rounds

FOLDER, NAME = "reports", "triangulation"


def write(folders: Sequence[Path], to: Path | None, today: dt.date) -> tuple[Triangulation, Path, Path]:
    """Lay rounds side by side, and write what comes of it.

    Args:
        folders: The self assessment, the survey and, if there is one, the case audit. Of these nothing is
            changed, but that files are put into the first one's folder of reports.
        to: Another folder for the files; made if it isn't there.
        today: The day that the workbook bears.

    Returns:
        The triangulation, the workbook and the CSV: numbered siblings where those were open elsewhere.

    Raises:
        AuditkitError: A round can't be read (see :mod:`auditkit.triangulation.beside`), or a file written.
        ProblemsError: A round has problems.
    """
    own, survey, *others = rounds(folders)
    made = triangulate(own, survey, *others)
    folder = to or own.folder / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{folder} can't be made ({error.strerror}).") from error

    def into(target: IO[bytes]) -> None:
        _workbook(own, made, today, target)

    book = atomic_write(folder / f"{NAME}.xlsx", into)
    rows = [values(line, made) for line in made.lines]
    table = csv.written((column.header for column, _ in COLUMNS), rows)
    return made, book, atomic_write(folder / f"{NAME}.csv", table)


def _workbook(own: Round, made: Triangulation, today: dt.date, target: IO[bytes]) -> None:
    contents = tuple((sheet.NAME, sheet.ABOUT) for sheet in SHEETS)
    title = f"{own.settings.title}: self ratings beside practice"
    created = dt.datetime.combine(today, dt.time())
    with TemporaryDirectory(prefix=".triangulation-", suffix=SCRATCH, dir=own.private) as folder:
        file = MasterFile({**OPTIONS, "tmpdir": folder})
        with file:
            file.set_properties({"title": title, "author": own.settings.partnership, "created": created})
            book = Book(file, title, contents)
            for sheet in SHEETS:
                sheet.write(book, made)
        file.zip_into(target)
