"""``auditkit generate``: a workbook for each recipient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.screen import progress, round_option, safe, say, some

if TYPE_CHECKING:
    from auditkit.earlier import Earlier, Rounds
    from auditkit.round import Round
    from auditkit.workbook.issue import Outcomes

EPILOG = """\b
Examples:
  auditkit generate                     workbooks for everyone who has none yet
  auditkit generate --dry-run           only say what would be done
  auditkit generate --again S11-007     a new issue for one recipient
  auditkit generate --again-outdated    a new issue for all whose workbook isn't up to date
  auditkit generate --single 100004     a workbook of its own for one that is in a pack
  auditkit generate --prefill ../s11-2025   with last time's answers beside the questions
  auditkit generate --prefill ../ey-2025 --prefill ../ey-2024    the latest of two rounds
  auditkit generate --progress          a progress workbook for all whose return counts
  auditkit generate --progress --only S11-007     for one of them
"""


@click.command("generate", epilog=EPILOG, short_help="Make a locked workbook for each recipient.")
@click.option(
    "--again", metavar="ID", multiple=True, help="Issue a new workbook to this recipient; may be repeated."
)
@click.option(
    "--again-outdated",
    is_flag=True,
    help="Issue a new workbook to all for whom the audit, the deadline, the contact or what it shows of last "
    "time has changed since.",
)
@click.option(
    "--prefill",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="ROUND",
    multiple=True,
    help="The folder of last time's round: its answers stand beside the questions. May be repeated: the "
    "latest answer to each question is shown. round.yaml remembers it.",
)
@click.option(
    "--single",
    metavar="ID",
    multiple=True,
    help="Also make a workbook of its own for this recipient of a pack; may be repeated.",
)
@click.option(
    "--progress",
    "follow",
    is_flag=True,
    help="Issue progress workbooks instead: the open actions and what wasn't good yet, as last collated.",
)
@click.option(
    "--only", metavar="ID", multiple=True, help="With --progress: for this recipient only; may be repeated."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@round_option
def command(
    again: tuple[str, ...],
    again_outdated: bool,
    prefill: tuple[Path, ...],
    single: tuple[str, ...],
    follow: bool,
    only: tuple[str, ...],
    dry_run: bool,
    folder: Path | None,
) -> None:
    """Make a locked workbook for each recipient in workbooks/, and list them in workbooks/issued.csv.

    Workbooks issued earlier are kept, since recipients may be filling them in. With pack_by in round.yaml,
    recipients that belong together get one workbook, a pack.
    """
    from auditkit import earlier
    from auditkit.round import find, load
    from auditkit.workbook.issue import generate
    from auditkit.workbook.issue_progress import generate_progress

    if follow and (again or again_outdated or prefill or single):
        raise click.UsageError("--progress takes no other option than --only and --dry-run.")
    if only and not follow:
        raise click.UsageError("--only goes with --progress.")
    round_ = load(find(folder or Path()))
    if follow:
        with progress("Making progress workbooks", len(only) or len(round_.recipients)) as step:
            outcomes = generate_progress(
                round_,
                earlier.position(round_),
                only=only,
                today=dt.date.today(),
                dry_run=dry_run,
                on_recipient=lambda _: step(),
            )
        _say(round_, outcomes, dry_run=dry_run)
        return
    last = earlier.chosen(round_, prefill)
    source = earlier.read(last, round_) if last else None
    if last and not dry_run:
        earlier.remember(round_, last)
    with progress("Making workbooks", len(round_.addressees)) as step:
        outcomes = generate(
            round_,
            again=again,
            again_outdated=again_outdated,
            single=single,
            today=dt.date.today(),
            dry_run=dry_run,
            on_recipient=lambda _: step(),
            source=source,
        )
    _say(round_, outcomes, source, dry_run=dry_run)


def _say(round_: Round, outcomes: Outcomes, source: Earlier | Rounds | None = None, *, dry_run: bool) -> None:
    """Print what became of each recipient, and whom of them something of last time was shown."""
    from auditkit.workbook.log import LIST
    from auditkit.workbook.plan import OUTDATED

    made = len(outcomes.ids("issued"))
    say(
        f"{some(made, 'workbook')} {'would be made' if dry_run else 'made'} in {round_.workbooks}",
        strong=True,
    )
    if source:
        asked = [one for one in round_.recipients if round_.asks(one)]
        without = [one for one in asked if not source.shows(one)]
        who = _who((one.id, one.name) for one in without)
        shown = f"{len(asked) - len(without)} of {some(len(asked), 'recipient')}"
        silent = f"; nothing from {who}" if without else ""
        say(f"  {shown} said something last time that can be shown{silent}")
    names = {recipient.id: recipient.name for recipient in round_.addressees}
    for outcome, sentence in SENTENCES.items():
        ids = outcomes.ids(outcome)  # type: ignore[arg-type]
        if ids:
            say(f"  {len(ids)} {sentence}: {_who((i, names[i]) for i in ids)}")
    if any(outcomes.ids(outcome) for outcome in OUTDATED):
        say("  To issue new ones: auditkit generate --again ID for one, --again-outdated for all of these")
    opens = {
        recipient.id: bool(recipient.open_password)
        for recipient in round_.addressees
        if round_.open_password(recipient)
        and outcomes.by_recipient.get(recipient.id, NOT_MADE[0]) not in NOT_MADE
    }
    if opens:
        own = sum(opens.values())
        say(
            f"  {len(opens)} encrypted: {own} open with the recipient's own password, {len(opens) - own} "
            "with open_password of round.yaml"
        )
    if outcomes.listed and outcomes.listed.name != LIST:
        say(f"  {LIST} is open in another program, so the list is in {outcomes.listed.name} this time")
    if made and not dry_run:
        assert outcomes.listed is not None
        say(f"Next: email each workbook to its recipient (workbooks/{outcomes.listed.name} lists them all).")


# Without a workbook that needs a password, or whose password is told apart.
NOT_MADE = (
    "not encrypted",
    "nothing to ask",
    "in a pack",
    "not asked",
    "closed",
    "no return",
    "nothing left",
)
SENTENCES = {
    "kept": "kept as issued earlier",
    "restored": "made again with the same number, since their files weren't there",
    "outdated": "kept, but what they are asked has changed since",
    "last time changed": "kept, but what they show of last time has changed since",
    "deadline changed": "kept, but the deadline printed on them has changed since",
    "contact changed": "kept, but the contact printed on them has changed since",
    "deadline and contact changed": "kept, but deadline and contact printed on them have changed since",
    "not encrypted": "kept, but anybody can open it, since there was no password then",
    "nothing to ask": "without a workbook, since no question applies to them",
    "in a pack": "without a workbook of their own, since they are in a pack",
    "not asked": "without a workbook, since they aren't asked this year (rota.csv)",
    "no return": "without a progress workbook, since no return of theirs counts so far",
    "nothing left": "without a progress workbook, since all is good and no action is open",
    "closed": "without a new workbook, since the register says that they have closed",
}


def _who(recipients: Iterable[tuple[str, str]]) -> str:
    """Return the first few recipients, each an id with a name, as one line names them."""
    named = [f"{safe(name)} ({id_})" for id_, name in recipients]
    return ", ".join(named[:5]) + (" …" if len(named) > 5 else "")
