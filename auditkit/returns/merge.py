"""Returns of colleagues who filled in different sections, made one.

Each section counts as a whole from the return that has most answers in it (among equals the latest). Where
two of them answer the same question differently, or one answers what the one that counts leaves blank, a
finding says so: nothing that was typed disappears.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditkit.definition.model import Audit
from auditkit.definition.wording import listed
from auditkit.returns.answer import Packed, packed
from auditkit.returns.catalogue import completeness
from auditkit.returns.confirmed import UNCONFIRMED
from auditkit.returns.content.across import digests
from auditkit.returns.count import count
from auditkit.returns.extract import Extracted
from auditkit.returns.findings import shown
from auditkit.returns.gist import digest, gist_of
from auditkit.returns.model import Answer, Count, Finding, Return
from auditkit.returns.validate import once_accepted, validate
from auditkit.returns.words import words_for
from auditkit.workbook.known import each, together
from auditkit.workbook.layout import COVER

COVER_TITLE = "the cover"
# Findings about a return as a whole: only the merged one can tell whether they hold. A sheet that one of them
# lacks may be in another; if it is in none, its questions are told as unanswered.
WHOLE = frozenset(entry.code for entry in completeness.ENTRIES) | {"missing-sheets"}

Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Section:
    """A section: which return it counts from, and what every return has in it, in order."""

    title: str
    source: Return
    answers: tuple[tuple[Return, dict[Key, Answer]], ...]

    def of(self, one: Return) -> dict[Key, Answer]:
        """Return what one of the returns has in it."""
        return next(answers for other, answers in self.answers if other is one)


def merged(in_order: Sequence[Return], audit: Audit) -> list[Return]:
    """Make one return of several, section by section.

    Args:
        in_order: Different returns of one recipient, the latest last.
        audit: The definition as narrowed to the recipient.

    Returns:
        The same returns: the latest accepted with the answers that count, each of which says which file it
        comes from if that is another; the others superseded, with a note of what of them counts.
    """
    *earlier, last = in_order
    sections = _sections(in_order, audit)
    answers = tuple(
        answer if section.source is last else answer._replace(file=section.source.file)
        for section in sections
        for answer in section.of(section.source).values()
    )
    parts = (("parts", "; ".join(f"{_titles(sections, one)} from {one.file}" for one in _used(sections))),)
    findings = [Finding("merged-by-section", last.file, data=parts)]
    for section in sections:
        findings += _conflicts(section, last)
        findings += _left_out(section, last)
    for one in in_order:
        findings += _kept(one, sections)
    findings += whole(last.file, answers, audit)
    notes = tuple(note for one in in_order for note in one.notes)
    counted = _counted(in_order, sections)
    content = packed(answers)
    kept = Packed(lambda: content, len(answers))
    made = replace(
        last, answers=kept, texts=_texts(in_order, answers, audit), gist=digest(gist_of(last.file, answers))
    )
    made = replace(made, findings=tuple(findings), notes=notes, counted=counted)
    return [*(_merged_into(one, last, sections) for one in earlier), made]


def _texts(in_order: Sequence[Return], answers: Iterable[Answer], audit: Audit) -> bytes:
    """Return the digests of the texts that count, without those that a pack's members share."""
    found = digests(answers, words_for(audit.checks))
    if any(one.texts is None for one in in_order):
        return found
    own = {digest for one in in_order for digest in each(bytes(one.texts or b""))}
    return together(digest for digest in each(found) if digest in own)


def _counted(in_order: Sequence[Return], sections: list[_Section]) -> Count:
    """Return the count of the cells of all returns without those of answers that don't count."""
    counted = sum((one.counted for one in in_order), Count())
    for section in sections:
        for one, answers in section.answers:
            if one is not section.source:
                counted -= count((answer.sheet, answer.cell) for answer in answers.values())
    return counted


def _sections(in_order: Sequence[Return], audit: Audit) -> list[_Section]:
    covers = [{a.row_key for a in one.answers if a.block == COVER} for one in in_order]
    # A cover that came in parts, as that of a pack does on two sheets, counts from all of them.
    divided = sum(map(bool, covers)) > 1 and sum(map(len, covers)) == len(set().union(*covers))
    fields = [COVER + f.id for f in audit.cover] if divided else []
    titles = dict.fromkeys([COVER, *fields], COVER_TITLE)
    titles |= {section.id: f"“{section.title}”" for section in audit.sections}
    said: list[tuple[Return, dict[str, dict[Key, Answer]]]] = []
    for one in in_order:
        by_block: dict[str, dict[Key, Answer]] = {}
        for a in one.answers:
            block = COVER + a.row_key if divided and COVER + a.row_key in titles else a.block
            titles.setdefault(block, f"“{block}”")  # a section that isn't asked any more
            by_block.setdefault(block, {})[a.block, a.row_key, a.column_key] = a
        said.append((one, by_block))
    found = []
    for block, title in titles.items():
        answers = tuple((one, by_block.get(block, {})) for one, by_block in said)
        # Of equals the last counts, and max keeps the first. What was only carried over is nobody's work.
        source, most = max(reversed(answers), key=lambda pair: (_worked(pair[1].values()), len(pair[1])))
        if most:
            found.append(_Section(title, source, answers))
    return found


