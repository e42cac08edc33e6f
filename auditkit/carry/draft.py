"""A draft of a crosswalk: what may be meant, for the officer to decide row by row.

Whatever is proposed is a comment. The place of the decision is left blank, so that nothing counts that the
officer hasn't written: see :mod:`auditkit.carry.checked`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditkit.carry.match import continued, rating_of
from auditkit.carry.theirs import Theirs
from auditkit.definition.crosswalk import Crosswalk, field_here
from auditkit.definition.model import Audit, Field
from auditkit.definition.scale import Scale
from auditkit.fields.plain import as_text, near

# How alike two questions, or two columns, must be before one is proposed for the other, out of 100.
ALIKE_QUESTIONS, ALIKE_COLUMNS = 70, 80
# How many of ours are proposed for one of theirs.
PROPOSED = 3
SHOWN = 150
HEAD = """\
# How answers of the one audit become answers to the other.
#   theirs: {theirs}
#   ours:   {ours}
# Where nothing stands behind a colon, the line waits for you. What is said above it to be alike is alike in
# words, and words can mislead. Read both. If one of ours is meant, write its id behind the colon; if none
# is, delete the line. As long as a line waits, nothing is carried. In the end, write your name here:
checked_by:
"""


def draft(theirs: Theirs, ours: Audit) -> str:
    """Return a crosswalk as YAML, with what may be meant.

    Args:
        theirs: The other partnership's workbook.
        ours: What its recipient is asked here.
    """
    lines = [HEAD.format(theirs=_shown(theirs.source), ours=_shown(ours.title))]
    columns = _columns(theirs, ours)
    # The best proposals are only believed for proposing more: which words are ratings.
    walk = Crosswalk(fields={there: here[0] for there, (here, _) in columns.items() if here})
    lines += _listing("questions", _question_lines(theirs, ours))
    lines += _listing("fields", _column_lines(columns, ours))
    lines += _listing("points", _point_lines(theirs, ours, walk))
    return "\n".join(lines) + "\n"


def _listing(name: str, lines: Iterable[str]) -> list[str]:
    """Return a setting with its lines; one of nothing but comments would be no setting."""
    found = list(lines)
    is_said = any(not line.lstrip().startswith("#") for line in found)
    return [f"{name}:" if is_said else f"# {name}:", *found, ""] if found else []


def _question_lines(theirs: Theirs, ours: Audit) -> Iterator[str]:
    """Yield a line for each question of theirs that was answered, below those of ours that are alike."""
    from rapidfuzz import fuzz, process

    certain = list(continued(theirs, ours, Crosswalk()))
    known = {was for _, _, ids in certain for was in ids}
    taken = {question.id for question, _, _ in certain}
    open_ = {q.id: q.text for _, q in ours.questions() if q.id not in taken}
    if known:
        yield f"  # Certain, since id and wording are the same: {', '.join(sorted(known))}"
    for _, question in theirs.audit.questions():
        if question.id not in theirs.answers or question.id in known:
            continue
        alike = process.extract(
            question.text,
            open_,
            scorer=fuzz.token_sort_ratio,
            processor=str.casefold,
            score_cutoff=ALIKE_QUESTIONS,
            limit=PROPOSED,
        )
        yield f"  # Theirs, {question.id}: {_shown(question.text)}"
        for text, score, here in alike:
            yield f"  # Ours, {here}, {score:.0f}% alike: {_shown(text)}"
        if not alike:
            yield "  # Nothing of ours is alike. If you know better, write our id and take away the #."
        yield f"  {'' if alike else '# '}- {{was: {question.id}, id: }}"


def _columns(theirs: Theirs, ours: Audit) -> Mapping[str, tuple[Sequence[str], Field]]:
    """Return the columns of theirs whose id ours hasn't, with those of ours that each may be, the best first.

    What has the same id is certain, and stands first and alone.
    """
    from rapidfuzz import fuzz, process

    here = _responses(ours)
    there = {f.id: f for section in theirs.audit.sections for f in section.responses}
    labels = {key: field.label for key, field in here.items() if key not in there}
    found: dict[str, tuple[Sequence[str], Field]] = {}
    for key, field in there.items():
        alike = process.extract(
            *(field.label, labels),
            scorer=fuzz.WRatio,
            processor=str.casefold,
            score_cutoff=ALIKE_COLUMNS,
            limit=PROPOSED,
        )
        found[key] = ((key,) if key in here else tuple(own for *_, own in alike), field)
    return found


def _column_lines(columns: Mapping[str, tuple[Sequence[str], Field]], ours: Audit) -> Iterator[str]:
    open_ = {there: said for there, said in columns.items() if said[0] != (there,)}
    if certain := [there for there in columns if there not in open_]:
        yield f"  # Certain, since the ids are the same: {', '.join(certain)}"
    if open_:
        for key, field in _responses(ours).items():
            yield f"  # Ours: {key}, {_shown(field.label)}"
    for there, (here, field) in open_.items():
        yield f"  # Theirs: {_shown(field.label)}{_alike(here)}"
        yield f"  {there}:"


def _point_lines(theirs: Theirs, ours: Audit, walk: Crosswalk) -> Iterator[str]:
    """Yield, by each scale of ours, the ratings that were given there, and what each may be here."""
    for scale, words in _rated(theirs, ours, walk).items():
        yield f"  {scale.id}:"
        for point in scale.points:
            yield f"    # Ours: {point.id}, {_shown(f'{point.text} {point.meaning}')}"
        by_label = {point.label: point.id for point in scale.points}
        for word in words:
            label = near(word, by_label)
            yield f"    # Theirs: {_shown(word)}{_alike([by_label[label]] if label else ())}"
            yield f"    {json.dumps(word, ensure_ascii=False)}:"


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


def _responses(ours: Audit) -> Mapping[str, Field]:
    return {f.id: f for section in ours.sections for f in ours.responses_of(section)}


def _alike(here: Sequence[str]) -> str:
    return f". Alike: {', '.join(here)}" if here else ""


def _shown(text: str) -> str:
    """Return a stranger's text as a comment can hold it: on one line, printable, not too long."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
