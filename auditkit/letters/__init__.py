"""A letter to each recipient: the officer's own words with the round's days in them, as drafts of emails."""

from __future__ import annotations

from auditkit.letters.drafts import Drafts, write

__all__ = ["Drafts", "write"]
