"""Office files that are locked with a password, opened with those that the officer gave."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from auditkit.guard.limits import Limits, damaged, unsafe
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import xls
from auditkit.returns.intake.incoming import Incoming, Look
from auditkit.returns.intake.opening import Opening

KIND = "a file locked with a password"
PACKAGE, INFORMATION = "EncryptedPackage", "EncryptionInfo"
SPINS = re.compile(rb'spinCount="(\d{1,20})"')
# Office turns a password over 100,000 times; each turn costs time.
USUAL_SPINS, MOST_SPINS = 100_000, 1_000_000
# So many turns are made for one file: 100 passwords of Office, within its time even on a slow computer.
ALL_SPINS = 10_000_000
# The record of an .xls stream that says that all after it is encrypted, and how far in it stands at most.
FILE_PASS, FILE_PASS_WITHIN = b"\x2f\x00", 4096


class InMemory:
    """Stands in for :mod:`tempfile`: what is decrypted never touches the disk."""

    TemporaryFile = io.BytesIO


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is encrypted."""
    if look.streams is None:
        return False
    if PACKAGE in look.names:
        return True
    name = xls.stream(look.names)
    return name is not None and _has_file_pass(look.streams.read(name)[:FILE_PASS_WITHIN])


def empty(look: Look, limits: Limits) -> UnreadableError:  # noqa: ARG001
    """Return what to say of a locked file that no password opens."""
    return UnreadableError("file-password")


def unpack(outer: Incoming, look: Look, opening: Opening) -> Iterator[Incoming]:
    """Yield what a password opens; UnreadableError if none does."""
    assert look.streams is not None
    information = look.streams.read(INFORMATION) if INFORMATION in look.names else b""
    spins = [int(n) for n in SPINS.findall(information)]
    if max(spins, default=0) > MOST_SPINS:
        raise unsafe("its lock is built to take hours to open")
    most = ALL_SPINS // max([*spins, USUAL_SPINS])
    for password in opening.passwords.to_try(outer.file)[:most]:
        content = _decrypted(look.content, password)
        if content:
            opening.budget.spend(len(content))
            # Its digest stays that of the file as it came, which is what an officer decides about.
            yield replace(outer, content=content, came="with a password")
            return
    raise UnreadableError("file-password")


def _decrypted(content: bytes, password: str) -> bytes:
    """Return what a password opens, nothing if it doesn't."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    from msoffcrypto.format import xls97

    # It goes by way of a temporary file, and the process that reads returns may write none.
    xls97.tempfile = InMemory
    target = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        file.load_key(password=password, **_verifying(file))
        file.decrypt(target)
    except (InvalidKeyError, DecryptionError):
        return b""
    except Exception as error:  # msoffcrypto raises many kinds on damaged files
        raise damaged("its lock is broken") from error
    return target.getvalue()


def _verifying(file: object) -> dict[str, bool]:
    """Return how to ask that the password is checked before anything is decrypted, where it can be asked."""
    return {"verify_password": True} if getattr(file, "format", "") == "ooxml" else {}


def _has_file_pass(start: bytes) -> bool:
    at = 0
    while at + 4 <= len(start):
        if start[at : at + 2] == FILE_PASS:
            return True
        at += 4 + int.from_bytes(start[at + 2 : at + 4], "little")
    return False
