"""What an officer types and reads: a register from GIAS, issued, and brought up to date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.commands.register import COMMANDS
from auditkit.errors import AuditkitError
from auditkit.register import read
from tests.register.gias import made
from tests.register.gias.made import extract, school
from tests.rounds import AUDIT, SETTINGS

Run = Callable[..., str]
PHASED = AUDIT.replace("groups: [Police, Health]\n", "").replace("{group: Police}", "{phase: Secondary}")
CLOSED = {"EstablishmentStatus (name)": "Closed", "CloseDate": "01-09-2026"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "round.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "audit.yaml").write_text(PHASED, encoding="utf-8")

    def run(*words: str) -> str:
        result = CliRunner().invoke(group, ["register", *words])
        if isinstance(result.exception, AuditkitError):
            return str(result.exception)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines()]


def test_from_an_extract_to_an_update(run: Run, tmp_path: Path) -> None:
    centre = school(100009, **{"TypeOfEstablishment (name)": "Children's centre"})
    closing = school(100008, **{"EstablishmentStatus (name)": "Open, but proposed to close"})
    rows = [*(school(100001 + n) for n in range(7)), closing, centre, school(99, URN="100010", **CLOSED)]
    (tmp_path / "e.csv").write_bytes(extract(rows))
    (tmp_path / "m.csv").write_text(
        "URN,Email address\n100001,a@x.example\n7,b@x.example\n", encoding="utf-8"
    )
    words = ("import-gias", "e.csv", "--la", "888", "--emails", "m.csv")
    assert "8 schools would be in" in run(*words, "--dry-run")
    assert not (tmp_path / "register.csv").exists()
    said = lines(run(*words))
    for line in (
        f"8 schools are in {tmp_path / 'register.csv'}",
        "Maintained school       8          8",
        "Left out: 1 closed, 1 of a type that isn't asked",
        "Types that aren't asked: Children's centre 1",
        "In the register, but proposed to close: 1",
        "Without an address in the list: 7",
        "Addresses that weren't used: 1",
        "7 b@x.example: there is no such URN in the extract",
        "Next: auditkit check",
    ):
        assert line in said
    assert "is there already. To bring it up to date" in run(*words)
    assert "The register that was there is kept as register (earlier 1).csv" in run(*words, "--force")
    assert "8 workbooks made" in CliRunner().invoke(group, ["generate"]).output

    secondary = {"PhaseOfEducation (name)": "Secondary", "TypeOfEstablishment (name)": "Academy converter"}
    rows = [school(100002 + n, NumberOfPupils=str(n)) for n in range(6)]
    rows += [school(100001, **CLOSED), closing, school(200001, **secondary), school(200002)]
    rows[0] |= CLOSED
    (tmp_path / "e.csv").write_bytes(extract(rows))
    (tmp_path / "l.csv").write_bytes(made.links((200001, 100001, "Predecessor")))
    words = ("update", "e.csv", "--links", "l.csv")
    before = (tmp_path / "register.csv").read_bytes()
    would, did = lines(run(*words, "--dry-run")), lines(run(*words))
    assert would[0] == f"{tmp_path / 'register.csv'}: 8 recipients would change"
    for line in (
        "New: 1",
        "200002 School 200002",
        "200001 School 200001, was 100001",
        "100002 School 100002, 01/09/2026",
        "200001 School 200001: 1 question more",
        "Changed, pupils: 6",
    ):
        assert line in would
        assert line in did
    assert "The register of before is kept as register (earlier 2).csv" in "\n".join(did)
    said = lines(CliRunner().invoke(group, ["generate"]).output)
    assert said[0].startswith("1 workbook made")
    assert any(
        line.startswith("1 kept, but what they are asked has changed since: School 200001") for line in said
    )
    assert any(
        line.startswith("1 without a new workbook, since the register says that they have") for line in said
    )
    assert "is up to date" in run(*words)
    assert "is as it was before the last change" in run("undo")
    assert (tmp_path / "register.csv").read_bytes() == before


def test_a_sample_register_is_replaced_without_asking(run: Run, tmp_path: Path) -> None:
    CliRunner().invoke(group, ["new", "section11", "s11"])
    (tmp_path / "e.csv").write_bytes(extract([school(100001)]))
    to = tmp_path / "s11" / "register.csv"
    assert "1 school is in" in run("import-gias", "e.csv", "--la", "888", "--to", str(to))
    assert [r.id for r in read(to)] == ["100001"]


def test_long_lists_are_cut_unless_all_is_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_bytes(extract(school(100001 + n) for n in range(12)))
    (tmp_path / "m.csv").write_text("URN,Email\n", encoding="utf-8")
    run("import-gias", "e.csv", "--la", "888")
    few, everybody = (
        run("update", "e.csv", "--emails", "m.csv", "--dry-run", *more) for more in ((), ("--all",))
    )
    assert "and 2 others (--all lists them)" in few
    assert "100012 School 100012" not in few
    assert "100012 School 100012" in everybody
    changed = extract(school(100001 + n, NumberOfPupils="1", HeadLastName="") for n in range(12))
    (tmp_path / "e.csv").write_bytes(changed)
    assert "Changed, pupils: 12 (--all lists them)" in run("update", "e.csv", "--dry-run")
    assert "100012 School 100012: Mrs Ada Lowe → Mrs Ada" in run("update", "e.csv", "--dry-run", "--all")


def test_what_else_an_update_tells(run: Run, tmp_path: Path) -> None:
    rows = [school(100001, EstablishmentNumber="1"), school(100002), school(100003)]
    (tmp_path / "e.csv").write_bytes(extract(rows))
    run("import-gias", "e.csv", "--la", "888")
    register = tmp_path / "register.csv"
    kept = [line for line in register.read_text(encoding="utf-8").splitlines() if "100003" not in line]
    register.write_text("\n".join([*kept, '"NM-1","Northmoor Training"', ""]), encoding="utf-8")
    today = f"{dt.date.today():%d-%m-%Y}"
    rows[0] |= {"EstablishmentStatus (name)": "Closed", "CloseDate": today}
    rows += [school(200001, EstablishmentNumber="1", **{"Boarders (name)": "Sometimes"})]
    few = [header for header in made.HEADERS if header != "UKPRN"]
    (tmp_path / "e.csv").write_bytes(extract([rows[0], *rows[2:]], few))
    said = lines(run("update", "e.csv"))
    for line in (
        "100001 closed and 200001 is new, with the same DfE number",
        "Not in the extract any more, and left as they are: 1",
        "1 recipient of your own, not from GIAS, left as they are",
        "1 school that you had taken out, left out again",
        "Note: the extract has no column UKPRN; left blank",
        "Note: boarding: 'Sometimes' isn't known, so it is left blank: fill in Yes or No (1: 200001)",
    ):
        assert line in said


def test_the_rules_are_printed_to_be_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(run("rules"), encoding="utf-8")
    (tmp_path / "e.csv").write_bytes(extract([school(100001)]))
    assert "1 school is in" in run("import-gias", "e.csv", "--la", "888", "--rules", "rules.yaml")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_explains_itself_with_examples(run: Run, command: object) -> None:
    name = str(getattr(command, "name", ""))
    assert f"auditkit register {name}" in run(name, "--help").split("Example", 1)[1]
