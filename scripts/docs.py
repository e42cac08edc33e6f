"""Write docs/reference from the code: ``python scripts/docs.py``.

With ``--check`` it writes nothing, and fails if a page isn't what the code says (the tests do the same).
Only what the code doesn't say in words of its own stands here: what each setting means, and the exit codes.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import inspect
import io
import re
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import click
import openpyxl

from auditkit import master, standing, templates
from auditkit.cli import COMMANDS, group
from auditkit.commands.screen import DECISIONS, DIFFERENT, DONE, FAILED, USAGE
from auditkit.definition import content, events, measure, model
from auditkit.definition.cases import Cases
from auditkit.definition.checks.fields import KIND_OF_ROLE
from auditkit.definition.field import COVER_ROLES, RESPONSE_ROLES
from auditkit.definition.meanings import MEANINGS, OPTIONS, ROLES, ROLL_UPS
from auditkit.definition.roll_up import RuleOfRollUp
from auditkit.definition.theme import Theme
from auditkit.definition.xlsx import guide
from auditkit.definition.xlsx.sheets import SETTINGS as SETTINGS_SHEET
from auditkit.definition.xlsx.sheets import SHEETS
from auditkit.fields import KINDS
from auditkit.limits import MEGABYTE, Limits, Seconds, Size
from auditkit.master.sheets.answers import response_columns
from auditkit.passwords import RULE as PASSWORD_RULE
from auditkit.plan import Closure, Timing
from auditkit.returns.findings import CATALOGUE, SEVERITIES
from auditkit.returns.progress import Step
from auditkit.returns.words import shipped
from auditkit.rota import Rota
from auditkit.round import Round, Settings, load
from auditkit.tables import SCHEMAS, Collation, build
from auditkit.tables.last_time import GradeThen, LastTime, ThemeThen
from auditkit.trail import Entry, Progress

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
TEMPLATES = ROOT / "workbook_templates"
TEMPLATE = TEMPLATES / "section11"
WIDTH = 90
# Sheets that have other columns in an audit of cases.
OTHER_OF_CASES = ("Not returned",)
# What stands for any agency of an audit of cases.
AGENCY = "an agency"
NOTE = "<!-- Written by scripts/docs.py from the code. Change the code, or that script, and run it again. -->"

EXIT_CODES = {
    DONE: "Done. For `collate`: every file was accepted, or replaced by a later one.",
    FAILED: "It could not be done. A sentence says why. For `collate`: no master was written.",
    USAGE: "The command was typed wrongly: an unknown option, or an argument left out.",
    DECISIONS: "Only `collate`: the master was written, but a file was held or rejected and waits for you.",
    DIFFERENT: "Only `diff`: the two definitions differ. It was done.",
}
COUNTS = {
    "files": "files seen; a pack is one",
    "returns": "what they were read as, a return for each in a pack: accepted, superseded, held, rejected, "
    "passed over and progress add up to it",
    "accepted": "returns whose answers are in the master",
    "superseded": "returns that a later return, or an identical copy, stands in for",
    "held": "returns that wait for your decision",
    "rejected": "files that could not be read",
    "passed_over": "files that aren't returns, or that you excluded",
    "recipients": "recipients who are asked this year: the next five add up to it",
    "returned": "recipients who answered every question",
    "partly": "recipients with at least one question open",
    "nil_return": "recipients who sent a nil return",
    "not_returned": "recipients without an accepted return",
    "closed": "recipients that closed before all was in, by the register's column `closed`",
    "findings": "findings of all severities",
    "answers": "answer cells of accepted returns, the cover included",
    "progress": "returns that ask for progress, laid over their recipients' accepted returns",
    "not_asked": "recipients in the register who aren't asked this year, and of whom nothing counts",
    "master": "path of the master that was written",
}
SEVERITY = {
    "rejected": "The file can't be read. Nothing in it counts.",
    "held": "The file can be read, but waits for your decision. Nothing in it counts yet.",
    "query": "The return counts. Somebody should look or ask.",
    "note": "It was dealt with. Nothing to do, unless it looks wrong.",
}
SETTINGS = {
    "id": "names the round in every workbook; returns are recognised by it, so never change it after issuing",
    "title": "title of the first sheet of every workbook, of the master and of printed pages",
    "partnership": "who asks",
    "contact_name": "whom respondents ring or write to",
    "contact_email": "where returns are sent",
    "deadline": "by when, as year-month-day",
    "password": "locks the sheets of the workbooks; respondents don't need it",
    "contact_phone": "telephone of the contact",
    "open_password": "encrypts the workbooks: they open with it only. For recipients without a password in "
    "the register's own column `open_password`",
    "master_password": "encrypts the master: it opens with it only",
    "file_passwords": "what to try on files that came back locked with another password; one or a list",
    "limits": "what a file that comes back may be at most",
    "prefill": "folder of the round of last time, from this one's: its answers stand beside the questions",
    "prefill_without": "ids of last time's response columns that aren't shown",
    "rota": "who is asked each year, where not everybody is: `auditkit rota`",
    "plan": "when the plans of the audit begin, and local closures: `auditkit plan`",
    "several_returns": "which counts if a recipient sends several: the `latest`, the "
    "`most complete`, or one made of "
    "them by `merge by section`",
    "pack_by": "a column of the register, such as `trust`: recipients with the same value there get one "
    "workbook together, a pack",
    "pack_member": "what one recipient of a pack is called in it, such as `school`",
}
# Begins what to do about a held file; where it is plain whose it is, the command comes ready to be copied.
PROPOSAL = "If you know whose it is: `auditkit accept FILE --as ID`. "
# What an audit that says nothing of it goes by.
SHIPPED = shipped()


def commands() -> str:
    """Return what each command says of itself, and what ``--json`` prints."""
    whole = click.Context(group, info_name="auditkit", terminal_width=WIDTH, **group.context_settings)
    parts = ["# Commands", "What `auditkit COMMAND --help` prints.", "## auditkit", help_of(whole)]
    for command in COMMANDS:
        context = click.Context(command, parent=whole, info_name=command.name)
        parts += [f"## {context.command_path}", help_of(context)]
        for sub in command.commands.values() if isinstance(command, click.Group) else ():
            own = click.Context(sub, parent=context, info_name=sub.name)
            parts += [f"### {own.command_path}", help_of(own)]
    names = [field.name for field in dataclasses.fields(standing.Counts)] + ["master"]
    return page(
        *parts,
        "## What `collate --json` prints",
        "One object on one line.",
        table(("Name", "Meaning"), ((code(name), COUNTS[name]) for name in names)),
    )


def help_of(context: click.Context) -> str:
    """Return a command's help as a block of code."""
    return f"```text\n{context.get_help()}\n```"


