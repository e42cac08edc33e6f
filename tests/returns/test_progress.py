"""Laying progress over a return: whatever comes in whatever order, nothing is lost and nothing made up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Audit
from auditkit.returns.count import count
from auditkit.returns.model import Answer, Return
from auditkit.returns.progress import laid, settled
from auditkit.workbook.layout import COVER
from tests.returns.filled import AUDIT, HEALTH, POLICE

AUDITS: dict[str, Audit] = {r.id: AUDIT.for_recipient(r.row()) for r in (POLICE, HEALTH)}
AS_AT = dt.date(2027, 6, 1)
START = dt.datetime(2027, 1, 1, tzinfo=dt.timezone.utc)
FIELDS = {f.id: f for f in AUDIT.responses}
PLACES = [(q.id, f) for _, q in AUDITS["P1"].questions() for f in FIELDS if q.id.startswith("GOV")]


@st.composite
def returned(draw, file: str, outcome: str) -> Return:
    """Draw a return: some places answered, some of them with what can't be used."""
    answers = []
    for n, (question, field) in enumerate(draw(st.lists(st.sampled_from(PLACES), unique=True))):
        typed = draw(st.sampled_from(["one", "two", "three", "??"]))
        value = None if typed == "??" else typed
        answers.append(Answer("GOV", question, field, FIELDS[field], typed, value, file, f"C{n}"))
    author = next(f for f in AUDIT.cover if f.role == "author")
    cover = Answer(COVER, author.id, "answer", author, f"Author of {file}", file, "About you", "C6")
    saved = START + dt.timedelta(minutes=draw(st.integers(0, 3)))
    cells = count((a.sheet, a.cell) for a in (*answers, cover))
    return Return(
        file, file, outcome, "P1", saved=saved, answers=(*answers, cover), counted=cells, received=START
    )


@st.composite
def rounds(draw) -> list[Return]:
    """Draw an audit's return and a few of progress."""
    several = [draw(returned(f"p{n}", "progress")) for n in range(draw(st.integers(0, 3)))]
    return [draw(returned("audit", "accepted")), *several]


@given(rounds(), st.randoms())
def test_the_order_of_files_makes_no_difference(files: list[Return], chance) -> None:
    shuffled = list(files)
    chance.shuffle(shuffled)
    one, steps = laid(settled(files), AUDITS, AS_AT)
    other, same = laid(settled(shuffled), AUDITS, AS_AT)
    assert {f.file: f for f in one} == {f.file: f for f in other}
    assert steps == same


@given(rounds())
def test_every_usable_answer_holds_now_or_is_in_the_trail(files: list[Return]) -> None:
    after, steps = laid(settled(files), AUDITS, AS_AT)
    now = {(a.row_key, a.column_key): a for a in after[0].answers}
    at = {(a.row_key, a.column_key): a for a in files[0].answers}
    assert after[0].counted == count((a.sheet, a.cell) for a in after[0].answers)
    # Forwards from the start the changes lead to what holds now, each beginning where the last one ended.
    said = {key: a.typed if a.value is None else a.value for key, a in at.items()}
    for step in steps:
        assert said.get((step.question_id, step.field_id)) == step.old != step.new
        assert step.who == f"Author of {step.file}"
        said[step.question_id, step.field_id] = step.new
    assert said == {key: a.typed if a.value is None else a.value for key, a in now.items()}
    # And what was answered last is what holds.
    for one in sorted(files[1:], key=lambda f: (f.saved, f.file)):
        at |= {(a.row_key, a.column_key): a for a in one.answers if a.value is not None and a.block != COVER}
    assert {key: (a.typed, a.value) for key, a in at.items()} == {
        k: (a.typed, a.value) for k, a in now.items()
    }


@given(rounds())
def test_laying_over_nothing_changes_nothing(files: list[Return]) -> None:
    only = [files[0], *(f for f in files[1:] if not any(a.block != COVER and a.value for a in f.answers))]
    after, steps = laid(settled(only), AUDITS, AS_AT)
    assert (after[0], steps) == (files[0], ())
    once, _ = laid(settled(files), AUDITS, AS_AT)
    more, again = laid(settled([once[0], *files[1:][-1:]]), AUDITS, AS_AT)
    if files[1:] and files[-1] == max(files[1:], key=lambda f: (f.saved, f.file)):
        assert (more[0].answers, again) == (once[0].answers, ())
