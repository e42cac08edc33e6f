"""A rota drawn after a real round, and a round in which only some are asked, from workbooks to master."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.decide import exclude
from auditkit.demo.fill import fill
from auditkit.draw import before, draw
from auditkit.errors import AuditkitError, ProblemsError
from auditkit.rota import Rota, turn_of
from auditkit.round import Round, load, notes
from auditkit.tables import rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import generate
from tests.rounds import ISSUED, REGISTER, SETTINGS, small_round, workbook_of

AS_AT = dt.date(2026, 12, 20)
SAVED = dt.datetime(2026, 11, 30, 16, 5)
ROTA = "rota: {year: 2, seed: heron, last: ../past}\n"
KEYS = [f"A{n}" for n in range(1, 40)]
# Of those who aren't in the last round, and whose turn it isn't.
ONE, TWO, *_ = (key for key in KEYS[5:] if turn_of("heron", key, 3) != 2)


def answer(round_: Round, key: str, point: str) -> None:
    """Put a return with one rating into the round's returns."""
    recipient = next(r for r in round_.recipients if r.id == key)
    said = {("GOV", "GOV-1", "rating"): point, ("GOV", "GOV-1", "evidence"): "Seen in the minutes of May."}
    content = fill(
        workbook_of(round_, key).read_bytes(), layout_for(round_.audit_for(recipient)), said, SAVED
    )
    (round_.returns / f"{key}.xlsx").write_bytes(content)


def lines(keys: list[str]) -> str:
    return "id,name,group,contact,email,sector\n" + "".join(f"{k},Setting {k},Health,,,\n" for k in keys)


@pytest.fixture
def past(tmp_path: Path) -> Round:
    """Return a round before, collated: one is red, one green, one silent, two weren't asked."""
    folder = tmp_path / "past"
    folder.mkdir()
    asked = "".join(f"{key},,,Yes,,1,0\n" for key in ("A1", "A2", "A3"))
    rest = f"{ONE},,,No,,1,0\n{TWO},,,No,,1,1\n"
    (folder / "rota.csv").write_text("id,name,group,asked,why,turn,waited\n" + asked + rest)
    settings = SETTINGS.replace("small-2026", "past") + "rota: {year: 1, seed: heron}\n"
    round_ = small_round(folder, register=lines(["A1", "A2", "A3", ONE, TWO]), settings=settings)
    answer(round_, "A1", "■ Red")
    answer(round_, "A2", "● Green")
    collate(round_, round_.returns, as_at=AS_AT)
    return round_


def this_year(past: Round, register: str, rota: str = ROTA) -> Round:
    folder = past.folder.parent / "now"
    (folder / "returns").mkdir(parents=True)
    (folder / "audit.yaml").write_bytes((past.folder / "audit.yaml").read_bytes())
    (folder / "register.csv").write_text(register)
    (folder / "round.yaml").write_text(SETTINGS + rota)
    return load(folder)


def test_who_is_asked_follows_from_the_last_round_and_the_officer(past: Round) -> None:
    keys = ["A1", "A2", "A3", ONE, TWO, "NEW"]
    register = lines(keys).replace("sector", "sector,Ask,ask reason")
    register = register.replace("A2,Setting A2,Health,,,", "A2,Setting A2,Health,,,,yes,asked us to")
    round_ = this_year(past, register)
    with pytest.raises(AuditkitError, match="First run: auditkit rota"):
        generate(round_, today=ISSUED)
    assert "nobody is chosen yet" in " ".join(notes(round_, ISSUED))
    drawn = draw(round_, today=ISSUED)
    mine = {key: ("its turn",) * (turn_of("heron", key, 3) == 2) for key in keys}
    assert {key: place.why for key, place in drawn.places.items()} == {
        "A1": ("red last time", *mine["A1"]),
        "A2": ("your choice: asked us to", *mine["A2"]),
        "A3": ("no return last time", *mine["A3"]),
        ONE: (),
        TWO: ("waited",),
        "NEW": ("new", *mine["NEW"]),
    }
    assert drawn.notes == ()
    assert drawn.last == past.folder
    said = CliRunner().invoke(group, ["rota", "--round", str(round_.folder)])
    assert f"after the round in {past.folder}" in said.output
    assert load(round_.folder).places == drawn.places