def exit_codes() -> str:
    """Return the exit codes."""
    rows = ((code(number), EXIT_CODES[number]) for number in sorted(EXIT_CODES))
    return page(
        "# Exit codes",
        "For scripts and scheduled tasks. They are the same for every command.",
        table(("Code", "Meaning"), rows),
        "After a bug the code is 1 too, and the path of a report to send is named.",
    )


def definition() -> str:
    """Return every setting of ``audit.yaml``."""
    parts = [
        "# The definition: audit.yaml",
        "Every setting. **needed** means that it can't be left out. A setting left blank counts as left out. "
        "Where a list of texts is expected, a single text will do. Colours and the edition belong in quotes. "
        "[Write your own audit](../officer/write-your-own-audit.md) has examples.",
    ]
    for cls, meanings in MEANINGS.items():
        title = "Audit: the file itself" if cls is model.Audit else cls.__name__
        parts += [f"## {title}", first_line(cls), settings_table(cls, meanings)]
    kinds = ((code(name), first_line(kind), options(kind), f"{kind.WIDTH:g}") for name, kind in KINDS.items())
    parts += [
        "## Kinds of field",
        table(("Kind", "What it is", "Options", "Width"), kinds),
        bullets(f"{code(name)}: {what}" for name, what in OPTIONS.items()),
        "## Roles",
        "No two columns of a section, and no two fields of the cover, have the same role.",
        table(("Role", "Where", "Meaning", "Kind it must be"), role_rows()),
        "## Rules of roll-up",
        table(("Rule", "Result"), ((code(r), ROLL_UPS[r]) for r in get_args(RuleOfRollUp))),
        "N/A, blanks and points without a score leave the sums, above and below the line. Caps come last.",
    ]
    return page(*parts)


