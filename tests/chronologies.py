"""Chronologies of made-up agencies: much that means nothing, and what was planted in it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.events import AUDIT

AGENCIES = {
    "GP1": "Tarndale Surgery",
    "HV1": "Northmoor Health Visitors",
    "HO1": "Wexley Housing",
    "PO1": "Northmoor Police",
    "SC1": "Fell Primary School",
    "SO1": "Northmoor Children's Services",
}
START, DAYS = dt.date(2023, 1, 2), 900
ROWS = 150
# Words of which no two rows happen to have the same.
SOUNDS = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "wo",
)
# No row is of this time: 60 days in which nothing happened.
SILENT = (dt.date(2024, 3, 1), dt.date(2024, 4, 29))

Row = dict[str, Any]


@dataclass(frozen=True)
class Planted:
    """What agencies typed, by id and in order, and the texts of what was planted in it."""

    rows: Mapping[str, list[Row]]
    duplicates: tuple[tuple[str, str], ...]
    contradictions: tuple[tuple[str, str], ...]
    unexplained: tuple[str, ...]
    dates: tuple[str, ...]


def audit(rows: int = 200) -> str:
    """Return the definition with so many blank rows."""
    return AUDIT.replace("rows: 12", f"rows: {rows}")


def register(count: int = len(AGENCIES)) -> str:
    """Return a register of agencies."""
    named = [*AGENCIES.items(), *((f"AG{n}", f"Agency {n}") for n in range(len(AGENCIES), count))]
    lines = (f'{key},"{name}",Health,Sam Oduya,{key}@northmoor.example' for key, name in named[:count])
    return "\n".join(("id,name,group,contact,email", *lines, ""))


def planted(seed: int = 46) -> Planted:
    """Return chronologies of six agencies with 150 rows each, and what to find in them."""
    chance = random.Random(seed)
    rows: dict[str, list[Row]] = {key: [*_noise(chance, ROWS - 12)] for key in AGENCIES}
    put: dict[str, list[Row]] = {key: [] for key in AGENCIES}
    keys = list(AGENCIES)
    duplicates, contradictions, unexplained, dates = [], [], [], []
    for n in range(6):  # on days of their own
        one, other = keys[n], keys[(n + 1) % 6]
        day = dt.date(2025, 8, 1) + dt.timedelta(14 * n)
        said = f"{_words(chance, 4)} reported a mark on the arm of {_words(chance, 2)}"
        again = f"A mark on the arm of {said.rpartition(' of ')[2]} was reported by {said.partition(' reported')[0]}"
        put[one].append(_row(day, said, time="10:00"))
        put[other].append(_row(day, again, time="10:15"))
        duplicates.append((said, again))
        seen = f"Home visit by {_words(chance, 5)}"
        put[one].append(_row(day + dt.timedelta(4), seen, seen="Yes", type="Home visit"))
        put[other].append(
            _row(day + dt.timedelta(4), f"Visit with {_words(chance, 5)}", seen="No", type="Home visit")
        )
        contradictions.append((seen, put[other][-1]["what"]))
        moved = f"Strategy meeting about {_words(chance, 5)}"
        put[one].append(_row(day + dt.timedelta(8), moved))
        put[other].append(_row(day + dt.timedelta(9), f"{moved} held"))
        contradictions.append((moved, f"{moved} held"))
    for key in keys:
        for action in (None, "none", "N/A"):
            what = _words(chance, 7)
            put[key].append({**_row(START, what), "action": action})
            unexplained.append(what)
        for date in ("5 May", "1/1/2032"):
            what = _words(chance, 7)
            put[key].append({**_row(START, what), "date": date})
            dates.append(what)
        put[key].append({**_row(START, _words(chance, 7)), "date": "autumn 2024"})
    typed = {key: rows[key] + put[key] for key in keys}
    return Planted(typed, (*duplicates,), (*contradictions,), (*unexplained,), (*dates,))


def many(agencies: int, count: int, seed: int = 46) -> Iterator[tuple[str, list[Row]]]:
    """Yield chronologies of any size, agency by agency, ten years long."""
    chance = random.Random(seed)
    for line in register(agencies).splitlines()[1:]:
        yield line.partition(",")[0], [*_noise(chance, count, 3650)]


def _noise(chance: random.Random, count: int, days: int = DAYS) -> Iterator[Row]:
    taken = 0
    while taken < count:
        day = START + dt.timedelta(chance.randrange(days))
        if SILENT[0] <= day <= SILENT[1]:
            continue
        taken += 1
        row = _row(day, _words(chance, 7))
        if chance.random() < 0.1:
            row["date"] = f"{day:%B %Y}" if day.month not in (3, 4) else f"about {day:%d/%m/%Y}"
        yield row


def _row(day: dt.date, what: str, **more: str) -> Row:
    return {
        "date": f"{day:%d/%m/%Y}",
        "who": "Child A",
        "source": "Record",
        "what": what,
        "action": "Noted.",
        **more,
    }


def _words(chance: random.Random, count: int) -> str:
    return " ".join("".join(chance.choices(SOUNDS, k=4)) for _ in range(count))
