"""The file of links: which schools go on under another URN, and which were joined or divided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditkit.register.gias import table
from auditkit.register.gias.rules import Rules, fold, folded

URN, OTHER, TYPE = "URN", "LinkURN", "LinkType"
WHAT = "a file of links between establishments from GIAS (links_edubasealldata….csv)"


@dataclass(frozen=True)
class Links:
    """Each school's direct predecessors by its URN, the first named first.

    ``goes_on`` has those of them that simply go on as that school: neither was joined to others or divided.
    """

    predecessors: Mapping[str, tuple[str, ...]]
    goes_on: Mapping[str, str]

    def before(self, urn: str) -> tuple[str, ...]:
        """Return all that a school was before, the nearest first, each once whatever the links say."""
        found = {urn: None}
        ring = [urn]
        while ring:
            olds = dict.fromkeys(old for new in ring for old in self.predecessors.get(new, ()))
            ring = [old for old in olds if old not in found]
            found |= dict.fromkeys(ring)
        return tuple(found)[1:]

    def itself_before(self, urn: str) -> Iterator[str]:
        """Yield the URNs under which this same school was known before, the latest first."""
        seen = {urn}
        while (old := self.goes_on.get(urn)) and old not in seen:
            seen.add(old)
            yield old
            urn = old


NONE = Links({}, {})


def read(path: Path, rules: Rules) -> Links:
    """Read a file of links. A link may be told from either of its ends, or from both.

    Raises:
        ProblemsError: It is no such file, or is damaged.
    """
    kinds = rules.links
    backwards = folded((*kinds.predecessor, *kinds.one_of_predecessors))
    forwards = folded((*kinds.successor, *kinds.one_of_successors))
    plain = folded((*kinds.predecessor, *kinds.successor))
    old_of: dict[str, dict[str, None]] = {}
    new_of: dict[str, dict[str, None]] = {}
    mixed: set[str] = set()
    with table.opened(path, (URN, OTHER, TYPE), (), WHAT) as links:
        for _, cells in links.rows:
            urn, other, kind = (links.text(cells, column) for column in (URN, OTHER, TYPE))
            if fold(kind) not in backwards | forwards or not (urn and other) or urn == other:
                continue
            old, new = (urn, other) if fold(kind) in forwards else (other, urn)
            old_of.setdefault(new, {})[old] = None
            new_of.setdefault(old, {})[new] = None
            if fold(kind) not in plain:
                mixed |= {old, new}
    goes_on = {
        new: next(iter(olds))
        for new, olds in old_of.items()
        if len(olds) == 1 and len(new_of[next(iter(olds))]) == 1 and not mixed & {new, *olds}
    }
    return Links({new: tuple(olds) for new, olds in old_of.items()}, goes_on)
