"""A survey filled in at LibreOffice: what its workbook says at once of what is still needed."""

from __future__ import annotations

import pytest

from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import FIRST_ROW
from tests.apps.libreoffice import LibreOffice
from tests.rounds import small_round, workbook_of
from tests.surveys import AUDIT, REGISTER


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return small_round(tmp_path_factory.mktemp("survey") / "round", AUDIT, REGISTER)


def statuses(office: LibreOffice, round_: Round, typed: dict[tuple[str, str], str]) -> tuple[list[str], str]:
    """Type answers on the first sheet; return what each row says of itself then, and the sheet of all."""
    block = layout_for(round_.audit_for(round_.recipients[0])).by_id["AUD"]
    with office.open(workbook_of(round_, "P1")) as book:
        cells = {}
        for (row, column), value in typed.items():
            slot = block.by_key[row, column]
            cells[block.sheet, f"{chr(ord('A') + slot.col)}{slot.row + 1}"] = value
        book.write(cells)
        book.recalculate()
        assert book.errors() == []
        shown = book.values()[block.sheet]
    column = chr(ord("A") + block.col("status"))
    rows = range(FIRST_ROW + 1, FIRST_ROW + 1 + len(block.row_keys))
    return [str(shown.get(f"{column}{row}", "")) for row in rows], str(shown["B3"])


def test_what_is_still_needed_is_said_once_for_all_choices(round_, libreoffice):
    said, all_ = statuses(libreoffice, round_, {})
    assert said == [
        *("Not answered yet", "Not answered yet", "", "", "Not answered yet", "Optional", "Optional")
    ]
    assert all_ == "0 of 3 answered"


def test_other_needs_words_in_both_kinds_of_question(round_, libreoffice):
    typed = {("AUD-1", "answer"): "Other", ("AUD-2/3", "answer"): "Yes"}
    said, all_ = statuses(libreoffice, round_, typed)
    assert said[:2] == ["Needs a few words on what it is"] * 2
    assert all_ == "0 of 3 answered"
    more = {("AUD-1", "other"): "x", ("AUD-2/3", "other"): "y", ("AUD-3", "answer"): "No"}
    said, all_ = statuses(libreoffice, round_, {**typed, **more})
    assert said == [*("✔ Complete", "✔ Complete", "", "", "✔ Complete", "Optional", "Optional")]
    assert all_ == "3 of 3 answered"


def test_words_without_a_choice_need_one(round_, libreoffice):
    said, _ = statuses(libreoffice, round_, {("AUD-2/3", "other"): "the weather"})
    assert said[1] == "Needs a Yes"
