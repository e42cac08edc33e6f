"""Files of the returns folder → the files in them → their sheets. One module a container.

A file is known by its content; its name is for humans. See :mod:`auditkit.returns.intake.containers` for the
containers, :mod:`auditkit.returns.intake.unpack` for how packages are opened.
"""

from __future__ import annotations

from auditkit.guard.limits import Limits
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake.containers import FORMATS, PACKAGES
from auditkit.returns.intake.find import fetched, find, is_shared, load
from auditkit.returns.intake.found import Address, Found
from auditkit.returns.intake.incoming import Incoming, Look, incoming, look
from auditkit.returns.intake.opening import NO_PASSWORDS, Opening, Passwords, Place, opening
from auditkit.returns.intake.unpack import Leaf, Looking, leaves
from auditkit.returns.sheets import Workbook


def read(look: Look, limits: Limits) -> Workbook:
    """Return the sheets of a file in a known form.

    Args:
        look: The file at first look, of a form in :data:`FORMATS`.
        limits: What the guard holds it against.

    Returns:
        The sheets, and what else the file says.

    Raises:
        UnreadableError: If it is damaged, too large or unsafe.
    """
    return next(each for each in FORMATS.values() if each.recognises(look)).read(look, limits)


__all__ = [
    "FORMATS",
    "NO_PASSWORDS",
    "PACKAGES",
    "Address",
    "Found",
    "Incoming",
    "Leaf",
    "Limits",
    "Look",
    "Looking",
    "Opening",
    "Passwords",
    "Place",
    "UnreadableError",
    "fetched",
    "find",
    "incoming",
    "is_shared",
    "leaves",
    "load",
    "look",
    "opening",
    "read",
]
