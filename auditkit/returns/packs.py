"""A pack that came back, read: one workbook for several recipients, as the return of each of them.

The file is read once, by its own keys. Each recipient's part of it is then made the return that a workbook
of their own would have given: what is shared counts for everybody who is asked it. A part is named after the
file and the recipient's id, as if it lay in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from auditkit.definition.model import Audit
from auditkit.fields.plain import as_text
from auditkit.returns import form, versions
from auditkit.returns.basis import Basis
from auditkit.returns.blocks import Table, tables
from auditkit.returns.count import answer_cells
from auditkit.returns.extract import Extracted, Key, extract, gathered
from auditkit.returns.identify import proposed, version
from auditkit.returns.model import Answer, Finding, Note, Parts, Return
from auditkit.returns.notes import notes
from auditkit.returns.returned import Opened, Taken, contained, proposal_for, returned
from auditkit.returns.sheets import Mark
from auditkit.returns.validate import BLANK
from auditkit.returns.whose import misnamed
from auditkit.workbook.known import NOTHING_KNOWN, each
from auditkit.workbook.layout import ANSWER, COVER, Layout
from auditkit.workbook.pack import EACH, PackAudit, Part, layout_of, parts_of
from auditkit.workbook.pack_carried import sections_confirmed

# How many rows below a mark are looked at, to tell what it is the mark of.
LOOKED_AT = 50


@dataclass(frozen=True)
class Found:
    """What was found in the file of a pack: its tables, the marks of none, and what stands beside answers."""

    tables: tuple[Table, ...]
    strange: tuple[Mark, ...]
    beside: tuple[tuple[Note, ...], tuple[Finding, ...]]


def read(
    opened: Opened, pack: PackAudit, asked: Mapping[str, Audit], basis: Basis, *, issued: bool
) -> Return | Parts:
    """Read a pack.

    Args:
        opened: Its workbook.
        pack: What it asks.
        asked: What each recipient is asked now, by id.
        basis: What returns are read by.
        issued: Whether ``pack`` is what just this workbook asked; else it is what packs ask now.

    Returns:
        A part for each of its members; one return for all of it, held, if it can't be told whose it is, or if
        nothing at all is filled in.
    """
    layout = layout_of(pack)
    if not opened.identified.accepted:
        return _held(opened, layout, basis)
    found, strange = tables(layout, opened.marks)
    file, sheets = opened.incoming.file, opened.workbook.sheets
    all_ = Found(found, strange, notes(file, sheets, found, opened.marks, _shown(pack, basis)))
    candidates = [*basis.addressees, *(r for r in basis.recipients if r.id not in pack.by_id)]
    names = {r.id: r.name for r in basis.recipients if r.id in pack.by_id}
    over = carried_into(opened, basis) if sections_confirmed(pack.audit) else {}
    there: list[Return] = []
    gone: list[Return] = []
    for part in parts_of(pack, layout):
        whose = basis.successors.get(part.member.id, part.member.id)
        # Who goes on as another of the pack has a part there already.
        if whose in asked and (whose == part.member.id or whose not in pack.by_id):
            own = _of_part(opened, part, misnamed(_name(opened, part), found, part, names))
            taken = _taken(own, all_, part, (whose, asked[whose]), "" if issued else layout.digest)
            taken = replace(taken, carried=over)
            there.append(returned(own, taken, basis, candidates))
        else:
            gone.append(_left(opened, part))
    blank = [[finding.code for finding in part.findings if finding.code in BLANK] for part in there]
    if there and all(blank):
        # Of what was carried over and nobody has confirmed there is something to say.
        code = max(code for codes in blank for code in codes)
        return _whole(opened, (*opened.identified.findings, Finding(code, file)))
    return Parts((*there, *gone))


def carried_into(opened: Opened, basis: Basis) -> Mapping[str, tuple[str, ...]]:
    """Return the digests of what was carried over into a pack, by question."""
    identified = opened.identified
    key = identified.identity.recipient_id if identified.identity else identified.recipient_id
    return basis.known.get(key, NOTHING_KNOWN).carried


def _shown(pack: PackAudit, basis: Basis) -> frozenset[bytes] | None:
    """Return the digests of the texts that members were shown as their own, None if that isn't known."""
    ids = {key for member in pack.by_id for key in (member, basis.successors.get(member, member))}
    known = [basis.known[key].shown for key in ids if key in basis.known]
    return frozenset(digest for digests in known for digest in each(digests)) if known else None


def is_of_one(mark: Mark) -> bool:
    """Tell whether a mark is in a pack: of the sheet that each has, or of rows that say whose they are."""
    if mark.name == EACH:
        return True
    below = mark.sheet.rows[mark.row + 1 : mark.row + 1 + LOOKED_AT]
    cells = (row[mark.col] for row in below if mark.col < len(row))
    return any(form.is_of_one(as_text(cell)) for cell in cells)


