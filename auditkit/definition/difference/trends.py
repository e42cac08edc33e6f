"""Which comparisons with the edition before a change breaks, and which it bends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from auditkit.definition.crosswalk import (
    Crosswalk,
    pairs,
    point_here,
    removed,
    reworded,
    same_scale,
)
from auditkit.definition.difference.lists import sections_before
from auditkit.definition.model import Audit, Question, Section
from auditkit.definition.scale import Scale

Effect = Literal["broken", "care"]
OVERALL = "overall"


@dataclass(frozen=True)
class Reason:
    """Why a comparison isn't what it seems."""

    effect: Effect
    sentence: str


REASONS = {
    "scale": Reason(
        "broken",
        "ratings mean something else: the scale has other points, another order or other meanings. If points "
        "of the two stand for each other, say so under follows, points",
    ),
    "rated": Reason("broken", "rated then or rated now, not both"),
    "measured": Reason("broken", "counted in another unit, or as another kind of number"),
    "answered": Reason("care", "answered in another way, or from other choices"),
    "gone": Reason("broken", "gone, so the trend ends"),
    "new": Reason("broken", "new, so the trend begins here"),
    "mapped": Reason(
        "care", "ratings were given on another scale; follows says what they come to on this one"
    ),
    "reworded": Reason("care", "asked in other words, or with other words on what is good"),
    "split": Reason("care", "part of a larger question before, whose rating stands for each part"),
    "merged": Reason("care", "several questions before, whose ratings may differ"),
    "asked": Reason("care", "asked of others than before: compare percentages, or the same recipients"),
    "roll-up": Reason("care", "ratings are worked out in another way"),
    "scores": Reason("care", "points of the scale have other scores"),
    "made-of": Reason("care", "made of other questions or weights than before"),
    "made-of-broken": Reason("broken", "made of ratings that mean something else"),
}


@dataclass(frozen=True)
class Trend:
    """What one reason does to comparisons, and to which: ids of questions or standards, or ``overall``."""

    why: str
    of: Literal["questions", "standards", "the overall rating"]
    ids: tuple[str, ...]

    @property
    def effect(self) -> Effect:
        """Whether the comparison can't be made, or can with care."""
        return REASONS[self.why].effect

    @property
    def sentence(self) -> str:
        """Why, in words."""
        return REASONS[self.why].sentence


def trends(before: Audit, after: Audit, walk: Crosswalk) -> tuple[Trend, ...]:
    """Return what the changes do to comparisons, worst first."""
    of_questions = list(_of_questions(before, after, walk))
    of_standards = list(
        _of_standards(before, after, walk, {id_ for why, id_ in of_questions if why == "scale"})
    )
    overall = [(why, OVERALL) for why in _of_overall(before, after, walk, of_standards)]
    found = [
        Trend(why, of, tuple(dict.fromkeys(ids)))  # type: ignore[arg-type]
        for of, listed in (
            ("questions", of_questions),
            ("standards", of_standards),
            ("the overall rating", overall),
        )
        for why in REASONS
        if (ids := [id_ for each, id_ in listed if each == why])
    ]
    return tuple(sorted(found, key=lambda trend: trend.effect != "broken"))


def _of_questions(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[tuple[str, str]]:
    there = {question.id: (section, question) for section, question in before.questions()}
    known = pairs(before, after, walk)
    for section, question in after.questions():
        pair = known[question.id]
        if pair.how == "new":
            yield "new", question.id
        if pair.how in ("split", "merged"):
            yield pair.how, question.id
        for was in pair.was:
            old_section, old = there[was]
            why = _ratings(before.scale_of(old_section), after.scale_of(section), walk)
            if why:
                yield why, question.id
            if _counted(old) != _counted(question):
                yield "measured", question.id
            if old_section.answer_to(old) != section.answer_to(question):
                yield "answered", question.id
            if pair.how not in ("split", "merged") and reworded(old, question):
                yield "reworded", question.id
            if _asked_of(old_section, old) != _asked_of(section, question):
                yield "asked", question.id
    for id_ in removed(before, after, walk):
        yield "gone", id_


def _ratings(theirs: Scale | None, ours: Scale | None, walk: Crosswalk) -> str:
    """Return what is in the way of comparing ratings on two scales, nothing if nothing is."""
    if theirs is None or ours is None:
        return "" if theirs is ours else "rated"
    if same_scale(theirs, ours) and ours.id not in walk.points:
        return ""
    if all(point_here(theirs, ours, point.id, walk) for point in theirs.ranked):
        return "mapped" if ours.id in walk.points else ""
    return "scale"


def _counted(question: Question) -> tuple[str, str] | None:
    """Return what a number counts, and as which kind; None if no number is asked for."""
    return (question.measure.unit, question.measure.kind) if question.measure else None


def _asked_of(section: Section, question: Question) -> tuple[object, ...]:
    return tuple(dict(each) for item in (section, question) for each in (item.applies_to, item.except_for))


def _of_standards(
    before: Audit, after: Audit, walk: Crosswalk, broken: set[str]
) -> Iterator[tuple[str, str]]:
    there = {section.id: section for section in before.sections}
    standards = sections_before(before, after, walk)
    known = pairs(before, after, walk)
    for section in after.sections:
        if section.id not in standards:
            yield "new", section.id
            continue
        old = there[standards[section.id]]
        theirs, ours = before.scale_of(old), after.scale_of(section)
        if theirs is None or ours is None:
            if theirs is not ours:
                yield "rated", section.id
            continue
        if broken & {question.id for question in section.questions}:
            yield "made-of-broken", section.id
        if before.roll_up_of(old) != after.roll_up_of(section):
            yield "roll-up", section.id
        if _scores(theirs) != _scores(ours):
            yield "scores", section.id
        now = Counter((known[question.id].was, question.weight) for question in section.questions)
        if now != Counter(((question.id,), question.weight) for question in old.questions):
            yield "made-of", section.id
    for section in before.sections:
        if section.id not in standards.values():
            yield "gone", section.id


def _of_overall(
    before: Audit, after: Audit, walk: Crosswalk, of_standards: list[tuple[str, str]]
) -> Iterator[str]:
    found = {why for why, _ in of_standards}
    if found & {"made-of-broken", "rated"}:
        yield "made-of-broken"
    if before.overall != after.overall:
        yield "roll-up"
    if found & {"scores"}:
        yield "scores"
    standards = sections_before(before, after, walk)
    there = {section.id: section.weight for section in before.sections}
    here = {standards.get(section.id): section.weight for section in after.sections}
    if found & {"new", "gone", "made-of"} or there != here:
        yield "made-of"


def _scores(scale: Scale) -> dict[str, float | None]:
    return {point.id: point.score for point in scale.points}
