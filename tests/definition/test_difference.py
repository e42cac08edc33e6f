"""What an officer is told of two editions: every change, the trends it breaks, and ids that seem used again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.cli import group
from auditkit.definition import forms
from auditkit.definition.checks.walk import scale_called
from auditkit.definition.difference import Difference, compare, report
from auditkit.definition.difference.change import marked, moved
from auditkit.definition.follows import Link
from auditkit.definition.measure import Measure
from auditkit.definition.model import Audit, Section
from auditkit.definition.xlsx import cells
from tests.definition.strategies import audits
from tests.numbers import AUDIT as NUMBERS
from tests.numbers import audit_of
from tests.rounds import AUDIT, small_round


@pytest.fixture
def told(tmp_path: Path):
    """Compare the small audit with itself after replacements: ``told((old, new), …)``."""

    def told(*changes: tuple[str, str]) -> Difference:
        text = AUDIT
        for old, new in (('"2026.1"', '"2027.1"'), *changes):
            assert old in text
            text = text.replace(old, new)
        editions = []
        for name, each in (("old.yaml", AUDIT), ("new.yaml", text)):
            (tmp_path / name).write_text(each, encoding="utf-8")
            editions.append(forms.load(tmp_path / name))
        return compare(*editions)

    return told


def said(difference: Difference) -> list[str]:
    return [f"{c.how} {c.id}: {c.what}" for c in difference.changes if c.id != "edition"]


def bent(difference: Difference) -> list[str]:
    return [f"{trend.effect} {trend.why} {' '.join(trend.ids)}" for trend in difference.trends]


Q2 = "      - {id: GOV-2, text: The board hears about it.}\n"
FOLLOWS = 'groups: [Police, Health]\nfollows: {edition: "2026.1", questions: [%s]}'


@pytest.mark.parametrize(
    ("changes", "sentences", "trends"),
    [
        ([], [], []),
        (
            [("A senior person leads.", "A senior and trained person leads.")],
            ["reworded GOV-1: the text: A senior [added: and trained] person leads."],
            ["care reworded GOV-1"],
        ),
        (
            [(Q2, "")],
            ["removed GOV-2: gone from 'Leadership': The board hears about it."],
            ["broken gone GOV-2", "care made-of GOV", "care made-of overall"],
        ),
        (
            [(Q2, Q2 + "      - {id: GOV-4, text: Visits are made.}\n")],
            ["added GOV-4: new in 'Leadership': Visits are made."],
            ["broken new GOV-4", "care made-of GOV", "care made-of overall"],
        ),
        (
            [(Q2, ""), ("      - {id: GOV-3", f"{Q2}      - {{id: GOV-3")],
            [],
            [],
        ),
        (
            [(Q2, ""), ("    questions:\n      - {id: GOV-1", f"    questions:\n{Q2}      - {{id: GOV-1")],
            ["moved GOV-2: stands elsewhere in 'Leadership'"],
            [],
        ),
        (
            [(Q2, ""), ("      - {id: NUM-2", f"{Q2}      - {{id: NUM-2")],
            ["moved GOV-2: moved from 'Leadership' to 'Numbers'"],
            [
                "broken scale GOV-2",
                "broken made-of-broken NUM",
                "broken made-of-broken overall",
                "care made-of GOV NUM",
                "care made-of overall",
            ],
        ),
        (
            [("GOV-2,", "LEAD-2,"), ("groups: [Police, Health]", FOLLOWS % "{id: LEAD-2, was: GOV-2}")],
            ["changed follows: what it says of the edition before it (follows)", "renamed LEAD-2: was GOV-2"],
            [],
        ),
        (
            [
                (Q2, Q2.replace("GOV-2", "GOV-2a") + Q2.replace("GOV-2", "GOV-2b")),
                ("groups: [Police, Health]", FOLLOWS % "{id: GOV-2a, was: GOV-2}, {id: GOV-2b, was: GOV-2}"),
            ],
            [
                "changed follows: what it says of the edition before it (follows)",
                "split GOV-2a: was part of GOV-2",
                "split GOV-2b: was part of GOV-2",
            ],
            ["care split GOV-2a GOV-2b", "care made-of GOV", "care made-of overall"],
        ),
        (
            [
                (Q2, ""),
                ("groups: [Police, Health]", FOLLOWS % "{id: GOV-1, was: [GOV-1, GOV-2]}"),
            ],
            [
                "changed follows: what it says of the edition before it (follows)",
                "merged GOV-1: was GOV-1 and GOV-2: A senior person leads.",
            ],
            ["care merged GOV-1", "care made-of GOV", "care made-of overall"],
        ),
        (
            [("applies_to: {group: Police}", "applies_to: {group: [Police, Health]}")],
            ["changed GOV-3: asked only of: group: Police → Police, Health"],
            ["care asked GOV-3"],
        ),
        (
            [("score: 2, meaning: Partly in place", "score: 1.5, meaning: Partly in place")],
            ["changed rag.amber: the scale 'rag', point 'Amber': score: 2 → 1.5"],
            ["care scores GOV", "care scores overall"],
        ),
        (
            [("score: 3, meaning: In place}", "score: 3, meaning: More than in place}")],
            ["changed rag.green: the scale 'rag', point 'Green': meaning: In place → More than in place"],
            [
                "broken scale GOV-1 GOV-2 GOV-3",
                "broken made-of-broken GOV",
                "broken made-of-broken overall",
            ],
        ),
        (
            [
                ("score: 3, meaning: In place}", "score: 3, meaning: More than in place}"),
                (
                    "groups: [Police, Health]",
                    'groups: [Police, Health]\nfollows: {edition: "2026.1", '
                    "points: {rag: {green: amber, amber: amber, red: red}}}",
                ),
            ],
            [
                "changed follows: what it says of the edition before it (follows)",
                "changed rag.green: the scale 'rag', point 'Green': meaning: In place → More than in place",
            ],
            ["care mapped GOV-1 GOV-2 GOV-3"],
        ),
        (
            [("maximum: 500", "maximum: 600"), ("{id: ratio, label: Ratio", "{id: rate, label: Rate")],
            [
                "changed staff: the column 'Staff' of 'Numbers': maximum: 500 → 600",
                "added rate: the column 'Rate' of 'Numbers' is new",
                "removed ratio: the column 'Ratio' of 'Numbers' is gone",
            ],
            [],
        ),
        (
            [("bands: [{at_least: 60, point: most}", "bands: [{at_least: 70, point: most}")],
            [
                "changed NUM: rating of 'Numbers': bands: (at least 60, point most), (at least 0, point few) → "
                "(at least 70, point most), (at least 0, point few)"
            ],
            ["care roll-up NUM"],
        ),
        (
            [("require: [evidence], message: A Green", "require: [evidence, action], message: A Green")],
            ["changed proof: the rule 'proof': require: evidence → evidence, action"],
            [],
        ),
        (
            [("label: Completed by", "label: Filled in by"), ("id: GOV\n", "id: LEAD\n")],
            [
                "renamed LEAD: LEAD 'Leadership' was called GOV",
                "changed author: the field 'Completed by': label: Completed by → Filled in by",
            ],
            [],
        ),
        (
            [
                (
                    "    roll_up: {rule: mean, bands: [{at_least: 60, point: most}, {at_least: 0, point: few}]}",
                    "    roll_up: {rule: worst}",
                )
            ],
            [
                "changed NUM: rating of 'Numbers': rule: mean → worst",
                "changed NUM: rating of 'Numbers': bands: (at least 60, point most), (at least 0, point few) → "
                "nothing",
            ],
            ["care roll-up NUM"],
        ),
        (
            [("title: Leadership\n", "title: Leadership\n    roll_up: {rule: worst}\n")],
            ["changed GOV: rating of 'Leadership': it has a roll-up of its own now"],
            ["care roll-up GOV"],
        ),
        (
            [
                ("{id: ratio,", "{id: rate,"),
                ("groups: [Police, Health]", FOLLOWS.replace("questions: [%s]", "fields: {ratio: rate}")),
            ],
            [
                "changed follows: what it says of the edition before it (follows)",
                "renamed rate: the column 'Ratio' of 'Numbers' was called ratio",
            ],
            [],
        ),
        (
            [("kind: rating, scale: score, role: rating", "kind: text")],
            [
                "changed share: the column 'Share' of 'Numbers': kind: rating → text",
                "changed share: the column 'Share' of 'Numbers': role: rating → nothing",
                "changed share: the column 'Share' of 'Numbers': scale: score → nothing",
            ],
            ["broken rated NUM-1 NUM-2", "broken rated NUM", "broken made-of-broken overall"],
        ),
        (
            [
                ("  - id: NUM\n    title: Numbers", "  - id: OWN\n    title: Sums"),
                ("NUM-1, text: How much of it is in place?", "OWN-1, text: Sums are checked."),
                ("NUM-2, text: And next year?", "OWN-2, text: By somebody else."),
            ],
            [
                "added OWN: OWN 'Sums' is new",
                "removed NUM: NUM 'Numbers' is gone",
                "added OWN-1: new in 'Sums': Sums are checked.",
                "added OWN-2: new in 'Sums': By somebody else.",
                "removed NUM-1: gone from 'Numbers': How much of it is in place?",
                "removed NUM-2: gone from 'Numbers': And next year?",
            ],
            [
                "broken gone NUM-1 NUM-2",
                "broken new OWN-1 OWN-2",
                "broken gone NUM",
                "broken new OWN",
                "care made-of overall",
            ],
        ),
        (
            [
                ("{id: trained, label: Trained, kind: percent}", "{id: x}"),
                ("{id: ratio, label: Ratio, kind: decimal}", "{id: trained, label: Trained, kind: percent}"),
                ("{id: x}", "{id: ratio, label: Ratio, kind: decimal}"),
            ],
            ["moved ratio: the column 'Ratio' of 'Numbers' stands elsewhere in the order"],
            [],
        ),
    ],
)
def test_what_is_told(told, changes, sentences: list[str], trends: list[str]) -> None:
    difference = told(*changes)
    assert said(difference) == sentences
    assert bent(difference) == trends
    assert difference.warnings == ()
    assert difference.proposed == ()
    assert "".join(line for line, _ in report.lines(difference))


def numbered(*texts: str) -> str:
    return "".join(f"      - {{id: NEW-{n}, text: {text}}}\n" for n, text in enumerate(texts, 1))


TEXTS = ("Visits to frontline teams are made.", "Complaints reach the board.", "Allegations are reported.")


def test_questions_that_were_renumbered_are_told_with_the_lines_to_paste(told, tmp_path: Path) -> None:
    before, after = numbered(*TEXTS), numbered("Rooms are safe to play in.", *TEXTS)
    difference = told((Q2, Q2 + after))
    old = written(AUDIT.replace(Q2, Q2 + before), tmp_path)
    difference = compare(old, difference.after)
    assert [(link.id, link.was) for link in difference.proposed] == [
        ("NEW-1", ()),
        ("NEW-2", ("NEW-1",)),
        ("NEW-3", ("NEW-2",)),
        ("NEW-4", ("NEW-3",)),
    ]
    (warning,) = difference.warnings
    assert warning.startswith("NEW-1, NEW-2 and NEW-3: the text is so different that the id seems to be used")
    _, _, *lines = report.cells(difference)
    assert cells.read("\n".join(lines), tuple[Link, ...]) == (
        [{"id": link.id, "was": list(link.was)} for link in difference.proposed],
        [],
    )
    pasted = "\n".join(report.settings(difference)) + "\n"
    text = AUDIT.replace('"2026.1"', '"2027.1"').replace(Q2, Q2 + after) + pasted
    difference = compare(old, written(text, tmp_path))
    assert (difference.warnings, difference.proposed) == ((), ())
    assert [(c.how, c.id) for c in difference.changes if c.subject == "questions"] == [
        ("added", "NEW-1"),
        ("renamed", "NEW-2"),
        ("renamed", "NEW-3"),
        ("renamed", "NEW-4"),
    ]


def written(text: str, folder: Path) -> Audit:
    (folder / "audit.yaml").write_text(text, encoding="utf-8")
    return forms.load(folder / "audit.yaml")


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("A senior person leads.", "Toys are cleaned on Fridays.", "GOV-1: the text is so different that"),
        (
            "groups:",
            'follows: {edition: "2025.1"}\ngroups:',
            "edition 2027.1 says what it continues of edition",
        ),
        (
            "groups:",
            'follows: {edition: "2026.1", dropped: GOV-9}\ngroups:',
            "edition 2026.1 of 'A small audit' has no question 'GOV-9'; did you mean 'GOV-1'?",
        ),
        ('"2027.1"\n', '"2026.1"\npurpose: To see.\n', "both call themselves edition '2026.1'"),
    ],
)
def test_warnings(told, old: str, new: str, warning: str) -> None:
    (found,) = told((old, new)).warnings
    assert found.startswith(warning)


def test_the_older_one_comes_first(told) -> None:
    difference = told(("groups:", 'follows: {edition: "2026.1"}\ngroups:'))
    (warning,) = compare(difference.after, difference.before).warnings
    assert warning == "edition 2027.1 says that it follows 2026.1: name the older of the two first"


PARTS = (
    *("responses", "roll_up", "bands", "caps", "subsets", "follows", "cover_rules", "numbers", "measure"),
    *("plans", "answer", "survey", "themes", "cases"),
)


def every_change(thing: object) -> Iterator[object]:
    """Yield a definition again and again, each time with one setting changed, however deep it lies."""
    for field in dataclasses.fields(thing):  # type: ignore[arg-type]
        value = getattr(thing, field.name)
        if not value and field.name in PARTS:
            continue  # what isn't there has no settings
        for changed in changed_values(value):
            yield replace(thing, **{field.name: changed})  # type: ignore[type-var]


def changed_values(value: object) -> Iterator[object]:
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        for n, item in enumerate(value):
            yield from ((*value[:n], changed, *value[n + 1 :]) for changed in every_change(item))
    elif dataclasses.is_dataclass(value):
        yield from every_change(value)
    elif isinstance(value, str):
        yield f"{value} x"
    elif isinstance(value, Mapping):
        yield {**value, "x": next(iter(value.values()), "y")}
    elif isinstance(value, bool):
        yield not value
    else:
        yield (value or 0) + 1 if isinstance(value, (int, float)) else ("x",)


def has_scale(audit: Audit, section: Section) -> bool:
    rating = audit.rating_field(section)
    return rating is not None and scale_called(audit, rating.scale) is not None


def test_no_setting_changes_unsaid(tmp_path: Path) -> None:
    audit = written(AUDIT + PLAN, tmp_path)
    changed = [each for each in every_change(audit) if all(map(partial(has_scale, each), each.sections))]
    assert len(changed) > 300
    assert [each for each in changed if each != audit and not compare(audit, each).changes] == []


@given(audits(), audits())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_definitions_differ_if_something_is_told(before: Audit, after: Audit) -> None:
    assert compare(before, before).changes == ()
    difference = compare(before, after)
    assert bool(difference.changes) == (before != after)
    assert json.dumps(report.data(difference))
    assert all(line for line, _ in report.lines(difference))


@given(st.permutations("abcdefg"), st.sets(st.sampled_from("abcdefg")))
def test_moving_just_what_was_moved_gives_the_new_order(after: list[str], gone: set[str]) -> None:
    before = [item for item in "abcdefg" if item not in gone]
    told = moved(before, after)
    rest = [item for item in after if item in before and item not in told]
    assert rest == sorted(rest)
    runs = (run for length in range(len(rest) + 1, 8) for run in combinations(after, length))
    assert not any(list(run) == sorted(run) and set(run) <= set(before) for run in runs)


@given(st.text(st.sampled_from("ab \n"), max_size=30), st.text(st.sampled_from("abc \n"), max_size=30))
def test_marks_show_only_words_that_were_there(was: str, now: str) -> None:
    shown = set(re.findall(r"[abc]+(?![a-z]*:)", marked(was, now).replace("added:", "").replace("gone:", "")))
    assert shown <= {*was.split(), *now.split()} or "other spaces" in marked(was, now)


def test_the_command(tmp_path: Path) -> None:
    old = small_round(tmp_path / "s-2026").folder
    new = tmp_path / "new.yaml"
    new.write_text(AUDIT.replace("A senior person leads.", "A trained person leads."), encoding="utf-8")

    def run(*args: object, code: int) -> str:
        result = CliRunner().invoke(group, ["diff", *map(str, args)])
        assert result.exit_code == code, result.output
        return result.output

    assert "no change" in run(old, old / "audit.yaml", code=0)
    said = run(old, new, code=4)
    assert "  GOV-1: the text: A [senior → trained] person leads.\n" in said
    assert "Compare with care: question GOV-1: asked in other words" in said
    data = json.loads(run(old, new, "--json", code=4))
    assert [change["id"] for change in data["changes"]] == ["GOV-1"]
    assert data["trends"][0]["ids"] == ["GOV-1"]
    empty = tmp_path / "empty"
    empty.mkdir()
    result = CliRunner().invoke(group, ["diff", str(empty), str(new)])
    assert "holds no definition of the audit" in str(result.exception)


def test_of_a_measure_only_what_differs_is_told() -> None:
    now = NUMBERS.replace("subset_of: N-1", "subset_of: N-3").replace("small: 5", "small: 6")
    changes = compare(audit_of(NUMBERS), audit_of(now)).changes
    assert [c.what for c in changes] == ["measures: small: 5 → 6", "measure: subset of: N-1 → N-3"]


def test_lines_to_paste_into_the_excel_form(tmp_path: Path) -> None:
    old, new = small_round(tmp_path / "old").folder, tmp_path / "audit.xlsx"
    text = AUDIT.replace('"2026.1"', '"2027.1"').replace("{id: GOV-2,", "{id: BOARD,")
    new.write_bytes(forms.written(written(text, tmp_path), ".xlsx"))
    run = CliRunner().invoke(group, ["diff", str(old), str(new)])
    said = run.output.partition("paste into the sheet settings of the newer definition\n")[2]
    assert [line.strip() for line in said.splitlines()] == [
        "follows edition: 2026.1",
        "follows questions (all of these lines in its one cell):",
        "BOARD | GOV-2",
    ]
    book = openpyxl.load_workbook(new)
    for row in book["settings"].iter_rows():
        pasted = {"follows edition": "2026.1", "follows questions": "BOARD | GOV-2"}.get(row[0].value)
        row[1].value = pasted or row[1].value
    book.save(new)
    assert "  BOARD: was GOV-2\n" in CliRunner().invoke(group, ["diff", str(old), str(new)]).output


def test_a_number_counted_otherwise_has_another_trend(told) -> None:
    def counting(measure: Measure) -> Audit:
        audit = told().before
        questions = tuple(replace(question, measure=measure) for question in audit.sections[0].questions[:1])
        return replace(audit, sections=(replace(audit.sections[0], questions=questions),))

    pupils = Measure("pupils", census=dt.date(2025, 10, 1))
    later = compare(counting(pupils), counting(replace(pupils, census=dt.date(2026, 10, 1))))
    assert said(later) == ["changed GOV-1: measure: census: 2025-10-01 → 2026-10-01"]
    assert bent(later) == []
    other = compare(counting(pupils), counting(replace(pupils, unit="families")))
    assert bent(other) == ["broken measured GOV-1"]


PLAN = """
plans:
  - id: review
    title: The review
    starts: the day of the decision
    steps:
      - {id: letters, what: Letters go out, who: Us, working_days: 1}
      - {id: back, what: Workbooks come back, who: Each agency, working_days: 10}
