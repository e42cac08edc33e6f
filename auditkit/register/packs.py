"""Recipients that get one workbook together: a *pack*, for the trust or group that they belong to."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditkit.definition.ids import LONGEST
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.passwords import RULE as PASSWORD_RULE
from auditkit.passwords import is_fit
from auditkit.register import Recipient, addresses_in, is_address

# Further columns of the register that say whom a pack goes to, after the column that packs are made by: with
# packs by `trust`, `trust_email`. One row of a pack that says it is enough.
CONTACT, EMAIL, OPEN_PASSWORD = "_contact", "_email", "_open_password"
# The letters of an id that tell two long names with the same beginning apart.
TOLD_APART = 6


@dataclass(frozen=True)
class Pack:
    """A pack: whom it is for, as a recipient that is in no register, and the ids of those in it."""

    recipient: Recipient
    members: tuple[str, ...]


def packs(
    recipients: Iterable[Recipient], column: str, asks: Callable[[Recipient], bool] = lambda _: True
) -> tuple[Pack, ...]:
    """Return the packs of a register.

    Args:
        recipients: The register.
        column: The column that says which belong together; none if empty. Case and spaces don't matter.
        asks: Tells who is asked. Nobody else is in a pack, but whom it goes to may stand in any of its rows.

    Returns:
        A pack for each value that at least two who are asked have, in the order of the register.
    """
    if not column:
        return ()
    together: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        value = recipient.row().get(column, "").strip()
        if value:
            together.setdefault(value.casefold(), []).append(recipient)
    found = (_pack(members, column, tuple(filter(asks, members))) for members in together.values())
    return tuple(pack for pack in found if len(pack.members) > 1)


def problems(recipients: Sequence[Recipient], column: str) -> Iterator[str]:
    """Yield why packs can't be made by a column, one sentence each."""
    if not column:
        return
    columns = list(recipients[0].row()) if recipients else []
    if column not in columns:
        yield f"pack_by: the register has no column {quoted(column)}{did_you_mean(column, columns)}"
        return
    names: dict[str, list[str]] = {}
    own = {recipient.id.casefold() for recipient in recipients}
    for pack in packs(recipients, column):
        names.setdefault(pack.recipient.id, []).append(pack.recipient.name)
        members = [recipient for recipient in recipients if recipient.id in pack.members]
        for end in (CONTACT, EMAIL, OPEN_PASSWORD):
            said = _said(members, column + end)
            if len(said) > 1:
                shown = "" if end == OPEN_PASSWORD else f": {listed(map(quoted, said), 'and')}"
                whose = f"{column + end}: {quoted(pack.recipient.name)}"
                yield f"{whose} has {len(said)} different{shown}; keep one"
        if not all(map(is_address, addresses_in(pack.recipient.email))):
            yield f"{column + EMAIL}: {quoted(pack.recipient.email)} isn't an email address"
        if pack.recipient.open_password and not is_fit(pack.recipient.open_password):
            yield f"{column + OPEN_PASSWORD} of {quoted(pack.recipient.name)}: {PASSWORD_RULE}"
    for pack_id, several in names.items():
        if len(several) > 1:
            shown = listed(map(quoted, several), "and")
            yield f"the packs {shown} would have the same id {pack_id}: if they are one, spell them alike"
        if pack_id.casefold() in own:
            yield f"the pack {quoted(several[0])} would have the id {pack_id}, which a recipient has already"


def passwords_in(recipient: Recipient) -> tuple[str, ...]:
    """Return the passwords of packs that stand in the row of a recipient, whatever packs are made by."""
    return tuple(text.strip() for column, text in recipient.extra.items() if column.endswith(OPEN_PASSWORD))


def passwords(recipients: Iterable[Recipient]) -> dict[str, tuple[str, ...]]:
    """Return the passwords of packs that a register has, by the id of the pack, whether it is made or not."""
    found: dict[str, tuple[str, ...]] = {}
    for recipient in recipients:
        for column, password in recipient.extra.items():
            name = recipient.extra.get(column.removesuffix(OPEN_PASSWORD), "").strip()
            if column.endswith(OPEN_PASSWORD) and name and password.strip():
                found[_id(name)] = (*found.get(_id(name), ()), password.strip())
    return found


def _pack(all_: Sequence[Recipient], column: str, members: Sequence[Recipient]) -> Pack:
    name = all_[0].row()[column].strip()
    contact, email, password = (
        next(iter(_said(all_, column + end)), "") for end in (CONTACT, EMAIL, OPEN_PASSWORD)
    )
    recipient = Recipient(
        id=_id(name),
        name=name,
        group=f"{column} of {len(members)}",
        contact=contact,
        email="; ".join(addresses_in(email)),
        open_password=password,
    )
    return Pack(recipient, tuple(member.id for member in members))


def _said(members: Iterable[Recipient], column: str) -> list[str]:
    """Return the different values that members have in a further column, blanks left out."""
    return list(dict.fromkeys(filter(None, (member.extra.get(column, "").strip() for member in members))))


def _id(name: str) -> str:
    """Return the id of the pack with this name, the same in every run."""
    folded = name.casefold()
    plain = unicodedata.normalize("NFKD", folded.replace("'", "").replace("’", ""))
    words = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    if words and len(words) <= LONGEST:
        return words
    mark = hashlib.sha256(folded.encode()).hexdigest()[:TOLD_APART]
    return f"{words[: LONGEST - TOLD_APART - 1].rstrip('-')}-{mark}".lstrip("-")
