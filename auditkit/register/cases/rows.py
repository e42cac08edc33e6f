"""The rows that a register of cases should have: an agency on a case each, and the meeting on each case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditkit.definition.cases import Cases, folded
from auditkit.definition.ids import RULE, is_id
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.register import Recipient
from auditkit.register.cases.grid import PERSON, Grid, Pair
from auditkit.register.columns import OPEN_PASSWORD
from auditkit.register.packs import CONTACT, EMAIL

# A case and an agency, as they are compared.
Key = tuple[str, str]


@dataclass(frozen=True)
class Wanted:
    """The rows that a register should have, by case and agency, and what couldn't be placed, in words.

    If ``is_whole``, all of the table could be placed: who isn't in it is off the case.
    """

    rows: Mapping[Key, Mapping[str, str]]
    unplaced: tuple[str, ...]
    is_whole: bool


def wanted(grid: Grid, agencies: Sequence[Recipient], cases: Cases, pack_by: str = "") -> Wanted:
    """Return the rows that a table of cases asks for.

    Args:
        grid: The table.
        agencies: What is known of each agency. The one that is called like the meeting is the meeting.
        cases: What the audit says of its cases.
        pack_by: The column that packs are made by; if it is that of agencies, each row says whom its pack
            goes to.
    """
    known = _called(agencies)
    rows: dict[Key, dict[str, str]] = {}
    ids: dict[str, Key] = {}
    unplaced = list(grid.unread)
    packed = pack_by == cases.agency
    for pair in (*grid.pairs, *_meetings(grid, cases)):
        found = known.get(folded(pair.agency)) or _meeting(pair, cases)
        if len(found) != 1:
            unplaced.append(f"{pair.place}: {_not_one(pair.agency, found, agencies)}")
            continue
        (agency,) = found
        row = _row(pair, agency, cases, packed)
        key = cases.key_of(row)
        if not is_id(row["id"]):
            unplaced.append(f"{pair.place}: {quoted(row['id'])} can't be an id: {RULE}")
        elif ids.setdefault(row["id"].casefold(), key) != key:
            message = f"{row['id']} is the id of another row: call the case or the agency otherwise"
            unplaced.append(f"{pair.place}: {message}")
        elif key in rows and rows[key] != row:
            unplaced.append(f"{pair.place}: {agency.name} is on the case {pair.case} already, said otherwise")
        else:
            rows[key] = row
    is_whole = not unplaced
    on = {case for case, agency in rows if agency != folded(cases.meeting)}
    for case in grid.cases:
        if folded(case) not in on:
            unplaced.append(f"case {case}: no agency is on it, so nobody is asked about it")
            rows = {key: row for key, row in rows.items() if key[0] != folded(case)}
    return Wanted(rows, tuple(unplaced), is_whole)


def _called(agencies: Iterable[Recipient]) -> dict[str, list[Recipient]]:
    """Return the agencies by what they are called, id or name, as that is compared."""
    known: dict[str, list[Recipient]] = {}
    for agency in agencies:
        for name in {folded(agency.id), folded(agency.name)}:
            known.setdefault(name, []).append(agency)
    return known


def _not_one(name: str, found: Sequence[Recipient], agencies: Sequence[Recipient]) -> str:
    """Return why it isn't known which agency a name means."""
    if found:
        ids = ", ".join(agency.id for agency in found)
        return f"several agencies are called {quoted(name)} ({ids}): write an id instead, or name them apart"
    hint = did_you_mean(name, [text for agency in agencies for text in (agency.name, agency.id)])
    return f"no agency is called {quoted(name)}{hint}"


def agencies_of(recipients: Iterable[Recipient], cases: Cases) -> tuple[Recipient, ...]:
    """Return what a register of cases itself says of its agencies: whatever all rows of one say alike."""
    together: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        together.setdefault(folded(cases.agency_of(recipient.row())), []).append(recipient)
    return tuple(
        _agency(cases.agency_of(rows[0].row()), rows, cases) for key, rows in together.items() if key
    )


def _meetings(grid: Grid, cases: Cases) -> Iterator[Pair]:
    """Yield the meeting on each case, unless the table itself says on which there is one."""
    if not any(folded(pair.agency) == folded(cases.meeting) for pair in grid.pairs):
        yield from (Pair(case, cases.meeting, f"case {case}") for case in grid.cases)


def _meeting(pair: Pair, cases: Cases) -> list[Recipient]:
    """Return the meeting as an agency, if nobody said more of it and it is what is meant."""
    if folded(pair.agency) != folded(cases.meeting):
        return []
    return [Recipient("-".join(cases.meeting.upper().split()), cases.meeting)]


def _row(pair: Pair, agency: Recipient, cases: Cases, packed: bool) -> dict[str, str]:
    row = {
        **agency.row(),
        **({OPEN_PASSWORD: agency.open_password} if agency.open_password else {}),
        **({f"{cases.agency}{CONTACT}": agency.contact} if packed else {}),
        **({f"{cases.agency}{EMAIL}": agency.email} if packed else {}),
        **{name: pair.said[name] for name in PERSON if name in pair.said},
        "id": f"{pair.case}-{agency.id}",
        "name": f"{pair.case} {agency.name}",
        cases.case: pair.case,
        cases.agency: agency.name,
    }
    return {column: text for column, text in row.items() if text}


def _agency(name: str, rows: Sequence[Recipient], cases: Cases) -> Recipient:
    """Return what rows of one agency say of it alike, under the id that its rows have behind their case."""
    said = [row.row() for row in rows]
    own = {"id", "name", cases.case, cases.agency, cases.agency + CONTACT, cases.agency + EMAIL}
    alike = {
        column: text
        for column, text in said[0].items()
        if column not in own and all(each.get(column, "") == text for each in said)
    }
    group, contact, email, sector = (alike.pop(c, "") for c in ("group", "contact", "email", "sector"))
    agency_id = said[0]["id"].removeprefix(f"{cases.case_of(said[0])}-")
    return Recipient(agency_id, name, group, contact, email, sector, alike)
