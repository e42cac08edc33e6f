"""A small survey for tests: every kind of answer, a matrix, and a section of the audit beside it."""

from __future__ import annotations

AUDIT = """\
id: small-survey
title: A small survey
edition: "2026.1"
groups: [County, City]
scales: []
responses: []
cover:
  - {id: author, label: Completed by, kind: person, role: author}
sections:
  - id: AUD
    title: The audit
    questions:
      - id: AUD-1
        text: How often do you run it?
        answer: {choices: [Every year, Every two years, Other, We don't], other: Other, not_applicable: We don't}
      - id: AUD-2
        text: What is hard about it?
        good: Choose all that apply.
        answer: {kind: several, choices: [Time, "Replies, late", Something else], other: Something else}
      - {id: AUD-3, text: Do you ask for numbers?, answer: {kind: yes_no}}
      - {id: AUD-4, text: How many a year?, answer: {kind: whole_number, maximum: 100, required: no}}
      - {id: AUD-5, text: What else?, answer: {kind: text, required: no}}
  - id: MAT
    title: How it went
    answer: {choices: [Well, Badly, Can't say], not_applicable: Can't say}
    questions:
      - {id: MAT-1, text: Sending it out}
      - {id: MAT-2, text: Chasing it}
      - {id: MAT-3, text: Why?, answer: {kind: text, required: no}}
survey: {by: [group, AUD-1], small: 3}
"""

REGISTER = """\
id,name,group,contact,email
P1,Northmoor Partnership,County,Sam Oduya,office@northmoor.example
P2,Wexley Partnership,City,Kit Marlowe,office@wexley.example
"""
