"""The Excel form as an officer fills it in: what cells mean, and what is said of those that make no sense."""

import datetime as dt

import openpyxl
import pytest

from auditkit.definition.follows import Follows, Link
from auditkit.definition.forms import load, reading
from auditkit.definition.xlsx.example import EXAMPLE
from auditkit.errors import ProblemsError
from tests.corpus.zips import zipped
from tests.definition.xlsx.form import changed, form, wrong


def test_the_example_of_the_guide_is_a_sound_audit(tmp_path):
    audit = load(form(tmp_path))
    assert [(s.id, [q.id for q in s.questions]) for s in audit.sections] == [
        ("CHK", ["CHK-1", "CHK-2"]),
        ("PNL", ["PNL-1"]),
    ]
    assert audit.roll_up.caps[0].any_of == ("red",)
    assert audit.rules[0].when == {"rating": ("amber", "red")}
    assert audit.sections[0].questions[1].applies_to == {"group": ("Police", "Health")}
    assert audit.sections[0].questions[0].descriptors["red"] == "People start before the checks are back."
    assert (audit.sections[0].questions[0].weight, audit.scales[0].points[3].not_applicable) == (2.0, True)


def test_headings_as_officers_write_them(tmp_path):
    questions = [["Standard", " REF ", "Question", "What good looks like", "Notes for us", "weight"]]
    questions += [
        ["CHK", "CHK-1", "Who leads?", "Somebody does.", "ask Sam", 2],
        ["PNL", "PNL-1", "Who chairs?"],
        ["", "", "", "", "that's all"],
    ]
    responses = changed("responses", ("C1", "Heading"), ("D1", "Type"), ("F1", "Mandatory"))
    audit = load(form(tmp_path, questions=questions, responses=responses, applies=None, notes=[["anything"]]))
    assert [(q.id, q.text, q.good, q.weight) for _, q in audit.questions()] == [
        ("CHK-1", "Who leads?", "Somebody does.", 2.0),
        ("PNL-1", "Who chairs?", "", 1.0),
    ]


def test_themes_and_which_questions_have_them(tmp_path):
    settings = changed(
        "settings", ("A6", "Theme"), ("B6", "voice | The child's voice | Asked.\nneglect | Neglect")
    )
    sections = changed("sections", ("D1", "Theme"), ("D2", "voice"))
    questions = changed("questions", ("H1", "THEMES"), ("H2", "neglect\nvoice"))
    audit = load(form(tmp_path, settings=settings, sections=sections, questions=questions))
    assert [(theme.id, theme.title, theme.guidance) for theme in audit.themes] == [
        ("voice", "The child's voice", "Asked."),
        ("neglect", "Neglect", ""),
    ]
    assert [audit.themes_of(s, q) for s, q in audit.questions()] == [("voice", "neglect"), ("voice",), ()]


def test_lists_in_one_cell_or_in_cells_of_their_own(tmp_path):
    settings = changed("settings", ("A6", "instructions 7"), ("B6", "Last, in\ntwo lines."))
    settings += [
        ["instructions 2", "First."],
        ["overall caps 1 name", "No Red"],
        ["Overall Caps 1 any of", "red"],
    ]
    settings += [["overall caps 1 at_most", "amber"], ["checks placeholders", ' n/a \n\n""\n- ']]
    fields = changed("fields", ("F1", "choices 2"), ("G1", "choices 10"), ("A5", "how"), ("B5", "How?"))
    fields[4] += ["choice", "", "", "Paper, or scanned", "Both"]
    audit = load(form(tmp_path, settings=settings, fields=fields))
    assert audit.instructions == ("First.", "Last, in\ntwo lines.")
    assert audit.overall.caps[0].at_most == "amber"
    assert audit.checks.placeholders == ("n/a", "", "-")
    assert audit.cover[3].choices == ("Paper, or scanned", "Both")


def test_dates_numbers_and_ticks_are_taken_as_the_spreadsheet_has_them(tmp_path):
    responses = changed("responses", ("I1", "minimum"), ("J1", "maximum"), ("F2", True), ("I5", "1/9/2026"))
    responses[4][9:] = [dt.date(2029, 12, 31)]
    settings = changed("settings", ("B4", 2026), ("B11", " 80|green\n40 | amber \n0 | red"))
    audit = load(form(tmp_path, responses=responses, settings=settings))
    assert (audit.responses[3].minimum, audit.responses[3].maximum) == (
        dt.date(2026, 9, 1),
        dt.date(2029, 12, 31),
    )
    assert (audit.responses[0].required, audit.edition, audit.overall.bands[0].at_least) == (
        True,
        "2026",
        80.0,
    )


