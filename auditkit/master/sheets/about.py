"""*About*: which round and edition this is, counts that add up, and what each sheet is."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, get_args

from xlsxwriter.worksheet import Worksheet

from auditkit import __version__
from auditkit.definition.model import LATER
from auditkit.heights import Text, row_height
from auditkit.master.book import Book, quoted
from auditkit.master.flat import SIZE, part_name
from auditkit.returns.findings import Severity
from auditkit.returns.model import Outcome, Standing
from auditkit.tables import Tables, rows

NAME = "About"
ABOUT = "Which audit this is, how the counts add up, and what each sheet holds."
LABEL_WIDTH, TEXT_WIDTH = 26, 100
# More than the height of a row with one line.
ONE_LINE = 20


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    sheet = book.add_sheet(NAME)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    sheet.write_string(0, 0, "About this master", book.format("title"))
    sheet.set_row(0, 28)
    row = _facts(book, sheet, 2, "The round", _round(tables))
    row = _facts(book, sheet, row + 1, "Counts that add up", counts(tables))
    row += 1
    sheet.write_string(row, 0, "The sheets", book.format("heading"))
    for line, (name, what) in enumerate(_sheets(book), start=row + 1):
        sheet.write_url(line, 0, f"internal:{quoted(name)}!A1", book.format("about_link"), name)
        sheet.write_string(line, 1, what, book.format("about"))
        height = row_height((Text(what, TEXT_WIDTH, SIZE),))
        if height > ONE_LINE:
            sheet.set_row(line, height)


def _sheets(book: Book) -> Iterator[tuple[str, str]]:
    """Yield every sheet with what it is; a table that goes on in other sheets says so."""
    for name, what in book.contents:
        parts = [part_name(name, n) for n in range(1, book.parts.get(name, 1) + 1)]
        more = f" It goes on in {' and '.join(parts[1:])}." if len(parts) == 2 else ""
        if len(parts) > 2:
            more = f" It goes on in {parts[1]} to {parts[-1]}."
        yield name, what + more
        for part in parts[1:]:
            yield part, f"{name}, continued."


def _round(tables: Tables) -> list[tuple[str, Any]]:
    settings, audit = tables.settings, tables.audit
    return [
        ("Round", f"{settings.title} ({settings.id})"),
        ("Partnership", settings.partnership),
        ("Deadline", settings.deadline),
        ("As at", tables.as_at),
        ("Definition", f"{audit.title} ({audit.id}), edition {audit.edition}"),
        ("Guidance", audit.guidance or "Not stated"),
        ("Definition digest", digest(tables)),
        ("Made by", f"auditkit {__version__}"),
    ]


def counts(tables: Tables) -> list[tuple[str, Any]]:
    """Return the counts of files, recipients, answers and findings, as sums."""
    outcomes = Counter(tables.returns["outcome"])
    standings = Counter(tables.recipients["standing"])
    severities = Counter(tables.findings["severity"])
    usable = Counter(tables.answers["usable"])
    came = sum(n for outcome, n in rows(tables.returns, "outcome", "cells") if outcome == "accepted")
    on_cover = Counter(tables.cover["outcome"])["accepted"]
    return [
        *_files(tables, _sum(outcomes, _came(outcomes))),
        ("Recipients", _sum(standings, _stood(standings)) + _unasked(tables)),
        (
            "Answer cells",
            f"{came:,} counted as files came in = {len(tables.answers):,} in Answers + {on_cover:,} on cover",
        ),
        (
            "Answers",
            f"{len(tables.answers):,} = {usable['Yes']:,} used + {usable['No']:,} shown as typed only",
        ),
        ("Findings", _sum(severities, get_args(Severity))),
        (
            "Actions",
            f"{len(tables.actions):,}, of them {Counter(tables.actions['overdue'])['Yes']:,} overdue",
        ),
    ]


def _files(tables: Tables, outcomes: str) -> list[tuple[str, str]]:
    """Return how many files there were; with packs among them, they were read as more returns."""
    if tables.files == len(tables.returns):
        return [("Files", outcomes)]
    return [("Files", f"{tables.files:,}, read as {len(tables.returns):,} returns"), ("Returns", outcomes)]


def _stood(standings: Counter[str]) -> list[str]:
    """Return the standings that are told: “closed” only where somebody has."""
    return [standing for standing in get_args(Standing) if standing != "closed" or standings[standing]]


def _came(outcomes: Counter[str]) -> list[str]:
    """Return the outcomes that are told: “progress” only where some was returned."""
    return [outcome for outcome in get_args(Outcome) if outcome != "progress" or outcomes[outcome]]


def _unasked(tables: Tables) -> str:
    """Return how many of the register are in no sum, since they aren't asked this year."""
    return f"; {tables.unasked:,} more in the register aren't asked this year" if tables.unasked else ""


def _sum(counter: Counter[str], names: Any) -> str:
    """Return ``24 = 20 returned + 4 not returned``."""
    parts = [f"{counter[name]:,} {name}" for name in names]
    return f"{counter.total():,}" + (f" = {' + '.join(parts)}" if parts else "")


def digest(tables: Tables) -> str:
    """Return the first 16 hex digits of the SHA-256 of the whole definition: any change of it shows."""
    whole = asdict(tables.audit, dict_factory=_said)
    content = json.dumps(whole, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _said(settings: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return settings without those that definitions haven't always had, where these say nothing."""
    return {name: value for name, value in settings if value or name not in LATER}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _facts(book: Book, sheet: Worksheet, row: int, heading: str, facts: list[tuple[str, Any]]) -> int:
    """Write a heading with facts below it; return the row after."""
    sheet.write_string(row, 0, heading, book.format("heading"))
    for line, (label, value) in enumerate(facts, start=row + 1):
        sheet.write_string(line, 0, label, book.format("about_label"))
        book.put(sheet, line, 1, value, "about")
    return row + 1 + len(facts)
