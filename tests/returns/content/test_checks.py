"""The checks of what a return says, one by one."""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.definition.content import Content, ContentCode, Subset
from auditkit.definition.model import Field, Question, Rule
from auditkit.definition.yaml import read_yaml_as
from auditkit.returns.catalogue import content as catalogue
from auditkit.returns.content import CHECKS, Circumstances
from auditkit.returns.content.across import CODE, across
from auditkit.returns.content.seen import LISTED, some
from auditkit.returns.content.texts import AGAIN
from auditkit.returns.extract import extract
from auditkit.returns.findings import holding, said
from auditkit.returns.model import Finding, Return
from auditkit.returns.sheets import marks
from auditkit.returns.validate import validate
from auditkit.returns.words import FILE, WORD, plain, shipped, words_for
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import COVER
from tests.returns.filled import AUDIT, GREEN, HEALTH, NA, RED, as_sheets, grids

EVIDENCE = "The minutes of 14 May 2026 show what the board decided."
WIDE = replace(
    AUDIT,
    responses=(*AUDIT.responses[:-1], replace(AUDIT.responses[-1], maximum=dt.date.max), Field("state", "Progress", "choice", role="progress", choices=("Open", "Done"), closed=("Done",))),
    cover=(*AUDIT.cover, Field("when", "Signed off on", "date", role="signoff_date", minimum=dt.date.min)),
    sections=(
        replace(
            AUDIT.sections[0],
            questions=tuple(Question(f"GOV-{n}", f"What is asked as question {n}?", descriptors={"green": "Everybody knows it and can say so."}) for n in range(1, 16)),
        ),
        *AUDIT.sections[1:],
    ),
)  # fmt: skip
AS_AT, ISSUED = dt.date(2027, 1, 1), dt.date(2026, 9, 1)


def gov(n: int, **columns: Any) -> dict[tuple[str, str, str], Any]:
    return {("GOV", f"GOV-{n}", column): value for column, value in columns.items()}


def told(
    answers,
    checks: Content | None = None,
    known: Circumstances | None = None,
    rules=(),
    sheets=None,
    as_at: dt.date | None = AS_AT,
):
    """Return the findings about content, by code."""
    audit = replace(WIDE, checks=checks or Content(), rules=rules)
    found = sheets or as_sheets(grids(answers, HEALTH, audit))
    narrowed = audit.for_recipient(HEALTH.row())
    extracted = extract("a.xlsx", marks(found), layout_for(narrowed), found)
    findings = validate("a.xlsx", extracted, narrowed, known or Circumstances())[1]
    codes = {code for check in CHECKS.values() for code in check.CODES}
    by_code = {f.code: f for f in holding(findings, as_at) if f.code in codes}
    for finding in by_code.values():
        words = said(finding)
        assert "{" not in words.happened + words.to_do + words.respondent
    return by_code


def test_every_check_defines_the_same_names_and_every_code_can_be_turned_off() -> None:
    codes = [code for check in CHECKS.values() for code in check.CODES]
    assert len(set(codes)) == len(codes)
    assert sorted([*codes, CODE, AGAIN]) == sorted(get_args(ContentCode))
    assert sorted(entry.code for entry in catalogue.ENTRIES) == sorted(get_args(ContentCode))
    for check in CHECKS.values():
        assert check.__doc__


def test_the_shipped_words_say_what_any_reader_of_yaml_finds_in_them() -> None:
    assert shipped() == read_yaml_as(FILE, Content)[0]


@given(st.text(st.characters(max_codepoint=0x24F)) | st.text())
def test_a_plain_text_is_its_words(text: str) -> None:
    assert plain(text) == " ".join(WORD.findall(text.casefold().replace("'", "").replace("’", "")))


