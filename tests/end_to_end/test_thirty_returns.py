"""Thirty files, each with one of the faults that returns really have, in one folder: each is told, and no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from auditkit.cluster import reading
from auditkit.collate import Collated, collate
from auditkit.demo.fill import fill
from auditkit.round import Round, load
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import COVER
from tests.apps.libreoffice import LibreOffice
from tests.cluster.killing import killing
from tests.corpus.cfb import msg
from tests.corpus.zips import added, zipped
from tests.end_to_end.reading import rows
from tests.frames import frame
from tests.returns.test_what_is_wrong import AUDIT, GOOD, NA, SAME, at
from tests.rounds import ISSUED, SETTINGS, forget, small_round, workbook_of

AS_AT = dt.date(2026, 12, 11)
LAST_QUESTION = "      - {id: GOV-5, text: Staff are trained every year.}\n"
OLD_AUDIT = AUDIT.replace('edition: "2026.1"', 'edition: "2025.1"').replace(LAST_QUESTION, "")
TREES = """
Ash Beech Cedar Damson Elder Fir Gorse Hazel Ivy Juniper Kapok Larch Maple Nettle Oak Pine Quince Rowan
Sorrel Teasel Umber Vetch Willow Yarrow Zinnia Alder Birch Clover
"""
SCHOOLS = {f"S{n:02}": f"{tree} Lane School" for n, tree in enumerate(TREES.split(), start=1)}
REGISTER = "id,name,group,email\n" + "".join(
    f"{key},{name},School,head@{key.lower()}.example\n" for key, name in SCHOOLS.items()
)
TRUSTS = "The trust's policy of May 2026 was read by everybody, and questions about it were answered at {}."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)

# What is typed otherwise than in a good return; None for nothing.
Typed = Mapping[tuple[str, str, str], Any]


def evidence(text: str | None) -> Typed:
    return {at(f"GOV-{n}", "evidence"): text.format(n) if text else None for n in range(1, 6)}


TYPED: dict[str, Typed] = {
    "S01": {at("GOV-1", "evidence"): None},
    "S02": {at("GOV-1", "evidence"): "In place"},
    "S03": {at("GOV-5", "action"): None},
    "S04": {at("GOV-3", "evidence"): "There is a draft, but the policy is not yet agreed by governors."},
    "S05": {at("GOV-4", "rating"): NA, at("GOV-4", "evidence"): None},
    "S06": {at("GOV-5", "due"): "TBC"},
    "S07": {at("GOV-5", "due"): dt.date(2026, 10, 1)},
    "S08": {at("NUM-2", "count"): "several"},
    "S09": {at("NUM-2", "count"): 4120},
    "S10": {at("signed", "answer"): None, at("signed_on", "answer"): None},
    "S11": {key: None for key in GOOD if key[0] != COVER},
    "S16": evidence(SAME),
    "S17": evidence(TRUSTS),
    "S18": evidence(TRUSTS),
    "S19": {at("GOV-4", "evidence"): "In May 2026 a pupil called Jayden Tiller was referred at once."},
    "S20": {at("GOV-1", "evidence"): "See attached policy."},
}
# The findings that there must be, by the file; a query or worse that isn't named here may not be.
EXPECTED: dict[str, set[str]] = {
    "no evidence.xlsx": {"rule-broken"},
    "thin.xlsx": {"thin-evidence"},
    "no action.xlsx": {"rule-broken"},
    "green contradicted.xlsx": {"rating-contradicted"},
    "not applicable.xlsx": {"rule-broken"},
    "TBC.xlsx": {"not-a-date"},
    "overdue.xlsx": {"action-overdue"},
    "words for a number.xlsx": {"not-a-number"},
    "subset above total.xlsx": {"part-above-whole"},
    "not signed off.xlsx": {"sign-off-missing"},
    "blank.xlsx": {"blank-return"},
    "old template.xlsx": {"edition-lacks"},
    "Nettle Lane School.xlsx": {"another-recipient"},
    "last year's round.xlsx": {"other-round"},
    "first.xlsx": {"superseded"},
    "late resubmission.xlsx": set(),
    "z the same again.xlsx": {"identical-duplicate"},
    "same text.xlsx": {"same-text"},
    "of a trust.xlsx": {"same-text-elsewhere"},
    "of the same trust.xlsx": {"same-text-elsewhere"},
    "a child's name.xlsx": {"child-details"},
    "see attached.xlsx": {"thin-evidence"},
    "a picture.xlsx": {"embedded-files"},
    "printed.pdf": {"not-a-workbook"},
    "old.xls": set(),
    "open.ods": set(),
    "exported.csv": {"identity-cover-only"},
    "Copy of Willow Lane School (S23) (1).xlsx": set(),
    "message.eml/return.xlsx": set(),
    "message.msg/return.xlsx": set(),
    "returns.zip/Alder Lane/return.xlsx": set(),
}
HELD = {"blank.xlsx", "last year's round.xlsx", "printed.pdf", "exported.csv"}


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round whose first workbooks, of last edition, were issued again."""
    folder = tmp_path_factory.mktemp("thirty") / "round"
    old = small_round(folder, OLD_AUDIT, REGISTER)
    (folder / "old.xlsx").write_bytes(filled(old, "S12", "Sent in the old template"))
    (folder / "audit.yaml").write_text(AUDIT, encoding="utf-8")
    new = load(folder)
    generate(new, again=[recipient.id for recipient in new.recipients], today=ISSUED)
    return new


