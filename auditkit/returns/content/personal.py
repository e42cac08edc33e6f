"""Details that identify people, in free text: a warning that names the cell, never what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditkit.returns.content.seen import Seen, is_free_text, named, some
from auditkit.returns.details import details, suspects
from auditkit.returns.model import Finding
from auditkit.workbook.layout import COVER

CODES = ("child-details", "contact-details")

CHILD, CONTACT = CODES
KINDS = {
    "a child's name": CHILD,
    "a date of birth": CHILD,
    "an NHS number": CHILD,
    "a unique pupil number": CHILD,
    "an email address": CONTACT,
    "a telephone number": CONTACT,
    "a postcode": CONTACT,
}


def find(seen: Seen) -> Iterator[Finding]:
    """Yield at most two findings: for what may identify a child, and for how somebody can be reached.

    On the cover, where contacts are asked for, only the first is looked for.
    """
    found: dict[str, list[tuple[str, str, str, str]]] = {CHILD: [], CONTACT: []}
    answers = [a for a in seen.answers if a.field.kind != "person"]
    for n in suspects([a.typed for a in answers]):
        a = answers[n]
        for what in details(a.typed, seen.words.not_names):
            code = KINDS[what]
            if code == CHILD or (a.block != COVER and is_free_text(a.field)):
                found[code].append((what, a.sheet, a.cell, named(a)))
    notes = seen.extracted.notes
    for n in suspects([note.text for note in notes]):
        note = notes[n]
        for what in details(note.text, seen.words.not_names):
            found[KINDS[what]].append((what, note.sheet, note.cell, note.question))
    for code, places in found.items():
        if places:
            yield told(code, seen, places)


def told(code: str, seen: Seen, places: Sequence[tuple[str, str, str, str]]) -> Finding:
    """Return one finding about places, each of them what it is, sheet, cell and the name of its row."""
    _, sheet, cell, _ = places[0]
    names = {name for _, _, _, name in places}
    by_kind: dict[str, list[str]] = {}
    for what, where, at, _ in places:
        by_kind.setdefault(what, []).append(f"{where} {at}")
    data = (
        ("places", "; ".join(f"{what} in {some(where)}" for what, where in by_kind.items())),
        ("cells", some(list(dict.fromkeys(f"{where} {at}" for _, where, at, _ in places)))),
    )
    return Finding(code, seen.file, sheet, cell, names.pop() if len(names) == 1 else "", data=data)