def _held(opened: Opened, layout: Layout, basis: Basis) -> Return:
    """Return a pack of which it isn't certain whose it is; a decision is about all of it."""
    extracted = extract(opened.incoming.file, opened.marks, layout, opened.workbook.sheets)
    proposal = proposal_for(opened, extracted.answers, basis, basis.addressees)
    said = proposed(opened.identified.findings, proposal)
    return replace(_whole(opened, said), answers=extracted.answers)


def _whole(opened: Opened, findings: tuple[Finding, ...]) -> Return:
    identified, incoming, workbook = opened.identified, opened.incoming, opened.workbook
    return Return(
        incoming.file,
        "",
        "held",
        identified.recipient_id,
        identified.identity,
        workbook.saved,
        findings=(*findings, *contained(incoming.file, workbook)),
        received=incoming.received,
        pack=incoming.file,
    )


def _of_part(opened: Opened, part: Part, more: tuple[Finding, ...]) -> Opened:
    """Return the same workbook, with what is known of whose it is as findings on this part of it."""
    findings = tuple(replace(f, file=_name(opened, part)) for f in opened.identified.findings)
    return replace(opened, identified=replace(opened.identified, findings=(*findings, *more)))


def _left(opened: Opened, part: Part) -> Return:
    """Return the part of somebody who isn't in the register any more: listed, and nobody's."""
    file = _name(opened, part)
    finding = Finding("pack-member-left", file, data=(("recipient", part.member.id),))
    identity = opened.identified.identity
    pack = opened.incoming.file
    return Return(file, "", "passed over", part.member.id, identity, findings=(finding,), pack=pack)


def _taken(opened: Opened, found: Found, part: Part, now: tuple[str, Audit], digest: str) -> Taken:
    """Return what is a member's, who has this id and is asked this ``now``.

    ``digest`` is of the present layout, if what the pack asked isn't known.
    """
    whose, asked = now
    file, own, identity = _name(opened, part), part.member.audit, opened.identified.identity
    said: tuple[Finding, ...] = ()
    if identity is not None and digest:
        said = version(file, identity, asked.edition, digest)
    elif identity is not None:
        said = versions.lacking(file, identity, own, asked)
    return Taken(
        file,
        whose,
        own,
        asked,
        _extracted(file, found, part),
        answer_cells(opened.marks, part.in_file),
        said,
        _shared(part),
        pack=opened.incoming.file,
    )


def _name(opened: Opened, part: Part) -> str:
    return f"{opened.incoming.file}/{part.member.id}"


def _shared(part: Part) -> frozenset[str]:
    """Return the questions that were answered for this member and others together."""
    blocks = (block for block, _ in part.in_file.sections())
    rows = (row for block in blocks for row in block.rows if part.member.id in row.members)
    return frozenset(row.question for row in rows if len(row.members) > 1)


def _extracted(file: str, found: Found, part: Part) -> Extracted:
    """Return a member's answers under the keys that a workbook of their own has for them."""
    keys = {
        block.id: {row.key: row.question for row in block.rows if part.member.id in row.members}
        for block in part.in_file.blocks
    }
    own = tuple(_own(table, part.view, keys[table.block.id]) for table in found.tables)
    kept, left = found.beside
    beside = tuple(_notes(file, kept, part)), tuple(replace(finding, file=file) for finding in left)
    shown = tuple(table for table in own if table is not None)
    taken = gathered(file, shown, found.strange, part.view, beside)
    answers = [_on_cover(answer) for answer in taken.answers]
    cover = {field.id: n for n, field in enumerate(part.member.audit.cover)}
    answers.sort(key=lambda a: cover.get(a.row_key, len(cover)) if a.block == COVER else len(cover))
    fields = [slot.column_key for block in part.view.blocks if block.id == EACH for slot in block.slots]
    missing = {
        pair
        for block, row in taken.missing
        for pair in ([(COVER, field) for field in fields] if block == EACH else [(block, row)])
    }
    return replace(
        taken,
        answers=tuple(answers),
        missing=frozenset(missing),
        contradicted=frozenset(map(_key_on_cover, taken.contradicted)),
    )


def _own(table: Table, view: Layout, keys: Mapping[str, str]) -> Table | None:
    """Return a table with the rows of one member only, None if there are none for them."""
    block = view.by_id.get(table.block.id)
    if block is None:
        return None
    if not table.block.rows:  # the cover is everybody's
        return table
    rows = {row: keys[key] for row, key in table.rows.items() if key in keys}
    return replace(table, block=block, rows=rows)


def _notes(file: str, kept: tuple[Note, ...], part: Part) -> Iterator[Note]:
    """Yield the notes that are a member's: those in rows of theirs, and those in nobody's."""
    rows = {row.key: row for block in part.in_file.blocks for row in block.rows}
    for note in kept:
        row = rows.get(note.question)
        if row is None or part.member.id in row.members:
            question = note.question if row is None else row.question
            yield replace(note, file=file, question="" if question == part.member.id else question)


def _on_cover(answer: Answer) -> Answer:
    if answer.block != EACH:
        return answer
    return answer._replace(block=COVER, row_key=answer.column_key, column_key=ANSWER)


def _key_on_cover(key: Key) -> Key:
    return (COVER, key[2], ANSWER) if key[0] == EACH else key
