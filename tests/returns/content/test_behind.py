"""What stands behind the cells of a workbook."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditkit.returns.content import behind
from auditkit.returns.content.behind import Behind, Inside, as_typed, find

BOOK = b"""<workbook xmlns:r="x"><workbookPr filterPrivacy="1" date1904="1"/><sheets>
<sheet name="A &amp; B" sheetId="1" r:id="rId1"/><sheet name='H' sheetId="2" state="veryHidden" r:id="rId2"/>
<sheet name="Gone" sheetId="3" r:id="rId3"/></sheets></workbook>"""
RELATIONS = b"""<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/>
<Relationship Target="/xl/worksheets/sheet2.xml" Type="t" Id="rId2"/></Relationships>"""
SHEET = b"""<worksheet><cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" hidden="0"/>
<col min="x" max="99999999" hidden="true"/></cols><sheetData>
<row r="4" hidden="1"><c r="A4" t="s"><v>0</v></c></row><row hidden="true" spans="1:2" r="9"/><row r="10" hidden="0"/>
<row r="5"><c r="B5" s="1" t="str"><f>IF(A1&gt;2,"x","")</f><v>x</v></c><c r="C5"><v>1</v></c>
<c r="AA5"><f t="shared" si="0"/><v>1</v></c></row></sheetData></worksheet>"""
PARTS = {
    "xl/workbook.xml": BOOK,
    "xl/_rels/workbook.xml.rels": RELATIONS,
    "xl/worksheets/sheet1.xml": SHEET,
    "xl/worksheets/sheet2.xml": b"<x:worksheet><x:sheetData><x:row r='2' hidden='1'/><x:c r='A1'><x:f>1+1</x:f></x:c></x:sheetData></x:worksheet>",
}


def test_formulas_and_what_is_hidden() -> None:
    inside = find(PARTS)
    first = inside.sheets["A & B"]
    assert {place: as_typed(text) for place, text in first.formulas.items()} == {
        (4, 1): '=IF(A1>2,"x","")',
        (4, 26): "=",
    }
    assert first.hidden_rows == {3, 8}
    assert {1, 2} <= first.hidden_columns
    assert not first.hidden
    assert inside.sheets["H"] == Behind({(0, 0): b"1+1"}, frozenset({1}), frozenset(), hidden=True)
    assert list(inside.sheets) == ["A & B", "H"]
    assert inside.epoch_1904


def test_damage_tells_nothing() -> None:
    assert find({}) == Inside()
    assert find({"xl/workbook.xml": b"<sheet <sheet name=>"}) == Inside()


def test_tags_that_never_end_are_searched_once() -> None:
    """Searched again from each place in them, these would take hours."""
    sheet = b"<c " + b'r="A1" ' * 100_000 + SHEET
    long_name = b"<sheet " + b"a" * 500_000 + b"/>"
    inside = find({**PARTS, "xl/worksheets/sheet1.xml": sheet, "xl/workbook.xml": long_name + BOOK})
    assert inside.sheets["A & B"].formulas == {(4, 1): b'IF(A1&gt;2,"x","")', (4, 26): b""}


def test_the_calendar_of_1900_is_the_rule() -> None:
    book = BOOK.replace(b'date1904="1"', b'date1904="0"')
    assert not find({**PARTS, "xl/workbook.xml": book}).epoch_1904


PIECES = st.sampled_from(
    [
        *(b'<c r="A1" s="3">', b'<c r="AB12">', b"<c s='1' r='C3'>", b'<x:c r="D4">', b"<c>", b"</c>", b"  "),
        *(
            b"<f>A1+1</f>",
            b"<f/>",
            b'<f t="shared" si="0"/>',
            b"<f >&lt;</f>",
            b"<f\n>1</f>",
            b"<f>",
            b"<x:f>1</x:f>",
        ),
        *(b"<v>1</v>", b"<formula1>1</formula1>", b'<c r="E5" ' + b" " * 450 + b">"),
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_formulas_are_the_same_at_one_go_and_one_by_one(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    assert list(behind._formulas(data)) == list(behind._searched(data, behind.FORMULA))


TAGS = st.sampled_from(
    [
        *(
            b'<row r="3" hidden="1">',
            b"<row hidden='true' r='4'/>",
            b'<row r="5" xhidden="1">',
            b"<row ",
            b'r="6" ',
        ),
        *(
            b'hidden="1"',
            b'<col min="2" max="3" hidden="1"/>',
            b'<x:row r="7" hidden="1">',
            b">",
            b"<c>",
            b"x",
        ),
    ]
)


@given(st.lists(TAGS, max_size=10))
def test_what_is_hidden_is_the_same_looked_for_and_looked_at(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    row, col = behind.PLAIN
    seen = behind._behind(data, False)
    assert seen.hidden_rows == {int(r) - 1 for r in row.findall(data)}
    assert bool(seen.hidden_columns) == bool(col.findall(data))
