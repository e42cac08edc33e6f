"""The forms of workbook other than .xlsx: .xls, .xlsb, .ods."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib

import pytest
from olefile import DEFECT_POTENTIAL, OleFileIO

from auditkit.guard import Limits
from auditkit.guard.ole import stored
from auditkit.guard.records import check_xls, check_xlsb
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake.ods import MIMETYPE
from auditkit.returns.sheets import Contained
from tests.corpus.case import entry
from tests.corpus.cfb import biff, cfb, xls
from tests.corpus.kinds import ods
from tests.corpus.zips import members, raw_zip, xlsb, zipped
from tests.returns.filled import COMPLETE, grids
from tests.returns.intake.opened import book, problem

ROWS: list[list[object]] = [["a", 1.0], ["", "Ü✔"]]


@pytest.mark.parametrize(
    "content", [xls({"A": ROWS, "B": []}), xlsb({"A": ROWS, "B": []})], ids=["xls", "xlsb"]
)
def test_cells_come_as_they_are(content: bytes) -> None:
    first, second = book(content).sheets
    assert (first.name, first.rows) == ("A", [["a", 1.0], ["", "Ü✔"]])
    assert (second.name, second.rows) == ("B", [])


@pytest.mark.parametrize("made", [xls, xlsb])
def test_a_whole_return_comes(made) -> None:
    cells = grids(COMPLETE)
    found = {sheet.name: sheet.rows for sheet in book(made(cells)).sheets}
    for name, rows in cells.items():
        padded = [[cell or "" for cell in row] for row in rows]
        assert [[c for c in row if c != ""] for row in found[name]] == [
            [c for c in row if c != ""] for row in padded
        ]


def test_an_xls_is_known_however_its_stream_is_spelt() -> None:
    """Names in an OLE file are the same in capitals, and some programs write them so."""
    assert book(cfb({"WORKBOOK": biff({"A": ROWS})})).sheets[0].rows == ROWS


def test_far_cells_are_refused() -> None:
    cell = struct.pack("<HHHHHd", 0x0203, 14, 65535, 65535, 0, 1.0)
    assert problem(cfb({"Workbook": biff({"A": ROWS}, cell)}))[0] == "file-too-large"
    assert problem(xlsb({"A": ROWS}), cells=1)[0] == "file-too-large"
    check_xlsb(b"\x80", Limits())
    check_xlsb(b"\x05\x10\x01", Limits())


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def test_a_sheet_that_begins_within_a_record_is_looked_at_from_there() -> None:
    cells = [struct.pack("<3Hd", row, col, 0, 1.0) for row, col in ((65535, 0), (0, 255))]
    begin, end = record(0x0809, bytes(16)), record(0x000A, b"")
    hidden = begin + record(0x0203, cells[0]) + begin + end + record(0x0203, cells[1]) + end
    before = (
        begin + record(0x0085, struct.pack("<I", 4 + 16 + 4 + 12 + 4) + bytes(8)) + record(0x1234, hidden)
    )
    with pytest.raises(UnreadableError, match="file-too-large"):
        check_xls(before + end, Limits(cells=1_000_000))
    check_xls(before.replace(cells[1], cells[0]) + end, Limits(cells=1_000_000))


def test_a_record_that_is_too_short_is_taken_with_what_stood_in_its_place_before() -> None:
    far = struct.pack("<I", 1_000_000)
    sheet = b"\x01\x04" + far + b"\x00\x00" + b"\x02\x0c" + struct.pack("<I", 99) + bytes(8)
    with pytest.raises(UnreadableError, match="file-too-large"):
        check_xlsb(sheet, Limits(cells=1_000_000))
    check_xlsb(sheet.replace(far, bytes(4)), Limits(cells=1_000_000))


def test_a_chain_of_sectors_that_leads_back_into_itself_is_not_followed() -> None:
    """A reader that follows it fills all memory."""
    content = bytearray(xls({"A": ROWS}))
    (sector,) = struct.unpack_from("<I", content, 76)
    struct.pack_into("<128I", content, 512 * (1 + sector), *[0] * 128)
    assert book(bytes(content)).sheets[0].rows == ROWS


@pytest.mark.parametrize("size", [0, 1, 4096, 4097, 5_000_000])
def test_what_the_guard_stores_is_an_ole_file_of_one_stream(size: int) -> None:
    made = stored("Workbook", bytes(range(1, 256)) * (size // 255) + b"x" * (size % 255))
    with OleFileIO(io.BytesIO(made), raise_defects=DEFECT_POTENTIAL) as file:
        assert file.listdir() == [["Workbook"]]
        read = file.openstream("Workbook").read()
    assert read.rstrip(b"\0") == bytes(range(1, 256)) * (size // 255) + b"x" * (size % 255)


def test_macros_and_embedded_files_are_named() -> None:
    found = book(
        xls({"A": ROWS}, {"_VBA_PROJECT_CUR": {"dir": b"x"}, "MBD1": {"x": b"y"}, "MBD2": {"x": b"y"}})
    )
    assert found.contained == (Contained("macros", 1), Contained("embedded", 2))
    parts = {**members(xlsb({"A": ROWS})), "xl/vbaProject.bin": b"x"}
    assert book(zipped(parts)).contained == (Contained("macros", 1),)


def test_an_opendocument_file_with_two_contents_is_refused() -> None:
    """Another program might show the one that isn't read here."""
    once = [entry(name, data) for name, data in members(ods("")).items() if name != "mimetype"]
    kind = {"name": "mimetype", "data": MIMETYPE, "method": 0, "crc": zlib.crc32(MIMETYPE)}
    assert book(raw_zip([kind, *once])).sheets
    twice = raw_zip([kind, *once, entry("content.xml", b"<x/>")])
    assert problem(twice) == ("file-unsafe", {"reason": "two of its parts have the same name"})


