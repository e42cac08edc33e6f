"""The scale that a form rates on, from what its dropdowns or columns offer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditkit.definition.ids import LONGEST
from auditkit.definition.roll_up import Band, RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.forms.words import Words, plain

# A label and its meaning in one choice: "Green - in place and known".
WITH_MEANING = re.compile(r"(?P<label>[^:–—-]{1,40}?)\s*(?::|\s[-–—])\s+(?P<meaning>.{8,})", re.DOTALL)


@dataclass(frozen=True)
class Rated:
    """A scale, and whether its order from best to worst is known from its words."""

    scale: Scale
    is_ordered: bool


def scale(id_: str, choices: Sequence[str], words: Words, meant: Mapping[str, str]) -> Rated:
    """Return the scale whose points are the choices that a form offers.

    Args:
        id_: The scale's id.
        choices: The labels, in the order of the form; what only asks to choose is left out.
        words: The words of points.
        meant: What a key says that points mean, by their labels in small letters.
    """
    labels = dict.fromkeys(" ".join(choice.split()) for choice in choices if not words.is_blank(choice))
    said: dict[str, str] = {}
    for text in labels:
        found = WITH_MEANING.fullmatch(text)
        label, meaning = (found["label"], found["meaning"]) if found else (text, "")
        said.setdefault(label, meaning or meant.get(label.casefold(), ""))
    known = {label: words.point(label) or words.point(meaning) for label, meaning in said.items()}
    ranked = [label for label in said if not ((point := known[label]) and point.not_applicable)]
    is_ordered = all(known[label] for label in ranked)
    if is_ordered:
        ranked.sort(key=lambda label: known[label].rank)  # type: ignore[union-attr]
    taken: set[str] = set()
    points = []
    for n, label in enumerate(ranked):
        place = n * (len(words.palette) - 1) // max(1, len(ranked) - 1)
        point = known[label]
        colour = point.colour if point else words.palette[place]
        symbol = point.symbol if point else words.symbols[place]
        score = float(len(ranked) - 1 - n)
        points.append(Point(slug(label, taken), label, colour, symbol, score, said[label]))
    for label in said:
        point = known[label]
        if point and label not in ranked:
            points.append(
                Point(slug(label, taken), label, point.colour, point.symbol, None, said[label], True)
            )
    return Rated(Scale(id_, tuple(points)), is_ordered)


def roll_up(scale_: Scale) -> RollUp:
    """Return the plainest roll-up of a scale: the mean score, each point from halfway below it."""
    ranked = scale_.ranked
    if not ranked or ranked[0].score is None:
        return RollUp("worst")
    bands = tuple(Band(max(0.0, (point.score or 0) - 0.5), point.id) for point in ranked)
    return RollUp("mean", bands)


def slug(text: str, taken: set[str], usual: str = "x") -> str:
    """Return an id made of a text's words, and note it as taken (ids differ in more than capitals)."""
    base = "_".join(plain(text).encode("ascii", "ignore").decode().split())[: LONGEST - 3].strip("_") or usual
    found, n = base, 2
    while found.casefold() in taken:
        found, n = f"{base}_{n}", n + 1
    taken.add(found.casefold())
    return found
