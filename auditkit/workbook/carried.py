"""Answers carried over from another partnership's audit, which somebody has to confirm.

They stand in the answer cells of every workbook that is issued to their recipient from then on, as long as
the question is asked. A column beside them asks whether each still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from auditkit.definition.model import Audit, Field
from auditkit.errors import AuditkitError
from auditkit.fields import Value
from auditkit.fields.plain import as_json, from_json
from auditkit.files import write_state
from auditkit.workbook.known import row as row_digest
from auditkit.workbook.layout import CARRIED_FROM, CARRIED_ROLE, NOT_CARRIED
from auditkit.workbook.own import Left, Own

if TYPE_CHECKING:
    from auditkit.round import Round

FILE = "carried.json"
# No definition can have a field of this id.
CARRIED_ID = ":carried"
CONFIRMED, CHANGED = "Confirmed", "Changed"
CARRIED = Field(
    CARRIED_ID,
    "Carried over: still right?",
    "choice",
    role=CARRIED_ROLE,
    noun="a confirmation",
    help="These answers were carried over. Choose Confirmed if they hold here, Changed once you have "
    "changed them.",
    choices=(CONFIRMED, CHANGED),
    width=15,
)
LABEL = "Carried over"


@dataclass(frozen=True)
class Row:
    """What was carried to one question: answers by response column, and where they stood, in words."""

    question: str
    answers: Mapping[str, Value]
    source: str


@dataclass(frozen=True)
class Carried:
    """What was carried over for one recipient: from whom and from when, and what was left behind."""

    source: str
    day: str
    rows: tuple[Row, ...]
    left: tuple[Left, ...] = ()

    def digest(self) -> str:
        """Return what tells whether it is still what was issued."""
        return hashlib.sha256(json.dumps(_plain(self), ensure_ascii=False).encode()).hexdigest()[:16]

    def known(self) -> dict[str, tuple[str, ...]]:
        """Return what reading has to know of it (see :class:`auditkit.workbook.known.Known`)."""
        return {one.question: (row_digest(one.answers),) for one in self.rows}

    def questions(self, audit: Audit) -> frozenset[str]:
        """Return the questions that it has answers to, of those that are asked."""
        return frozenset(row.question for row in self.rows) & {q.id for _, q in audit.questions()}


def with_column(audit: Audit, sections: Collection[str]) -> Audit:
    """Return an audit that asks, in these sections, whether what was carried over still holds."""
    changed = [
        replace(s, responses=(*audit.responses_of(s), CARRIED)) if s.id in sections else s
        for s in audit.sections
    ]
    return replace(audit, sections=tuple(changed)) if sections else audit


def sections_of(audit: Audit, carried: Carried | None) -> tuple[str, ...]:
    """Return the sections into which something was carried."""
    if carried is None:
        return ()
    questions = carried.questions(audit)
    return tuple(s.id for s in audit.sections if any(q.id in questions for q in s.questions))


def added(own: Own, carried: Carried, audit: Audit) -> Own:
    """Return what is a recipient's own, with what was carried over.

    Args:
        own: What it is without.
        carried: What was carried over.
        audit: What is asked, with the column that asks whether it still holds.
    """
    # Only here: each worker that reads returns would load XlsxWriter, and needs it for none of them.
    from auditkit.workbook.rows import left_rows

    rows = {row.question: row for row in carried.rows}
    texts, confirm = dict(own.texts), set()
    answers: dict[tuple[str, str, str], Value] = {}
    for section in audit.sections:
        columns = {field.id for field in audit.responses_of(section)}
        for question in section.questions if CARRIED_ID in columns else ():
            key, row = (section.id, question.id), rows.get(question.id)
            texts[key] = (*texts.get(key, ()), row.source if row else "")
            if row is not None:
                confirm.add(key)
                answers |= {(*key, column): v for column, v in row.answers.items() if column in columns}
    about = (
        f"Questions that are filled in as you answered them in {carried.source} ({carried.day}): "
        f"{len(confirm)}. Look at each, change what is different here, and choose {CONFIRMED} or {CHANGED} "
        f"in the column “{CARRIED.label}”. Until then your answers don't count."
    )
    left = tuple(row for one in carried.left for row in left_rows(one))
    return replace(
        own,
        about=(*own.about, (LABEL, about)),
        texts=texts,
        left={**own.left, NOT_CARRIED: left} if left else own.left,
        answers={**own.answers, **answers},
        confirm=frozenset(confirm),
        columns=(*own.columns, CARRIED_FROM),
    )


def read(round_: Round) -> dict[str, Carried]:
    """Return what was carried over, by recipient id; AuditkitError if the record can't be read."""
    path = round_.private / FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {key: _filled(one) for key, one in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise AuditkitError(
            f"{path} is damaged, so it isn't known which answers were carried over. Put back a copy of it "
            "from a backup, or delete it and carry them again."
        ) from error


def write(round_: Round, carried: Mapping[str, Carried]) -> None:
    """Keep what was carried over; AuditkitError if the round's folder can't be written to."""
    plain = {key: _plain(one) for key, one in carried.items()}
    write_state(round_.private / FILE, json.dumps(plain, ensure_ascii=False, indent=1).encode())


def _plain(one: Carried) -> dict[str, Any]:
    rows = [[r.question, {c: as_json(v) for c, v in r.answers.items()}, r.source] for r in one.rows]
    return {"source": one.source, "day": one.day, "rows": rows, "left": [asdict(left) for left in one.left]}


def _filled(plain: Mapping[str, Any]) -> Carried:
    rows = [
        Row(q, {c: from_json(v) for c, v in answers.items()}, source) for q, answers, source in plain["rows"]
    ]
    return Carried(plain["source"], plain["day"], tuple(rows), tuple(Left(**left) for left in plain["left"]))
