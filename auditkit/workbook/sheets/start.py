"""The first sheet: what this is, who sent it, by when, how to fill it in, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.fields.date import british
from auditkit.heights import FONT_SIZE, Text, row_height
from auditkit.workbook import status, wanted
from auditkit.workbook.book import Book, Issue, cell, quoted
from auditkit.workbook.identity import COVER_LABEL
from auditkit.workbook.layout import COVER, START_SHEET, Block
from auditkit.workbook.protection import LockedSheet
from auditkit.workbook.style import STYLES

WIDTHS = (20, 70, 11, 11, 11, 13)
LISTED_HEIGHT = 18
HEADINGS = ("No.", "Standard (select one to go to it)", "Questions", "Answered", "Complete", "Progress")
PROGRESS_HEADINGS = (*HEADINGS[:3], "Updated", *HEADINGS[4:])


def write(book: Book) -> None:
    """Write the sheet."""
    sheet = book.add_sheet(START_SHEET, landscape=False)
    for col, width in enumerate(WIDTHS):
        sheet.set_column(col, col, width)
    row = _write_head(book, sheet)
    row = _write_contents(book, sheet, row + 1)
    row = _write_steps(book, sheet, row + 1)
    row = _write_scales(book, sheet, row + 1)
    row += 1
    sheet.write_string(row, 0, COVER_LABEL, book.format("small"))
    sheet.write_stamp(row, 1, book.issue.identity.reference, book.format("small"))
    sheet.print_area(0, 0, row, len(WIDTHS) - 1)
    sheet.fit_to_pages(1, 1)
    sheet.protect()
    sheet.activate()


def addressee_height(issue: Issue) -> float:
    """Return the height of the addressee's row, in points."""
    return _height(issue.addressee, "strong")


def about_heights(issue: Issue) -> tuple[tuple[str, float], ...]:
    """Return the labels of the rows that say what is the recipient's own, and their heights in points.

    All else in this sheet is as high for everyone.
    """
    return tuple((label, _height(text)) for label, text in issue.own.about)


def _write_head(book: Book, sheet: LockedSheet) -> int:
    issue = book.issue
    settings = issue.settings
    sheet.set_row(0, 34)
    title = f"{settings.title}: progress" if issue.layout.is_progress else settings.title
    sheet.write_string(0, 0, title, book.format("title"))
    sheet.write_string(1, 0, f"{settings.partnership}  ·  {issue.audit.title}", book.format("subtitle"))
    sheet.write_string(3, 0, "For", book.format("label"))
    sheet.write_stamp(3, 1, issue.addressee, book.format("strong"))
    sheet.set_row(3, addressee_height(issue))
    row = 4
    for label, text in issue.own.about:
        sheet.write_string(row, 0, label, book.format("label"))
        sheet.write_stamp(row, 1, text, book.format("paragraph"))
        sheet.set_row(row, _height(text))
        row += 1
    said = [
        *_of_pack(issue),
        _when(issue),
        ("Written for", issue.audit.guidance, "paragraph"),
        ("What this is", issue.audit.purpose, "paragraph"),
    ]
    for label, text, style in said:
        if text:
            sheet.write_string(row, 0, label, book.format("label"))
            _write_paragraph(book, sheet, row, text, style)
            row += 1
    who = ", ".join(filter(None, (settings.contact_name, settings.contact_phone)))
    sheet.write_string(row, 0, "Questions to", book.format("label"))
    sheet.write_string(row, 1, who, book.format("paragraph"))
    sheet.write_url(
        row + 1, 1, f"mailto:{settings.contact_email}", book.format("link"), settings.contact_email
    )
    return row + 2


def _when(issue: Issue) -> tuple[str, str, str]:
    """Return by when the workbook is to come back."""
    if issue.layout.is_progress:
        return "Please return", "Whenever something has changed, as often as you like", "deadline"
    deadline = issue.settings.deadline
    return "Please return by", f"{deadline:%A} {british(deadline)}", "deadline"


def _of_pack(issue: Issue) -> Iterator[tuple[str, str, str]]:
    """Yield what a pack says of whom it is for, and how; a workbook of one recipient says nothing of it."""
    if issue.pack is None:
        return
    one, all_ = issue.settings.pack_member, issue.settings.pack_by
    yield "For these", "; ".join(member.name for member in issue.pack.members), "paragraph"
    yield (
        "How it works",
        f"This is one workbook for all of them. A question for the whole {all_} is answered once. Any other "
        f"question has a row for each {one} that is asked it: the column For whom says which, and its filter "
        f"shows the rows of one {one} only.",
        "paragraph",
    )


