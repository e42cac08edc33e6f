"""Errors that a person can act on.

Anything raised as :class:`AuditkitError` is shown as plain sentences and never as a traceback;
every other exception is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file that an officer wrote: where it is, what it is, what to do.

    ``place`` is how the file itself names the spot: ``line 12, column 5`` or ``row 7``.
    """

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.message}"


class AuditkitError(Exception):
    """An expected failure; its text says what happened and what to do."""


class ProblemsError(AuditkitError):
    """A definition, register or settings file has problems; all of them, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
