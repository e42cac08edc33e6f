"""Which column of a register is which: officers' own headers, told apart by the words they commonly use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditkit.definition.wording import listed, quoted

FIELDS = ("id", "name", "group", "contact", "email", "sector")
# The recipient's own password: a column like the others, but nothing that questions could depend on.
OPEN_PASSWORD = "open_password"
# The ids under which this recipient was asked before, and the day from which it isn't there to be asked.
PREDECESSOR, CLOSED = "predecessor", "closed"
# Columns of the register that have a meaning and aren't fields.
OWN = (OPEN_PASSWORD, PREDECESSOR, CLOSED)
# Headers that stand for a field, besides its own name.
ALIASES = {
    "recipient id": "id",
    "ref": "id",
    "reference": "id",
    "reference number": "id",
    "urn": "id",
    "agency id": "id",
    "setting id": "id",
    "recipient": "name",
    "recipient name": "name",
    "agency": "name",
    "agency name": "name",
    "organisation": "name",
    "organization": "name",
    "organisation name": "name",
    "setting": "name",
    "setting name": "name",
    "school": "name",
    "school name": "name",
    "type": "group",
    "agency group": "group",
    "agency type": "group",
    "setting type": "group",
    "school type": "group",
    "sector type": "group",
    "contact name": "contact",
    "contact person": "contact",
    "named contact": "contact",
    "lead": "contact",
    "lead contact": "contact",
    "e-mail": "email",
    "email address": "email",
    "e-mail address": "email",
    "contact email": "email",
    "password": OPEN_PASSWORD,
    "own password": OPEN_PASSWORD,
    "password to open": OPEN_PASSWORD,
    "predecessor urn": PREDECESSOR,
    "predecessors": PREDECESSOR,
    "was": PREDECESSOR,
    "closed on": CLOSED,
    "date closed": CLOSED,
}
# Headers of these stand for a field only where no column has the field's own name: beside it they say
# something else.
SPARE = ("type", "urn", "agency")


@dataclass(frozen=True)
class Columns:
    """Where the fields stand in each row, counting from 0, and the further columns by header."""

    fields: dict[str, int]
    extra: dict[str, int]


def columns(headers: Sequence[str], needed: Sequence[str]) -> tuple[Columns, list[str]]:
    """Tell the columns of a register apart.

    Args:
        headers: The cells of the header row, cleaned.
        needed: The fields that the register must have.

    Returns:
        The columns, and messages about headers that are missing, repeated or ambiguous.
    """
    found: dict[str, int] = {}
    extra: dict[str, int] = {}
    messages: list[str] = []
    first: dict[str, int] = {}
    all_letters = [_letters(header) for header in headers]
    for n, (header, letters) in enumerate(zip(headers, all_letters, strict=True)):
        if not letters:
            continue
        if letters in first:
            where = f"columns {letter(first[letters])} and {letter(n)}"
            messages.append(f"{where} are both headed {quoted(header)}: rename or delete one of them")
            continue
        first[letters] = n
        name = _FIELD_OF.get(letters)
        if name is None or (letters in SPARE and name in all_letters):
            extra[header] = n
        elif name in found:
            rival = f"{quoted(headers[found[name]])} (column {letter(found[name])})"
            message = f"{rival} and {quoted(header)} (column {letter(n)}) could both be the {name}"
            messages.append(
                f"{message}: head the right one {quoted(name)} and give the other a different header"
            )
        else:
            found[name] = n
    for name in needed:
        if name not in found:
            also = [alias for alias, field in ALIASES.items() if field == name]
            shown = listed(quoted(alias) for alias in also[:4])
            messages.append(
                f"there is no column {quoted(name)}: add one, or head the one there is "
                f"{quoted(name)} ({shown} will do too)"
            )
    return Columns(found, extra), messages


def field_of(header: str) -> str | None:
    """Return the field that a header stands for, by its own name or a common one; None if for none."""
    return _FIELD_OF.get(_letters(header))


def same(one: str, other: str) -> bool:
    """Tell whether two headers are the same column: case, spaces and signs don't matter."""
    return _letters(one) == _letters(other)


def letter(column: int) -> str:
    """Return the name that a spreadsheet gives to a column: A for 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _letters(header: str) -> str:
    """Return what counts in a header: case, spaces and signs don't."""
    return re.sub(r"[\W_]+", "", header).casefold()


_FIELD_OF = {
    _letters(header): field
    for header, field in {**ALIASES, **{name: name for name in (*FIELDS, *OWN)}}.items()
}