def test_after_a_round_in_which_all_were_asked_and_nothing_was_rated_nobody_waited(past: Round) -> None:
    settings = replace(past.settings, rota=None)
    unrated = replace(past.audit, sections=(), overall=replace(past.audit.overall, scale=""))
    everybody = replace(past, settings=settings, audit=unrated, places={})
    found = before(everybody, Rota(1, "heron"))
    assert (set(found.waited.values()), set(found.red)) == ({0}, set())
    (past.folder / "round.yaml").write_text(SETTINGS.replace("small-2026", "past"))
    assert draw(this_year(past, lines(["A1"])), today=ISSUED).notes == ()


def test_a_last_round_that_cannot_be_asked_is_told(past: Round) -> None:
    round_ = this_year(past, lines(["A1"]), ROTA.replace("heron, ", "heron, red: [rad], "))
    with pytest.raises(ProblemsError, match="has no point 'rad'; did you mean 'red'"):
        draw(round_, today=ISSUED)
    (past.tables / "results.parquet").write_bytes(b"PAR1")
    with pytest.raises(AuditkitError, match="Collate that round again"):
        draw(this_year_again(round_, ROTA), today=ISSUED)
    (past.tables / "results.parquet").unlink()
    with pytest.raises(AuditkitError, match="Collate it first"):
        draw(load(round_.folder), today=ISSUED)
    with pytest.raises(AuditkitError, match="is a copy of this round"):
        draw(round_, round_.folder, today=ISSUED)


def this_year_again(round_: Round, rota: str) -> Round:
    (round_.folder / "round.yaml").write_text(SETTINGS + rota)
    return load(round_.folder)


@pytest.mark.parametrize(
    ("rota", "says"),
    [
        ("", "everybody is asked. To ask a part each year, put in it"),
        ("rota: {year: 1}", r"there is no seed yet. 'small-2026-\d+' divides this register evenly"),
        ("rota: {year: 1, seed: s, always: {ofstead: Met}}", "no column 'ofstead'; did you mean 'ofsted'"),
    ],
)
def test_settings_that_do_not_say_enough_are_told(tmp_path: Path, rota: str, says: str) -> None:
    round_ = small_round(tmp_path / "r", register=REGISTER.replace("sector", "ofsted"))
    with pytest.raises(AuditkitError, match=says):
        draw(this_year_again(round_, rota), today=ISSUED)


@pytest.mark.parametrize(
    ("rota", "says"), [("{year: 4}", "year: this is from 1 to 3"), ("{year: 1, years: 0}", "1 or more")]
)
def test_a_year_that_cannot_be_is_told_at_once(tmp_path: Path, rota: str, says: str) -> None:
    round_ = small_round(tmp_path / "r")
    with pytest.raises(ProblemsError, match=f"line 8, column .*{says}"):
        this_year_again(round_, f"rota: {rota}\n")


@pytest.mark.parametrize(
    ("rota", "note"),
    [
        ("{year: 2, seed: other, last: ../past}", "seed and years aren't those of Small audit (heron, 3)"),
        ("{year: 3, seed: heron, last: ../past}", "the year after 1 of 3 is 2, not 3"),
        ("{year: 2, seed: heron}", "no last round was named"),
    ],
)
def test_what_unsettles_turns_is_noted(past: Round, rota: str, note: str) -> None:
    assert note in " ".join(draw(this_year(past, lines(["A1"]), f"rota: {rota}\n"), today=ISSUED).notes)


def test_the_first_year_has_no_last_round_to_name(past: Round) -> None:
    assert draw(this_year(past, lines(["A1"]), "rota: {year: 1, seed: heron}\n"), today=ISSUED).notes == ()


