"""The Excel form of an audit definition: a workbook with a sheet for each kind of thing.

What stands where is in :mod:`auditkit.definition.xlsx.sheets`. Reading goes from cells (``grid``) by rows
(``source``) to the same nesting that YAML has; writing goes the other way (``flat``, ``write``).
"""

from __future__ import annotations

import pathlib
from dataclasses import replace

from auditkit.definition.model import Audit
from auditkit.definition.reading import understood
from auditkit.definition.source import Places
from auditkit.definition.xlsx import source
from auditkit.errors import ProblemsError

__all__ = ["read", "read_as_meant", "written"]


def read(path: pathlib.Path) -> tuple[Audit, Places]:
    """Read an audit definition without :mod:`checking <auditkit.definition.check>` that it makes sense.

    Args:
        path: The workbook.

    Returns:
        The definition, and where everything in it stands.

    Raises:
        ProblemsError: If the file is no audit definition, with everything that is wrong with its form.
    """
    return understood(source.read(path))


def read_as_meant(path: pathlib.Path) -> tuple[Audit, Places] | None:
    """Read an audit definition whose headings, sheets or ids are misspelt, as it was probably meant.

    It is good for looking for further problems, and for nothing else.

    Args:
        path: The workbook.

    Returns:
        What :func:`read` returns; None if more is wrong with its form.
    """
    try:
        return understood(replace(source.read(path), issues=()))
    except ProblemsError:
        return None


def written(audit: Audit) -> bytes:
    """Return a definition as a workbook.

    Raises:
        AuditkitError: If a text of it is longer than a cell can be.
    """
    from auditkit.definition.xlsx import write  # only who makes a form needs what writes workbooks

    return write.written(audit)
