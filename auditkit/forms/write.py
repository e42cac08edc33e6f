"""From a form's file to a definition's file, and a list of what has no place in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from auditkit import csv
from auditkit.definition import check, forms
from auditkit.definition.wording import listed
from auditkit.errors import AuditkitError, Problem
from auditkit.files import atomic_write
from auditkit.forms.draft import Draft, draft
from auditkit.forms.words import shipped
from auditkit.forms.workbook import read

HEADINGS = ("Sheet", "Cell", "Text")


@dataclass(frozen=True)
class Imported:
    """What was made of a form: the draft, where it is, what ``check`` says of it, where the rest is."""

    draft: Draft
    path: Path
    problems: tuple[Problem, ...]
    unplaced: Path | None


def import_form(form: Path, to: Path, year: int) -> Imported:
    """Turn an officer's form into a draft definition.

    Args:
        form: The form, an Excel workbook.
        to: The definition to write; its ending says in which form. It must not be there yet.
        year: The year of the edition, if the form names none.

    Returns:
        What was made. Cells that have no place in the draft are listed in a CSV file beside it.

    Raises:
        AuditkitError: The form can't be read, holds no table of questions, or nothing can be written.
    """
    if to.suffix.casefold() not in forms.FORMS:
        raise AuditkitError(f"{to.name}: a definition is a {listed(forms.FORMS)} file.")
    if to.exists():
        raise AuditkitError(f"{to} is there already: name another file with --to.")
    found = draft(read(form), shipped(), year, form.stem)
    if found is None:
        raise AuditkitError(
            f"{form.name} holds no table of questions that can be recognised: no row has a heading such as "
            "Question or Standard beside another one such as Rating, Evidence or Action, nor, as chronologies"
            " have, Date beside Event and Source. Give its columns such headings and try again."
        )
    content = forms.written(found.audit, to.suffix.casefold())
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{to.parent} can't be made ({error.strerror}).") from error
    path = atomic_write(to, content, siblings=False)
    rest = None
    if found.unplaced:
        rows = ((place.sheet, place.cell, text) for place, text in found.unplaced)
        rest = atomic_write(to.with_name(f"{to.stem} not placed.csv"), csv.written(HEADINGS, rows))
    return Imported(found, path, tuple(check.problems(found.audit)), rest)
