"""The words and thresholds of the checks: auditkit's own, with what the audit adds or replaces."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from auditkit.definition.content import Content

FILE = Path(__file__).with_name("words.yaml")
WORD = re.compile(r"[\w/]+")
# How a name may begin before its capital letter: O'Hara, McAdam, MacAdam.
BEGINNING = r"[A-Z]['’]|Ma?c(?=[A-Z])"
# One that begins with another letter than A to Z: Órla.
ACCENTED = "[À-ÖØ-Þ][a-zà-ÿ]+"
# What a name looks like, whoever's it is.
NAME = r"[A-Z][a-zà-ÿ]+(?:['’-][A-Z]?[a-zà-ÿ]+)?"
# What becomes of each ASCII character if all that isn't of a word is a space: quicker than the pattern.
ASCII_WORDS = bytes(n if WORD.fullmatch(chr(n)) else ord(" ") for n in range(256))
# Longer texts aren't remembered.
REMEMBERED = 2000


@dataclass(frozen=True)
class Words:
    """Words and thresholds, ready for use.

    Phrases are in the form that :func:`plain` gives, those of ``pointers`` with a space behind. ``content``
    has all thresholds filled. ``contrary`` finds any contrary phrase in a plain text, ``named`` what may be a
    person's name behind a title or an introduction, in its group ``name``.
    """

    content: Content
    placeholders: frozenset[str]
    pointers: tuple[str, ...]
    contrary: re.Pattern[str]
    not_names: frozenset[str]
    examples: frozenset[str]
    allow: frozenset[str]
    named: re.Pattern[str]

    def limit(self, name: str) -> float:
        """Return the threshold called ``name``."""
        return float(getattr(self.content, name))

    def allowed(self, text: str) -> bool:
        """Tell whether the audit says that this text is never a matter for a finding."""
        return plain(text) in self.allow


def plain(text: str) -> str:
    """Return a text as phrases are compared: small letters and digits, single spaces, nothing else."""
    return _plain(text) if len(text) <= REMEMBERED else _plain.__wrapped__(text)


# The form's own texts come back in every return, and each answer is looked at by several checks.
@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    small = text.casefold().replace("'", "").replace("’", "")
    if small.isascii():
        return b" ".join(small.encode().translate(ASCII_WORDS).split()).decode()
    return " ".join(WORD.findall(small))


@lru_cache(maxsize=8)
def words_for(checks: Content) -> Words:
    """Return the words and thresholds of an audit.

    Args:
        checks: What the audit does differently.

    Returns:
        Those that auditkit comes with, its numbers replaced and its words added to.
    """
    own = shipped()
    merged: dict[str, Any] = {}
    for each in fields(Content):
        ours, theirs = getattr(own, each.name), getattr(checks, each.name)
        if isinstance(ours, tuple):
            merged[each.name] = (*ours, *theirs)
        else:
            merged[each.name] = ours if theirs is None else theirs
    content = Content(**merged)
    contrary = sorted((plain(phrase) for phrase in content.contrary), key=len, reverse=True)
    return Words(
        content,
        frozenset(map(plain, content.placeholders)),
        tuple(f"{plain(phrase)} " for phrase in content.pointers),
        re.compile(r"\b(?:" + "|".join(map(re.escape, contrary)) + r")\b"),
        frozenset(word.casefold() for word in content.not_names),
        frozenset(map(plain, content.examples)),
        frozenset(map(plain, content.allow)),
        _named(content),
    )


def _named(content: Content) -> re.Pattern[str]:
    """Return what finds a name behind one of the titles, spelt just so, or one of the introductions."""
    titles, phrases = ("|".join(map(re.escape, each)) for each in (content.titles, content.introductions))
    before = rf"(?:{titles})\.?\s+(?:[A-Z]\.?\s+){{0,2}}|(?i:{phrases}):?\s+"
    return re.compile(rf"\b(?:{before})(?P<name>(?:{BEGINNING})?{NAME}|{ACCENTED})(?!\w)")


@lru_cache(maxsize=1)
def shipped() -> Content:
    """Return what auditkit comes with."""
    return Content(**settings(FILE.read_text(encoding="utf-8")))


def settings(text: str) -> dict[str, Any]:
    """Return what a file of words says: whole numbers, and lists of phrases, one a line.

    Each worker process needs them, and loading a reader of all of YAML would double the time that it takes to
    start.
    """
    numbers: dict[str, float] = {}
    lists: dict[str, list[str]] = {}
    name = ""
    for line in filter(None, (line.partition("#")[0].rstrip() for line in text.splitlines())):
        if line.startswith("  - "):
            lists.setdefault(name, []).append(line.removeprefix("  - ").strip('"'))
        else:
            name, _, number = line.partition(":")
            if number:
                numbers[name] = int(number)
    return {**numbers, **{name: tuple(items) for name, items in lists.items()}}
