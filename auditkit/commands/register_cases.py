"""``auditkit register cases``: the register of an audit of cases, from a table of who is on which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.register_screen import FILE, say_list
from auditkit.commands.screen import DECISIONS, round_option, say, some

if TYPE_CHECKING:
    from auditkit.definition.cases import Cases
    from auditkit.register.cases.make import Change

EPILOG = """\b
Examples:
  auditkit register cases grid.xlsx --agencies agencies.csv --dry-run     only say what would be done
  auditkit register cases grid.xlsx --agencies agencies.csv
  auditkit register cases grid.xlsx                                       the grid has changed
"""
# The kinds of change, in the order in which they are told, with how one is told.
KINDS = {
    "new": ("New", "{id} {name}"),
    "off": ("Off the case: not asked any more, and kept in the register", "{id} {name}"),
    "again": ("On the case again", "{id} {name}"),
    "changed": ("Changed", "{id} {column}: {was} → {now}"),
}
NOTHING = "(blank)"


@click.command("cases", epilog=EPILOG, short_help="Make a register of agencies on cases.")
@click.argument("table", type=FILE)
@click.option("--agencies", type=FILE, help="Your list of agencies, .csv or .xlsx: id, name, contact, email.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--all", "in_full", is_flag=True, help="List everybody, and not only the first few.")
@round_option
def command(table: Path, agencies: Path | None, dry_run: bool, in_full: bool, folder: Path | None) -> None:
    """Make the register of an audit of cases from TABLE: who is on which case.

    TABLE is a grid with a row for each case, a column for each agency and a cross where an agency is on the
    case; or a list with the columns case and agency. An agency on a case becomes a recipient, and so does the
    meeting on each case. Run it again when the table has changed: what you wrote in the register stays, and
    nobody is taken out of it. What couldn't be placed is listed, with exit code 3.
    """
    from auditkit.definition.yaml import read_yaml_as
    from auditkit.register.cases.make import set_cases
    from auditkit.round import (
        REGISTERS,
        SETTINGS,
        Settings,
        definition_at,
        find,
        new_register_path,
        register_path,
    )
    from auditkit.templates import is_sample

    at = find(folder or Path())
    there = any((at / name).exists() for name in REGISTERS)
    path = register_path(at) if there else new_register_path(at)
    audit = definition_at(at)
    done = set_cases(
        path,
        table,
        audit,
        agencies=agencies,
        pack_by=read_yaml_as(at / SETTINGS, Settings)[0].pack_by,
        fresh=is_sample(path),
        today=dt.date.today(),
        dry_run=dry_run,
    )
    assert audit.cases is not None
    say(f"{path}: {_sums(done.rows, audit.cases)}", strong=True)
    if not done.changes:
        say("  It says so already: nothing changed")
    for kind, (title, line) in KINDS.items():
        told = [line.format(**_words(change)) for change in done.changes if change.kind == kind]
        say_list(f"  {title}:", told, in_full)
    kept = [KINDS["changed"][1].format(**_words(change)) for change in done.kept]
    say_list("  Kept as you have it, though the tables now say:", kept, in_full)
    say_list("  Of your own, not from a table, and left as they are:", done.own, in_full)
    title = "  Not in the table, and asked as before until all of the table can be placed:"
    say_list(title, done.waiting, in_full)
    _say_without_email(done.rows, in_full)
    say_list("  Couldn't be placed, and isn't in the register:", done.unplaced, in_full=True)
    if done.earlier:
        say(f"  The register of before is kept as {done.earlier.name}; back to it: auditkit register undo")
    if not dry_run:
        say("Next: auditkit check")
    if done.unplaced:
        raise SystemExit(DECISIONS)


def _sums(rows: Sequence[Mapping[str, str]], cases: Cases) -> str:
    meetings = sum(map(cases.is_meeting, rows))
    on = {cases.case_of(row) for row in rows}
    agencies = {cases.agency_of(row) for row in rows if not cases.is_meeting(row)}
    pairs = len(rows) - meetings
    return (
        f"{some(len(on), 'case')}, {some(len(agencies), 'agency', 'agencies')}: "
        f"{some(pairs, 'workbook')} of agencies and {some(meetings, 'workbook')} of meetings"
    )


def _say_without_email(rows: Sequence[Mapping[str, str]], in_full: bool) -> None:
    names = [f"{row['id']} {row['name']}" for row in rows if not row.get("email")]
    say_list("  Without an email address:", names, in_full)


def _words(change: Change) -> dict[str, str]:
    cell = change.cell
    return {
        "id": change.id,
        "name": change.name,
        "column": cell.column if cell else "",
        "was": (cell.was if cell else "") or NOTHING,
        "now": (cell.now if cell else "") or NOTHING,
    }
