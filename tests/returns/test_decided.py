"""What the officer decided, honoured when files are read."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest

from auditkit.decisions import Decision
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.findings import said
from auditkit.workbook.layout import IDENTITY_SHEET, START_SHEET
from tests.returns.filled import (
    AUDIT,
    COMPLETE,
    HEALTH,
    KEY,
    POLICE,
    RECIPIENTS,
    ROUND,
    codes,
    grids,
    identity_of,
    saved,
    values,
)

WHEN = "2026-11-24T14:02:00+00:00"


@pytest.fixture
def decide(put, tmp_path):
    """Put a file and decide about it: ``decide("a.xlsx", cells, "accept", "H1")``."""

    def decide_(name, what, kind, recipient="", why=""):
        put(name, what)

        def read(decisions):
            folder = tmp_path / "returns"
            found = read_returns(
                folder, Basis(AUDIT, RECIPIENTS, ROUND, KEY, decisions=decisions), isolated=False
            )
            return next(one for one in found if one.file == name)

        sha = read({}).sha256
        return read({sha: Decision(7, kind, "jo", WHEN, why, name, sha, recipient)})

    return decide_


def unsigned():
    cells = grids(COMPLETE)
    del cells[IDENTITY_SHEET]
    return cells


def test_a_held_return_counts_once_it_is_accepted(decide) -> None:
    one = decide("a.xlsx", unsigned(), "accept", "H1", "Kit rang.")
    assert (one.outcome, one.recipient_id, codes(one)) == ("accepted", "H1", ["accepted-by-decision"])
    assert values(one) == COMPLETE
    assert said(one.findings[0]).happened == (
        "jo accepted this file as the return of H1 on 24 November 2026, because: Kit rang. "
        "Without that it would be held: Known by its first sheet only."
    )
    assert "--undo 7" in said(one.findings[0]).to_do


def test_an_accepted_return_has_its_findings_again(decide) -> None:
    cells = grids({("GOV", "GOV-1", "rating"): "nonsense"}, identity=identity_of().signed(b"x"))
    assert codes(decide("a.xlsx", cells, "accept", "H1"))[:2] == ["accepted-by-decision", "not-in-list"]


def test_a_file_without_any_identity_is_read_as_the_recipients_own(decide) -> None:
    cells = unsigned()
    del cells[START_SHEET]
    one = decide("a.xlsx", cells, "accept", "H1")
    assert (one.outcome, one.identity, values(one)) == ("accepted", None, COMPLETE)


def test_a_workbook_of_somebody_else_may_be_accepted_too(decide) -> None:
    one = decide("a.xlsx", grids(COMPLETE), "accept", "P1")
    assert (one.outcome, one.recipient_id) == ("accepted", "P1")
    assert "It says that it belongs to H1." in said(one.findings[0]).happened


def test_a_blank_return_counts_once_it_is_accepted_and_is_queried(decide, read) -> None:
    assert codes(read(grids({}))) == ["blank-return"]
    one = decide("a.xlsx", grids({}), "accept", "H1")
    assert one.outcome == "accepted"
    assert "blank-accepted" in codes(one)
    assert "blank-return" not in codes(one)


def test_somebody_who_left_the_register_is_accepted_no_more(decide) -> None:
    one = decide("a.xlsx", unsigned(), "accept", "X9")
    assert (one.outcome, one.recipient_id, codes(one)) == ("held", "", ["unknown-recipient"])


@pytest.mark.parametrize("what", [b"%PDF-1.7", None], ids=["unreadable", "readable"])
def test_an_excluded_file_is_listed_and_counts_for_nothing(decide, what) -> None:
    one = decide("a.xlsx", what or grids(COMPLETE), "exclude", why="a trial")
    assert (one.outcome, codes(one)) == ("passed over", ["excluded-by-decision"])
    assert said(one.findings[0]).happened == (
        "jo excluded this file on 24 November 2026, because: a trial. Nothing in it counts."
    )


def test_an_earlier_return_counts_where_the_later_is_excluded(put, decide) -> None:
    put("b.xlsx", grids(COMPLETE), time=1_700_000_000)
    later = grids({**COMPLETE, ("OPEN", "OPEN-1", "text"): "x"})
    assert decide("a.xlsx", later, "exclude", why="x").outcome == "passed over"
    assert decide("b.xlsx", grids(COMPLETE), "exclude", why="x").outcome == "passed over"


def test_a_held_return_whose_recipient_is_plain_comes_with_the_proposal(read) -> None:
    cells = unsigned()
    (finding,) = read(cells).findings
    assert said(finding).to_do.startswith(
        'By what it says of itself it looks like H1 Health trust: auditkit accept "a.xlsx" --as H1. '
    )


def test_who_sent_it_is_a_reason_too(put, tmp_path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Kit <kit@health.example>", "Our return"
    message.set_content("Please find it attached.")
    message.add_attachment(saved({"Sheet1": [["nothing"]]}), "application", "octet-stream", filename="x.xlsx")
    put("mail.eml", bytes(message))
    register = (POLICE, replace(HEALTH, email="kit@health.example"))
    (one,) = read_returns(tmp_path / "returns", Basis(AUDIT, register, ROUND, KEY), isolated=False)
    assert said(one.findings[0]).to_do.startswith(
        'By the sender\'s address it looks like H1 Health trust: auditkit accept "mail.eml/x.xlsx" --as H1. '
    )


def test_one_whose_recipient_is_not_plain_says_how_to_decide(put, collate) -> None:
    put("Police.xlsx", unsigned())
    put("theirs.xlsx", grids(COMPLETE, identity=identity_of(round_id="other")))
    put("Health trust/x.xlsx", {"Sheet1": [["nothing"]]})
    trust, police, theirs = collate()
    assert said(police.findings[0]).to_do.startswith(
        'If you know whose it is: auditkit accept "Police.xlsx" --as ID. '
    )
    assert "auditkit accept" not in said(theirs.findings[0]).to_do
    assert said(trust.findings[0]).to_do.startswith("By its file name it looks like H1 Health trust:")
