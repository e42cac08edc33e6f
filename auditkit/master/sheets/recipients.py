"""*Recipients*: who has returned, in an audit without ratings: what *Heatmap* says beside them."""

from __future__ import annotations

from auditkit.master.places import RECIPIENTS
from auditkit.master.sheets.heatmap import write

__all__ = ["ABOUT", "NAME", "write"]

NAME = RECIPIENTS
ABOUT = "Every recipient: has it returned, and how much of it is complete? Filter by group or standing."
