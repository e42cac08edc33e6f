"""An agency's answers to another partnership's audit, carried into this one's workbook.

Nothing is carried that isn't the same by id and wording, or said to be the same in a crosswalk; and whatever
is carried counts only once its recipient has confirmed it.
"""

from __future__ import annotations

from auditkit.carry.carry import Outcome, carry

__all__ = ["Outcome", "carry"]
