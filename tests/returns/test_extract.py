from __future__ import annotations

import copy
import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.returns.count import answer_cells
from auditkit.returns.extract import extract
from auditkit.returns.findings import said
from auditkit.returns.sheets import marks
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import COVER, FIRST_ROW, HEADER_ROW, KEY_ROW
from tests.returns.filled import (
    AMBER,
    AUDIT,
    COMPLETE,
    GREEN,
    POLICE,
    RED,
    as_sheets,
    codes,
    grids,
    layout_of,
    sheets,
)

ANSWERS = {
    **COMPLETE,
    ("GOV", "GOV-1", "evidence"): "Minutes of 3 May",
    ("GOV", "GOV-2", "action"): "Appoint a lead",
    ("GOV", "GOV-2", "due"): dt.date(2027, 3, 1),
    ("NUM", "NUM-1", "share"): 0.85,
    ("NUM", "NUM-2", "words"): "rating",
}
GOV, NUM, ABOUT = "1 Governance", "2 Numbers", "About you"


def typed(cells) -> dict:
    """Return what is read, once it is sure that the second count finds the same cells."""
    marked = marks(as_sheets(cells))
    found = extract("a.xlsx", marked, layout_of())
    read = [place for a in found.answers for place in ((a.sheet, a.cell), *a.also)]
    assert sorted(answer_cells(marked, layout_of())) == sorted(read)
    return {(a.block, a.row_key, a.column_key): a.typed for a in found.answers}


def found_in(cells) -> list[str]:
    return codes(extract("a.xlsx", marks(as_sheets(cells)), layout_of()).findings)


def test_answers_are_read_by_key_with_their_place() -> None:
    found = extract("a.xlsx", marks(sheets(grids(ANSWERS))), layout_of())
    assert {(a.block, a.row_key, a.column_key): a.typed for a in found.answers} == ANSWERS
    assert found.findings == ()
    assert found.missing == frozenset()
    assert found.contradicted == frozenset()
    first = next(a for a in found.answers if a.row_key == "GOV-2" and a.column_key == "action")
    assert (first.sheet, first.cell, first.field.label, first.value) == (GOV, "E7", "Action", None)


def shuffled(cells, order: random.Random):
    """Move everything that may move: sheets, their names, rows, columns; insert blank ones."""
    moved = [(f"Sheet{n}", copy.deepcopy(rows)) for n, rows in enumerate(cells.values())]
    order.shuffle(moved)
    for _, rows in moved:
        width = max(len(row) for row in rows)
        for row in rows:
            row += [None] * (width - len(row))
        if not any("auditkit::identity" in row for row in rows) and len(rows) > KEY_ROW:
            head, body = rows[: HEADER_ROW + 1], rows[HEADER_ROW + 1 :]
            body += [[None] * width for _ in range(order.randrange(3))]
            order.shuffle(body)
            for _ in range(order.randrange(3)):
                head.insert(order.randrange(len(head) + 1), [None] * width)
            columns = list(range(width)) + [None] * order.randrange(3)
            order.shuffle(columns)
            rows[:] = [[None if c is None else row[c] for c in columns] for row in head + body]
    return dict(moved)


