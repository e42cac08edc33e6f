from __future__ import annotations

import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.guard import MEGABYTE, Budget, Limits, archive, cells, office, ole, xml
from auditkit.guard.limits import megabytes
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import look
from tests.corpus.cfb import cfb
from tests.corpus.zips import deflated, endless, raw_zip, zipped
from tests.returns.filled import COMPLETE, grids, saved

LIMITS = Limits()


def code(what, *args, **limits) -> str:
    with pytest.raises(UnreadableError) as problem:
        what(*args)
    return problem.value.code


def inflated(content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    opened = archive.opened(content, limits)
    return {member.name: opened.inflate(member) for member in opened.members}


def test_what_a_library_wrote_is_read() -> None:
    files = {"a.txt": b"x" * 1000, "ü/✔": b"", "folder/": b""}
    assert inflated(zipped(files)) == files
    assert inflated(zipped(files, zipfile.ZIP_STORED)) == files
    assert inflated(b"before" + zipped(files)) == files
    assert [m.is_folder for m in archive.opened(zipped(files), LIMITS).members] == [False, False, True]


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), st.binary(max_size=500), max_size=8
    )
)
def test_what_we_store_comes_back(parts: dict[str, bytes]) -> None:
    assert inflated(archive.stored(parts)) == parts


def test_sizes_are_measured_and_never_believed() -> None:
    bomb = raw_zip([{"name": "a", "data": endless(300), "full": 10}])
    assert code(inflated, bomb) == "file-unsafe"
    assert code(inflated, bomb, Limits(ratio=10_000)) == "file-too-large"
    stored = raw_zip([{"name": "a", "data": b"x" * 2000, "method": 0}])
    assert code(inflated, stored, Limits(part_bytes=1000)) == "file-too-large"


def test_a_bomb_is_found_out_long_before_it_is_inflated() -> None:
    bomb = raw_zip([{"name": "a", "data": endless(4096)}])
    began = time.perf_counter()
    assert code(inflated, bomb) in ("file-unsafe", "file-too-large")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "change",
    [
        {"crc": 1},
        {"method": 99},
        {"data": b"\xff" * 99},
        {"data": deflated(b"x" * 999)[:5]},
        {"packed": 99_999},
    ],
)
def test_broken_members_are_damage(change: dict) -> None:
    assert (
        code(inflated, raw_zip([{"name": "a", "data": deflated(b"x"), "crc": 0x8CDC1683} | change]))
        == "file-damaged"
    )


def test_locked_members_ask_for_a_password() -> None:
    assert code(inflated, raw_zip([{"name": "a", "data": b"x", "flags": 1}])) == "file-password"


def test_members_that_share_bytes_are_refused() -> None:
    twice = raw_zip([{"name": "a", "data": deflated(b"x" * 99)}, {"name": "b", "where": 0, "packed": 5}])
    assert code(archive.opened, twice, LIMITS) == "file-unsafe"
    assert code(archive.opened, zipped({str(n): b"" for n in range(9)}), Limits(members=8)) == "file-unsafe"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\3\4",
        zipped({"a": b"x"})[:-5],
        zipped({"a": b"x"})[:-30] + zipped({"a": b"x"})[-22:],
        zipped({"a": b"x"}).replace(b"PK\1\2", b"PK\1\3"),
        b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 1, 1, 0xFFFFFFFF, 0, 0),
    ],
)
def test_a_broken_index_is_damage(content: bytes) -> None:
    assert code(archive.opened, content, LIMITS) == "file-damaged"


def large(size: int, extra: bytes, *, end: bool = True) -> bytes:
    """Return an archive that keeps its sizes where those above 4 GB are kept."""
    data = b"x" * size
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 45, 0, 0, 0, 33, 0x8CDC1683, size, size, 1, 0) + b"a" + data
    entry = struct.pack(
        "<4s6H3I5H2I",
        *(
            b"PK\1\2",
            45,
            45,
            0,
            0,
            0,
            33,
            0x8CDC1683,
            0xFFFFFFFF,
            0xFFFFFFFF,
            1,
            len(extra),
            0,
            0,
            0,
            0,
            0xFFFFFFFF,
        ),
    )
    index = entry + b"a" + extra
    wide = struct.pack(
        "<4sQ2H2I4Q", b"PK\6\6" if end else b"PK\6\5", 44, 45, 45, 0, 0, 1, 1, len(index), len(local)
    )
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(local) + len(index), 1)
    last = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return local + index + wide + locator + last


def test_archives_in_the_form_for_large_files_are_read() -> None:
    extra = struct.pack("<2HI", 9, 4, 0) + struct.pack("<2H3Q", 1, 24, 1, 1, 0)
    assert inflated(large(1, extra)) == {"a": b"x"}
    assert code(archive.opened, large(1, struct.pack("<2HQ", 1, 8, 1)), LIMITS) == "file-damaged"
    assert code(archive.opened, large(1, extra, end=False), LIMITS) == "file-damaged"
    assert code(inflated, large(1, b"")) == "file-damaged"


