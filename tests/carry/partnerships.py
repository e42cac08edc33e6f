"""Another partnership than that of the small audit: other order, other ids, other words for ratings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from auditkit.demo.fill import fill
from auditkit.fields import Typed
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from tests.rounds import REGISTER, SETTINGS, small_round, workbook_of

Key = tuple[str, str, str]

# GOV-2 is the same question under the same id; GOV-1 is another one; HEAR-7 and LEAD-1 are alike under other ids.
THEIRS = """\
id: wexley
title: Wexley self-assessment
edition: "7"
scales:
  - id: words
    points:
      - {id: a, label: Good, colour: "#9BD3A8", score: 2, meaning: All of it}
      - {id: b, label: Adequate, colour: "#FBF0A8", score: 1, meaning: Most of it}
      - {id: c, label: Poor, colour: "#DE7268", score: 0, meaning: Little of it}
responses:
  - {id: proof, label: What shows it, kind: text, role: evidence}
  - {id: self, label: Self rating, kind: rating, scale: words, role: rating, required: true}
  - {id: action, label: Planned, kind: text, role: action}
  - {id: due, label: By when, kind: date, role: due}
cover:
  - {id: author, label: Completed by, kind: person, role: author, required: true}
sections:
  - id: HEAR
    title: Hearing children
    questions:
      - {id: HEAR-7, text: Children are heard.}
      - {id: GOV-1, text: Our lift is serviced.}
  - id: LEAD
    title: Leading
    questions:
      - {id: LEAD-2, text: Officers are all trained.}
      - {id: LEAD-1, text: "A senior person leads it.", good: "Named and known."}
      - {id: GOV-2, text: The board hears about it.}
roll_up: {rule: worst}
overall: {rule: worst}
"""
GIVEN: dict[Key, Typed] = {
    ("LEAD", "LEAD-1", "self"): "Good",
    ("LEAD", "LEAD-1", "proof"): "The scheme of delegation of 2 May names the chief officer.",
    ("LEAD", "LEAD-2", "self"): "Adequate",
    ("LEAD", "LEAD-2", "action"): "Train the night shift.",
    ("LEAD", "LEAD-2", "due"): dt.date(2027, 5, 31),
    ("LEAD", "GOV-2", "self"): "Poor",
    ("LEAD", "GOV-2", "action"): "=cmd|' /C calc'!A0",
    ("HEAR", "GOV-1", "self"): "Good",
    ("HEAR", "HEAR-7", "proof"): "A forum each term.",
}
CROSSWALK = """\
questions:
  - {id: GOV-1, was: LEAD-1}
  - {id: GOV-3, was: LEAD-2}
fields: {self: rating, proof: evidence}
points:
  rag: {Good: green, adequate: amber}
"""


def wexley(folder: Path, answers: dict[Key, Typed] | None = None) -> tuple[Round, Path]:
    """Make the other partnership's round, and the workbook of its police as it was filled in."""
    settings = SETTINGS.replace("small-2026", "wexley-7").replace(
        "Northmoor Safeguarding", "Wexley Safeguarding"
    )
    register = REGISTER.replace("A1,", "W-9,").replace("A2,", "W-10,")
    round_ = small_round(folder, THEIRS, register, settings)
    layout = layout_for(round_.audit_for(round_.recipients[0]))
    path = folder / "filled.xlsx"
    issued = workbook_of(round_, "W-9").read_bytes()
    path.write_bytes(fill(issued, layout, answers or GIVEN, dt.datetime(2026, 10, 1, 9)))
    return round_, path
