"""The workbook of the report in the making: its looks and its sheets of A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format

from auditkit.master.style import STYLES
from auditkit.survey.pages import PagedSheet
from auditkit.workbook.blocks import sheet_name
from auditkit.workbook.style import MUTED

# The master's styles, and counts that stand as its shares do.
OWN_STYLES = {
    **STYLES,
    "count": {**STYLES["share"], "num_format": "#,##0"},
    "unsaid": {**STYLES["share"], "font_color": MUTED},
    "header_figure": {**STYLES["header"], "align": "right"},
}


@dataclass
class Book:
    """The workbook in the making."""

    file: Any
    taken: set[str] = field(default_factory=set)
    _formats: dict[str, Format] = field(default_factory=dict)

    def style(self, name: str) -> Format:
        """Return the format of the master called so."""
        if name not in self._formats:
            self._formats[name] = self.file.add_format(OWN_STYLES[name])
        return self._formats[name]

    def sheet(self, name: str, title: str, widths: Sequence[float]) -> PagedSheet:
        """Add a sheet for A4 with its title in the first cell."""
        sheet: PagedSheet = self.file.add_worksheet(sheet_name(name, self.taken), PagedSheet)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&9&A&R&9Page &P of &N")
        for col, width in enumerate(widths):
            sheet.set_column(col, col, width)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, title, self.style("title"))
        return sheet
