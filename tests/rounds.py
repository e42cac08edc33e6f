"""Rounds for tests: the ready-made Section 11 audit, or a few lines of YAML."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from auditkit.round import Round, load
from auditkit.templates import new_round
from auditkit.workbook.issue import generate
from auditkit.workbook.log import read_log

ISSUED = dt.date(2026, 9, 7)

SETTINGS = """\
id: small-2026
title: Small audit
partnership: Northmoor Safeguarding Children Partnership
contact_name: Harriet Osei-Langley
contact_email: audits@northmoor.example
deadline: 2026-12-11
password: fell-lantern
"""

REGISTER = """\
id,name,group,contact,email,sector
A1,Northmoor Police,Police,Sam Oduya,police@northmoor.example,Public
A2,St Mary's Hospice,Health,Kit Marlowe,hospice@northmoor.example,Voluntary
"""

# Two sections, two scales, a rule, a whole number, a list with commas, a section of its own columns.
AUDIT = """\
id: small
title: A small audit
edition: "2026.1"
groups: [Police, Health]
scales:
  - id: rag
    points:
      - {id: green, label: Green, colour: "#9BD3A8", symbol: ●, score: 3, meaning: In place}
      - {id: amber, label: Amber, colour: "#FBF0A8", symbol: ▲, score: 2, meaning: Partly in place}
      - {id: red, label: Red, colour: "#DE7268", symbol: ■, score: 1, meaning: Not in place}
      - {id: na, label: N/A, colour: "#D9D9D9", symbol: –, not_applicable: true, meaning: Does not apply}
  - id: score
    title: Percentage in place
    numbers: {minimum: 0, maximum: 100, step: 5, unit: "%"}
    points:
      - {id: most, label: Most, colour: "#9BD3A8", at_least: 60}
      - {id: few, label: Few, colour: "#DE7268", at_least: 0}
responses:
  - {id: rating, label: Rating, kind: rating, scale: rag, role: rating, required: true, noun: a rating}
  - {id: evidence, label: Evidence, kind: text, role: evidence, noun: evidence}
  - {id: action, label: Action, kind: text, role: action, noun: an action}
  - {id: due, label: Due date, kind: date, role: due, noun: a due date, minimum: 2026-01-01, maximum: 2029-12-31}
  - {id: progress, label: Progress, kind: choice, choices: [Not started, "Started, not done", Done], closed: Done, role: progress}
rules:
  - {id: plan, when: {rating: [red, amber]}, require: [action, due], message: A Red or Amber rating needs an action and a date.}
  - {id: proof, when: {rating: [green, na]}, require: [evidence], message: A Green or N/A rating needs evidence.}
cover:
  - {id: author, label: Completed by, kind: person, role: author, required: true}
  - {id: nil_return, label: Is this a nil return?, kind: yes_no, role: nil_return}
  - {id: nil_reason, label: Reason, kind: text, role: nil_reason}
  - {id: signoff_name, label: Signed off by, kind: person, role: signoff_name, required: true}
  - {id: signoff_date, label: Signed off on, kind: date, role: signoff_date, required: true}
cover_rules:
  - {id: nil, when: {nil_return: "Yes"}, require: [nil_reason], message: A nil return needs a reason.}
sections:
  - id: GOV
    title: Leadership
    intro: Who leads and who answers for it.
    questions:
      - {id: GOV-1, text: A senior person leads., good: "Named, trained and known.", weight: 2, descriptors: {green: All of it., red: None of it.}}
      - {id: GOV-2, text: The board hears about it.}
      - {id: GOV-3, text: Officers are trained., applies_to: {group: Police}}
  - id: NUM
    title: Numbers
    responses:
      - {id: share, label: Share, kind: rating, scale: score, role: rating, noun: a share}
      - {id: staff, label: Staff, kind: whole_number, maximum: 500, noun: a number of staff}
      - {id: trained, label: Trained, kind: percent}
      - {id: ratio, label: Ratio, kind: decimal}
    questions:
      - {id: NUM-1, text: How much of it is in place?}
      - {id: NUM-2, text: And next year?}
    roll_up: {rule: mean, bands: [{at_least: 60, point: most}, {at_least: 0, point: few}]}
roll_up:
  rule: mean
  bands: [{at_least: 2.5, point: green}, {at_least: 1.5, point: amber}, {at_least: 0, point: red}]
  caps: [{name: Any Red keeps the section from Green, any_of: red, at_most: amber}]
overall:
  rule: percent
  scale: rag
  bands: [{at_least: 80, point: green}, {at_least: 50, point: amber}, {at_least: 0, point: red}]
"""


def small_round(
    folder: Path, audit: str = AUDIT, register: str = REGISTER, settings: str = SETTINGS
) -> Round:
    """Make a round of a few lines, its workbooks issued."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "returns").mkdir(exist_ok=True)
    for name, text in (("audit.yaml", audit), ("register.csv", register), ("round.yaml", settings)):
        (folder / name).write_text(text, encoding="utf-8")
    return issued(load(folder))


def section11_round(folder: Path) -> Round:
    """Make a round of the ready-made Section 11 audit, its workbooks issued."""
    new_round("section11", folder)
    return issued(load(folder))


def issued(round_: Round) -> Round:
    """Issue the round's workbooks."""
    generate(round_, today=ISSUED)
    return round_


def workbook_of(round_: Round, recipient_id: str) -> Path:
    """Return where the workbook last issued to a recipient is."""
    return round_.workbooks / {entry.recipient_id: entry.file for entry in read_log(round_)}[recipient_id]


def forget(folder: Path) -> None:
    """Remove what collating wrote into a round, so that the next run begins as the first did."""
    (folder / "master.xlsx").unlink(missing_ok=True)
    shutil.rmtree(folder / "master", ignore_errors=True)
    for name in ("returns.cache", "standing.json", "runs.store", "master.sha256"):
        (folder / ".auditkit" / name).unlink(missing_ok=True)
