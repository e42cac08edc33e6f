"""What one cell of the form holds, written and read back.

A list has one item a line. A record of a list is one line, its settings divided by ``|``. Texts by name are
lines of ``name: text``. What doesn't fit into one cell in this way takes several (see :mod:`columns`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.plain import Plain
from auditkit.definition.source import Raw
from auditkit.definition.wording import quoted
from auditkit.fields.plain import ERRORS

# What a cell holds for XlsxWriter, and as python-calamine reads it.
Cell = str | float | int | bool | dt.date
EMPTY, EMPTY_LIST = '""', "[]"
LONGEST_CELL = 32_767
# Lists and records that are longer read better in cells of their own.
LONGEST_LIST = 600
# Spreadsheets count days from this year on, and not all alike in it.
FIRST_YEAR = 1900
BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def written(value: Plain, hint: Any) -> Cell | None:
    """Return a setting as a cell holds it, None if one cell can't.

    Args:
        value: The setting, as plain data.
        hint: Its type in the model.
    """
    if shapes.shape(hint) == "value":
        cell = _value(value)
        return cell if not isinstance(cell, str) or _fits(cell, value, hint) else None
    lines = _lines(value, hint)
    if lines is None:
        return None
    cell = "\n".join(lines)
    return cell if len(cell) <= LONGEST_LIST and _fits(cell, value, hint) else None


def _fits(cell: str, value: Plain, hint: Any) -> bool:
    return len(cell) <= LONGEST_CELL and read(cell, hint) == (_text(value), [])


def _text(value: Plain) -> Raw:
    """Return plain data as a reader gives it: all of it text."""
    if isinstance(value, dict):
        return {name: _text(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_text(each) for each in value]
    return value if isinstance(value, str) else plainly(value)


def _value(value: Plain) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    assert not isinstance(value, (list, dict))
    if isinstance(value, dt.date) and value.year <= FIRST_YEAR:
        return value.isoformat()
    return wrapped(value) if isinstance(value, str) else value


def _lines(value: Plain, hint: Any) -> list[str] | None:
    """Return the lines that a list or texts by name take in a cell, None if they can't."""
    kind = shapes.shape(hint)
    if value == []:
        return [EMPTY_LIST]
    if kind == "texts" and isinstance(value, list):
        return [_line(each) for each in value]
    if kind == "records" and isinstance(value, list):
        model = shapes.record(shapes.item(hint))
        assert model is not None
        records = [each for each in value if isinstance(each, dict)]
        return None if _is_deep(model) else [_joined(each, model) for each in records]
    if kind in ("pairs", "many") and isinstance(value, dict):
        return [
            f"{name}: {_line(each)}"
            for name, one in value.items()
            for each in (one if isinstance(one, list) else [one])
        ]
    return None


def _line(value: Plain) -> str:
    return wrapped(value) if isinstance(value, str) else str(_text(value))


def wrapped(text: str) -> str:
    """Return a text as a line says it: an empty one as two quotation marks, and those as four."""
    return text + EMPTY if _is_quotes(text) else text


def _unwrapped(text: str) -> str:
    return text[len(EMPTY) :] if text and _is_quotes(text) else text


def _is_quotes(text: str) -> bool:
    return len(text) % 2 == 0 and not text.strip('"')


def _joined(record: dict[str, Plain], model: type) -> str:
    values = [record.get(name) for name in shapes.attributes(model)]
    return " | ".join(map(_part, values)).rstrip(" |")


def _part(value: Plain | None) -> str:
    if isinstance(value, list):
        return ", ".join(map(_line, value)) or EMPTY_LIST
    return "" if value is None else _line(value)


def _is_deep(model: type) -> bool:
    """Tell whether records of a class hold more than values and lists of texts."""
    return any(shapes.shape(hint) not in ("value", "texts") for hint in shapes.attributes(model).values())


