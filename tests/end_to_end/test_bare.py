"""The least that an audit can be: nothing about who fills it in, nothing rated. It comes back whole all the same."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

import openpyxl
import pytest

from auditkit.collate import collate
from auditkit.definition.convert import convert
from auditkit.round import Round, load
from auditkit.templates import new_round
from tests.apps.libreoffice import LibreOffice
from tests.end_to_end.reading import everything_typed
from tests.end_to_end.respondent import fill_in
from tests.rounds import issued, small_round, workbook_of
from tests.surveys import AUDIT, REGISTER

COVER = "cover:\n  - {id: author, label: Completed by, kind: person, role: author}\n"
BARE = AUDIT.replace(COVER, "cover: []\n")


@pytest.mark.parametrize("form", ["audit.yaml", "audit.xlsx"])
def test_an_audit_without_cover_and_ratings_comes_back_whole(
    libreoffice: LibreOffice, tmp_path: Path, form: str
) -> None:
    round_ = bare(tmp_path / "round", form)
    with libreoffice.open(workbook_of(round_, "P1")) as book:
        assert [sheet.name for sheet in book.sheets() if sheet.visible] == [
            "Start here",
            "1 The audit",
            "2 How it went",
        ]
        assert book.errors() == []
        typed = fill_in(book, book.answer_cells(), random.Random(3))
        book.save_as(round_.returns / "back.xlsx")
    made = collate(round_, round_.returns, as_at=dt.date(2026, 12, 18))
    assert (made.counts.accepted, made.counts.answers) == (1, len(typed))
    assert everything_typed(made.master) == {"P1": dict(typed)}
    with libreoffice.open(made.master) as book:
        names = [sheet.name for sheet in book.sheets()]
        book.recalculate()
        assert book.errors() == []
        shown = book.values()["Recipients"]
    assert names[:3] == ["Summary", "Recipients", "Answers"]
    assert not {"Heatmap", "Ratings", "Questions", "Scoring", "Actions", "Events", "Numbers"} & set(names)
    assert [shown[cell] for cell in ("A2", "D2", "D3")] == ["P1", "returned", "not returned"]


def test_answers_too_broad_for_a_page_print_side_by_side_with_whose_they_are(tmp_path: Path) -> None:
    new_round("rapid_review", tmp_path / "round")
    round_ = issued(load(tmp_path / "round"))
    shutil.copy(workbook_of(round_, round_.recipients[0].id), round_.returns)
    made = collate(round_, round_.returns, as_at=dt.date(2026, 12, 18))
    sheet = openpyxl.load_workbook(made.master)["Answers"]
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$E", "$1:$1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.scale, sheet.page_setup.pageOrder) == (
        8,
        55,
        "overThenDown",
    )


def bare(folder: Path, form: str) -> Round:
    """Return such a round, its definition in either form, its workbooks issued."""
    round_ = small_round(folder, BARE, REGISTER)
    if form == "audit.yaml":
        return round_
    convert(folder / "audit.yaml", folder / form)
    (folder / "audit.yaml").unlink()
    return issued(load(folder))
