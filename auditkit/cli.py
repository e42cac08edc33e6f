"""The ``auditkit`` command: its subcommands, and what happens when something goes wrong."""

from __future__ import annotations

import sys
import tempfile
import traceback

import click

from auditkit import __version__
from auditkit.commands import (
    accept,
    carry,
    check,
    chronology,
    collate,
    convert,
    decisions,
    demo,
    diff,
    exclude,
    generate,
    import_,
    letters,
    new,
    plan,
    preview,
    register,
    rota,
    survey,
    triangulate,
)
from auditkit.commands.screen import FAILED, InOrder, safe
from auditkit.errors import AuditkitError

COMMANDS = (
    new.command,
    import_.command,
    convert.command,
    register.command,
    check.command,
    diff.command,
    preview.command,
    rota.command,
    plan.command,
    generate.command,
    letters.command,
    carry.command,
    collate.command,
    chronology.command,
    accept.command,
    exclude.command,
    decisions.command,
    survey.command,
    triangulate.command,
    demo.command,
)

HELP = """Children's safeguarding audits in spreadsheets.

An audit definition and a register go in; locked workbooks go out; the returns that come back become one
RAG-rated master.

\b
  auditkit new section11 s11-2026     make a round from a ready-made audit
  cd s11-2026
  auditkit check                      is everything sound?
  auditkit generate                   make a workbook for each recipient
  auditkit collate returns/           read what came back into master.xlsx
"""


@click.group(
    cls=InOrder,
    help=HELP,
    commands={str(command.name): command for command in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="auditkit %(version)s")
def group() -> None:
    """Run one of the commands."""


def main() -> None:
    """Run the command line; a failure that was foreseen ends in a sentence, a bug in a report to send."""
    _speak_utf8()
    try:
        group.main(standalone_mode=True)
    except AuditkitError as error:
        for line in str(error).splitlines():
            click.echo(safe(line), err=True)
        sys.exit(FAILED)
    except Exception as error:
        click.echo(
            "Something went wrong inside auditkit. Your returns are untouched. "
            f"Please send {_reported(error)} to whoever looks after auditkit.",
            err=True,
        )
        sys.exit(FAILED)


def _reported(error: BaseException) -> str:
    """Write down where a bug showed, in a new file that its owner alone may read; return its path.

    What the error says is left out: it may quote what a respondent typed.
    """
    lines = [f"auditkit {__version__}\n{sys.version}\n"]
    each: BaseException | None = error
    while each is not None:
        lines += [f"{type(each).__name__}\n", *traceback.format_tb(each.__traceback__)]
        each = each.__cause__ or each.__context__
    handle, path = tempfile.mkstemp(prefix="auditkit-error-", suffix=".txt", text=True)
    with open(handle, "w", encoding="utf-8") as report:  # noqa: PTH123 - it is open already
        report.writelines(lines)
    return path


def _speak_utf8() -> None:
    """Let symbols and accents through where the console's own encoding (Windows) would refuse them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
