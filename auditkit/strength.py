"""How strong an answer is, from 0 to 100, so that answers on different scales can be compared."""

from __future__ import annotations

from auditkit.definition.scale import Scale
from auditkit.fields import Value
from auditkit.rating import Rating, counts, is_unscored, point_counts


def strength(scale: Scale, value: Value | None) -> float | None:
    """Place an answer between the worst (0) and the best (100) of its scale, so that scales can be compared.

    Scores are used where the points have them, else the order. None for what isn't counted.
    """
    rating = Rating(scale, value)
    if not counts(rating):
        return None
    if scale.numbers is not None:
        low, high = scale.numbers.minimum, scale.numbers.maximum
        return _share(float(rating.score or 0), *((low, high) if rises(scale) else (high, low)))
    counted = [p for p in scale.ranked if point_counts(scale, p)]
    if is_unscored(scale):
        place = counted.index(rating.point) if rating.point else 0
        return _share(place, len(counted) - 1, 0)
    return _share(rating.score or 0, counted[-1].score or 0, counted[0].score or 0)


def rises(scale: Scale) -> bool:
    """Tell whether higher numbers are better on a number scale."""
    floors = [point.floor for point in scale.ranked]
    return not floors or floors[0] >= floors[-1]


def _share(value: float, worst: float, top: float) -> float:
    return 100.0 if top == worst else 100 * (value - worst) / (top - worst)
