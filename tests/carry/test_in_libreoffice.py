"""A workbook with carried answers at a respondent's: it asks for each to be confirmed, until that is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from auditkit.carry import carry
from auditkit.collate import collate
from auditkit.tables import rows
from tests.apps.libreoffice import LibreOffice
from tests.carry.partnerships import CROSSWALK, GIVEN, wexley
from tests.rounds import small_round, workbook_of

SHEET = "1 Leadership"
AS_AT = dt.date(2026, 12, 18)


def test_typed_there_confirmed_here(
    tmp_path: Path, libreoffice: LibreOffice, ooxml_errors: Callable[..., dict[Path, list[str]]]
) -> None:
    other, _ = wexley(tmp_path / "wexley")
    there = tmp_path / "there.xlsx"
    with libreoffice.open(workbook_of(other, "W-9")) as book:
        for (_, question, column), value in GIVEN.items():
            sheet = next(name for name, said in book.values().items() if question in said.values())
            said = book.values()[sheet]
            row = next(where[1:] for where, what in said.items() if what == question and where[0] == "A")
            heading = {"self": "Self rating", "proof": "What shows it", "action": "Planned", "due": "By when"}
            col = next(where[0] for where, what in said.items() if what == heading[column])
            book.write({(sheet, f"{col}{row}"): value})
        book.save_as(there)
    round_ = small_round(tmp_path / "round")
    walk = tmp_path / "crosswalk.yaml"
    walk.write_text(CROSSWALK, encoding="utf-8")
    issued = carry(round_, there, today=dt.date(2026, 10, 5), crosswalk=walk).workbook
    assert issued is not None
    assert ooxml_errors([issued]) == {}
    with libreoffice.open(issued) as book:
        seen = {what: where[0] for where, what in book.values()[SHEET].items() if where[1:] == "5"}
        confirm, needed = seen["Carried over: still right?"], seen["Still needed"]
        assert book.values()[SHEET][f"{needed}6"] == "Needs a confirmation"
        book.write({(SHEET, f"{confirm}6"): "Confirmed"})
        book.recalculate()
        assert book.values()[SHEET][f"{needed}6"] == "✔ Complete"
        assert book.errors() == []
        book.save_as(round_.returns / "a1.xlsx")
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    wanted = ("question_id", "field_id", "value", "usable")
    found = {(q, f): (v, usable) for q, f, v, usable in rows(tables.answers, *wanted)}
    # Each where the crosswalk says, in the words of our scale; and nothing anywhere else.
    behind = "(carried over, not confirmed)"
    assert found == {
        ("GOV-1", "rating"): ("● Green", "Yes"),
        ("GOV-1", "evidence"): ("The scheme of delegation of 2 May names the chief officer.", "Yes"),
        ("GOV-1", ":carried"): ("Confirmed", "Yes"),
        ("GOV-2", "action"): (f"=cmd|' /C calc'!A0 {behind}", "No"),
        ("GOV-3", "rating"): (f"▲ Amber {behind}", "No"),
        ("GOV-3", "action"): (f"Train the night shift. {behind}", "No"),
        ("GOV-3", "due"): (f"31/05/2027 {behind}", "No"),
    }
    assert list(rows(tables.actions, "question_id")) == []