"""


def test_cases_that_are_called_otherwise(told) -> None:
    first = AUDIT.splitlines()[0]
    cases = "cases: {case: case, agency: agency, meeting: Meeting}\n"
    assert said(told((first, cases + first))) == [
        "changed cases: cases: nothing → (case case, agency agency, meeting Meeting)"
    ]


def test_which_standard_a_question_is_laid_beside(told) -> None:
    difference = told(("text: The board hears about it.", "text: The board hears about it., beside: LEAD"))
    assert said(difference) == ["changed GOV-2: laid beside the standard: nothing → LEAD"]
    assert bent(difference) == []


def test_plans_and_their_steps(told) -> None:
    first = AUDIT.splitlines()[0]
    assert said(told((first, PLAN + first))) == ["added review: the plan 'The review' is new"]


def test_a_step_that_changed(tmp_path: Path) -> None:
    editions = []
    for text in (PLAN, PLAN.replace("10}", "8}").replace("letters, what", "asked, what")):
        (tmp_path / "audit.yaml").write_text(AUDIT + text, encoding="utf-8")
        editions.append(forms.load(tmp_path / "audit.yaml"))
    assert said(compare(*editions)) == [
        "added review.asked: the plan 'The review', step 'Letters go out' is new",
        "changed review.back: the plan 'The review', step 'Workbooks come back': working days: 10 → 8",
        "removed review.letters: the plan 'The review', step 'Letters go out' is gone",
    ]


THEMES = """
themes: [{id: voice, title: The child's voice}, {id: neglect, title: Neglect}]
"""


def test_themes_and_what_has_them(told) -> None:
    first = AUDIT.splitlines()[0]
    heads = "id: GOV-2, ", "id: GOV-2, themes: [voice, neglect], "
    assert said(told((first, THEMES + first), heads)) == [
        "changed GOV-2: themes: nothing → voice, neglect",
        "added voice: the theme 'The child's voice' is new",
        "added neglect: the theme 'Neglect' is new",
    ]
