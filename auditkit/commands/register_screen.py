"""What the commands of ``auditkit register`` share: the files that they read, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditkit.commands.screen import safe, say, some

if TYPE_CHECKING:
    from auditkit.register.gias.gather import Gathered

# How many of a kind are listed, unless all are asked for.
SHOWN = 10
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

OPTIONS = (
    click.option("--emails", type=FILE, help="Your list of addresses, .csv or .xlsx: columns URN and email."),
    click.option("--links", type=FILE, help="The file of links from GIAS: who was which school before."),
    click.option("--rules", type=FILE, help="Your own rules for types, phases and so on, instead of ours."),
    click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing."),
    click.option("--all", "in_full", is_flag=True, help="List everybody, and not only the first few."),
)


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what a register is made from."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def say_schools(found: Gathered) -> None:
    """Print how many schools there are by type and phase."""
    rows = [(one.row["type"], one.row.get("phase", "")) for one in found.asked.values()]
    types, phases = Counter(kind for kind, _ in rows), Counter(phase for _, phase in rows)
    both = Counter(rows)
    columns = [phase for phase, _ in phases.most_common()]
    wide = max(map(len, types), default=0)
    say(f"  {'':<{wide}}  {'all':>6}  " + "  ".join(f"{safe(phase or 'no phase'):>9}" for phase in columns))
    for kind, count in types.most_common():
        cells = "  ".join(
            f"{both[kind, phase] or '·':>{max(9, len(phase or 'no phase'))}}" for phase in columns
        )
        say(f"  {safe(kind):<{wide}}  {count:>6,}  {cells}")


def say_left_out(found: Gathered, in_full: bool) -> None:
    """Print who was left out and why, and who is about to close."""
    if found.left_out:
        say("  Left out: " + ", ".join(f"{count:,} {why}" for why, count in found.left_out.items()))
    if found.types_left_out:
        types = ", ".join(f"{kind} {count:,}" for kind, count in found.types_left_out.items())
        say(f"  Types that aren't asked: {safe(types)}")
    closing = [
        f"{one.urn} {one.row['name']}" + (f", {one.closes:%d/%m/%Y}" if one.closes else "")
        for one in found.asked.values()
        if one.status == "closing"
    ]
    say_list("  In the register, but proposed to close:", closing, in_full)


def say_remarks(found: Gathered) -> None:
    """Print what wasn't plain in the extract."""
    if found.missing:
        say(f"  Note: the extract has no column {', '.join(map(safe, found.missing))}; left blank")
    for remark in found.remarks:
        say(f"  Note: {safe(str(remark))}")


def say_addresses(found: Gathered, in_full: bool) -> None:
    """Print what of the schools and of the list of addresses didn't meet."""
    names = [f"{urn} {found.asked[urn].row['name']}" for urn in found.unaddressed]
    say_list("  Without an address in the list:", names, in_full)
    say_list("  Addresses that weren't used:", found.unused, in_full)


def say_list(title: str, lines: Iterable[str], in_full: bool) -> None:
    """Print a list below its title and number; nothing if it is empty."""
    lines = tuple(lines)
    if not lines:
        return
    say(f"{title} {len(lines):,}")
    shown: Sequence[str] = lines if in_full else lines[:SHOWN]
    for line in shown:
        say(f"    {safe(line)}")
    if len(lines) > len(shown):
        say(f"    and {some(len(lines) - len(shown), 'other')} (--all lists them)")
