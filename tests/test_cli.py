"""The command line: what an officer types, reads and gets back as exit code."""

import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from auditkit import cli
from auditkit.cli import COMMANDS, group
from auditkit.commands import screen
from auditkit.commands.report import KINDS
from auditkit.demo.fill import fill
from auditkit.encryption import encrypted
from auditkit.errors import AuditkitError
from auditkit.returns.files import Progress
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import ANSWER, COVER
from tests.filling import fill as fill_in
from tests.rounds import AUDIT, REGISTER, small_round, workbook_of


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*args, code=0):
        result = CliRunner().invoke(group, [str(arg) for arg in args])
        if isinstance(result.exception, AuditkitError):
            assert code == 1
            return str(result.exception)
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_a_round_from_new_to_collate(run, tmp_path, monkeypatch):
    assert "auditkit check" in run("new", "section11", "s11-2026")
    monkeypatch.chdir(tmp_path / "s11-2026")
    said = run("check")
    assert "24 recipients" in said
    assert "Note: round.yaml still names the sample partnership, Northmoor" in said
    assert "Note: round.yaml still names the sample contact (Harriet Osei-Langley, audits@" in said
    assert "Note: the register still lists 24 of the sample's made-up recipients" in said
    assert "24 workbooks would be made" in run("generate", "--dry-run")
    assert "24 workbooks made" in run("generate")
    said = run("generate", "--again", "S11-001")
    assert "1 workbook made" in said
    assert "23 kept as issued earlier" in said
    assert "nothing to collate yet" in run("collate", "returns/", code=1)


def test_a_round_of_schools_is_led_to_the_list_of_them(run, tmp_path):
    assert "import-gias" in run("new", "section175", "schools")
    assert "2026/27" in (tmp_path / "schools" / "round.yaml").read_text(encoding="utf-8")
    assert "import-gias" not in run("new", "section11", "s11")


@pytest.mark.parametrize("words", [("diff", "-", "x"), ("convert", "-", "a.xlsx"), ("import", "-")])
def test_a_definition_that_is_piped_in(run, words, tmp_path):
    (tmp_path / "x").touch()
    assert "can't be piped in: save it as a" in run(*words, code=1)


def test_the_ready_made_audits_are_listed(run):
    said = run("new", "--list").splitlines()
    assert any(
        line.startswith("section11  Section 11 audit: 73 questions in 10 standards, for ") for line in said
    )
    assert all(len(line) < 200 for line in said)


def test_a_definition_goes_from_form_to_form(run, tmp_path, monkeypatch):
    run("new", "section11", "round", "--yaml")
    monkeypatch.chdir(tmp_path / "round")
    assert "move audit.yaml elsewhere" in run("convert", "audit.yaml", "audit.xlsx")
    assert "two definitions" in run("check", code=1)
    assert "say --force" in run("convert", "audit.xlsx", "audit.yaml", code=1)
    Path("audit.yaml").unlink()
    assert "10 standards, 73 questions" in run("check")


def test_check_names_every_problem(run, tmp_path):
    round_ = small_round(tmp_path / "round")
    (round_.folder / "audit.yaml").write_text(
        AUDIT.replace("scale: rag, role", "scale: rug, role"), encoding="utf-8"
    )
    assert "audit.yaml, line 19, column 54: there is no scale called 'rug'" in run(
        "check", "--round", round_.folder, code=1
    )


def test_check_tells_what_to_know_before_sending(run, tmp_path):
    round_ = small_round(tmp_path / "round")
    register = (round_.folder / "register.csv").read_text(encoding="utf-8")
    (round_.folder / "register.csv").write_text(
        register.replace("police@northmoor.example", ""), encoding="utf-8"
    )
    assert "Note: recipients without an email address in the register: 1 (" in run(
        "check", "--round", round_.folder
    )


