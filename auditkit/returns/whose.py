"""Rows of a pack that name one recipient in words, and another by their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditkit.fields.plain import as_text
from auditkit.returns.blocks import Table
from auditkit.returns.content.seen import some
from auditkit.returns.model import Finding
from auditkit.returns.sheets import cell_name
from auditkit.workbook.pack import NAME, WHOM, Part

# The columns that say in words whose a row is.
COLUMNS = (NAME, WHOM)


def misnamed(file: str, tables: Iterable[Table], part: Part, names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Find the rows of a member that say in words that they are another's.

    Only another member's name counts, and no name that several have: whoever corrects how a school is called
    makes it nobody else's.

    Args:
        file: The part of the pack, as findings name it.
        tables: What was found in the file.
        part: What in it is one member's.
        names: What each of its members is called, by id.

    Returns:
        One finding for all such rows, if there are any.
    """
    ids: dict[str, list[str]] = {}
    for member, name in names.items():
        ids.setdefault(_said(name), []).append(member)
    others = {name for name, own in ids.items() if own != [part.member.id] and len(own) == 1}
    found = [
        (table.sheet.name, cell_name(row, col), question, as_text(table.sheet.rows[row][col]).strip())
        for table in tables
        for row, col, question in _rows(table, part)
        if _said(as_text(table.sheet.rows[row][col])) in others
    ]
    if not found:
        return ()
    sheet, cell, *_ = found[0]
    data = (
        ("recipient", names.get(part.member.id, part.member.id)),
        ("questions", some(list(dict.fromkeys(question for _, _, question, _ in found)))),
        ("others", some(list(dict.fromkeys(name for *_, name in found)))),
    )
    return (Finding("row-names-another", file, sheet, cell, data=data),)


def _rows(table: Table, part: Part) -> Iterable[tuple[int, int, str]]:
    """Yield where the rows that are one member's alone say so, and what findings call them."""
    own: Mapping[str, str] = {
        row.key: row.question for row in table.block.rows if row.members == (part.member.id,)
    }
    columns = [col for col, key in table.fixed.items() if key in COLUMNS]
    for row, key in table.rows.items():
        if key in own:
            for col in columns:
                yield row, col, table.block.title if own[key] == part.member.id else own[key]


def _said(name: str) -> str:
    return " ".join(name.split()).casefold()