def _write_contents(book: Book, sheet: LockedSheet, row: int) -> int:
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, "Contents and progress", book.format("heading"))
    head = row + 1
    blocks = book.issue.layout.blocks
    headings = PROGRESS_HEADINGS if book.issue.layout.is_progress else HEADINGS
    sheet.add_table(
        head,
        0,
        head + len(blocks),
        len(WIDTHS) - 1,
        {
            "name": "Contents",
            "style": None,
            "autofilter": False,
            "columns": [{"header": h, "header_format": book.format("header")} for h in headings],
        },
    )
    before = sum(block.section is None for block in blocks)
    for n, block in enumerate(blocks):
        _write_contents_row(book, sheet, head + 1 + n, max(0, n - before + 1), block)
    first, last = head + 1 + before, head + len(blocks)
    total = last + 1
    sheet.set_row(total, LISTED_HEIGHT)
    sheet.write_string(total, 0, "", book.format("total"))
    sheet.write_string(total, 1, "All questions", book.format("total"))
    asked = sum(1 if b.is_events else wanted.asked_at_first(b) for b in blocks[before:])
    for col, now in ((2, asked), (3, 0), (4, 0)):
        formula = f"=SUM({cell(first, col)}:{cell(last, col)})"
        sheet.write_formula(total, col, formula, book.format("total_centred"), now)
    _write_share(book, sheet, total, "total_progress")
    bar = {"type": "data_bar", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
    look = {"bar_color": "#9CC3D5", "bar_solid": True, "data_bar_2010": True}
    sheet.conditional_format(head + 1, 5, total, 5, {**bar, **look})
    return total + 1


def _write_contents_row(book: Book, sheet: LockedSheet, row: int, number: int, block: Block) -> None:
    sheet.set_row(row, LISTED_HEIGHT)
    sheet.write_string(row, 0, str(number) if number else "", book.format("cell"))
    title = block.section.title if block.section else block.title
    target = f"internal:{quoted(block.sheet)}!A1"
    sheet.write_url(row, 1, target, book.format("cell_link"), title)
    if not block.slots:  # of a pack whose members answer nothing on the cover for themselves
        for col in range(2, len(WIDTHS)):
            sheet.write_blank(row, col, None, book.format("centred"))
        return
    done = status.complete(block)
    if block.id == COVER:
        needed = sum(slot.field.required for slot in block.slots)
        asked = f"={status.counted(block, status.NEEDED)}+{done}"
        sheet.write_formula(row, 2, asked, book.format("centred"), needed)
        sheet.write_formula(row, 3, f"={done}", book.format("centred"), 0)
    elif block.is_events:  # as long as nothing was typed, the table itself is what is asked for
        sheet.write_formula(row, 2, f"=MAX(1,{status.begun(block)})", book.format("centred"), 1)
        sheet.write_formula(row, 3, f"={status.begun(block)}", book.format("centred"), 0)
    elif block.section is not None and (block.section.is_numbers or block.section.is_survey):
        asked = f"={wanted.asked(block)}"
        sheet.write_formula(row, 2, asked, book.format("centred"), wanted.asked_at_first(block))
        sheet.write_formula(row, 3, f"={done}", book.format("centred"), 0)
    else:
        sheet.write_number(row, 2, len(block.row_keys), book.format("centred"))
        sheet.write_formula(row, 3, f"={status.answered(book, block)}", book.format("centred"), 0)
    sheet.write_formula(row, 4, f"={done}", book.format("centred"), 0)
    _write_share(book, sheet, row, "progress")


def _write_share(book: Book, sheet: LockedSheet, row: int, style: str) -> None:
    asked, answered = cell(row, 2, fixed=False), cell(row, 3, fixed=False)
    sheet.write_formula(row, 5, f"=IF({asked}=0,1,{answered}/{asked})", book.format(style), 0)


def _write_steps(book: Book, sheet: LockedSheet, row: int) -> int:
    settings = book.issue.settings
    by = "" if book.issue.layout.is_progress else f" by {british(settings.deadline)}"
    steps = (
        *book.issue.audit.instructions,
        "When it is done, save it as an Excel workbook (.xlsx) and email it to "
        f"{settings.contact_email}{by}.",
    )
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, "How to fill it in and return it", book.format("heading"))
    for n, step in enumerate(steps, start=1):
        sheet.write_string(row + n, 0, f"{n}.", book.format("step"))
        _write_paragraph(book, sheet, row + n, step)
    return row + len(steps) + 1


def _write_scales(book: Book, sheet: LockedSheet, row: int) -> int:
    audit = book.issue.audit
    used = {
        slot.field.scale for block in book.issue.layout.blocks for slot in block.slots if slot.field.scale
    }
    for scale in audit.scales:
        if scale.id not in used:
            continue
        sheet.set_row(row, 24)
        sheet.write_string(row, 0, scale.title or "What the ratings mean", book.format("heading"))
        for point in scale.points:
            row += 1
            sheet.write_string(row, 0, point.text, book.point_format(point.colour, **STYLES["point"]))
            _write_paragraph(book, sheet, row, point.meaning, "cell")
        row += 2
    return row - 1


def _write_paragraph(book: Book, sheet: LockedSheet, row: int, text: str, style: str = "paragraph") -> None:
    sheet.write_string(row, 1, text, book.format(style))
    sheet.set_row(row, _height(text, style))


def _height(text: str, style: str = "paragraph") -> float:
    look = STYLES[style]
    return row_height(
        (Text(text, WIDTHS[1], look.get("font_size", FONT_SIZE), bold=look.get("bold", False)),)
    )
