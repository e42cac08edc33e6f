"""Two editions with a renamed, a split and a removed question, from the first return to the next year's.

A respondent fills everything in with LibreOffice: the audit, a progress workbook, and next year's pre-filled
one. Whatever was said stands at the question that continues it, and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import openpyxl

from auditkit.collate import Collated, collate
from auditkit.earlier import position, read
from auditkit.round import Round, load
from auditkit.tables import rows
from auditkit.workbook.issue import generate
from auditkit.workbook.issue_progress import generate_progress
from auditkit.workbook.layout import FROM_LAST_TIME
from tests.apps.libreoffice import LibreOffice, Value
from tests.earlier.editions import AS_AT, TODAY, this_time
from tests.earlier.test_prefill import seen
from tests.rounds import AUDIT, small_round, workbook_of

SAID: dict[str, Value] = {
    "Completed by": "Robin Achebe",
    "GOV-1 Rating": "● Green",
    "GOV-1 Evidence": "The chief officer leads.",
    "GOV-2 Rating": "▲ Amber",
    "GOV-2 Action": "Put it on the agenda.",
    "GOV-3 Rating": "■ Red",
    "GOV-3 Action": "Train the night shift.",
}
CHANGED: dict[str, Value] = {
    "Completed by": "Sam Oduya",
    "GOV-2 Rating": "● Green",
    "GOV-2 Evidence": "On the agenda since May.",
    "GOV-3 Action": "Train everybody.",
}
# GOV-1 is GOV-7 now, GOV-2 was divided and another question has its id, GOV-3 has gone.
FOLLOWS = """\
follows:
  edition: "2026.1"
  questions:
    - {id: GOV-7, was: GOV-1}
    - {id: GOV-2a, was: GOV-2}
    - {id: GOV-2b, was: GOV-2}
    - {id: GOV-2, was: []}
  dropped: [GOV-3]
"""
NEXT = (
    AUDIT.replace('"2026.1"', '"2027.1"')
    .replace("{id: GOV-1,", "{id: GOV-7,")
    .replace(
        "      - {id: GOV-2, text: The board hears about it.}\n",
        "      - {id: GOV-2, text: Somebody quite different asks.}\n"
        "      - {id: GOV-2a, text: The board hears about it.}\n"
        "      - {id: GOV-2b, text: The board acts on it.}\n",
    )
    .replace("      - {id: GOV-3, text: Officers are trained., applies_to: {group: Police}}\n", "")
    + FOLLOWS
)
HERE = ("GOV-7", "GOV-2", "GOV-2a", "GOV-2b")


def filled(office: LibreOffice, round_: Round, said: dict[str, Value], name: str) -> Collated:
    """Fill in the workbook that the police got last, put it into returns and collate."""
    with office.open(workbook_of(round_, "A1")) as book:
        cells = {cell.title: cell.key for cell in book.answer_cells()}
        book.write({cells[title]: value for title, value in said.items()})
        book.recalculate()
        assert book.errors() == []
        book.save_as(round_.returns / name)
    return collate(load(round_.folder), round_.returns, as_at=AS_AT)


def answers(result: Collated) -> dict[tuple[str, str], object]:
    return {(q, f): value for q, f, value in rows(result.tables.answers, "question_id", "field", "value")}


def test_nothing_lands_on_the_wrong_question(tmp_path: Path, libreoffice: LibreOffice) -> None:
    before = small_round(tmp_path / "2026")
    filled(libreoffice, before, SAID, "a1.xlsx")
    generate_progress(before, position(before), today=dt.date(2027, 3, 1))
    now = filled(libreoffice, before, CHANGED, "p1.ods")
    assert answers(now)["GOV-2", "Rating"] == "● Green"
    wanted = ("question_id", "field", "new", "counts")
    trail = [
        ("GOV-2", "Rating", "● Green", "Yes"),
        ("GOV-2", "Evidence", "On the agenda since May.", "Yes"),
        ("GOV-3", "Action", "Train everybody.", "Yes"),
    ]
    assert list(rows(now.tables.trail, *wanted)) == trail

    # The edition changes in the middle of the round.
    shutil.copytree(before.folder, tmp_path / "changed")
    changed = load(tmp_path / "changed")
    (changed.folder / "audit.yaml").write_text(NEXT, encoding="utf-8")
    result = collate(load(changed.folder), changed.returns, as_at=AS_AT)
    rated = {
        q: s for r, q, s in rows(result.tables.ratings, "recipient_id", "question_id", "shown") if r == "A1"
    }
    assert {q: rated[q] for q in HERE} == {"GOV-7": "● Green", "GOV-2": None, "GOV-2a": None, "GOV-2b": None}
    assert [row[1:] for row in rows(result.tables.trail, *wanted)] == [row[1:] for row in trail]
    assert not {row[0] for row in rows(result.tables.trail, *wanted)} & set(HERE)

    # The next round has the new edition, and shows what was so at last.
    after = this_time(tmp_path / "2027", NEXT)
    generate(after, today=TODAY, source=read([before.folder], after))
    path = workbook_of(after, "A1")
    shown = seen(path)
    assert shown["GOV-7"] == ("● Green", "Was GOV-1 last time.\nEvidence: The chief officer leads.")
    part = (
        "Was part of GOV-2 last time.\nEvidence: On the agenda since May.\n"
        "Action (open): Put it on the agenda."
    )
    assert shown["GOV-2a"][0] == shown["GOV-2b"][0] == "● Green"
    assert str(shown["GOV-2b"][1]).startswith(part)
    assert shown["GOV-2"] == ("", "New: you weren't asked this last time.")
    left = [row[:4] for row in openpyxl.load_workbook(path)[FROM_LAST_TIME].iter_rows(6, values_only=True)]
    assert left == [("GOV-3", "Officers are trained.", "■ Red", "Action (open): Train everybody.")]

    said: dict[str, Value] = {f"{q} Evidence": f"Evidence of {q}." for q in HERE}
    found = answers(filled(libreoffice, after, {**said, "GOV-2b Rating": "■ Red"}, "a1.xlsx"))
    assert found == {
        **{(q, "Evidence"): f"Evidence of {q}." for q in HERE},
        ("GOV-2b", "Rating"): "■ Red",
    }
