"""Made-up returns: typed where they belong, of every persona, the same each time."""

import datetime as dt
import random
import shutil
from collections import Counter

import pytest

from auditkit.definition.survey import is_first
from auditkit.demo.answers import Respondent, answers, personas
from auditkit.demo.fill import fill
from auditkit.demo.numbers import numbers
from auditkit.demo.returns import _bank, make_returns
from auditkit.round import load
from auditkit.templates import names
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import ANSWER, COVER
from scripts.docs import TEMPLATES
from tests.numbers import AUDIT as NUMBERS
from tests.numbers import audit_of
from tests.rounds import section11_round, small_round, workbook_of

SAVED = dt.datetime(2026, 11, 30, 16, 5)


def test_answers_are_typed_into_their_cells_and_nothing_else_changes(tmp_path, libreoffice):
    round_ = small_round(tmp_path / "round")
    layout = layout_for(round_.audit_for(round_.recipients[0]))
    answers = {
        (COVER, "author", ANSWER): 'Séan <O\'Hara> & "Co"',
        (COVER, "signoff_date", ANSWER): dt.date(2026, 12, 1),
        ("GOV", "GOV-1", "evidence"): "  =SUM(A1)\nline two  ",
        ("NUM", "NUM-2", "share"): 85,
        ("NUM", "NUM-2", "trained"): 0.5,
    }
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(fill(workbook_of(round_, "A1").read_bytes(), layout, answers, SAVED))
    with libreoffice.open(workbook_of(round_, "A1")) as book:
        before, cells = book.values(), book.answer_cells()
    with libreoffice.open(filled) as book:
        after, live = book.values(), book.formulas()
        assert book.answer_cells() == cells
        book.recalculate()
        assert book.values() == after, "the progress is that of the empty workbook"
    changed = {
        (s, c): v
        for s, cs in after.items()
        for c, v in cs.items()
        if before[s].get(c) != v and c not in live.get(s, {})
    }
    assert changed == {
        ("About you", "C6"): 'Séan <O\'Hara> & "Co"',
        ("About you", "C10"): 46357,
        ("1 Leadership", "E6"): "  =SUM(A1)\nline two  ",
        ("2 Numbers", "C7"): 85,
        ("2 Numbers", "E7"): 0.5,
    }


def test_a_place_that_isnt_there_is_refused(tmp_path):
    round_ = small_round(tmp_path / "round")
    layout = layout_for(round_.audit_for(round_.recipients[0]))
    workbook = workbook_of(round_, "A1").read_bytes()
    with pytest.raises(KeyError):
        fill(workbook, layout, {("GOV", "GOV-7", "evidence"): "x"}, SAVED)
    once = fill(workbook, layout, {("GOV", "GOV-1", "evidence"): "x"}, SAVED)
    with pytest.raises(KeyError, match="no empty cells"):
        fill(once, layout, {("GOV", "GOV-1", "evidence"): "y"}, SAVED)


def test_personas_come_in_their_shares():
    bank = _bank("section11")
    shares = {kind["id"]: kind["share"] for kind in bank["personas"]}
    for count in (1, 24, 100):
        drawn = Counter(kind["id"] for kind in personas(bank, count, random.Random(1)))
        assert sum(drawn.values()) == count
        assert all(abs(drawn[name] - share * count / 100) < 1 for name, share in shares.items())


def test_the_same_seed_gives_the_same_returns(tmp_path):
    round_ = section11_round(tmp_path / "round")

    def made(seed):
        shutil.rmtree(round_.returns)
        round_.returns.mkdir()
        count = make_returns(round_, "section11", seed=seed)
        files = {path.name: path.read_bytes() for path in round_.returns.rglob("*") if path.is_file()}
        assert len(files) == count
        return files

    assert made(3) == made(3)
    assert made(3) != made(4)


@pytest.mark.parametrize("seed", range(5))
def test_made_up_numbers_hang_together_but_for_slips(seed):
    audit = audit_of(NUMBERS)
    said = {"N-1": [100, 900], "N-2": [0, 999], "N-3": [50, 450], "N-4": [50, 450], "N-7": [1, 9]}
    said["N-9"] = {"of": "boarders", "from": 0.5, "to": 1}
    bank = {"numbers": said, "people": [], "slips": ["<5"]}
    kind = {"not_collected": 0.3 if seed else 0, "slips": 1.0 if seed == 1 else 0}
    who = Respondent(kind, bank, random.Random(seed), dt.date(2026, 12, 11), row={"boarders": "40"})
    given = {
        (key, column): value for (_, key, column), value in numbers(list(audit.questions()), who, "None held")
    }
    said = {key for key, column in given if column == "value"}
    assert {value for (_, column), value in given.items() if column == "not_collected"} <= {"None held"}
    if seed == 0:
        assert said == {f"N-{n}" for n in range(1, 10)}
    if seed == 1:
        assert {given["N-1", "value"]} <= {"<5"}
        return
    number = {key: given[key, "value"] for key in said}
    assert 100 <= number["N-1"] <= 900
    assert number.get("N-2", 0) <= number["N-1"]
    if {"N-3", "N-4", "N-5"} <= said:
        assert number["N-5"] == number["N-3"] + number["N-4"]
    if {"N-3", "N-5", "N-6"} <= said:
        assert number["N-6"] == pytest.approx(number["N-3"] / number["N-5"], abs=0.01)
    assert 20 <= number.get("N-9", 20) <= 40
    assert number.get("N-8", dt.date(2026, 1, 1)) >= dt.date(2025, 9, 1)


def test_numbers_are_in_proportion_to_the_school() -> None:
    """A nursery of 96 has no 1,099 pupils, and no more plans or exclusions than fit it."""
    round_, bank = load(TEMPLATES / "section175"), _bank("section175")
    for recipient in round_.recipients:
        audit, row = round_.audit_for(recipient), recipient.row()
        who = Respondent({}, bank, random.Random(7), dt.date(2026, 12, 11), row=row)
        given = {key: value for (_, key, _), value in numbers(list(audit.questions()), who, "None held")}
        pupils = int(row["pupils"])
        assert 0.95 * pupils <= given["NCH-1"] <= 1.04 * pupils
        for _, question in audit.questions():
            for whole in question.measure.subset_of if question.measure else ():
                assert given[question.id] <= given[whole]
        assert all(given[key] <= pupils for key in ("NYR-1", "NYR-7", "NST-1"))


@pytest.mark.parametrize("template", names())
def test_the_sample_says_how_large_every_number_is(template: str) -> None:
    said = _bank(template).get("numbers", {})
    for _, question in load(TEMPLATES / template).audit.questions():
        measure = question.measure
        if measure is not None and measure.kind != "date" and not (measure.sum_of or measure.ratio_of):
            assert question.id in said


@pytest.mark.parametrize("template", names())
def test_every_persona_of_every_ready_made_audit_types_into_answer_cells(template):
    round_, bank = load(TEMPLATES / template), _bank(template)
    for n, recipient in enumerate({recipient.group: recipient for recipient in round_.recipients}.values()):
        audit = round_.audit_for(recipient)
        layout = layout_for(audit)
        for kind in bank["personas"]:
            if kind.get("returns"):
                who = Respondent(kind, bank, random.Random(n), round_.settings.deadline)
                said = answers(audit, who, round_.settings.deadline)
                assert said.keys() <= {(b.id, *key) for b in layout.blocks for key in b.by_key}
                rated = sum(q.measure is None and is_first(q.id) for _, q in audit.questions())
                assert len(said) > rated * kind["reaches"] * 0.8
