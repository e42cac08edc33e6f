"""The register of an anonymous survey: tokens that were drawn at random and stand for nobody.

Each is good for one return. Who gets which isn't known to auditkit: it is never written down.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path

from auditkit.csv import written
from auditkit.definition.wording import listed
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write
from auditkit.passwords import LETTERS, READABLE

NAME = "Anonymous"
# It begins with a letter, so that no spreadsheet takes it for a number.
TOKEN = re.compile(f"[{LETTERS}][{READABLE}]{{3}}-[{READABLE}]{{4}}")


def is_token(row: Mapping[str, str]) -> bool:
    """Tell whether a row of a register is a token and says nothing else."""
    rest = {name: text for name, text in row.items() if name not in ("id", "name")}
    return bool(TOKEN.fullmatch(row["id"])) and row["name"] == NAME and not any(rest.values())


def add(path: Path, known: Collection[Mapping[str, str]], count: int) -> int:
    """Write a register of tokens: those that it has, and ``count`` more, in no order that says anything.

    Args:
        path: The register.
        known: Its rows so far, by column.
        count: How many tokens to add.

    Returns:
        How many there are now.

    Raises:
        AuditkitError: It lists somebody who isn't a token, or can't be written.
    """
    others = [row["name"] for row in known if not is_token(row)]
    if others:
        few = listed(others[:3], "and") if len(others) <= 3 else f"{', '.join(others[:3])} and others"
        raise AuditkitError(
            f"{path} lists {few}, who aren't tokens. Keep it under another name: it says whom you send "
            "workbooks to, and must not be the register of an anonymous survey."
        )
    tokens = {row["id"] for row in known}
    while len(tokens) < len(known) + count:
        tokens.add(_drawn())
    atomic_write(path, written(("id", "name"), ((token, NAME) for token in sorted(tokens))))
    return len(tokens)


def _drawn() -> str:
    first, *rest = secrets.choice(LETTERS), *(secrets.choice(READABLE) for _ in range(7))
    return f"{first}{''.join(rest[:3])}-{''.join(rest[3:])}"
