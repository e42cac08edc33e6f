"""The rules by which a register follows from an extract: data, in ``rules.yaml`` or an officer's own copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from auditkit.definition.yaml import read_yaml_as

SHIPPED = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class YesNo:
    """A column of the register that says Yes or No.

    ``column`` is that of the extract, ``yes`` and ``no`` are its words. ``also`` names columns of the
    register and values of them that make it Yes whatever the extract says.
    """

    column: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Statuses:
    """What the extract calls schools that are open, about to close, closed, and not yet open."""

    open: tuple[str, ...]
    closing: tuple[str, ...]
    closed: tuple[str, ...]
    planned: tuple[str, ...]


@dataclass(frozen=True)
class LinkTypes:
    """What the file of links calls what another school is: the one that this one was, or one of several."""

    predecessor: tuple[str, ...]
    successor: tuple[str, ...]
    one_of_predecessors: tuple[str, ...]
    one_of_successors: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """How the columns of a register follow from those of an extract; ``rules.yaml`` explains each."""

    types: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...]
    phases: Mapping[str, tuple[str, ...]]
    yes_no: Mapping[str, YesNo]
    copied: Mapping[str, str]
    contact: tuple[str, ...]
    nothing: tuple[str, ...]
    statuses: Statuses
    links: LinkTypes

    @cached_property
    def type_of(self) -> Mapping[str, str]:
        """The type of the register by that of the extract, folded."""
        return _turned(self.types)

    @cached_property
    def phase_of(self) -> Mapping[str, str]:
        """The phase of the register by that of the extract, folded."""
        return _turned(self.phases)

    @cached_property
    def status_of(self) -> Mapping[str, str]:
        """``open``, ``closing``, ``closed`` or ``planned`` by the status of the extract, folded."""
        return _turned(vars(self.statuses))


def read(path: Path | None) -> Rules:
    """Return the rules of a file, by default those that auditkit comes with.

    Raises:
        ProblemsError: With everything that is wrong with the file.
    """
    return read_yaml_as(path or SHIPPED, Rules)[0]


def fold(text: str) -> str:
    """Return a word of the extract as it is compared."""
    return " ".join(text.split()).casefold()


def folded(words: Iterable[str]) -> frozenset[str]:
    """Return words of the extract as they are compared."""
    return frozenset(map(fold, words))


def _turned(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): name for name, own in words.items() for word in own}
