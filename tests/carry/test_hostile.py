"""Files that somebody made to do harm: they are read like returns, and a draft holds nothing but what is meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.carry import carry
from auditkit.carry.draft import draft
from auditkit.carry.theirs import Theirs, read
from auditkit.collate import collate
from auditkit.definition import yaml_source
from auditkit.definition.ids import is_id
from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.roll_up import RollUp
from auditkit.errors import AuditkitError
from auditkit.limits import Limits
from auditkit.workbook.layout import NOT_CARRIED
from auditkit.workbook.rows import MOST_LEFT_HEIGHT
from tests.carry.partnerships import GIVEN, wexley
from tests.corpus.bombs import bombs
from tests.returns.filled import AUDIT
from tests.rounds import small_round

TODAY = dt.date(2026, 10, 5)
TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "x\nchecked_by: me",
        "# - {id: GOV-1, was: GOV-1}",
        'a": b',
        "\u2028next",
        "{}",
        "Lead?",
        "● Green",
        "\x85",
    ]
)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_draft_says_nothing_that_a_strangers_text_wants_it_to(
    tmp_path_factory: pytest.TempPathFactory, source: str, question: str, label: str, rating: str
) -> None:
    responses = (Field("r", label, "text"), Field("rating", label, "text"))
    section = Section("THEM", "Theirs", (Question("THEM-1", question),), responses=responses)
    asked = Audit("t", source, "", (), (), (), (section,), RollUp("worst"), RollUp("worst"))
    theirs = Theirs(source, "", "", "", asked, {"THEM-1": {"r": rating, "rating": rating}})
    path = tmp_path_factory.mktemp("draft") / "crosswalk.yaml"
    path.write_bytes(draft(theirs, AUDIT).encode())
    said = yaml_source.read(path).data
    assert set(said) <= {"checked_by", "questions", "fields", "points"}
    assert said["checked_by"] is None
    assert said.get("questions") in (None, [{"was": "THEM-1", "id": None}])
    assert all(map(is_id, said.get("fields") or {}))
    points = (said.get("points") or {}).values()
    blanks = [*(said.get("fields") or {}).values(), *(where for words in points for where in words.values())]
    assert set(blanks) <= {None}


def test_files_built_to_harm_the_reader_are_refused(tmp_path: Path) -> None:
    good = wexley(tmp_path / "wexley")[1].read_bytes()
    wanted = ("bombs/claims 4 GB.xlsx", "bombs/10,000 parts.xlsx")
    cases = [case for case in bombs(good) if case.name in wanted]
    assert len(cases) == len(wanted)
    for case in cases:
        path = tmp_path / "bomb.xlsx"
        path.write_bytes(case.content)
        with pytest.raises(AuditkitError, match="isn't a workbook that auditkit issued"):
            read(path, Limits())


def test_keys_that_are_no_ids_are_passed_over(tmp_path: Path) -> None:
    path = wexley(tmp_path / "wexley")[1]
    book = openpyxl.load_workbook(path)
    sheet = book["2 Leading"]
    sheet["A6"] = "../LEAD 2: x"
    sheet["C4"] = "proof\nchecked_by: me"
    book.save(path)
    theirs = read(path, Limits())
    asked = [question.id for _, question in theirs.audit.questions()]
    assert asked == ["HEAR-7", "GOV-1", "LEAD-1", "GOV-2"]
    columns = {field.id for section in theirs.audit.sections for field in section.responses}
    assert columns <= {"proof", "self", "action", "due"}


def test_texts_that_are_too_long_together_are_left_whole_and_not_cut(tmp_path: Path) -> None:
    texts = {("LEAD", "LEAD-1", "proof"): "One. " * 6000, ("LEAD", "LEAD-2", "proof"): "Two. " * 6000}
    _, file = wexley(tmp_path / "wexley", {**GIVEN, **texts})
    walk = tmp_path / "crosswalk.yaml"
    walk.write_text("questions: [{id: GOV-1, was: [LEAD-1, LEAD-2]}]\nfields: {proof: evidence}\n")
    found = carry(small_round(tmp_path / "round"), file, today=TODAY, crosswalk=walk).matched
    assert "evidence" not in next(row.answers for row in found.rows if row.question == "GOV-1")
    assert [left.said.count(word) for left in found.left for word in ("One.", "Two.")].count(6000) == 2
    assert "GOV-1 Evidence: what was said at LEAD-1 and LEAD-2 is too long for one cell" in found.unused


def test_what_is_left_goes_on_in_further_rows_until_all_of_it_is_there_to_be_seen(tmp_path: Path) -> None:
    long = {"proof": "One. " * 6550, "action": "Two.\n" * 100, "self": "Good " * 300}
    said = {**GIVEN, **{("LEAD", "LEAD-1", key): text for key, text in long.items()}}
    _, file = wexley(tmp_path / "wexley", said)
    round_ = small_round(tmp_path / "round")
    walk = tmp_path / "crosswalk.yaml"
    walk.write_text("fields: {self: rating}\n")
    path = carry(round_, file, today=TODAY, crosswalk=walk).workbook
    assert path is not None
    sheet = openpyxl.load_workbook(path)[NOT_CARRIED]
    own = [row for row in sheet.iter_rows(min_row=6) if row[0].value == "LEAD-1"]
    texts = {n: " ".join(str(row[n].value or "") for row in own).split() for n in (2, 3)}
    assert [texts[n].count(word) for n, word in ((2, "Good"), (3, "One."), (3, "Two."))] == [300, 6550, 100]
    assert own[0][1].value == "A senior person leads it."
    heights = [sheet.row_dimensions[row[0].row].height for row in own]
    assert max(heights) < MOST_LEFT_HEIGHT
    # They are known as what was issued, however many rows they take.
    (round_.returns / "a1.xlsx").write_bytes(path.read_bytes())
    assert len(collate(round_, round_.returns, as_at=TODAY).tables.notes) == 0


def test_what_cant_be_used_is_named_in_a_line_that_can_be_read(tmp_path: Path) -> None:
    _, file = wexley(tmp_path / "wexley", {**GIVEN, ("LEAD", "GOV-2", "self"): "Good " * 5000})
    walk = tmp_path / "crosswalk.yaml"
    walk.write_text("fields: {self: rating}\n")
    outcome = carry(small_round(tmp_path / "round"), file, today=TODAY, crosswalk=walk)
    assert outcome.matched.unused
    assert all(len(line) < 300 for line in outcome.matched.unused)
