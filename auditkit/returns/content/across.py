"""The same texts in the returns of several recipients of one group: a trust, or a team that wrote for all.

Texts are compared by their digests, which are made where a return is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, combinations, pairwise

from auditkit.definition.content import Content
from auditkit.returns.content.seen import is_free_text, some, text_of
from auditkit.returns.content.texts import AGAIN, digest
from auditkit.returns.content.texts import ELSEWHERE as CODE
from auditkit.returns.model import Answer, Finding, Return
from auditkit.returns.words import Words, plain, words_for
from auditkit.workbook.layout import COVER

# A text that more recipients than this share is compared with its first only: all pairs would be too many.
MOST_PAIRED = 25


def digests(answers: Iterable[Answer], words: Words) -> bytes:
    """Return the digests of the free texts that are long enough to be somebody's own words.

    Args:
        answers: The answers of a return.
        words: The words and thresholds of the audit.

    Returns:
        One digest after the other, each of a question, a column, and the text without what makes no
        difference.
    """
    if {CODE, AGAIN}.issubset(words.content.off):
        return b""
    found = {}
    for a in answers:
        if a.block != COVER and is_free_text(a.field):
            text = plain(text_of(a))
            if len(text.split()) >= words.limit("shared_words") and text not in words.allow:
                found[a.row_key, a.column_key] = digest(a.row_key, a.column_key, text)
    return b"".join(found.values())


def across(
    returns: Iterable[Return],
    group_of: Callable[[str], str],
    checks: Content | None = None,
    name_of: Callable[[str], str] = lambda recipient_id: recipient_id,
) -> dict[str, tuple[Finding, ...]]:
    """Compare the accepted returns of each group with one another.

    Args:
        returns: All returns of the round, after it is decided which of them count.
        group_of: The group of a recipient, by id; those in the group "" are compared with nobody.
        checks: The ``checks`` of the audit.
        name_of: How findings name a recipient, by id.

    Returns:
        For each file that mostly says the same as another one, a finding that names the other recipients.
    """
    words = words_for(checks or Content())
    if CODE in words.content.off:
        return {}
    groups: dict[str, list[Return]] = defaultdict(list)
    for one in returns:
        if one.outcome == "accepted" and group_of(one.recipient_id):
            groups[group_of(one.recipient_id)].append(one)
    found: dict[str, tuple[Finding, ...]] = {}
    for members in groups.values():
        if len(members) > 1:
            found |= _compared(members, words, name_of)
    return found


def _compared(
    members: list[Return], words: Words, name_of: Callable[[str], str]
) -> dict[str, tuple[Finding, ...]]:
    texts = {one.recipient_id: _texts(one, words) for one in members}
    shared = _shared(texts)
    found: dict[str, tuple[Finding, ...]] = {}
    for one in members:
        own = texts[one.recipient_id]
        copies = {other: n for other, n in shared[one.recipient_id].items() if _mostly(n, len(own), words)}
        if copies:
            most = max(copies.values())
            data = (
                ("count", str(most)),
                ("total", str(len(own))),
                ("others", some([name_of(other) for other in sorted(copies)])),
            )
            found[one.file] = (Finding(CODE, one.file, data=data),)
    return found


def _mostly(same: int, total: int, words: Words) -> bool:
    return same >= words.limit("shared_texts") and 100 * same >= words.limit("shared_percent") * total


def _texts(one: Return, words: Words) -> Sequence[int]:
    own = digests(one.answers, words) if one.texts is None else one.texts
    # A digest is an integer of eight bytes.
    return memoryview(bytes(own)).cast("Q")


def _shared(texts: Mapping[str, Sequence[int]]) -> dict[str, Counter[str]]:
    """Return how many texts each recipient has in common with each other, at the same question."""
    repeated = {one for one, next_ in pairwise(sorted(chain(*texts.values()))) if one == next_}
    holders: dict[int, list[str]] = defaultdict(list)
    for recipient, own in texts.items():
        for text in own:
            if text in repeated:
                holders[text].append(recipient)
    shared: dict[str, Counter[str]] = {recipient: Counter() for recipient in texts}
    for same in holders.values():
        pairs = combinations(same, 2) if len(same) <= MOST_PAIRED else ((same[0], one) for one in same[1:])
        for a, b in pairs:
            shared[a][b] += 1
            shared[b][a] += 1
    return shared
