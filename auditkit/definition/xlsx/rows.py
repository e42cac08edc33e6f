"""Rows of a table: what each says of itself, and where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditkit.definition.ids import is_id
from auditkit.definition.source import Path, Raw
from auditkit.definition.wording import closest, did_you_mean, quoted
from auditkit.definition.xlsx.grid import Row, Table
from auditkit.definition.xlsx.headings import Heading, Place
from auditkit.definition.xlsx.records import Entry, Gathered

# A record of the definition, and where it stands there.
Found = tuple[Path, dict[str, Raw]]


def own(heading: Heading) -> bool:
    """Tell whether a column is about the row itself."""
    return not heading.is_lead and not heading.is_group


def says_more(table: Table, row: Row) -> bool:
    """Tell whether a row says more than where it belongs."""
    return any(n in row.cells and own(heading) for n, heading in table.headings.items())


def record(table: Table, row: Row, base: Path, gathered: Gathered) -> dict[str, Raw]:
    """Return the settings of a row, which stands at ``base`` in the definition."""
    gathered.note(base, start(table, row))
    gathered.open += [(*base, *column.way) for column in table.lost]
    return gathered.record(base, entries(table, row, own))


def entries(table: Table, row: Row, wanted: Callable[[Heading], bool]) -> Iterator[Entry]:
    """Yield the cells of a row under the headings that are wanted, blank ones too."""
    for n, heading in table.headings.items():
        if wanted(heading):
            name = heading.place if heading.is_key else None
            yield Entry(heading.way, heading.hint, row.cells.get(n), table.at(row, n), name)


def start(table: Table, row: Row) -> Place:
    """Return the first cell of a row that isn't blank."""
    return table.at(row, min(row.cells))


def lead(table: Table, row: Row, name: str, gathered: Gathered) -> tuple[list[Raw], Place]:
    """Return what a row says in one of its first columns, and where; nothing if there is no such column."""
    for n, heading in table.headings.items():
        if heading.is_lead and heading.way == (name,):
            entry = Entry((name,), heading.hint, row.cells.get(n), table.at(row, n))
            said = gathered.record(("", table.sheet.name, row.number), [entry]).get(name, [])
            return (said if isinstance(said, list) else [said]), entry.value
    return [], start(table, row)


def word(table: Table, row: Row, name: str, gathered: Gathered) -> tuple[str, Place]:
    """Return the one word that a row says in one of its first columns, and where; empty if it is blank."""
    said, place = lead(table, row, name, gathered)
    return (str(said[0]) if said else ""), place


def has_id(record: Raw) -> bool:
    """Tell whether a record has an id that can be one."""
    return isinstance(record, dict) and is_id(str(record.get("id", "")))


def is_known(said: str, sections: list[Raw]) -> bool:
    """Tell whether there is a section of this id, or one that has to get another id, which may be it."""
    ids = [each.get("id") for each in sections if isinstance(each, dict)]
    return said in ids or not all(map(has_id, sections))


def section(said: str, place: Place, sections: list[Raw], gathered: Gathered) -> Found | None:
    """Return the section of this id, or the one that was probably meant; None if it can't be told.

    One that has to get another id, which is told elsewhere, may get the one that is looked for.
    """
    records = [each for each in sections if isinstance(each, dict)]
    known: dict[str, int] = {}
    for n, each in enumerate(records):
        known.setdefault(str(each.get("id", "")), n)
    near = said if said in known else None
    if near is None and said:
        near = next((id_ for id_ in known if not is_id(id_)), None)
    if near is None:
        if records or not any(sheet.sheet == place.sheet for sheet, _ in gathered.wrong):
            unknown = f"there is no section {quoted(said)}{did_you_mean(said, known)}"
            gathered.wrong.append((place, unknown if said else "this is blank: say which section"))
        near = closest(said, known) if said else next(iter(known), None)
    return None if near is None else (("sections", known[near]), records[known[near]])
