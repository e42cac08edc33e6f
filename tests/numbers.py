"""A small round of numbers for tests: a roll, its parts, a ratio and a date, beside a rated section."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from auditkit.definition.forms import load
from auditkit.definition.model import Audit

HEAD = """\
id: count
title: A count
edition: "2026.1"
groups: [Primary, Secondary]
scales:
  - id: rag
    points:
      - {id: green, label: Green, colour: "#9BD3A8", symbol: ●, score: 2}
      - {id: red, label: Red, colour: "#DE7268", symbol: ■, score: 1}
responses:
  - {id: rating, label: Rating, kind: rating, scale: rag, role: rating, noun: a rating}
cover:
  - {id: author, label: Completed by, kind: person, role: author}
  - {id: nil, label: Is this a nil return?, kind: yes_no, role: nil_return}
  - {id: signed, label: Signed off on, kind: date, role: signoff_date}
roll_up: {rule: worst}
overall: {rule: worst}
"""
GOV = """\
  - id: GOV
    title: Leadership
    questions:
      - {id: GOV-1, text: A senior person leads.}
"""
NUM = """\
  - id: NUM
    title: Pupils and referrals
    intro: Give 0 where there were none. Choose “Not collected” where you don't hold the number.
    questions:
      - {id: N-1, text: Pupils on roll, good: "All who are registered, wherever they are taught.", measure: {unit: pupils, census: 2026-10-01, not_collected: no, maximum: 4000}}
      - {id: N-2, text: Pupils with a child protection plan, measure: {unit: pupils, census: 2026-10-01, subset_of: N-1}}
      - {id: N-3, text: Boys, measure: {unit: pupils, census: 2026-10-01}}
      - {id: N-4, text: Girls, measure: {unit: pupils, census: 2026-10-01}}
      - {id: N-5, text: Boys and girls, measure: {unit: pupils, census: 2026-10-01, sum_of: [N-3, N-4]}}
      - {id: N-6, text: Share of pupils who are boys, measure: {kind: percent, census: 2026-10-01, ratio_of: [N-3, N-5], required: no}}
      - {id: N-7, text: Hours of training, measure: {kind: decimal, unit: hours, start: 2025-09-01, end: 2026-08-31}}
      - {id: N-8, text: Date on which the single central record was last checked, measure: {kind: date, period: The last school year, minimum: 2025-09-01, required: no}}
      - {id: N-9, text: Boarders, measure: {unit: pupils, census: 2026-10-01}, applies_to: {boarding: "Yes"}}
"""
AUDIT = f"{HEAD}measures: {{totals_by: [group, boarding], small: 5}}\nsections:\n{GOV}{NUM}"
REGISTER = """\
id,name,group,contact,email,boarding
S1,Wexley Primary,Primary,Sam Oduya,s1@northmoor.example,No
S2,Tarndale Primary,Primary,Kit Marlowe,s2@northmoor.example,No
S3,Northmoor High,Secondary,Jo Bell,s3@northmoor.example,Yes
S4,Fell School,Secondary,Ann Ray,s4@northmoor.example,Yes
"""


def audit_of(text: str) -> Audit:
    """Return the audit that a definition in YAML is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path)


def typed(numbers: dict[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Return what is typed by place; in brackets, in the column beside the number."""
    return {
        ("NUM", key, "not_collected" if isinstance(v, tuple) else "value"): v[0]
        if isinstance(v, tuple)
        else v
        for key, v in numbers.items()
    }
