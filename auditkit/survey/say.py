"""Figures in sentences. The wording is in ``words.yaml``, each sentence a template of Jinja2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from ruamel.yaml import YAML

from auditkit.definition.wording import listed
from auditkit.fields.plain import trimmed
from auditkit.rating import half_up
from auditkit.survey.count import NUMBERS
from auditkit.survey.model import Base, Count, Cross, Report, Result

FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True)
class Tier:
    """Answers that were given equally often, as a sentence names them."""

    names: str
    share: str
    count: int
    is_tie: bool


def sentences(result: Result) -> tuple[str, ...]:
    """Return what is to be said of a question: what was answered most, and how groups differ."""
    if not _is_topped(result) and result.asked.answer.kind not in NUMBERS:
        tiers = _tiers(result.counts)
        return (said("among_shown", first=tiers[0]),) if tiers else (_main(result),)
    left_out = any(count.count is None for count in result.counts) and any(c.count for c in result.counts)
    own = f"{_main(result)} {said('left_out')}" if left_out else _main(result)
    return (own, *filter(None, (_cross(result, cross) for cross in result.crosses)))


def base(result: Result) -> str:
    """Return who the percentages of a question are of, in a sentence."""
    return said("base", **_of(result.base))


def about(report: Report) -> tuple[str, ...]:
    """Return how to read the whole report, in sentences."""
    texts = [_filled(text, replied=report.replied, asked=report.asked) for text in words()["about"]]
    return (*texts, *([said("about_small", small=report.small)] if report.small else []))


def percent(share: float | None) -> str:
    """Return a share as a percentage without decimals, halves up, as spreadsheets show it."""
    return "" if share is None else f"{half_up(share * 100, 0):.0f}%"


def said(name: str, **figures: Any) -> str:
    """Return the sentence called ``name`` in ``words.yaml``, filled in."""
    return _filled(words()[name], **figures)


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the sentences and thresholds of ``words.yaml``."""
    found: dict[str, Any] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=64)
def _template(text: str) -> Any:
    # Sentences are plain text for cells and paragraphs, which take any sign as it is.
    return Environment(undefined=StrictUndefined, autoescape=False).from_string(text)


def _filled(text: str, **figures: Any) -> str:
    return " ".join(_template(text).render(**figures).split())


def _of(base: Base) -> dict[str, int]:
    return {**asdict(base), "blank": base.blank}


def _main(result: Result) -> str:
    kind = result.asked.answer.kind
    if not result.base.answered:
        return said("nobody")
    tiers = _tiers(result.counts) if _is_topped(result) else []
    first, second = [*tiers, None, None][:2]
    figures = {**_of(result.base), "first": first, "second": second}
    if kind in NUMBERS:
        if result.numbers is None:
            return said("hidden")
        n = result.numbers
        ends = [None if end is None else trimmed(end) for end in (n.lowest, n.highest)]
        return said("number", **figures, median=trimmed(n.median), lowest=ends[0], highest=ends[1])
    if kind in ("choice", "several", "yes_no"):
        return said(kind, **figures) if first else said("hidden")
    return said("text", **figures)


def _is_topped(result: Result) -> bool:
    """Tell whether no count that isn't shown can be as large as the largest that is.

    Not every one is small: some are hidden so that others can't be worked out.
    """
    shown = [count.count for count in result.counts if count.count is not None]
    if len(shown) == len(result.counts):
        return True
    left = result.base.answered - (0 if result.asked.is_several else sum(shown))
    return left < max(shown, default=0)


def _tiers(counts: Sequence[Count]) -> list[Tier]:
    """Return the answers that were given at all, most often first, those given equally often together.

    Counts that aren't shown are left out.
    """
    by_count: dict[int, list[Count]] = {}
    for count in counts:
        if count.count:
            by_count.setdefault(count.count, []).append(count)
    tiers = []
    for number in sorted(by_count, reverse=True):
        own = by_count[number]
        names = listed((f"“{each.answer}”" for each in own), "and")
        tiers.append(Tier(names, percent(own[0].share), number, len(own) > 1))
    return tiers


def _cross(result: Result, cross: Cross) -> str:
    """Return where the answer given most often is given most and least often, if groups can be compared."""
    shown = [count for count in result.counts if count.count]
    if not shown:
        return ""
    top = max(shown, key=lambda count: count.count or 0)
    at = result.counts.index(top)
    if any(part.counts[at].count is None for part in cross.parts):
        return ""  # one that isn't shown might be the most or the least
    least = int(words()["least_compared"])
    shares = [
        (part.counts[at].share, part.name)
        for part in cross.parts
        if part.base is not None and part.base.answered >= least and part.counts[at].share is not None
    ]
    (low, lowest), (high, highest) = (
        min(shares, key=lambda s: s[0] or 0, default=(None, "")),
        max(shares, key=lambda s: s[0] or 0, default=(None, "")),
    )
    if low is None or percent(low) == percent(high):
        return ""
    figures = {"most": highest, "most_share": percent(high), "least": lowest, "least_share": percent(low)}
    return said("cross", by=cross.by, answer=f"“{top.answer}”", **figures)
