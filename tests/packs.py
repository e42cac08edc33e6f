"""Rounds of packs for tests: twelve schools of one trust, and one school on its own."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditkit.definition.model import Field
from auditkit.returns.collate import read_returns
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import ANSWER, COVER, Layout
from auditkit.workbook.pack import EACH, OF, layout_of, packs_of
from tests.filling import stamp
from tests.rounds import AUDIT, SETTINGS, small_round, workbook_of

TRUST = "harbour-learning-trust"
SCHOOLS = tuple(f"1000{n:02}" for n in range(1, 13))
ALONE = "100099"
PACKED = SETTINGS + "pack_by: trust\npack_member: school\n"
# Police and Health stand in for two types of school: only the Police are asked GOV-3.
REGISTER = "\n".join(
    [
        "id,name,group,contact,email,sector,trust,trust_email,trust_contact",
        *(
            f"{school},Wexley School {n},{'Police' if n % 2 else 'Health'},,,,Harbour Learning Trust,"
            + ("office@harbour.example,Ada Marsh" if n == 3 else ",")
            for n, school in enumerate(SCHOOLS, start=1)
        ),
        f"{ALONE},Fell School,Police,,,,,,",
        "",
    ]
)
NUMBERS = """\
  - id: ROLL
    title: Pupils
    questions:
      - {id: ROLL-1, text: Pupils on roll, measure: {unit: pupils, census: 2026-10-01, not_collected: no}}
      - {id: ROLL-2, text: Pupils with a plan, measure: {unit: pupils, census: 2026-10-01, subset_of: ROLL-1}}
      - {id: ROLL-3, text: Trustees, shared: true, measure: {unit: people, census: 2026-10-01}}
"""
_MARKED = (
    ("text: The board hears about it.", "text: The board hears about it., shared: true"),
    ("title: Numbers", "title: Numbers\n    shared: true"),
    ("label: Signed off by, kind: person", "label: Signed off by, each: true, kind: person"),
    ("label: Signed off on, kind: date", "label: Signed off on, each: true, kind: date"),
    ("\nroll_up:\n", f"\n{NUMBERS}roll_up:\n"),
)
SHARED_AUDIT = AUDIT
for _old, _new in _MARKED:
    assert _old in SHARED_AUDIT
    SHARED_AUDIT = SHARED_AUDIT.replace(_old, _new)

# Who answers (nobody if it is shared), block, row and column of a workbook of one's own, and what is typed.
Typed = Mapping[tuple[str, str, str, str], Any]


def pack_round(folder: Path, settings: str = PACKED, register: str = REGISTER) -> Round:
    """Make a round with a pack of twelve schools, its workbooks issued."""
    return small_round(folder, SHARED_AUDIT, register, settings)


def pack_layout(round_: Round) -> Layout:
    """Return where everything stands in the pack."""
    return layout_of(packs_of(round_)[TRUST])


def fill_pack(
    round_: Round, typed: Typed, name: str, *, time: float = 0, workbook: Path | None = None
) -> Path:
    """Put the filled-in pack into returns/."""
    by_id = pack_layout(round_).by_id
    book = openpyxl.load_workbook(workbook or workbook_of(round_, TRUST))
    for (who, block, row, column), value in typed.items():
        if who and block == COVER:
            block, row, column = EACH, who, row
        elif who:
            row = f"{row}{OF}{who}"
        slot = by_id[block].by_key[row, column]
        book[by_id[block].sheet].cell(slot.row + 1, slot.col + 1, value)
    path = round_.returns / name
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    stamp(path, time)
    return path


def of_one(typed: Typed, school: str, round_: Round) -> dict[tuple[str, str, str], Any]:
    """Return what a school would type in a workbook of its own."""
    recipient = next(r for r in round_.recipients if r.id == school)
    own = {(b.id, *key) for b in layout_for(round_.audit_for(recipient)).blocks for key in b.by_key}
    return {
        (block, *key): v
        for (who, block, *key), v in typed.items()
        if who in ("", school)
        if (block, *key) in own
    }  # type: ignore[misc]


def everything(round_: Round, seed: int) -> dict[tuple[str, str, str, str], Any]:
    """Return something for most cells of the pack: good answers, answers that are wrong, and blanks."""
    chance = random.Random(seed)
    return {
        where: value
        for where, field in _cells(pack_layout(round_))
        if (value := _typed(field, round_, chance, " ".join(where))) is not None
    }


def _cells(layout: Layout) -> Iterator[tuple[tuple[str, str, str, str], Field]]:
    for block in layout.blocks:
        for slot in block.slots:
            row, _, who = slot.row_key.partition(OF)
            key = (who, block.id, row, slot.column_key)
            if block.id == EACH:
                key = (slot.row_key, COVER, slot.column_key, ANSWER)
            yield key, slot.field


def _typed(field: Field, round_: Round, chance: random.Random, words: str) -> Any:
    if chance.random() < 0.15:
        return None
    if chance.random() < 0.1:
        return chance.choice(["approx 20", "TBC", "see attached", "=1+1"[1:], "Green"])
    if field.kind == "rating":
        scale = round_.audit.scale(field.scale)
        return (
            chance.choice([p.text for p in scale.points])
            if scale.numbers is None
            else 5 * chance.randrange(21)
        )
    if field.kind == "date":
        return dt.datetime(2026, 11, 1) + dt.timedelta(days=chance.randrange(60))
    if field.kind in ("whole_number", "decimal"):
        return chance.randrange(100)
    if field.kind == "percent":
        return chance.random()
    if field.kind == "yes_no":
        return "No"
    return chance.choice(field.choices) if field.choices else f"What was typed at {words}, in some words."


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Let returns be read in this process: sooner, and so that it is known which lines the tests reach."""
    patch.setattr("auditkit.read.read_returns", partial(read_returns, isolated=False))
