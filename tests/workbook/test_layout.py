"""Where everything stands, and whose workbook it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.heights import Text, row_height
from auditkit.workbook.blocks import SHEET_NAME_LIMIT, layout_for
from auditkit.workbook.identity import SHEET_MARKER, Identity, from_reference, from_rows
from auditkit.workbook.layout import COVER
from auditkit.workbook.style import ink_on

RATING = Field("rating", "Rating", "rating", scale="rag", role="rating")


def audit(*titles, **more):
    sections = tuple(
        Section(f"S{i}", title, (Question(f"S{i}-1", "Is it?"),), **more) for i, title in enumerate(titles)
    )
    scale = Scale("rag", (Point("green", "Green", "#00FF00"),))
    cover = (Field("author", "Author", "person"),)
    return Audit("a", "A", "1", (scale,), (RATING,), cover, sections, RollUp("worst"), RollUp("worst"))


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8))
def test_sheet_names_are_those_that_excel_takes_and_never_the_same(titles):
    names = [block.sheet for block in layout_for(audit(*titles)).blocks]
    assert all(0 < len(name) <= SHEET_NAME_LIMIT for name in names)
    assert not set("[]:*?/\\") & set("".join(names))
    assert not any(name.startswith("'") or name.endswith("'") for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_a_long_title_is_cut_at_a_word():
    (_, block) = layout_for(audit("Working together to help and protect children")).blocks
    assert block.sheet == "1 Working together to help"


def test_every_answer_cell_is_found_by_its_keys():
    layout = layout_for(audit("Leadership"))
    slot = layout.by_id["S0"].by_key["S0-1", "rating"]
    assert (slot.field, slot.row, slot.col) == (RATING, 5, 2)
    assert layout.cover.by_key["author", "answer"].field.kind == "person"
    assert [section.id for _, section in layout.sections()] == ["S0"]
    assert layout.blocks[0].id == COVER


def test_the_digest_changes_with_what_is_asked_and_with_nothing_else():
    one = audit("Leadership")
    assert layout_for(one).digest == layout_for(audit("Leaders")).digest
    text = replace(one, responses=(replace(RATING, kind="text", scale=""),))
    assert layout_for(one).digest != layout_for(text).digest
    assert layout_for(one).digest != layout_for(audit("Leadership", "Training")).digest


IDENTITY = Identity("s11-2026", "S11-001", "2026.1", 2, "0123456789abcdef")


def test_identity_goes_through_the_sheet_and_through_the_line():
    signed = IDENTITY.signed(b"key")
    assert from_rows(signed.rows()) == signed
    assert from_reference(signed.reference) == IDENTITY
    assert signed.verifies(b"key")
    assert not signed.verifies(b"another key")
    assert not from_reference(signed.reference).verifies(b"key")


@pytest.mark.parametrize(
    "change",
    [{"recipient_id": "S11-002"}, {"round_id": "s11"}, {"edition": "2"}, {"issue": 3}, {"layout": "0"}],
)
def test_an_altered_identity_no_longer_verifies(change):
    assert not replace(IDENTITY.signed(b"key"), **change).verifies(b"key")


def test_values_cant_be_shifted_between_fields():
    one, other = (
        replace(IDENTITY, round_id="ab", recipient_id="c"),
        replace(IDENTITY, round_id="a", recipient_id="bc"),
    )
    assert one.signed(b"k").signature != other.signed(b"k").signature


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("round_id", "a")],
        [(SHEET_MARKER, "")],
        [(SHEET_MARKER, ""), *replace(IDENTITY, recipient_id="").rows()[1:]],
        [*IDENTITY.rows()[:4], ("issue", "two"), *IDENTITY.rows()[5:]],
    ],
)
def test_half_an_identity_is_none(rows):
    assert from_rows(rows) is None


@pytest.mark.parametrize("line", ["", "a | b", "a | b | c | d | e", "a | b | c | 1 | e | f"])
def test_another_line_is_no_reference(line):
    assert from_reference(line) is None


def test_rows_are_as_tall_as_their_tallest_cell_needs():
    short, long = Text("Yes", 20), Text("word " * 60, 20)
    assert row_height() == row_height((short,))
    assert row_height((short,), (long,)) == row_height((long,)) > row_height((short,))
    assert row_height((short, short)) > row_height((short,))
    assert row_height((Text("word " * 60, 20, bold=True),)) >= row_height((long,))
    assert row_height((Text("unbreakable" * 30, 20),)) > row_height((short,))
    assert row_height((Text("word " * 5_000, 20),)) == 409


@pytest.mark.parametrize(
    ("fill", "ink"), [("#FFFFFF", "#000000"), ("#FBF0A8", "#000000"), ("#1D4E6B", "#FFFFFF")]
)
def test_words_on_a_colour_can_be_read(fill, ink):
    assert ink_on(fill) == ink
