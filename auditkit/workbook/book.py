"""One workbook in the making: what it is made of, and the XlsxWriter objects that its sheets share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from auditkit.definition.model import Audit, Field
from auditkit.fields import kind_of
from auditkit.register import Recipient
from auditkit.round import Settings
from auditkit.workbook.identity import Identity
from auditkit.workbook.layout import LISTS_SHEET, Layout, Row
from auditkit.workbook.own import NOTHING, Own
from auditkit.workbook.pack import PackAudit
from auditkit.workbook.protection import LockedSheet, LockedWorkbook
from auditkit.workbook.style import STYLES, ink_on


@dataclass(frozen=True)
class Issue:
    """Everything that one recipient's workbook is made of. ``audit`` is narrowed to that recipient.

    ``own`` is what no other has in it; if it has texts beside questions, ``layout`` has the columns for them.
    Of a ``pack`` the recipient is whom it is for, and ``audit`` what any of its members is asked.
    """

    settings: Settings
    audit: Audit
    recipient: Recipient
    layout: Layout
    identity: Identity
    own: Own = NOTHING
    pack: PackAudit | None = None

    @property
    def addressee(self) -> str:
        """Whom the workbook is for, in one line."""
        about = ", ".join(filter(None, (self.recipient.group, self.recipient.id)))
        return f"{self.recipient.name}  ({about})"

    def whom(self, row: Row) -> str:
        """Return for whom a row of a pack is answered, as the workbook says it; "" in other workbooks."""
        if self.pack is None:
            return ""
        asked, all_ = len(row.members), len(self.pack.members)
        if asked == 1:
            return self.pack.by_id[row.members[0]].name
        return f"Whole {self.settings.pack_by}" + (f" ({asked} of {all_})" if asked < all_ else "")


@dataclass(frozen=True)
class Book:
    """A workbook being written. ``lists`` maps a dropdown's choices to their column on the lists sheet."""

    issue: Issue
    file: LockedWorkbook
    lists: Mapping[tuple[str | float, ...], int]
    _formats: dict[str, Format] = field(default_factory=dict)

    def format(self, style: str) -> Format:
        """Return the format named ``style`` in :data:`auditkit.workbook.style.STYLES`."""
        if style not in self._formats:
            self._formats[style] = self.file.add_format(STYLES[style])
        return self._formats[style]

    def point_format(self, colour: str, **more: Any) -> Format:
        """Return the format that shows a rating of this colour (``#RRGGBB``)."""
        return self.file.add_format({**more, "bg_color": colour, "font_color": ink_on(colour)})

    def choices_range(self, choice_field: Field) -> str:
        """Return where the field's dropdown takes its choices from, as ``Lists!$A$2:$A$6``; empty if none."""
        choices = kind_of(choice_field).choices(choice_field, self.issue.audit)
        if not choices:
            return ""
        column = xl_col_to_name(self.lists[choices])
        return f"{LISTS_SHEET}!${column}$2:${column}${len(choices) + 1}"

    def add_sheet(self, name: str, landscape: bool = True) -> LockedSheet:
        """Add a sheet set up for A4, one page wide, with page numbers."""
        sheet = self.file.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        title = self.issue.settings.title.replace("&", "&&")
        sheet.set_footer(f"&L&9{title}&C&9&A&R&9Page &P of &N", {"margin": 0.25})
        return sheet


def cell(row: int, col: int, *, fixed: bool = True) -> str:
    """Return the A1 name of a cell that counts from 0, with ``$`` signs unless told otherwise."""
    name: str = xl_rowcol_to_cell(row, col, row_abs=fixed, col_abs=fixed)
    return name


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas and links need it."""
    return "'" + sheet.replace("'", "''") + "'"
