"""What is each member's own in a pack, such as what it said last time: beside the rows that are its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from auditkit.register import Recipient
from auditkit.workbook.layout import Layout, Row
from auditkit.workbook.own import NOTHING, Colour, Left, Own, Source
from auditkit.workbook.pack import OF, PackAudit

X = TypeVar("X")

# What the first sheet says in place of a sentence for each member.
EACH_ITS_OWN = "What each said then stands beside its own rows."


def digest(pack: PackAudit, source: Source, recipients: Mapping[str, Recipient]) -> str:
    """Return what tells whether what is the members' own is what was issued; not empty.

    Args:
        pack: What the pack asks.
        source: Where that comes from.
        recipients: The register, by id.
    """
    said = "\0".join(source.digest(recipients[member.id]) for member in pack.members)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def together(own: Mapping[str, Own], layout: Layout) -> Own:
    """Return what stands in a pack of what is its members' own.

    Args:
        own: What is each member's, by its id.
        layout: Where everything stands in the pack, with columns for texts if any member has some.

    Returns:
        The texts of each row. Beside one that is answered for several there is only what they all said.
    """
    if not any(one.texts for one in own.values()):
        return replace(NOTHING, about=_same(own))
    texts = {
        (block.id, row.key): _beside(own, block.id, row, len(block.own))
        for block, _ in layout.sections()
        for row in block.rows
    }
    left: dict[str, tuple[Left, ...]] = {}
    colours: dict[str, tuple[Colour, ...]] = {}
    for member, one in own.items():
        for sheet, rows in one.left.items():
            here = (replace(row, ref=f"{row.ref}{OF}{member}") for row in rows)
            left[sheet] = (*left.get(sheet, ()), *here)
        for block_id, some in one.colours.items():
            colours[block_id] = tuple(dict.fromkeys((*colours.get(block_id, ()), *some)))
    label = next(label for one in own.values() for label, _ in one.about)
    return Own(_same(own) or ((label, EACH_ITS_OWN),), texts, left, colours)


def _same(own: Mapping[str, Own]) -> tuple[tuple[str, str], ...]:
    """Return what the first sheet would say of every member, if that is the same of all."""
    return _one(one.about for one in own.values()) or ()


def _beside(own: Mapping[str, Own], block: str, row: Row, columns: int) -> tuple[str, ...]:
    said = (own[member].texts.get((block, row.question)) for member in row.members)
    return _one(texts or ("",) * columns for texts in said) or ("",) * columns


def _one(many: Iterable[tuple[X, ...]]) -> tuple[X, ...] | None:
    """Return what is there, if all are the same."""
    distinct = list(dict.fromkeys(many))
    return distinct[0] if len(distinct) == 1 else None