def test_what_the_spreadsheet_may_have_changed_is_not_guessed(tmp_path):
    settings = changed("settings", ("B4", 2026.1), ("B2", dt.date(2026, 2, 1)), ("B3", dt.time(9, 30)))
    scales = changed("scales", ("C2", "#REF!"), ("G3", "a\x07b"))
    said = wrong(tmp_path, settings=settings, scales=scales)
    assert said == [
        "settings B2 | the spreadsheet took this for a date (01/02/2026): choose Format Cells, Text, and type it again",
        "settings B3 | the spreadsheet took this for a time: choose Format Cells, Text, and type it again",
        "settings B4 | the spreadsheet took this for a number, in which 2026.10 and 2026.1 are one: choose Format "
        "Cells, Text, and type it again",
        "scales C2 | the formula here fails (#REF!): correct it or type the value",
        "scales G3 | there is an invisible control character in this text: type it again",
    ]


def test_every_problem_is_told_with_sheet_and_cell_all_in_one_go(tmp_path):
    said = wrong(
        tmp_path,
        settings=changed("settings", ("A3", "titel"), ("A6", "colour"), ("A10", "title"), ("A11", "Title")),
        scales=changed(
            "scales", ("D1", "colur"), ("F3", "many"), ("J1", "mood"), ("C1", "label"), ("B1", "label")
        ),
        responses=changed("responses", ("C3", ""), ("K4", "stray")),
        sections=None,
        rule=[["id"]],
        Zebra=[["x"]],
    )
    for message in (
        " | there is no sheet 'sections': it says the standards, in order",
        "settings A3 | there is no setting called 'titel'; did you mean 'title'?",
        "settings A6 | there is no setting called 'colour'",
        "settings A10 | 'title' is set twice, here and at sheet 'settings', cell A3; keep one of them",
        "scales D1 | there is no column 'colur' here; did you mean 'colour'?",
        "scales J1 | there is no column 'mood' here",
        "scales C1 | this column is the same as that at sheet 'scales', cell B1: delete one of them",
        "scales F3 | 'score' must be a number, not 'many'",
        "responses C3 | 'label' is blank here, and it is needed",
        "responses K4 | column K has no heading: head it, or head it 'notes' if it isn't to be read",
        "rule | a definition has no sheet 'rule'; did you mean 'rules'?",
        "Zebra | a definition has no sheet 'Zebra'; a sheet called 'notes' is yours and isn't read",
    ):
        assert any(line.startswith(message) for line in said), (message, said)


def test_where_rows_belong(tmp_path):
    said = wrong(
        tmp_path,
        questions=changed("questions", ("A2", "CHKK"), ("A4", "Zebra")),
        responses=changed("responses", ("A6", "chk"), ("B6", "due"), ("A7", "CHK"), ("B7", "duee")),
        scales=changed("scales", ("I1", "scale title"), ("I2", "One"), ("I3", "Two")),
        rules=changed("rules", ("A2", "questions")),
    )
    assert said == [
        "scales I3 | something else is said of 'rag' at sheet 'scales', cell I2: say it once",
        "responses A6 | there is no section 'chk'; did you mean 'CHK'?",
        "responses A7 | there is no response column called 'duee'; did you mean 'due'?",
        "questions A2 | there is no section 'CHKK'; did you mean 'CHK'?",
        "questions E1 | descriptors say when to choose a rating, and this section has no rating: leave them out",
        "questions A4 | there is no section 'Zebra'; choose from 'CHK', 'PNL'",
        "rules A2 | a rule is about 'responses' or the 'cover', not 'questions'",
    ]
    assert wrong(tmp_path, questions=changed("questions", ("A2", "")))[0] == (
        "questions A2 | this is blank: say which section"
    )


def test_conditions_name_one_thing_and_what_is_asked_of_whom(tmp_path):
    rows = [
        ["CHK", "CHK-1", "applies to", "group", "Police"],
        ["", "CHK-9", "applies_to", "group", "Police"],
        ["PNL", "", "only", "group", "Police"],
        ["PNL", "", "", "", ""],
        ["PNL", "", "Except for", "group", "Polise"],
    ]
    assert wrong(tmp_path, applies=[EXAMPLE["applies"][0], *rows[:4]]) == [
        "applies A2 | name a section or a question, one of the two",
        "applies B3 | there is no question 'CHK-9'; did you mean 'CHK-1'?",
        "applies C4 | say 'applies_to' or 'except_for', not 'only'",
        "applies C5 | blank: say 'applies_to' or 'except_for'",
        "applies D5 | this is blank: name a column of the register",
    ]
    assert wrong(tmp_path, applies=[EXAMPLE["applies"][0], rows[4]]) == [
        "applies E2 | 'Polise' isn't one of the audit's 'groups'; did you mean 'Police'?"
    ]


def test_what_makes_no_sense_is_said_where_it_stands(tmp_path):
    said = wrong(
        tmp_path,
        responses=changed("responses", ("G2", "rug"), ("D4", "txt")),
        questions=changed("questions", ("E1", "descriptors gren"), ("G3", -1)),
        rules=changed("rules", ("C2", "rating: amber\nratng: red"), ("D2", "action\nacton")),
    )
    assert said == [
        "responses G2 | there is no scale called 'rug'; did you mean 'rag'?",
        "responses D4 | there is no kind of field called 'txt'; did you mean 'text'?",
        "questions E1 | the scale 'rag' has no point 'gren'; did you mean 'green'?",
        "questions G3 | a weight must be more than 0, not -1; a question that shouldn't count can stand in a section "
        "without a rating",
        "rules C2 | there is no field called 'ratng'; did you mean 'rating'?",
        "rules D2 | there is no field called 'acton'; did you mean 'action'?",
    ]


