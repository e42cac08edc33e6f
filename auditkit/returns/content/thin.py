"""Evidence that shows nothing: a word or two, ``see attached``, or the form's own words again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from auditkit.returns.content.seen import Row, Seen, about, text_of
from auditkit.returns.model import Finding
from auditkit.returns.words import Words, plain

CODES = ("thin-evidence",)
# A form's own words, shorter than this, are found in honest answers too.
REPEATED_LENGTH = 20


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all evidence that is thin."""
    thin = []
    for row, answer in seen.answered("evidence"):
        text = text_of(answer)
        if (is_thin(text, seen.words) or repeats(text, row)) and not seen.words.allowed(text):
            thin.append(answer)
    if thin:
        yield about("thin-evidence", seen, thin)


def is_thin(text: str, words: Words) -> bool:
    """Tell whether a text says next to nothing."""
    said = plain(text)
    count = len(said.split())
    if said in words.placeholders or not said:
        return True
    if count <= words.limit("pointer_words") and f"{said} ".startswith(words.pointers):
        return True
    return count < words.limit("thin_words") and not re.search(r"\d", said)


def repeats(text: str, row: Row) -> bool:
    """Tell whether an answer only repeats what the form says at its question."""
    said = plain(text)
    if len(said) < REPEATED_LENGTH:
        return False
    return said in _issued(row.question.text, row.question.good, *row.question.descriptors.values())


@lru_cache(maxsize=4096)
def _issued(*texts: str) -> str:
    """Return texts of the form, plain, and with what no plain text holds in between."""
    return "\n".join(map(plain, texts))
