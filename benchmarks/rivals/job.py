"""What a rival is given to do, and the names that each of them defines."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Job:
    """A round, in the folder ``round``, and a folder ``scratch`` for what is made of it."""

    round: Path
    scratch: Path


@dataclass(frozen=True)
class Command:
    """What is run: program and arguments, and environment variables besides those of this process."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    def all_variables(self) -> dict[str, str]:
        """Return the whole environment that the command runs in."""
        return {**os.environ, **self.environment}


class Rival(Protocol):
    """The names that each rival's module defines."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """What it is called in tables."""

    @property
    def LARGEST(self) -> int:  # noqa: N802
        """The most recipients that it is run with; larger rounds are worked out from these."""

    def prepare(self, job: Job) -> None:
        """Undo what an earlier run left, and make what the next one needs; not measured."""

    def command(self, job: Job) -> Command:
        """Return what is measured."""


def module(name: str, *arguments: object) -> Command:
    """Return the command that runs a module of this package, which then does the work itself."""
    return Command((sys.executable, "-m", name, *map(str, arguments)), {"PYTHONPATH": str(ROOT)})
