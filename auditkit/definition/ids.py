"""What an id may look like: it names sheets, files and columns, so it is short and plain."""

from __future__ import annotations

import re

LONGEST = 40
RULE = (
    f"an id has at most {LONGEST} characters: letters, digits, '.', '-' and '_', starting with "
    "a letter or digit"
)


def is_id(text: str) -> bool:
    """Tell whether ``text`` can be an id."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text) is not None and len(text) <= LONGEST
