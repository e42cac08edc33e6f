"""The columns of the form: the attributes of the model, under headings that officers may vary.

A heading is the way to a setting, in words: ``label``, ``roll_up bands``, ``descriptors green``. A number
picks an item of a list (``choices 2``), so that every setting has a cell, however deep it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.meanings import MEANINGS, plain
from auditkit.definition.model import Audit, Field, Question, Rule, Section
from auditkit.definition.scale import Point

Way = tuple[str | int, ...]

# Headings that stand for an attribute, besides its own name: case, spaces and signs don't count.
ALIASES: dict[type, dict[str, str]] = {
    Point: {"color": "colour", "sign": "symbol", "definition": "meaning", "value": "score", "word": "label"},
    Field: {
        "heading": "label",
        "type": "kind",
        "hint": "help",
        "mandatory": "required",
        "options": "choices",
        "lowest": "minimum",
        "highest": "maximum",
    },
    Audit: {"theme": "themes"},
    Rule: {"if": "when", "then": "require", "needs": "require", "says": "message"},
    Section: {
        "name": "title",
        "standard": "title",
        "introduction": "intro",
        "ref": "id",
        "reference": "id",
        "theme": "themes",
    },
    Question: {
        "question": "text",
        "wording": "text",
        "ref": "id",
        "reference": "id",
        "what good looks like": "good",
        "good looks like": "good",
        "theme": "themes",
    },
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet, or a row of the sheet ``settings``.

    Attributes:
        name: Its heading.
        way: Where its setting stands in the row's record.
        hint: The setting's type.
        owner: The dataclass that has the setting.
        needed: Whether it can't be left blank.
        meaning: What it means, in a few words.
    """

    name: str
    way: Way
    hint: Any
    owner: type
    needed: bool
    meaning: str


def columns(
    model: type, leave: Collection[str] = (), before: Way = (), optional: bool = False
) -> Iterator[Column]:
    """Yield a column for each setting of a dataclass, those of its records among them.

    Args:
        model: The dataclass.
        leave: Attributes that stand elsewhere.
        before: The way to it.
        optional: Whether the whole record can be left out.
    """
    for name, hint in shapes.attributes(model).items():
        if name in leave:
            continue
        way, needed = (*before, name), shapes.needed(model, name) and not optional
        inner = shapes.record(hint)
        if inner is not None:
            yield from columns(inner, before=way, optional=not needed)
        else:
            meaning = plain(MEANINGS.get(model, {}).get(name, ""))
            yield Column(" ".join(map(str, way)), way, hint, model, needed, meaning)


def way_to(heading: str, model: type) -> Way | None:
    """Return the setting of a dataclass that a heading leads to, None if it leads nowhere."""
    return _way(re.findall(r"\S+", heading.replace(":", " ")), model)


def hint_at(model: Any, way: Way) -> Any:
    """Return the type of the setting at the end of a way."""
    for step in way:
        inner = shapes.record(model)
        model = shapes.attributes(inner)[str(step)] if inner else shapes.item(model)
    return model


def folded(heading: str) -> str:
    """Return what counts in a heading: case, spaces and signs don't."""
    return re.sub(r"[\W_]+", "", heading).casefold()


def _way(words: list[str], hint: Any) -> Way | None:
    """Go by words as far as they lead; they must lead to something that a cell can hold."""
    model = shapes.record(hint)
    if not words:
        return () if model is None else None
    if model is not None:
        return _way_in(words, model)
    kind = shapes.shape(hint)
    if kind in ("texts", "records") and re.fullmatch(r"[1-9]\d{0,3}", words[0]):
        rest = _way(words[1:], shapes.item(hint))
        return None if rest is None else (int(words[0]), *rest)
    if kind in ("pairs", "many"):
        return (" ".join(words),)
    if kind == "deep":
        rest = _way(words[1:], shapes.item(hint))
        return None if rest is None else (words[0], *rest)
    return None


def _way_in(words: list[str], model: type) -> Way | None:
    names = {folded(alias): name for alias, name in ALIASES.get(model, {}).items()}
    names |= {folded(name): name for name in shapes.attributes(model)}
    for n in range(len(words), 0, -1):
        name = names.get(folded("".join(words[:n])))
        if name is not None:
            rest = _way(words[n:], shapes.attributes(model)[name])
            if rest is not None:
                return (name, *rest)
    return None