def test_the_shipped_words_are_complete_and_tidy() -> None:
    own = shipped()
    for each in fields(Content):
        value = getattr(own, each.name)
        if isinstance(value, tuple):
            plains = [plain(v) for v in value if isinstance(v, str)]
            assert len(set(plains)) == len(plains), each.name
        elif each.name != "names":  # whether it is an audit of cases says so
            assert value is not None
    assert own.off == own.allow == own.examples == own.subsets == ()


@pytest.mark.parametrize(
    "text",
    ["n/a", "N/A.", "TBC", "See attached", "see  attached policy", "As above - same policy", "Yes", "-", "?", "All staff trained", "What is asked as question 1", "everybody knows it, and can say so"],
)  # fmt: skip
def test_thin_evidence(text: str) -> None:
    assert "thin-evidence" in told(gov(1, rating=GREEN, evidence=text))


@pytest.mark.parametrize(
    "text",
    [EVIDENCE, "Minutes 3/5/26", "Four staff were asked", "See attached list: 41 of 43 staff had the training in May", "We answer this jointly with the council"],
)  # fmt: skip
def test_evidence_that_says_something(text: str) -> None:
    assert told(gov(1, rating=GREEN, evidence=text)) == {}


def test_thin_evidence_on_many_questions_is_one_finding() -> None:
    answers = {}
    for n in range(1, 15):
        answers |= gov(n, rating=GREEN, evidence="TBC")
    finding = told(answers)["thin-evidence"]
    assert dict(finding.data)["count"] == "14"
    assert "GOV-12 and 2 more" in said(finding).happened
    assert (finding.cell, finding.question, finding.value) == ("E6", "", "")
    assert told(gov(1, rating=GREEN, evidence="TBC"))["thin-evidence"].question == "GOV-1"


def test_an_audit_may_change_words_and_thresholds() -> None:
    answers = gov(1, rating=GREEN, evidence="In hand with Sam")
    assert told(answers) == {}
    assert "thin-evidence" in told(answers, Content(thin_words=6))
    assert "thin-evidence" in told(answers, Content(placeholders=("in hand with sam",)))
    assert told(gov(1, rating=GREEN, evidence="TBC"), Content(off=("thin-evidence",))) == {}
    assert (
        told(gov(1, rating=GREEN, evidence="All staff trained"), Content(allow=("all staff trained",))) == {}
    )


def test_half_of_a_check_may_be_off() -> None:
    answers = {**gov(1, rating=GREEN), (COVER, "when", "answer"): dt.date(2026, 1, 1)}
    known = Circumstances(ISSUED)
    assert set(told(answers, known=known)) == {"sign-off-early"}
    assert told(answers, Content(off=("sign-off-early",)), known) == {}


def test_placeholders_where_something_is_needed() -> None:
    rules = (Rule("plan", {"rating": ("red",)}, ("action",), "Plan."),)
    finding = told(gov(1, rating=RED, action="tbc"), rules=rules)["placeholder-given"]
    assert "Action “tbc”" in said(finding).happened
    assert told(gov(1, rating=GREEN, action="tbc"), rules=rules) == {}
    assert told(gov(1, rating=RED, action="tbc"), Content(allow=("TBC",)), rules=rules) == {}
    on_cover = {**gov(1, rating=GREEN), (COVER, "author", "answer"): "n/a"}
    assert told(on_cover)["placeholder-given"].question == "Completed by"


def test_nothing_but_examples() -> None:
    example = Content(examples=("For instance, the minutes of May.",))
    answers = gov(1, rating=GREEN, evidence="For instance the minutes of May")
    assert "only-examples" in told(answers, example)
    assert "only-examples" not in told({**answers, **gov(2, evidence=EVIDENCE)}, example)
    assert "only-examples" not in told(gov(1, rating=GREEN), example)