def test_no_sheet_at_all_is_damage() -> None:
    assert problem(cfb({"Workbook": b""}))[0] == "file-damaged"


def cell(kind: str = "", text: str = "", **attributes: str) -> str:
    said = "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    said += f' office:value-type="{kind}"' if kind else ""
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell{said}>{inside}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def only(*rows: str) -> list[list[object]]:
    return book(ods("".join(rows))).sheets[0].rows


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        (cell("string", "text"), "text"),
        (cell("string", "two<text:s text:c='2'/>three<text:tab/>x<text:line-break/>y"), "two  three\tx\ny"),
        (cell("string", "a<text:span>b</text:span>c<text:s/>d<text:s text:c='x'/>"), "abc d "),
        (cell("string", "one</text:p><text:p>two"), "one\ntwo"),
        (cell("string", string_value="only said"), "only said"),
        (cell("float", "12", value="12"), 12.0),
        (cell("percentage", "85%", value="0.85"), 0.85),
        (cell("float", "NaN", value="NaN"), "NaN"),
        (cell("float", "x", value="x"), "x"),
        (cell("boolean", "TRUE", boolean_value="true"), True),
        (cell("date", "x", date_value="2026-09-07"), dt.date(2026, 9, 7)),
        (cell("date", "x", date_value="2026-09-07T10:30:00.5"), dt.datetime(2026, 9, 7, 10, 30)),
        (cell("date", "x", date_value="2026-09-07T00:00:00"), dt.date(2026, 9, 7)),
        (cell("date", "soon", date_value="soon"), "soon"),
        (cell("string", "kept<office:annotation><text:p>not</text:p></office:annotation>"), "kept"),
    ],
)
def test_cells_of_an_open_document(xml: str, value: object) -> None:
    found = only(row(xml))
    assert found == [[value]]
    assert type(found[0][0]) is type(value)


def test_repeated_and_grouped_rows_and_cells_stand_where_they_belong() -> None:
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    twice = cell("string", "x").replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="2"'
    )
    odd = cell("string", "y").replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="odd"'
    )
    below = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    gap = f'<table:table-row table:number-rows-repeated="2">{blank}</table:table-row>'
    group = f"<table:table-header-rows>{row(blank, twice)}</table:table-header-rows>"
    assert only(group, gap, row(odd, blank), below) == [
        ["", "", "", "x", "x"],
        [""] * 5,
        [""] * 5,
        ["y", *[""] * 4],
    ]
    assert only(below) == []


def test_what_an_open_document_says_of_itself() -> None:
    parts = members(ods(row(cell("string", "x"))))
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<meta:creation-date>2026-09-01T09:00:00</meta:creation-date><dc:date>{}</dc:date></office:document-meta>"
    )
    files = {"Pictures/1.png": b"x", "Object 1/content.xml": b"x", "Basic/Standard/Module1.xml": b"x"}
    content = parts["content.xml"].replace(b"<table:table ", b"<table:table-source/><table:table ")

    def saved(said: str) -> dt.datetime | None:
        made = {**parts, **files, "content.xml": content, "meta.xml": meta.format(said).encode()}
        return book(zipped(made, 0)).saved

    assert saved("2026-11-24T02:16:53.123") == dt.datetime(2026, 11, 24, 2, 16, 53, tzinfo=dt.timezone.utc)
    assert saved("2026-09-01T09:00:00") is None
    assert saved("yesterday") is None
    found = book(zipped({**parts, **files, "content.xml": content}, 0))
    assert found.contained == tuple(
        Contained(kind, 1) for kind in ("macros", "embedded", "pictures", "links")
    )
    assert found.saved is None


def test_open_documents_built_to_explode_are_refused() -> None:
    many = cell("float", "1", value="1").replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="99999"'
    )
    wide = f'<table:table-row table:number-rows-repeated="99999">{many}</table:table-row>'
    assert problem(ods(wide))[0] == "file-too-large"
    assert problem(ods(row(cell("string", "x"), cell("string", "x"))), cells=1)[0] == "file-too-large"
    assert problem(ods("<table:table-row>"))[0] == "file-damaged"
    content = members(ods(""))["content.xml"].replace(b"office:spreadsheet", b"office:text")
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    assert problem(zipped({"mimetype": kind, "content.xml": content}, 0))[0] == "file-damaged"


def test_an_open_document_is_known_wherever_its_kind_stands() -> None:
    parts = members(ods(row(cell("string", "x"))))
    assert book(zipped(dict(reversed(parts.items())), 0)).sheets[0].rows == [["x"]]
