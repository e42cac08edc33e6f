"""Who is asked this year, where not everybody is."""

from __future__ import annotations

from auditkit.rota.listing import FILE, notes, read, write
from auditkit.rota.rule import REASONS, Before, Place, Rota, Wish, choose, evenest, reason_of, turn_of
from auditkit.rota.wishes import unknown_columns, wishes_of

__all__ = [
    "FILE",
    "REASONS",
    "Before",
    "Place",
    "Rota",
    "Wish",
    "choose",
    "evenest",
    "notes",
    "read",
    "reason_of",
    "turn_of",
    "unknown_columns",
    "wishes_of",
    "write",
]
