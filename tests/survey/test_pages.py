"""The report as printed: no question is cut by the end of a page, and no page is broader than paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.survey.count import report
from auditkit.survey.excel import workbook
from auditkit.survey.pages import breaks
from auditkit.survey.word import document
from tests.apps.libreoffice import LibreOffice
from tests.survey.dealt import AS_AT, dealt

HEIGHTS = st.lists(st.integers(1, 150), max_size=30)


@given(HEIGHTS)
def test_what_fits_on_a_page_is_never_cut_and_no_page_is_left_early(heights: list[int]) -> None:
    starts = [0, *breaks(heights, 100), len(heights)]
    pages = [heights[begin:end] for begin, end in pairwise(starts)]
    for page, following in zip(pages, [*pages[1:], [1000]], strict=True):
        if max(page, default=0) <= 100:
            assert sum(page) <= 100 < sum(page) + following[0]
        # Only what is higher than a page is cut, and it begins a page of its own.
        assert all(height <= 100 for height in page[1:])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return report(dealt(tmp_path_factory.mktemp("pages") / "ps"), AS_AT)


def test_pages_of_the_workbook_end_between_questions(made, tmp_path):
    path = tmp_path / "survey.xlsx"
    path.write_bytes(workbook(made))
    refs = {result.asked.id for result in made.results}
    for name in ("Section 11 audits", "Section 175 157 audits", "Case audits and rapid reviews", "By group"):
        sheet = openpyxl.load_workbook(path)[name]
        starts = [one.id + 1 for one in sheet.row_breaks.brk]
        assert starts
        assert all(str(sheet.cell(row, 1).value).split()[0] in refs for row in starts)
        assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage


def test_on_paper_no_page_is_added_between_the_breaks(
    libreoffice: LibreOffice, pages: Callable[..., list[Path]], made, tmp_path
):
    path = tmp_path / "survey.xlsx"
    path.write_bytes(workbook(made))
    expected = sum(
        len(sheet.row_breaks.brk) + 1 for sheet in openpyxl.load_workbook(path) if sheet.row_breaks.brk
    )
    with libreoffice.open(path) as printed:
        for unpaged in ("About", "In words", "Figures"):
            printed.delete_sheet(unpaged)
        assert len(pages(printed.pdf(tmp_path / "survey.pdf"), tmp_path)) == expected > 8


def test_word_keeps_a_question_with_its_chart_and_table(made):
    read = docx.Document(io.BytesIO(document(made)))
    for table in read.tables:
        cells = [cell.paragraphs[0] for row in table.rows[:-1] for cell in row.cells]
        assert all(cell.paragraph_format.keep_with_next for cell in cells)
    for paragraph in read.paragraphs:
        if paragraph.runs and paragraph.runs[0]._r.drawing_lst:
            assert paragraph.paragraph_format.keep_with_next
