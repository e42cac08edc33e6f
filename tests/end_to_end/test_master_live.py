"""The demonstration's master in LibreOffice: no error, the stored figures, and live when an officer edits it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditkit.collate import Collated, collate
from auditkit.demo.returns import make_returns
from auditkit.rating import Ratings, rate
from auditkit.round import Round
from auditkit.tables import OVERALL, rows
from tests.apps.libreoffice import Book, LibreOffice
from tests.end_to_end.reading import cached
from tests.frames import frame
from tests.rounds import section11_round

Cells = dict[str, str | float]
GREEN, RED = "● Green", "■ Red"


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    round_ = section11_round(tmp_path_factory.mktemp("demo") / "round")
    make_returns(round_, "section11")
    return round_


@pytest.fixture(scope="module")
def collated(round_: Round) -> Collated:
    return collate(round_, round_.returns, as_at=round_.settings.deadline + dt.timedelta(days=45))


@pytest.fixture
def book(collated: Collated, libreoffice: LibreOffice) -> Iterator[Book]:
    with libreoffice.open(collated.master) as book:
        yield book


def test_every_stored_figure_is_the_one_that_libreoffice_works_out(collated: Collated, book: Book) -> None:
    stored = cached(Path(collated.master))
    assert len(stored) > 1000
    before = book.values()
    book.recalculate()
    after = book.values()
    assert book.errors() == []
    assert list(after) == [sheet.name for sheet in book.sheets()]
    loaded = {(sheet, where): value for sheet, cells in before.items() for where, value in cells.items()}
    shown = {(sheet, where): value for sheet, cells in after.items() for where, value in cells.items()}
    assert shown.keys() == loaded.keys()
    for expected in (loaded, stored):
        pairs = {place: (value, shown.get(place, "")) for place, value in expected.items()}
        assert {
            p: (one, other) for p, (one, other) in pairs.items() if one != pytest.approx(other, abs=1e-9)
        } == {}


def column_of(cells: Cells, row: int, heading: str) -> str:
    """Find the letters of the column that has this heading in a row."""
    return next(
        where[: -len(str(row))] for where, said in cells.items() if said == heading and row_in(where) == row
    )


def row_of(cells: Cells, name: str, below: int = 0) -> int:
    """Find the row that begins with this name."""
    return next(
        r
        for where, said in cells.items()
        if where[0] == "A" and (r := row_in(where)) > below and said == name
    )


def row_in(where: str) -> int:
    return int(where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def edit(book: Book, changes: dict[tuple[str, str], str]) -> dict[str, Cells]:
    """Change ratings as an officer does, and give what the master then shows."""
    cells = book.values()["Ratings"]
    header = row_of(cells, "Recipient ID")
    book.write(
        {
            ("Ratings", f"{column_of(cells, header, question)}{row_of(cells, recipient)}"): value
            for (recipient, question), value in changes.items()
        }
    )
    book.recalculate()
    assert book.errors() == []
    return book.values()


def rated(round_: Round, collated: Collated, changes: dict[tuple[str, str], str]) -> dict[str, Ratings]:
    """Work out every recipient's ratings with the changes made."""
    table = collated.tables.ratings
    given = rows(table, "recipient_id", "question_id", "value")
    values = {
        (recipient, question): value for recipient, question, value in given if value is not None
    } | changes
    return {
        r.id: rate(round_.audit_for(r), {question: v for (who, question), v in values.items() if who == r.id})
        for r in round_.recipients
    }


def assert_follows(shown: dict[str, Cells], expected: dict[str, Ratings], round_: Round) -> None:
    """Assert that Heatmap and Summary show the expected ratings, and nothing else."""
    heatmap, summary = shown["Heatmap"], shown["Summary"]
    titles = {OVERALL: "Overall"} | {s.id: s.title for s in round_.audit.sections}
    scores = {OVERALL: "Score: Overall"} | {s.id: f"Score: {s.id}" for s in round_.audit.sections}
    counted: Counter[tuple[str, str]] = Counter()
    for recipient_id, ratings in expected.items():
        row = row_of(heatmap, recipient_id)
        for subject, title in titles.items():
            said = heatmap[f"{column_of(heatmap, 1, title)}{row}"]
            score = heatmap.get(f"{column_of(heatmap, 1, scores[subject])}{row}", "")
            result = ratings.overall if subject == OVERALL else ratings.sections.get(subject)
            if result is None or result.point is None:
                assert said in ("not rated", "not asked", "– N/A"), (recipient_id, title)
                assert score == ""
                continue
            assert said == result.point.text, (recipient_id, title)
            assert result.score == pytest.approx(score, abs=1e-9), (recipient_id, title)
            counted[title, result.point.text] += 1
    head = row_of(summary, "Recipients rated")
    points = [point.text for point in round_.audit.scales[0].ranked]
    for title in titles.values():
        row = row_of(summary, title, below=head)
        numbers = {point: summary[f"{column_of(summary, head, point)}{row}"] for point in points}
        assert numbers == {point: counted[title, point] for point in points}, title


def test_heatmap_and_summary_follow_an_edited_rating(round_: Round, collated: Collated, book: Book) -> None:
    assert_follows(book.values(), rated(round_, collated, {}), round_)
    table = frame(collated.tables.ratings)
    greens = table[table["value"] == GREEN].drop_duplicates("recipient_id")
    places = list(zip(greens["recipient_id"], greens["question_id"], strict=True))[::3]
    changes = dict.fromkeys(places, RED)
    before, after = rated(round_, collated, {}), rated(round_, collated, changes)
    assert any(before[who].overall.score != after[who].overall.score for who, _ in places)
    assert any(
        before[who].sections[section].point != result.point
        for who in after
        for section, result in after[who].sections.items()
    )
    assert_follows(edit(book, changes), after, round_)


def test_a_rating_that_is_emptied_or_made_up_leaves_the_sums(
    round_: Round, collated: Collated, book: Book
) -> None:
    table = frame(collated.tables.ratings)
    first = table[table["value"] == GREEN].iloc[0]
    place = (first["recipient_id"], first["question_id"])
    for written in ("", "Greenish"):
        shown = edit(book, {place: written})
        values = rated(round_, collated, {place: written})
        assert_follows(shown, values, round_)
