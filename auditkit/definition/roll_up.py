"""How ratings of questions become one rating: rules, bands and caps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RuleOfRollUp = Literal["mean", "percent", "worst", "share"]


@dataclass(frozen=True)
class Band:
    """From ``at_least`` upwards the result is ``point`` (until a higher band takes over)."""

    at_least: float
    point: str


@dataclass(frozen=True)
class Cap:
    """A named cap: if any answer is one of ``any_of``, the result is no better than ``at_most``."""

    name: str
    any_of: tuple[str, ...]
    at_most: str


@dataclass(frozen=True)
class RollUp:
    """How ratings of questions become one rating.

    ``mean``: weighted mean of scores against ``bands``. ``percent``: weighted scores as a percentage of the
    most that could be scored, against ``bands``. ``share``: weighted percentage of answers at or above
    ``at_or_above``, against ``bands``. ``worst``: the worst answer. ``caps`` come last.
    The result is a point of ``scale`` (by default the scale of the questions).
    """

    rule: RuleOfRollUp
    bands: tuple[Band, ...] = ()
    at_or_above: str = ""
    caps: tuple[Cap, ...] = ()
    scale: str = ""