def test_a_school_that_became_an_academy_has_the_history_of_the_school(past: Round) -> None:
    register = "id,name,group,predecessor\nB1,Fell Academy,Health,A1\nB2,Tarn Academy,Health," + TWO
    drawn = draw(this_year(past, register + "\n"), today=ISSUED)
    turn = ("its turn",) * (turn_of("heron", "A1", 3) == 2)
    assert {key: place.why for key, place in drawn.places.items()} == {
        "B1": ("red last time", *turn),
        "B2": ("waited",),
    }


def test_a_round_in_which_some_are_asked(tmp_path: Path) -> None:
    """Only they get a workbook and are in the sums; what others send is read and shown all the same."""
    mine = [key for key in KEYS if turn_of("heron", key, 3) == 2][:3]
    rest = [key for key in KEYS if turn_of("heron", key, 3) != 2][:4]
    round_ = small_round(tmp_path / "r", register=lines([*mine, *rest]))  # all are issued a workbook …
    for key, point in ((mine[0], "● Green"), (rest[0], "■ Red"), (rest[1], "▲ Amber")):
        answer(round_, key, point)
    round_.log.unlink()  # … which is forgotten
    round_ = this_year_again(round_, "rota: {year: 2, seed: heron}\n")
    runner = CliRunner()
    said = runner.invoke(group, ["rota", "--dry-run", "--round", str(round_.folder)])
    assert "3 of 7 recipients would be asked this year" in said.output
    assert not (round_.folder / "rota.csv").exists()
    said = runner.invoke(group, ["rota", "--round", str(round_.folder)])
    assert said.exit_code == 0, said.output
    assert "  Health      3   7         3" in said.output
    round_ = load(round_.folder)
    outcomes = generate(round_, today=ISSUED)
    assert (outcomes.ids("issued"), outcomes.ids("not asked")) == (tuple(mine), tuple(rest))
    with pytest.raises(AuditkitError, match=f"{rest[0]} isn't asked this year"):
        generate(round_, again=[rest[0]], today=ISSUED)
    exclude(round_, round_.returns, f"{rest[1]}.xlsx", why="a copy of last year's")
    collated = collate(round_, round_.returns, as_at=AS_AT)
    counts = collated.counts
    assert (counts.recipients, counts.not_asked) == (4, 3)
    assert (counts.partly, counts.not_returned) == (2, 2)
    assert list(collated.tables.recipients["recipient_id"]) == [*mine, rest[0]]
    shown = list(rows(collated.tables.returns, "recipient_id", "recipient", "outcome"))
    assert (rest[1], f"Setting {rest[1]}", "passed over") in shown
    about = openpyxl.load_workbook(round_.master, read_only=True)["About"]
    said_there = [row[1] for row in about.iter_rows(values_only=True)]
    sums = (
        "4 = 0 returned + 2 partly + 0 nil return + 2 not returned; 3 more in the register aren't asked this"
    )
    assert f"{sums} year" in said_there
    again = runner.invoke(group, ["collate", str(round_.returns), "--round", str(round_.folder)])
    assert "2 of 4 recipients replied; 3 more weren't asked this year" in again.output
    (round_.folder / "rota.csv").unlink()
    with pytest.raises(AuditkitError, match="First run: auditkit rota"):  # who was asked isn't guessed
        collate(load(round_.folder), round_.returns, as_at=AS_AT)


def test_who_has_a_workbook_stays_in_also_within_a_pack(tmp_path: Path) -> None:
    rest = [key for key in KEYS if turn_of("heron", key, 3) != 2][:3]
    register = lines(rest).replace("sector", "sector,trust").replace("Health,,,", "Health,,,,Fell Trust")
    packed = small_round(tmp_path / "r", register=register, settings=SETTINGS + "pack_by: trust\n")
    assert (packed.in_packs, len(list(packed.workbooks.glob("*.xlsx")))) == (set(rest), 1)
    drawn = draw(this_year_again(packed, "pack_by: trust\nrota: {year: 2, seed: heron}\n"), today=ISSUED)
    assert [place.why for place in drawn.places.values()] == [("issued already",)] * 3
