"""Whose a held return plainly is: a proposal for the officer, never a decision.

What the file says of itself, its name, its cover and its sender each may point at a recipient of the
register. Only if all that point at anybody point at the same one is it plain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from auditkit.register import Recipient

# How alike a text and a name must be, and by how much more than any other name, out of 100.
ALIKE = 90
AHEAD = 8
# How alike a word of a name and a word of a text must be to be the same, misspelt.
SPELT_ALIKE = 80
# Names of fewer letters than this stand in too many texts to say anything.
SHORTEST = 4
_WORDS = re.compile(r"[^\w]+|_")
# What a command line (PowerShell, cmd, any Unix shell) acts on even between double quotes, and what makes an
# option of a name: whoever sends a file chooses its name.
_ACTIVE = re.compile(r"""^-|["“”„`$%!\\]""")
_ADDRESS = re.compile(r"[\w.+%-]+@[\w.-]+\w")


def propose(
    recipients: Iterable[Recipient], *, file: str, named: str = "", texts: Iterable[str] = ()
) -> Recipient | None:
    """Return the recipient whose return a file plainly is.

    Args:
        recipients: The register.
        file: The file's path below the returns folder.
        named: The recipient id that the file says it belongs to, if it says one.
        texts: What else may tell: the fields of its cover, who sent it.

    Returns:
        The recipient; None if nothing points at one, or not everything at the same.
    """
    recipients = tuple(recipients)
    by_id = {recipient.id: recipient for recipient in recipients}
    path = PurePosixPath(file)
    # A file inside a message or archive has the names of what it came in for its folders.
    names = [re.sub(r"\.\w{1,5}$", "", part) for part in path.parts]
    pointed = {named} & by_id.keys()
    for text in names:
        pointed |= _by_id(text, by_id) or _by_name(text, recipients)
    for text in texts:
        pointed |= _by_address(text, recipients) or _by_name(text, recipients)
    return by_id[pointed.pop()] if len(pointed) == 1 else None


def command(file: str, recipient_id: str) -> str:
    """Return the command that accepts a file as a recipient's return, safe to be pasted into any shell."""
    return f'auditkit accept "{typeable(file)}" --as {recipient_id}'


def typeable(file: str) -> str:
    """Return a file's name as an officer may type it between quotation marks; odd characters become ``_``."""
    return _ACTIVE.sub("_", file)


def _by_id(text: str, by_id: dict[str, Recipient]) -> set[str]:
    """Return the ids that stand in a text as words of their own."""
    return {i for i in by_id if re.search(rf"(?<![\w-]){re.escape(i)}(?![\w-])", text, re.IGNORECASE)}


def _by_address(text: str, recipients: tuple[Recipient, ...]) -> set[str]:
    """Return the recipients with an email address that stands in a text."""
    found = {address.casefold() for address in _ADDRESS.findall(text)}
    return {r.id for r in recipients if found & {a.casefold() for a in _ADDRESS.findall(r.email)}}


def _by_name(text: str, recipients: tuple[Recipient, ...]) -> set[str]:
    """Return the recipient whose name a text holds, or is a part of; several if it isn't plain which."""
    words = _plain(text)
    whole: list[tuple[float, str]] = []
    part: list[str] = []
    for recipient in recipients:
        name = _plain(recipient.name)
        if len(name) < SHORTEST or fuzz.token_set_ratio(words, name) < ALIKE:
            continue
        found = [max(fuzz.ratio(word, other) for other in words.split()) for word in name.split()]
        if min(found) >= SPELT_ALIKE:
            whole.append((fuzz.token_sort_ratio(words, name), recipient.id))
        else:
            part.append(recipient.id)
    if not whole:
        return set(part)
    best = max(whole)
    return {recipient_id for score, recipient_id in whole if best[0] - score < AHEAD}


def _plain(text: str) -> str:
    """Return the words of a text without accents, case and punctuation."""
    letters = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
    return " ".join(_WORDS.sub(" ", letters.encode("ascii", "ignore").decode().casefold()).split())
