"""Two editions of the small audit, and rounds of both: the earlier one returned and collated."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from auditkit.collate import collate
from auditkit.earlier import read
from auditkit.round import Round, load
from auditkit.workbook.issue import Outcomes, generate
from auditkit.workbook.layout import COVER
from tests.filling import Key, fill
from tests.rounds import AUDIT, REGISTER, SETTINGS, small_round

AS_AT = dt.date(2026, 12, 18)
TODAY = dt.date(2027, 9, 6)

# GOV-1 is reworded, GOV-2 split, GOV-3 gone; NUM-1 and NUM-2 are one question now, and NEW-1 is new.
FOLLOWS = """\
follows:
  edition: "2026.1"
  questions:
    - {id: GOV-2a, was: GOV-2}
    - {id: GOV-2b, was: GOV-2}
    - {id: NUM-9, was: [NUM-1, NUM-2]}
  dropped: [GOV-3]
"""
NOW = (
    AUDIT.replace('"2026.1"', '"2027.1"')
    .replace("A senior person leads.", "A senior person leads, and is known.")
    .replace(
        "      - {id: GOV-2, text: The board hears about it.}\n",
        "      - {id: GOV-2a, text: The board hears about it.}\n"
        "      - {id: GOV-2b, text: The board acts on it.}\n"
        "      - {id: NEW-1, text: Somebody checks it.}\n",
    )
    .replace("      - {id: GOV-3, text: Officers are trained., applies_to: {group: Police}}\n", "")
    .replace("      - {id: NUM-1, text: How much of it is in place?}\n", "")
    .replace("{id: NUM-2, text: And next year?}", "{id: NUM-9, text: How much of it is in place?}")
    + FOLLOWS
)
EVIDENCE = "The minutes of 3 March show that the chief officer reported to the board."
POLICE: dict[Key, object] = {
    (COVER, "author", "answer"): "Sam Oduya",
    ("GOV", "GOV-1", "rating"): "● Green",
    ("GOV", "GOV-1", "evidence"): EVIDENCE,
    ("GOV", "GOV-2", "rating"): "▲ Amber",
    ("GOV", "GOV-2", "action"): "Put it on the agenda of each quarter.",
    ("GOV", "GOV-2", "due"): dt.date(2027, 3, 31),
    ("GOV", "GOV-2", "progress"): "Started, not done",
    ("GOV", "GOV-3", "rating"): "■ Red",
    ("GOV", "GOV-3", "action"): "Train the officers of the night shift.",
    ("GOV", "GOV-3", "due"): dt.date(2027, 1, 31),
    ("NUM", "NUM-1", "share"): 65,
    ("NUM", "NUM-1", "staff"): 120,
    ("NUM", "NUM-1", "trained"): 0.5,
    ("NUM", "NUM-2", "share"): 20,
}


def last_time(folder: Path, answers: dict[Key, object] | None = None) -> Round:
    """Make the round of last time: Northmoor Police answered, the hospice didn't."""
    round_ = small_round(folder)
    fill(round_, "A1", POLICE if answers is None else answers, "a1.xlsx")
    collate(round_, round_.returns, as_at=AS_AT)
    return round_


def this_time(folder: Path, audit: str = NOW, register: str = REGISTER, settings: str = SETTINGS) -> Round:
    """Make the round of this time; nothing is issued yet."""
    folder.mkdir(parents=True)
    (folder / "returns").mkdir()
    settings = settings.replace("small-2026", "small-2027").replace("2026-12-11", "2027-12-10")
    for name, text in (("audit.yaml", audit), ("register.csv", register), ("round.yaml", settings)):
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def prefilled(round_: Round, before: Round, **how: object) -> Outcomes:
    """Issue a round's workbooks with what was said in another one."""
    return generate(round_, today=TODAY, source=read([before.folder], round_), **how)  # type: ignore[arg-type]
