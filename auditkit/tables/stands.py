"""The ratings that stand: those that a return gave, and where moderators agreed another one, theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from auditkit.definition.scale import Point, Scale
from auditkit.fields import Value
from auditkit.rating import rate, result_scale
from auditkit.tables.model import OVERALL, Given
from auditkit.tables.schema import YES
from auditkit.tables.table import Table, rows


@dataclass(frozen=True)
class Stands:
    """What stands of one recipient: the usable rating of each question, by id, and the point of the whole."""

    values: Mapping[str, Value]
    point: Point | None
    moderated: bool = False


def overall_scale(given: Given) -> Scale | None:
    """Return the scale of the rating of a whole return; None if the audit has no ratings."""
    return result_scale(given.collation.audit) if given.rated else None


def standing_ratings(given: Given, tables: Mapping[str, Table]) -> dict[str, Stands]:
    """Return what stands of each recipient, by id.

    Args:
        given: The collation.
        tables: At least ``ratings``, ``results`` and ``answers``.
    """
    values: dict[str, dict[str, Value]] = {recipient.id: {} for recipient in given.collation.recipients}
    for key, question, value in rows(tables["ratings"], "recipient_id", "question_id", "value"):
        if value is not None:
            values[key][question] = value
    scale = overall_scale(given)
    points: dict[str, Point] = {}
    for key, section, point in rows(tables["results"], "recipient_id", "section_id", "point"):
        if section == OVERALL and point and scale is not None:
            points[key] = scale.point(point)
    agreed = _moderated(given, tables["answers"])
    return {
        key: _standing(given, key, own, points.get(key), agreed.get(key, {})) for key, own in values.items()
    }


def _standing(
    given: Given, key: str, own: dict[str, Value], point: Point | None, agreed: Mapping[str, Point]
) -> Stands:
    """Return what stands of a recipient, given its moderated ratings by question, or OVERALL."""
    if not agreed:
        return Stands(own, point)
    values = {**own, **{question: to.text for question, to in agreed.items() if question != OVERALL}}
    whole = agreed.get(OVERALL) or rate(given.audits[key], values).overall.point
    return Stands(values, whole, moderated=True)


def _moderated(given: Given, answers: Table) -> Mapping[str, Mapping[str, Point]]:
    """Return the moderated ratings of each recipient by question; where nothing is rated, of the whole."""
    scales = {section.id: scale for section, scale, _ in given.rated}
    whole = overall_scale(given)
    found: dict[str, dict[str, Point]] = defaultdict(dict)
    wanted = ("recipient_id", "section_id", "question_id", "role", "value", "usable")
    for key, section, question, role, value, usable in rows(answers, *wanted):
        scale = scales.get(section, whole)
        point = scale.point_called(value) if scale and role == "moderated" and usable == YES else None
        if point is not None:
            found[key][question if section in scales else OVERALL] = point
    return found
