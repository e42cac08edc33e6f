from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from auditkit.guard import MEGABYTE, Limits, office
from auditkit.returns.intake import UnreadableError, calamine, look, package, unread, xlsx
from auditkit.returns.intake import saved as saved_module
from auditkit.returns.sheets import Sheet
from tests.corpus.zips import added, members, raw_zip
from tests.returns.filled import COMPLETE, grids, opened, saved
from tests.rounds import small_round, workbook_of

TEXTS = (
    "two\nlines",
    "return\r\nand line",
    "_x000D_",
    "x_x000D_y",
    " leading and trailing ",
    "\ttab",
    "é ü ß Ł ✔ 😀 ‏עברית",
    "=SUM(A1)",
    "+44 20",
    "'quoted'",
    '<b>&amp;"',
    "z" * 30_000,
    "TRUE",
    "0012",
)


def replaced(content: bytes, **parts: bytes | None) -> bytes:
    """Return a workbook with parts replaced, or left out for None."""
    names = {
        "core": "docProps/core.xml",
        "sheet1": "xl/worksheets/sheet1.xml",
        "workbook": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
    }
    by_name = {names[key]: data for key, data in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            data = by_name.get(name, source.read(name))
            if data is not None:
                made.writestr(name, data)
    return target.getvalue()


def sheet_of(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def with_sheet(rows: str) -> bytes:
    return replaced(saved({"A & B": [["x"]]}), sheet1=sheet_of(rows))


def only_rows(content: bytes):
    return opened(content).sheets[0].rows


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_back_as_it_was_typed(text: str) -> None:
    assert only_rows(saved({"A": [[None], [None, text]]}))[1][1] == text


@pytest.mark.parametrize("text", [t for t in TEXTS if "_x000D_" not in t and "\r" not in t])
def test_text_saved_by_openpyxl_comes_back_too(text: str) -> None:
    # openpyxl neither escapes _x000D_ nor keeps a carriage return: that is lost before it reaches us.
    assert only_rows(saved({"A": [[None], [None, text]]}, "openpyxl"))[1][1] == text


@pytest.mark.parametrize("writer", ["xlsxwriter", "openpyxl"])
def test_types_and_positions_are_kept(writer: str) -> None:
    typed = [5, 2.5, True, dt.date(2026, 9, 1), dt.datetime(2026, 9, 1, 12, 30), "x"]
    rows = only_rows(saved({"A": [[], [], [None, *typed]]}, writer))
    assert rows == [[""] * 7, [""] * 7, ["", *typed]]
    assert type(rows[2][3]) is bool


def test_all_sheets_come_hidden_or_not_but_no_charts() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("seen").write(0, 0, 1)
    book.add_worksheet("hidden").hide()
    book.add_worksheet("very hidden").very_hidden()
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=seen!$A$1"})
    book.add_chartsheet("chart").set_chart(chart)
    book.close()
    found = opened(target.getvalue()).sheets
    assert [(s.name, s.rows) for s in found] == [("seen", [[1.0]]), ("hidden", []), ("very hidden", [])]


def test_formulas_give_the_value_saved_with_them_and_errors_their_text() -> None:
    cells = {
        "A": [["{=A2}text", "{=1+1}2"], ["{=1/0}#DIV/0!", "x"]],
        "B & C": [[], [None, None, "{=Z1}#REF!"]],
    }
    first, second = opened(saved(cells)).sheets
    assert first.rows == [["text", "2"], ["#DIV/0!", "x"]]
    assert second.rows[1] == ["", "", "#REF!"]


def test_errors_without_addresses_or_text_are_placed() -> None:
    rows = '<row><c><v>5</v></c><c t="e"><v>#N/A</v></c></row><row r="3"><c r="A3"/><c t="e"/></row>'
    archive = look(with_sheet(rows), Limits()).archive
    assert archive is not None
    found = unread.find(office.parts(archive, Limits()), [Sheet("A & B", [[5.0, ""]])], Limits())
    assert found == {"A & B": [(0, 1, "#N/A"), (2, 1, "#VALUE!")]}
    assert only_rows(with_sheet(rows)) == [[5.0, "#N/A"], ["", ""], ["", "#VALUE!"]]


@pytest.mark.parametrize("lost", [(0, 0), (1, 1)])
def test_what_the_reader_leaves_out_is_found_and_put_back(monkeypatch, lost: tuple[int, int]) -> None:
    """A reader with a fault that drops a filled cell must not cost the respondent an answer."""
    whole = [["shared", 2.0], ["", "more"]]
    read = calamine.sheets

    def leaky(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
        (sheet,) = read(content, limits)
        sheet.rows[lost[0]][lost[1]] = ""
        return (sheet,)

    monkeypatch.setattr(calamine, "sheets", leaky)
    assert only_rows(saved({"A": whole})) == whole


def test_rows_that_the_reader_leaves_out_come_back(monkeypatch) -> None:
    monkeypatch.setattr(calamine, "sheets", lambda content, limits: (Sheet("A", []),))
    inline = '<x:c r="B2" t="inlineStr"><x:is><x:r><x:t>o</x:t></x:r><x:r><x:t>ne</x:t></x:r></x:is></x:c>'
    sheet = f'<x:worksheet xmlns:x="u"><x:sheetData><x:row r="2">{inline}</x:row></x:sheetData></x:worksheet>'
    assert only_rows(replaced(saved({"A": [["x"]]}), sheet1=sheet.encode())) == [["", ""], ["", "one"]]


def test_a_shared_text_that_is_empty_is_no_answer() -> None:
    assert only_rows(saved({"A": [["x", ""]]}, "openpyxl"))[0][0] == "x"


def test_our_own_workbook_is_not_read_a_second_time(tmp_path, monkeypatch) -> None:
    """Our forms hold texts that are empty, and those were once taken for answers that the reader left out."""
    content = workbook_of(small_round(tmp_path), "A1").read_bytes()
    monkeypatch.setattr(unread.xml, "tree", lambda *_: pytest.fail("read a second time"))
    assert len(opened(content).sheets) > 2


def test_inline_text_is_read() -> None:
    inline = '<c r="A1" t="inlineStr"><is><t>one</t></is></c>'
    formula = '<c r="B1" t="str"><f>A1</f><v>two</v></c>'
    assert only_rows(with_sheet(f'<row r="1">{inline}{formula}</row>')) == [["one", "two"]]


def test_numbers_that_are_none_become_text() -> None:
    rows = '<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>1e999</v></c><c r="C1"><v>3</v></c></row>'
    assert only_rows(with_sheet(rows)) == [["nan", "inf", 3.0]]


def test_formatting_far_away_makes_no_giant_of_a_sheet() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert only_rows(with_sheet(rows)) == [[1.0]]


def refused(content: bytes, **limits: int) -> UnreadableError:
    held_to = Limits(**limits)
    with pytest.raises(UnreadableError) as problem:
        xlsx.read(look(content, held_to), held_to)
    return problem.value


def test_more_cells_than_any_workbook_has_are_refused() -> None:
    problem = refused(saved({"A": [[1, 2], [3, 4]]}), cells=3)
    assert problem.code == "file-too-large"
    assert dict(problem.data)["size"] == "2 rows by 2 columns on the sheet “A”"


def test_sheets_count_together() -> None:
    assert refused(saved({"A": [[1]], "B": [[2]]}), cells=1).code == "file-too-large"


def test_parts_too_large_to_look_at_are_refused() -> None:
    content = saved({"A": [[1]]})
    assert dict(refused(content, part_bytes=100).data)["limit"] == "0 KB"
    assert refused(content, workbook_bytes=100).code == "file-too-large"
    assert refused(content, ratio=1, ratio_from=100, part_bytes=MEGABYTE).code == "file-unsafe"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>nonsense</v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></row>',
    ],
    ids=["no such text", "no such error", "broken"],
)
def test_a_broken_part_is_damage(rows: str) -> None:
    assert refused(with_sheet(rows)).code == "file-damaged"


def test_a_document_type_is_refused() -> None:
    typed = sheet_of('<row><c t="e"><v>#N/A</v></c></row>').replace(
        b"?><", b'?><!DOCTYPE x [<!ENTITY a "b">]><'
    )
    assert refused(replaced(saved({"A": [["x"]]}), sheet1=typed)).code == "file-unsafe"


def test_a_missing_part_is_damage() -> None:
    assert refused(replaced(saved({"A": [["x"]]}), rels=None)).code == "file-damaged"


def test_parts_of_other_programs_are_left_alone() -> None:
    """Excel itself keeps some in UTF-16, as it does for a data model."""
    custom = '<?xml version="1.0" encoding="utf-16"?><Gemini/>'.encode("utf-16")
    for name in ("customXml/item1.xml", "xl/tables/table1.xml", "xl/worksheets/_rels/sheet1.xml.rels"):
        assert opened(added(saved({"A": [["x"]]}), {name: custom})).sheets[0].rows == [["x"]]


def test_parts_of_the_same_name_or_that_lead_outside_are_refused() -> None:
    content = saved({"A": [["x"]]})
    for name in ("XL/Workbook.xml", "../outside.xml", "xl/../../outside.xml"):
        assert refused(added(content, {name: b"<x/>"})).code == "file-unsafe"
    assert opened(added(content, {"xl/media/": b""})).contained == ()


def test_a_link_that_can_not_be_looked_into_is_still_a_link() -> None:
    broken = raw_zip(
        [
            *(
                {"name": n, "data": d, "method": 0, "crc": zlib.crc32(d)}
                for n, d in members(saved({"A": [["x"]]})).items()
            ),
            {"name": "xl/externalLinks/externalLink1.xml", "data": b"x", "method": 99},
        ]
    )
    archive = look(broken, Limits()).archive
    assert archive is not None
    assert [(c.kind, c.count) for c in package.contained(archive)] == [("links", 1)]


def test_an_error_cell_in_a_workbook_without_its_list_of_sheets_is_damage() -> None:
    content = replaced(with_sheet('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'), rels=None)
    assert refused(content).code == "file-damaged"


class PanicException(BaseException):
    pass


@pytest.mark.parametrize(
    ("raised", "expected"), [(PanicException, UnreadableError), (KeyboardInterrupt, KeyboardInterrupt)]
)
def test_a_panic_of_the_reader_is_damage_and_an_interrupt_is_not(monkeypatch, raised, expected) -> None:
    def fail(stream):
        raise raised("index out of bounds")

    class Broken:
        from_filelike = staticmethod(fail)

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Broken)
    with pytest.raises(expected):
        opened(saved({"A": [["x"]]}))