@given(st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_no_permutation_of_sheets_rows_and_columns_moves_an_answer(order: random.Random) -> None:
    cells = shuffled(grids(ANSWERS), order)
    assert typed(cells) == ANSWERS
    assert found_in(cells) == []


@given(
    st.dictionaries(
        st.sampled_from([(s.row_key, s.column_key) for s in layout_of().by_id["GOV"].slots]),
        st.text(
            st.characters(
                exclude_categories=("Cs", "Cc"), include_characters="\n\t", exclude_characters="\ufffe\uffff"
            ),
            min_size=1,
            max_size=80,
        ).filter(lambda text: not text.isspace()),
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_equal(texts: dict) -> None:
    answers = {("GOV", *key): text for key, text in texts.items()}
    found = extract("a.xlsx", marks(sheets(grids(answers))), layout_of())
    assert {(a.block, a.row_key, a.column_key): a.typed for a in found.answers} == answers


def test_a_key_row_sorted_among_the_questions_still_counts() -> None:
    cells = grids(ANSWERS)
    key_row = cells[GOV].pop(KEY_ROW)
    cells[GOV].insert(FIRST_ROW, key_row)
    assert typed(cells) == ANSWERS


def test_spaces_are_no_answer_and_marks_typed_as_answers_are() -> None:
    answers = {
        **ANSWERS,
        ("GOV", "GOV-1", "evidence"): "auditkit:GOV",
        ("GOV", "GOV-1", "action"): "auditkit:x",
    }
    assert typed(grids({**answers, ("GOV", "GOV-2", "evidence"): " \n "})) == answers
    assert found_in(grids(answers)) == []


def test_two_tables_on_one_sheet_are_told_apart() -> None:
    cells = grids(ANSWERS)
    below = cells.pop(NUM)
    cells[GOV] += [[], *below]
    assert typed(cells) == ANSWERS
    cells = grids(ANSWERS)
    beside, width = cells.pop(NUM), len(cells[GOV][0])
    for row, more in zip(cells[GOV], beside, strict=True):
        row += [None] * (width - len(row)) + more
    assert typed(cells) == ANSWERS


def test_sheets_that_have_gone_are_listed_once() -> None:
    cells = grids(ANSWERS)
    del cells[GOV], cells[ABOUT]
    found = extract("a.xlsx", marks(as_sheets(cells)), layout_of())
    assert codes(found.findings) == ["missing-sheets"]
    assert "About you and sign-off; 1  Governance" in said(found.findings[0]).happened
    assert (COVER, "author") in found.missing
    assert ("GOV", "GOV-1") in found.missing


def test_rows_and_columns_that_have_gone_are_listed() -> None:
    cells = grids(ANSWERS)
    del cells[ABOUT][FIRST_ROW]
    del cells[GOV][FIRST_ROW]
    for row in cells[GOV]:
        del row[3]
    found = extract("a.xlsx", marks(as_sheets(cells)), layout_of())
    assert codes(found.findings) == ["missing-rows", "missing-rows", "missing-columns"]
    happened = [said(f).happened for f in found.findings]
    assert "Completed by" in happened[0]
    assert "GOV-1" in happened[1]
    assert "Evidence" in happened[2]
    assert found.missing == {(COVER, "author"), ("GOV", "GOV-1")}


def test_what_was_typed_under_a_strange_reference_is_shown() -> None:
    cells = grids(ANSWERS)
    cells[GOV][FIRST_ROW][0] = "GOV-9"
    cells[GOV].append([None, None, None, "and another thing"])
    cells[GOV][KEY_ROW][4] = "deed"
    found = extract("a.xlsx", marks(as_sheets(cells)), layout_of()).findings
    assert codes(found) == [
        "missing-rows",
        "missing-columns",
        "unknown-row",
        "unknown-row",
        "unkeyed-row",
        "unknown-column",
    ]
    assert [(f.cell, f.value) for f in found[2:]] == [
        ("C6", GREEN),
        ("D6", "Minutes of 3 May"),
        ("D8", "and another thing"),
        ("E7", ""),
    ]


def test_strange_rows_and_columns_without_answers_are_nobodys_business() -> None:
    cells = grids(ANSWERS)
    cells[GOV][KEY_ROW].append("more")
    cells[GOV].append(["Notes", "typed by nobody"])
    assert found_in(cells) == []


def test_what_was_typed_like_a_mark_is_not_shown() -> None:
    cells = grids(ANSWERS)
    cells[GOV].append([None, None, "auditkit: pupil called Jayden"])
    found = extract("a.xlsx", marks(as_sheets(cells)), layout_of()).findings
    assert "unknown-sheet" in codes(found)
    assert "Jayden" not in repr(found)


def test_a_sheet_that_is_not_asked_of_this_recipient_is_named() -> None:
    cells = grids(ANSWERS)
    theirs = layout_for(AUDIT.for_recipient(POLICE.row())).by_id["POL"].sheet
    cells[theirs] = grids({("POL", "POL-1", "mark"): 50}, POLICE)[theirs]
    found = extract("a.xlsx", marks(as_sheets(cells)), layout_of())
    assert codes(found.findings) == ["unknown-sheet"]
    assert "“POL”" in said(found.findings[0]).happened


@pytest.mark.parametrize("blank", [True, False])
def test_a_copied_sheet_that_agrees_counts_once(blank: bool) -> None:
    cells = grids(ANSWERS)
    copied = copy.deepcopy(cells[GOV])
    if blank:
        for row in copied[FIRST_ROW:]:
            row[2:] = [None] * (len(row) - 2)
    cells["Copy"] = copied
    found = extract("a.xlsx", marks(as_sheets(cells)), layout_of())
    assert typed(cells) == ANSWERS
    assert codes(found.findings) == ["key-twice"]
    assert "GOV-1 and GOV-2" in said(found.findings[0]).happened
    evidence = next(a for a in found.answers if a.column_key == "evidence")
    assert evidence.also == (() if blank else (("Copy", "D6"),))


def test_two_different_answers_are_both_kept_and_none_is_chosen() -> None:
    cells = grids(ANSWERS)
    row = list(cells[GOV][FIRST_ROW])
    row[2] = RED
    cells[GOV].append(row)
    found = extract("a.xlsx", marks(as_sheets(cells)), layout_of())
    assert codes(found.findings) == ["key-twice", "key-twice-differs"]
    rating = next(a for a in found.answers if a.column_key == "rating")
    assert rating.typed == f"{GOV} C6: {GREEN}\n{GOV} C8: {RED}"
    assert found.contradicted == {("GOV", "GOV-1", "rating")}
    assert GREEN in said(found.findings[1]).happened
    assert RED in said(found.findings[1]).happened


def test_true_is_not_the_same_answer_as_one() -> None:
    cells = grids({**ANSWERS, ("NUM", "NUM-1", "count"): 1.0})
    row = list(cells[NUM][FIRST_ROW])
    row[2] = True
    cells[NUM].append(row)
    assert "key-twice-differs" in found_in(cells)


def test_a_column_that_is_there_twice_counts_once() -> None:
    cells = grids(ANSWERS)
    for row in cells[GOV]:
        row.insert(2, row[2])
    assert typed(cells) == ANSWERS
    assert found_in(cells) == ["key-twice"]
    cells[GOV][FIRST_ROW][2] = AMBER
    assert found_in(cells) == ["key-twice", "key-twice-differs"]