def test_lines_that_are_not_understood(tmp_path):
    said = wrong(
        tmp_path,
        settings=changed("settings", ("B8", "1.5 | green | or so"), ("B11", "80 green")),
        rules=changed("rules", ("C2", "rating amber")),
    )
    assert said == [
        "settings B8 | '1.5 | green | or so' has too many parts: write each line as 'at_least | point'",
        "settings B11 | 'point' is missing here: fill it in, or add a column for it",
        "settings B11 | 'at_least' must be a number, not '80 green'",
        "rules C2 | 'rating amber' isn't understood: write each line as 'name: value'",
    ]


def test_what_continues_what(tmp_path):
    settings = [*EXAMPLE["settings"], ["follows edition", "2025.1"], ["follows points rag", "good: green"]]
    settings += [["follows questions", "CHK-1 | OLD-1, OLD-2\nPNL-1 | []"], ["follows dropped", "OLD-3"]]
    audit = load(form(tmp_path, settings=settings))
    assert audit.follows == Follows(
        edition="2025.1",
        questions=(Link("CHK-1", ("OLD-1", "OLD-2")), Link("PNL-1", ())),
        points={"rag": {"good": "green"}},
        dropped=("OLD-3",),
    )
    assert wrong(tmp_path, settings=[*settings, ["follows points", "rag: green"]]) == [
        "settings B16 | 'rag: green' isn't read here: give each its own cell, with its name at the end of the heading"
    ]


def test_misspelt_names_hide_no_other_problem(tmp_path):
    path = form(
        tmp_path, questions=changed("questions", ("C1", "txt")), scales=changed("scales", ("C1", "labl"))
    )
    meant = reading(path).audit
    assert meant is not None
    assert meant.scales[0].points[0].label == "Green"


def test_a_section_has_columns_of_its_own(tmp_path):
    responses = [*EXAMPLE["responses"], ["PNL", "evidence"], ["PNL", "seen", "Seen on", "date"]]
    audit = load(form(tmp_path, responses=responses))
    assert [field.id for field in audit.responses] == ["rating", "evidence", "action", "due"]
    assert audit.sections[1].responses[0] == audit.responses[1]
    assert [field.label for field in audit.sections[1].responses] == ["Evidence", "Seen on"]


def test_sheets_without_anything_on_them(tmp_path):
    said = wrong(
        tmp_path,
        sections=[],
        settings=[["name", "meaning"], ["id", "x"]],
        questions=[["section", "id", "text"]],
    )
    assert "settings | there is no column 'value' here: add it" in said
    assert "sections | this sheet is blank: its first row must head the columns" in said
    assert "sections | there are no sections, so nothing is asked: write at least one question" not in said
    said = wrong(tmp_path, sections=[["id", "title"]])
    assert "questions A2 | there is no section 'CHK'" in said
    assert len([line for line in said if "there is no" in line]) == 1


def test_the_same_mistake_all_the_way_down_is_told_once(tmp_path):
    questions = [
        ["section", "id", "text"],
        *(["PNN", f"PNN-{n}", "Who?"] for n in range(5)),
        ["CHK", "CHK-1", "Who?"],
    ]
    said = wrong(tmp_path, questions=questions, applies=None)
    assert said == [
        "questions A2 | there is no section 'PNN'; did you mean 'PNL'? So in 4 more cells, down to A6"
    ]


def test_a_setting_left_blank_may_be_set_further_down(tmp_path):
    settings = [*EXAMPLE["settings"][:1], ["guidance", ""], *EXAMPLE["settings"][1:], ["guidance", "Ours"]]
    assert load(form(tmp_path, settings=settings)).guidance == "Ours"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"id: s11", "this workbook can't be read"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "has a password or is in the old .xls form"),
        (
            zipped({"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>"}),
            "declares a document type",
        ),
        (b"PK\x03\x04" + b"\0" * 21_000_000, "no more than 20 MB is read"),
    ],
)
def test_files_that_are_no_form(tmp_path, content, says):
    path = tmp_path / "audit.xlsx"
    path.write_bytes(content)
    with pytest.raises(ProblemsError, match=says):
        load(path)


def test_a_form_that_asks_for_too_much_room_is_refused(tmp_path):
    path = form(tmp_path, notes=[["x"]])
    book = openpyxl.load_workbook(path)
    book["notes"]["XFD1048576"] = "far out"
    book.save(path)
    with pytest.raises(ProblemsError, match="rows by 16,384 columns"):
        load(path)


def test_a_form_that_is_not_there_or_cannot_be_opened(tmp_path):
    with pytest.raises(ProblemsError, match="there is no such file"):
        load(tmp_path / "audit.xlsx")
    (tmp_path / "audit.xlsx").mkdir()
    with pytest.raises(ProblemsError, match="can't be opened"):
        load(tmp_path / "audit.xlsx")