def in_excel() -> str:
    """Return the sheets and columns of ``audit.xlsx``."""
    parts = [
        "# The definition in Excel: audit.xlsx",
        "The sheets of the form with their columns. The same stands on its sheet `guide`, with an example. "
        "[Write your own audit](../officer/write-your-own-audit.md) shows how to use it; "
        "[the definition](definition.md) says more of kinds, roles and rules.",
        bullets(guide.HOW),
    ]
    for sheet in SHEETS:
        what = "Setting" if sheet is SETTINGS_SHEET else "Column"
        rows = ((code(c.name), "**needed**" if c.needed else "", guide.hint(c)) for c in sheet.all_columns)
        parts += [f"## {sheet.name}", sheet.about, table((what, "", "Meaning"), rows)]
    return page(*parts)


def role_rows() -> Iterable[tuple[str, ...]]:
    """Yield the roles of response columns, then those of cover fields."""
    for where, roles in (("response", RESPONSE_ROLES), ("cover", COVER_ROLES)):
        for role in roles:
            kind = KIND_OF_ROLE.get(role)
            yield code(role), where, ROLES[role], code(kind) if kind else "any"


def options(kind: Any) -> str:
    """Return the options of a kind; those it can't do without are marked."""
    return ", ".join(
        code(o) + (" **needed**" if o in kind.REQUIRES else "") for o in OPTIONS if o in kind.OPTIONS
    )


def findings() -> str:
    """Return the catalogue of findings."""
    parts = [
        "# Findings",
        "Everything that auditkit can say about a return. ‹Names› are filled in. "
        "The code is the stable name of a finding; the master shows the sentences.",
    ]
    for severity in SEVERITIES:
        entries = [entry for entry in CATALOGUE.values() if entry.severity == severity]
        parts += [f"## {severity.capitalize()}", SEVERITY[severity]]
        for entry in entries:
            parts += [
                f"### {entry.title}",
                f"{code(entry.code)}. {filled(entry.happened)}",
                bullets([f"**You:** {filled(entry.to_do)}", f"**Tell them:** {filled(entry.respondent)}"]),
            ]
    return page(*parts)


def settings() -> str:
    """Return the settings of a round."""
    return page(
        "# The round's settings: round.yaml",
        "**needed** means that it can't be left out.",
        settings_table(Settings, SETTINGS),
        f"Of `open_password` and `master_password`: {PASSWORD_RULE}.",
        "## Limits",
        "A file beyond a limit is rejected, with a finding that says so. Name only those that are to change. "
        "A size has its unit, `KB`, `MB` or `GB`; 1 MB is 1,048,576 bytes, as Windows counts it.",
        "```yaml\nlimits:\n  file_bytes: 80 MB\n  seconds: 120\n```",
        settings_table(Limits, attributes(Limits)),
        "## Rota",
        "Without it everybody in the register is asked. "
        "[Who is asked this year](../officer/who-is-asked.md) says how it goes.",
        settings_table(Rota, attributes(Rota)),
        "## Timing",
        "For audits with [plans](definition.md#plan). `auditkit plan --from DATE` fills in `starts`.",
        "```yaml\nplan:\n  starts:\n    rapid_review: 2026-11-24\n  closed:\n"
        "    - {day: 2026-12-29, until: 2026-12-31, why: Council offices closed}\n```",
        settings_table(Timing, attributes(Timing)),
        "## Closure",
        settings_table(Closure, attributes(Closure)),
    )


