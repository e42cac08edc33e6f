"""Digests of texts: to know one again without keeping it."""

from __future__ import annotations

import hashlib

from auditkit.workbook.known import TEXT_DIGEST

# The findings that compare texts with those of others, and with those of last time.
ELSEWHERE, AGAIN = "same-text-elsewhere", "same-text-again"


def digest(row_key: str, column_key: str, text: str) -> bytes:
    """Return the digest of an answer.

    Args:
        row_key: The question.
        column_key: The response column.
        text: What was said, as :func:`auditkit.returns.words.plain` gives it.
    """
    said = "\0".join((row_key, column_key, text)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=TEXT_DIGEST).digest()
