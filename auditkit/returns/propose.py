"""Whose a return plainly is, apart from its identity: a proposal for the officer, never a decision.

What a held file says of itself, its name, its cover and its sender each may point at a recipient of the
register. Only if all that point at anybody point at the same one is it plain. An accepted file's name and
sender may point at somebody else than its identity does: people fill in a workbook that was made for others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditkit.register import Recipient

# How alike a text and a name must be, and by how much more than any other name, out of 100.
ALIKE = 90
AHEAD = 8
# How alike a word of a name and a word of a text must be to be the same, misspelt.
SPELT_ALIKE = 80
# Names of fewer letters than this stand in too many texts to say anything.
SHORTEST = 4
# Domains at which anybody has an address, or everybody of a whole service.
# fmt: off
PUBLIC = frozenset((
    "aol.com", "btinternet.com", "cjsm.net", "gmail.com", "gmx.co.uk", "gmx.com", "googlemail.com",
    "hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mac.com", "mail.com",
    "me.com", "msn.com", "nhs.net", "ntlworld.com", "outlook.com", "proton.me", "protonmail.com",
    "sky.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com",
))
# fmt: on
_WORDS = re.compile(r"[^\w]+|_")
# What a command line (PowerShell, cmd, any Unix shell) acts on even between double quotes, and what makes an
# option of a name: whoever sends a file chooses its name.
_ACTIVE = re.compile(r"""^-|["“”„`$%!\\]""")
# An id that stands in a text as a word of its own is one of these.
_OWN_WORD = re.compile(r"[\w-]+")
_ADDRESS = re.compile(r"[\w.+%-]+@[\w.-]+\w")


@dataclass(frozen=True)
class Proposal:
    """Whose a return plainly is, and by what that is known, in words."""

    recipient: Recipient
    why: tuple[str, ...]


def propose(
    recipients: Iterable[Recipient],
    *,
    file: str,
    named: str = "",
    texts: Iterable[str] = (),
    sender: str = "",
) -> Proposal | None:
    """Return the recipient whose return a file plainly is.

    Args:
        recipients: The register.
        file: The file's path below the returns folder.
        named: The recipient id that the file says it belongs to, if it says one.
        texts: What else in it may tell: the fields of its cover.
        sender: The address of who sent it, if it came in a message. One that several recipients share, or
            that is only of the domain of one of them, supports what else is known and decides nothing.

    Returns:
        The recipient; None if nothing points at one, or not everything at the same.
    """
    recipients = tuple(recipients)
    by_id = {recipient.id: recipient for recipient in recipients}
    sent = _by_address(sender, recipients)
    signs = [
        ("what it says of itself", {named} & by_id.keys()),
        *_by_file(file, recipients),
        *(("its cover", _by_address(text, recipients) or _by_name(text, recipients)) for text in texts),
        ("the sender's address", sent if len(sent) == 1 else set()),
    ]
    domain = set() if sent else _by_domain(sender, recipients)
    support = [("the sender's address", sent), ("the domain of the sender's address", domain)]
    pointed = {recipient_id for _, ids in signs for recipient_id in ids}
    if len(pointed) != 1 or (sent and not pointed <= sent):
        return None
    why = dict.fromkeys(sign for sign, ids in [*signs, *support] if ids & pointed)
    return Proposal(by_id[pointed.pop()], tuple(why))


def propose_another(
    recipients: Iterable[Recipient], own: Recipient | None, *, file: str, sender: str = ""
) -> Proposal | None:
    """Return who a return seems to come from, if that is plainly another recipient than whose workbook it is.

    Args:
        recipients: The register.
        own: The recipient whose workbook it is, None if they have left the register.
        file: The file's path below the returns folder.
        sender: The address of who sent it, if it came in a message.

    Returns:
        The other recipient; None if anything points at ``own``, or not everything else at the same one.
    """
    mine = () if own is None else (own,)
    # Most files have their own recipient in their name: the others needn't be looked at.
    signs = (*(ids for _, ids in _by_file(file, mine)), _by_address(sender, mine), _by_domain(sender, mine))
    if any(signs):
        return None
    return propose((r for r in recipients if own is None or r.id != own.id), file=file, sender=sender)


def command(file: str, recipient_id: str) -> str:
    """Return the command that accepts a file as a recipient's return, safe to be pasted into any shell."""
    return f'auditkit accept "{typeable(file)}" --as {recipient_id}'


def typeable(file: str) -> str:
    """Return a file's name as an officer may type it between quotation marks; odd characters become ``_``."""
    return _ACTIVE.sub("_", file)


def _by_file(file: str, recipients: tuple[Recipient, ...]) -> list[tuple[str, set[str]]]:
    """Return a sign for each name in a file's path: one inside a message or archive has those for folders."""
    names = [re.sub(r"\.\w{1,5}$", "", part) for part in PurePosixPath(file).parts]
    return [("its file name", _by_id(text, recipients) or _by_name(text, recipients)) for text in names]


def _by_id(text: str, recipients: tuple[Recipient, ...]) -> set[str]:
    """Return the ids that stand in a text as words of their own."""
    folded = text.casefold()
    ids = (r.id for r in recipients if r.id.casefold() in folded)
    return {i for i in ids if _stands(i, text, folded)}


def _stands(recipient_id: str, text: str, folded: str) -> bool:
    """Tell whether an id stands in a text as a word of its own."""
    if text.isascii() and _OWN_WORD.fullmatch(recipient_id):  # nearly always, and no pattern has to be made
        return recipient_id.casefold() in _OWN_WORD.findall(folded)
    return bool(re.search(rf"(?<![\w-]){re.escape(recipient_id)}(?![\w-])", text, re.IGNORECASE))


def _by_address(text: str, recipients: tuple[Recipient, ...]) -> set[str]:
    """Return the recipients with an email address that stands in a text."""
    found = {address.casefold() for address in _ADDRESS.findall(text)}
    return {r.id for r in recipients if found & {a.casefold() for a in _ADDRESS.findall(r.email)}}


def _by_domain(sender: str, recipients: tuple[Recipient, ...]) -> set[str]:
    """Return the one recipient at whose domain an address is; none if several are, or if everybody may be."""
    domain = _domain(sender)
    found = {r.id for r in recipients if domain in map(_domain, _ADDRESS.findall(r.email))}
    return found if len(found) == 1 and domain not in PUBLIC else set()


def _domain(address: str) -> str:
    return address.casefold().rpartition("@")[2]


def _by_name(text: str, recipients: tuple[Recipient, ...]) -> set[str]:
    """Return the recipient whose name a text holds, or is a part of; several if it isn't plain which."""
    from rapidfuzz import fuzz  # only here: nearly all files have an id in their name

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
