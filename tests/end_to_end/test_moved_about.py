"""A return pulled about by somebody who has the password: no answer ever lands on another question."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import coordinate_to_tuple

from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.model import Return
from auditkit.round import Round
from tests.apps.libreoffice import Book, LibreOffice
from tests.end_to_end.respondent import fill_in
from tests.rounds import small_round, workbook_of

GOV = "1 Leadership"
Answers = dict[tuple[str, str, str], Any]


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return small_round(tmp_path_factory.mktemp("moved") / "round")


@pytest.fixture(scope="module")
def sent(round_: Round, libreoffice: LibreOffice) -> Path:
    """The return as it was sent, every cell filled in."""
    with libreoffice.open(workbook_of(round_, "A1")) as book:
        fill_in(book, book.answer_cells(), random.Random(5))
        return book.save_as(round_.returns / "sent.xlsx")


@pytest.fixture(scope="module")
def untouched(round_: Round, sent: Path) -> Answers:
    found = answers(read(round_, sent))
    assert len(found) == 3 * 5 + 2 * 4 + 5
    return found


@pytest.fixture
def book(round_: Round, sent: Path, libreoffice: LibreOffice) -> Iterator[Book]:
    """The return open in LibreOffice, its protection taken off."""
    with libreoffice.open(sent) as book:
        for sheet in book.sheets():
            if sheet.visible:
                book.unprotect(sheet.name, round_.settings.password)
        yield book


@pytest.fixture
def saved(round_: Round, book: Book, tmp_path: Path) -> Callable[[], Return]:
    """Save the open workbook and read it as collate does."""
    return lambda: read(round_, book.save_as(tmp_path / "moved.xlsx"))


def read(round_: Round, file: Path) -> Return:
    key = round_.key()
    (one,) = read_returns(file.parent, Basis(round_.audit, round_.recipients, round_.settings.id, key))
    return one


def answers(one: Return) -> Answers:
    assert (one.outcome, one.recipient_id) == ("accepted", "A1")
    return {(a.block, a.row_key, a.column_key): (a.typed, a.value) for a in one.answers}


def codes(one: Return) -> set[str]:
    return {finding.code for finding in one.findings}


# What people do to a workbook. Each takes the book and its luck, so that they can be done in any order.


def insert_rows(book: Book, chance: random.Random) -> None:
    book.insert_rows(any_sheet(book, chance), chance.randint(1, 9), chance.randint(1, 3))


def insert_columns(book: Book, chance: random.Random) -> None:
    book.insert_columns(any_sheet(book, chance), chance.randint(1, 9), chance.randint(1, 2))


def sort_rows(book: Book, chance: random.Random) -> None:
    """Put the rows below a table's header in another order, as sorting whole rows does."""
    sheet = chance.choice(with_table(book))
    cells = book.values()[sheet]
    places = {where: coordinate_to_tuple(where) for where in cells}
    header = next(places[where][0] for where, said in cells.items() if said == "Ref")
    last = max(row for row, _ in places.values())
    order = list(range(header + 1, last + 1))
    for row in order:
        book.cut_and_paste(sheet, f"A{row}:AZ{row}", f"A{row + 100}")
    for row, target in zip(order, chance.sample(order, len(order)), strict=True):
        book.cut_and_paste(sheet, f"A{row + 100}:AZ{row + 100}", f"A{target}")


def move_table(book: Book, chance: random.Random) -> None:
    """Cut a whole table, its keys included, and paste it lower down and further right."""
    sheet = chance.choice(with_table(book))
    cells = {where: coordinate_to_tuple(where) for where in book.values()[sheet]}
    top = next(
        cells[where][0] for where, said in book.values()[sheet].items() if str(said).startswith("auditkit:")
    )
    last = max(row for row, _ in cells.values())
    book.cut_and_paste(sheet, f"A{top}:AZ{last}", f"{chance.choice('ABC')}{top + chance.randint(1, 40)}")


def move_sheets(book: Book, chance: random.Random) -> None:
    book.move_sheet(any_sheet(book, chance), chance.randint(0, len(book.sheets())))


def rename_sheets(book: Book, chance: random.Random) -> None:
    """Give two sheets names, one of them the name that another sheet of ours had."""
    first, second = chance.sample([sheet.name for sheet in book.sheets()], 2)
    book.rename_sheet(first, f"Was {first}"[:28] + f" {chance.randint(10, 99)}")
    book.rename_sheet(second, f"It's mine {chance.randint(1000, 9999)}")


def swap_names(book: Book, chance: random.Random) -> None:
    first, second = chance.sample(with_table(book), 2)
    book.rename_sheet(first, "In between")
    book.rename_sheet(second, first)
    book.rename_sheet("In between", second)


def add_sheet(book: Book, chance: random.Random) -> None:
    name = f"Notes {len(book.sheets())}"
    book.add_sheet(name, chance.randint(0, 3))
    book.write({(name, "A4"): "Ref", (name, "A5"): "GOV-1", (name, "B4"): "rating", (name, "B5"): "▲ Amber"})


