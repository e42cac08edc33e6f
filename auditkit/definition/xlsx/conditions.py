"""The sheet ``applies``: who is asked what, put with the sections and questions that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.ids import is_id
from auditkit.definition.source import Path, Raw
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.definition.xlsx.grid import Row, Table
from auditkit.definition.xlsx.records import Gathered
from auditkit.definition.xlsx.rows import Found, lead, start, word
from auditkit.definition.xlsx.sheets import WHO

Items = dict[tuple[str, str], Found]
NAMELESS = ""


def add(table: Table, sections: list[Raw], gathered: Gathered) -> None:
    """Put each condition of the sheet with the section or question that it names.

    Args:
        table: The sheet.
        sections: The sections with their questions, as read so far.
        gathered: What takes the places, and what is wrong.
    """
    items: Items = {}
    for key, found in _items(sections):
        items.setdefault(key, found)
    for row in table.rows:
        item = _item(table, row, items, gathered)
        asked, asked_at = word(table, row, "asked", gathered)
        column, column_at = word(table, row, "column", gathered)
        values, values_at = lead(table, row, "values", gathered)
        name = asked.casefold().replace(" ", "_")
        if name not in WHO:
            advice = f"say {listed(map(quoted, WHO))}"
            gathered.wrong.append(
                (asked_at, f"{advice}, not {quoted(asked)}" if asked else f"blank: {advice}")
            )
        if not column:
            gathered.wrong.append((column_at, "this is blank: name a column of the register"))
        if item is None or name not in WHO or not column:
            continue
        base, record = item
        conditions = record.setdefault(name, {})
        assert isinstance(conditions, dict)
        known = conditions.setdefault(column, [])
        assert isinstance(known, list)
        gathered.note((*base, name, column), values_at, column_at)
        for value in values:
            gathered.note((*base, name, column, len(known)), values_at)
            known.append(value)


def _items(sections: list[Raw]) -> Iterator[tuple[tuple[str, str], Found]]:
    """Yield what a condition can be about, by its kind and id."""
    for i, section in enumerate(sections):
        assert isinstance(section, dict)
        path: Path = ("sections", i)
        yield ("section", str(section.get("id", NAMELESS))), (path, section)
        questions = section["questions"]
        assert isinstance(questions, list)
        for j, question in enumerate(questions):
            assert isinstance(question, dict)
            yield ("question", str(question.get("id", NAMELESS))), ((*path, "questions", j), question)


def _item(table: Table, row: Row, items: Items, gathered: Gathered) -> Found | None:
    """Return the section or question that a row is about; None, with a message, if it names none."""
    said = {name: word(table, row, name, gathered) for name in ("section", "question")}
    named = [name for name, (text, _) in said.items() if text]
    if len(named) != 1:
        gathered.wrong.append((start(table, row), "name a section or a question, one of the two"))
        return None
    (name,) = named
    text, place = said[name]
    if items and (name, text) not in items:
        known = [each for kind, each in items if kind == name]
        if not all(map(is_id, known)):
            return None  # one of them has to get another id, which is told there
        gathered.wrong.append((place, f"there is no {name} {quoted(text)}{did_you_mean(text, known)}"))
    return items.get((name, text))
