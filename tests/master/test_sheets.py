from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from auditkit import __version__, master
from auditkit.definition.cases import Cases
from auditkit.definition.events import Events
from auditkit.definition.model import Field
from auditkit.definition.roll_up import Cap
from auditkit.master.sheets import (
    CASED,
    EVENTFUL,
    FOLLOWED,
    LEARNT,
    NUMBERED,
    SHEETS,
    THEMED,
    UNRATED,
    about,
    not_returned,
    scoring,
)
from auditkit.returns.model import Answer, Finding, Return
from auditkit.tables import Collation, build, rows
from tests.master.rounds import (
    ACTION,
    AS_AT,
    EVIDENCE,
    FOUR,
    GREEN,
    MEAN,
    NA,
    PERCENT,
    RAG,
    RATING,
    RED,
    ROLL_UPS,
    audit,
    collation,
    cover_answer,
    many_scales,
    numbers,
    people,
    rated,
    returned,
    section,
    section11,
)
from tests.test_case_tables import moderated


def grid(given: Collation, sheet: str) -> list[list[Any]]:
    """Return the cells of a sheet as they were written."""
    book = load_workbook(BytesIO(master.workbook(build(given))), data_only=True)
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_answers_have_a_column_for_each_response_column_of_any_section() -> None:
    odd = Field("pct", "Share", "percent")
    twin = Field("evidence2", "Evidence", "text")
    question = Field("q", "Question", "text")
    whole = audit([section("A", 1), section("B", 1, responses=(RATING, odd, EVIDENCE, twin, question))])
    stray = Answer("OLD", "OLD-1", "x", Field("x", "Old column", "text"), "kept", "kept", "Old", "C4")
    typed = {
        ("A-1", "rating"): GREEN.text,
        ("A-1", "evidence"): "seen",
        ("B-1", "pct"): 0.5,
        ("B-1", "evidence2"): "also",
        ("B-1", "q"): "?",
    }
    given = returned(whole, "R1", typed)
    rows = grid(collation(whole, people(1), [replace(given, answers=(*given.answers, stray))]), "Answers")
    assert rows[0] == [
        *("Recipient ID", "Recipient", "Group", "Section", "Question ID", "Question"),
        *("Rating", "Evidence", "Share", "Evidence (evidence2)", "Question (2)", "Old column"),
    ]
    who = ["R1", "Agency 1", "B"]
    assert rows[1:] == [
        [*who, "Standard A", "A-1", "Question 1 of A", GREEN.text, "seen", None, None, None, None],
        [*who, "Standard B", "B-1", "Question 1 of B", None, None, 0.5, "also", "?", None],
        [*who, "OLD", "OLD-1", None, None, None, None, None, None, "kept"],
    ]


def test_tables_without_a_row_have_an_empty_one() -> None:
    given = collation(audit([section("A", 1, responses=(RATING, ACTION))]), people(1), [])
    for name in ("Answers", "Actions", "Returns", "Queries"):
        assert len(grid(given, name)) >= 1
        assert grid(given, name)[0][0] is not None


def test_a_table_without_a_row_says_so_in_a_box_that_no_reader_takes_for_a_row() -> None:
    flat = [sheet for sheet in SHEETS if hasattr(sheet, "NOTHING") and sheet not in (*FOLLOWED, *THEMED)]
    assert {sheet.NAME for sheet in flat} == {
        *("Answers", "Numbers", "Totals", "Events", "Actions", "Returns", "Queries", "Notes", "Changes"),
        *("Not returned", "By case", "By agency", "Learning"),
    }
    chronology = replace(section("C", 0), events=Events(1))
    found = section("F", 1, responses=(replace(EVIDENCE, role="good_practice"),))
    cases = Cases("case", "agency", "Meeting")
    rated_ones = section("A", 1, responses=(RATING, ACTION))
    asked = audit([rated_ones, numbers(1), chronology, found], cases=cases)
    content = master.workbook(build(collation(asked, (), [])))
    with ZipFile(BytesIO(content)) as parts:
        said = b"".join(parts.read(name) for name in parts.namelist() if "/drawing" in name).decode()
        typed = b"".join(parts.read(name) for name in parts.namelist() if "haredStrings" in name).decode()
    for sheet in flat:
        assert f">{sheet.NOTHING}<" in said
        assert sheet.NOTHING not in typed


