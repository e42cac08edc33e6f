"""Make ``examples/`` anew: ``python scripts/examples.py``, or elsewhere: ``python scripts/examples.py DIR``.

Run it after changing a template or how workbooks look. The same code gives the same files. ``--only NAME``
makes one.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from auditkit.collate import collate  # noqa: E402
from auditkit.definition import forms  # noqa: E402
from auditkit.demo.returns import make_returns  # noqa: E402
from auditkit.draw import draw, keep  # noqa: E402
from auditkit.fields.days import british  # noqa: E402
from auditkit.plan.outputs import write  # noqa: E402
from auditkit.round import AGENCIES, GRID, LETTER, SETTINGS, Round, begin, definition_path, load  # noqa: E402
from auditkit.standing import Counts  # noqa: E402
from auditkit.workbook.issue import generate  # noqa: E402

PASSWORD = "example-larkspur"
# Not a secret: everybody can read it here. A real round's key is drawn at random and never leaves its folder.
KEY = hashlib.sha256(b"auditkit: the example's key, for no real round").hexdigest()


@dataclass(frozen=True)
class Example:
    """A round to be made from a ready-made audit; ``asked``: which rows of its sample register are kept.

    With ``rota``, its settings as they stand in ``round.yaml``, not all of these are asked. ``begins`` is the
    day from which its first plan is counted.
    """

    template: str
    title: str
    who: str
    returned: str
    asked: tuple[int, ...]
    seed: int
    short: str
    issued: dt.date = dt.date(2026, 9, 7)
    collated: dt.date = dt.date(2027, 1, 25)
    rota: str = ""
    begins: dt.date | None = None


EXAMPLES = (
    Example(
        template="section11",
        title="A Section 11 round",
        who="agencies",
        returned="on time, late, half done, thin, all Green, nil, a correction, a scan",
        # Every group has somebody, and the names are the awkward ones.
        asked=(1, 3, 4, 7, 8, 9, 11, 14, 16, 18, 19, 20, 22, 24),
        seed=5,
        short="s11",
    ),
    Example(
        template="section175",
        title="A Section 175/157 round",
        who="schools",
        returned="on time, late, thin, all Embedded, a correction, a scan",
        # One of each kind: nursery class, alternative provision, trust, boarding, special school, college.
        asked=(4, 10, 11, 21, 26, 28),
        seed=3,
        short="s175",
    ),
    Example(
        template="early_years",
        title="An early years round",
        who="settings",
        returned="on time, late, all Green, with several Reds, a correction, a scan",
        # Both forms and all groups, and among those whose turn it is too.
        asked=(1, 2, 3, 4, 6, 8, 9, 10, 12, 13, 15, 16, 17, 18, 19, 20),
        seed=197,
        short="ey",
        rota='rota:\n  year: 1\n  seed: ey-example-2026-96\n  always: {priority: "Yes"}\n',
    ),
    Example(
        template="childminder",
        title="A round of childminders",
        who="childminders",
        returned="on time, late, in few words, with gaps, a correction, a scan",
        # Alone, with assistants, with a car, overnight, without an email address.
        asked=(1, 4, 6, 7, 8, 11),
        seed=106,
        short="cm",
    ),
    Example(
        template="rapid_review",
        title="A rapid review",
        who="agencies",
        returned="in time, late, with gaps, nil, a correction, a scan",
        asked=tuple(range(1, 13)),
        seed=147,
        short="rr",
        issued=dt.date(2026, 11, 25),
        collated=dt.date(2026, 12, 11),
        begins=dt.date(2026, 11, 24),
    ),
    Example(
        template="case_audit",
        title="A case audit",
        who="agencies",
        returned="most in time, late, half done, all Good, a correction, a scan",
        asked=tuple(range(1, 29)),
        seed=29,
        short="ca",
        issued=dt.date(2026, 11, 9),
    ),
    Example(
        template="partnership_survey",
        title="A survey of partnerships",
        who="partnerships",
        returned="most on time, one hurried, a correction, a scan",
        # All groups.
        asked=tuple(range(1, 15)),
        seed=63,
        short="ps",
    ),
    Example(
        template="practice_survey",
        title="A survey of teams",
        who="teams",
        returned="nearly all, a correction, a scan",
        # All groups.
        asked=(1, 2, 3, 4, 5, 6, 7, 8, 10, 11),
        seed=12,
        short="pr",
    ),
)

PLAN = """\
| `letter.txt` | the words of the letters: `auditkit letters` makes drafts of emails from them |
| `plan.xlsx`, `plan.ics` | who owes what by when: `auditkit plan --from 2026-11-24` worked it out |
"""
CASES = """\
| `cases.csv`, `agencies.csv` | who is on which case: `auditkit register cases` made the register from them |
"""
README = """\
# {title}, its returns in

