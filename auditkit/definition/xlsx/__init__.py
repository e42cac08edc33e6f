"""The Excel form of an audit definition: a workbook with a sheet for each kind of thing.

What stands where is in :mod:`auditkit.definition.xlsx.sheets`. Reading goes from cells (``grid``,
``headings``) by rows (``source``) to the same nesting that YAML has; writing goes the other way (``flat``,
``write``).
"""

from __future__ import annotations

from auditkit.definition.model import Audit
from auditkit.definition.xlsx.source import read

__all__ = ["read", "written"]


def written(audit: Audit) -> bytes:
    """Return a definition as a workbook.

    Raises:
        AuditkitError: If a text of it is longer than a cell can be.
    """
    from auditkit.definition.xlsx import write  # only who makes a form needs what writes workbooks

    return write.written(audit)
