"""Rating scales: their points, or the numbers that bands of them stand for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Point:
    """One point of a scale.

    ``score`` is None for a point that carries no score; ``not_applicable`` takes the question out of
    the denominator. ``at_least`` is for number scales only: the lowest number that falls in this band.
    """

    id: str
    label: str
    colour: str
    symbol: str = ""
    score: float | None = None
    meaning: str = ""
    not_applicable: bool = False
    at_least: float | None = None

    @property
    def text(self) -> str:
        """What a dropdown offers and the master shows: symbol and word together, never colour alone."""
        return f"{self.symbol} {self.label}" if self.symbol else self.label

    @property
    def floor(self) -> float:
        """Where this point's band of numbers begins; the lowest band may leave it unsaid."""
        return float("-inf") if self.at_least is None else self.at_least


@dataclass(frozen=True)
class NumberRange:
    """The numbers that a number scale allows: from ``minimum`` to ``maximum`` in steps of ``step``."""

    minimum: float
    maximum: float
    step: float
    unit: str = ""


@dataclass(frozen=True)
class Scale:
    """A rating scale; ``points`` are listed from best to worst, points not in that order (N/A) last.

    With ``numbers`` the respondent picks a number, which is its own score, and the points are bands of it.
    ``done`` are the ids of the points at which nothing is left to do; the best one if none is named.
    """

    id: str
    points: tuple[Point, ...]
    title: str = ""
    numbers: NumberRange | None = None
    done: tuple[str, ...] = ()

    @cached_property
    def ranked(self) -> tuple[Point, ...]:
        """The points that stand in an order, best first (N/A and the like left out)."""
        return tuple(point for point in self.points if not point.not_applicable)

    def is_done(self, point: Point | None) -> bool:
        """Tell whether nothing is left to do at a point, or it isn't applicable; without one there is."""
        if point is None:
            return False
        return point.not_applicable or point.id in (self.done or [p.id for p in self.ranked[:1]])

    def point(self, point_id: str) -> Point:
        """Return the point with this id; KeyError if the scale has none."""
        for point in self.points:
            if point.id == point_id:
                return point
        raise KeyError(point_id)

    def point_for(self, answer: str | float | dt.date) -> Point | None:
        """Return the point that a usable answer is: by its text, or by its number's band; None if none."""
        if isinstance(answer, str):
            return self._by_text.get(answer)
        if self.numbers is None or not isinstance(answer, (int, float)):
            return None
        return max((p for p in self.ranked if p.floor <= answer), key=lambda p: p.floor, default=None)

    def point_called(self, words: str) -> Point | None:
        """Return the point that is called so, with its symbol or without; None if none is."""
        return self._by_text.get(words) or next((p for p in self.points if p.label == words), None)

    @cached_property
    def _by_text(self) -> dict[str, Point]:
        return {point.text: point for point in reversed(self.points)}
