"""Where everything of a round lies.

Commands find the round as git finds its repository: from a folder upwards to the one that holds
``round.yaml``.
"""

from __future__ import annotations

from pathlib import Path

from auditkit.definition import forms
from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError

SETTINGS = "round.yaml"
# The two forms of the definition; the first is the one that a new round gets.
DEFINITIONS = ("audit.xlsx", "audit.yaml")
MASTER, TABLES, PRIVATE = "master.xlsx", "master", ".auditkit"
REGISTERS = ("register.csv", "register.xlsx")
LETTER = "letter.txt"
# What the register of an audit of cases is made from: who is on which case, and the agencies.
GRID, AGENCIES = "cases.csv", "agencies.csv"


def find(start: Path) -> Path:
    """Return the nearest folder at or above ``start`` that is a round; AuditkitError if there is none."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise AuditkitError(
        f"{start.absolute()} is not inside a round (no {SETTINGS} here or in any folder above). "
        "Change to the round's folder, or make one: auditkit new section11 s11-2026"
    )


def find_from(path: Path) -> Path:
    """Return the round that ``path`` lies in, else the one that the current folder lies in."""
    try:
        return find(path)
    except AuditkitError:
        return find(Path())


def register_path(folder: Path) -> Path:
    """Return the round's register; AuditkitError if it has none, or two."""
    found = [folder / name for name in REGISTERS if (folder / name).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise AuditkitError(
            f"{folder} holds two registers, {' and '.join(REGISTERS)}: keep the one that counts."
        )
    raise AuditkitError(f"{folder} holds no register. Put the list of who is asked there as {REGISTERS[0]}.")


def definition_path(folder: Path) -> Path:
    """Return the round's definition; AuditkitError if it has none, or one in each form."""
    found = [folder / name for name in DEFINITIONS if (folder / name).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise AuditkitError(
            f"{folder} holds two definitions of the audit, {' and '.join(DEFINITIONS)}: keep the one that "
            "counts, and move the other elsewhere."
        )
    raise AuditkitError(f"{folder} holds no definition of the audit ({' or '.join(DEFINITIONS)}).")


def definition_at(path: Path) -> Audit:
    """Read the definition that ``path`` is, or that the round's folder ``path`` holds.

    Raises:
        ProblemsError: With every problem of the definition.
        AuditkitError: The folder holds none, or two.
    """
    return forms.load(definition_path(path) if path.is_dir() else path)


def new_register_path(start: Path) -> Path:
    """Return where the register of the round at or above ``start`` goes; without a round, in ``start``."""
    try:
        return find(start) / REGISTERS[0]
    except AuditkitError:
        return start / REGISTERS[0]
