"""Forms laid out in different ways become drafts that check clean; every cell is placed or listed."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.cell import Cell

from auditkit.cli import group
from auditkit.definition import check, forms
from auditkit.definition.events import Events
from auditkit.definition.measure import Measure
from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.forms.draft import Draft, draft
from auditkit.forms.words import shipped
from auditkit.forms.workbook import read
from auditkit.forms.write import import_form
from tests.forms.written import (
    merged_heads,
    numbers_and_keys,
    save,
    several_tables,
    sheets_as_sections,
    with_chronology,
)

FORMS = (merged_heads, sheets_as_sections, several_tables, numbers_and_keys, with_chronology)


def drafted(path: Path) -> Draft:
    found = draft(read(path), shipped(), 2026)
    assert found is not None
    return found


def asked(audit: Audit) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [(s.id, s.title, [(q.id, q.text, q.good) for q in s.questions]) for s in audit.sections]


def columns(audit: Audit) -> list[tuple[str, str]]:
    return [(field.role or field.id, field.kind) for field in audit.responses]


def points(audit: Audit) -> list[tuple[str, float | None]]:
    return [(point.label, point.score) for scale in audit.scales for point in scale.points]


def left(found: Draft) -> list[tuple[str, str]]:
    return [(place.cell, text) for place, text in found.unplaced]


def test_merged_heads_banners_and_lists_elsewhere(tmp_path: Path) -> None:
    found = drafted(merged_heads(tmp_path / "form.xlsx"))
    assert (found.audit.title, found.audit.edition) == (
        "Northmoor safeguarding self-assessment 2025",
        "2025.1",
    )
    training = ("2.1", "Staff are trained.", "Within three months of starting.\nAnd again every two years.")
    assert asked(found.audit) == [
        (
            "1",
            "Leadership",
            [
                ("1.1", "A senior person leads.", "Named and trained."),
                ("1.2", "The board hears about it.", ""),
            ],
        ),
        ("2", "Training", [training, ("2.2", "Volunteers are trained.", "")]),
    ]
    assert found.audit.sections[0].intro == "Please complete every row and return it by the end of May."
    assert columns(found.audit) == [
        ("rating", "rating"),
        ("evidence", "text"),
        ("action", "text"),
        ("lead", "person"),
        ("due", "date"),
        ("progress", "choice"),
    ]
    assert found.audit.responses[-1].choices == ("Not started", "In progress", "Complete")
    assert points(found.audit) == [("Green", 2), ("Amber", 1), ("Red", 0), ("N/A", None)]
    assert left(found) == [("A14", "Thank you for completing this form.")]


def test_sheets_as_sections_with_a_front_sheet(tmp_path: Path) -> None:
    found = drafted(sheets_as_sections(tmp_path / "form.xlsx"))
    assert found.audit.title == "Wexley schools audit"
    assert asked(found.audit) == [
        (
            "GOV",
            "Governance",
            [
                ("GOV-1", "Is there a governor for safeguarding?", "Minutes, visit notes"),
                ("GOV-2", "Does the governor visit?", "Minutes, visit notes"),
            ],
        ),
        (
            "SAF",
            "Safer recruitment",
            [
                ("SAF-1", "Are references seen?", "Minutes, visit notes"),
                ("SAF-2", "Is the single central record checked?", "Minutes, visit notes"),
            ],
        ),
    ]
    assert [field.role for field in found.audit.cover] == [
        "author",
        "author_role",
        "signoff_name",
        "signoff_date",
    ]
    assert [point.meaning for point in found.audit.scales[0].points] == [
        "Everything asked for is in place.",
        "Some of it is in place.",
        "Nothing of it is in place yet.",
    ]
    assert left(found) == [("A9", "Key to ratings")]
    assert "References of 'Governance' are used elsewhere too: GOV- was put before each." in found.decisions


def test_several_tables_with_columns_to_tick(tmp_path: Path) -> None:
    found = drafted(several_tables(tmp_path / "form.xlsx"))
    assert [(id_, title, [q[0] for q in questions]) for id_, title, questions in asked(found.audit)] == [
        ("A", "Our people", ["1.1", "1.2"]),
        ("B", "Our places", ["2.1", "2.2", "2.3"]),
    ]
    assert asked(found.audit)[0][2][1][1] == "There is a welfare officer.\nShe is known to children."
    assert columns(found.audit) == [("rating", "rating"), ("comments", "text"), ("lead", "person")]
    assert points(found.audit) == [("Yes", 2), ("Partly", 1), ("No", 0)]
    assert left(found) == [("B18", "Club stamp"), ("E18", "x")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ending", [".xlsx", ".yaml"])
def test_the_command_writes_a_definition_that_checks_clean(
    form: Callable[[Path], Path], ending: str, tmp_path: Path
) -> None:
    to = tmp_path / "new" / f"audit{ending}"
    run = CliRunner().invoke(group, ["import", str(form(tmp_path / "form.xlsx")), "--to", str(to)])
    assert run.exit_code == 0, run.output
    audit = forms.load(to)
    assert f"{sum(1 for _ in audit.questions())} questions" in run.output
    assert "Not placed (all of them in audit not placed.csv)" in run.output
    rows = list(csv.reader(io.StringIO((to.parent / "audit not placed.csv").read_text("utf-8-sig"))))
    assert rows[0] == ["Sheet", "Cell", "Text"]
    assert len(rows) > 1
    again = CliRunner().invoke(group, ["import", str(tmp_path / "form.xlsx"), "--to", str(to)])
    assert "is there already" in str(again.exception)


HEAD = ["Ref", "Question", "Rating", "Evidence"]
ONE = [["An audit 2026"], [], HEAD, ["A1", "Is it?"]]


@pytest.mark.parametrize(
    ("rows", "sections"),
    [
        (  # a column of sections, merged or left blank below
            [
                ["Theme", "Ref", "Question", "RAG"],
                ["Lead", "1", "Who?"],
                [None, "2", "When?"],
                ["Train", "3", "What?"],
            ],
            [("LEA", ["1", "2"]), ("TRA", ["3"])],
        ),
        (  # a number that counts on past nine, typed as a number
            [
                ["No", "Question", "RAG"],
                *([1 + n / 10, f"Is {n} so?"] for n in range(8, 10)),
                [1.1, "Is ten?"],
            ],
            [("FOR", ["1.8", "1.9", "1.10"])],
        ),
        (  # a title is the number before its questions'
            [HEAD, ["1", "Lead"], ["1.1", "Who?"], ["1.2", "When?"], ["2", "Train"], ["2.1", "What?"]],
            [("1", ["1.1", "1.2"]), ("2", ["2.1"])],
        ),
        (  # no references at all
            [["Question", "RAG"], ["Who leads?"], ["3 of them?"], ["When?"]],
            [("FOR", ["FOR-1", "FOR-2", "FOR-3"])],
        ),
        (  # references that can't be ids, and one that is there twice
            [HEAD, ["1 (a)", "Who?"], ["ref", "When?"], ["B/2", "What?"], ["Überall", "Where?"]],
            [("FOR", ["1-.a", "ref_2", "B-2", "FOR-4"])],
        ),
    ],
)
def test_where_references_and_sections_stand(rows, sections, tmp_path: Path) -> None:
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}))
    assert [(s.id, [q.id for q in s.questions]) for s in found.audit.sections] == sections
    assert check.problems(found.audit) == []


def test_criteria_below_merged_standards_and_a_head_of_two_rows(tmp_path: Path) -> None:
    rows = [
        ["SECTION 11 SELF ASSESSMENT TOOL"],
        ["Agency:", None, None, "Completed by:"],
        [],
        ["Standard", "Criteria", "Self assessment", None, None, "Evidence / comments", "Action plan"],
        [None, None, "R", "A", "G", None, "What", "Who", "When"],
        ["1 Senior commitment", "There is a named lead on the board"],
        [None, "The lead is trained"],
        ["2 Accountability", "Staff know the line of accountability"],
        ["Total"],
    ]
    merged = {"Form": "A4:A5 B4:B5 C4:E4 F4:F5 G4:I4 A6:A7"}
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}, merged))
    assert [(id_, title, [q[0] for q in asked_]) for id_, title, asked_ in asked(found.audit)] == [
        ("1", "Senior commitment", ["1-1", "1-2"]),
        ("2", "Accountability", ["2-1"]),
    ]
    assert [field.role for field in found.audit.responses] == ["rating", "evidence", "action", "lead", "due"]
    assert points(found.audit) == [("G", 2), ("A", 1), ("R", 0)]
    assert left(found) == [("A9", "Total")]


def test_titles_in_capitals_and_boxes_below_the_questions(tmp_path: Path) -> None:
    rows = [
        ["Childminder self-review"],
        [],
        ["Question", "Yes/No/Partly", "Comments"],
        ["LEADERSHIP"],
        ["Do you have a policy?"],
        ["TRAINING"],
        ["Have you done first aid?"],
        ["Have you done more?"],
    ]
    more = [HEAD, ["9.1", "Anything else?"], [], ["Signed:", None, "Date:"]]
    offers = {"Form": {"B5:B12": '"Yes,No,Partly"'}}
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows, "More": more}, offers=offers))
    assert [(id_, [q[0] for q in asked_]) for id_, _, asked_ in asked(found.audit)] == [
        ("LEA", ["LEA-1"]),
        ("TRA", ["TRA-1", "TRA-2"]),
        ("MOR", ["9.1"]),
    ]
    assert [field.role for field in found.audit.cover] == ["signoff_name", "signoff_date"]
    assert points(found.audit) == [("Yes", 2), ("Partly", 1), ("No", 0)]
    assert left(found) == []


def test_boxes_above_the_questions_introduce_nothing(tmp_path: Path) -> None:
    rows = [
        ["Wexley self-review 2025"],
        ["Completed by:"],
        ["Please be brief."],
        [],
        HEAD,
        ["1.1", "Who leads?"],
    ]
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}))
    assert [field.role for field in found.audit.cover] == ["author"]
    assert "Completed by" not in found.audit.sections[0].title + found.audit.sections[0].intro
    assert left(found) == []


def test_columns_that_say_more_and_columns_that_describe_ratings(tmp_path: Path) -> None:
    head = ["Ref", "Standard", "Green", "Amber", "Red", "KCSIE part", "Evidence", "Moderated grade"]
    rows = [
        ["1", "A lead.", "All of it.", "Some of it.", "None of it.", "Part 2"],
        ["2", "A deputy.", "Named.", None, "No deputy.", "Part 3", "Like a rota"],
        ["3", "A plan.", "Agreed.", "Begun.", "None."],
    ]
    found = drafted(save(tmp_path / "form.xlsx", {"Form": [head, *rows]}))
    first = found.audit.sections[0].questions[0]
    assert first.descriptors == {"green": "All of it.", "amber": "Some of it.", "red": "None of it."}
    assert first.good == "KCSIE part: Part 2"
    assert [field.label for field in found.audit.responses] == ["Evidence", "Moderated grade", "Rating"]
    assert left(found) == [("G3", "Like a rota")]
    assert check.problems(found.audit) == []


def test_answers_of_a_form_that_is_filled_in_are_left_out_and_listed(tmp_path: Path) -> None:
    rows = [HEAD, ["1", "Lead?", "Green", "Minutes"], ["2", "Deputy?", "Red", "None"]]
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}))
    assert "The form is filled in on the sheet 'Form': its answers were left out." in found.decisions
    assert left(found) == [("C2", "Green"), ("D2", "Minutes"), ("C3", "Red"), ("D3", "None")]


def test_tables_on_different_scales_with_columns_of_their_own(tmp_path: Path) -> None:
    sheets = {
        "First": [["An audit"], HEAD, ["1", "Lead?"]],
        "Second": [["Ref", "Question", "Score", "Trained", "By when"], ["2", "Deputy?"]],
    }
    offers = {
        "First": {"C3:C9": '"Red,Amber,Green"'},
        "Second": {"C2:C9": '"High - it is there and it works,Low - it isn\'t there"', "D2:D9": '"Yes,No"'},
    }
    audit = drafted(save(tmp_path / "form.xlsx", sheets, offers=offers)).audit
    assert [point.label for point in audit.scales[1].points] == ["High", "Low"]
    assert audit.scales[1].points[0].meaning == "it is there and it works"
    (own,) = (section for section in audit.sections if section.responses)
    assert [(field.kind, field.role) for field in own.responses] == [
        ("rating", "rating"),
        ("yes_no", ""),
        ("date", "due"),
    ]
    assert own.roll_up
    assert [band.point for band in own.roll_up.bands] == ["high", "low"]


@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_typed_into_a_form_is_in_the_draft_or_listed(
    form: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = form(tmp_path / "form.xlsx")
    for seed in range(12):
        chance = random.Random(seed)
        book = openpyxl.load_workbook(path)
        typed = []
        for sheet in book:
            for _ in range(6):
                cell = sheet.cell(chance.randint(1, 22), chance.randint(1, 10))
                if isinstance(cell, Cell) and not str(cell.value).startswith("typed"):
                    cell.value = f"typed {len(typed)} here"
                    typed.append(cell.value)
            for word in chance.sample(["Question", "RAG", "Evidence", "1.1", "Green", "Theme"], 2):
                cell = sheet.cell(chance.randint(1, 22), chance.randint(1, 10))
                if isinstance(cell, Cell) and str(cell.value) not in typed:
                    cell.value = word
        book.save(tmp_path / "typed.xlsx")
        found = drafted(tmp_path / "typed.xlsx")
        listed = [text for _, text in found.unplaced]
        # A reference with blanks is an id with hyphens, or the officer is told what became of it.
        said = f"{found.audit}{found.decisions}".replace("-", " ")
        assert [text for text in typed if (text in said) == (text in listed)] == [], seed
        assert forms.written(found.audit, ".yaml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "can't be read"),
        (b"PK\x03\x04 cut off", "can't be read"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "can't be read"),
        (b"Ref,Question\n1,Is it?\n", "can't be read"),
    ],
)
def test_files_that_are_no_workbooks(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    with pytest.raises(AuditkitError, match=said):
        read(path)


def altered(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a form's file."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
        (SHEET, b"<sheetData>", b'<sheetData><row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'),
        (
            SHEET,
            b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 2_000_000,
        ),
        (SHEET, b"</worksheet>", b""),
        ("xl/workbook.xml", b"</workbook>", b"<"),
    ],
)
def test_forms_that_were_built_to_do_harm(part: str, old: bytes, new: bytes, tmp_path: Path) -> None:
    path = altered(save(tmp_path / "form.xlsx", {"Form": ONE}), part, lambda data: data.replace(old, new, 1))
    with pytest.raises(AuditkitError, match="can't be read"):
        read(path)


@pytest.mark.parametrize(
    "formula", ["=INDIRECT(A1)", "=Other!$A$1:$A$3", "=$A$1:$XFD$1048576", '""', "=Nothing"]
)
def test_lists_that_lead_nowhere_offer_nothing(formula: str, tmp_path: Path) -> None:
    form = save(tmp_path / "form.xlsx", {"Form": ONE}, offers={"Form": {"C4:C9": formula}})
    found = drafted(form)
    assert len(found.audit.scales) == 1
    assert check.problems(found.audit) == []


def test_forms_without_questions_and_places_that_cant_be_written(tmp_path: Path) -> None:
    def said(form: Path, to: str) -> str:
        return str(CliRunner().invoke(group, ["import", str(form), "--to", str(tmp_path / to)]).exception)

    nothing = save(tmp_path / "nothing.xlsx", {"Minutes": [["Who came"], ["Everybody"]]})
    assert "holds no table of questions" in said(nothing, "a.yaml")
    form = save(tmp_path / "form.xlsx", {"Form": ONE})
    assert "a definition is a .xlsx or .yaml file" in said(form, "a.doc")
    assert "can't be made" in said(form, "form.xlsx/a.yaml")
    old = tmp_path / "form.xls"
    old.write_bytes(b"")
    assert "isn't an Excel workbook" in said(old, "a.yaml")


def test_a_second_rating_offers_what_the_first_does(tmp_path: Path) -> None:
    rows = [["Ref", "Question", "Self rating", "Moderated rating"], ["1", "Lead?"]]
    offers = {"Form": {"C2:C9": '"Green,Red,>Odd*"'}}
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}, offers=offers))
    assert columns(found.audit) == [("rating", "rating"), ("moderated_rating", "choice")]
    assert [point.label for point in found.audit.scales[0].points] == ["Green", "Red", ">Odd*"]
    (problem,) = check.problems(found.audit)  # what can't be used as it is, the officer has to decide
    assert "the label '>Odd*'" in problem.message
    assert any("Their order is the form's" in decision for decision in found.decisions)


def test_a_form_without_ratings(tmp_path: Path) -> None:
    rows = [["Ref", "Question", "Evidence", "Lead"], ["1", "Lead?"]]
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}))
    assert "The form has no column for a rating, so nothing is scored." in found.decisions
    assert check.problems(found.audit) == []


NUMBERS = [
    ["Safeguarding data return 2025/26"],
    [],
    ["No", "Measure", "Unit", "Period", "Value", "Comments"],
    ["Referrals"],
    ["1", "Referrals made", "referrals", "April 2025 to March 2026"],
    ["2", "Share of referrals that were accepted", "%", "April 2025 to March 2026"],
    ["Staff"],
    ["3", "Staff in post", "people", "31 March 2026", 41],
    ["4", "Average caseload", "average", "31 March 2026"],
    [None, "Percentage of staff with a check", None, "31 March 2026"],
]


def test_a_table_of_numbers_is_a_section_of_numbers(tmp_path: Path) -> None:
    found = drafted(save(tmp_path / "form.xlsx", {"Data": NUMBERS}))
    assert found.audit.title == "Safeguarding data return 2025/26"
    measured = [(q.id, q.measure) for _, q in found.audit.questions()]
    year = "April 2025 to March 2026"
    assert measured == [
        ("1", Measure(unit="referrals", period=year)),
        ("2", Measure(kind="percent", period=year)),
        ("3", Measure(unit="people", period="31 March 2026")),
        ("4", Measure(unit="average", kind="decimal", period="31 March 2026")),
        ("STA-3", Measure(kind="percent", period="31 March 2026")),
    ]
    assert [section.is_numbers for section in found.audit.sections] == [True, True]
    assert [field.label for field in found.audit.sections[0].responses] == ["Comments"]
    assert left(found) == [("E8", "41")]
    assert sum("asks for numbers" in decision for decision in found.decisions) == 2
    assert check.problems(found.audit) == []
    assert forms.written(found.audit, ".xlsx")


@pytest.mark.parametrize(
    ("head", "unplaced"),
    [
        (["Ref", "Indicator", "Unit", "2024/25", "2025/26"], ["2024/25"]),
        (["Ref", "Measure", "Time period", "Number"], []),
        (["Ref", "Data item", "Figure", "Period"], []),
    ],
)
def test_heads_of_tables_of_numbers(head: list[str], unplaced: list[str], tmp_path: Path) -> None:
    rows = {"Data": [head, ["D1", "Referrals made"]], "Form": [HEAD, ["A1", "Is it?"]]}
    found = drafted(save(tmp_path / "form.xlsx", rows))
    assert [section.is_numbers for section in found.audit.sections] == [True, False]
    assert [text for _, text in left(found)] == unplaced
    assert [field.role for field in found.audit.responses] == ["rating", "evidence"]
    assert check.problems(found.audit) == []


OFSTED = [("1", "Outstanding"), ("2", "Good"), ("3", "Requires improvement"), ("4", "Inadequate")]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            ["Red = not in place, or not known, Amber = in part; Green = in place"],
            [("Green", "in place"), ("Amber", "in part"), ("Red", "not in place, or not known")],
        ),
        (["Key: R – nothing yet | A – some of it | G – all of it"], [("G", "all of it"), ("A", "some of it"), ("R", "nothing yet")]),
        (["4 – Inadequate; 3 – Requires improvement; 2 – Good; 1 – Outstanding"], OFSTED),
        (["Met: all of it", "Partly met: some", "Not met: none"], [("Met", "all of it"), ("Partly met", "some"), ("Not met", "none")]),
    ],
)  # fmt: skip
def test_keys_to_ratings_in_a_line_are_the_scale(
    key: list[str], said: list[tuple[str, str]], tmp_path: Path
) -> None:
    rows = [["An audit 2026"], *([line] for line in key), [], HEAD, ["A1", "Is it?"]]
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}))
    (scale,) = found.audit.scales
    assert [(point.label, point.meaning) for point in scale.points] == said
    assert (found.audit.title, found.audit.sections[0].intro, left(found)) == ("An audit 2026", "", [])
    assert not any("Green, Amber and Red were put in" in decision for decision in found.decisions)


def test_a_key_that_explains_other_points_is_listed(tmp_path: Path) -> None:
    rows = [["An audit"], ["Red = late, Green = on time"], [], HEAD, ["A1", "Is it?"]]
    offers = {"Form": {"C5:C9": '"Met,Not met"'}}
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}, offers=offers))
    assert [point.label for point in found.audit.scales[0].points] == ["Met", "Not met"]
    assert left(found) == [("A2", "Red = late, Green = on time")]


def test_a_section_may_be_called_after_a_board(tmp_path: Path) -> None:
    rows = [["An audit 2026"], [], ["The board"], HEAD, ["A1", "Is it?"]]
    found = drafted(save(tmp_path / "form.xlsx", {"Form": rows}))
    assert (found.audit.title, found.audit.sections[0].title) == ("An audit 2026", "The board")


@pytest.mark.parametrize(
    ("lines", "title", "unplaced"),
    [
        (["Northmoor Safeguarding Children Partnership", "School self-assessment 2026"], "School self-assessment 2026", 1),
        (["Please fill in every row.", "Section 11 audit"], "Section 11 audit", 0),
        (["Northmoor Safeguarding Children Board"], "Our S11 form", 1),
        (["Name of organisation:"], "Our S11 form", 0),
        ([], "Our S11 form", 0),
    ],
)  # fmt: skip
def test_the_title_is_the_forms_and_not_the_partnerships(
    lines: list[str], title: str, unplaced: int, tmp_path: Path
) -> None:
    form = save(
        tmp_path / "our_S11_form.xlsx", {"Form": [*([line] for line in lines), [], HEAD, ["A1", "Is it?"]]}
    )
    made = import_form(form, tmp_path / "audit.yaml", 2026)
    assert made.draft.audit.title == title
    assert len(made.draft.unplaced) == unplaced
    assert any("has no title" in decision for decision in made.draft.decisions) == (title == "Our S11 form")


def test_a_chronology_becomes_a_table_of_events(tmp_path: Path) -> None:
    found = drafted(with_chronology(tmp_path / "form.xlsx"))
    asking, events = found.audit.sections
    assert [question.text for question in asking.questions] == [
        "What did your agency know of the family?",
        "What was learned?",
    ]
    assert (events.id, events.title, events.questions, events.events) == (
        *("CH", "Agency chronology", ()),
        Events(200),
    )
    assert [(field.label, field.kind, field.role, field.required) for field in events.responses] == [
        ("Date", "uncertain_date", "event_date", True),
        ("Time", "time", "event_time", False),
        ("Source of information", "text", "source", True),
        ("Event", "text", "event", True),
        ("Action taken", "text", "event_action", False),
        ("Child seen", "yes_no", "child_seen", False),
        ("Outcome", "text", "", False),
        ("Weather", "text", "", False),
    ]
    assert [cell for cell, _ in left(found)] == ["A3", "B3", "C3", "D3", "E3", "F3", "G3", "H3"]
    assert any("'Agency chronology' became a table of events with 200 rows" in one for one in found.decisions)
    assert not check.problems(found.audit)


def test_a_chronology_alone_is_a_form(tmp_path: Path) -> None:
    rows = [["Date", "Time", "Source", "What happened", "Action"]]
    form = save(tmp_path / "our chronology.xlsx", {"Sheet1": rows})
    said = CliRunner().invoke(group, ["import", str(form), "--to", str(tmp_path / "audit.yaml")])
    assert said.exit_code == 0, said.output
    audit = forms.load(tmp_path / "audit.yaml")
    (events,) = audit.sections
    assert (audit.title, events.title, len(events.responses)) == ("Our chronology", "Sheet1", 5)
    assert (audit.responses, audit.roll_up, audit.overall) == ((), None, None)


def test_a_list_of_dates_and_actions_is_no_chronology(tmp_path: Path) -> None:
    rows = [["Question", "Date", "Action", "Lead"], ["There is a lead."]]
    (section,) = drafted(save(tmp_path / "form.xlsx", {"A": rows})).audit.sections
    assert section.events is None
