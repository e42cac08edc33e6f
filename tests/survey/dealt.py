"""A survey of 48 partnerships whose answers are dealt so that their shares are those published for 2023."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from pathlib import Path

from auditkit.collate import collate
from auditkit.demo.fill import Place, fill
from auditkit.fields import Typed
from auditkit.round import Round, load
from auditkit.templates import new_round
from auditkit.workbook.blocks import layout_for
from tests.rounds import issued, workbook_of

COUNT = 48
AS_AT = dt.date(2026, 12, 18)
NONE = "We don't run one"
GROUPS = ("County", "Unitary authority", "Metropolitan borough", "London borough")
# By question: how often each answer is given. What is missing up to 48 is left blank.
ONE: dict[str, dict[Typed, int]] = {
    "PS11-1": {"Every two years": 30, "Every year": 14, "Other": 4},
    "PS11-2": {
        **{"September": 14, "May": 6, "June": 6, "January": 4, "March": 4, "April": 3, "October": 3},
        **{"November": 2, "It varies": 2},
    },
    "PS11-4": {
        **{"A software tool": 26, "Excel or Google Sheets": 10, "Paper or Word documents": 8, "Other": 4}
    },
    "PS11-5": {"Two months": 21, "One month": 17, "Two weeks": 2, "Three months": 2, "Other": 6},
    "PS75-1": {"Every year": 26, "Every two years": 10, "Every three years": 3, "Other": 5, NONE: 4},
    "PS75-2": {
        **{"September": 16, "April": 4, "May": 4, "October": 4, "January": 3, "June": 3, "It varies": 2},
        NONE: 4,
    },
    "PS75-3": {"Other": 12, "Three months": 10, "One month": 8, "Six weeks": 5, "Two months": 5, NONE: 4},
    "PS75-4": {
        **{"A software tool": 20, "Other": 10, "Excel or Google Sheets": 7, "Paper or Word documents": 5}
    },
    "PS75-7": {"The partnership": 18, "Education support": 12, "Other": 6, "Schools themselves": 4},
    "PS75-8": {"Yes": 32, "No": 4, NONE: 4},
    "PSCR-1": {3: 8, 6: 6, 1: 5, 2: 5, 4: 5, 8: 5, 12: 5, 10: 3, 40: 1, 50: 1},
    "PSCR-2": {"Other": 20, "One month": 16, "Two weeks": 4},
    "PSCR-3": {
        **{"Paper or Word documents": 30, "A software tool": 9, "Excel or Google Sheets": 5, "Other": 2}
    },
    "PSCR-4": {"The partnership": 42, "The local authority": 2, "Other": 2},
    "PSCR-5": {"Yes": 34, "No": 12},
}
# Of several choices: how many give the first, the third and the tenth.
SEVERAL = {"PS11-6/1": 36, "PS11-6/3": 24, "PS11-6/10": 12}


def dealt(folder: Path) -> Round:
    """Make the round, its returns in and collated."""
    new_round("partnership_survey", folder, yaml=True)
    rows = [f"P{n:02},Partnership {n:02},{GROUPS[n % 4]},Person {n},p{n}@p.example" for n in range(COUNT + 2)]
    text = "\n".join(["id,name,group,contact,email", *rows, ""])
    (folder / "register.csv").write_text(text, encoding="utf-8")
    round_ = issued(load(folder))
    for n, answers in enumerate(hands()):
        key = f"P{n:02}"
        recipient = next(r for r in round_.recipients if r.id == key)
        layout = layout_for(round_.audit_for(recipient))
        saved = dt.datetime(2026, 11, 2, 10, n)
        content = fill(workbook_of(round_, key).read_bytes(), layout, answers, saved)
        (round_.returns / f"{key}.xlsx").write_bytes(content)
    collate(round_, round_.returns, as_at=AS_AT)
    return load(folder)


def hands() -> list[dict[Place, Typed]]:
    """Return what each of the 48 types, everybody another mixture."""
    chance = random.Random(2023)
    given: list[dict[Place, Typed]] = [{(":cover", "author", "answer"): "A. Person"} for _ in range(COUNT)]
    for question, deck in ONE.items():
        _deal(given, question, deck, chance)
    for row, count in SEVERAL.items():
        _deal(given, row, {"Yes": count}, chance)
    return given


def _deal(
    given: list[dict[Place, Typed]], question: str, deck: Mapping[Typed, int], chance: random.Random
) -> None:
    cards: list[Typed | None] = [answer for answer, count in deck.items() for _ in range(count)]
    cards += [None] * (COUNT - len(cards))
    chance.shuffle(cards)
    section = question.partition("-")[0]
    for n, (own, card) in enumerate(zip(given, cards, strict=True)):
        if card is not None:
            own[section, question, "answer"] = card
        if card == "Other":
            own[section, question, "other"] = f"In our own way {n:02}"
