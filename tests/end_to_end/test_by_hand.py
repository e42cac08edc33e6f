"""Ratings worked out by hand, with weights, N/A, caps and two scales, against the master's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditkit.collate import collate
from auditkit.demo.fill import fill
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from tests.apps.libreoffice import LibreOffice
from tests.end_to_end.reading import plain
from tests.rounds import small_round, workbook_of

# Green 3, Amber 2, Red 1. Leadership counts twice in the overall rating, and GOV-1 three times in Leadership.
AUDIT = """\
id: by-hand
title: Worked out by hand
edition: "1"
groups: [Police, Health]
scales:
  - id: rag
    points:
      - {id: green, label: Green, colour: "#9BD3A8", symbol: ●, score: 3}
      - {id: amber, label: Amber, colour: "#FBF0A8", symbol: ▲, score: 2}
      - {id: red, label: Red, colour: "#DE7268", symbol: ■, score: 1}
      - {id: na, label: N/A, colour: "#D9D9D9", symbol: –, not_applicable: true}
  - id: share
    numbers: {minimum: 0, maximum: 100, step: 5, unit: "%"}
    points:
      - {id: most, label: Most, colour: "#9BD3A8", at_least: 60}
      - {id: few, label: Few, colour: "#DE7268", at_least: 0}
      - {id: none, label: N/A, colour: "#D9D9D9", symbol: –, not_applicable: true}
responses:
  - {id: rating, label: Rating, kind: rating, scale: rag, role: rating}
cover:
  - {id: author, label: Completed by, kind: person, role: author}
sections:
  - id: GOV
    title: Leadership
    weight: 2
    questions:
      - {id: GOV-1, text: First., weight: 3}
      - {id: GOV-2, text: Second.}
      - {id: GOV-3, text: Third.}
      - {id: GOV-4, text: Fourth., applies_to: {group: Police}}
  - id: NUM
    title: Numbers
    responses: [{id: share, label: Share, kind: rating, scale: share, role: rating}]
    questions:
      - {id: NUM-1, text: This year?}
      - {id: NUM-2, text: Next year?, weight: 2}
    roll_up: {rule: mean, bands: [{at_least: 60, point: most}, {at_least: 0, point: few}]}
  - id: CHK
    title: Checks
    questions: [{id: CHK-1, text: One.}, {id: CHK-2, text: Two.}]
    roll_up: {rule: worst}
  - id: SHR
    title: Shares
    questions: [{id: SHR-1, text: One.}, {id: SHR-2, text: Two., weight: 2}, {id: SHR-3, text: Three.}]
    roll_up:
      rule: share
      at_or_above: amber
      bands: [{at_least: 75, point: green}, {at_least: 40, point: amber}, {at_least: 0, point: red}]
roll_up:
  rule: mean
  bands: [{at_least: 2.5, point: green}, {at_least: 1.5, point: amber}, {at_least: 0, point: red}]
  caps: [{name: Any Red keeps the standard from Green, any_of: red, at_most: amber}]
overall:
  rule: percent
  scale: rag
  bands: [{at_least: 80, point: green}, {at_least: 50, point: amber}, {at_least: 0, point: red}]
  caps: [{name: Any Red keeps the whole from Green, any_of: red, at_most: amber}]
