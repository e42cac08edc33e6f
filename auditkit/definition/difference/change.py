"""One change between two editions, and the words for what stood there before and what stands there now."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from auditkit.definition.wording import quoted
from auditkit.fields.plain import trimmed

# What people call the settings of a definition where their own names aren't plain words.
NAMES = {
    "applies_to": "asked only of",
    "at_or_above": "good enough from",
    "beside": "laid beside the standard",
    "except_for": "not asked of",
    "good": "what good looks like",
    "intro": "introduction",
    "not_applicable": "takes the question out of every sum",
    "roll_up": "roll-up",
    "text": "the text",
    "when": "it holds when",
}
NOTHING = "nothing"
# How many unchanged words are shown on either side of those that differ.
AROUND = 4
# Texts that share less than this are shown one after the other, whole.
MARKED = 0.5


@dataclasses.dataclass(frozen=True)
class Change:
    """One thing that differs: what it is about, which one, what happened to it in a word and in a sentence.

    ``subject`` is a key of :data:`auditkit.definition.difference.SUBJECTS`; ``how`` is one of added, removed,
    moved, changed, reworded, renamed, split and merged.
    """

    subject: str
    id: str
    how: str
    what: str


def attributes(before: Any, after: Any, leave_out: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield what differs between two dataclasses of the same kind, setting by setting.

    Args:
        before: What it was.
        after: What it is.
        leave_out: Settings that are compared elsewhere.

    Yields:
        The name of the setting, and what it was and is, in words.
    """
    for field in dataclasses.fields(after):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if field.name not in leave_out and was != now:
            yield field.name, f"{called(field.name)}: {from_to(was, now)}"


def called(name: str) -> str:
    """Return what people call a setting."""
    return NAMES.get(name, name.replace("_", " "))


def from_to(was: Any, now: Any) -> str:
    """Return what stood there and what stands there now; of texts, the words that differ."""
    if isinstance(was, str) and isinstance(now, str) and was and now:
        return marked(was, now)
    if isinstance(was, Mapping) and isinstance(now, Mapping) and was and now:
        names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        return "; ".join(f"{name}: {from_to(was.get(name), now.get(name))}" for name in names)
    if dataclasses.is_dataclass(now) and type(was) is type(now):
        return "; ".join(what for _, what in attributes(was, now))
    return f"{shown(was)} → {shown(now)}"


def shown(value: Any) -> str:
    """Return any setting of a definition in words, on one line."""
    if value is None or (isinstance(value, (str, tuple, Mapping)) and not value):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return trimmed(value)
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, tuple):
        return ", ".join(map(shown, value))
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {shown(inner)}" for name, inner in value.items())
    if dataclasses.is_dataclass(value):
        settings = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        said = [f"{called(field.name)} {shown(inner)}" for field, inner in settings if inner != field.default]
        return f"({', '.join(said)})"
    return str(value)


def marked(was: str, now: str) -> str:
    """Return a text with the words that differ in brackets: ``Is there a [named → senior] lead?``."""
    before, after = was.split(), now.split()
    if before == after:
        return f"{quoted(now)}, with other spaces or line breaks"
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < MARKED:
        return f"{shown(was)} → {shown(now)}"
    steps = matcher.get_opcodes()
    said = []
    for n, (kind, start, end, here, there) in enumerate(steps):
        if kind == "equal":
            said.append(_shortened(before[start:end], first=n == 0, last=n == len(steps) - 1))
        else:
            gone, came = " ".join(before[start:end]), " ".join(after[here:there])
            said.append(
                f"[{gone} → {came}]" if gone and came else f"[added: {came}]" if came else f"[gone: {gone}]"
            )
    return " ".join(said)


def _shortened(words: list[str], first: bool, last: bool) -> str:
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= head + tail + 1:
        return " ".join(words)
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])


def moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the fewest items that must have been moved to turn one order into the other.

    Args:
        before: What was there, in its order.
        after: What is there now; only what is in both counts.
    """
    places = {item: n for n, item in enumerate(before)}
    common = [item for item in after if item in places]
    ends: list[int] = []  # the place at which the best run of each length ends
    runs: list[list[str]] = []
    for item in common:
        n = bisect_left(ends, places[item])
        run = [*(runs[n - 1] if n else []), item]
        ends[n:], runs[n:] = [places[item], *ends[n + 1 :]], [run, *runs[n + 1 :]]
    stayed = set(runs[-1]) if runs else set()
    return [item for item in common if item not in stayed]