def test_the_same_text_in_most_boxes() -> None:
    same = {}
    for n in range(1, 5):
        same |= gov(n, rating=GREEN, evidence=EVIDENCE)
    assert said(told(same)["same-text"]).happened.startswith(
        "Filled boxes under “Evidence” that hold the same text: 4 of 4 ("
    )
    others = {}
    for n in range(5, 10):
        others |= gov(n, rating=GREEN, evidence=f"{EVIDENCE} {n}")
    assert told({**same, **others}) == {}
    assert told(same, Content(same_boxes=5)) == {}
    assert told(same, Content(allow=(EVIDENCE,))) == {}
    thin = {key: "TBC" if key[2] == "evidence" else value for key, value in same.items()}
    assert set(told(thin)) == {"thin-evidence"}


@pytest.mark.parametrize("rating", [GREEN, "green"])
def test_a_best_rating_that_its_evidence_denies(rating: str) -> None:
    text = "A draft is there, but it isn't agreed; there is no policy yet and staff don't know."
    finding = told(gov(1, rating=rating, evidence=text))["rating-contradicted"]
    assert "GOV-1 (“no policy”)" in said(finding).happened
    assert finding.value == ""


@pytest.mark.parametrize(
    ("rating", "text"),
    [(RED, "There is no policy, and staff don't know."), (NA, "There is no policy, and staff don't know."), (None, "There is no policy at all, yet."), (GREEN, EVIDENCE), ("nonsense", "There is no policy, and staff don't know.")],
)  # fmt: skip
def test_other_ratings_may_be_explained(rating, text: str) -> None:
    assert "rating-contradicted" not in told(gov(1, rating=rating, evidence=text))


def test_phrases_that_are_meant_otherwise_are_allowed() -> None:
    text = "There is no policy that isn't agreed."
    assert told(gov(1, rating=GREEN, evidence=text), Content(allow=(text,))) == {}


def test_a_section_without_ratings_has_none_to_deny() -> None:
    section = replace(WIDE.sections[0], responses=(Field("evidence", "Evidence", "text", role="evidence"),))
    audit = replace(WIDE, sections=(section,))
    sheets = as_sheets(grids(gov(1, evidence="There is no policy at all, not yet."), HEALTH, audit))
    extracted = extract("a.xlsx", marks(sheets), layout_for(audit))
    assert "rating-contradicted" not in [f.code for f in validate("a.xlsx", extracted, audit)[1]]


def test_open_actions_past_their_date() -> None:
    late = gov(1, rating=RED, action="Act", due=dt.date(2026, 12, 31))
    assert told(late)["action-overdue"].question == "GOV-1"
    assert told(late, as_at=None) == {}
    assert told({**late, **gov(1, state="Done")}) == {}
    assert "action-overdue" in told({**late, **gov(1, state="Open")})
    assert told(gov(1, rating=RED, due=AS_AT)) == {}
    assert told(gov(1, rating=RED, due="TBC")) == {}
    assert told(gov(1, rating=RED, due=dt.date.max), as_at=dt.date.max) == {}


@settings(deadline=None)
@given(due=st.lists(st.dates(dt.date(2026, 12, 20), dt.date(2027, 1, 5)), min_size=1, max_size=15))
def test_on_any_day_the_late_actions_are_those_of_earlier_days(due: list[dt.date]) -> None:
    answers = {}
    for n, day in enumerate(due, start=1):
        answers |= gov(n, rating=RED, due=day)
    sheets = as_sheets(grids(answers, HEALTH, WIDE))
    for as_at in (*due, *(day + dt.timedelta(days=1) for day in due)):
        late = [f"GOV-{n}" for n, day in enumerate(due, start=1) if day < as_at]
        found = told(answers, sheets=sheets, as_at=as_at).get("action-overdue")
        assert (dict(found.data)["questions"] if found else "") == (some(late) if late else "")
        assert found is None or (found.since, found.until) == (None, None)


