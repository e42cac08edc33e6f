"""Workbooks made from a stencil: the same as built from nothing, whoever they are for."""

import hashlib
import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from auditkit.register import Recipient
from auditkit.round import load
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.book import Issue
from auditkit.workbook.build import build
from auditkit.workbook.identity import Identity
from auditkit.workbook.issue import generate, read_log
from auditkit.workbook.layout import IDENTITY_SHEET, OWN_COLUMNS, OWN_SHEETS, START_SHEET
from auditkit.workbook.own import Colour, Left, Own
from auditkit.workbook.protection import LONGEST_STAMP, Lock, lock
from auditkit.workbook.stamps import stamps
from auditkit.workbook.stencil import Stencils, cut, filled
from tests.rounds import AUDIT, ISSUED, REGISTER, section11_round, small_round, workbook_of

AWKWARD = [
    "Smith & Sons <Care> \"Ltd\" 'Trust'",
    '=HYPERLINK("http://x.example")',
    "+44 @home -1",
    " spaces at both ends ",
    "two  spaces, a\ttab and\na line",
    "_x000D_ and _x0041_",
    "null \x00 bell \x07 return \r vertical \x0b escape \x1b delete \x7f",
    "not characters \ufffe \uffff",
    "👩‍👧‍👦 Family Hub 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "مركز حماية الأطفال",
    "\u202eright to left\u202c",
    "]]> <!-- --> <r><t>rich</t></r> <is><t>&amp;</is> </dc:description>",
    "S" * 250,
    "St Anne's Church of England Voluntary Controlled Primary School and Nursery " * 4,
    "1",
    "GOV-1",
]
# Those that spreadsheet programs can show.
VISIBLE = [name for name in AWKWARD if not re.search(r"[\x00-\x1f\x7f\ufffe]", name)]
NAMES = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300),
    st.text(st.sampled_from("&<>\"'_x0AD \n\r\t\0;"), min_size=1, max_size=60),
)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", fullmatch=True)
LOCK = Lock("aGFzaA==", "c2FsdA==")


def parts(workbook):
    """Every part with all that its zip file says of it but its sizes once compressed."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        assert file.testzip() is None
        return [
            (i.filename, i.date_time, i.compress_type, i.flag_bits, i.external_attr, i.CRC, file.read(i))
            for i in file.infolist()
        ]


def packed(workbook):
    """Every part as it is compressed."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        for i in file.infolist():
            start = i.header_offset + 30 + len(i.filename)
            found[i.filename] = workbook[start : start + i.compress_size]
    return found


@pytest.fixture(scope="module")
def issue(tmp_path_factory):
    """Make an issue of the small audit: ``issue(id, name, number)``."""
    round_ = small_round(tmp_path_factory.mktemp("small") / "round")
    layout = layout_for(round_.audit)

    def made(recipient_id="A1", name="Northmoor Police", number=1):
        recipient = Recipient(recipient_id, name, "Police")
        identity = Identity("small-2026", recipient_id, "2026.1", number, layout.digest).signed(b"key")
        return Issue(round_.settings, round_.audit, recipient, layout, identity)

    return made


@pytest.fixture(scope="module")
def stencils():
    return Stencils(LOCK)


def test_every_section_11_workbook_is_as_built_from_nothing(tmp_path):
    round_ = section11_round(tmp_path / "s11")
    sheet_lock = lock(round_.settings.password, hashlib.sha256(round_.settings.id.encode()).digest()[:16])
    entries = {entry.recipient_id: entry for entry in read_log(round_)}
    for recipient in round_.recipients:
        entry, audit = entries[recipient.id], round_.audit.for_recipient(recipient.row())
        identity = Identity(round_.settings.id, recipient.id, entry.edition, 1, entry.layout)
        signed = identity.signed(round_.key())
        fresh = build(Issue(round_.settings, audit, recipient, layout_for(audit), signed), sheet_lock)
        assert parts((round_.workbooks / entry.file).read_bytes()) == parts(fresh)


@settings(max_examples=80, deadline=None)
@given(recipient_id=IDS, name=NAMES, number=st.integers(1, 999_999))
def test_whatever_the_name_it_is_as_built_from_nothing(issue, stencils, recipient_id, name, number):
    wanted = issue(recipient_id, name, number)
    assert parts(stencils.workbook(wanted)) == parts(build(wanted, LOCK))


TEXTS = st.one_of(st.just(""), NAMES)
RATINGS = (Colour("● Green", "#9BD3A8"), Colour("(Most)", "#9BD3A8", is_end=True))


@st.composite
def owns(draw, layout):
    """What is a recipient's own, of whatever length, with up to three open actions of removed questions."""
    texts = {
        (block.id, key): tuple(draw(TEXTS) for _ in block.own)
        for block, _ in layout.sections()
        for key in block.row_keys
    }
    rows = st.lists(st.builds(Left, TEXTS, TEXTS, TEXTS, TEXTS), min_size=1, max_size=3).map(tuple)
    left = {name: draw(rows) for name in draw(st.sets(st.sampled_from(OWN_SHEETS)).map(sorted))}
    about = tuple((label, draw(NAMES)) for label in draw(st.lists(st.sampled_from(["Last time", "From"]))))
    return Own(about, texts, left, dict.fromkeys(("GOV", "NUM"), RATINGS))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_is_a_recipients_own_it_is_as_built_from_nothing(issue, stencils, data):
    plain = issue()
    layout = layout_for(plain.audit, OWN_COLUMNS)
    wanted = replace(plain, layout=layout, own=data.draw(owns(layout)))
    assert layout.digest == plain.layout.digest
    assert parts(stencils.workbook(wanted)) == parts(build(wanted, LOCK))


