"""The sheets put together into one file."""

from __future__ import annotations

import datetime as dt
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from auditkit import __version__
from auditkit.encryption import encrypted
from auditkit.files import SCRATCH, atomic_write
from auditkit.master.book import Book
from auditkit.master.package import MasterFile
from auditkit.master.places import places_of
from auditkit.master.sheets import EVENTFUL, FOLLOWED, NUMBERED, RATED, SHEETS, what_is
from auditkit.tables import Tables

# Whatever a respondent typed stays text: nothing is taken for a formula, a link or a number.
OPTIONS = {
    # Parts are written to files: in memory they take several times their size.
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(path: Path, tables: Tables, scratch: Path | None = None) -> Path:
    """Write the master, encrypted if the round has a password for it.

    Args:
        path: Where to; an older master there is replaced as a whole.
        tables: The tables of the round.
        scratch: A folder for its parts until it is whole; by default the system's own.

    Returns:
        The path that was written: a numbered sibling of ``path`` if that is open in Excel.

    Raises:
        AuditkitError: The folder can't be written to, the disk is full, or there are more recipients than
            rows on a sheet.
    """
    return atomic_write(path, partial(write_into, tables=tables, scratch=scratch))


def write_into(file: IO[bytes], tables: Tables, scratch: Path | None) -> None:
    """Write the master into a file that was opened for it; all else is as with :func:`write`."""
    password = tables.settings.master_password
    if password:
        file.write(encrypted(workbook(tables, scratch), password))
    else:
        _write(tables, scratch, file)


def workbook(tables: Tables, scratch: Path | None = None) -> bytes:
    """Return the master as an .xlsx file, not encrypted; the same tables always give the same bytes."""
    content = BytesIO()
    _write(tables, scratch, content)
    return content.getvalue()


def _write(tables: Tables, scratch: Path | None, target: IO[bytes]) -> None:
    places = places_of(tables)
    out = () if places.sections else RATED
    out = out if tables.audit.has_numbers else (*out, *NUMBERED)
    out = out if any(section.events for section in tables.audit.sections) else (*out, *EVENTFUL)
    out = out if len(tables.progress) or len(tables.trail) else (*out, *FOLLOWED)
    sheets = tuple(sheet for sheet in SHEETS if sheet not in out)
    contents = tuple((sheet.NAME, what_is(sheet, places)) for sheet in sheets)
    with TemporaryDirectory(prefix=".master-", suffix=SCRATCH, dir=scratch) as folder:
        file = MasterFile({**OPTIONS, "tmpdir": folder})
        with file:
            file.set_properties(_properties(tables))
            file.set_calc_mode("auto")
            book = Book(file, tables.settings.title, contents, places.live)
            for sheet in sheets:
                sheet.write(book, tables)
        file.zip_into(target)


def _properties(tables: Tables) -> dict[str, object]:
    settings, audit = tables.settings, tables.audit
    return {
        "title": f"{settings.title}: master",
        "subject": f"{audit.title}, edition {audit.edition}",
        "author": settings.partnership,
        "company": settings.partnership,
        "category": settings.id,
        "comments": f"Made by auditkit {__version__}",
        "created": dt.datetime.combine(tables.as_at, dt.time()),
    }