def test_only_workbooks_are_recognised() -> None:
    assert xlsx.recognises(look(saved(grids(COMPLETE)), Limits()))
    assert not xlsx.recognises(look(b"%PDF", Limits()))


def core(created: str, modified: str) -> bytes:
    stamps = (
        f"<dcterms:created>{created}</dcterms:created><dcterms:modified t='x'>{modified}</dcterms:modified>"
    )
    return f"<cp:coreProperties>{stamps}</cp:coreProperties>".encode()


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("2026-11-24T02:16:53Z", (2026, 11, 24, 2, 16, 53)),
        ("2026-11-24T02:16:53.1234567Z", (2026, 11, 24, 2, 16, 53)),
        ("2026-11-24T02:16:53+01:00", (2026, 11, 24, 1, 16, 53)),
        ("2026-11-24T23:30-02:00", (2026, 11, 25, 1, 30, 0)),
        (" 2026-11-24 ", (2026, 11, 24, 0, 0, 0)),
        ("2026-13-24T02:16:53Z", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("yesterday", None),
        ("2020-01-01T00:00:00Z", None),
    ],
)
def test_when_it_was_saved(stamp: str, time) -> None:
    content = replaced(saved({"A": [["x"]]}), core=core("2020-01-01T00:00:00Z", stamp))
    expected = dt.datetime(*time, tzinfo=dt.timezone.utc) if time else None
    assert opened(content).saved == expected


def test_a_workbook_may_not_say_when_it_was_saved() -> None:
    assert opened(replaced(saved({"A": [["x"]]}), core=None)).saved is None
    assert saved_module.time({}) is None


def test_a_time_lost_in_spaces_is_searched_for_once() -> None:
    """Searched again from each space, this would take minutes."""
    assert saved_module.time({"docProps/core.xml": b"<modified>" + b" " * 90_000 + b"x"}) is None


def test_saving_in_openpyxl_says_when() -> None:
    book = openpyxl.load_workbook(io.BytesIO(saved({"A": [["x"]]})))
    book.properties.created = dt.datetime(2020, 1, 1)
    target = io.BytesIO()
    book.save(target)
    when = opened(target.getvalue()).saved
    assert when is not None
    assert abs(dt.datetime.now(dt.timezone.utc) - when) < dt.timedelta(minutes=5)
