"""rota.csv and the officer's own columns: written, read again after Excel, with every problem at once."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.errors import ProblemsError
from auditkit.register import Recipient
from auditkit.rota import FILE, Place, Wish, notes, read, wishes_of, write

WHY = st.lists(st.sampled_from(("new", "=1+1, é", "its turn")), unique=True).map(tuple)
PLACE = st.builds(Place, st.booleans(), WHY, st.integers(1, 9), st.integers(0, 9))
PEOPLE = (Recipient("EY-1", '=Sunny "Days"', "Nursery"), Recipient("EY-2", "Acorns", ""))


@settings(max_examples=25)
@given(st.lists(PLACE, min_size=2, max_size=2))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, drawn: list[Place]) -> None:
    folder = tmp_path_factory.mktemp("rota")
    places = dict(zip(("EY-1", "EY-2"), drawn, strict=True))
    path = write(folder, PEOPLE, places)
    assert path == folder / FILE
    assert read(path) == places
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    with path.open("w", encoding="cp1252", newline="") as file:  # as Excel saves it on the continent
        csv.writer(file, delimiter=";").writerows([[], *lines])
    assert read(path) == places


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column id"),
        ("id,name\nEY-1,x\n", "no column group"),
        (
            "id,name,group,asked,why,turn,waited\nEY-1,x,,perhaps,,1,0\nEY-2,x,,Yes,,one,0\n",
            "row 2.*\n.*row 3",
        ),
        ("id,name,group,asked,why,turn,waited\nEY-1,x,,Yes,,1,0\nEY-1,x,,No,,1,0\n", "row 3.*twice"),
    ],
)
def test_a_list_that_was_spoilt_is_told(tmp_path, text, says):
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ProblemsError, match=says):
        read(tmp_path / FILE)


def test_zeros_that_excel_took_from_ids_change_nobodys_place(tmp_path):
    people, left_out = [Recipient("007", "Acorns", "")], Place(False, (), 2, 0)
    path = write(tmp_path, people, {"007": left_out})
    path.write_bytes(path.read_bytes().replace(b'"007"', b"7"))
    assert read(path, people) == {"007": left_out}
    assert read(path, [*people, Recipient("7", "Oaks", "")]) == {"7": left_out}


def test_the_officers_word_is_read_whatever_its_columns_are_called():
    def recipient(key: str, **extra: str) -> Recipient:
        return Recipient(key, key, extra=extra)

    people = [
        recipient("A", ASK=" yes".strip(), **{"Ask reason": "new manager"}),
        recipient("B", ask="N", ask_reason="closing"),
        recipient("C", ask=""),
    ]
    assert wishes_of(people, "register.csv") == {"A": Wish(True, "new manager"), "B": Wish(False, "closing")}
    with pytest.raises(ProblemsError) as caught:
        wishes_of([recipient("D", ask="maybe"), recipient("E", ask="no")], "register.csv")
    assert [(p.place, p.message) for p in caught.value.problems] == [
        ("D", "the column ask holds 'maybe': write Yes or No"),
        ("E", "it is left out this year (ask: no): say why in the column ask_reason"),
    ]


def test_who_joined_since_is_named():
    places = {"EY-1": Place(False, (), 1, 0)}
    assert list(notes(PEOPLE, places)) == [
        "1 of 2 is asked this year (rota.csv)",
        "EY-2 joined the register since the rota was drawn, and will be asked: run auditkit rota again",
    ]
