"""How a number of ratings fared together: how many of them, how often each point, how strong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from auditkit.definition.scale import Point, Scale
from auditkit.fields import Value
from auditkit.rating import Rating, counts
from auditkit.strength import strength


@dataclass
class Tally:
    """Ratings as they are added up. Every one that was asked is answered, blank or not returned.

    ``points`` says how often each was given; ``strengths`` are of those that count.
    """

    asked: int = 0
    answered: int = 0
    not_applicable: int = 0
    blank: int = 0
    not_returned: int = 0
    points: Counter[Point] = field(default_factory=Counter)
    strengths: list[float] = field(default_factory=list)

    def add(self, scale: Scale, value: Value | None, *, has_returned: bool) -> None:
        """Add a rating that was asked for; ``value`` is None if there is no usable one."""
        self.asked += 1
        point = None if value is None else scale.point_for(value)
        if value is None or point is None:
            self.blank += has_returned
            self.not_returned += not has_returned
            return
        self.answered += 1
        self.points[point] += 1
        self.not_applicable += point.not_applicable
        placed = strength(scale, value) if counts(Rating(scale, value)) else None
        if placed is not None:
            self.strengths.append(placed)

    @property
    def rated(self) -> int:
        """How many ratings count."""
        return len(self.strengths)

    @property
    def mean(self) -> float | None:
        """Their mean strength, 0 to 100; None without any."""
        return sum(self.strengths) / self.rated if self.strengths else None

    @property
    def figures(self) -> tuple[int, ...]:
        """How many were asked, answered, not applicable and rated."""
        return (self.asked, self.answered, self.not_applicable, self.rated)
