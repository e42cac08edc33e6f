"""``auditkit register update``: what changed at GIAS since, put into the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.register_screen import (
    FILE,
    SHOWN,
    say_addresses,
    say_list,
    say_remarks,
    source_options,
)
from auditkit.commands.screen import round_option, say, some

if TYPE_CHECKING:
    from auditkit.register.gias.changes import Change, Planned
    from auditkit.register.gias.make import Updated

EPILOG = """\b
Examples:
  auditkit register update edubasealldata.csv --links links.csv --dry-run     only say what would change
  auditkit register update edubasealldata.csv --links links.csv
"""
# The kinds of change, in the order in which they are told, with how one is told.
KINDS = {
    "new": ("New", "{id} {name}"),
    "goes on": ("The same school under another URN", "{id} {name}, was {was}"),
    "closed": ("Closed", "{id} {name}, {now}"),
    "open again": ("Open again", "{id} {name}"),
    "renamed": ("Renamed", "{id} {was} → {now}"),
    "moved": ("Moved between trusts", "{id} {name}: {was} → {now}"),
}
NOTHING = "(blank)"


@click.command("update", epilog=EPILOG, short_help="Bring the register up to date with GIAS.")
@click.argument("extract", type=FILE)
@click.option(
    "--la",
    "authorities",
    metavar="CODE",
    multiple=True,
    help="The code of a local authority; may be repeated. By default those that the register was made of.",
)
@source_options
@round_option
def command(
    extract: Path,
    authorities: tuple[str, ...],
    emails: Path | None,
    links: Path | None,
    rules: Path | None,
    dry_run: bool,
    in_full: bool,
    folder: Path | None,
) -> None:
    """Bring the round's register up to date with EXTRACT, a later file of all establishments from GIAS.

    Whatever you wrote in the register stays, and nobody is taken out of it: schools that closed are marked
    so. With --links, a school that became an academy goes on in its row under its new URN. The register of
    before is kept beside it: auditkit register undo puts it back.
    """
    from auditkit.lock import alone
    from auditkit.register.gias.gather import Sources
    from auditkit.register.gias.make import update_register
    from auditkit.round import find, load, register_path

    round_ = load(find(folder or Path()))
    path = register_path(round_.folder)
    with nullcontext() if dry_run else alone(round_, "register update"):
        done = update_register(
            path,
            Sources(extract, authorities, emails, links, rules),
            audit=round_.audit,
            today=dt.date.today(),
            dry_run=dry_run,
        )
    _report(done, path, dry_run, in_full)


def _report(done: Updated, path: Path, dry_run: bool, in_full: bool) -> None:
    plan = done.plan
    whose = len({change.id for change in plan.changes})
    would = "would change" if dry_run else "changed"
    say(f"{path}: {some(whose, 'recipient')} {would}" if whose else f"{path} is up to date", strong=True)
    for kind, (title, line) in KINDS.items():
        changes = [change for change in plan.changes if change.kind == kind]
        say_list(f"  {title}:", [line.format(**_words(change)) for change in changes], in_full)
    _columns("Changed", [change for change in plan.changes if change.kind == "changed"], in_full)
    asked = [f"{one.id} {one.name}: {_questions(one.more, one.fewer)}" for one in plan.asked]
    say_list("  Asked something else than before:", asked, in_full)
    _columns("Kept as you have it, though GIAS now says", plan.kept, in_full)
    _rest(plan, in_full)
    say_remarks(done.found)
    say_addresses(done.found, in_full)
    if done.kept:
        say(f"  The register of before is kept as {done.kept.name}; to have it back: auditkit register undo")
        say("Next: auditkit check, then auditkit generate: it makes workbooks for those who have none")


def _columns(title: str, changes: Sequence[Change], in_full: bool) -> None:
    """Print changes column by column; only how many, where that is nearly everybody: pupils, say."""
    for column in dict.fromkeys(change.column for change in changes):
        lines = ["{id} {name}: {was} → {now}".format(**_words(c)) for c in changes if c.column == column]
        if len(lines) > SHOWN and not in_full:
            say(f"  {title}, {column}: {len(lines):,} (--all lists them)")
        else:
            say_list(f"  {title}, {column}:", lines, in_full)


def _rest(plan: Planned, in_full: bool) -> None:
    """Print who is in the register and not at GIAS, or the other way round."""
    pairs = [f"{old} closed and {new} is new, with the same DfE number" for old, new in plan.perhaps]
    say_list("  Perhaps the same school (give --links to have it go on):", pairs, in_full)
    say_list("  Not in the extract any more, and left as they are:", plan.gone, in_full)
    if plan.own:
        say(f"  {some(len(plan.own), 'recipient')} of your own, not from GIAS, left as they are")
    if plan.not_asked:
        say(f"  {some(len(plan.not_asked), 'school')} that you had taken out, left out again")


def _words(change: Change) -> dict[str, str]:
    return {**vars(change), "was": change.was or NOTHING, "now": change.now or NOTHING}


def _questions(more: int, fewer: int) -> str:
    return " and ".join(
        f"{some(count, 'question')} {word}" for count, word in ((more, "more"), (fewer, "fewer")) if count
    )
