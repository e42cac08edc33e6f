"""What a form and its parts are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from auditkit.forms import around
from auditkit.forms.ledger import Ledger
from auditkit.forms.sheets import Table
from auditkit.forms.tables import lines_above
from auditkit.forms.words import Words, plain
from auditkit.forms.workbook import Place, Sheet

# What is longer is no title of a part, but says something about it.
LONGEST = 100
UNTITLED = "Audit"


def of_file(name: str) -> str:
    """Return what a form without a title is called, by the name of its file if that says something."""
    said = " ".join(name.replace("_", " ").split())
    return said[:1].upper() + said[1:] if " " in said else UNTITLED


def title_all(
    sheets: Sequence[Sheet],
    tables: Sequence[Table],
    apart: Collection[Place],
    words: Words,
    ledger: Ledger,
) -> str:
    """Give a title, and what introduces it, to each part of a form that has none.

    A part is called as the line above its table says, else as its sheet.

    Args:
        sheets: The form.
        tables: Its tables; their parts are changed.
        apart: Cells that are read elsewhere: keys to ratings.
        words: The words of boxes: these introduce nothing.
        ledger: Takes the cells that all of this stands in.

    Returns:
        The title of the whole, empty if there is none.
    """
    first_head = {table.sheet.name: table.head.first for table in reversed(tables)}
    title, place = around.title(sheets, first_head, apart, words)
    cells = {
        Place(sheet.name, *cell)
        for sheet in sheets
        for cell, text in sheet.texts.items()
        if title and plain(text) == plain(title) and cell[0] < first_head.get(sheet.name, sheet.rows)
    }
    if place:
        cells.add(place)
    ends: dict[str, int] = {}
    for table in tables:
        sheet, part = table.sheet, table.parts[0]
        lines = [
            (Place(sheet.name, *cell), " ".join(text.split()))
            for cell, text in lines_above(sheet, ends.get(sheet.name, 0), table.head.first)
        ]
        ends[sheet.name] = table.end
        lines = [
            (cell, text)
            for cell, text in lines
            if cell not in cells
            and cell not in apart
            and not words.cover_field(text)
            and not (_is_on_top(cell, sheets, place) and words.is_body(text))
        ]
        if not part.title and lines and len(lines[0][1]) <= LONGEST:
            cell, part.title = lines.pop(0)
            cells.add(cell)
        if not part.title:
            part.title = title if len(tables) == 1 and title else sheet.name
        part.intro += [text for _, text in lines]
        cells |= {cell for cell, _ in lines}
    ledger.placed |= cells
    return title


def _is_on_top(line: Place, sheets: Sequence[Sheet], title: Place | None) -> bool:
    """Tell whether a line stands where forms say whose they are: above the title, if there is one."""
    return line.sheet == sheets[0].name and (title is None or line.row < title.row)
