"""A person or a post: text in a narrower column."""

from __future__ import annotations

from auditkit.fields.text import FORMAT, HINT, OPTIONS, REQUIRES, choices, limits, parse, validation

WIDTH = 14.0

__all__ = ["FORMAT", "HINT", "OPTIONS", "REQUIRES", "WIDTH", "choices", "limits", "parse", "validation"]