def test_ratings_hold_a_cell_for_each_recipient_and_question() -> None:
    whole = audit(
        [
            section(
                "A",
                1,
                title="A long title for a single question that can't fit",
                applies_to={"group": ("A",)},
            ),
            section("B", 2, weights=(1, 3), weight=2),
            section("N", 1, responses=(replace(RATING, scale="percent"),)),
        ],
        scales=(RAG, PERCENT),
    )
    typed = {("B-1", "rating"): GREEN.text, ("B-2", "rating"): "Purple", ("N-1", "rating"): 55.0}
    rows = grid(collation(whole, people(2), [returned(whole, "R1", typed)]), "Ratings")
    assert rows[1][3:] == [
        "A long title for a single question that can't fit",
        "Standard B",
        None,
        "Standard N",
    ]
    assert rows[2] == ["Weight in its standard", None, None, 1, 1, 3, 1]
    assert rows[3] == ["Weight in the overall rating", None, None, 1, 2, 6, 1]
    assert rows[4] == ["Recipient ID", "Recipient", "Group", "A-1", "B-1", "B-2", "N-1"]
    assert rows[5] == ["R1", "Agency 1", "B", "not asked", GREEN.text, "Purple", 55]
    assert rows[6] == ["R2", "Agency 2", "A", None, None, None, None]


def test_ratings_offer_the_scale_and_say_the_question() -> None:
    whole = audit(
        [section("A", 1), section("N", 1, responses=(replace(RATING, scale="percent"),))],
        scales=(RAG, PERCENT),
    )
    long = replace(whole.sections[0].questions[0], text="word " * 100)
    whole = replace(whole, sections=(replace(whole.sections[0], questions=(long,)), whole.sections[1]))
    book = load_workbook(BytesIO(master.workbook(build(collation(whole, people(3), [])))))
    first, second = book["Ratings"].data_validations.dataValidation
    assert (str(first.sqref), first.promptTitle) == ("D6:D8", "A-1")
    assert first.prompt.endswith("word…")
    assert len(first.prompt) <= 255

    def offered(source: str) -> list[Any]:
        sheet, area = source.split("!")
        return [row[0].value for row in book[sheet][area.replace("$", "")]]

    assert offered(first.formula1) == [point.text for point in RAG.points]
    assert offered(second.formula1) == [*range(0, 101, 5), "Not relevant"]


def test_the_longest_word_of_a_scale_stands_on_one_line() -> None:
    words = "Requires improvement, soon"
    scale = replace(RAG, points=(replace(GREEN, label=words), *RAG.points[1:]))
    whole = audit([section("A", 1)], scales=(scale,))
    book = load_workbook(BytesIO(master.workbook(build(collation(whole, people(1), [])))))
    for sheet in ("Heatmap", "Ratings"):
        column = book[sheet].column_dimensions
        assert any(column[letter].width >= len(words) for letter in "DEF"), sheet


def test_heatmap_says_why_there_is_no_rating() -> None:
    whole = audit([section("A", 2, applies_to={"group": ("A",)}), section("B", 2)])
    returns = [
        returned(whole, "R1", {("B-1", "rating"): NA.text, ("B-2", "rating"): NA.text}),
        rated(whole, "R2", [None, None, NA.text, None]),
    ]
    rows = grid(collation(whole, people(2), returns), "Heatmap")
    assert rows[0] == [
        *(
            "Recipient ID",
            "Recipient",
            "Group",
            "Standing",
            "Completed",
            "Overall",
            "Standard A",
            "Standard B",
        ),
        *("Row in Ratings", "Score: Overall", "Score: A", "Score: B"),
    ]
    assert rows[1][3:9] == ["returned", 1, NA.text, "not asked", NA.text, 1]
    assert rows[2][3:9] == ["partly", 0.25, "not rated", "not rated", "not rated", 2]


def test_nobody_is_rated_on_what_nobody_asked() -> None:
    whole = audit([section("A", 1, applies_to={"group": ("A",)})])
    rows = grid(collation(whole, people(1), []), "Heatmap")
    assert rows[1][5:7] == ["not asked", "not asked"]


def test_the_same_word_on_two_scales_is_coloured_once() -> None:
    twin = replace(RAG, id="twin", points=(replace(GREEN, colour="#00FF00"), *RAG.points[1:]))
    whole = audit(
        [section("A", 1), section("B", 1, responses=(replace(RATING, scale="twin"),))],
        scales=(RAG, twin),
        overall=replace(MEAN, scale="rag", caps=(Cap("odd", ("red",), "na"), Cap("red", ("red",), "red"))),
    )
    book = load_workbook(BytesIO(master.workbook(build(collation(whole, people(1), [])))))
    rules = [rule for area in book["Heatmap"].conditional_formatting for rule in area.rules]
    assert [rule.formula for rule in rules].count(['"● Green"']) == 1
    assert [row[7].value for row in book["Scoring"].iter_rows()].count("Result no better than") == 0


def test_all_not_applicable_on_a_scale_without_a_word_for_it() -> None:
    whole = many_scales("mean", "mean")
    rows = grid(collation(whole, people(1), []), "Heatmap")
    assert set(rows[1][5:11]) == {"not rated"}