OPERATIONS = (
    *(insert_rows, insert_columns, sort_rows, move_table),
    *(move_sheets, rename_sheets, swap_names, add_sheet),
)


def any_sheet(book: Book, chance: random.Random) -> str:
    return chance.choice([sheet.name for sheet in book.sheets() if sheet.visible])


def with_table(book: Book) -> list[str]:
    """Return the sheets that hold a table of ours, whatever they are called now."""
    said = {sheet: set(cells.values()) for sheet, cells in book.values().items()}
    return [
        sheet for sheet, texts in said.items() if texts & {"auditkit::cover", "auditkit:GOV", "auditkit:NUM"}
    ]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
def test_what_moves_whole_changes_no_answer(
    operation: Callable[[Book, random.Random], None],
    book: Book,
    saved: Callable[[], Return],
    untouched: Answers,
) -> None:
    before = book.values()
    for seed in range(3):
        operation(book, random.Random(seed))
    assert book.values() != before or list(book.values()) != list(before)
    assert answers(saved()) == untouched


@pytest.mark.parametrize("seed", range(8))
def test_ten_of_them_in_any_order_change_no_answer(
    seed: int, book: Book, saved: Callable[[], Return], untouched: Answers
) -> None:
    chance = random.Random(seed)
    for operation in chance.choices(OPERATIONS, k=10):
        operation(book, chance)
    assert answers(saved()) == untouched


def test_cut_and_paste_moves_the_cells_that_were_cut_and_no_others(
    book: Book, saved: Callable[[], Return], untouched: Answers
) -> None:
    # GOV-1's evidence and action over GOV-2's; GOV-3's action into its evidence.
    book.cut_and_paste(GOV, "E6:F6", "E7")
    book.cut_and_paste(GOV, "F8", "E8")
    expected = dict(untouched)
    expected["GOV", "GOV-2", "evidence"] = expected.pop(("GOV", "GOV-1", "evidence"))
    expected["GOV", "GOV-2", "action"] = expected.pop(("GOV", "GOV-1", "action"))
    expected["GOV", "GOV-3", "evidence"] = expected.pop(("GOV", "GOV-3", "action"))
    assert answers(saved()) == expected


def test_cut_and_paste_before_and_after_everything_else(
    book: Book, saved: Callable[[], Return], untouched: Answers
) -> None:
    chance = random.Random(11)
    book.cut_and_paste(GOV, "E6", "E7")
    for operation in chance.sample(OPERATIONS, len(OPERATIONS)):
        operation(book, chance)
    expected = dict(untouched)
    expected["GOV", "GOV-2", "evidence"] = expected.pop(("GOV", "GOV-1", "evidence"))
    assert answers(saved()) == expected


def test_a_deleted_row_is_missed_and_no_other_takes_its_place(
    book: Book, saved: Callable[[], Return], untouched: Answers
) -> None:
    book.delete_rows(GOV, 7)
    one = saved()
    assert answers(one) == {key: said for key, said in untouched.items() if key[1] != "GOV-2"}
    assert "missing-rows" in codes(one)


def test_a_row_copied_below_counts_once(book: Book, saved: Callable[[], Return], untouched: Answers) -> None:
    book.copy_and_paste(GOV, "A6:I6", "A12")
    one = saved()
    assert answers(one) == untouched
    assert "key-twice" in codes(one)


def copied_sheet(file: Path, target: Path, **changes: str) -> Path:
    """Copy a sheet within the workbook, as dragging its tab with Ctrl held does."""
    book = openpyxl.load_workbook(file)
    copy = book.copy_worksheet(book[GOV])
    for where, value in changes.items():
        copy[where] = value
    target.parent.mkdir(exist_ok=True)
    book.save(target)
    return target


@pytest.mark.filterwarnings("ignore:.*not supported and will be removed")
def test_a_sheet_copied_within_the_workbook_counts_once(
    round_: Round, sent: Path, tmp_path: Path, untouched: Answers
) -> None:
    one = read(round_, copied_sheet(sent, tmp_path / "in" / "copied.xlsx"))
    assert answers(one) == untouched
    assert "key-twice" in codes(one)


@pytest.mark.filterwarnings("ignore:.*not supported and will be removed")
def test_a_copy_that_was_filled_in_differently_is_never_chosen_silently(
    round_: Round, sent: Path, tmp_path: Path, untouched: Answers
) -> None:
    one = read(round_, copied_sheet(sent, tmp_path / "in" / "copied.xlsx", E7="Another evidence"))
    found = answers(one)
    typed, value = found.pop(("GOV", "GOV-2", "evidence"))
    assert value is None
    assert "Another evidence" in typed
    assert found == {key: said for key, said in untouched.items() if key in found}
    assert len(found) == len(untouched) - 1
    assert [f.question for f in one.findings if f.code == "key-twice-differs"] == ["GOV-2"]
