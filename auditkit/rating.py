"""Answers → scores → RAG, by the definition's rules.

Pure arithmetic, and the master's formulas do the same sums: a difference between the two is a bug. What
counts: an answer is *counted* when its point stands in the order of its scale and carries a score (or no
point of the scale does), and its question has a weight above zero. N/A, points without a score and blanks
leave the denominator.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from auditkit.definition.model import Audit, Section
from auditkit.definition.roll_up import Band, RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.fields import Value

# Scores are rounded to this many places before they meet a band, here and in the master's formulas, so
# that 2.5 reached by way of thirds is 2.5.
PLACES = 6


@dataclass(frozen=True)
class Rating:
    """One question that was asked: on which scale, with what weight, and the usable answer, if there is one.

    ``value`` is the text of a point or, on a number scale, the number. ``point`` is the point that was
    picked, or in whose band the number falls; ``score`` what the answer is worth, None for a blank, N/A or a
    point without a score.
    """

    scale: Scale
    value: Value | None = None
    weight: float = 1.0
    point: Point | None = field(init=False, compare=False)
    score: float | None = field(init=False, compare=False)

    def __post_init__(self) -> None:
        point = None if self.value is None else self.scale.point_for(self.value)
        object.__setattr__(self, "point", point)
        object.__setattr__(self, "score", _score(self.scale, self.value, point))


@dataclass(frozen=True)
class Result:
    """The rating of a section or of the whole audit for one recipient.

    ``score`` is the figure that the rule worked out (a mean, a percentage, or for ``worst`` the score of the
    result); ``point`` is None when there was nothing to rate. ``asked``, ``answered``, ``not_applicable``
    and ``unscored`` (answers that carry no score though they aren't N/A) count questions.
    """

    score: float | None
    point: Point | None
    asked: int
    answered: int
    not_applicable: int
    unscored: int


@dataclass(frozen=True)
class Ratings:
    """Every rating of one recipient: by section id (rated sections only), and overall."""

    sections: Mapping[str, Result]
    overall: Result


def rate(audit: Audit, values: Mapping[str, Value]) -> Ratings:
    """Rate one recipient.

    Args:
        audit: The definition as narrowed to the recipient (:meth:`Audit.for_recipient`).
        values: The usable rating of each question that has one, by question id.

    Returns:
        The result of every section that is rated, and of the whole.
    """
    sections: dict[str, Result] = {}
    everything: list[Rating] = []
    for section in audit.sections:
        scale = audit.scale_of(section)
        if scale is None:
            continue
        ratings = [Rating(scale, values.get(q.id), q.weight) for q in section.questions]
        rule = audit.roll_up_of(section)
        sections[section.id] = roll_up(rule, result_scale(audit, section), ratings)
        everything += (
            ratings
            if section.weight == 1
            else [replace(r, weight=r.weight * section.weight) for r in ratings]
        )
    if not sections:
        return Ratings({}, Result(None, None, 0, 0, 0, 0))
    return Ratings(sections, roll_up(audit.roll_up_of(), result_scale(audit), everything))


def result_scale(audit: Audit, section: Section | None = None) -> Scale:
    """Return the scale on which ``section``, or without one the whole audit, is rated.

    Raises:
        KeyError: There is no rule, it names a scale that the audit hasn't, or nothing in the audit is rated.
    """
    rule = audit.roll_up_of(section)
    if rule.scale:
        return audit.scale(rule.scale)
    for candidate in (section,) if section else audit.sections:
        scale = audit.scale_of(candidate)
        if scale is not None:
            return scale
    raise KeyError("no section of the audit is rated")


def roll_up(rule: RollUp, scale: Scale, ratings: Iterable[Rating]) -> Result:
    """Turn the ratings of questions into one.

    Args:
        rule: How.
        scale: The scale of the result.
        ratings: One for each question that was asked.

    Returns:
        The result; its point is None if nothing could be counted or no band reaches down to the score.
    """
    asked = list(ratings)
    answered = [r for r in asked if r.point is not None or r.score is not None]
    not_applicable = [r for r in answered if r.point is not None and r.point.not_applicable]
    counted = [r for r in answered if r.weight > 0 and counts(r)]
    score, rank = _worst(scale, counted) if rule.rule == "worst" else _banded(rule, scale, counted)
    if rank is not None:
        rank = max([rank, *_caps(rule, scale, answered)])
    return Result(
        score=score,
        point=scale.ranked[rank] if rank is not None else None,
        asked=len(asked),
        answered=len(answered),
        not_applicable=len(not_applicable),
        unscored=sum(not counts(r) for r in answered) - len(not_applicable),
    )


def score_of(scale: Scale, value: Value | None) -> float | None:
    """Return what ``value`` is worth on ``scale``; None if nothing."""
    return _score(scale, value, None if value is None else scale.point_for(value))


def _score(scale: Scale, value: Value | None, point: Point | None) -> float | None:
    """Return what ``value`` is worth, whose point is known."""
    if scale.numbers is not None and isinstance(value, (int, float)):
        return float(value)
    return None if point is None or point.not_applicable else point.score


def counts(rating: Rating) -> bool:
    """Tell whether an answer enters the sums of its section."""
    if rating.score is not None:
        return True
    return rating.point is not None and point_counts(rating.scale, rating.point)


def point_counts(scale: Scale, point: Point) -> bool:
    """Tell whether ``point`` of ``scale`` enters the sums: not N/A, and scored unless no point is."""
    return not point.not_applicable and (
        is_unscored(scale) or scale.numbers is not None or point.score is not None
    )


def is_unscored(scale: Scale) -> bool:
    """Tell whether a scale only puts things in order: no point carries a score."""
    return scale.numbers is None and all(point.score is None for point in scale.ranked)


def best(scale: Scale) -> float | None:
    """Return the most that an answer on ``scale`` can score; None if its points carry no scores."""
    if scale.numbers is not None:
        return scale.numbers.maximum
    return max((p.score for p in scale.ranked if p.score is not None), default=None)


def bands_of(rule: RollUp, scale: Scale) -> tuple[Band, ...]:
    """Return the bands of ``rule``, lowest first: its own, or those of a number scale's points."""
    own = [Band(p.at_least, p.id) for p in scale.ranked if p.at_least is not None]
    return tuple(sorted(rule.bands or own, key=lambda band: band.at_least))


def rank_of(scale: Scale, point_id: str) -> int | None:
    """Return how many points of ``scale`` are better than this one; None if it has no place in the order."""
    return next((i for i, point in enumerate(scale.ranked) if point.id == point_id), None)


def _worst(scale: Scale, counted: list[Rating]) -> tuple[float | None, int | None]:
    """Return the score and rank, on ``scale``, of the worst answer that has a place on it."""
    places = [rank_of(scale, r.point.id) for r in counted if r.point is not None]
    rank = max((place for place in places if place is not None), default=None)
    return (None if rank is None else scale.ranked[rank].score), rank


def _banded(rule: RollUp, scale: Scale, counted: list[Rating]) -> tuple[float | None, int | None]:
    """Return the score by ``rule`` and the rank of the band that it falls in."""
    score = _share_at_or_above(rule, counted) if rule.rule == "share" else _scored(rule, counted)
    if score is None:
        return None, None
    reached = [band for band in bands_of(rule, scale) if band.at_least <= score]
    return score, rank_of(scale, reached[-1].point) if reached else None


def _scored(rule: RollUp, counted: list[Rating]) -> float | None:
    """Return the weighted mean of scores, or the same as a percentage of the most that could be scored."""
    scored = [(r, r.score) for r in counted if r.score is not None]
    total = sum(r.weight * score for r, score in scored)
    if rule.rule == "mean":
        return _rounded(total, sum(r.weight for r, _ in scored))
    return _rounded(100 * total, sum(r.weight * (best(r.scale) or 0) for r, _ in scored))


def _share_at_or_above(rule: RollUp, counted: list[Rating]) -> float | None:
    """Return the weighted percentage of answers that are at or above the rule's point on their own scale."""
    placed = [
        (r.weight, rank_of(r.scale, r.point.id), rank_of(r.scale, rule.at_or_above))
        for r in counted
        if r.point is not None
    ]
    kept = [(weight, rank, limit) for weight, rank, limit in placed if rank is not None and limit is not None]
    at_or_above = sum(weight for weight, rank, limit in kept if rank <= limit)
    return _rounded(100 * at_or_above, sum(weight for weight, _, _ in kept))


def _caps(rule: RollUp, scale: Scale, answered: list[Rating]) -> list[int]:
    """Return the ranks of the caps that some answer brings down on the result."""
    given = {r.point.id for r in answered if r.weight > 0 and r.point is not None}
    ranks = (rank_of(scale, cap.at_most) for cap in rule.caps if given & set(cap.any_of))
    return [rank for rank in ranks if rank is not None]


def half_up(value: float, places: int) -> float:
    """Round as a spreadsheet does: halves go up, also those that floating point just missed."""
    unit: int = 10**places
    return math.floor(round(value * unit, 7) + 0.5) / unit


def _rounded(total: float, by: float) -> float | None:
    return half_up(total / by, PLACES) if by else None