def test_questions_count_each_rating() -> None:
    whole = audit(
        [section("A", 2), section("F", 1, responses=(replace(RATING, scale="four"),))],
        scales=(RAG, FOUR),
        roll_up=replace(MEAN, scale="rag"),
    )
    returns = [rated(whole, f"R{i}", [GREEN.text, RED.text, "✖ No submission"]) for i in (1, 2)]
    rows = grid(collation(whole, people(3), returns), "Questions")
    assert rows[0][4:8] == ["● Green", "▲ Amber", "■ Red", "– N/A"]
    assert rows[0][-6:] == ["Rated", "% at best", "% at worst", "Strength", "Rank", "Order"]
    assert rows[1][4:8] == [2, 0, 0, 0]
    assert rows[1][-6:-1] == [2, 1, 0, 100, 2]
    assert rows[2][-6:-1] == [2, 0, 1, 0, 1]
    # Not on its scale: no count; without a score: counted, but not rated.
    assert rows[3][4:13] == [None, None, None, None, 0, 0, 0, 0, 2]
    assert rows[3][-6:-1] == [0, None, None, None, None]


def test_returns_show_the_whole_cover() -> None:
    cover = (
        Field("author", "Completed by", "person", role="author"),
        Field("second", "Author's deputy", "person", role="author"),
        Field("tel", "Telephone", "text"),
        Field("on", "Signed", "date", role="signoff_date"),
    )
    whole = audit([section("A", 1)], cover=cover)
    said = {"author": "Ann", "second": "Bo", "tel": "01632 960147", "on": dt.date(2026, 12, 1)}
    answers = [cover_answer(whole, *pair) for pair in said.items()]
    gone = answers[2]._replace(row_key="gone", field=Field("gone", "Gone field", "text"))
    file = Return("a.xlsx", "", "accepted", "R1", answers=(*answers, gone))
    rows = grid(collation(whole, people(1), [file]), "Returns")
    assert rows[0] == [
        *(
            "File",
            "Recipient ID",
            "Recipient",
            "Outcome",
            "Completed %",
            "Signed off by",
            "Signed off on",
            "Author",
        ),
        *("Author's deputy", "Telephone", "Gone field", "Saved (UTC)", "Queries", "Notes", "Findings"),
    ]
    assert rows[1] == [
        *("a.xlsx", "R1", "Agency 1", "accepted", 0, None, dt.datetime(2026, 12, 1), "Ann"),
        *("Bo", "01632 960147", "01632 960147", None, 0, 0, None),
    ]


def test_the_cover_stands_in_the_order_of_the_definition() -> None:
    given = section11()
    known = [field.label for field in given.audit.cover]
    assert [head for head in grid(given, "Returns")[0] if head in known] == [
        *("Signed off by", "Job title", "Substitute contact", "Their email or telephone"),
        *("Are you sending a nil return?", "Reason for a nil return", "Their job title"),
    ]


def test_queries_name_file_sheet_cell_question_value_and_what_to_do() -> None:
    finding = Finding(
        "not-a-date", "a.xlsx", "1 A", "F6", "A-1", "TBC", (("field", "Due"), ("limits", "a date"))
    )
    file = Return("a.xlsx", "", "accepted", "R1", findings=(finding,))
    rows = grid(collation(audit([section("A", 1)]), people(1), [file]), "Queries")
    assert rows[0][:8] == [
        "Severity",
        "File",
        "Recipient ID",
        "Recipient",
        "Sheet",
        "Cell",
        "Question",
        "Value",
    ]
    assert rows[1][:8] == ["query", "a.xlsx", "R1", "Agency 1", "1 A", "F6", "A-1", "TBC"]
    assert all(rows[1][8:])


def test_not_returned_says_whom_to_chase_and_how() -> None:
    whole = audit([section("A", 2)])
    crowd = [
        replace(people(1)[0], email="a@b.example"),
        replace(people(2)[1], email="c@d.example"),
        *people(6)[2:],
    ]
    returns = [
        rated(whole, "R4", [GREEN.text, None]),
        rated(whole, "R5", [GREEN.text, GREEN.text]),
        rated(whole, "R6", [None, None]),
        Return("h.xlsx", "", "held", "R3"),
    ]
    issued = {"R1": AS_AT, "R3": AS_AT, "R4": AS_AT}
    rows = grid(collation(whole, crowd, returns, issued=issued), "Not returned")
    assert [(row[0], row[7], row[9][:12]) for row in rows[1:]] == [
        ("R1", "not returned", "Remind the c"),
        ("R2", "not returned", "Issue a work"),
        ("R3", "not returned", "A file came "),
        ("R6", "not returned", "Ask for the "),
        ("R4", "partly", "Ask for what"),
    ]
    rows = grid(collation(whole, people(1), [], issued={"R1": AS_AT}), "Not returned")
    assert rows[1][9] == "Find an address: the register has none."
    assert rows[1][6] == dt.datetime.combine(AS_AT, dt.time())
    assert not_returned.CHASED == ("not returned", "partly")


