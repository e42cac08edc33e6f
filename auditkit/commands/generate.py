"""``auditkit generate``: a workbook for each recipient."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import progress, round_option, safe, say, some

EPILOG = """\b
Examples:
  auditkit generate                     workbooks for everyone who has none yet
  auditkit generate --again S11-007     a new issue for one recipient
  auditkit generate --dry-run           only say what would be done
"""


@click.command("generate", epilog=EPILOG, short_help="Make a locked workbook for each recipient.")
@click.option(
    "--again", metavar="ID", multiple=True, help="Issue a new workbook to this recipient; may be repeated."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@round_option
def command(again: tuple[str, ...], dry_run: bool, folder: Path | None) -> None:
    """Make a locked workbook for each recipient in workbooks/, and list them in workbooks/issued.csv.

    Workbooks issued earlier are kept, since recipients may be filling them in.
    """
    from auditkit.round import find, load
    from auditkit.workbook.issue import generate

    round_ = load(find(folder or Path()))
    with progress("Making workbooks", len(round_.recipients)) as step:
        outcomes = generate(
            round_, again=again, today=dt.date.today(), dry_run=dry_run, on_recipient=lambda _: step()
        )
    made = len(outcomes.ids("issued"))
    say(
        f"{some(made, 'workbook')} {'would be made' if dry_run else 'made'} in {round_.workbooks}",
        strong=True,
    )
    names = {recipient.id: recipient.name for recipient in round_.recipients}
    for outcome, sentence in SENTENCES.items():
        ids = outcomes.ids(outcome)  # type: ignore[arg-type]
        if ids:
            who = ", ".join(f"{safe(names[i])} ({i})" for i in ids[:5]) + (" …" if len(ids) > 5 else "")
            say(f"  {len(ids)} {sentence}: {who}")
    opens = {
        recipient.id: bool(recipient.open_password)
        for recipient in round_.recipients
        if round_.open_password(recipient)
        and outcomes.by_recipient[recipient.id] not in ("not encrypted", "nothing to ask")
    }
    if opens:
        own = sum(opens.values())
        say(
            f"  {len(opens)} encrypted: {own} open with the recipient's own password, {len(opens) - own} "
            "with open_password of round.yaml"
        )
    if made and not dry_run:
        say("Next: email each workbook to its recipient (workbooks/issued.csv lists them all).")


SENTENCES = {
    "kept": "kept as issued earlier",
    "restored": "made again as they were, since their files had gone",
    "outdated": "kept, but the audit has changed since; auditkit generate --again ID issues a new one",
    "not encrypted": "kept, but anybody can open it; auditkit generate --again ID issues an encrypted one",
    "nothing to ask": "without a workbook, since no question applies to them",
}
