"""A letter to each recipient: the officer's own words with the round's days, as an email or on paper."""

from __future__ import annotations

from auditkit.letters.drafts import FOLDER, PAPERS, Drafts, write

__all__ = ["FOLDER", "PAPERS", "Drafts", "write"]