def test_scoring_lists_scales_bands_and_caps() -> None:
    rows = grid(collation(many_scales("percent with caps", "share of good"), people(1), []), "Scoring")
    flat = [[cell for cell in row if cell is not None] for row in rows]
    assert ["Self rating", "● Green", 1, 3, 1, 100, 0] in [row[:7] for row in flat]
    assert any("at or above Good" in str(row) for row in flat)
    assert any(row[1:3] == ["■ Inadequate", "Any red"] for row in flat)
    assert scoring.sentence(ROLL_UPS["mean"], [RAG]) == "The weighted mean of scores"
    assert (
        scoring.sentence(ROLL_UPS["share"], [RAG]) == "The weighted percentage of ratings at or above Amber"
    )


def test_about_adds_up_and_says_what_each_sheet_is() -> None:
    given = section11()
    rows = {row[0]: row[1] for row in grid(given, "About")}
    assert rows["Files"].startswith("24 = 21 accepted + 1 superseded + 1 held + 1 rejected")
    assert rows["Recipients"] == "24 = 17 returned + 3 partly + 1 nil return + 3 not returned"
    came, answers, on_cover = (int(n.replace(",", "")) for n in re.findall(r"[\d,]+", rows["Answer cells"]))
    assert came == answers + on_cover > 2000
    assert rows["Findings"].startswith("33 = 0 rejected + 0 held + 33 query")
    assert rows["Made by"] == f"auditkit {__version__}"
    assert rows["As at"] == dt.datetime.combine(AS_AT, dt.time())
    for sheet in SHEETS:
        if sheet in UNRATED:
            continue  # another row of About is called so
        others = (*NUMBERED, *EVENTFUL, *FOLLOWED, *CASED, *THEMED, *LEARNT)
        assert rows.get(sheet.NAME) == (sheet.ABOUT if sheet not in others else None)


def test_the_digest_changes_with_anything_in_the_definition() -> None:
    whole = audit([section("A", 1)])
    one, two = (build(collation(a, people(1), [])) for a in (whole, replace(whole, guidance="2026")))
    assert about.digest(one) == about.digest(one)
    assert about.digest(one) != about.digest(two)


@pytest.mark.parametrize(
    ("days", "said"), [(-7, "now past"), (0, "today"), (1, "tomorrow"), (5, "in 5 days")]
)
def test_summary_says_where_the_round_stands(days: int, said: str) -> None:
    given = section11()
    settings = replace(given.settings, deadline=AS_AT + dt.timedelta(days=days))
    rows = grid(replace(given, settings=settings), "Summary")
    assert rows[0][0] == "Section 11 audit 2026"
    assert rows[1][0].endswith(f"({said})")
    assert [cell for cell in rows[3] if cell is not None] == ["21 of 24", "88%", "75%", "33", "62"]
    steps = {row[0]: row[1] for row in rows}
    assert steps["Remind those who haven't returned"] == 3
    assert steps["Decide on returns that are held"] == 1
    assert steps["All recipients"] == 17


@pytest.mark.parametrize("more", [{}, {"responses": (RATING, ACTION)}])
def test_the_figures_to_see_first_are_what_they_are_called(more: dict[str, Any]) -> None:
    """In an audit without actions, too: there is none that could be overdue."""
    given = collation(audit([section("A", 1)], **more), people(3), [])
    query = Finding("not-a-date", "R1.xlsx", value="TBC", data=(("field", "Due"), ("limits", "a date")))
    one = replace(rated(given.audit, "R1", [GREEN.text]), findings=(query, query))
    lines = grid(replace(given, returns=(one,)), "Summary")
    shown = dict(zip(lines[4], lines[3], strict=True))
    assert shown["queries"] == "2"
    assert ("overdue actions" in shown) == bool(more)


def test_summary_says_that_grades_were_moderated() -> None:
    """A board would else read another grade here than by case."""
    stands = [moderated("RISK-1", word) for word in ("Red", "Green")]
    said = [load_workbook(BytesIO(master.workbook(made)))["Summary"]["A2"].value for made in stands]
    assert "grades as returned; 1 changed by moderation (By case)" in said[0]
    assert "moderation" not in said[1]


def test_summary_lists_the_weakest_questions_first() -> None:
    given = section11()
    tables = build(given)
    weakest = [
        question for _, question in sorted(r for r in rows(tables.questions, "rank", "question_id") if r[0])
    ][:10]
    assert [row[8] for row in grid(given, "Summary") if row[8] in weakest] == weakest


def test_a_round_with_nobody_in_it_can_be_written() -> None:
    assert grid(collation(audit([section("A", 1)]), [], []), "Summary")[3][0] == "0 of 0"
