"""A small round with a chronology for tests: three agencies, a table of twelve rows beside a rated section."""

from __future__ import annotations

from typing import Any

from tests.numbers import GOV, HEAD

COLUMNS = """\
    responses:
      - {id: date, label: Date, kind: uncertain_date, role: event_date, required: yes, noun: a date}
      - {id: time, label: Time, kind: time, role: event_time}
      - {id: who, label: Who it is about, kind: choice, role: subject, choices: [Child A, Child B, Mother]}
      - {id: source, label: Source, kind: text, role: source, required: yes, noun: a source}
      - {id: type, label: Type of event, kind: choice, role: event_type, choices: [Home visit, Referral, Phone call]}
      - {id: what, label: What happened, kind: text, role: event, required: yes, noun: what happened}
      - {id: action, label: Action taken, kind: text, role: event_action}
      - {id: reason, label: "If none, why", kind: text, role: no_action_reason}
      - {id: seen, label: Was the child seen?, kind: yes_no, role: child_seen}
      - {id: theme, label: Theme, kind: choice, role: theme, choices: [Neglect, Injury]}
      - {id: voice, label: The child's voice, kind: text}
"""
TABLE = f"""\
  - id: CH
    title: Chronology
    intro: What your agency knew and did.
    events: {{rows: 12, gap_days: 30}}
{COLUMNS}"""
AUDIT = f"{HEAD.replace('[Primary, Secondary]', '[Health, Police, School]')}sections:\n{GOV}{TABLE}"
REGISTER = """\
id,name,group,contact,email
H1,Northmoor Health Visitors,Health,Sam Oduya,h1@northmoor.example
P1,Northmoor Police,Police,Kit Marlowe,p1@northmoor.example
S1,Wexley Primary,School,Jo Bell,s1@northmoor.example
"""


def typed(*rows: dict[str, Any], first: int = 1) -> dict[tuple[str, str, str], Any]:
    """Return what is typed by place: each row's cells by column, from row number ``first`` on."""
    return {("CH", f"CH:{n}", key): v for n, row in enumerate(rows, first) for key, v in row.items()}