def attributes(cls: type) -> dict[str, str]:
    """Return what the docstring of a class says of its attributes."""
    listed = (inspect.getdoc(cls) or "").partition("Attributes:")[2]
    found = re.findall(r"^    (\w+): (.*(?:\n     +.*)*)", listed, re.MULTILINE)
    return {name: " ".join(said.split()).replace("``", "`") for name, said in found}


def ready_made() -> str:
    """Return who is asked what by each ready-made audit."""
    parts = [
        "# Ready-made audits",
        "How many questions of each section the recipients of the sample register are asked, by group. "
        "Below it, who is asked what only some are asked.",
    ]
    for name in templates.names():
        round_ = load(TEMPLATES / name)
        audit, conditions = round_.audit, list(conditional(round_.audit))
        groups = audit.groups or tuple(dict.fromkeys(recipient.group for recipient in round_.recipients))
        asked = {group: counts(round_, group) for group in groups}
        rows = ((s.title, *(spread(asked[g][s.id]) for g in groups)) for s in audit.sections)
        whole = ("**All**", *(spread(asked[group][""]) for group in groups))
        parts += [
            f"## {name}",
            f"{audit.title}: {len(audit.sections)} sections, {sum(1 for _ in audit.questions())} questions. "
            f"{audit.guidance}.",
            table(("Section", *groups), (*rows, whole)),
            table(("Only some are asked", "Who"), conditions),
        ]
    return page(*parts)


def counts(round_: Round, group: str) -> dict[str, list[int]]:
    """Return by section, and in all under no name, how many questions each recipient of a group is asked."""
    found: dict[str, list[int]] = {name: [] for name in (*(s.id for s in round_.audit.sections), "")}
    for recipient in round_.recipients:
        if recipient.group == group:
            asked = {s.id: len(s.questions) for s in round_.audit_for(recipient).sections}
            for name, numbers in found.items():
                numbers.append(asked.get(name, 0) if name else sum(asked.values()))
    return found


def spread(numbers: list[int]) -> str:
    """Return numbers as one, or as from … to; a dash where there is nothing."""
    if not any(numbers):
        return "–"
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"


def conditional(audit: model.Audit) -> Iterable[tuple[str, str]]:
    """Yield the sections and questions that only some are asked, each with its condition in words."""
    for section in audit.sections:
        if section.applies_to or section.except_for:
            yield f"**{section.title}**", condition(section)
        for question in section.questions:
            if question.applies_to or question.except_for:
                yield f"{question.id} {question.text}", condition(question)


def condition(item: model.Section | model.Question) -> str:
    """Return a condition in words."""
    only = [f"{column}: {', '.join(values)}" for column, values in item.applies_to.items()]
    never = [f"not {column}: {', '.join(values)}" for column, values in item.except_for.items()]
    return "; ".join(only + never)


