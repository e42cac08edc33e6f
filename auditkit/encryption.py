"""Office files that open with a password only: encrypted as Excel does it (agile, AES-256, SHA-512).

That is something else than :mod:`locking sheets <auditkit.workbook.protection>`, which hides nothing.
"""

from __future__ import annotations

import io

# What every encrypted Office file starts with, since it is kept in a container of the old kind.
START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def encrypted(content: bytes, password: str) -> bytes:
    """Return an .xlsx file as one that opens with ``password`` only; as it is if there is no password.

    Args:
        content: The whole file.
        password: What opens it.

    Returns:
        The whole encrypted file. Its salts are random: no two are the same.
    """
    if not password:
        return content
    from msoffcrypto.format.ooxml import OOXMLFile  # takes long, and most rounds need none of it

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, target)
    return target.getvalue()


def is_encrypted(start: bytes) -> bool:
    """Tell by the first bytes of one of our own files whether it is encrypted."""
    return start.startswith(START)