def test_check_says_no_more_of_samples_that_were_replaced(run, tmp_path):
    run("new", "section11", "round")
    settings, register = tmp_path / "round" / "round.yaml", tmp_path / "round" / "register.csv"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(partnership|contact_name|contact_email): .*", r"\1: ours@ours.example", text)
    settings.write_text(text, encoding="utf-8")
    lines = register.read_text(encoding="utf-8-sig").splitlines()
    register.write_text("\n".join([*lines[:3], "X1,Ours,Health,,,,,,"]), encoding="utf-8")
    said = run("check", "--round", "round")
    assert "sample partnership" not in said
    assert "still names the sample contact (01632 960147): put in your own" in said
    assert "still lists 2 of the sample's" in said
    settings.write_text(text.replace("contact_phone: 01632 960147", ""), encoding="utf-8")
    register.write_text("\n".join([lines[0], "X1,Ours,Health,,,,,,"]), encoding="utf-8")
    assert "sample" not in run("check", "--round", "round")


def test_generate_says_what_is_out_of_date_and_how_to_renew_it(run, tmp_path, monkeypatch):
    round_ = small_round(tmp_path / "round")
    settings = round_.folder / "round.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("2026-12-11", "2027-01-15"), encoding="utf-8")
    said = run("generate", "--round", "round")
    assert "2 kept, but the deadline printed on them has changed since: Northmoor Police (A1)" in said
    assert "--again-outdated for all" in said
    assert "2 workbooks would be made" in run("generate", "--round", "round", "--again-outdated", "--dry-run")
    real = Path.replace

    def replace(self, target):
        if target.name == "issued.csv":
            raise PermissionError(13, "The process cannot access the file")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    said = run("generate", "--round", "round", "--again-outdated")
    assert "issued.csv is open in another program, so the list is in issued (2).csv this time" in said
    assert "workbooks/issued (2).csv lists them all" in said
    assert "--again-outdated" not in said


