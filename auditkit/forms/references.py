"""Ids for the sections and questions of a form: its own references, where they can be ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditkit.definition.checks.ids import ROW_KEYS
from auditkit.definition.ids import LONGEST, is_id
from auditkit.definition.wording import quoted
from auditkit.forms.ledger import Ledger
from auditkit.forms.tables import Asked, Part
from auditkit.forms.words import Words, plain

# The number of a part in its title: "3. Training", "Standard 3: Training", "Section A – Training".
TITLE = r"(?:(?P<word>{})\s+)?(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*|[A-Z])\s*[.:)–—-]*\s+(?P<title>\S.*)"
LETTERS = 3
DECIMAL = re.compile(r"(\d{1,3})\.(\d{1,3})")


def references(parts: Sequence[Part], words: Words, ledger: Ledger) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the id and title of each part, and the ids of its questions.

    Args:
        parts: The parts of a form.
        words: The words of forms.
        ledger: Takes what the officer has to know.
    """
    numbered = re.compile(TITLE.format("|".join(map(re.escape, words.numbered))), re.IGNORECASE | re.DOTALL)
    taken: Counter[str] = Counter()
    for part in parts:
        _count_on(part.questions, ledger)
    wanted = [[_reference(question) for question in part.questions] for part in parts]
    folded = Counter(id_.casefold() for ids in wanted for id_ in ids if id_)
    # Where each part counts from 1 anew, all of its ids take the part's before them.
    used = Counter(ROW_KEYS)
    for part, ids in zip(parts, wanted, strict=True):
        section_id, title = _section(part, numbered, taken, words)
        anew = any(folded[id_.casefold()] > 1 for id_ in ids)
        if anew:
            ledger.decide(
                f"References of {quoted(title)} are used elsewhere too: {section_id}- was put before each."
            )
        own = []
        for n, (question, id_) in enumerate(zip(part.questions, ids, strict=True), start=1):
            made = f"{section_id}-{id_}" if anew and id_ else id_ or f"{section_id}-{n}"
            made = _unlike(made[: LONGEST - 6], used, "_{}")
            own.append(made)
            if question.reference and made not in (question.reference, f"{section_id}-{question.reference}"):
                ledger.decide(f"The reference {quoted(question.reference)} is {made} now, to be an id.")
        yield section_id, title, own


def _section(part: Part, numbered: re.Pattern[str], taken: Counter[str], words: Words) -> tuple[str, str]:
    """Return the id of a part and its title without a number: workbooks count sections themselves."""
    found = numbered.fullmatch(part.title)
    is_act = plain(part.title).startswith(words.acts)
    if found and not is_act and (found["word"] or found["number"][0].isdigit() or part.title[1:2] in ".:)"):
        wanted, title = found["number"].upper(), found["title"]
    else:
        letters = plain(part.title).encode("ascii", "ignore").decode().replace(" ", "").upper()
        wanted, title = letters[:LETTERS] or "S", part.title
    return _unlike(wanted, taken, "{}" if wanted.isalpha() else "_{}"), title


def _unlike(wanted: str, taken: Counter[str], ending: str) -> str:
    """Return an id with an ending that makes it unlike those that are taken, and note it as taken."""
    made = wanted
    while taken[made.casefold()]:
        taken[wanted.casefold()] += 1
        made = wanted + ending.format(taken[wanted.casefold()])
    taken[made.casefold()] += 1
    return made


def _count_on(questions: Sequence[Asked], ledger: Ledger) -> None:
    """Put right references that were typed as numbers: after 1.9, the number 1.1 is 1.10."""
    for before, question in pairwise(questions):
        found = DECIMAL.fullmatch(before.reference)
        expected = f"{found[1]}.{int(found[2]) + 1}" if found else ""
        if expected.endswith("0") and question.reference == expected.rstrip("0"):
            ledger.decide(
                f"The reference {question.reference} after {before.reference} was read as {expected}."
            )
            question.reference = expected


def _reference(question: Asked) -> str:
    """Return a question's reference as an id, nothing if it can't be one."""
    text = question.reference.strip().rstrip(".):").replace("(", ".").replace(")", "").replace("/", "-")
    text = re.sub(r"\s+", "-", text)
    return text if is_id(text) and len(text) <= LONGEST - 8 else ""