def filled(round_: Round, key: str, mark: str = "", day: int = 1) -> bytes:
    """Return a recipient's workbook with its fault; each says in words of its own what is in place."""
    recipient = next(r for r in round_.recipients if r.id == key)
    layout = layout_for(round_.audit_for(recipient))
    typed = {
        place: f"{value} This was so at {mark or recipient.name}." if place[2] == "evidence" else value
        for place, value in GOOD.items()
        if place in {(b.id, *k) for b in layout.blocks for k in b.by_key}
    }
    given = {place: value for place, value in {**typed, **TYPED.get(key, {})}.items() if value is not None}
    saved = dt.datetime(2026, 12, day, 10, 0)
    return fill(workbook_of(round_, key).read_bytes(), layout, given, saved)


@pytest.fixture(scope="module")
def returned(round_: Round, libreoffice: LibreOffice) -> Path:
    """Fill the returns folder."""

    def put(name: str, content: bytes) -> Path:
        (round_.returns / name).write_bytes(content)
        return round_.returns / name

    ordinary = [name for name in EXPECTED if name.endswith(".xlsx")]
    for key, name in zip([f"S{n:02}" for n in range(1, 12)], ordinary, strict=False):
        put(name, filled(round_, key))
    (round_.folder / "old.xlsx").rename(round_.returns / "old template.xlsx")
    put("Nettle Lane School.xlsx", filled(round_, "S13"))
    elsewhere = small_round(
        round_.folder.parent / "elsewhere", AUDIT, REGISTER, SETTINGS.replace("small-2026", "small-2025")
    )
    put("last year's round.xlsx", filled(elsewhere, "S14"))
    put("first.xlsx", filled(round_, "S28", day=1))
    put("late resubmission.xlsx", filled(round_, "S28", mark="our school, later", day=9))
    put("z the same again.xlsx", (round_.returns / "late resubmission.xlsx").read_bytes())
    for key, name in {
        "S16": "same text.xlsx",
        "S17": "of a trust.xlsx",
        "S18": "of the same trust.xlsx",
        "S19": "a child's name.xlsx",
        "S20": "see attached.xlsx",
        "S23": "Copy of Willow Lane School (S23) (1).xlsx",
    }.items():
        put(name, filled(round_, key))
    put("a picture.xlsx", added(filled(round_, "S21"), {"xl/media/image1.png": PNG}))
    for key, name in {
        "S22": "old.xls",
        "S24": "open.ods",
        "S25": "exported.csv",
        "S26": "printed.pdf",
    }.items():
        path = round_.folder / "to save.xlsx"
        path.write_bytes(filled(round_, key))
        with libreoffice.open(path) as book:
            book.save_as(round_.returns / name)
        path.unlink()
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "head@s27.example", "Our return"
    mail["Date"] = "Tue, 01 Dec 2026 09:00:00 +0000"
    mail.set_content("Here it is.")
    excel = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    mail.add_attachment(filled(round_, "S27"), maintype="application", subtype=excel, filename="return.xlsx")
    put("message.eml", mail.as_bytes())
    put("message.msg", msg(attached={"return.xlsx": filled(round_, "S15")}, sender="head@s15.example"))
    put("returns.zip", zipped({"Alder Lane/return.xlsx": filled(round_, "S26")}))
    return round_.returns


@pytest.fixture(scope="module", params=["--jobs 1", "--jobs 2", "--cluster"])
def collated(round_: Round, returned: Path, cluster: Client, request: pytest.FixtureRequest) -> Collated:
    """Collate the folder, each time as if it were the first."""
    forget(round_.folder)
    how: dict[str, Any] = (
        {"elsewhere": reading(cluster), "on_file": killing(cluster, after=9)}
        if request.param == "--cluster"
        else {"jobs": int(request.param[-1])}
    )
    return collate(round_, returned, as_at=AS_AT, **how)


def told(collated: Collated, file: str) -> set[str]:
    """Return the codes of a file's findings, but for notes that nobody has to act on."""
    found = frame(collated.tables.findings)
    own = found[found["file"] == file]
    acted = own[(own["severity"] != "note") | own["code"].isin(EXPECTED[file])]
    return set(acted["code"])


def test_every_file_is_there(collated: Collated) -> None:
    assert len(EXPECTED) >= 30
    assert set(collated.tables.returns["file"]) == set(EXPECTED)


@pytest.mark.parametrize("file", EXPECTED)
def test_each_fault_is_told_and_no_other(collated: Collated, file: str) -> None:
    assert told(collated, file) == EXPECTED[file]


def test_only_what_cannot_count_waits_for_a_decision(collated: Collated) -> None:
    returns = frame(collated.tables.returns)
    assert set(returns[returns["outcome"] == "held"]["file"]) == HELD
    assert not (returns["outcome"] == "rejected").any()


def test_the_officer_reads_what_happened_and_what_to_do(collated: Collated, round_: Round) -> None:
    queries = rows(round_.master, "Queries")
    for file in EXPECTED:
        own = [row for row in queries if row["File"] == file and row["Severity"] in ("query", "held")]
        assert bool(own) == bool(EXPECTED[file] - {"superseded", "identical-duplicate"}), file
        for row in own:
            assert row["What is wrong"].endswith((".", "?"))
            assert row["What to do"].endswith(".")
    assert "Jayden" not in " ".join(str(row) for row in queries)
