"""Passwords to open files with: which will do, and which defeat one another.

Nothing here ever says a password, only whose it is: messages are shown on screens.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

# Excel takes 255 characters. A letter at the start keeps spreadsheets from making a number, a date or a
# formula of a password in a register; the rest are signs that every keyboard has and that divide no cells.
FIT = re.compile(r"[A-Za-z][A-Za-z0-9!#$%&*+./:=?@^_~-]{7,254}")
# Letters and digits that can't be taken for one another when they are read out.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
READABLE = LETTERS + "23456789"
RULE = (
    "a password to open files with has 8 to 255 letters, digits and signs, starts with a letter, and has no "
    "spaces, accents, quotation marks, commas or semicolons"
)


def is_fit(password: str) -> bool:
    """Tell whether a password will do: Excel takes it, and it survives being written in a register."""
    return FIT.fullmatch(password) is not None


def clashes(
    own: Mapping[str, str], *, open_password: str, master_password: str, password: str
) -> Iterator[str]:
    """Yield, for the settings, each password of the office that respondents are told.

    Args:
        own: The passwords of recipients who have one of their own, by id.
        open_password: Opens the workbooks of all others.
        master_password: Opens the master.
        password: Locks the sheets.
    """
    told = {opens: f"the open_password of {recipient}" for recipient, opens in own.items()}
    told[open_password] = "open_password"
    for name, secret in (("password", password), ("master_password", master_password)):
        if secret and secret in told:
            yield f"{name}: this is the same as {told[secret]}, which respondents are told; choose another"


def shared(own: Mapping[str, str]) -> list[list[str]]:
    """Return the recipients who can open each other's workbooks, since they have the same password."""
    by_password = defaultdict(list)
    for recipient, opens in own.items():
        by_password[opens].append(recipient)
    return [ids for ids in by_password.values() if len(ids) > 1]