def _worked(answers: Iterable[Answer]) -> int:
    return sum(not answer.unconfirmed for answer in answers)


def _conflicts(section: _Section, last: Return) -> list[Finding]:
    """Return a query for each question that they answer differently; the cover is each person's own."""
    if section.title == COVER_TITLE:
        return []
    findings = []
    for key, answer in section.of(section.source).items():
        others = [
            (one, answers[key])
            for one, answers in section.answers
            if key in answers and not is_same(answers[key], answer)
        ]
        if others:
            told = places((one.file, a) for one, a in ((section.source, answer), *others))
            data = (("field", answer.field.label), ("answers", told), ("counts", section.source.file))
            where = (answer.sheet, answer.cell, answer.row_key, shown(answer.typed))
            findings.append(Finding("merge-conflict", last.file, *where, data))
    return findings


def _left_out(section: _Section, last: Return) -> list[Finding]:
    """Return a query for each answer that stands only where its section doesn't count."""
    counted = section.of(section.source)
    return [
        Finding(
            "merge-left-out",
            last.file,
            answer.sheet,
            answer.cell,
            answer.row_key if answer.block != COVER else answer.field.label,
            shown(answer.typed),
            (("other", one.file), ("section", section.title), ("counts", section.source.file)),
        )
        for one, answers in section.answers
        if one is not section.source
        for key, answer in answers.items()
        if key not in counted
    ]


def _kept(one: Return, sections: list[_Section]) -> list[Finding]:
    """Return the findings of a return that still hold: those about sheets whose answers count from it."""
    counted = {a.sheet for s in sections if s.source is one for a in s.of(one).values()}
    dropped = {a.sheet for s in sections if s.source is not one for a in s.of(one).values()} - counted
    kept = [f for f in one.findings if f.sheet not in dropped and (f.code not in WHOLE or f.cell)]
    waiting = any(a.unconfirmed for s in sections if s.source is one for a in s.of(one).values())
    told = [f for f in one.findings if f.code == UNCONFIRMED] if waiting else []
    return [*(f for f in kept if f.code != UNCONFIRMED), *told]


def whole(file: str, answers: tuple[Answer, ...], audit: Audit) -> list[Finding]:
    """Return what is the matter with a return as a whole that was made of several."""
    # Values that were understood stay so, whatever the cell they came from says.
    usable = tuple(a._replace(typed=a.value) if a.value is not None else a for a in answers)
    unclear = frozenset((a.block, a.row_key, a.column_key) for a in answers if a.value is None)
    _, findings = validate(file, Extracted(usable, (), frozenset(), unclear), audit)
    return [f for f in once_accepted(findings) if f.code in WHOLE and not f.cell]


def _merged_into(one: Return, last: Return, sections: list[_Section]) -> Return:
    titles = _titles(sections, one)
    what = f"{titles} counts from this file" if titles else "nothing in it counts: others answer more"
    finding = Finding("merged-into", one.file, data=(("by", last.file), ("what", what)))
    return replace(one, outcome="superseded", findings=(finding,))


def _used(sections: list[_Section]) -> list[Return]:
    """Return the returns that something counts from, in the order of their sections."""
    return list({s.source.file: s.source for s in sections}.values())


def _titles(sections: list[_Section], one: Return) -> str:
    own = list(dict.fromkeys(section.title for section in sections if section.source is one))
    return listed(own, "and") if own else ""


def places(answers: Iterable[tuple[str, Answer]]) -> str:
    """Return answers in words, each with the file and the cell that it stands in."""
    return "; ".join(f"“{shown(a.typed)}” ({file}, {a.sheet}, {a.cell})" for file, a in answers)


def is_same(one: Answer, other: Answer) -> bool:
    """Tell whether two answers say the same."""
    return _said(one) == _said(other)


def _said(answer: Answer) -> object:
    return answer.value if answer.value is not None else answer.typed
