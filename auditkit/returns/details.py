"""Details that identify people, found in text by patterns; what is found is told by kind, never repeated.

Patterns are narrow on purpose. A list full of false alarms is read by nobody; what is found here is not all
that there may be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate

from auditkit.fields import Typed
from auditkit.fields.plain import as_text
from auditkit.returns.words import NAME, Words

DIGIT = re.compile(r"\d")
# The least digits that a telephone, NHS or pupil number has.
NUMBER_DIGITS = 10
NHS = re.compile(r"(?<![\d.])[4679]\d{2}[ -]?\d{3}[ -]?\d{4}(?![\d.]\d|\d)")
# The letters of a unique pupil number: I, O and S are left out, since they look like digits.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN = re.compile(rf"(?<!\w)[{UPN_LETTERS}]\d{{11}}[\d{UPN_LETTERS}](?!\w)", re.IGNORECASE)
_DATE = (
    r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{2,4}"
    r"|\d{4}-\d\d-\d\d)"
)
BIRTH = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|born(?: on)?(?: the)?)[\s:(–-]{0,4}"
    rf"(?:is |was )?{_DATE}",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(r"(?<![\d/.-])(?:\+44\s?(?:\(0\)\s?)?|\(?0)[1-9](?:[\s()-]{0,2}\d){8,9}(?![\d/])")
POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9A-HJKMNPRVWXY]?)"
    r" [0-9][ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])"
)
# The second half of a postcode: begins with a fixed character, so it is quick to look for.
INWARD = re.compile(r" [0-9][A-Z]{2}")

_NAMES = rf"(?P<name>{NAME}(?: {NAME})?)"
_CHILD = (
    r"(?:child|pupil|boy|girl|student|baby|toddler|infant|learner|young person"
    r"|son|daughter|brother|sister|sibling)"
)
_RELATIVE = (
    r"(?:mum|mummy|mother|dad|daddy|father|parents|stepfather|stepmother|step-?dad|step-?mum|foster carers?)"
)
_AGE = r"(?:1[0-7]|[1-9])"
# Each has a group `name`; a name of which a word is one of `not_names` is none.
NAMES = (
    re.compile(rf"\b{_CHILD},?\s+(?:who is |is |was )?(?:called|named|known as)\s+{_NAMES}"),
    re.compile(rf"\b{_CHILD}'s name (?:is|was)\s+{_NAMES}"),
    re.compile(rf"\b{_CHILD},?\s+(?P<name>{NAME} {NAME})\b"),
    re.compile(rf"\b{_NAMES},?\s+\(?(?:aged?:?|age of)\s+{_AGE}\b(?!\s*(?:-|–|to|and|or|/)\s*\d)"),
    re.compile(rf"\b{_NAMES},?\s+(?:is |who is |a |\()?{_AGE}[\s-](?:years?|months?)[\s-]old\b"),
    re.compile(rf"(?<!St )(?<!St\. )(?<!Saint )\b(?P<name>{NAME})['’]s\s+{_RELATIVE}\b"),
)
NAME_HINT = re.compile(rf"\b(?:{_CHILD}|aged?|old|{_RELATIVE})\b")

# Wherever one of the patterns above finds something, one of these does. Nearly all begin with a fixed letter,
# so that they go through all texts of a return at once in less time than one of those takes.
HINTS = tuple(
    re.compile(hint)
    for hint in (
        # A name after "child", "pupil" and so on, "named", "known as" or "name is": after their last letters.
        r"[A-Z][a-zà-ÿ](?<=[dglnrsty,\s]\s[A-Z][a-zà-ÿ])",
        r"age(?:d?:?|\sof)\s+\d",
        r"old\b(?<=[hrs][\s-]old)",
        r"'s\s+[mdfps]",
        r"’s\s+[mdfps]",
        # The letters as they match when capital or small doesn't matter.
        *(rf"{b}(?:[iIİı][rR][tT][hH]|[oO][rR][nN])" for b in "bB"),
        *(rf"{d}\.?\s?[oO]\.?\s?[bB]" for d in "dD"),
        r"\d(?:[A-Z]{2}|(?:[\s()-]{0,2}\d){8})",
        "@",
    )
)
# Between two texts: no pattern goes across it.
BETWEEN = "\0"


def suspects(cells: Sequence[Typed]) -> list[int]:
    """Return the places of those cells in which :func:`details` may find something; in others it won't."""
    texts = [as_text(typed) for typed in cells]
    together = BETWEEN.join(texts)
    ends = list(accumulate(len(text) + len(BETWEEN) for text in texts))
    return sorted({bisect_right(ends, found.start()) for hint in HINTS for found in hint.finditer(together)})