def test_a_budget_is_spent_by_everything_that_draws_on_it() -> None:
    budget = Budget(150)
    opened = archive.opened(zipped({"a": b"x" * 100, "b": b"y" * 100}), LIMITS)
    opened.inflate(opened.members[0], budget)
    assert code(opened.inflate, opened.members[1], budget) == "file-too-large"


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE x><a/>",
        b"<!doctype x><a/>",
        b'<?xml version="1.0"?>\n<!ENTITY a "b"><a/>',
        b"<a><!-- <!DOCTYPE --></a>",
        "<!DOCTYPE x><a/>".encode("utf-16"),
        b'<?xml version="1.0" encoding="cp037"?>' + "<!DOCTYPE x><a/>".encode("cp037"),
        b"\xef\xbb\xbf<?xml version='1.0' encoding = 'UTF-7'?><a/>",
    ],
)
def test_document_types_are_refused_however_they_are_hidden(data: bytes) -> None:
    assert code(xml.check, data) == "file-unsafe"
    assert code(xml.tree, data, LIMITS) == "file-unsafe"


@pytest.mark.parametrize(
    "data", [b"<a/>", b"<a><!-- c --><![CDATA[<x]]></a>", b'<?xml version="1.0" encoding="UTF-8"?><a/>']
)
def test_ordinary_parts_pass(data: bytes) -> None:
    xml.check(data)
    assert xml.tree(data, LIMITS).tag == "a"


def test_a_tree_keeps_names_attributes_and_text() -> None:
    root = xml.tree(b'<a xmlns="u:x" xmlns:r="u:r" r:id="1">t<b c="&lt;">u</b>v</a>', LIMITS)
    assert (root.tag, root.attrib, root.text) == ("{u:x}a", {"{u:r}id": "1"}, "t")
    assert (root[0].tag, root[0].attrib, root[0].text, root[0].tail) == ("{u:x}b", {"c": "<"}, "u", "v")


def test_a_tree_too_deep_or_broken_is_refused() -> None:
    assert code(xml.tree, b"<a>" * 300, LIMITS) == "file-unsafe"
    assert code(xml.tree, b"<a>", LIMITS) == "file-damaged"


def sheet(rows: str) -> bytes:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="9"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        "<row r='9'><c r='xfd1048576'><is><t>x</t></is></c></row>",
        '<x:row xmlns:x="y"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        "<row/>" * 3000 + "<row>" + "<c/>" * 3000 + "<c><v>1</v></c></row>",
    ],
)
def test_far_cells_are_refused_by_their_addresses(rows: str) -> None:
    assert code(cells.check_sheet, sheet(rows), LIMITS) == "file-too-large"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        '<row r="90000"><c r="A90000"><v>1</v></c></row>',
        '<row r="3" s="1"/><row><c><v>1</v></c><c r="nonsense"><v>1</v></c></row>',
        '<cols><col min="1" max="16384"/></cols>',
    ],
)
def test_sheets_of_an_ordinary_size_pass(rows: str) -> None:
    cells.check_sheet(sheet(rows), LIMITS)


def test_a_sheet_that_has_to_be_parsed_and_cannot_be_is_damage() -> None:
    assert code(cells.check_sheet, b'<row r="99999"><c>', LIMITS) == "file-damaged"


def test_texts_are_counted_and_their_own_count_is_not_believed() -> None:
    cells.check_strings(b'<sst count="3" uniqueCount="2"><si/><si/></sst>', LIMITS)
    few = Limits(strings=1)
    assert code(cells.check_strings, b"<sst><si/><si/></sst>", few) == "file-too-large"
    assert code(cells.check_strings, b"<x:sst uniqueCount = '4294967295'>", LIMITS) == "file-too-large"
    assert code(cells.check_strings, b"<sst a='>' count=\"4294967295\">", LIMITS) == "file-too-large"


def test_texts_made_of_beginnings_are_searched_once() -> None:
    """Searched again from each of its beginnings, this would take hours."""
    cells.check_strings(b"sst " * 500_000 + b"<sst " * 100_000, LIMITS)


def test_an_ole_file_holds_no_more_than_its_bytes() -> None:
    sound = cfb({"a": b"x" * 5000, "b": {"c": b"y"}})
    opened = ole.opened(sound, LIMITS)
    assert opened.names == {"a", "b", "b/c"}
    assert (opened.read("a"), opened.read("b/c")) == (b"x" * 5000, b"y")
    assert code(opened.read, "nowhere") == "file-damaged"
    assert code(ole.opened, sound, Limits(members=2)) == "file-unsafe"
    grown = sound.replace(struct.pack("<II", 5000, 0), struct.pack("<II", 50_000_000, 0))
    assert code(ole.opened, grown, LIMITS) in ("file-unsafe", "file-damaged")
    assert code(ole.opened, sound[:600], LIMITS) == "file-damaged"


def test_an_ordinary_workbook_costs_little_to_check() -> None:
    content = saved(grids(COMPLETE))
    opened = look(content, LIMITS).archive
    assert opened is not None
    began = time.perf_counter()
    for _ in range(20):
        for data in office.parts(opened, LIMITS).values():
            cells.check_sheet(data, LIMITS)
    assert (time.perf_counter() - began) / 20 < 0.05


def test_sizes_are_said_as_officers_read_them() -> None:
    assert megabytes(1500 * MEGABYTE) == "1,500 MB"
    assert megabytes(2048) == "2 KB"
