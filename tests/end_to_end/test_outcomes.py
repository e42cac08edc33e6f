"""A returns folder as it really looks, through the command line: outcomes, exit codes, figures, nothing touched."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from auditkit.demo.fill import fill
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.identity import COVER_LABEL
from auditkit.workbook.layout import COVER, IDENTITY_SHEET, START_SHEET
from tests.apps.libreoffice import LibreOffice
from tests.end_to_end.reading import rows
from tests.rounds import SETTINGS, small_round, workbook_of

ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    *("files", "returns", "accepted", "superseded", "held", "rejected", "passed_over"),
    *(
        "recipients",
        "returned",
        "partly",
        "nil_return",
        "not_returned",
        "closed",
        "findings",
        "answers",
        "not_asked",
        "progress",
        "master",
    ),
]
DONE, FAILED, USAGE, DECISIONS = 0, 1, 2, 3
Run = subprocess.CompletedProcess[str]


def auditkit(*arguments: str | Path, cwd: Path = ROOT) -> Run:
    """Run the command as a person does."""
    command = [sys.executable, "-m", "auditkit", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    return small_round(tmp_path / "round")


@pytest.fixture
def send(round_: Round) -> Callable[..., Path]:
    """Put a filled-in return into the returns folder: ``send("A1", "name.xlsx", day)``."""

    def sent(recipient_id: str, name: str, day: int = 1, of: Round = round_) -> Path:
        recipient = next(r for r in of.recipients if r.id == recipient_id)
        layout = layout_for(of.audit_for(recipient))
        typed = {
            (COVER, "author", "answer"): "Sam Oduya",
            ("GOV", "GOV-1", "rating"): "● Green",
            ("GOV", "GOV-1", "evidence"): f"Said on day {day}",
        }
        content = fill(workbook_of(of, recipient_id).read_bytes(), layout, typed, dt.datetime(2026, 12, day))
        path = round_.returns / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return sent


@pytest.fixture
def mixed(
    round_: Round, send: Callable[..., Path], libreoffice: LibreOffice, tmp_path: Path
) -> dict[str, str]:
    """Fill the returns folder with whatever comes; return the outcome that each file should have."""
    send("A1", "police.xlsx", 1)
    send("A1", "from the post room/police, corrected.xlsx", 2)
    good = send("A2", "hospice.xlsx")
    (round_.returns / "cut off.xlsx").write_bytes(good.read_bytes()[:5000])
    (round_.returns / "empty.xlsx").touch()
    (round_.returns / "notes.xlsx").write_text("Dear Harriet, our answers are:", encoding="utf-8")
    (round_.returns / "scan.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    (round_.returns / "~$lock.xlsx").write_bytes(b"Harriet")
    with libreoffice.open(good) as book:
        book.save_as(round_.returns / "Tabled" / "2026" / "hospice.ods")
    elsewhere = small_round(tmp_path / "elsewhere", settings=SETTINGS.replace("small-2026", "small-2024"))
    send("A1", "last time.xlsx", of=elsewhere)
    without_identity(good, round_.returns / "Tabled" / "whose.xlsx")
    good.unlink()
    return {
        "police.xlsx": "superseded",
        "from the post room/police, corrected.xlsx": "accepted",
        "Tabled/2026/hospice.ods": "accepted",
        "cut off.xlsx": "rejected",
        "empty.xlsx": "rejected",
        "notes.xlsx": "held",
        "scan.pdf": "held",
        "~$lock.xlsx": "passed over",
        "last time.xlsx": "held",
        "Tabled/whose.xlsx": "held",
    }


def without_identity(file: Path, target: Path) -> None:
    """Save a copy from which every trace of whose it is was removed."""
    book = openpyxl.load_workbook(file)
    del book[IDENTITY_SHEET]
    for line in book[START_SHEET].iter_rows():
        if COVER_LABEL in [cell.value for cell in line]:
            for cell in line:
                cell.value = None
    book.save(target)


def contents(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return digest, time and rights of everything in a folder, at any depth."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.filterwarnings("ignore:.*not supported and will be removed")
def test_every_file_has_an_outcome_and_the_sums_add_up(round_: Round, mixed: dict[str, str]) -> None:
    before = contents(round_.returns)
    run = auditkit("collate", round_.returns, "--json", "--as-at", "2026-12-18")
    assert (run.returncode, run.stderr) == (DECISIONS, "")
    assert contents(round_.returns) == before
    figures = json.loads(run.stdout)
    assert list(figures) == KEYS
    outcomes = list(mixed.values())
    for outcome in ("accepted", "superseded", "held", "rejected", "passed over"):
        assert figures[outcome.replace(" ", "_")] == outcomes.count(outcome)
    assert figures["files"] == figures["returns"] == len(mixed)
    standings = [figures[name] for name in ("returned", "partly", "nil_return", "not_returned", "closed")]
    assert (sum(standings), figures["recipients"]) == (2, 2)
    # Two accepted returns with an author, a rating and evidence each.
    assert figures["answers"] == 6
    master = Path(figures["master"])
    assert master.samefile(round_.master)
    assert {row["File"]: row["Outcome"] for row in rows(master, "Returns")} == mixed
    assert {row["Evidence"] for row in rows(master, "Answers")} == {"Said on day 1", "Said on day 2"}
    assert figures["findings"] == len(rows(master, "Queries"))
    queried = {row["File"] for row in rows(master, "Queries")}
    assert queried >= {file for file, outcome in mixed.items() if outcome in ("held", "rejected")}


@pytest.mark.filterwarnings("ignore:.*not supported and will be removed")
def test_the_screen_names_what_needs_a_decision(round_: Round, mixed: dict[str, str]) -> None:
    run = auditkit("collate", "returns", "--as-at", "2026-12-18", cwd=round_.folder)
    assert run.returncode == DECISIONS
    for file, outcome in mixed.items():
        assert (file in run.stdout) == (outcome in ("held", "rejected")), file


def test_all_accepted_is_0_and_running_again_gives_the_same_bytes(
    round_: Round, send: Callable[..., Path]
) -> None:
    send("A1", "police.xlsx")
    arguments = ("collate", round_.returns, "--as-at", "2026-12-18")
    assert auditkit(*arguments).returncode == DONE
    first = round_.master.read_bytes()
    assert auditkit(*arguments, cwd=round_.folder).returncode == DONE
    assert round_.master.read_bytes() == first


def test_without_a_master_it_is_1_and_says_why(round_: Round, tmp_path: Path) -> None:
    nothing = auditkit("collate", round_.returns)
    assert nothing.returncode == FAILED
    assert "There is no return in" in nothing.stderr
    missing = auditkit("collate", round_.folder / "returned")
    assert missing.returncode == FAILED
    assert "There is no folder" in missing.stderr
    outside = auditkit("collate", tmp_path, cwd=tmp_path)
    assert outside.returncode == FAILED
    assert "not inside a round" in outside.stderr
    assert "Traceback" not in nothing.stderr + missing.stderr + outside.stderr


@pytest.mark.parametrize("arguments", [["collate"], ["collate", "returns", "--jsn"], ["colate", "returns"]])
def test_wrong_usage_is_2(arguments: list[str], round_: Round) -> None:
    run = auditkit(*arguments, cwd=round_.folder)
    assert (run.returncode, run.stdout) == (USAGE, "")
    assert "Usage" in run.stderr


def test_a_lost_key_is_told_and_no_new_one_is_made(round_: Round, send: Callable[..., Path]) -> None:
    """With a new key every return would be held as altered, and workbooks issued again would differ."""
    send("A1", "police.xlsx")
    key = round_.private / "key"
    key.unlink()
    run = auditkit("collate", round_.returns)
    assert run.returncode == FAILED
    assert str(key) in run.stderr
    assert not key.exists()
    assert not round_.master.exists()
