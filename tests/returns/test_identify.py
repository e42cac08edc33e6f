from __future__ import annotations

from dataclasses import replace

import pytest

from auditkit.returns.findings import said
from auditkit.workbook.identity import Identity
from auditkit.workbook.layout import IDENTITY_SHEET, START_SHEET
from tests.returns.filled import COMPLETE, HEALTH, KEY, POLICE, ROUND, codes, grids, identity_of, values


def test_a_signed_workbook_of_this_round_is_accepted(read) -> None:
    one = read(grids(COMPLETE))
    assert (one.outcome, one.recipient_id, one.identity) == ("accepted", "H1", identity_of())
    assert codes(one) == []


def test_the_identity_is_found_by_its_mark_wherever_it_stands(read) -> None:
    cells = grids(COMPLETE)
    stamped = cells.pop(IDENTITY_SHEET)
    moved = {
        "Sheet9": [[None]] + [[None, name, None, value] for name, value in stamped] + [[], [None, "x"]],
        **cells,
    }
    assert read(moved).outcome == "accepted"


def test_nothing_says_whose_it_is(read) -> None:
    one = read({"Sheet1": [["Name", "auditkit::identity"], ["round_id", "x"]]})
    assert (one.outcome, one.recipient_id, codes(one)) == ("held", "", ["identity-missing"])


def test_identity_on_the_first_sheet_only_is_held_with_its_answers(read) -> None:
    cells = grids(COMPLETE)
    del cells[IDENTITY_SHEET]
    one = read(cells)
    assert (one.outcome, one.recipient_id, codes(one)) == ("held", "H1", ["identity-cover-only"])
    assert values(one) == COMPLETE


@pytest.mark.parametrize(
    "line",
    ["", "nonsense", "a | b | c", "s11-2026 | H1 | 2026 | x | y"],
    ids=["none", "word", "short", "issue"],
)
def test_a_line_that_is_no_reference_is_none(read, line: str) -> None:
    cells = grids(COMPLETE)
    del cells[IDENTITY_SHEET]
    cells[START_SHEET][2] = [None, "Workbook reference", line or None]
    cells[START_SHEET].append(["x", "Workbook reference"])
    assert codes(read(cells)) == ["identity-missing"]


@pytest.mark.parametrize("change", ["recipient", "key", "signature", "unicode"])
def test_an_altered_identity_is_held(read, change: str) -> None:
    own = identity_of()
    altered = {
        "recipient": replace(own, recipient_id="P1"),
        "key": own.signed(b"another key"),
        "signature": replace(own, signature=""),
        "unicode": replace(own, signature="é" * 64),
    }[change]
    one = read(grids(COMPLETE, identity=altered))
    assert (one.outcome, codes(one)) == ("held", ["identity-altered"])
    assert one.recipient_id == altered.recipient_id


def test_another_round_is_named(read) -> None:
    one = read(grids(COMPLETE, identity=identity_of(round_id="s175-2025").signed(b"theirs")))
    assert (one.outcome, codes(one)) == ("held", ["other-round"])
    assert "“s175-2025”" in said(one.findings[0]).happened


def test_a_recipient_who_left_the_register_is_held(read) -> None:
    own = identity_of()
    one = read(grids(COMPLETE, identity=Identity(ROUND, "X9", own.edition, 1, own.layout).signed(KEY)))
    assert (one.outcome, one.recipient_id, codes(one)) == ("held", "", ["unknown-recipient"])
    assert values(one) == COMPLETE


def test_sheets_of_two_workbooks_in_one_file_are_held(read) -> None:
    cells = grids(COMPLETE)
    cells["theirs"] = [list(row) for row in identity_of(POLICE).rows()]
    one = read(cells)
    assert (one.outcome, one.recipient_id, codes(one)) == ("held", "", ["identity-conflict"])


def test_a_first_sheet_that_says_otherwise_is_held(read) -> None:
    cells = grids(COMPLETE)
    cells[START_SHEET][2][1] = identity_of(POLICE).reference
    one = read(cells)
    assert codes(one) == ["identity-conflict"]
    happened = said(one.findings[0]).happened
    for recipient in (HEALTH, POLICE):
        assert f"{recipient.id} (round {ROUND}, edition 2026, issue 1)" in happened


@pytest.mark.parametrize("name", ["a.xlsx", "Police.xlsx"])
@pytest.mark.parametrize("where", ["stamped", "printed"])
def test_a_file_that_names_two_recipients_is_proposed_as_neithers(put, collate, where, name) -> None:
    cells = grids(COMPLETE)
    if where == "stamped":
        cells["theirs"] = [list(row) for row in identity_of(POLICE).rows()]
    else:
        cells[START_SHEET][2][1] = identity_of(POLICE).reference
    put(name, cells)
    (one,) = collate()
    (conflict,) = one.findings
    assert said(conflict).to_do.startswith(f'If you know whose it is: auditkit accept "{name}" --as ID. ')


def test_the_identity_twice_is_no_conflict(read) -> None:
    cells = grids(COMPLETE)
    cells["copy"] = [list(row) for row in replace(identity_of(), signature="lost").rows()]
    assert read(cells).outcome == "accepted"


def test_another_edition_is_accepted_with_a_query(read) -> None:
    own = identity_of()
    older = Identity(ROUND, HEALTH.id, "2024", 1, own.layout).signed(KEY)
    one = read(grids(COMPLETE, identity=older))
    assert (one.outcome, codes(one)) == ("accepted", ["other-edition"])


def test_another_layout_is_accepted_with_a_query(read) -> None:
    older = Identity(ROUND, HEALTH.id, "2026", 1, "0" * 16).signed(KEY)
    one = read(grids(COMPLETE, identity=older))
    assert (one.outcome, codes(one)) == ("accepted", ["other-layout"])