def test_the_demonstration_ends_with_the_masters_path(run, tmp_path):
    said = run("demo")
    master = tmp_path / "auditkit-demo" / "master.xlsx"
    assert master.is_file()
    assert said.splitlines()[-1] == f"Master: {master}"
    guide = Path(__file__).parents[1] / "docs" / "officer" / "collect-and-collate.md"
    (shown,) = re.findall(
        r"^```text\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert shown in said
    figures = json.loads(run("collate", "auditkit-demo/returns", "--as-at", "2027-01-25", "--json", code=3))
    assert (
        figures["files"]
        == figures["accepted"] + figures["superseded"] + figures["held"] + figures["rejected"]
    )
    run("demo")
    assert (tmp_path / "auditkit-demo-2" / "master.xlsx").is_file()
    assert "auditkit-demo already exists" in run("demo", "section11", "auditkit-demo", code=1)
    assert "Did you mean section11?" in run("demo", "section1", code=1)


def test_only_a_few_of_many_files_are_named(run, tmp_path):
    round_ = small_round(tmp_path / "round")
    for n in range(10):
        (round_.returns / f"scan {n}\x1b[31m.pdf").write_bytes(b"%PDF-1.4")
    said = run("collate", round_.returns, code=3)
    assert "      and 2 more (the master's sheet Returns)\n" in said
    assert "scan 0_[31m.pdf: Not a workbook\n" in said
    assert "\x1b" not in said
    assert "      Northmoor Police (A1)\n      St Mary's Hospice (A2)\n" in said
    assert "auditkit accept or exclude" in said
    assert "ask again" not in said


def test_only_the_commonest_queries_are_named(run, tmp_path):
    round_ = small_round(tmp_path / "round")
    rated, evidence = ("GOV", "GOV-1", "rating"), ("GOV", "GOV-1", "evidence")
    wrong = {
        rated: "Purple",
        evidence: "TBC",
        ("GOV", "GOV-2", "rating"): "● Green",
        ("GOV", "GOV-2", "evidence"): "Yes",
        ("GOV", "GOV-3", "rating"): "▲ Amber",
        ("GOV", "GOV-3", "action"): "Train everybody",
        ("GOV", "GOV-3", "due"): dt.date(2026, 9, 1),
        ("NUM", "NUM-1", "staff"): 9_000,
        ("NUM", "NUM-2", "staff"): "many",
    }
    fill_in(round_, "A1", wrong, "a.xlsx")
    said = run("collate", round_.returns, "--as-at", "2027-01-25")
    kinds = re.findall(r"(?m)^ +([\d,]+)  (.*)$", said)
    assert len(kinds) == KINDS + 1
    counts = [int(count) for count, _ in kinds]
    assert counts[:-1] == sorted(counts[:-1], reverse=True)
    assert re.fullmatch(r"of \d+ other kinds? \(the master's sheet Queries\)", kinds[-1][1])
    assert f"  {sum(counts)} queries on what came back\n" in said


def test_when_all_is_in_there_is_nothing_to_do(run, tmp_path):
    audit = AUDIT[: AUDIT.index("  - id: NUM")] + AUDIT[AUDIT.index("roll_up:\n  rule: mean") :]
    round_ = small_round(tmp_path / "round", audit=audit, register="\n".join(REGISTER.splitlines()[::2]))
    said = "The board's minutes of 3 May 2026, item 4, name the lead and the deputy."
    answers = {("GOV", q, "rating"): "● Green" for q in ("GOV-1", "GOV-2")}
    answers |= {("GOV", q, "evidence"): f"{said} See also paragraph {q}." for q in ("GOV-1", "GOV-2")}
    cover = {"author": "Kit Marlowe", "signoff_name": "Sam Oduya", "signoff_date": dt.date(2026, 10, 1)}
    answers |= {(COVER, field, ANSWER): value for field, value in cover.items()}
    fill_in(round_, "A2", answers, "a.xlsx")
    said = run("collate", round_.returns, "--as-at", "2026-12-01")
    assert "1 of 1 recipient replied" in said
    assert "Everything is in, and nothing is left to ask.\n" in said
    assert "Next:" not in said


def test_returns_may_lie_elsewhere(run, tmp_path):
    round_ = small_round(tmp_path / "round")
    (tmp_path / "inbox").mkdir()
    answers = {("GOV", "GOV-1", "rating"): "● Green", ("GOV", "GOV-1", "evidence"): "Minutes of 3 May"}
    layout = layout_for(round_.audit_for(round_.recipients[0]))
    filled = fill(workbook_of(round_, "A1").read_bytes(), layout, answers, dt.datetime(2026, 12, 1))
    (tmp_path / "inbox" / "Police.xlsx").write_bytes(filled)
    assert "1 file read" in run("collate", "inbox", "--round", "round")
    master = round_.folder / "master.xlsx"
    assert master.is_file()
    master.write_bytes(master.read_bytes() + b"edited")
    assert "kept as master edited" in run("collate", "inbox", "--round", "round")


def test_a_folder_that_isnt_there_is_named(run, tmp_path):
    round_ = small_round(tmp_path / "round")
    assert "There is no folder" in run("collate", round_.folder / "retruns", code=1)
    assert "not inside a round" in run("check", code=1)


def test_wrong_usage_exits_with_2(run):
    run("collate", code=2)
    run("collate", "x", "--as-at", "soon", code=2)
    run("generate", "--agian", "x", code=2)
    run("collate", "x", "--jobs", "0", code=2)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself_with_examples(run, command):
    said = run(command.name, "--help")
    assert command.help
    assert f"auditkit {command.name}" in said.split("Example", 1)[1]
    assert command.get_short_help_str(60) in run("--help")


def test_help_needs_none_of_the_heavy_libraries():
    code = "import sys, auditkit.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pandas", "openpyxl", "xlsxwriter", "pydantic", "rich", "python_calamine"} & set(loaded)


@pytest.mark.parametrize("command", [["--help"], ["check"], ["decisions"]])
def test_commands_that_answer_at_once_load_nothing_heavy(tmp_path, command):
    round_ = small_round(tmp_path / "round")
    code = (
        "import sys, atexit; from auditkit import cli\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\ncli.main()"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=round_.folder, capture_output=True, text=True, check=True
    )
    assert said.stdout
    assert "auditkit.cli" in said.stderr.split()
    assert not {"pandas", "numpy", "pyarrow", "openpyxl", "xlsxwriter", "rich"} & set(said.stderr.split())


def test_a_foreseen_failure_is_a_sentence_and_a_bug_is_a_report(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cli.tempfile, "tempdir", str(tmp_path))

    def fail(error):
        monkeypatch.setattr(cli.group, "main", lambda **_: (_ for _ in ()).throw(error))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 1
        return capsys.readouterr().err

    assert fail(AuditkitError("Line one\x07\nLine two")) == "Line one \nLine two\n"
    bug = ZeroDivisionError("what somebody typed")
    bug.__cause__ = KeyError("and more of it")
    assert "inside auditkit" in (said := fail(bug))
    (report,) = tmp_path.glob("auditkit-error-*.txt")
    assert str(report) in said
    if os.name != "nt":
        assert report.stat().st_mode & 0o777 == 0o600
    written = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "KeyError" in written
    assert "in fail" in written or "genexpr" in written
    assert "typed" not in written
    assert "and more" not in written


