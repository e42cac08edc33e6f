"""The folder of the corpus: a round with every hostile and broken file beside 20 good returns."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from auditkit.demo.fill import fill
from auditkit.returns.intake import names
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import COVER
from tests.corpus.case import Case
from tests.corpus.cases import cases
from tests.rounds import AUDIT, SETTINGS, small_round, workbook_of

GOOD = 20
VICTIM = "X1"
PASSWORD = "open sesame"
REGISTER = "id,name,group,contact,email,sector\n" + "".join(
    f"{key},Agency {key},Police,Jo,jo@{key}.example,Public\n"
    for key in [*(f"A{n}" for n in range(1, GOOD + 1)), VICTIM]
)
CSV_SHEET = b"auditkit:GOV,,,rating,evidence\r\nReference,Question,,Rating,Evidence\r\nGOV-1,Leadership,,Green,Yes\r\n"


@dataclass(frozen=True)
class Corpus:
    """The corpus as it lies on disk: ``top`` holds the round, and what links in its returns point at."""

    top: Path
    round: Round
    table: tuple[Case, ...]


def evidence(n: int) -> str:
    """Return what the good return of agency ``n`` says."""
    return f"What agency {n} did, in its own words"


def make(top: Path) -> Corpus:
    """Make the folder; files whose name this system refuses are left out."""
    round_ = small_round(top / "round", AUDIT, REGISTER, f"{SETTINGS}file_passwords: [{PASSWORD}]\n")
    for n in range(1, GOOD + 1):
        (round_.returns / f"good {n}.xlsx").write_bytes(return_of(round_, f"A{n}", evidence(n)))
    table = []
    for case in cases(return_of(round_, VICTIM, "Not to be lost"), CSV_SHEET, PASSWORD):
        path = round_.returns / case.name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.write_bytes(case.content)
        except OSError:
            continue
        table.append(Case(case.name, b"", case.expected))
    special_files(round_.returns, top)
    return Corpus(top, round_, tuple(table))


def return_of(round_: Round, key: str, answer: str) -> bytes:
    recipient = next(r for r in round_.recipients if r.id == key)
    layout = layout_for(round_.audit_for(recipient))
    typed = {
        (COVER, "author", "answer"): f"Author of {key}",
        ("GOV", "GOV-1", "rating"): "● Green",
        ("GOV", "GOV-1", "evidence"): answer,
    }
    return fill(workbook_of(round_, key).read_bytes(), layout, typed, dt.datetime(2026, 12, 1, 9, 0))


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        found[os.fsencode(path.relative_to(folder)).decode("utf-8", "replace")] = (
            status.st_size,
            status.st_mtime_ns,
        )
    return found


def special_files(folder: Path, top: Path) -> None:
    """Add what isn't made of bytes, as far as this system has it."""
    if sys.platform == "win32":
        return
    (top / "secret.xlsx").write_bytes(b"secret")
    special = folder / "special"
    special.mkdir()
    os.mkfifo(special / "fifo.xlsx")
    for name, target in (
        ("link.xlsx", top / "secret.xlsx"),
        ("folder", top),
        ("loop", special),
        ("gone", top / "no"),
    ):
        (special / name).symlink_to(target)
    if os.geteuid() != 0:
        (special / "locked away.xlsx").write_bytes(b"x")
        (special / "locked away.xlsx").chmod(0)


def shown(name: str) -> str:
    """Return how auditkit names a file."""
    return "/".join(names.shown(part) for part in name.split("/"))
