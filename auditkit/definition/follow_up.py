"""What is followed up after an audit, in the audit's own words: how something is withdrawn, or promised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

# What ends a sentence, or sets a part of it off.
SENTENCE = re.compile(r"[.;:!?()\n]+")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class FollowUp:
    """What an audit goes by when it follows up actions and evidence through the year.

    ``withdrawn`` is the word that withdraws: it begins an action or a piece of evidence that nobody should
    wait for any more, or is the choice of how far an action is. Evidence that has a sentence which begins or
    ends with one of ``promised`` is still to come; without any, none is asked for again.
    """

    withdrawn: str = "Withdrawn"
    promised: tuple[str, ...] = ()

    def is_withdrawn(self, *said: object) -> bool:
        """Tell whether anything of what was said of an action, or as evidence, withdraws it."""
        word = _words(self.withdrawn)
        return any(_begins(_words(text, len(word)), word) for text in said if isinstance(text, str))

    def is_promised(self, evidence: object) -> bool:
        """Tell whether evidence is only promised so far, and not withdrawn."""
        if not isinstance(evidence, str) or self.is_withdrawn(evidence):
            return False
        phrases = [phrase for phrase in map(_words, self.promised) if phrase]
        return any(
            _begins(sentence, phrase) or _begins(sentence[::-1], phrase[::-1])
            for sentence in map(_words, SENTENCE.split(evidence))
            for phrase in phrases
        )


def _words(text: str, most: int | None = None) -> list[str]:
    """Return the words of a text, or the first: small letters and digits; an apostrophe is nothing."""
    plain = text.casefold().replace("'", "").replace("’", "")
    return [found[0] for found in islice(WORD.finditer(plain), most)]


def _begins(words: list[str], first: list[str]) -> bool:
    return bool(first) and words[: len(first)] == first
