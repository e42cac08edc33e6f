"""Numbers as people type them: read where only one number can be meant, else told why not.

Nothing here guesses. ``12 pupils`` can only mean 12; ``approx 20``, ``<5`` and ``10-12`` stand for a number
that wasn't given, so they have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditkit.definition.model import Field
from auditkit.fields.kind import Typed

# A number as Britain writes it: thousands by commas (or a space that can't break) or not at all.
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[,\u00a0\u202f][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+-]?\.[0-9]+")
# Longer texts are no number, and needn't be looked at.
LONGEST = 60
# A number in front of words: "12 pupils", "12 (pupils)".
COUNTED = re.compile(rf"({NUMBER.pattern})\s+\(?([A-Za-z' -]+?)\)?")
# What says that the number is a limit, a span or an estimate.
INEXACT = re.compile(
    r"[<>≤≥~≈+]|\b(?:about|approx\w*|around|almost|at least|at most|between|c|ca|circa|est|estimated?|"
    r"fewer|less|more|nearly|over|roughly|some|under|up to)\b|[0-9]\s*(?:-|–|—|to|or)\s*[0-9]",
    re.IGNORECASE,
)
PERCENT_SIGN = re.compile(r"\s*(?:%|per\s?cent|pc)$", re.IGNORECASE)

NOTHING = frozenset({"none", "nil", "nought", "zero", "nobody"})
NOT_APPLICABLE = frozenset({"n/a", "na", "n.a", "not applicable", "n / a"})
WORDS = {
    word: float(n)
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=1,
    )
}
# What audits count, beside the words of a field's own label.
COUNTED_THINGS = frozenset(
    (
        *("adults", "boys", "cases", "child", "children", "employees", "families", "full-time", "girls"),
        *("in", "incidents", "learners", "meetings", "members", "of", "on", "part-time", "people"),
        *("person", "pupil", "pupils", "records", "referral", "referrals", "roll", "school", "sessions"),
        *("staff", "student", "students", "teachers", "the", "total", "visits", "volunteers", "young"),
    )
)


@dataclass(frozen=True)
class Read:
    """What a cell that should hold a number was found to hold.

    ``value`` is None if no number is certain, and ``code`` then says why. With a value, ``code`` is empty for
    a number cell and names the note for anything else. ``percent`` tells whether a percent sign stood there.
    """

    value: float | None
    code: str = ""
    percent: bool = False


def read(typed: Typed, field: Field) -> Read:
    """Return the number in a cell.

    Args:
        typed: What the cell holds.
        field: The field; what its label counts may stand behind a number ("12 governors").

    Returns:
        The number if only one can be meant, else why not.
    """
    if isinstance(typed, bool) or not isinstance(typed, (int, float, str)):
        return Read(None, "not-a-number")
    if not isinstance(typed, str):
        return Read(float(typed))
    text = typed.strip()
    if len(text) > LONGEST:
        return Read(None, "not-a-number")
    bare = text.rstrip(" .").casefold()
    if NUMBER.fullmatch(text.rstrip(".") or text):
        plain = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text)
        return Read(_number(text.rstrip(".")), "number-as-text" if plain else "number-read")
    if bare in NOTHING:
        return Read(0.0, "number-read")
    if bare in NOT_APPLICABLE:
        return Read(None, "says-not-applicable")
    if bare in WORDS:
        return Read(WORDS[bare], "number-read")
    sign = PERCENT_SIGN.search(text)
    if sign and NUMBER.fullmatch(text[: sign.start()]):
        return Read(_number(text[: sign.start()]), "number-read", percent=True)
    counted = COUNTED.fullmatch(text.rstrip("."))
    if counted and _counts(counted[2], field):
        return Read(_number(counted[1]), "number-read")
    return Read(None, "not-exact" if re.search(r"[0-9]", text) and INEXACT.search(text) else "not-a-number")


def _number(text: str) -> float:
    return float(re.sub("[,\u00a0\u202f]", "", text))


def _counts(words: str, field: Field) -> bool:
    """Tell whether words behind a number only name what is counted."""
    own = set(re.findall(r"[a-z-]+", f"{field.label} {field.noun}".casefold()))
    return all(word in COUNTED_THINGS or word in own for word in words.casefold().split())
