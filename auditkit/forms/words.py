"""The words by which the parts of a form are known, ready for use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from auditkit.definition import yaml

FILE = Path(__file__).with_name("words.yaml")
# A header says what its column is; what is longer is a sentence.
LONGEST_HEADER, MOST_WORDS = 120, 16
# Their words are in many headers of other columns, so they have to be all that a header says.
WHOLE = ("reference", "section")
APART = re.compile(r"[/&;,:?()\n]|\band\b|\bor\b|\s[-–—]\s")


@dataclass(frozen=True)
class PointWords:
    """Words for one point of a scale, what it looks like, and where it stands (0 is best)."""

    words: tuple[str, ...]
    colour: str
    symbol: str
    rank: int = 0
    not_applicable: bool = False


@dataclass(frozen=True)
class Words:
    """The words of ``words.yaml``; what they are is said there."""

    columns: Mapping[str, tuple[str, ...]]
    events: Mapping[str, tuple[str, ...]]
    usual_rows: int
    cover: Mapping[str, tuple[str, ...]]
    points: tuple[PointWords, ...]
    palette: tuple[str, ...]
    symbols: tuple[str, ...]
    usual_points: tuple[str, ...]
    usual_author: str
    usual_comment: str
    blanks: tuple[str, ...]
    numbered: tuple[str, ...]
    acts: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]
    percentages: tuple[str, ...]
    titles: tuple[str, ...]
    bodies: tuple[str, ...]

    def column(self, header: str) -> tuple[str, bool]:
        """Return what a header's column is, and whether the header says just that.

        Nothing if it can't be told. Of several meanings the one counts whose words are longest.
        """
        parts = [part for part in APART.split(header) if plain(part)]
        if len(parts) > 1 and all(map(self.point, parts)):
            return "rating", True  # "Yes/No/Partly"
        role, exact = _told(header, self._columns)
        if role in WHOLE and plain(header) not in self._columns:
            return "", False
        return role, exact

    def event(self, header: str) -> str:
        """Return what a header's column is in a chronology; nothing if it can't be told."""
        role, exact = _told(header, self._events)
        return role if exact else ""

    def cover_field(self, label: str) -> str:
        """Return what a box on a front sheet is for, by its label; nothing if it can't be told."""
        role, exact = _told(label.rstrip(" :"), self._cover)
        return role if exact else ""

    def point(self, label: str) -> PointWords | None:
        """Return what is known of a point of a scale by its label."""
        return self._points.get(plain(label))

    def kind(self, unit: str, text: str) -> str:
        """Return the kind of a number by its unit, or by how the text begins that asks for it."""
        if unit:
            said = unit.strip().casefold()
            return next((kind for kind, units in self.kinds.items() if said in units), "whole_number")
        is_share = text.strip().casefold().startswith(self.percentages)
        return "percent" if is_share else "whole_number"

    def is_title(self, text: str) -> bool:
        """Tell whether a text has a word in it that titles of forms have."""
        return _has_any(text, self.titles)

    def is_body(self, text: str) -> bool:
        """Tell whether a text names a partnership or the like, and no form."""
        return _has_any(text, self.bodies) and not self.is_title(text)

    def is_blank(self, text: str) -> bool:
        """Tell whether a text only asks to choose something."""
        return plain(text) in self._blanks or not plain(text)

    @cached_property
    def _columns(self) -> dict[str, str]:
        return {plain(phrase): role for role, phrases in self.columns.items() for phrase in phrases}

    @cached_property
    def _events(self) -> dict[str, str]:
        return {plain(phrase): role for role, phrases in self.events.items() for phrase in phrases}

    @cached_property
    def _cover(self) -> dict[str, str]:
        return {plain(phrase): role for role, phrases in self.cover.items() for phrase in phrases}

    @cached_property
    def _points(self) -> dict[str, PointWords]:
        return {plain(word): point for point in self.points for word in point.words}

    @cached_property
    def _blanks(self) -> frozenset[str]:
        return frozenset(map(plain, self.blanks))


@lru_cache(maxsize=1)
def shipped() -> Words:
    """Return the words that auditkit comes with."""
    return yaml.read_yaml_as(FILE, Words)[0]


def plain(text: str) -> str:
    """Return a text as words are compared: small letters and digits, single spaces."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("'", "").replace("’", "")))


def _has_any(text: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in f" {plain(text)} " for phrase in phrases)


def _told(text: str, phrases: Mapping[str, str]) -> tuple[str, bool]:
    words = plain(text)
    if not words or len(text) > LONGEST_HEADER or words.count(" ") >= MOST_WORDS:
        return "", False
    if words in phrases:
        return phrases[words], True
    parts = [part for part in map(plain, APART.split(text)) if part in phrases]
    if parts:
        return phrases[parts[0]], True
    inside = [phrase for phrase in phrases if f" {phrase} " in f" {words} "]
    return (phrases[max(inside, key=len)], False) if inside else ("", False)
