"""Required boxes that were filled in name only: ``TBC`` as the action of a Red rating."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.seen import Seen, about, text_of
from auditkit.returns.model import Answer, Finding
from auditkit.returns.rules import required
from auditkit.returns.words import plain
from auditkit.workbook.layout import COVER

CODES = ("placeholder-given",)
KINDS = frozenset({"text", "person"})


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all boxes that the audit needs and that hold a placeholder."""
    found = [*_in_rows(seen), *_on_cover(seen)]
    if found:
        boxes = dict.fromkeys(f"{a.field.label} “{text_of(a).strip()}”" for a in found)
        yield about("placeholder-given", seen, found, boxes="; ".join(boxes))


def _in_rows(seen: Seen) -> Iterator[Answer]:
    for row in seen.rows:
        empty = [a for a in row.answers.values() if a.field.role != "evidence" and _says_nothing(a, seen)]
        if empty:
            fields = seen.audit.responses_of(row.section)
            needed = required(seen.audit.rules, row.answers, fields, seen.audit)
            yield from (a for a in empty if a.field.required or a.column_key in needed)


def _on_cover(seen: Seen) -> Iterator[Answer]:
    cover = {a.row_key: a for a in seen.answers if a.block == COVER}
    needed = required(seen.audit.cover_rules, cover, seen.audit.cover, seen.audit)
    for answer in cover.values():
        if (answer.field.required or answer.row_key in needed) and _says_nothing(answer, seen):
            yield answer


def _says_nothing(answer: Answer, seen: Seen) -> bool:
    if answer.field.kind not in KINDS:
        return False
    text = text_of(answer)
    return plain(text) in seen.words.placeholders and not seen.words.allowed(text)
