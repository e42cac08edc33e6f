"""Which questions, columns and points of another audit live on in this one.

Nothing is matched that isn't the same by id or said by the officer, so an answer never lands on a question
that only looks alike.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from auditkit.definition.follows import Crosswalk, Follows, Link
from auditkit.definition.model import Audit, Question
from auditkit.definition.scale import Point, Scale

__all__ = [
    "Crosswalk",
    "Follows",
    "How",
    "Link",
    "Pair",
    "field_here",
    "pairs",
    "point_here",
    "removed",
    "reworded",
    "same_scale",
]

How = Literal["same", "reworded", "renamed", "split", "merged", "new"]


@dataclass(frozen=True)
class Pair:
    """What question ``id`` of this audit was in the other one.

    ``was`` holds only ids that the other audit has. ``how`` is ``reworded`` if the id alone is the same;
    a question that is renamed, split or merged may be reworded as well (:func:`reworded`).
    """

    id: str
    was: tuple[str, ...]
    how: How


def pairs(theirs: Audit, ours: Audit, walk: Crosswalk) -> dict[str, Pair]:
    """Return what each question of this audit was in the other one.

    Either audit may be narrowed to a recipient: a question that was not asked there is as good as new.

    Args:
        theirs: The other audit, such as last year's edition.
        ours: This audit.
        walk: What is said about the two; what it doesn't name is matched by the same id.

    Returns:
        The pairs by the ids of this audit's questions, in its order.
    """
    before = {question.id: question for _, question in theirs.questions()}
    links = {link.id: link.was for link in walk.questions}
    named = Counter(was for link in walk.questions for was in set(link.was))
    found = {}
    for _, question in ours.questions():
        said = links.get(question.id)
        if said is None:
            said = () if question.id in named or question.id in walk.dropped else (question.id,)
        was = tuple(dict.fromkeys(each for each in said if each in before))
        found[question.id] = Pair(question.id, was, _how(question, said, named, before) if was else "new")
    return found


def _how(question: Question, said: tuple[str, ...], named: Counter[str], before: dict[str, Question]) -> How:
    if len(set(said)) > 1:
        return "merged"
    if named[said[0]] > 1:
        return "split"
    if said[0] != question.id:
        return "renamed"
    return "reworded" if reworded(before[said[0]], question) else "same"


def removed(theirs: Audit, ours: Audit, walk: Crosswalk) -> tuple[str, ...]:
    """Return the ids of the other audit's questions that nothing in this one continues, in its order."""
    continued = {was for pair in pairs(theirs, ours, walk).values() for was in pair.was}
    return tuple(question.id for _, question in theirs.questions() if question.id not in continued)


def reworded(before: Question, after: Question) -> bool:
    """Tell whether a question asks in other words, or says otherwise what is good; spaces don't count."""
    return _wording(before) != _wording(after)


def _wording(question: Question) -> tuple[str, str, dict[str, str]]:
    descriptors = {point: _squeezed(text) for point, text in question.descriptors.items() if text}
    return _squeezed(question.text), _squeezed(question.good), descriptors


def field_here(field_id: str, walk: Crosswalk) -> str:
    """Return the id that a response column of the other audit has in this one, whether or not it is there."""
    return walk.fields.get(field_id, field_id)


def point_here(theirs: Scale, ours: Scale, point_id: str, walk: Crosswalk) -> str | None:
    """Return the point of this audit's scale that a point of the other audit's stands for.

    Args:
        theirs: The scale on which the other audit's question is rated.
        ours: The scale on which this audit's question is rated.
        point_id: A point of ``theirs``.
        walk: What is said about the two audits.

    Returns:
        The point that ``walk`` names for it; else the one of the same id if it means the same on both scales;
        None if neither can be told.
    """
    here = {point.id: point for point in ours.points}
    said = walk.points.get(ours.id, {})
    if point_id in said:
        return said[point_id] if said[point_id] in here else None
    there = {point.id: point for point in theirs.points}.get(point_id)
    if there is None or point_id not in here or not _same_point(there, here[point_id]):
        return None
    # N/A stands outside the order, so it means the same however many points there are beside it.
    return point_id if there.not_applicable or same_scale(theirs, ours) else None


def same_scale(theirs: Scale, ours: Scale) -> bool:
    """Tell whether ratings on two scales mean the same: the same points in the same order.

    Colours, symbols and scores may differ. On scales of numbers the numbers have to be the same as well.
    """
    return theirs == ours or (
        theirs.numbers == ours.numbers
        and len(theirs.ranked) == len(ours.ranked)
        and all(map(_same_point, theirs.ranked, ours.ranked))
    )


def _same_point(there: Point, here: Point) -> bool:
    said = (there.meaning, here.meaning) if there.meaning and here.meaning else (there.label, here.label)
    return (
        (there.id, there.not_applicable, there.at_least) == (here.id, here.not_applicable, here.at_least)
    ) and _squeezed(said[0]).casefold() == _squeezed(said[1]).casefold()


def _squeezed(text: str) -> str:
    return " ".join(text.split())
