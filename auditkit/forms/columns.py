"""The columns of a form's table: those that are filled in, and those that say more about a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditkit.definition.checks.fields import KIND_OF_ROLE
from auditkit.definition.field import RESPONSE_ROLES
from auditkit.definition.model import Field
from auditkit.fields import yes_no
from auditkit.forms import numbers
from auditkit.forms.heads import POINT, Heading
from auditkit.forms.scales import slug
from auditkit.forms.tables import Part
from auditkit.forms.words import Words, plain
from auditkit.forms.workbook import Dropdown, Place, Sheet

# A column of which more than this share is filled says something about its questions.
FILLED = 0.5
RATING_LABEL = "Rating"


@dataclass
class Columns:
    """What the columns of a table come to.

    ``choices`` are what the rating offers, if there is one. ``more`` are columns whose texts belong to what
    good looks like, with their headings; ``descriptors`` are columns that say when to choose a point, by its
    label. ``source`` are the cells that all of this was read from. ``is_filled_in`` tells that somebody has
    answered in this form, ``is_numbers`` that it asks for numbers.
    """

    fields: list[Field] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    more: dict[int, str] = field(default_factory=dict)
    descriptors: dict[int, str] = field(default_factory=dict)
    source: set[Place] = field(default_factory=set)
    is_filled_in: bool = False
    is_numbers: bool = False


def columns(parts: Sequence[Part], words: Words) -> Columns:
    """Return what the columns of a table come to.

    Args:
        parts: All parts of one table.
        words: The words of forms.
    """
    sheet, head = parts[0].sheet, parts[0].head
    found = Columns()
    share = _shares(parts)
    rating = next((h for h in head.headings if h.role == "rating"), None)
    found.is_numbers = numbers.asks_for_numbers(head)
    answers = head.columns("value")[-1:] if found.is_numbers else head.columns("rating")[:1]
    found.is_filled_in = any(share.get(answer, 0) > FILLED for answer in answers)
    taken: set[str] = {"ref", "question", "descriptors", "status"}
    points = [heading for heading in head.headings if heading.role == POINT]
    ticks = [heading for heading in points if share.get(heading.column, 0) <= FILLED]
    for heading in head.headings:
        if found.is_numbers and heading.role == "value" and heading.column not in answers:
            continue  # another year, say: what is asked for is one number
        found.source |= {Place(sheet.name, *cell) for cell in heading.cells}
        if heading.role in ("reference", "question", "section", "good"):
            continue
        if found.is_numbers and heading.role in numbers.OWN:
            continue
        if heading in points:
            if heading not in ticks:
                found.descriptors[heading.column] = heading.label
            elif heading is ticks[0] and rating is None:
                above = next((each.above for each in ticks if each.above), RATING_LABEL)
                _add_rating(found, above, [each.label for each in ticks], taken)
            continue
        if share.get(heading.column, 0) > FILLED and not found.is_filled_in and heading.role != "rating":
            found.more[heading.column] = heading.label
            continue
        dropdown = _dropdown(sheet, parts, heading.column)
        if dropdown:
            found.source |= dropdown.source
        _add(found, heading, dropdown, taken, words)
    if found.descriptors and not any(each.role == "rating" for each in found.fields):
        _add_rating(found, RATING_LABEL, list(found.descriptors.values()), taken)
    return found


def _shares(parts: Sequence[Part]) -> dict[int, float]:
    """Return which share of the questions has a text in each column."""
    questions = [question for part in parts for question in part.questions]
    counts: dict[int, int] = {}
    for question in questions:
        for column in {column for _, column in question.rest}:
            counts[column] = counts.get(column, 0) + 1
    return {column: count / len(questions) for column, count in counts.items()}


def _add_rating(found: Columns, label: str, choices: Sequence[str], taken: set[str]) -> None:
    taken.add("rating")
    found.fields.append(Field("rating", label, "rating", "rating", scale="rating", required=True))
    found.choices = tuple(choices)


def _add(found: Columns, heading: Heading, dropdown: Dropdown | None, taken: set[str], words: Words) -> None:
    # A form's own words for a moderated rating needn't be those of the scale, as that role asks.
    roles = {"moderated", *(each.role for each in found.fields)}
    role = heading.role if heading.role in RESPONSE_ROLES and heading.role not in roles else ""
    choices = tuple(c for c in dropdown.choices if not words.is_blank(c)) if dropdown else ()
    if role == "rating":
        _add_rating(found, heading.label, choices, taken)
        return
    if heading.role in ("rating", "moderated") and not choices:
        choices = found.choices  # a second rating, as a moderator gives it
    kind = KIND_OF_ROLE.get(role) or ("person" if role == "lead" else "text")
    if choices and kind != "date":
        is_yes_no = {plain(choice) for choice in choices} == {plain(yes_no.YES), plain(yes_no.NO)}
        kind = "yes_no" if is_yes_no else "choice"
    kept = tuple(dict.fromkeys(choices)) if kind == "choice" else ()
    id_ = slug(role or heading.label, taken, "column")
    found.fields.append(Field(id_, heading.label, kind, role, choices=kept))


def _dropdown(sheet: Sheet, parts: Sequence[Part], column: int) -> Dropdown | None:
    for part in parts:
        for question in part.questions:
            found = sheet.choices(question.row, column)
            if found and found.choices:
                return found
    return None
