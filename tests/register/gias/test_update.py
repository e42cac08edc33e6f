"""A register brought up to date: what GIAS says since is in it, and everything the officer wrote still is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition import forms
from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError, ProblemsError
from auditkit.register import Recipient, read, sheet
from auditkit.register.gias.changes import _merged
from auditkit.register.gias.gather import Sources
from auditkit.register.gias.make import Updated, import_register, update_register
from auditkit.register.gias.schools import School
from tests.register.gias import made
from tests.register.gias.made import extract, school
from tests.rounds import AUDIT

TODAY, LATER = dt.date(2026, 9, 1), dt.date(2027, 1, 15)
CLOSED = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-12-2026"}
ACADEMY = {"TypeOfEstablishment (name)": "Academy converter", "Trusts (name)": "THE WEXLEY TRUST"}
OAK, ELM, ASH = (school(100001), school(100002), school(100003))


class Place:
    """A folder with a register made from an extract of three schools."""

    def __init__(self, folder: Path) -> None:
        self.file, self.register, self.links = (
            folder / name for name in ("later.csv", "register.csv", "links.csv")
        )
        self.file.write_bytes(extract([OAK, ELM, ASH]))
        import_register(self.register, Sources(self.file, ("888",)), today=TODAY)

    def edit(self, old: str, new: str) -> None:
        text = self.register.read_text(encoding="utf-8-sig")
        assert old in text
        self.register.write_text(text.replace(old, new, 1), encoding="utf-8-sig")

    def update(
        self, rows: Iterable[dict[str, str]], *linked: tuple[int, int, str], **options: Any
    ) -> Updated:
        self.file.write_bytes(extract(rows))
        links = None
        if linked:
            links = self.links
            links.write_bytes(made.links(*linked))
        emails = options.pop("emails", None)
        sources = Sources(self.file, options.pop("authorities", ()), emails, links)
        return update_register(self.register, sources, **{"audit": None, "today": LATER, **options})

    def now(self) -> dict[str, Recipient]:
        return {recipient.id: recipient for recipient in read(self.register)}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def told(done: Updated) -> list[tuple[str, str, str, str, str]]:
    return [(c.kind, c.id, c.column, c.was, c.now) for c in done.plan.changes]


def test_nothing_new(place: Place) -> None:
    before = place.register.read_bytes()
    done = place.update([OAK, ELM, ASH])
    assert (done.plan.changes, done.plan.kept, done.kept) == ((), (), None)
    assert place.register.read_bytes() == before


def test_new_closed_renamed_and_moved(place: Place) -> None:
    done = place.update(
        [
            school(100001, EstablishmentName="Oak Academy", **{"Trusts (name)": "THE ELM TRUST"}),
            school(100002, **CLOSED),
            school(100003, **{"EstablishmentStatus (name)": "Open, but proposed to close"}),
            school(100004),
        ]
    )
    assert told(done) == [
        ("renamed", "100001", "name", "School 100001", "Oak Academy"),
        ("moved", "100001", "trust", "", "THE ELM TRUST"),
        ("closed", "100002", "closed", "", "31/12/2026"),
        ("changed", "100003", "status", "Open", "Open, but proposed to close"),
        ("new", "100004", "", "", ""),
    ]
    now = place.now()
    assert (now["100002"].closed, now["100002"].extra["status"]) == (dt.date(2026, 12, 31), "Closed")
    assert (now["100001"].name, now["100004"].group) == ("Oak Academy", "Maintained school")
    assert told(place.update([OAK, ELM, ASH, school(100004)]))[2] == (
        *("open again", "100002", "closed", "31/12/2026", ""),
    )


def test_what_the_officer_wrote_stays(place: Place) -> None:
    place.edit('"Mrs Ada Lowe",""', '"Kit Marlowe, DSL","kit@x.example"')
    for row in ('"id"', '"100001"', '"100002"', '"100003"'):
        place.edit(f"{row},", f'"Chased\nby phone; -twice",{row},')
    place.edit('"No"', '"Yes"')
    done = place.update(
        [school(100001, HeadLastName="New", **{"Boarders (name)": "Boarding school"}), ELM, ASH]
    )
    one = place.now()["100001"]
    assert (one.contact, one.email) == ("Kit Marlowe, DSL", "kit@x.example")
    assert one.extra["boarding"] == "Yes"
    assert one.extra["Chased by phone; -twice"] == "Chased by phone; -twice"
    assert place.register.read_bytes().count(b"Chased\nby phone;") == 4
    assert [(kept.column, kept.was, kept.now) for kept in done.plan.kept] == [
        ("contact", "Kit Marlowe, DSL", "Mrs Ada New")
    ]
    # It is told once, and not again.
    assert place.update([school(100001, HeadLastName="New"), ELM, ASH]).plan.kept == ()


def test_whom_the_officer_took_out_or_added(place: Place) -> None:
    lines = place.register.read_text(encoding="utf-8-sig").splitlines()
    lines = [line for line in lines if "100002" not in line]
    lines.append('"NM-1","Northmoor Training","further education college"')
    place.register.write_text("\n".join(lines), encoding="utf-8")
    done = place.update([OAK, ELM])
    assert list(place.now()) == ["100001", "100003", "NM-1"]
    assert (done.plan.not_asked, done.plan.own, done.plan.gone) == (("100002",), ("NM-1",), ("100003",))


def test_a_school_that_became_an_academy_goes_on_in_its_row(place: Place) -> None:
    place.edit('"Mrs Ada Lowe",""', '"Kit Marlowe, DSL","kit@x.example"')
    place.edit('"Open","",""', '"Open","","31/12/2026"')
    rows = [school(100001, **CLOSED), ELM, ASH, school(200001, **ACADEMY)]
    links = (200001, 150001, "Predecessor"), (100001, 150001, "Successor")
    done = place.update(rows, *links)
    assert told(done) == [("goes on", "200001", "id", "100001", "200001")]
    now = place.now()
    one = now["200001"]
    assert list(now) == ["200001", "100002", "100003"]
    assert (one.predecessors, one.closed, one.group) == (("150001", "100001"), None, "Academy")
    assert (one.contact, one.email, one.extra["trust"]) == (
        "Kit Marlowe, DSL",
        "kit@x.example",
        "THE WEXLEY TRUST",
    )
    assert place.update(rows, *links).plan.changes == ()


def test_as_long_as_both_are_open_there_are_two(place: Place) -> None:
    link = (200001, 100001, "Predecessor")
    done = place.update([OAK, ELM, ASH, school(200001, **ACADEMY)], link)
    assert told(done) == [("new", "200001", "", "", "")]
    done = place.update([school(100001, **CLOSED), ELM, ASH, school(200001, **ACADEMY)], link)
    assert told(done) == [("closed", "100001", "closed", "", "31/12/2026")]


def test_schools_that_were_joined_close_and_a_new_one_comes(place: Place) -> None:
    rows = [school(100001, **CLOSED), school(100002, **CLOSED), ASH, school(200001)]
    links = [(200001, old, "Predecessor - amalgamated") for old in (100001, 100002)]
    done = place.update(rows, *links)
    assert [(c.kind, c.id) for c in done.plan.changes] == [
        *(("closed", "100001"), ("closed", "100002"), ("new", "200001"))
    ]
    assert place.now()["200001"].predecessors == ("100001", "100002")


def test_without_links_a_school_with_the_same_number_is_pointed_out(place: Place) -> None:
    new = school(200001, EstablishmentNumber="1", **ACADEMY)
    done = place.update([school(100001, EstablishmentNumber="1", **CLOSED), ELM, ASH, new])
    assert done.plan.perhaps == (("100001", "200001"),)


def test_who_is_asked_something_else(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "audit.yaml"
    file.write_text(
        AUDIT.replace("groups: [Police, Health]\n", "").replace("{group: Police}", "{phase: Secondary}"),
        encoding="utf-8",
    )
    audit: Audit = forms.load(file)
    rows = [
        school(100001, NumberOfPupils="9"),
        school(100002, **{"PhaseOfEducation (name)": "Secondary"}),
        school(100003, **{"PhaseOfEducation (name)": "Secondary"}, **CLOSED),  # isn't asked at all
    ]
    done = place.update(rows, audit=audit)
    assert [(one.id, one.more, one.fewer) for one in done.plan.asked] == [("100002", 1, 0)]


def test_a_closing_day_that_is_not_known_is_the_first_day_it_was_closed(place: Place) -> None:
    rows = [school(100001, **{**CLOSED, "CloseDate": "31-02-2026"}), ELM, ASH]
    place.update(rows)
    place.update(rows, today=dt.date(2027, 5, 1))
    assert place.now()["100001"].closed == LATER


def test_columns_that_the_later_extract_lacks_stay(place: Place) -> None:
    place.file.write_bytes(extract([OAK, ELM, ASH], made.HEADERS[:12]))
    done = update_register(place.register, Sources(place.file, ()), audit=None, today=LATER)
    assert (done.plan.changes, done.plan.kept) == ((), ())


def test_a_column_that_the_officer_deleted_stays_away_and_one_never_there_comes(place: Place) -> None:
    text = place.register.read_text(encoding="utf-8-sig").replace('"ukprn"', '"my own"')
    place.register.write_text(text, encoding="utf-8")
    place.update([school(100001, UKPRN="10009999"), school(100002, EstablishmentName="Elm"), ASH])
    now = place.now()
    assert "ukprn" not in now["100001"].extra
    assert (now["100001"].extra["my own"], now["100002"].name) == ("100100001", "Elm")
    by_hand = place.register.with_name("hand.csv")
    by_hand.write_text("URN,School\n100001,Our Oak\n", encoding="utf-8")
    with pytest.raises(AuditkitError, match="add --la"):
        update_register(by_hand, Sources(place.file, ()), audit=None, today=LATER)
    done = update_register(by_hand, Sources(place.file, ("888",)), audit=None, today=LATER)
    (one, *_) = read(by_hand)
    assert (one.name, one.group, one.extra["ukprn"]) == ("Our Oak", "Maintained school", "10009999")
    assert [kept.column for kept in done.plan.kept] == ["name"]
    by_hand.write_text("URN,School,Type\n100003,Ash,\n", encoding="utf-8")
    by_hand.with_name(".auditkit").joinpath("hand.gias.json").unlink()
    update_register(by_hand, Sources(place.file, ("888",)), audit=None, today=LATER)
    assert (read(by_hand)[0].group, read(by_hand)[0].extra.get("type")) == ("Maintained school", None)


def test_a_dry_run_writes_nothing_and_an_update_can_be_undone(place: Place) -> None:
    before = place.register.read_bytes()
    rows = [school(100001, EstablishmentName="Oak"), ELM, ASH]
    assert told(place.update(rows, dry_run=True))
    assert place.register.read_bytes() == before
    with pytest.raises(AuditkitError, match="nothing to undo"):
        sheet.undo(place.register)
    done = place.update(rows)
    assert done.kept
    assert done.kept.read_bytes() == before
    after = place.register.read_bytes()
    kept = sheet.undo(place.register)
    assert (place.register.read_bytes(), kept.read_bytes()) == (before, after)
    # What GIAS said was put back too: the same update finds the same.
    assert told(place.update(rows)) == told(done)


def test_a_register_that_is_open_in_another_program_is_left_alone(place: Place) -> None:
    place.register.with_name(".~lock.register.csv#").touch()
    with pytest.raises(AuditkitError, match="is open in another program"):
        place.update([school(100001, EstablishmentName="Oak"), ELM, ASH])
    assert not list(place.register.parent.glob("*earlier*"))


def test_an_excel_register_is_looked_at_only(place: Place) -> None:
    import xlsxwriter

    path = place.register.with_name("other.xlsx")
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["id", "100001"])
        book.worksheets()[0].write_column(0, 1, ["name", "Oak"])
    sources = Sources(place.file, ("888",))
    done = update_register(path, sources, audit=None, today=LATER, dry_run=True)
    assert done.plan.changes
    with pytest.raises(AuditkitError, match="save it as CSV"):
        update_register(path, sources, audit=None, today=LATER)


@pytest.mark.parametrize("content", ["{", "[]", '{"authorities": [1], "rows": {}}'])
def test_a_damaged_record_is_not_guessed_at(place: Place, content: str) -> None:
    (place.register.parent / ".auditkit" / "register.gias.json").write_text(content, encoding="utf-8")
    with pytest.raises(AuditkitError, match="is damaged"):
        place.update([OAK])


def test_problems_of_the_register_come_first(place: Place) -> None:
    place.edit('"100002"', '"100001"')
    with pytest.raises(ProblemsError, match="row 2 has the id"):
        place.update([OAK])


WORD = st.sampled_from(["", "a", "b"])


@given(base=WORD, own=WORD, now=WORD)
def test_a_cell_follows_gias_unless_the_officer_wrote_in_it(base: str, own: str, now: str) -> None:
    places = {"id": 0, "name": 1, "trust": 2}
    gias = School("100001", "888", "open", True, None, {"trust": now})
    row = _merged(("100001", "Oak", own), places, gias, {"trust": base}, "100001")
    assert row.cells[2] == (now if own == base else own)
    assert bool(row.changes) == (own == base != now)
    assert bool(row.kept) == (own != base and now not in (base, own))