def test_dates_of_sign_off() -> None:
    def signed(on: Any, issued: dt.date | None = ISSUED, as_at: dt.date | None = AS_AT) -> set[str]:
        answers = {**gov(1, rating=GREEN), (COVER, "when", "answer"): on}
        return set(told(answers, known=Circumstances(issued), as_at=as_at))

    assert signed(dt.date(2026, 8, 31)) == {"sign-off-early"}
    assert signed(dt.date(2027, 1, 2)) == {"sign-off-in-future"}
    assert signed(ISSUED) == signed(AS_AT) == signed("soon") == set()
    assert signed(dt.date(2040, 1, 1), issued=None, as_at=None) == set()
    assert signed(dt.date.min, issued=None, as_at=dt.date.min) == set()


def test_parts_above_their_whole() -> None:
    of_questions = Content(subsets=(Subset("NUM-2.count", "NUM-1.count", "Trained staff are staff."),))

    def counted(staff: Any, trained: Any, checks: Content = of_questions):
        return told({("NUM", "NUM-1", "count"): staff, ("NUM", "NUM-2", "count"): trained}, checks)

    finding = counted(3, 12)["part-above-whole"]
    assert said(finding).happened == "NUM-2 Count is 12, which is more than NUM-1 Count (3)."
    assert said(finding).to_do.startswith("Trained staff are staff. Ask")
    assert finding.cell == "C7"
    assert counted(12, 12) == counted(12, None) == counted(12, "many") == {}
    in_a_row = Content(subsets=(Subset("share", "count"),))
    row = {("NUM", "NUM-1", "count"): 0, ("NUM", "NUM-1", "share"): 0.5}
    assert said(told(row, in_a_row)["part-above-whole"]).to_do.startswith("Ask")


def test_pictures_and_files() -> None:
    finding = told(gov(1, rating=GREEN), known=Circumstances(embedded=("a picture", "a file")))[
        "embedded-files"
    ]
    assert "a picture and a file" in said(finding).happened


def altered(change) -> dict[str, Finding]:
    """Change the cells of a return with two answers, and return what is found."""
    cells = grids({**gov(1, rating=GREEN, evidence=EVIDENCE), **gov(2, rating=GREEN)}, HEALTH, WIDE)
    sheets = change(as_sheets(cells)) or None
    return told({}, sheets=sheets)


def on_gov(sheets, **changes):
    return tuple(replace(s, **changes) if s.name == "1 Governance" else s for s in sheets)


def test_questions_that_read_differently() -> None:
    def reworded(sheets):
        by_name = {sheet.name: sheet for sheet in sheets}
        by_name["1 Governance"].rows[5][1] = "What isn't asked?"
        by_name["1 Governance"].rows[6][1] = ""
        by_name["1 Governance"].rows[7][1] += "\nGood looks like: all of it"
        by_name["About you"].rows[5][1] = "Not completed by"
        return sheets

    finding = altered(reworded)["wording-altered"]
    assert "Completed by and GOV-1" in said(finding).happened
    assert finding.cell == "B6"


def test_formulas_are_named_and_hidden_if_they_identify() -> None:
    finding = altered(
        lambda s: on_gov(
            s, formulas={(5, 3): b"A1&amp;B1", (6, 3): b"&quot;943 476 5919&quot;", (0, 0): b"1+1"}
        )
    )
    words = said(finding["formula-typed"]).happened
    assert "D6 =A1&B1" in words
    assert "943" not in words
    assert words.startswith("Answers that are formulas: 2 (")


@pytest.mark.parametrize(
    ("hidden", "count"),
    [({"hidden": True}, "3"), ({"hidden_rows": frozenset({5, 3})}, "2"), ({"hidden_columns": frozenset({3})}, "2"), ({"hidden_rows": frozenset({3})}, None)],
)  # fmt: skip
def test_hidden_answers(hidden: dict[str, Any], count: str | None) -> None:
    found = altered(lambda s: on_gov(s, **hidden)).get("hidden-answers")
    assert (dict(found.data)["count"] if found else None) == count


