"""A return that holds nothing but the examples of the form or its guidance."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.seen import Seen, about, is_free_text, text_of
from auditkit.returns.content.thin import repeats
from auditkit.returns.model import Finding
from auditkit.returns.words import plain

CODES = ("only-examples",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield a finding if every free text is one of the audit's examples, or the form's own words."""
    texts = [(row, a) for row in seen.rows for a in row.answers.values() if is_free_text(a.field)]
    if texts and all(
        plain(text_of(answer)) in seen.words.examples or repeats(text_of(answer), row)
        for row, answer in texts
    ):
        yield about("only-examples", seen, [answer for _, answer in texts])