What a round's folder looks like once most {who} have replied. Northmoor, its {who} and its people are
invented. `python scripts/examples.py` made everything here, this page too.

| | |
| --- | --- |
| `audit.xlsx`, `register.csv`, `round.yaml` | what is asked, of whom, by when: what the officer wrote |
{more}| `workbooks/` | what went out on {issued}: {recipients} locked workbooks, and `issued.csv` |
| `returns/` | what came back: {returned} |
| `.auditkit/` | the signing key and the log of issued workbooks |

**The key in `.auditkit/key` and the password in `round.yaml` (`{password}`) are examples, known to
everybody. Don't start a real round from this folder:** `auditkit new {template} {short}-2027` draws a key
and a password of its own.

Try it on a copy:

    auditkit collate returns/ --as-at {as_at}

It ends with exit code 3, since one file needs a decision, and with these figures (`--json` prints them too):

| figure | |
| --- | --- |
{figures}
"""


def make(folder: Path, only: str | None = None) -> None:
    """Make examples below a folder; what was there of one goes once the new one is whole."""
    for example in (each for each in EXAMPLES if only in (None, each.template)):
        with tempfile.TemporaryDirectory() as scratch:
            made = Path(scratch) / example.template
            make_round(example, made)
            shutil.rmtree(folder / example.template, ignore_errors=True)
            shutil.copytree(made, folder / example.template)


def make_round(example: Example, folder: Path) -> None:
    """Make one example's round, from definition to returns."""
    (folder / "returns").mkdir(parents=True)
    (folder / ".auditkit").mkdir()
    (folder / ".auditkit" / "key").write_bytes(KEY.encode())
    source = ROOT / "workbook_templates" / example.template
    audit, _ = forms.read(definition_path(source))
    (folder / "audit.xlsx").write_bytes(forms.written(audit, ".xlsx"))
    rows = register((source / "register.csv").read_text(encoding="utf-8-sig"), example.asked)
    (folder / "register.csv").write_bytes(rows)
    own = settings((source / SETTINGS).read_text(encoding="utf-8"), f"{example.short}-example-2026")
    (folder / SETTINGS).write_bytes((own + example.rota).encode())
    for name in (LETTER, GRID, AGENCIES):
        if (source / name).is_file():
            shutil.copyfile(source / name, folder / name)
    round_ = load(folder)
    if example.begins:
        round_ = begin(round_, round_.audit.plans[0].id, example.begins)
        said = round_.settings
        write(folder, round_.private, round_.schedule, said.title, example.issued, said.id)
    if example.rota:
        keep(round_, draw(round_, today=example.issued))
        round_ = load(folder)
    generate(round_, today=example.issued)
    make_returns(round_, example.template, seed=example.seed)
    (folder / "README.md").write_bytes(readme(example, round_, counts(example, folder)).encode())


def counts(example: Example, folder: Path) -> Counts:
    """Collate a copy of the round: collating leaves a master and traces of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        round_ = load(shutil.copytree(folder, Path(scratch) / folder.name))
        return collate(round_, round_.returns, as_at=example.collated).counts


def register(text: str, asked: Iterable[int]) -> bytes:
    """Keep the recipients that are asked."""
    header, *rows = csv.reader(io.StringIO(text))
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([header, *(rows[n - 1] for n in asked)])
    return target.getvalue().encode("utf-8-sig")


def settings(text: str, round_id: str) -> str:
    """Give the round its own name and password."""
    for name, value in (("id", round_id), ("password", PASSWORD)):
        text = re.sub(rf"(?m)^{name}:.*$", f"{name}: {value}", text, count=1)
    return text


def readme(example: Example, round_: Round, figures: Counts) -> str:
    """Describe the round, with its figures."""
    lines = "\n".join(f"| {name} | {value} |" for name, value in vars(figures).items())
    asked = sum(map(round_.asks, round_.recipients))
    chosen = f"| `rota.csv` | who is asked this year, and why: {asked} of {len(round_.recipients)} |\n"
    return README.format(
        title=example.title,
        who=example.who,
        returned=example.returned,
        template=example.template,
        short=example.short,
        issued=british(example.issued),
        recipients=asked,
        more="".join(
            text
            for text, is_there in (
                (chosen, round_.places),
                (CASES, round_.audit.cases),
                (PLAN, example.begins),
            )
            if is_there
        ),
        password=PASSWORD,
        as_at=example.collated.isoformat(),
        figures=lines,
    )


def main() -> None:
    """Read the command line and make the examples."""
    parser = argparse.ArgumentParser(description="Make the examples anew.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples", metavar="DIR")
    names = [example.template for example in EXAMPLES]
    parser.add_argument("--only", choices=names, help="make this one, leave the others alone")
    options = parser.parse_args()
    make(options.folder, options.only)


if __name__ == "__main__":
    main()