def read(cell: Any, hint: Any) -> tuple[Raw, list[str]]:
    """Return what a cell says, and what is wrong with how it says it.

    Args:
        cell: What python-calamine found in it.
        hint: The type of the setting in the model.

    Returns:
        The setting as texts, None if the cell is blank, and messages.
    """
    kind = shapes.shape(hint)
    types = shapes.values(hint) if kind == "value" else frozenset({str})
    text, wrong = _typed(cell, types)
    if not text or wrong:
        return None, wrong
    if kind == "value":
        return _unwrapped(text), []
    if text == EMPTY_LIST and kind in ("texts", "records"):
        return [], []
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if kind == "texts":
        return [_unwrapped(line) for line in lines], []
    return _READERS[kind](lines, hint)


def _typed(cell: Any, types: frozenset[Any]) -> tuple[str, list[str]]:
    """Return the text of a cell, and what is wrong if the spreadsheet may have changed what was typed."""
    if isinstance(cell, bool):
        return plainly(cell), []
    if isinstance(cell, dt.date):
        if dt.date in types:
            return plainly(cell), []
        return "", [f"the spreadsheet took this for a date ({cell:%d/%m/%Y}): {AS_TEXT}"]
    if isinstance(cell, (int, float)):
        text = plainly(cell)
        if types & {float, int} or text.lstrip("-").isdigit():
            return text, []
        return "", [f"the spreadsheet took this for a number, in which {text}0 and {text} are one: {AS_TEXT}"]
    if not isinstance(cell, str):
        return "", [f"the spreadsheet took this for a time: {AS_TEXT}"]
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    if text in ERRORS:
        return "", [f"the formula here fails ({text}): correct it or type the value"]
    if any((ord(sign) < 32 and sign not in "\n\t") or 127 <= ord(sign) < 160 for sign in text):
        return "", ["there is an invisible control character in this text: type it again"]
    if dt.date in types and (found := BRITISH.fullmatch(text)):
        return f"{found[3]}-{found[2]:>02}-{found[1]:>02}", []
    return text, []


HEADED = "give each its own cell, with its name at the end of the heading"
AS_TEXT = "choose Format Cells, Text, and type it again"


def plainly(value: Any) -> str:
    """Return a value that is no text as an officer would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, dt.date) else repr(value)


def _records(lines: list[str], hint: Any) -> tuple[Raw, list[str]]:
    model = shapes.record(shapes.item(hint))
    assert model is not None
    attributes = shapes.attributes(model)
    found: list[Raw] = []
    wrong = []
    for line in lines:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > len(attributes):
            shape = " | ".join(attributes)
            wrong.append(f"{quoted(line)} has too many parts: write each line as '{shape}'")
        found.append(dict(_settings(parts, attributes)))
    return found, wrong


def _settings(parts: list[str], attributes: dict[str, Any]) -> Iterator[tuple[str, Raw]]:
    for part, (name, hint) in zip(parts, attributes.items(), strict=False):
        if part and shapes.shape(hint) == "texts":
            each = [] if part == EMPTY_LIST else part.split(",")
            yield name, [_unwrapped(one.strip()) for one in each if one.strip()]
        elif part:
            yield name, _unwrapped(part)


def _pairs(lines: list[str], hint: Any) -> tuple[Raw, list[str]]:
    many = shapes.shape(hint) == "many"
    found: dict[str, Raw] = {}
    wrong = []
    for line in lines:
        name, colon, text = (part.strip() for part in line.partition(":"))
        if not (name and colon and text):
            wrong.append(f"{quoted(line)} isn't understood: write each line as 'name: value'")
        elif many:
            listed = found.setdefault(name, [])
            assert isinstance(listed, list)
            listed.append(_unwrapped(text))
        elif name in found:
            wrong.append(f"{quoted(name)} is set twice; keep one of them")
        else:
            found[name] = _unwrapped(text)
    return found, wrong


def _deep(lines: list[str], hint: Any) -> tuple[Raw, list[str]]:  # noqa: ARG001 - like its siblings
    return None, [f"{quoted(lines[0])} isn't read here: {HEADED}"]


_READERS: dict[str, Callable[[list[str], Any], tuple[Raw, list[str]]]] = {
    "records": _records,
    "pairs": _pairs,
    "many": _pairs,
    "record": _deep,
    "deep": _deep,
}