@pytest.mark.parametrize("name", AWKWARD)
def test_each_awkward_name_is_as_built_from_nothing(issue, stencils, name):
    wanted = issue("1", name)
    assert parts(stencils.workbook(wanted)) == parts(build(wanted, LOCK))


@pytest.mark.parametrize("name", VISIBLE)
def test_a_name_is_read_as_it_was_written(issue, stencils, name):
    book = CalamineWorkbook.from_filelike(io.BytesIO(stencils.workbook(issue("A.7-b", name, 3))))
    assert book.get_sheet_by_name(START_SHEET).to_python()[3][1] == f"{name}  (Police, A.7-b)"
    said = dict(book.get_sheet_by_name(IDENTITY_SHEET).to_python())
    assert (said["recipient_id"], said["issue"]) == ("A.7-b", "3")


def test_libreoffice_reads_awkward_names(issue, stencils, libreoffice, tmp_path):
    for n, name in enumerate(VISIBLE):
        path = tmp_path / f"{n}.xlsx"
        path.write_bytes(stencils.workbook(issue("A1", name)))
        with libreoffice.open(path) as book:
            assert book.values()[START_SHEET]["B4"] == f"{name}  (Police, A1)"


def test_microsofts_validator_finds_nothing_in_awkward_names(issue, stencils, ooxml_errors, tmp_path):
    files = [tmp_path / f"{n}.xlsx" for n in range(len(AWKWARD))]
    for path, name in zip(files, AWKWARD, strict=True):
        path.write_bytes(stencils.workbook(issue("A1", name)))
    assert ooxml_errors(files) == {}


def test_it_doesnt_matter_who_was_first(issue):
    first, second = issue("A1", "Northmoor Police"), issue("B-22", "Smith & Sons <Care>", 12)
    ahead, behind = Stencils(LOCK), Stencils(LOCK)
    assert [ahead.workbook(first), ahead.workbook(second)] == [
        behind.workbook(each) for each in (second, first)
    ][::-1]


def test_nothing_of_the_first_recipient_is_left_for_the_next(issue):
    first, second = issue("ZZ-1", "Qwertzuiop Nursery"), issue("B2", "Other")
    stencils = Stencils(LOCK)
    stencils.workbook(first)
    everything = b"".join(part[-1] for part in parts(stencils.workbook(second)))
    for theirs in ("ZZ-1", "Qwertzuiop", first.identity.signature):
        assert theirs.encode() not in everything
    assert second.identity.signature.encode() in everything


def test_only_the_stamped_parts_are_made_anew(issue, stencils):
    one, other = packed(stencils.workbook(issue("A1", "One"))), packed(stencils.workbook(issue("A2", "Two")))
    sheets = [name for name in one if name.startswith("xl/worksheets/sheet")]
    assert {n for n in one if one[n] != other[n]} == {sheets[0], sheets[-1], "docProps/core.xml"}


def test_a_name_longer_than_a_cell_holds_is_cut(issue, stencils):
    wanted = issue("A1", "🏠" * 40_000)
    assert parts(stencils.workbook(wanted)) == parts(build(wanted, LOCK))
    book = CalamineWorkbook.from_filelike(io.BytesIO(stencils.workbook(wanted)))
    assert book.get_sheet_by_name(START_SHEET).to_python()[3][1] == "🏠" * LONGEST_STAMP


def test_stamps_that_arent_the_workbooks_are_refused(issue):
    wanted = issue()
    workbook = build(wanted, LOCK)
    assert parts(filled(cut(workbook, stamps(wanted)), stamps(wanted))) == parts(workbook)
    own = stamps(wanted)
    for wrong in (stamps(issue("A2")), own[:-1], (*own, "more"), own[::-1]):
        with pytest.raises(ValueError, match="stamps"):
            cut(workbook, wrong)


def test_a_round_of_awkward_names_can_be_restored_to_the_byte(tmp_path):
    # Names as a register can hold them: no quotes, no line breaks.
    names = [name for name in AWKWARD if name.isprintable() and not {'"', ","} & set(name)]
    lines = "".join(f"B{n},{name},{'Police' if n % 2 else 'Health'},,,\n" for n, name in enumerate(names))
    round_ = small_round(tmp_path / "round", register=REGISTER + lines)
    for recipient in round_.recipients:
        path = workbook_of(round_, recipient.id)
        before = path.read_bytes()
        path.unlink()
        assert generate(load(round_.folder), today=ISSUED).ids("restored") == (recipient.id,)
        assert path.read_bytes() == before


def test_texts_of_the_definition_dont_become_functions(tmp_path, libreoffice):
    noun = "a plan (see SORT(A) and MAP(B))"
    round_ = small_round(tmp_path / "round", audit=AUDIT.replace("noun: an action", f"noun: {noun}"))
    with libreoffice.open(workbook_of(round_, "A1")) as book:
        book.write({("1 Leadership", "D6"): "■ Red", ("1 Leadership", "G6"): 46200})
        book.recalculate()
        assert book.values()["1 Leadership"]["I6"] == f"Needs {noun}"