def details(typed: Typed, not_names: Collection[str]) -> list[str]:
    """Return what in a cell seems to identify somebody.

    Args:
        typed: What the cell holds.
        not_names: Words in small letters that are no name.

    Returns:
        The kinds of detail, in words; nothing of the text itself.
    """
    if not isinstance(typed, (str, int, float)) or isinstance(typed, bool):
        return []
    text = as_text(typed)
    found = []
    if NAME_HINT.search(text) and any(_named(pattern, text, not_names) for pattern in NAMES):
        found.append("a child's name")
    if DIGIT.search(text):
        if BIRTH.search(text):
            found.append("a date of birth")
        if len(DIGIT.findall(text)) >= NUMBER_DIGITS:
            if any(is_nhs_number(match[0]) for match in NHS.finditer(text)):
                found.append("an NHS number")
            if any(is_upn(match[0]) for match in UPN.finditer(text)):
                found.append("a unique pupil number")
            if PHONE.search(text):
                found.append("a telephone number")
        if INWARD.search(text) and POSTCODE.search(text):
            found.append("a postcode")
    if "@" in text and EMAIL.search(text):
        found.append("an email address")
    return found


def names_person(typed: Typed, words: Words) -> bool:
    """Tell whether a cell seems to hold a person's name, behind a title or an introduction."""
    return isinstance(typed, str) and _named(words.named, typed, words.not_names)


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits are an NHS number of England, Wales or the Isle of Man.

    The last digit is a check digit, modulus 11 with weights 10 to 2; a number that would need 10 there
    is never issued (NHS Data Model and Dictionary, "NHS NUMBER"). Numbers that begin with other digits than
    4, 6, 7 or (for tests) 9 aren't issued there, and would mostly be telephone numbers.
    """
    digits = [int(c) for c in text if c.isdecimal()]
    if len(digits) != 10 or digits[0] not in (4, 6, 7, 9) or len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] and check != 10


def is_upn(text: str) -> bool:
    """Tell whether thirteen characters are a unique pupil number, temporary ones too.

    The first is a check letter: the sum of the other twelve, weighted 2 to 13, modulo 23, as a place in
    the alphabet without I, O and S. A temporary number ends in a letter, which counts as its own place
    (Department for Education, "Unique pupil numbers: guide for schools and local authorities").
    """
    letter, rest = text[:1].upper(), text[1:].upper()
    if len(rest) != 12 or not letter or letter not in UPN_LETTERS:
        return False
    values = [int(c) if c in "0123456789" else UPN_LETTERS.find(c) for c in rest]
    if min(values) < 0:
        return False
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return UPN_LETTERS[total % 23] == letter


def _named(pattern: re.Pattern[str], text: str, not_names: Collection[str]) -> bool:
    """Tell whether a pattern finds a name of which no word is an ordinary one."""
    return any(
        not any(_ordinary(word, not_names) for word in match["name"].split())
        for match in pattern.finditer(text)
    )


def _ordinary(word: str, not_names: Collection[str]) -> bool:
    word = re.sub(r"['’]s?$", "", word).casefold()
    return word in not_names