def test_what_stands_in_a_row_of_no_question_is_told_once() -> None:
    def below(sheets):
        rows = next(s for s in sheets if s.name == "1 Governance").rows
        rows.append(["", "", "", "more", *[""] * (len(rows[0]) - 4)])
        return sheets

    assert "text-outside" not in altered(below)

    def beside(sheets):
        rows = next(s for s in sheets if s.name == "1 Governance").rows
        for row in rows:
            row.append("")
        rows[5][-1] = "ask Sam"
        return sheets

    assert altered(beside)["text-outside"].question == "GOV-1"


def test_long_lists_are_cut() -> None:
    assert some(["a", "b"]) == "a and b"
    assert some([str(n) for n in range(LISTED + 3)]).endswith(", 11 and 3 more")


def a_return(recipient: str, texts: list[str], outcome: Any = "accepted") -> Return:
    answers: dict[tuple[str, str, str], Any] = {
        (COVER, "why", "answer"): "The same words on the cover of all"
    }
    for n, text in enumerate(texts, start=1):
        answers |= gov(n, rating=GREEN, evidence=text)
    audit = WIDE.for_recipient(HEALTH.row())
    extracted = extract("x", marks(as_sheets(grids(answers, HEALTH, WIDE))), layout_for(audit))
    return Return(
        f"{recipient}.xlsx", recipient, outcome, recipient, answers=validate("x", extracted, audit)[0]
    )


SHARED = [f"Our trust reviewed this carefully in month {n} of the year." for n in range(6)]


def test_the_same_text_across_a_group() -> None:
    own = [f"We have looked at this ourselves, and question {n} is fine." for n in range(6)]
    returns = [
        a_return("A", SHARED),
        a_return("B", SHARED[:5] + own[5:]),
        a_return("C", own[:3] + SHARED[3:]),
        a_return("D", SHARED, "superseded"),
        a_return("E", SHARED),
        a_return("F", [*reversed(SHARED)]),
    ]
    trust = {"A": "T", "B": "T", "C": "T", "D": "T", "E": "", "F": "T"}
    found = across(returns, trust.__getitem__, name_of=lambda key: f"School {key}")
    assert {file: dict(f.data) for file, (f,) in found.items()} == {
        "A.xlsx": {"count": "5", "total": "6", "others": "School B"},
        "B.xlsx": {"count": "5", "total": "6", "others": "School A"},
    }
    assert {f.code for fs in found.values() for f in fs} == {"same-text-elsewhere"}
    assert across(returns, lambda _: "", Content()) == {}
    assert across(returns, trust.__getitem__, Content(off=("same-text-elsewhere",))) == {}
    assert across(returns, trust.__getitem__, Content(shared_words=30)) == {}


def test_a_text_that_a_whole_county_shares_is_compared_with_one() -> None:
    one = a_return("R", SHARED)
    returns = [replace(one, file=f"{n}.xlsx", recipient_id=f"{n:03}") for n in range(40)]
    found = across(returns, lambda _: "County")
    assert len(found) == 40
    assert dict(found["39.xlsx"][0].data)["others"] == "000"
    assert "and 27 more" in dict(found["0.xlsx"][0].data)["others"]


def test_catalogue_sentences_name_only_what_findings_hold() -> None:
    known = {
        "count",
        "questions",
        "places",
        "boxes",
        "field",
        "filled",
        "total",
        "others",
        "phrases",
        "date",
        "issued",
    }
    known |= {"part", "part_value", "whole", "whole_value", "message", "cells", "names", "formulas"}
    known |= {"question", "value", "parts", "sum", "ratio", "words", "day", "had", "title"}
    for entry in catalogue.ENTRIES:
        for text in (entry.happened, entry.to_do, entry.respondent):
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= known


def test_words_are_compiled_once() -> None:
    assert words_for(Content()) is words_for(Content())
    assert plain("  Don’t KNOW -- n/a! ") == "dont know n/a"
    assert plain("x" * 5000) == "x" * 5000
