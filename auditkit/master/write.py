"""The sheets put together into one file."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from auditkit import __version__
from auditkit.encryption import encrypted
from auditkit.files import atomic_write
from auditkit.master.book import Book
from auditkit.master.places import places_of
from auditkit.master.sheets import RATED, SHEETS
from auditkit.tables import Tables

# Whatever a respondent typed stays text: nothing is taken for a formula, a link or a number.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(path: Path, tables: Tables) -> Path:
    """Write the master, encrypted if the round has a password for it.

    Args:
        path: Where to; an older master there is replaced as a whole.
        tables: The tables of the round.

    Returns:
        The path that was written: a numbered sibling of ``path`` if that is open in Excel.

    Raises:
        AuditkitError: The folder can't be written to.
    """
    return atomic_write(path, encrypted(workbook(tables), tables.settings.master_password))


def workbook(tables: Tables) -> bytes:
    """Return the master as an .xlsx file, not encrypted; the same tables always give the same bytes."""
    content = BytesIO()
    sheets = SHEETS if places_of(tables).sections else tuple(s for s in SHEETS if s not in RATED)
    with Workbook(content, OPTIONS) as file:
        file.set_properties(_properties(tables))
        file.set_calc_mode("auto")
        book = Book(file, tables.settings.title, tuple((sheet.NAME, sheet.ABOUT) for sheet in sheets))
        for sheet in sheets:
            sheet.write(book, tables)
    return content.getvalue()


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
