"""The master's formulas, calculated by LibreOffice, against auditkit.rating."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditkit import master
from auditkit.definition.model import Audit
from auditkit.tables import Collation, build
from tests.apps.libreoffice import LibreOffice
from tests.master.recalculated import Cells, cached, differences, recalculated
from tests.master.rounds import (
    AMBER,
    EVIDENCE,
    GREEN,
    MEAN,
    NA,
    RED,
    ROLL_UPS,
    audit,
    chance_ratings,
    collation,
    many_scales,
    people,
    rated,
    section,
    section11,
)

RULES = list(ROLL_UPS)
PAIRS = [(rule, RULES[(n + 4) % len(RULES)]) for n, rule in enumerate(RULES)]


def written(given: Collation, folder: Path, name: str = "master.xlsx") -> Path:
    return master.write(folder / name, build(given))


def by_chance(whole: Audit, n: int) -> Collation:
    """Return a round of ``n`` recipients, the last of whom didn't return."""
    return collation(whole, people(n), [rated(whole, f"R{k}", chance_ratings(whole, k)) for k in range(1, n)])


def live(cells: Cells) -> Cells:
    """Keep what is calculated: neither the matrix itself nor Summary's lists of files."""
    return {name: cells[name] for name in ("Summary", "Heatmap", "Questions")}


def test_a_whole_round_is_calculated_as_it_was_written(libreoffice: LibreOffice, tmp_path: Path) -> None:
    path = written(section11(), tmp_path)
    shown = cached(path)
    assert sum(map(len, shown.values())) > 1000
    assert differences(shown, recalculated(libreoffice, path)) == []


@pytest.mark.parametrize(("rule", "overall"), PAIRS)
def test_every_rule_over_every_kind_of_scale(
    libreoffice: LibreOffice, tmp_path: Path, rule: str, overall: str
) -> None:
    path = written(by_chance(many_scales(rule, overall), 30), tmp_path)
    assert differences(cached(path), recalculated(libreoffice, path)) == []


def test_those_who_have_closed_are_counted_apart(libreoffice: LibreOffice, tmp_path: Path) -> None:
    given = by_chance(audit([section("A", 2)]), 4)
    for still_there in (3, 0):
        known = given.recipients
        closed = (replace(r, closed=given.as_at if n >= still_there else None) for n, r in enumerate(known))
        path = written(
            replace(given, recipients=tuple(closed), returns=given.returns[:still_there]), tmp_path
        )
        shown = cached(path)
        assert shown["Summary"]["A4"] == f"{still_there} of {still_there}"
        assert differences(shown, recalculated(libreoffice, path)) == []


def test_changed_ratings_give_what_a_return_with_them_would(libreoffice: LibreOffice, tmp_path: Path) -> None:
    whole = audit([section("A", 3, weights=(1, 2, 3)), section("B", 2)])
    before = [[GREEN.text, AMBER.text, None, NA.text, RED.text], [RED.text] * 5, [None] * 4 + [GREEN.text]]
    after = [[GREEN.text, RED.text, GREEN.text, NA.text, NA.text], [GREEN.text] * 5, [NA.text] * 5]
    paths = [
        written(
            collation(whole, people(3), [rated(whole, f"R{i}", r) for i, r in enumerate(all_, 1)]),
            tmp_path,
            name,
        )
        for all_, name in ((before, "before.xlsx"), (after, "after.xlsx"))
    ]
    edits = {
        ("Ratings", f"{'DEFGH'[col]}{row}"): value
        for row, ratings in enumerate(after, start=6)
        for col, value in enumerate(ratings)
    }
    edited = recalculated(libreoffice, paths[0], edits)
    # Who returned doesn't follow from ratings, so only these sheets are the same.
    wanted = cached(paths[1])
    assert differences({name: wanted[name] for name in ("Heatmap", "Questions")}, edited) == []
    assert differences({"Heatmap": cached(paths[0])["Heatmap"]}, edited) != []


def test_sorting_ratings_moves_nothing_to_another_recipient(libreoffice: LibreOffice, tmp_path: Path) -> None:
    given = by_chance(audit([section("A", 3), section("B", 2)]), 6)
    path = written(given, tmp_path)
    sheet = load_workbook(path)["Ratings"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=11, max_col=8)]
    edits = {
        ("Ratings", f"{'ABCDEFGH'[col]}{row}"): value
        for row, line in enumerate(reversed(lines), start=6)
        for col, value in enumerate(line)
    }
    wanted = cached(path)
    for address in [a for a in wanted["Heatmap"] if a.startswith("I")]:
        del wanted["Heatmap"][address]  # the column that says where the recipient now stands
    assert differences(live(wanted), recalculated(libreoffice, path, edits)) == []


def test_weights_and_bands_can_be_changed(libreoffice: LibreOffice, tmp_path: Path) -> None:
    whole = audit([section("A", 2)])
    path = written(collation(whole, people(1), [rated(whole, "R1", [GREEN.text, RED.text])]), tmp_path)
    heatmap = recalculated(libreoffice, path)["Heatmap"]
    assert (heatmap["G2"], heatmap["J2"]) == (AMBER.text, 1.5)
    heatmap = recalculated(libreoffice, path, {("Ratings", "E3"): 0})["Heatmap"]
    assert (heatmap["G2"], heatmap["J2"]) == (GREEN.text, 3)


def test_a_single_question_and_recipient(libreoffice: LibreOffice, tmp_path: Path) -> None:
    whole = audit([section("A", 1)])
    path = written(collation(whole, people(1), [rated(whole, "R1", [RED.text])]), tmp_path)
    assert cached(path)["Heatmap"]["F2"] == RED.text
    assert differences(cached(path), recalculated(libreoffice, path)) == []


def test_an_audit_without_ratings(libreoffice: LibreOffice, tmp_path: Path) -> None:
    whole = audit([section("A", 2, responses=(EVIDENCE,))])
    path = written(collation(whole, people(3), []), tmp_path)
    assert load_workbook(path).sheetnames == [
        *(
            "Summary",
            "Recipients",
            "Answers",
            "Returns",
            "Queries",
            "Notes",
            "Changes",
            "Not returned",
        ),
        "About",
    ]
    assert differences(cached(path), recalculated(libreoffice, path)) == []


def test_many_groups_and_none(libreoffice: LibreOffice, tmp_path: Path) -> None:
    crowd = [replace(r, group=f"Group {n}" if n < 30 else "") for n, r in enumerate(people(40))]
    whole = audit([section("A", 1)])
    returns = [rated(whole, f"R{n}", [GREEN.text]) for n in range(1, 40, 3)]
    path = written(collation(whole, crowd, returns), tmp_path)
    labels = [row[0].value for row in load_workbook(path)["Summary"].iter_rows(min_row=9, max_row=19)]
    assert labels[8:] == ["No group", "All other groups", "All recipients"]
    assert differences(cached(path), recalculated(libreoffice, path)) == []


def test_rules_that_give_no_rating(libreoffice: LibreOffice, tmp_path: Path) -> None:
    bare = replace(MEAN, bands=())
    whole = audit([section("A", 2, roll_up=bare)], overall=replace(MEAN, bands=MEAN.bands[:1]))
    path = written(collation(whole, people(1), [rated(whole, "R1", [AMBER.text, AMBER.text])]), tmp_path)
    assert [cached(path)["Heatmap"][a] for a in ("F2", "G2", "I2", "J2")] == ["not rated", "not rated", 1, 1]
    assert differences(cached(path), recalculated(libreoffice, path)) == []
