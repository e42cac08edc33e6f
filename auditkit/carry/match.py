"""Answers to another audit's questions → answers to ours, and what was left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditkit.carry.theirs import Theirs
from auditkit.definition.crosswalk import Crosswalk, field_here, pairs
from auditkit.definition.model import Audit, Field, Question
from auditkit.definition.scale import Scale
from auditkit.definition.wording import listed
from auditkit.fields import Typed, Value, kind_of
from auditkit.fields.plain import as_text, near
from auditkit.workbook.carried import Row
from auditkit.workbook.own import Left

LONGEST_CELL = 32_767
# So much of an answer is quoted where it can't be used; all of it stands among what was left.
SHOWN = 60
# An answer of theirs: its question, its column, and what was typed.
Said = tuple[str, str, Typed]


@dataclass(frozen=True)
class Matched:
    """What was carried, question by question; what was left behind; what couldn't be used, in sentences."""

    rows: tuple[Row, ...]
    left: tuple[Left, ...]
    unused: tuple[str, ...]


def matched(theirs: Theirs, ours: Audit, walk: Crosswalk) -> Matched:
    """Turn answers to another audit into answers to ours.

    Args:
        theirs: The other partnership's workbook.
        ours: What its recipient is asked here.
        walk: What is said about the two audits. A question that it doesn't name is carried only if id and
            wording are the same.

    Returns:
        What goes into which question, and what doesn't.
    """
    rows, unused = [], []
    used: set[tuple[str, str]] = set()
    for question, fields, was in continued(theirs, ours, walk):
        answers: dict[str, Value] = {}
        for field in fields:
            said = [
                (each, column, typed)
                for each in was
                for column, typed in theirs.answers.get(each, {}).items()
                if field_here(column, walk) == field.id
            ]
            value, why = _value(said, field, ours, walk) if said else (None, "")
            if value is not None:
                answers[field.id] = value
                used.update((each, column) for each, column, _ in said)
            if why:
                unused.append(f"{question.id} {field.label}: {why}")
        if answers:
            rows.append(Row(question.id, answers, _source(was, theirs, fields, walk)))
    return Matched(tuple(rows), tuple(_left(theirs, ours, walk, used)), tuple(unused))


def continued(
    theirs: Theirs, ours: Audit, walk: Crosswalk
) -> Iterator[tuple[Question, tuple[Field, ...], tuple[str, ...]]]:
    """Yield each question of ours that continues some of theirs, with its response columns, and which."""
    said = {link.id for link in walk.questions}
    texts = {question.id: question.text for _, question in theirs.audit.questions()}
    paired = pairs(theirs.audit, ours, walk)
    for section, question in ours.questions():
        was = paired[question.id].was
        if section.is_numbers or section.is_survey:
            continue  # what is counted here is counted for another area
        same = question.id in said or all(_same(texts[each], question.text) for each in was)
        if was and same:
            yield question, ours.responses_of(section), was


def rating_of(fields: Sequence[Field]) -> Field | None:
    """Return the column in which a question is rated, None if it isn't."""
    return next((field for field in fields if field.kind == "rating"), None)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _value(said: Sequence[Said], field: Field, ours: Audit, walk: Crosswalk) -> tuple[Value | None, str]:
    """Return what several answers are as one of ours, or why they are none."""
    if field.kind == "text":
        texts = [(was, as_text(typed)) for was, _, typed in said]
        if len(texts) == 1:
            return texts[0][1], ""
        text = "\n".join(f"{was}: {text}" for was, text in texts)
        # Excel counts in UTF-16, and cuts what is longer.
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_CELL:
            return text, ""
        return None, f"what was said at {listed([was for was, _ in texts], 'and')} is too long for one cell"
    found = [_converted(typed, field, ours, walk) for *_, typed in said]
    values = {value for value in found if value is not None}
    shown = listed([f"“{_short(as_text(typed))}”" for *_, typed in said], "and")
    if len(values) == 1 and None not in found:
        return values.pop(), ""
    if len(values) > 1:
        return None, f"{shown} can't be one answer here"
    return None, f"{shown} isn't known here"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _converted(typed: Typed, field: Field, ours: Audit, walk: Crosswalk) -> Value | None:
    if field.kind == "rating":
        return _point(as_text(typed), ours.scale(field.scale), walk)
    return kind_of(field).parse(typed, field, ours).value


def _point(text: str, scale: Scale, walk: Crosswalk) -> Value | None:
    """Return the rating of ours that one of theirs is said to be; nothing is the same by its word alone."""
    points: Mapping[str, str] = walk.points.get(scale.id, {})
    there = text if text in points else near(text, points)
    if there is None:
        return None
    point = next((point for point in scale.points if point.id == points[there]), None)
    # A band of numbers is no rating: which of its numbers would it be?
    return point.text if point and (scale.numbers is None or point.not_applicable) else None


def _source(was: tuple[str, ...], theirs: Theirs, fields: Sequence[Field], walk: Crosswalk) -> str:
    """Return where answers stood, in words: the questions, and how each was rated there."""
    rating = rating_of(fields)
    told = []
    for each in was:
        rated = [
            as_text(typed)
            for column, typed in theirs.answers.get(each, {}).items()
            if rating is not None and field_here(column, walk) == rating.id
        ]
        told.append(f"{each}, rated {rated[0]}" if rated else each)
    return "\n".join(told)


def _left(theirs: Theirs, ours: Audit, walk: Crosswalk, used: set[tuple[str, str]]) -> Iterator[Left]:
    """Yield what was answered there and is in no answer here, question by question."""
    columns = [field for section in ours.sections for field in ours.responses_of(section)]
    ratings = {field.id for field in columns if field.kind == "rating"}
    for section, question in theirs.audit.questions():
        labels = {field.id: field.label for field in section.responses}
        rated, lines = [], []
        for column, typed in theirs.answers.get(question.id, {}).items():
            if (question.id, column) in used:
                continue
            if field_here(column, walk) in ratings:
                rated.append(as_text(typed))
            else:
                lines.append(f"{labels[column]}: {as_text(typed)}")
        if rated or lines:
            yield Left(question.id, question.text, "\n".join(rated), "\n".join(lines))
