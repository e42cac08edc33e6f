"""What stands beside a question of what was said last time, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditkit.definition.crosswalk import Pair, reworded, same_scale
from auditkit.definition.measure import NOT_COLLECTED, VALUE, Measure
from auditkit.definition.model import Audit, Field, Question, Section, field_with_role
from auditkit.definition.scale import Scale
from auditkit.definition.wording import listed
from auditkit.earlier.then import Then
from auditkit.fields import Value
from auditkit.fields.plain import as_text, trimmed
from auditkit.workbook.layout import NEW
from auditkit.workbook.measures import when

NEW_QUESTION = f"{NEW} you weren't asked this last time."
# What stands before what is taller than a row can be, and behind what is longer than a cell can be.
TOO_TALL = "Longer than this cell can show: click it, and read all of it in the bar above the sheet."
TOO_LONG = " [… cut here: the workbook that you sent has the rest]"


@dataclass(frozen=True)
class Piece:
    """One question of last time that a question of this time continues, and whose answers they are."""

    then: Then
    was: str

    @property
    def section(self) -> Section:
        """The section that it was in."""
        return self.then.questions[self.was][0]

    @property
    def question(self) -> Question:
        """The question as it was asked."""
        return self.then.questions[self.was][1]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The response columns that it was answered in."""
        return self.then.audit.fields_of(self.section, self.question)

    @property
    def said(self) -> Mapping[str, Value]:
        """What was answered, by column."""
        return self.then.said(self.was)


def rating(pieces: Sequence[Piece]) -> str:
    """Return what a question was rated last time, as it was shown then; if it was several, each by its id."""
    found = [(piece, _rating(piece)) for piece in pieces]
    if len(found) == 1:
        return found[0][1]
    return "\n".join(f"{_name(piece, pieces)}: {text}" for piece, text in found if text)


def said(
    pair: Pair,
    pieces: Sequence[Piece],
    audit: Audit,
    section: Section,
    question: Question,
    without: Collection[str],
) -> str:
    """Return what was answered to a question last time, after what is new about it.

    Args:
        pair: What it was.
        pieces: The questions that it continues, as far as the recipient was asked them.
        audit: What the recipient is asked now.
        section: The section that the question is in now.
        question: The question as it is asked now.
        without: The response columns of last time that aren't shown.
    """
    if not pieces:
        return NEW_QUESTION
    rated = audit.scale_of(section)
    flags = " ".join(_flags(pair, pieces, question, rated))
    blocks = [answered(piece, without, rated=rated is None) for piece in pieces]
    if len(pieces) > 1:
        blocks = [f"{_name(p, pieces)}: {text}" for p, text in zip(pieces, blocks, strict=True) if text]
    return "\n".join(filter(None, (flags, *blocks)))


def readable(text: str, width: float) -> str:
    """Return a text as a cell of this width can hold it, with where the rest is if it can't be seen."""
    from auditkit.heights import TALLEST
    from auditkit.workbook.protection import LONGEST_STAMP
    from auditkit.workbook.rows import own_height

    room = LONGEST_STAMP - len(TOO_TALL) - 1
    if len(text) > room:
        text = text[: room - len(TOO_LONG)] + TOO_LONG
    return f"{TOO_TALL}\n{text}" if own_height([text], [width]) >= TALLEST else text


def answered(piece: Piece, without: Collection[str], *, rated: bool = False) -> str:
    """Return the answers to a question of last time, a line for each text.

    Args:
        piece: The question.
        without: The response columns that aren't shown.
        rated: Whether the rating is among them.
    """
    lines: list[str] = []
    short: list[str] = []
    for field in piece.fields:
        value = piece.said.get(field.id)
        if value is None or field.id in without or (field.role == "rating" and not rated):
            continue
        if field.kind == "text":
            lines += [*_line(short), f"{_label(field, piece)}: {as_text(value).strip()}"]
            short = []
        elif piece.question.measure is not None and field.id in (VALUE, NOT_COLLECTED):
            short.append(_number(value, field, piece.question.measure, piece))
        else:
            short.append(f"{field.label}: {_text(value, field, piece)}")
    if not piece.said:
        return "Not answered last time."
    return "\n".join([*lines, *_line(short)])


def is_open(piece: Piece) -> bool:
    """Tell whether an action was planned last time that was neither finished nor withdrawn."""
    fields = piece.fields
    action, progress = field_with_role(fields, "action"), field_with_role(fields, "progress")
    if action is None or action.id not in piece.said:
        return False
    far = piece.said.get(progress.id) if progress else None
    if piece.then.audit.following.is_withdrawn(piece.said[action.id], far):
        return False
    return progress is None or far not in progress.closed


def _rating(piece: Piece) -> str:
    field = piece.then.audit.rating_field(piece.section)
    value = piece.said.get(field.id) if field else None
    return "" if field is None or value is None else _text(value, field, piece)


def _number(value: Value, field: Field, measure: Measure, piece: Piece) -> str:
    """Return a number with its unit and for when it was, or that it isn't collected."""
    if field.id == NOT_COLLECTED or isinstance(value, str):
        return as_text(value)
    day = when(measure)
    with_unit = " ".join(filter(None, (_text(value, field, piece), measure.unit)))
    return f"{with_unit} ({day[0].lower()}{day[1:]})" if day else with_unit


def _text(value: Value, field: Field, piece: Piece) -> str:
    """Return a value as it was shown."""
    if isinstance(value, str):
        return value
    if not isinstance(value, (int, float)):
        return as_text(value)
    if field.kind == "percent":
        return f"{trimmed(value * 100)}%"
    if field.kind != "rating":
        return trimmed(value)
    scale = piece.then.audit.scale(field.scale)
    point, unit = scale.point_for(value), scale.numbers.unit if scale.numbers else ""
    return f"{trimmed(value)}{unit}" + (f" {banded(point.text)}" if point else "")


def banded(text: str) -> str:
    """Return how the band of a number is shown behind it."""
    return f"({text})"


def _label(field: Field, piece: Piece) -> str:
    if field.role != "action":
        return field.label
    return f"{field.label} ({'open' if is_open(piece) else 'finished'})"


def _line(short: Sequence[str]) -> list[str]:
    return ["; ".join(short)] if short else []


def _flags(pair: Pair, pieces: Sequence[Piece], question: Question, scale: Scale | None) -> Iterator[str]:
    """Yield what is different about a question since last time."""
    if pair.how in ("renamed", "merged"):
        yield f"Was {listed(pair.was, 'and')} last time."
    elif pair.how == "split":
        yield f"Was part of {listed(pair.was, 'and')} last time."
    if pair.how in ("reworded", "renamed") and reworded(pieces[0].question, question):
        yield "Reworded since last time."
    before = [piece.then.audit.scale_of(piece.section) for piece in pieces]
    if scale is not None and any(was is not None and not same_scale(was, scale) for was in before):
        yield "The scale was another one."


def _name(piece: Piece, pieces: Sequence[Piece]) -> str:
    """Return what tells a question from the others beside it: its id, or whose answer it is."""
    names = (
        piece.was if _several(p.was for p in pieces) else "",
        piece.then.name if _several(p.then.name for p in pieces) else "",
    )
    return ", ".join(filter(None, names))


def _several(texts: Iterable[str]) -> bool:
    return len(set(texts)) > 1