def test_progress_is_shown_on_a_terminal_only(monkeypatch, capsys):
    with screen.progress("Reading", 3) as step:
        step()
    assert capsys.readouterr().err == ""
    with screen.reading() as on_file:
        on_file(Progress(1, 2, {}))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    with screen.progress("Reading", 2) as step:
        step()
        step()
    with screen.reading() as on_file:
        on_file(Progress(1_500, 1_700, {"accepted": 1_400, "held": 12, "passed over": 7}))
    shown = capsys.readouterr().err
    assert "1500/1700" in shown
    assert "1,400 accepted, 12 held" in shown
    assert "rejected" not in shown


def test_python_dash_m_is_the_same_command():
    said = subprocess.run(
        [sys.executable, "-m", "auditkit", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("auditkit ")


@pytest.fixture
def locked_return(tmp_path):
    round_ = small_round(tmp_path / "round")
    layout = layout_for(round_.audit_for(round_.recipients[0]))
    issued = workbook_of(round_, "A1").read_bytes()
    filled = fill(issued, layout, {("GOV", "GOV-1", "rating"): "● Green"}, dt.datetime(2026, 12, 10))
    (round_.returns / "Police.xlsx").write_bytes(encrypted(filled, "their own"))
    return round_


def test_passwords_are_not_asked_for_without_a_terminal(run, locked_return):
    for command in (
        ["collate", locked_return.returns],
        ["accept", "a", "--as", "A1"],
        ["exclude", "a", "--why", "b"],
    ):
        said = run(*command, "--ask-passwords", "--round", locked_return.folder, code=1)
        assert "--ask-passwords needs a terminal" in said
        assert "file_passwords in round.yaml" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_passwords_are_asked_for_unseen_and_not_kept(locked_return):
    import pty

    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "auditkit",
        "collate",
        str(locked_return.returns),
        "--ask-passwords",
        "--json",
    ]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        shown = answer(ours, "wrong one\n", "their own\n", "\n")
        assert process.stdout
        figures = json.loads(process.stdout.read())
    os.close(ours)
    assert (figures["accepted"], figures["rejected"]) == (1, 0)
    assert "Password 3" in shown
    assert "their own" not in shown
    assert "wrong one" not in shown
    for path in locked_return.folder.rglob("*"):
        assert path.is_dir() or b"their own" not in path.read_bytes(), path


def answer(terminal, *lines):
    """Type a line after each question; return all that the terminal showed."""
    shown = ""
    for n, line in enumerate(lines, start=1):
        while f"Password {n}" not in shown or not shown.endswith(": "):
            shown += os.read(terminal, 1024).decode()
        os.write(terminal, line.encode())
    return shown


@pytest.mark.parametrize(
    "command", [["accept", "Police.xlsx", "--as", "A2"], ["exclude", "Police.xlsx", "--why", "x"]]
)
def test_a_locked_file_can_be_decided_about_with_its_password(run, locked_return, monkeypatch, command):
    command = [*command, "--round", locked_return.folder]
    if command[0] == "accept":
        assert "can't be accepted" in run(*command, code=1)
    typed = iter(["their own", ""])
    monkeypatch.setattr(
        screen.click, "prompt", lambda *_, **options: next(typed) if options["hide_input"] else ""
    )
    monkeypatch.setattr(
        screen, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True), stderr=sys.stderr)
    )
    assert "Decision 1" in run(*command, "--ask-passwords")


def test_collate_says_that_the_master_is_encrypted(run, locked_return):
    settings = locked_return.folder / "round.yaml"
    assert "encrypted" not in run("collate", locked_return.returns, code=3)
    settings.write_text(
        settings.read_text(encoding="utf-8") + "master_password: board-room-9\n", encoding="utf-8"
    )
    assert "The master is encrypted" in run("collate", locked_return.returns, code=3)
