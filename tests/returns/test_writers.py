"""Any answers, whoever wrote the file: each comes back as it was typed, at its own question, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditkit.definition.model import Field
from auditkit.demo.fill import fill
from auditkit.fields import kind_of
from auditkit.round import Settings
from auditkit.workbook.book import Issue
from auditkit.workbook.layout import COVER
from auditkit.workbook.protection import Lock
from auditkit.workbook.stencil import Stencils
from tests.returns.filled import AUDIT, GREEN, POLICE, Answers, grids, identity_of, layout_of, saved, values

SETTINGS = Settings(
    id="s11-2026",
    title="Section 11",
    partnership="Northmoor Safeguarding Children Partnership",
    contact_name="Harriet Osei-Langley",
    contact_email="audits@northmoor.example",
    deadline=dt.date(2026, 12, 11),
    password="fell-lantern",
)
OWN = AUDIT.for_recipient(POLICE.row())
LAYOUT = layout_of(POLICE)
ISSUED = Stencils(Lock("aGFzaA==", "c2FsdA==")).workbook(
    Issue(SETTINGS, OWN, POLICE, LAYOUT, identity_of(POLICE))
)


@dataclass(frozen=True)
class Writer:
    """Who writes a workbook, and what it can't hold: ``loses`` finds what comes out of it as something else."""

    write: Callable[[Answers], bytes]
    loses: str


# A spelling such as _x000D_ stands for a character in a workbook; XlsxWriter alone spells it out when it is meant.
WRITERS = {
    # XlsxWriter takes text in <r> for its own markup, and our factory what begins with {= for a formula.
    "xlsxwriter": Writer(lambda answers: saved(grids(answers, POLICE)), r"(?s)^\{=|^<r>.*</r>$"),
    "openpyxl": Writer(
        lambda answers: saved(grids(answers, POLICE), "openpyxl"), r"_x[0-9A-Fa-f]{4}_|[\0-\x08\x0b-\x1f]"
    ),
    "by hand": Writer(
        lambda answers: fill(ISSUED, LAYOUT, answers, dt.datetime(2026, 12, 1, 9)),
        r"_x[0-9A-Fa-f]{4}_|[\0-\x08\x0b\x0c\x0e-\x1f]",
    ),
}
PIECES = (
    "auditkit:GOV",
    "auditkit::identity",
    "GOV-1",
    "rating",
    "Ref",
    "=1+1",
    "'",
    "007",
    "1/2",
    "31/03/2027",
    "TRUE",
    "#N/A",
    "_x000D_",
    "&amp;",
    "<b>",
    "]]>",
    "<r>",
    "</r>",
    "{=1}",
    " ",
    "\t",
    "\n",
    "\r",
    "\x0b",
    "e\u0301",
    "👩‍👧‍👦",
    "\u202e",
    "مركز",
)
# Neither XML nor Python's own files hold half a surrogate pair, and no XML the two that are no characters.
TEXTS = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60
    ),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
).filter(lambda text: not text.isspace())


def typed(field: Field) -> st.SearchStrategy:
    """Return what may be typed into a field."""
    choices = kind_of(field).choices(field, OWN)
    return {
        "date": st.dates(dt.date(1900, 3, 1)),
        "whole_number": st.integers(0, 500),
        "percent": st.integers(0, 10_000).map(lambda n: n / 10_000),
    }.get(field.kind, st.sampled_from(choices) if choices else TEXTS)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        (block.id, slot.row_key, slot.column_key): typed(slot.field)
        for block in LAYOUT.blocks
        for slot in block.slots
    },
)


def test_every_kind_of_answer_is_written() -> None:
    kinds = {slot.field.kind for block in LAYOUT.blocks for slot in block.slots}
    assert kinds == {"rating", "text", "date", "person", "yes_no", "whole_number", "percent"}


@pytest.mark.parametrize("writer", WRITERS)
@given(answers=ANSWERS)
@example(answers={(COVER, "author", "answer"): "auditkit:GOV", ("GOV", "GOV-1", "rating"): GREEN})
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answers_come_back_as_they_were_typed(read, writer: str, answers: Answers) -> None:
    one = WRITERS[writer]
    kept = {
        key: value
        for key, value in answers.items()
        if not (isinstance(value, str) and re.search(one.loses, value))
    }
    found = read(one.write(kept))
    assert found.identity == identity_of(POLICE)
    assert values(found) == kept
