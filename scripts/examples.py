"""Make ``examples/`` anew: ``python scripts/examples.py``, or elsewhere: ``python scripts/examples.py DIR``.

Run it after changing a template or how workbooks look. The same code gives the same files.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from auditkit.collate import collate  # noqa: E402
from auditkit.definition import forms  # noqa: E402
from auditkit.demo.returns import make_returns  # noqa: E402
from auditkit.fields.days import british  # noqa: E402
from auditkit.round import SETTINGS, Round, definition_path, load  # noqa: E402
from auditkit.standing import Counts  # noqa: E402
from auditkit.workbook.issue import generate  # noqa: E402

TEMPLATE = "section11"
ROUND_ID, PASSWORD = "s11-example-2026", "example-larkspur"
# Not a secret: everybody can read it here. A real round's key is drawn at random and never leaves its folder.
KEY = hashlib.sha256(b"auditkit: the example's key, for no real round").hexdigest()
ISSUED, COLLATED = dt.date(2026, 9, 7), dt.date(2027, 1, 25)
# Who is asked: every group has somebody, and the names are the awkward ones.
ASKED = (1, 3, 4, 7, 8, 9, 11, 14, 16, 18, 19, 20, 22, 24)
SEED = 5

README = """\
# A Section 11 round, its returns in

What a round's folder looks like once most agencies have replied. Northmoor, its agencies and its people are
invented. `python scripts/examples.py` made everything here, this page too.

| | |
| --- | --- |
| `audit.xlsx`, `register.csv`, `round.yaml` | what is asked, of whom, by when: what the officer wrote |
| `workbooks/` | what went out on {issued}: {recipients} locked workbooks, and `issued.csv` |
| `returns/` | what came back: on time, late, half done, thin, all Green, nil, a correction, a scan |
| `.auditkit/` | the signing key and the log of issued workbooks |

**The key in `.auditkit/key` and the password in `round.yaml` (`{password}`) are examples, known to
everybody. Don't start a real round from this folder:** `auditkit new section11 s11-2027` draws a key and a
password of its own.

Try it on a copy:

    auditkit collate returns/ --as-at {as_at}

It ends with exit code 3, since one file needs a decision, and with these figures (`--json` prints them too):

| figure | |
| --- | --- |
{figures}
"""


def make(folder: Path) -> None:
    """Make every example below a folder; what was there of them goes once the new ones are whole."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / TEMPLATE
        section11(made)
        shutil.rmtree(folder / TEMPLATE, ignore_errors=True)
        shutil.copytree(made, folder / TEMPLATE)


def section11(folder: Path) -> None:
    """Make the Section 11 round, from definition to returns."""
    (folder / "returns").mkdir(parents=True)
    (folder / ".auditkit").mkdir()
    (folder / ".auditkit" / "key").write_bytes(KEY.encode())
    source = ROOT / "workbook_templates" / TEMPLATE
    audit, _ = forms.read(definition_path(source))
    (folder / "audit.xlsx").write_bytes(forms.written(audit, ".xlsx"))
    (folder / "register.csv").write_bytes(register((source / "register.csv").read_text(encoding="utf-8-sig")))
    (folder / SETTINGS).write_bytes(settings((source / SETTINGS).read_text(encoding="utf-8")).encode())
    round_ = load(folder)
    generate(round_, today=ISSUED)
    make_returns(round_, TEMPLATE, seed=SEED)
    (folder / "README.md").write_bytes(readme(round_, counts(folder)).encode())


def counts(folder: Path) -> Counts:
    """Collate a copy of the round: collating leaves a master and traces of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        round_ = load(shutil.copytree(folder, Path(scratch) / folder.name))
        return collate(round_, round_.returns, as_at=COLLATED).counts


def register(text: str) -> bytes:
    """Keep the recipients that are asked."""
    header, *rows = csv.reader(io.StringIO(text))
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([header, *(rows[n - 1] for n in ASKED)])
    return target.getvalue().encode("utf-8-sig")


def settings(text: str) -> str:
    """Give the round its own name and password."""
    for name, value in (("id", ROUND_ID), ("password", PASSWORD)):
        text = re.sub(rf"(?m)^{name}:.*$", f"{name}: {value}", text, count=1)
    return text


def readme(round_: Round, figures: Counts) -> str:
    """Describe the round, with its figures."""
    lines = "\n".join(f"| {name} | {value} |" for name, value in vars(figures).items())
    return README.format(
        issued=british(ISSUED),
        recipients=len(round_.recipients),
        password=PASSWORD,
        as_at=COLLATED.isoformat(),
        figures=lines,
    )


def main() -> None:
    """Read the command line and make the examples."""
    parser = argparse.ArgumentParser(description="Make the examples anew.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples", metavar="DIR")
    make(parser.parse_args().folder)


if __name__ == "__main__":
    main()
