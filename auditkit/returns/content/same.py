"""The same text in every box of a column."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.seen import Seen, about, is_free_text, text_of
from auditkit.returns.content.thin import is_thin
from auditkit.returns.model import Answer, Finding
from auditkit.returns.words import plain

CODES = ("same-text",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield a finding for each column most of whose boxes hold one text; thin texts have their own."""
    columns: dict[str, list[Answer]] = {}
    for row in seen.rows:
        for answer in row.answers.values():
            if is_free_text(answer.field):
                columns.setdefault(answer.column_key, []).append(answer)
    for answers in columns.values():
        texts: dict[str, list[Answer]] = {}
        for answer in answers:
            texts.setdefault(plain(text_of(answer)), []).append(answer)
        said, same = max(texts.items(), key=lambda item: len(item[1]))
        share = 100 * len(same) / len(answers)
        if len(same) < seen.words.limit("same_boxes") or share < seen.words.limit("same_percent"):
            continue
        if not is_thin(said, seen.words) and not seen.words.allowed(said):
            data = {"field": same[0].field.label, "filled": str(len(answers))}
            yield about("same-text", seen, same, **data)