"""
REGISTER = """\
id,name,group,contact,email
A1,Northmoor Police,Police,Sam Oduya,police@northmoor.example
A2,St Mary's Hospice,Health,Kit Marlowe,hospice@northmoor.example
A3,Northmoor Hospitals,Health,Jo Bell,hospitals@northmoor.example
A4,Three Rivers Ambulance,Health,Ann Ray,ambulance@northmoor.example
A5,Tarndale Trust,Health,Lee Fox,tarndale@northmoor.example
"""
G, A, R, NA = "● Green", "▲ Amber", "■ Red", "– N/A"
TYPED: dict[str, dict[str, Any]] = {
    "A1": {"GOV-1": G, "GOV-2": A, "GOV-3": NA, "GOV-4": G, "NUM-1": 80, "NUM-2": 55}
    | {"CHK-1": G, "CHK-2": A, "SHR-1": R, "SHR-2": G, "SHR-3": A},
    "A2": {"GOV-1": G, "GOV-2": G, "GOV-3": R, "NUM-1": NA, "NUM-2": 45}
    | {"CHK-1": NA, "CHK-2": NA, "SHR-1": G, "SHR-3": NA},
    "A3": {"GOV-1": G, "GOV-2": G, "GOV-3": G, "NUM-1": 100, "NUM-2": 95}
    | {"CHK-1": G, "CHK-2": R, "SHR-1": G, "SHR-2": G, "SHR-3": G},
    "A5": {"GOV-1": A, "GOV-2": A, "GOV-3": R, "NUM-1": 60, "NUM-2": 60, "CHK-2": G, "SHR-1": A, "SHR-2": R},
}
BLANK = ("not rated", "")
# Rating and score, as Heatmap has them.
EXPECTED: dict[str, dict[str, tuple[str, float | str]]] = {
    "A1": {
        # GOV-3 is N/A: (3·3 + 1·2 + 1·3) / (3 + 1 + 1) = 14/5
        "GOV": (G, 2.8),
        # (1·80 + 2·55) / 3 = 190/3
        "NUM": ("Most", 63.333333),
        # The worse of Green and Amber.
        "CHK": (A, 2),
        # At or above Amber: (2 + 1) of 4 is 75 %, which is just Green; this rule has no cap.
        "SHR": (G, 75),
        # Scores: 2·14 + 190 + (3 + 2) + (1·1 + 2·3 + 1·2) = 28 + 190 + 5 + 9 = 232
        # At best: 2·5·3 + 3·100 + 2·3 + 4·3 = 30 + 300 + 6 + 12 = 348; 232/348 = 2/3
        "overall": (A, 66.666667),
    },
    "A2": {
        # Not asked GOV-4. (3·3 + 3 + 1) / 5 = 13/5 would be Green, but GOV-3 is Red.
        "GOV": (A, 2.6),
        # NUM-1 is N/A.
        "NUM": ("Few", 45),
        "CHK": (NA, ""),
        # SHR-2 is blank and SHR-3 N/A: 1 of 1.
        "SHR": (G, 100),
        # Scores: 2·13 + 2·45 + 3 = 119. At best: 2·5·3 + 2·100 + 3 = 233. 119/233 = 0.51072961…
        "overall": (A, 51.072961),
    },
    "A3": {
        "GOV": (G, 3),
        # (100 + 190) / 3
        "NUM": ("Most", 96.666667),
        "CHK": (R, 1),
        "SHR": (G, 100),
        # Scores: 2·15 + 290 + (3 + 1) + (3 + 6 + 3) = 336 of 348 = 0.96551724… is Green, but CHK-2 is Red.
        "overall": (A, 96.551724),
    },
    "A4": dict.fromkeys(("GOV", "NUM", "CHK", "SHR", "overall"), BLANK),
    "A5": {
        # (3·2 + 2 + 1) / 5
        "GOV": (A, 1.8),
        # Just at the band.
        "NUM": ("Most", 60),
        "CHK": (G, 3),
        # At or above Amber: 1 of 1 + 2.
        "SHR": (R, 33.333333),
        # Scores: 2·9 + 3·60 + 3 + (2 + 2·1) = 205. At best: 30 + 300 + 3 + 3·3 = 342. 205/342 = 0.59941520…
        "overall": (A, 59.94152),
    },
}
HEADINGS = {"GOV": "Leadership", "NUM": "Numbers", "CHK": "Checks", "SHR": "Shares", "overall": "Overall"}


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    round_ = small_round(tmp_path_factory.mktemp("hand") / "round", AUDIT, REGISTER)
    for recipient_id, typed in TYPED.items():
        send(round_, recipient_id, typed)
    return collate(round_, round_.returns, as_at=dt.date(2026, 12, 18)).master


def send(round_: Round, recipient_id: str, typed: Mapping[str, str | int]) -> None:
    recipient = next(r for r in round_.recipients if r.id == recipient_id)
    layout = layout_for(round_.audit_for(recipient))
    places = {(q[:3], q, "share" if q.startswith("NUM") else "rating"): value for q, value in typed.items()}
    content = fill(workbook_of(round_, recipient_id).read_bytes(), layout, places, dt.datetime(2026, 12, 1))
    (round_.returns / f"{recipient_id}.xlsx").write_bytes(content)


def heatmap(rows: list[list[Any]]) -> dict[str, dict[str, tuple[str, Any]]]:
    """Return rating and score of each recipient and standard, found by their headings."""
    header, *lines = rows
    found = {}
    for line in lines:
        said = dict(zip(header, line, strict=True))
        scores = {key: said["Score: Overall" if key == "overall" else f"Score: {key}"] for key in HEADINGS}
        found[said["Recipient ID"]] = {key: (said[text], scores[key]) for key, text in HEADINGS.items()}
    return found


def test_the_masters_stored_figures_are_those_worked_out_by_hand(master: Path) -> None:
    sheet = openpyxl.load_workbook(master, data_only=True)["Heatmap"]
    assert heatmap([[plain(value) for value in line] for line in sheet.values]) == EXPECTED


def test_libreoffice_works_out_the_same(master: Path, libreoffice: LibreOffice) -> None:
    with libreoffice.open(master) as book:
        book.recalculate()
        assert book.errors() == []
        cells = book.values()["Heatmap"]
    columns = sorted({c.rstrip("0123456789") for c in cells}, key=lambda letters: (len(letters), letters))
    rows = [[cells.get(f"{column}{row}", "") for column in columns] for row in range(1, len(EXPECTED) + 2)]
    assert heatmap(rows) == EXPECTED
