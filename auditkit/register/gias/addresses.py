"""The authority's own list of email addresses, by URN: the extract has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditkit.definition.wording import listed, quoted
from auditkit.errors import Problem, ProblemsError
from auditkit.register import FORMS, addresses_in, is_address
from auditkit.register.columns import field_of
from auditkit.register.table import refused

# The fields that count, and how their columns are called here.
COLUMNS = {"id": "URN", "email": "email"}


@dataclass(frozen=True)
class Addresses:
    """Addresses by URN, divided by ``; ``; and rows of the list that can't be used, each with why."""

    by_urn: Mapping[str, str]
    unusable: tuple[str, ...]


NONE = Addresses({}, ())


def read(path: Path) -> Addresses:
    """Read a list of addresses, .csv or .xlsx, with columns for the URN and for the address.

    Several rows of a school, or several addresses in a row, are all kept.

    Raises:
        ProblemsError: It can't be read, or hasn't these columns.
    """
    form = FORMS.get(path.suffix.casefold())
    if form is None:
        raise refused(path, f"a list of addresses is a {listed(FORMS)} file: save it as one of these")
    rows = [row for row in form(path) if any(row.cells)]
    if not rows:
        raise refused(path, "this list is empty: its first row must name the columns (URN, email)")
    header, *rows = rows
    found = {name: [n for n, head in enumerate(header.cells) if field_of(head) == name] for name in COLUMNS}
    wrong = [
        f"there is no column {quoted(shown)}" if not found[name] else f"two columns could be the {shown}"
        for name, shown in COLUMNS.items()
        if len(found[name]) != 1
    ]
    if wrong:
        message = "head the right one so, and no other"
        raise ProblemsError(
            Problem(path.name, f"row {header.number}", f"{each}: {message}") for each in wrong
        )
    by_urn: dict[str, dict[str, str]] = {}
    unusable = []
    for row in rows:
        urn, text = (row.cells[n] if n < len(row.cells) else "" for (n,) in found.values())
        for address in addresses_in(text):
            if not urn:
                unusable.append(f"row {row.number}: {address} has no URN")
            elif not is_address(address):
                unusable.append(f"row {row.number}: {address} isn't an email address")
            else:
                by_urn.setdefault(urn, {}).setdefault(address.casefold(), address)
    return Addresses({urn: "; ".join(own.values()) for urn, own in by_urn.items()}, tuple(unusable))
