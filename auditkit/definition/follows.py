"""How the questions of one audit continue those of another: what an officer writes down about it.

The same words serve between two editions (``follows`` of a definition) and between two partnerships
(a file of its own). What they come to is worked out in :mod:`auditkit.definition.crosswalk`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """Question ``id`` of this audit continues the questions ``was`` of the other one.

    With one it is renamed, with several merged; one that several links name is split. With none the
    question is new on purpose, though the other audit has a question of the same id.
    """

    id: str
    was: tuple[str, ...]


@dataclass(frozen=True)
class Crosswalk:
    """What of another audit lives on in this one; what isn't named is matched by the same id.

    ``fields`` leads from response columns there to those here, ``points`` by each scale of this audit from
    points there to points here. ``dropped`` names questions there that nothing here continues, on purpose.
    """

    questions: tuple[Link, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Follows(Crosswalk):
    """The edition that this one follows, and what of it lives on where the ids alone don't say so."""

    edition: str