def master_sheets() -> str:
    """Return the sheets of the master with their columns, and the tables that it is made from."""
    round_ = load(TEMPLATE)
    counted = model.Question("N", "Pupils", measure=measure.Measure())
    dated = model.Field("date", "Date", "uncertain_date", "event_date")
    chronology = model.Section("C", "Chronology", responses=(dated,), events=events.Events(1))
    found = model.Section("F", "Findings", (), responses=(model.Field("f", "F", "text", "joint_finding"),))
    first, *rest = round_.audit.sections
    first = dataclasses.replace(first, themes=("theme",))
    sections = (first, *rest, model.Section("N", "Numbers", (counted,)), chronology, found)
    audit = dataclasses.replace(
        round_.audit,
        sections=sections,
        measures=measure.Measures(small=5),
        cases=Cases("case", "agency", "Meeting"),
        themes=(Theme("theme", "Theme"),),
    )
    agency = {"case": "C01", "agency": AGENCY}
    recipients = (dataclasses.replace(round_.recipients[0], extra=agency), *round_.recipients[1:])
    round_ = dataclasses.replace(round_, audit=audit, recipients=recipients)
    then = ThemeThen("", 1, 0.0)
    last = LastTime({("c01", AGENCY): GradeThen("", "", None)}, {("theme", "", ""): then})
    day = round_.settings.deadline
    step = Step(
        "", "", "", "", "", old=None, new="", who="", when=None, file="", sha256="", sheet="", cell=""
    )
    followed = Progress((), (Entry(1, dt.datetime.combine(day, dt.time(), dt.timezone.utc), step),))
    collation = Collation(round_.settings, audit, recipients[:1], (), day, progress=followed, last=last)
    alone = dataclasses.replace(collation, audit=dataclasses.replace(audit, cases=None))
    unrated = dataclasses.replace(
        collation, audit=dataclasses.replace(audit, cases=None, sections=(chronology,))
    )
    books = [
        openpyxl.load_workbook(io.BytesIO(master.workbook(build(one)))) for one in (alone, collation, unrated)
    ]
    names = repeated(round_)
    parts = [
        "# The master",
        "Sheets in the order of their tabs; a master has those that its round has a use for. "
        "Columns in *italics* depend on the audit. "
        "[Read the master](../officer/read-the-master.md) says how to use them.",
    ]
    for sheet in master.SHEETS:
        parts += [f"## {sheet.NAME}", sheet.ABOUT]
        said = dict[str, str]()
        for book in (book for book in books if sheet.NAME in book.sheetnames):
            for each in book[sheet.NAME].tables.values():
                own = names.get(sheet.NAME, {})
                shown = dict.fromkeys(own.get(c.name, c.name) for c in each.tableColumns)
                line = f"Table `{each.name}`: {', '.join(shown)}."
                if said.setdefault(each.name, line) == line:
                    continue
                if sheet.NAME in OTHER_OF_CASES:
                    said[f"{each.name} of cases"] = f"In an audit of cases: {', '.join(shown)}."
        parts += said.values()
    parts += [
        "## The tables behind it",
        "Every sheet is made from these (`auditkit.tables`). Blanks are None. `auditkit collate` writes them "
        "as `master/NAME.parquet` and `master/NAME.csv` too; a column of any type is three there: its text, "
        "then `_number` and `_date`.",
    ]
    for name, schema in SCHEMAS.items():
        rows = ((code(c.name), c.type, c.what + (f" ({c.unit})" if c.unit else "")) for c in schema.columns)
        key = f" No two rows share {', '.join(map(code, schema.key))}." if schema.key else ""
        parts += [f"### {name}", f"A row is {schema.row}.{key}", table(("Column", "Type", "What"), rows)]
    return page(*parts)


def repeated(round_: Round) -> dict[str, dict[str, str]]:
    """Return, by sheet, the columns that an audit makes many of, and what to call them all."""
    audit = round_.audit
    own = ("author", "signoff_name", "signoff_date")
    cover = (field.label for field in audit.cover if field.role not in own)
    points = [point.text for scale in audit.scales for point in scale.points]
    standards = dict.fromkeys((section.title for section in audit.sections), "*each standard*")
    scores = {f"Score: {section.id}": "*score of each standard*" for section in audit.sections}
    return {
        "By case": {AGENCY: "*each agency*"},
        "By agency": dict.fromkeys(points, "*each rating*"),
        "By theme": dict.fromkeys(points, "*each rating*"),
        "Heatmap": standards | scores,
        "Ratings": dict.fromkeys((question.id for _, question in audit.questions()), "*each question*"),
        "Questions": dict.fromkeys(points, "*each rating*"),
        "Answers": dict.fromkeys(response_columns(audit).values(), "*each response column*"),
        "Returns": dict.fromkeys(cover, "*each other field of the cover*"),
    }


