"""The files that fuzzing begins with: one small return in each container, made by code."""

from __future__ import annotations

import csv
import datetime as dt
import io
import struct
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from unittest import mock
from xml.sax.saxutils import escape

from msoffcrypto.method import ecma376_agile

from auditkit.demo.fill import fill
from auditkit.fields import Typed
from auditkit.fields.date import EXCEL_EPOCH
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import COVER
from tests import surveys
from tests.corpus import cfb
from tests.corpus.kinds import ods
from tests.corpus.zips import added, edited, members, xlsb, zipped
from tests.events import TABLE
from tests.returns.intake.opened import book
from tests.rounds import AUDIT, small_round, workbook_of

PASSWORD = "open sesame"
_SURVEY = surveys.AUDIT.partition("sections:\n")[2].partition("survey:")[0]
SAVED = dt.datetime(2026, 12, 1, 9, 0)
ANSWERS: Mapping[tuple[str, str, str], Typed] = {
    (COVER, "author", "answer"): "Jo Bloggs",
    (COVER, "nil_return", "answer"): "No",
    (COVER, "signoff_name", "answer"): "Sam Chief",
    (COVER, "signoff_date", "answer"): dt.date(2026, 11, 3),
    ("GOV", "GOV-1", "rating"): "● Green",
    ("GOV", "GOV-1", "evidence"): "Named and trained; a pupil called Alex Doe (aged 9) asked",
    ("GOV", "GOV-2", "rating"): "▲ Amber",
    ("GOV", "GOV-2", "action"): "Report each term, tel. 01632 960123",
    ("GOV", "GOV-2", "due"): dt.date(2027, 3, 31),
    ("GOV", "GOV-2", "progress"): "Started, not done",
    ("NUM", "NUM-1", "share"): 65,
    ("NUM", "NUM-1", "staff"): 12,
    ("NUM", "NUM-1", "trained"): 0.5,
    ("NUM", "NUM-1", "ratio"): 1.25,
    ("AUD", "AUD-1", "answer"): "Other",
    ("AUD", "AUD-1", "other"): "As and when",
    ("AUD", "AUD-2/2", "answer"): "Yes",
    ("AUD", "AUD-4", "answer"): 12,
    ("MAT", "MAT-1", "answer"): "Badly",
    ("CH", "CH:1", "date"): "about 5 June 2025",
    ("CH", "CH:1", "time"): dt.time(14, 30),
    ("CH", "CH:1", "source"): "Letter",
    ("CH", "CH:1", "what"): "The family moved in.",
    ("CH", "CH:3", "date"): "5/5/2025",
    ("CH", "CH:3", "seen"): "Yes",
}
PLANS = """\
plans:
  - id: review
    title: The review
    starts: the day of the notification
    steps:
      - {id: back, what: Send it back, who: Agencies, working_days: 10, recipients: yes, deadline: yes}
"""
# The small audit with questions of a survey, a chronology and a plan besides.
WHOLE = AUDIT.replace("\nroll_up:\n", f"\n{_SURVEY}{TABLE}{PLANS}roll_up:\n")
# What our own workbooks don't hold, and others may: errors, formulas, what is hidden, text in the cell itself.
ODD_ROW = (
    b'<row r="200" hidden="1"><c r="B200" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    b'<c r="C200" t="inlineStr"><is><t>Beside it</t></is></c><c r="D200" t="d"><v>2026-11-03</v></c></row>'
)
ODD_TABLE = (
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date"'
    ' office:date-value="2026-11-03T10:00:00"/><table:table-cell office:value-type="boolean"'
    ' office:boolean-value="true"/><table:table-cell table:number-columns-repeated="2" office:value-type="string">'
    '<text:p>a<text:s text:c="3"/>b<text:tab/><text:line-break/><text:span>c</text:span></text:p>'
    "<office:annotation><text:p>a comment</text:p></office:annotation></table:table-cell></table:table-row>"
)
META = (
    b'<m xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"<meta:creation-date>2026-09-07T09:00:00</meta:creation-date><dc:date>2026-11-03T10:00:00</dc:date></m>"
)


