"""The best rating beside evidence that says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.seen import Row, Seen, about, some, text_of
from auditkit.returns.model import Finding
from auditkit.returns.words import plain

CODES = ("rating-contradicted",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all best ratings whose evidence holds a phrase that speaks against it."""
    found, said = [], []
    for row, answer in seen.answered("evidence"):
        match = seen.words.contrary.search(plain(text_of(answer))) if _is_best(row, seen) else None
        if match and not seen.words.allowed(text_of(answer)):
            found.append(answer)
            said.append(f"{answer.row_key} (“{match[0]}”)")
    if found:
        yield about("rating-contradicted", seen, found, phrases=some(said))


def _is_best(row: Row, seen: Seen) -> bool:
    field = seen.audit.rating_field(row.section)
    rating = row.answers.get(field.id) if field else None
    if field is None or rating is None or rating.value is None:
        return False
    scale = seen.audit.scale(field.scale)
    return scale.point_for(rating.value) == scale.ranked[0]
