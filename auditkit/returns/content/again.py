"""A return that says word for word what its recipient said last time.

Texts are compared by their digests: those of last time are kept when the workbook is issued, under the
questions and columns that they would be answers to now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditkit.definition.content import Content
from auditkit.returns.content.seen import is_free_text, some, text_of
from auditkit.returns.content.texts import AGAIN, digest
from auditkit.returns.model import Finding, Return
from auditkit.returns.words import Words, plain, words_for
from auditkit.workbook.known import Known, each


def again(
    returns: Iterable[Return], known: Mapping[str, Known], checks: Content | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Compare the accepted returns with what their recipients said last time.

    Args:
        returns: All returns of the round, after it is decided which of them count.
        known: What is known of last time, by recipient id.
        checks: The ``checks`` of the audit.

    Returns:
        For each file that mostly repeats what was said last time, a finding that names the questions.
    """
    words = words_for(checks or Content())
    if not known or AGAIN in words.content.off:
        return {}
    found: dict[str, tuple[Finding, ...]] = {}
    for one in returns:
        if one.outcome == "accepted" and one.recipient_id in known:
            said = frozenset(each(known[one.recipient_id].said))
            own = list(each(bytes(one.texts or b"")))
            same = sum(text in said for text in own)
            if _mostly(same, len(own), words):
                found[one.file] = (_finding(one, said, same, len(own)),)
    return found


def _mostly(same: int, total: int, words: Words) -> bool:
    enough = same >= words.limit("repeated_texts")
    return enough and 100 * same >= words.limit("repeated_percent") * total


def _finding(one: Return, said: frozenset[bytes], same: int, total: int) -> Finding:
    answers = [
        a
        for a in one.answers
        if is_free_text(a.field) and digest(a.row_key, a.column_key, plain(text_of(a))) in said
    ]
    questions = list(dict.fromkeys(a.row_key for a in answers))
    data = (("count", str(same)), ("total", str(total)), ("questions", some(questions)))
    return Finding(AGAIN, one.file, answers[0].sheet, answers[0].cell, data=data)