def signed_round(folder: Path) -> Round:
    """Make a round whose key is always the same, and so are its workbooks."""
    (folder / ".auditkit").mkdir(parents=True)
    (folder / ".auditkit" / "key").write_text("5e" * 32, "ascii")
    return small_round(folder, WHOLE)


def seeds(round_: Round) -> dict[str, bytes]:
    """Return a file for each container, by its usual ending."""
    recipient = round_.recipients[0]
    issued = workbook_of(round_, recipient.id).read_bytes()
    filled = fill(issued, layout_for(round_.audit_for(recipient)), ANSWERS, SAVED)
    xlsx = edited(filled, sheet3=lambda sheet: sheet.replace(b"</sheetData>", ODD_ROW + b"</sheetData>"))
    cells = _cells(xlsx)
    answers, events = (
        next(rows for rows in cells.values() if any(f"auditkit:{block}" in row for row in rows))
        for block in ("GOV", "CH")
    )
    macros = {
        "xl/vbaProject.bin": b"Sub AutoOpen()",
        "xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>',
        "xl/media/image1.png": b"\x89PNG",
    }
    return {
        "xlsx": xlsx,
        "xlsm": added(xlsx, macros),
        "xls": cfb.xls(cells),
        "xlsb": xlsb(cells),
        "ods": _ods(cells),
        "csv": _text(answers, ","),
        "tsv": _text(answers, "\t"),
        "csv-events": _text(events, ","),
        "zip": zipped(
            {"Return.xlsx": xlsx, "evidence/policy.pdf": b"%PDF-1.7\n", "sheet.csv": _text(answers, ";")}
        ),
        "eml": _message(xlsx),
        "msg": cfb.msg(
            attached={"Return.xlsx": xlsx, "forwarded": cfb.message(within=True)},
            sent=dt.datetime(2026, 12, 1, tzinfo=dt.timezone.utc),
        ),
        "locked": _locked(xlsx),
        "locked-xls": _locked_xls(cells),
    }


def _cells(xlsx: bytes) -> dict[str, list[list[object]]]:
    return {sheet.name: [[_plain(cell) for cell in row] for row in sheet.rows] for sheet in book(xlsx).sheets}


def _plain(cell: Typed) -> object:
    """Return what the small writers of old forms know: text and numbers."""
    if isinstance(cell, dt.date):
        return float((cell - EXCEL_EPOCH).days)
    return cell


def _ods(cells: dict[str, list[list[object]]]) -> bytes:
    tables = "</table:table><table:table>".join([*map(_table, cells.values()), ODD_TABLE])
    return zipped({**members(ods(tables)), "meta.xml": META}, zipfile.ZIP_STORED)


def _table(rows: list[list[object]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)


def _ods_cell(value: object) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    text = escape(str(value)).replace("\n", "</text:p><text:p>")
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _text(rows: list[list[object]], delimiter: str) -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode()


def _message(xlsx: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Sam <sam@school.example>", "audits@northmoor.example"
    mail["Subject"], mail["Date"] = "Our return – at last", "Mon, 07 Sep 2026 09:00:00 +0100"
    mail.set_content("Attached.")
    mail.add_attachment(xlsx, maintype="application", subtype="octet-stream", filename="Return é.xlsx")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", cid="<logo@x>")
    return mail.as_bytes()


def _locked(xlsx: bytes) -> bytes:
    """Lock a workbook, the same each time, with a lock that turns a password over a few times only."""
    with mock.patch.object(ecma376_agile, "_random_buffer", bytes):
        return bytes(ecma376_agile.ECMA376Agile.encrypt(PASSWORD, io.BytesIO(xlsx), bytes(16), 100))


def _locked_xls(cells: dict[str, list[list[object]]]) -> bytes:
    """Return an old workbook that says that it is locked; no password opens it."""
    stream = cfb.biff(cells)
    lock = struct.pack("<HHHHH48x", 0x002F, 54, 1, 1, 1)
    return cfb.cfb({"Workbook": stream[:20] + lock + stream[20:]})