def settings_table(cls: type, meanings: Mapping[str, str]) -> str:
    """Return the settings of a dataclass: name, type, default, meaning."""
    hints = get_type_hints(cls, include_extras=True)
    rows = (
        (
            code(f.name),
            type_name(hints[f.name]),
            left_out(cls, f, hints[f.name]),
            meanings[f.name],
        )
        for f in dataclasses.fields(cls)
    )
    return table(("Setting", "Type", "If left out", "Meaning"), rows)


def left_out(cls: type, field: dataclasses.Field[Any], hint: Any) -> str:
    """Return what a setting is when it is left out; of the checks, the number that auditkit comes with."""
    number = getattr(SHIPPED, field.name) if cls is content.Content else None
    return f"{number:g}" if isinstance(number, (int, float)) else default(field, hint)


def type_name(hint: Any, plural: bool = False) -> str:
    """Return a type in words."""
    s = "s" if plural else ""
    plain = {
        str: f"text{s}",
        float: f"number{s}",
        int: f"whole number{s}",
        bool: "yes or no",
        dt.date: f"date{s}",
        Size: "size",
        Seconds: "seconds",
    }
    if hint in plain:
        return plain[hint]
    if dataclasses.is_dataclass(hint):
        name = hint.__name__  # type: ignore[union-attr]
        return f"[{name}](#{name.lower()}){s}"
    origin, arms = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return type_name(arms[0])
    if origin is Literal:
        return ", ".join(map(code, arms))
    if origin in (Union, types.UnionType):
        return " or ".join(type_name(arm) for arm in arms if arm is not type(None))
    if origin is tuple:
        return f"list of {type_name(arms[0], plural=True)}"
    return f"lines of name: {type_name(arms[1])}"


def default(field: dataclasses.Field[Any], hint: Any) -> str:
    """Return what a setting is when it is left out."""
    if hint is Size:
        return f"{field.default // MEGABYTE} MB"  # type: ignore[operator]
    if hint is Limits:
        return "as below"
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "**needed**"
    if field.default in (None, "", ()) or field.default_factory is not dataclasses.MISSING:
        return "nothing"
    if isinstance(field.default, tuple):
        return ", ".join(map(code, field.default))
    if isinstance(field.default, str):
        return code(field.default)
    return (
        {True: "yes", False: "no"}[field.default]
        if isinstance(field.default, bool)
        else f"{field.default:.10g}"
    )


def first_line(thing: Any) -> str:
    """Return the first line of a docstring, as Markdown."""
    return (inspect.getdoc(thing) or "").partition("\n")[0].replace("``", "`")


def filled(sentence: str) -> str:
    """Return a sentence of the catalogue with its names marked."""
    sentence = sentence.replace("{proposal}", PROPOSAL)
    return re.sub(r"{(\w+)}", r"‹\1›", sentence)


def code(text: object) -> str:
    """Return text as code."""
    return f"`{text}`"


def bullets(lines: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {line}" for line in lines)


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    headings = list(headings)
    lines = [headings, ["---"] * len(headings), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(*parts: str) -> str:
    """Return a page of these paragraphs."""
    return "\n\n".join((NOTE, *parts)) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "exit-codes.md": exit_codes,
    "settings.md": settings,
    "definition.md": definition,
    "audit-in-excel.md": in_excel,
    "master.md": master_sheets,
    "findings.md": findings,
    "ready-made.md": ready_made,
}


def stale() -> list[str]:
    """Return the names of the pages that aren't what the code says."""
    return [name for name, write in PAGES.items() if read(REFERENCE / name) != write()]


def read(path: Path) -> str:
    """Return the text of a page; empty if there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description="Write docs/reference from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is stale")
    if parser.parse_args().check:
        old = stale()
        if old:
            print(f"Stale: {', '.join(old)}. Run python scripts/docs.py", file=sys.stderr)
        return 1 if old else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, write in PAGES.items():
        (REFERENCE / name).write_text(write(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
