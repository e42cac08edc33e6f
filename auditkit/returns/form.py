"""A workbook of anybody's round, read by nothing but itself: what it asks, and what was typed.

Whose definition it was made from isn't known, so answers are what was typed under which key, and nothing is
checked. What is read can be anything: only keys that may be ids are taken.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial

from auditkit.definition.checks.texts import LONGEST_LABEL, LONGEST_QUESTION
from auditkit.definition.ids import is_id
from auditkit.definition.model import Field
from auditkit.fields.plain import as_text
from auditkit.limits import Limits
from auditkit.returns import intake
from auditkit.returns.identify import said_of
from auditkit.returns.model import Answer, Note, Parts, Return
from auditkit.returns.reading import Begun, Task, read_file
from auditkit.returns.serve import Work
from auditkit.returns.sheets import Mark, Sheet, cell_name, filled, marks
from auditkit.workbook.identity import COVER_LABEL
from auditkit.workbook.layout import GOOD, KEY_HEADER, QUESTION_HEADER
from auditkit.workbook.pack import OF

# What a note of a form is: who issued it, for whom, a section's title, a question's text.
ISSUER, ADDRESSEE, SECTION, QUESTION = "issuer", "addressee", "section", "question"
# Of a row that a pack has for one recipient alone, with something typed in it.
MEMBER = "member"
# No audit asks more.
MOST_QUESTIONS = 5_000
# How far down the first sheet its head can be, and the label beside the addressee.
HEAD, FOR = 12, "For"


def begin(limits: Limits, passwords: tuple[str, ...]) -> Work[Task, Begun | Return | Parts]:
    """Return what reads one file; called in the process that does."""
    known = intake.Passwords(passwords, {})
    return partial(_read_file, limits=limits, passwords=known)


def _read_file(
    task: Task, limits: Limits, passwords: intake.Passwords
) -> Generator[Begun | Return | Parts, None, None]:
    yield from read_file(task, partial(read, limits=limits), limits, passwords)


def read(leaf: intake.Leaf, limits: Limits) -> Return:
    """Read a workbook.

    Args:
        leaf: The file, looked at and found to be one.
        limits: What the guard holds it against.

    Returns:
        Its answers by section, question and response column, all of them texts without a value. Its notes are
        what it says of itself: ``cell`` is one of the kinds above, ``sheet`` the section and ``question`` the
        question that they are about. It is accepted if there is a question in it.

    Raises:
        UnreadableError: It can't be read.
    """
    assert leaf.look is not None
    file = leaf.incoming.file
    workbook = intake.read(leaf.look, limits)
    found = marks(workbook.sheets)
    notes = list(_head(file, workbook.sheets))
    answers: list[Answer] = []
    for mark in found:
        if is_id(mark.name):
            told, typed = _table(file, mark)
            notes += told
            answers += typed
    asked = any(note.cell == QUESTION for note in notes)
    return Return(
        file,
        "",
        "accepted" if asked else "rejected",
        identity=said_of(workbook.sheets, found),
        saved=workbook.saved,
        answers=tuple({(a.block, a.row_key, a.column_key): a for a in reversed(answers)}.values())[::-1],
        notes=tuple(notes),
        received=leaf.incoming.received,
    )


def _head(file: str, sheets: tuple[Sheet, ...]) -> Iterator[Note]:
    """Yield what the first sheet says of who issued it, and for whom."""
    for sheet in sheets:
        if not any(COVER_LABEL in row for row in sheet.rows):
            continue
        lines = [[as_text(cell).strip() for cell in row if filled(cell)] for row in sheet.rows[:HEAD]]
        if len(lines) > 1 and lines[1]:
            yield Note(file, "", ISSUER, "", lines[1][0][:LONGEST_QUESTION])
        for first, *rest in filter(None, lines):
            if first == FOR and rest:
                yield Note(file, "", ADDRESSEE, "", rest[0][:LONGEST_QUESTION])
        return


def _table(file: str, mark: Mark) -> tuple[list[Note], list[Answer]]:
    """Return the questions of an answer table, and what was typed."""
    rows, sheet = mark.sheet.rows, mark.sheet
    columns = {c: key for c, key in enumerate(map(_text, rows[mark.row])) if c != mark.col and is_id(key)}
    keys = {r: _text(rows[r][mark.col]) for r in range(mark.row + 1, len(rows))}
    header = next((r for r, key in keys.items() if key == KEY_HEADER), None)
    if header is None or not columns:
        return [], []
    headers = [_text(cell) for cell in rows[header]]
    asks = next((c for c, text in enumerate(headers) if text == QUESTION_HEADER), mark.col + 1)
    title = _text(rows[0][0]) if rows and rows[0] else ""
    notes = [Note(file, mark.name, SECTION, "", title[:LONGEST_LABEL])]
    answers = []
    for r, key in list(keys.items())[:MOST_QUESTIONS]:
        if r > header and is_of_one(key) and any(c < len(rows[r]) and filled(rows[r][c]) for c in columns):
            notes.append(Note(file, mark.name, MEMBER, key, ""))
        if r <= header or not is_id(key):
            continue
        text = _text(rows[r][asks]) if asks < len(rows[r]) else ""
        notes.append(Note(file, mark.name, QUESTION, key, text.partition(f"\n{GOOD}")[0][:LONGEST_QUESTION]))
        for c, column in columns.items():
            if c < len(rows[r]) and filled(rows[r][c]):
                label = headers[c][:LONGEST_LABEL] if c < len(headers) else column
                field = Field(column, label or column, "text")
                answers.append(
                    Answer(mark.name, key, column, field, rows[r][c], None, sheet.name, cell_name(r, c))
                )
    return notes, answers


def is_of_one(key: str) -> bool:
    """Tell whether the key of a row is one that a pack has for one recipient alone."""
    both = key.split(OF)
    return len(both) == 2 and all(map(is_id, both))


def _text(cell: object) -> str:
    return as_text(cell).strip()  # type: ignore[arg-type]
