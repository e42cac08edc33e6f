"""What is printed of a run of ``auditkit collate``: where the round stands, and what comes next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.commands.screen import safe, say, some

if TYPE_CHECKING:
    from auditkit.collate import Collated
    from auditkit.returns.intake.found import Address
    from auditkit.standing import Counts, Standing

# How many files or recipients are named on the screen, and how many kinds of query; the master has them all.
NAMED, KINDS = 8, 6


def report_unchanged(known: Standing, master: Path) -> None:
    """Print that nothing has changed, where the round stands and what comes next."""
    say(
        f"Nothing has changed since {known.at.astimezone():%d/%m/%Y %H:%M}; the master is as it was",
        strong=True,
    )
    _replied(known.counts)
    _read(known.counts)
    say()
    _next(known.counts, known.queries)
    say(f"Master: {master}", strong=True)


def report(collated: Collated) -> None:
    """Print where the round stands and what comes next, on one screen."""
    from auditkit.tables import rows

    counts, tables = collated.counts, collated.tables
    say(f"{tables.settings.title}, as at {tables.as_at:%d/%m/%Y}", strong=True)
    _replied(counts)
    people = rows(tables.recipients, "recipient", "recipient_id", "standing")
    names = [f"{name} ({key})" for name, key, standing in people if standing == "not returned"]
    # Of an anonymous survey nobody is known by name, nor who hasn't replied.
    _named("Not returned:", [] if tables.audit.survey_policy.anonymous else names, "Not returned")
    _read(counts)
    for outcome, words in (("rejected", "Couldn't be read:"), ("held", "Held:")):
        _named(words, _reasons(collated, outcome), "Returns")
    queries = _queries(collated)
    if queries:
        say(f"  {some(queries.total(), 'query', 'queries')} on what came back")
    for title, count in queries.most_common(KINDS):
        say(f"    {count:>5,}  {title}")
    rest = queries.most_common()[KINDS:]
    if rest:
        left = sum(count for _, count in rest)
        say(f"    {left:>5,}  of {some(len(rest), 'other kind')} (the master's sheet Queries)")
    say()
    _next(counts, queries.total())
    if collated.not_compared:
        say("Nothing is shown of the earlier round that “prefill” in round.yaml names:")
        say(f"  {safe(collated.not_compared)}")
    if collated.kept:
        say(f"The master had been edited since it was made; that one is kept as {collated.kept.name}")
    if tables.settings.master_password:
        say("The master is encrypted: it opens with master_password of round.yaml")
    _tables(collated)
    say(f"Master: {collated.master}", strong=True)


def report_parts(place: Path | Address, by: str, collated: Collated) -> None:
    """Print where the parts of the round are, or that old tables of them aren't locked as the masters are."""
    from auditkit.cluster.parts import PARTED, lie_open

    if not collated.tables.settings.master_password:
        say(f"Tables and masters by {by}: {place}")
        return
    say(f"Masters by {by}: {place}")
    if lie_open(place):
        say(f"Anybody can open the tables of an earlier run there: delete {PARTED} to have them locked too")


def _tables(collated: Collated) -> None:
    """Say where the tables are as files, or that old ones aren't locked as the master is."""
    from auditkit.round import TABLES

    folder = collated.master.parent / TABLES
    if not collated.tables.settings.master_password:
        say(f"Its tables for other programs (Parquet, CSV): {folder}")
    elif folder.exists():
        say(f"Anybody can open the tables of an earlier run in {folder}: delete them to have them locked too")


def _replied(counts: Counts) -> None:
    asked = counts.recipients - counts.closed
    unasked = f"; {counts.not_asked:,} more weren't asked this year" if counts.not_asked else ""
    say(f"  {asked - counts.not_returned} of {some(asked, 'recipient')} replied{unasked}")
    closed = f"; {counts.closed} closed before all was in, and not counted" if counts.closed else ""
    say(
        f"    {counts.returned} returned, {counts.partly} partly, {counts.nil_return} nil return, "
        f"{counts.not_returned} not returned{closed}"
    )


def _read(counts: Counts) -> None:
    divided = f" as {some(counts.returns, 'return')}" if counts.returns != counts.files else ""
    say(f"  {some(counts.files, 'file')} read{divided}, {some(counts.answers, 'answer')}")
    progress = f", {counts.progress} progress" if counts.progress else ""
    say(
        f"    {counts.accepted} accepted, {counts.superseded} superseded, {counts.held} held, "
        f"{counts.rejected} rejected, {counts.passed_over} passed over{progress}"
    )


def _named(words: str, names: list[str], sheet: str) -> None:
    """Print a few names, one a line, and where the others are."""
    if not names:
        return
    say(f"    {words}")
    for name in names[:NAMED]:
        say(f"      {safe(name)}")
    if len(names) > NAMED:
        say(f"      and {len(names) - NAMED:,} more (the master's sheet {sheet})")


def _reasons(collated: Collated, outcome: str) -> list[str]:
    """Return the files with an outcome, each with why."""
    from auditkit.tables import rows

    tables = collated.tables
    why: dict[str, str] = {}
    for file, severity, title in rows(tables.findings, "file", "severity", "title"):
        if severity == outcome:
            why.setdefault(file, title)
    return [f"{file}: {why[file]}" for file, own in rows(tables.returns, "file", "outcome") if own == outcome]


def _queries(collated: Collated) -> Counter[str]:
    """Return how many queries there are of each kind."""
    from auditkit.tables import rows

    findings = rows(collated.tables.findings, "severity", "title")
    return Counter(title for severity, title in findings if severity == "query")


def _next(counts: Counts, queries: int) -> None:
    """Print what there is to do, the most pressing first."""
    steps = (
        (counts.held, "decide on what is held: auditkit accept or exclude (sheet Queries says which)"),
        (counts.rejected, "ask again for what couldn't be read (sheet Queries says how)"),
        (counts.not_returned, "remind those who haven't returned (sheet Not returned has the addresses)"),
        (counts.partly, "ask for the rest of partial returns (sheet Not returned)"),
        (queries, "look into the queries (sheet Queries says what to do about each)"),
    )
    todo = [step for count, step in steps if count]
    say("Next:" if todo else "Everything is in, and nothing is left to ask.")
    for step in todo:
        say(f"  {step}")
    say()
