"""The sheet ``guide`` of the form: how it is filled in, an example, and what every column means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.meanings import ROLES, ROLL_UPS, plain
from auditkit.definition.xlsx.cells import EMPTY, HEADED, Cell
from auditkit.definition.xlsx.columns import Column
from auditkit.definition.xlsx.example import EXAMPLE
from auditkit.definition.xlsx.look import ACCENT, BAND, LINE, Look
from auditkit.definition.xlsx.sheets import NOTES, SETTINGS, SHEETS, about
from auditkit.fields import KINDS
from auditkit.heights import Text, row_height

HOW = (
    "Each sheet has its headings in the first row. Dark headings, and settings in bold, are needed. All "
    "others may stay blank. Click a cell to see what belongs in it.",
    "A list stands in one cell, one item a line (Alt+Enter in Excel, Ctrl+Enter in LibreOffice). Or give "
    "each item its own cell: further columns, or rows of 'settings', whose names end in a number: choices 1.",
    "Where it says 'name: value', write one such line for each; the same name on several lines means any of "
    "these values. Where it says 'a | b | c', write one line for each, with | between its parts.",
    "Order counts: points from best to worst; sections, questions and columns as respondents will see them.",
    "Ids are for good: next year's trends follow them. Wording may change; an id is never given away.",
    f"A sheet or column whose name begins with '{NOTES}' is yours: it isn't read. Neither is this guide.",
    f"Two quotation marks with nothing between them, {EMPTY}, stand for a text that is empty on purpose.",
    "After a change, save the file and run: auditkit check. It names every problem by sheet and cell.",
)
BY_NAME = "One a line, as name: value."
WRITTEN = {"texts": "One a line.", "pairs": BY_NAME, "many": BY_NAME, "deep": f"{HEADED.capitalize()}."}
EDGE = {"bottom": 1, "bottom_color": LINE}
WIDTH = (22, 20, 26, 26, 26, 26, 22, 16)


def hint(column: Column) -> str:
    """Return what is said of a column: what it means, and how it is written."""
    said = about(column)
    kind = shapes.shape(column.hint)
    inner = shapes.record(shapes.item(column.hint)) if kind == "records" else None
    how = WRITTEN.get(kind, "")
    if inner is not None:
        how = "One a line: " + " | ".join(shapes.attributes(inner))
    return " ".join(part for part in (_sentence(said), how) if part)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "…")) or not text else ".")


def write(tab: Any, look: Look) -> None:
    """Write the guide onto its sheet."""
    for n, wide in enumerate(WIDTH):
        tab.set_column(n, n, wide)
    tab.write_string(
        0,
        0,
        "How to fill in this form",
        look.make(bold=True, font_size=18, font_color=ACCENT, text_wrap=False, indent=0),
    )
    row = 1
    for text in HOW:
        row = _paragraph(tab, row, text, look)
    row = _title(tab, row + 1, "The sheets", look)
    row = _rows(tab, row, [[sheet.name, sheet.about] for sheet in SHEETS], look)
    row = _title(tab, row, "An example", look)
    for name, lines in EXAMPLE.items():
        tab.write_string(row, 0, f"Sheet {name}", look.make(bold=True, font_color=ACCENT))
        row = _grid(tab, row + 1, lines, look)
    for sheet in SHEETS:
        what = "setting" if sheet is SETTINGS else "column"
        row = _title(tab, row, f"Every {what} of the sheet {sheet.name}", look)
        said = [[c.name, hint(c), "needed" if c.needed else ""] for c in sheet.all_columns]
        row = _rows(tab, row, said, look)
    for heading, words in _words():
        row = _rows(tab, _title(tab, row, heading, look), words, look)
    look.page(tab)


def _words() -> Iterable[tuple[str, list[list[str]]]]:
    yield "Kinds of field", [[name, _first(kind)] for name, kind in KINDS.items()]
    yield "Roles", [[name, _sentence(plain(said))] for name, said in ROLES.items()]
    yield "Rules of roll-up", [[name, _sentence(plain(said))] for name, said in ROLL_UPS.items()]


def _first(kind: Any) -> str:
    return str(kind.__doc__).strip().partition("\n")[0]


def _title(tab: Any, row: int, text: str, look: Look) -> int:
    style = look.make(bold=True, font_size=14, font_color=ACCENT, text_wrap=False, indent=0)
    tab.write_string(row, 0, text, style)
    tab.set_row(row, 24)
    return row + 1


def _paragraph(tab: Any, row: int, text: str, look: Look) -> int:
    tab.merge_range(row, 0, row, len(WIDTH) - 1, text, look.make())
    tab.set_row(row, row_height((Text(text, sum(WIDTH)),)))
    return row + 1


def _rows(tab: Any, row: int, lines: Sequence[Sequence[str]], look: Look) -> int:
    """Write names with what is said of them; a third word follows at the end."""
    last = len(WIDTH) - 1
    for name, said, *more in lines:
        tab.write_string(row, 0, name, look.make(bold=True, bg_color=BAND, **EDGE))
        tab.merge_range(row, 1, row, last - 1, said, look.aside())
        tab.write_string(row, last, more[0] if more else "", look.aside())
        words = (Text(name, WIDTH[0], bold=True),), (Text(said, sum(WIDTH[1:last])),)
        tab.set_row(row, row_height(*words))
        row += 1
    return row + 1


def _grid(tab: Any, row: int, lines: list[list[Cell]], look: Look) -> int:
    for n, line in enumerate(lines):
        for col, cell in enumerate(line):
            tab.write(row, col, cell, look.heading() if n == 0 else look.make(**EDGE))
        tab.set_row(row, row_height(*((Text(str(cell), WIDTH[col]),) for col, cell in enumerate(line))))
        row += 1
    return row + 1
