"""What commands share on the screen: text made safe, and a progress bar on a terminal only."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.errors import AuditkitError

if TYPE_CHECKING:
    from auditkit.returns.files import OnFile, Progress
    from auditkit.returns.intake.found import Address
    from auditkit.returns.model import Outcome
    from auditkit.round import Round

# Exit codes, documented in docs/reference/exit-codes.md.
DONE, FAILED, USAGE, DECISIONS, DIFFERENT = 0, 1, 2, 3, 4
# The outcomes that are counted while returns are read.
SHOWN: tuple[Outcome, ...] = ("accepted", "held", "rejected")


class InOrder(click.Group):
    """Lists commands in the order in which an officer meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return list(self.commands)


def returns_folder(typed: str) -> Path | Address:
    """Return the folder of this computer that was typed, or the address of one in a store."""
    from auditkit.returns.intake.found import Address

    # One letter before a colon is a drive.
    return Address(typed) if re.match(r"[\w+.-]{2,}://", typed) else Path(typed)


round_option = click.option(
    "--round",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder in the round. By default the current one.",
)

returns_option = click.option(
    "--returns",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with what came back. By default returns/ of the round.",
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many files to read at a time. By default as many as the computer has processor cores.",
)

passwords_option = click.option(
    "--ask-passwords", is_flag=True, help="Ask for passwords that open locked returns. They aren't kept."
)


def asked_passwords(ask: bool) -> tuple[str, ...]:
    """Ask for passwords, none of them shown, until there are no more; AuditkitError without a terminal."""
    if not ask:
        return ()
    if not sys.stdin.isatty():
        raise AuditkitError(
            "--ask-passwords needs a terminal to ask on, and there is none here. Put the passwords under "
            "file_passwords in round.yaml instead."
        )
    found: list[str] = []
    while one := click.prompt(
        f"Password {len(found) + 1} (Enter if there are no more)",
        default="",
        hide_input=True,
        show_default=False,
        err=True,
    ):
        found.append(one)
    return tuple(found)


def safe(text: str) -> str:
    """Return ``text`` without control characters, so that nothing from a file can steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def say(text: str = "", *, strong: bool = False) -> None:
    """Print a line of the report."""
    click.secho(text, bold=strong or None)


def some(count: int, one: str, many: str = "") -> str:
    """Return a number with its word: ``1 file``, ``2 files``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def collating(round_: Round, returns: Path | None = None) -> str:
    """Return the command that collates a round, as it works where the officer is.

    Args:
        round_: The round.
        returns: The returns folder as the officer named it; by default the round's own.
    """
    from auditkit.round import find_from

    if returns is None:
        here = Path.cwd()
        own = round_.returns
        returns = own.relative_to(here) if own.is_relative_to(here) else own
    try:
        found = find_from(returns) == round_.folder
    except AuditkitError:
        found = False
    words = ["auditkit collate", _quoted(returns), *([] if found else ["--round", _quoted(round_.folder)])]
    return " ".join(words)


def _quoted(path: Path) -> str:
    """Return a path as it is typed: in quotation marks where it would be taken for several words."""
    return str(path) if re.fullmatch(r"[\w./\\:-]+", str(path)) else f'"{path}"'


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a progress bar while the block runs, on a terminal only.

    Yields:
        What to tell how much is done and how much there is, and a few words on how it goes.
    """
    if not sys.stderr.isatty():
        yield lambda done, total, words: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[words]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, rate="", words="")

        def count(done: int, total: int, words: str) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:,.0f} a second" if speed else ""
            bar.update(task, completed=done, total=total, rate=rate, words=words)

        yield count


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar over ``total`` steps; call what is yielded after each."""
    with counting(what) as count:
        steps = iter(range(1, total + 1))
        yield lambda: count(next(steps), total, "")


@contextmanager
def reading() -> Iterator[OnFile]:
    """Show a progress bar while returns are read, with how many were accepted, held and rejected so far."""
    with counting("Reading returns") as count:

        def on_file(progress: Progress) -> None:
            said = [
                f"{number:,} {outcome}"
                for outcome in SHOWN
                if (number := progress.outcomes.get(outcome, 0)) or outcome == "accepted"
            ]
            count(progress.done, progress.found, ", ".join(said))

        yield on_file
