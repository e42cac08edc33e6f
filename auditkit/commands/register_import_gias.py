"""``auditkit register import-gias``: a register of schools from the government's list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.register_screen import (
    FILE,
    say_addresses,
    say_left_out,
    say_remarks,
    say_schools,
    source_options,
)
from auditkit.commands.screen import say, some

EPILOG = """\b
Examples:
  auditkit register import-gias edubasealldata.csv --la 888
  auditkit register import-gias edubasealldata.csv --la 888 --emails addresses.xlsx --links links.csv
  auditkit register import-gias edubasealldata.csv --la 888 --dry-run
"""


@click.command("import-gias", epilog=EPILOG, short_help="Make a register of the schools of an authority.")
@click.argument("extract", type=FILE)
@click.option(
    "--la",
    "authorities",
    metavar="CODE",
    multiple=True,
    required=True,
    help="The code of a local authority whose schools are asked; may be repeated.",
)
@source_options
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The register to write. By default register.csv of the round.",
)
@click.option(
    "--force", is_flag=True, help="Replace a register that is there; it is kept beside the new one."
)
def command(
    extract: Path,
    authorities: tuple[str, ...],
    emails: Path | None,
    links: Path | None,
    rules: Path | None,
    dry_run: bool,
    in_full: bool,
    to: Path | None,
    force: bool,
) -> None:
    """Make a register from EXTRACT, the file of all establishments from GIAS (edubasealldata….csv).

    Schools that have closed or aren't open yet are left out, as are types that aren't asked; all is said.
    GIAS has no email addresses: give your own list with --emails.
    """
    from auditkit.register.gias.gather import Sources
    from auditkit.register.gias.make import import_register
    from auditkit.round import new_register_path
    from auditkit.templates import is_sample

    to = to or new_register_path(Path())
    done = import_register(
        to,
        Sources(extract, authorities, emails, links, rules),
        today=dt.date.today(),
        replace_it=force or is_sample(to),
        dry_run=dry_run,
    )
    found = done.found
    there = "would be" if dry_run else "is" if len(found.asked) == 1 else "are"
    say(f"{some(len(found.asked), 'school')} {there} in {to}", strong=True)
    say_schools(found)
    say_left_out(found, in_full)
    say_remarks(found)
    say_addresses(found, in_full)
    if done.kept:
        say(f"  The register that was there is kept as {done.kept.name}")
    if not dry_run:
        say("Next: auditkit check")
