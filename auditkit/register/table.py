"""What every form of register is read into: rows of text, with the numbers that a spreadsheet shows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from auditkit.errors import Problem, ProblemsError
from auditkit.files import size_of

MEGABYTE = 1_000_000
MAX_SIZE = 20 * MEGABYTE


@dataclass(frozen=True)
class Row:
    """One row: its number, counting from 1, and its cells as cleaned text."""

    number: int
    cells: tuple[str, ...]


def cleaned(text: str) -> str:
    """Return ``text`` on one line, with single spaces and without what can't be seen."""
    if not text.isprintable():
        text = "".join(map(_character, text))
    return " ".join(text.split())


def _character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":  # byte order marks, zero-width and soft hyphens, direction marks
        return ""
    return " " if category[0] in "CZ" else character


def content(path: Path) -> bytes:
    """Return the bytes of a register of a sane size.

    Raises:
        ProblemsError: If it isn't there, can't be opened or is too large.
    """
    try:
        size = size_of(path)
        if size > MAX_SIZE:
            raise refused(
                path,
                f"this file is {size / MEGABYTE:.0f} MB, and no more than {MAX_SIZE // MEGABYTE} MB is read; "
                "keep only the recipients of this round in it",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise refused(path, f"there is no such file in {path.absolute().parent}") from None
    except OSError as error:
        raise refused(
            path, f"this file can't be opened ({error.strerror}); close it in Excel and try again"
        ) from error


def refused(path: Path, message: str, place: str = "") -> ProblemsError:
    """Return the error for a register that can't be read at all."""
    return ProblemsError([Problem(path.name, place, message)])
