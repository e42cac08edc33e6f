"""Writing the report of a survey into a folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import atomic_write
from auditkit.round import Round
from auditkit.survey.count import report
from auditkit.survey.excel import workbook
from auditkit.survey.model import Report
from auditkit.survey.word import document

FOLDER, NAME = "reports", "survey"


def write(round_: Round, folder: Path, today: dt.date) -> tuple[Report, Path, Path]:
    """Write the report of a survey, in Excel and in Word.

    Args:
        round_: The round, collated.
        folder: Where to; made if it isn't there.
        today: The day that the report bears.

    Returns:
        The report, and the two files.

    Raises:
        AuditkitError: There is nothing to report (see :func:`auditkit.survey.count.report`), or a file can't
            be written.
    """
    made = report(round_, today)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{folder} can't be made ({error.strerror}).") from error
    in_excel = atomic_write(folder / f"{NAME}.xlsx", workbook(made))
    return made, in_excel, atomic_write(folder / f"{NAME}.docx", document(made))
