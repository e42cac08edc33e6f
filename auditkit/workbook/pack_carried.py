"""What was carried over into a pack: answers to the questions that are answered once for all in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditkit.definition.model import Audit
from auditkit.workbook.carried import CARRIED_ID, Carried, added, sections_of, with_column
from auditkit.workbook.layout import CARRIED_FROM, Column, Layout
from auditkit.workbook.own import Own
from auditkit.workbook.pack import PackAudit, is_shared, narrowed


def shared_of(pack: PackAudit) -> Audit:
    """Return what a pack asks once for all who are asked it."""
    asked = {s.id: [q.id for q in s.questions if is_shared(s, q)] for s in pack.audit.sections}
    return narrowed(pack.audit, asked)


def confirming(pack: PackAudit, sections: Collection[str]) -> PackAudit:
    """Return a pack that asks, in these sections, whether what was carried over still holds."""
    members = (replace(member, audit=with_column(member.audit, sections)) for member in pack.members)
    return replace(pack, audit=with_column(pack.audit, sections), members=tuple(members))


def with_carried(pack: PackAudit, carried: Carried | None) -> PackAudit:
    """Return a pack that asks whether what was carried over into it still holds."""
    sections = sections_of(shared_of(pack), carried)
    return confirming(pack, sections) if sections else pack


def sections_confirmed(audit: Audit) -> list[str]:
    """Return the sections in which an audit asks whether what was carried over still holds."""
    return [s.id for s in audit.sections if any(f.id == CARRIED_ID for f in audit.responses_of(s))]


def columns(pack: PackAudit) -> tuple[Column, ...]:
    """Return the columns that say in a pack from where something was carried, if anything was."""
    return (CARRIED_FROM,) if sections_confirmed(pack.audit) else ()


def together(own: Own, carried: Carried | None, pack: PackAudit, layout: Layout) -> Own:
    """Return what stands in a pack of what is its members' own, with what was carried over into it.

    Args:
        own: What it is without.
        carried: What was carried over.
        pack: What the pack asks, with whether that still holds.
        layout: Where everything stands in it, with a column for where that comes from.
    """
    if carried is None or not sections_confirmed(pack.audit):
        return own
    # Nothing was carried to a row that each answers for itself.
    blocks = [block for block, _ in layout.sections()]
    blank = {(block.id, key): ("",) * len(block.own) for block in blocks for key in block.row_keys}
    found = added(own, carried, shared_of(pack))
    asked = set(sections_confirmed(pack.audit))
    beside = {
        key: (*texts, "") if key[0] in asked and len(texts) < len(blank[key]) else texts
        for key, texts in found.texts.items()
    }
    return replace(found, texts={**blank, **beside})
