"""A round: a folder with a definition, a register and settings, and what auditkit keeps there."""

from __future__ import annotations

from auditkit.round.advice import notes, of_plan
from auditkit.round.edit import begin
from auditkit.round.folder import (
    AGENCIES,
    DEFINITIONS,
    GRID,
    LETTER,
    MASTER,
    PRIVATE,
    REGISTERS,
    SETTINGS,
    TABLES,
    definition_at,
    definition_path,
    find,
    find_from,
    new_register_path,
    register_path,
)
from auditkit.round.model import Round
from auditkit.round.reading import load
from auditkit.round.settings import Policy, Settings

__all__ = [
    "AGENCIES",
    "DEFINITIONS",
    "GRID",
    "LETTER",
    "MASTER",
    "PRIVATE",
    "REGISTERS",
    "SETTINGS",
    "TABLES",
    "Policy",
    "Round",
    "Settings",
    "begin",
    "definition_at",
    "definition_path",
    "find",
    "find_from",
    "load",
    "new_register_path",
    "notes",
    "of_plan",
    "register_path",
]
