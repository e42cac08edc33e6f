"""A draft of a crosswalk: what may be meant, for the officer to check. Nothing of it counts until then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditkit.carry.checked import NOBODY
from auditkit.carry.match import continued, rating_of
from auditkit.carry.theirs import Theirs
from auditkit.definition.crosswalk import Crosswalk, field_here
from auditkit.definition.model import Audit, Field
from auditkit.definition.scale import Scale
from auditkit.fields.plain import as_text, near

CHOOSE = "CHOOSE"
# How alike two questions, or two columns, must be before one is proposed for the other, out of 100.
ALIKE_QUESTIONS, ALIKE_COLUMNS = 70, 80
SHOWN = 150
HEAD = """\
# How answers of the one audit become answers to the other. It was drafted by how alike the words are, so
# read every line: correct those that are wrong, or delete them. Put a name of ours for each {choose}, or
# delete the line. Then write your name behind checked_by.
#   theirs: {theirs}
#   ours:   {ours}
checked_by: {nobody}
"""


def draft(theirs: Theirs, ours: Audit) -> str:
    """Return a crosswalk as YAML, with what may be meant.

    Args:
        theirs: The other partnership's workbook.
        ours: What its recipient is asked here.
    """
    lines = [HEAD.format(theirs=_shown(theirs.source), ours=_shown(ours.title), nobody=NOBODY, choose=CHOOSE)]
    fields = _fields(theirs, ours)
    walk = Crosswalk(fields={there: here for there, (here, _) in fields.items() if here})
    lines += _listing("questions", _questions(theirs, ours))
    lines += _listing("fields", _field_lines(fields))
    lines += _listing("points", _point_lines(theirs, ours, walk))
    return "\n".join(lines) + "\n"


def _listing(name: str, lines: Iterable[str]) -> list[str]:
    """Return a setting with its lines; one of nothing but comments would be no setting."""
    found = list(lines)
    is_said = any(not line.lstrip().startswith("#") for line in found)
    return [f"{name}:" if is_said else f"# {name}:", *found, ""] if found else []


def _questions(theirs: Theirs, ours: Audit) -> Iterator[str]:
    """Yield a link for each question of theirs that was answered and reads much like one of ours."""
    from rapidfuzz import fuzz, process

    known = {was for _, _, ids in continued(theirs, ours, Crosswalk()) for was in ids}
    taken = {question.id for question, _, _ in continued(theirs, ours, Crosswalk())}
    open_ = {q.id: q.text for _, q in ours.questions() if q.id not in taken}
    asked = {
        q.id: q.text for _, q in theirs.audit.questions() if q.id in theirs.answers and q.id not in known
    }
    pairs = []
    for was, text in asked.items():
        for _, score, here in process.extract(
            text, open_, scorer=fuzz.token_sort_ratio, processor=str.casefold, score_cutoff=ALIKE_QUESTIONS
        ):
            pairs.append((score, was, here))
    found: dict[str, tuple[str, float]] = {}
    for score, was, here in sorted(pairs, key=lambda pair: -pair[0]):
        if here not in found and was not in {other for other, _ in found.values()}:
            found[here] = (was, score)
    for here, (was, score) in found.items():
        yield f"  # {score:.0f}% alike. Theirs: {_shown(asked[was])}"
        yield f"  #             Ours:   {_shown(open_[here])}"
        yield f"  - {{id: {here}, was: {was}}}"
    for was, text in asked.items():
        if was not in {other for other, _ in found.values()}:
            yield f"  # Nothing alike: {was}, {_shown(text)}"
            yield f"  # - {{id: {CHOOSE}, was: {was}}}"


def _fields(theirs: Theirs, ours: Audit) -> Mapping[str, tuple[str, Field]]:
    """Return the columns of theirs with the one of ours that each may be; empty if none is alike."""
    from rapidfuzz import fuzz, process

    here = {f.id: f for section in ours.sections for f in ours.responses_of(section)}
    there = {f.id: f for section in theirs.audit.sections for f in section.responses}
    found = {key: (key, field) for key, field in there.items() if key in here}
    labels = {key: field.label for key, field in here.items() if key not in found}
    for key, field in there.items():
        if key not in found:
            best = process.extractOne(
                field.label, labels, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=ALIKE_COLUMNS
            )
            found[key] = (best[2] if best else "", field)
            if best:
                del labels[best[2]]
    return found


def _field_lines(fields: Mapping[str, tuple[str, Field]]) -> Iterator[str]:
    for there, (here, field) in fields.items():
        if not here:
            yield f"  {there}: {CHOOSE}   # theirs: {_shown(field.label)}"
        elif there != here:
            yield f"  {there}: {here}   # theirs: {_shown(field.label)}"


def _point_lines(theirs: Theirs, ours: Audit, walk: Crosswalk) -> Iterator[str]:
    """Yield, by each scale of ours, the ratings that were given there, and what each may be here."""
    for scale, words in _rated(theirs, ours, walk).items():
        chosen = {word: near(word, (point.label for point in scale.points)) for word in words}
        yield f"  {scale.id}:"
        yield from (f"    {line}" for line in _points(scale, chosen))


def _points(scale: Scale, chosen: Mapping[str, str | None]) -> Iterator[str]:
    for point in scale.points:
        yield f"# ours: {point.id}, {_shown(f'{point.text} {point.meaning}')}"
    for word, label in chosen.items():
        point_id = next((point.id for point in scale.points if point.label == label), CHOOSE)
        yield f"{json.dumps(word, ensure_ascii=False)}: {point_id}"


def _rated(theirs: Theirs, ours: Audit, walk: Crosswalk) -> Mapping[Scale, Sequence[str]]:
    """Return the words with which questions were rated there, by the scale that they would be on here."""
    columns = {
        field.id: ours.scale(field.scale)
        for section in ours.sections
        if (field := rating_of(ours.responses_of(section))) is not None
    }
    found: dict[Scale, list[str]] = {}
    for said in theirs.answers.values():
        for column, typed in said.items():
            scale = columns.get(field_here(column, walk))
            word = " ".join(filter(str.isprintable, as_text(typed).split()))[:SHOWN]
            if scale is not None and word and word not in found.setdefault(scale, []):
                found[scale].append(word)
    return found


def _shown(text: str) -> str:
    """Return a stranger's text as a comment can hold it: on one line, printable, not too long."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
