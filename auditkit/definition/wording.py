"""How a message names what was typed and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable

# How alike two words must be before one is offered for the other.
ALIKE = 0.6
# More alternatives than this would drown the message that lists them.
LISTED = 12
SHOWN = 60
# Stands where a name couldn't be read, and is no name that anything could have.
UNREAD = "?"


def quoted(text: object) -> str:
    """Return ``text`` in quotation marks, on one line and cut to a length that a message can carry."""
    line = " ".join(str(text).split())
    return f"'{line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}'"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as a sentence lists them: ``a, b or c``."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def closest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``word`` most likely stands for, None if none is near; case doesn't count."""
    # Only here: each worker that reads returns would load it, and needs it for none of them.
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    found = process.extractOne(
        word,
        list(choices),
        scorer=DamerauLevenshtein.normalized_similarity,
        processor=lambda text: text.strip().casefold(),
        score_cutoff=ALIKE,
    )
    return found[0] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return the end of a sentence that offers what was meant; failing that, what there is to choose from.

    Args:
        word: What was typed.
        choices: What could have been typed.

    Returns:
        ``; did you mean 'title'?``, or ``; choose from …`` when nothing is near and the list is short.
    """
    choices = [choice for choice in dict.fromkeys(choices) if choice != UNREAD]
    near = closest(word, choices)
    if near is not None:
        return f"; did you mean {quoted(near)}?"
    if 0 < len(choices) <= LISTED:
        return f"; choose from {', '.join(quoted(choice) for choice in choices)}"
    return ""
