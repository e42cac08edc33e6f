"""What earlier rounds said of the same cases and themes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GradeThen:
    """The grade of an agency on a case in a ``round``: as it was shown, and the point of this audit's scale.

    ``point`` is None if it can't be told which point of today's scale it would be.
    """

    round: str
    text: str
    point: str | None


@dataclass(frozen=True)
class ThemeThen:
    """The ratings of a theme or of a question of it in a ``round``, and their mean strength (0 to 100)."""

    round: str
    rated: int
    strength: float


@dataclass(frozen=True)
class LastTime:
    """What the latest of the earlier rounds said that said anything, in this round's ids.

    ``grades`` are by case and agency, both folded (:func:`auditkit.definition.cases.folded`); ``themes`` by
    theme, question and agency (folded), the last two empty for all of them.
    """

    grades: Mapping[tuple[str, str], GradeThen] = field(default_factory=dict)
    themes: Mapping[tuple[str, str, str], ThemeThen] = field(default_factory=dict)


NO_LAST_TIME = LastTime()
