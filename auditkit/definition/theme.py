"""A theme: what questions of several sections, and events, are about together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Something that is looked at across questions, cases and agencies.

    ``id`` never changes between editions: later rounds are set beside earlier ones by it. Events name it by
    its ``title``.
    """

    id: str
    title: str
    guidance: str = ""
