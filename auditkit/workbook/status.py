"""The live formulas of a workbook: what each row still needs, and how much is answered.

They use only functions that Excel 2013, Excel for the web, Google Sheets and LibreOffice share. Answer cells
are reached by ``INDEX`` over a range whose corners are locked: a direct reference would become ``#REF!`` or
follow the answer when a respondent cuts one answer cell and pastes it into another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditkit.definition.model import Audit, Field, Rule
from auditkit.fields import kind_of
from auditkit.fields.yes_no import YES
from auditkit.workbook.book import Book, cell, quoted
from auditkit.workbook.layout import CARRIED_ROLE, HEADER_ROW, Block, Slot

COMPLETE, NOT_ANSWERED, UNCONFIRMED = "✔ Complete", "Not answered yet", "Needs a confirmation"
# What a row of a progress workbook says that was left empty.
AS_IT_WAS = "Stays as it is"
NEEDED, OPTIONAL = "Needed", "Optional"


def row_status(book: Book, block: Block, row_key: str) -> str:
    """Return the formula that says what a row with several answers still needs."""
    confirm = (block.id, row_key) in book.issue.own.confirm
    slots = [
        replace(slot, field=replace(slot.field, required=True)) if slot.field.role == CARRIED_ROLE else slot
        for slot in block.in_row[row_key]
        if confirm or slot.field.role != CARRIED_ROLE
    ]
    refs = {slot.column_key: answer(block, slot) for slot in slots}
    audit = book.issue.audit
    left = "" if block.is_events else blank(book)
    empty = ",".join(f'{ref}=""' for ref in refs.values())
    rules = audit.cover_rules if block.section is None else audit.rules
    needs = "&".join(need(book, audit, slot, slots, refs, rules) for slot in slots)
    return f'=IF(AND({empty}),"{left}",{needs_in_words(needs)})'


def blank(book: Book) -> str:
    """Return what a row says in which nothing was typed."""
    return AS_IT_WAS if book.issue.layout.is_progress else NOT_ANSWERED


def needs_in_words(needs: str) -> str:
    """Return the expression for a row's status, of one that is `` and …`` for each thing it needs."""
    said = f'SUBSTITUTE("Needs"&{needs}&"|","Needs|","{COMPLETE}")'
    return f'SUBSTITUTE(SUBSTITUTE({said},"Needs and","Needs"),"|","")'


def cover_status(book: Book, block: Block, row_key: str) -> str:
    """Return the formula that says whether a cover field is filled, needed or optional."""
    slot = next(slot for slot in block.slots if slot.row_key == row_key)
    refs = {other.row_key: answer(block, other) for other in block.slots}
    audit = book.issue.audit
    fields = {other.row_key: other.field for other in block.slots}
    required = _required(slot.field, fields, refs, audit, audit.cover_rules)
    ref = refs[row_key]
    wrong = _wrong(book, slot.field, ref)
    done = f'IF({wrong},"{NEEDED}","{COMPLETE}")' if wrong else f'"{COMPLETE}"'
    todo = f'IF({required},"{NEEDED}","{OPTIONAL}")' if required else f'"{OPTIONAL}"'
    return f'=IF({ref}="",{todo},{done})'


def answered(book: Book, block: Block) -> str:
    """Return the expression that counts the answered questions of a section (no equals sign)."""
    if book.issue.layout.is_progress:
        return f"{len(block.row_keys)}-{counted(block, AS_IT_WAS)}"
    rating = book.issue.audit.rating_field(block.section) if block.section else None
    if rating is None:
        return complete(block)
    column = _column(block, block.col(rating.id))
    return f"SUMPRODUCT(COUNTIF({column},{book.choices_range(rating)}))"


def complete(block: Block) -> str:
    """Return the expression that counts the rows of a block that need nothing more (no equals sign)."""
    return counted(block, COMPLETE)


def complete_for(blocks: Iterable[Block], col: str, whom: str) -> str:
    """Return the expression that counts the complete rows that are for somebody (no equals sign).

    Args:
        blocks: Blocks that say for whom each row is.
        col: The key of the column that says so.
        whom: The cell that holds how it does.
    """
    pairs = ((_column(block, block.col(col)), _column(block, block.col("status"))) for block in blocks)
    return "+".join(f'SUMPRODUCT(({own}={whom})*({said}="{COMPLETE}"))' for own, said in pairs)


def begun(block: Block) -> str:
    """Return the expression that counts the rows of a block in which anything was typed (no equals sign).

    It is for tables of events, where the status of any other row is empty; the heading is counted too.
    """
    return f'(COUNTIF({_column(block, block.col("status"))},"?*")-1)'


def counted(block: Block, status: str) -> str:
    """Return the expression that counts the rows of a block with this status (no equals sign)."""
    return f'COUNTIF({_column(block, block.col("status"))},"{status}")'


def _column(block: Block, col: int) -> str:
    """Return a column of the block with its locked header and the locked row below its last answer."""
    return f"{quoted(block.sheet)}!{cell(HEADER_ROW, col)}:{cell(block.last_row + 1, col)}"


def answer(block: Block, slot: Slot) -> str:
    """Return the expression for an answer cell: by its own row in a table, by its key's row in a form."""
    table = f"$A$1:{cell(block.last_row + 1, block.last_answer)}"
    row = "ROW()" if block.section is not None else f"ROW($A{slot.row + 1})"
    column = cell(HEADER_ROW, slot.col, fixed=False).replace(str(HEADER_ROW + 1), f"${HEADER_ROW + 1}")
    return f"INDEX({table},{row},COLUMN({column}))"


def need(
    book: Book, audit: Audit, slot: Slot, slots: list[Slot], refs: dict[str, str], rules: tuple[Rule, ...]
) -> str:
    """Return the expression that is `` and an action`` where that answer is missing or wrong, else empty."""
    fields = {other.column_key: other.field for other in slots}
    ref = refs[slot.column_key]
    required = _required(slot.field, fields, refs, audit, rules)
    missing = f'IF(AND({ref}="",{required})," and {_text(slot.field.missing)}","")' if required else '""'
    wrong = _wrong(book, slot.field, ref)
    if not wrong:
        return missing
    how = f"{slot.field.missing} {hint(slot.field)}"
    return f'{missing}&IF(AND({ref}<>"",{wrong})," and {_text(how)}","")'


def hint(field: Field) -> str:
    """Return how an answer must be given, after its name: "from the list"."""
    return kind_of(field).HINT


def _required(
    field: Field, fields: dict[str, Field], refs: dict[str, str], audit: Audit, rules: tuple[Rule, ...]
) -> str:
    """Return the condition under which ``field`` must be filled: empty if it never must."""
    if field.required:
        return "TRUE"
    when = [_holds(rule, fields, refs, audit) for rule in rules if field.id in rule.require]
    when = [condition for condition in when if condition]
    return f"OR({','.join(when)})" if when else ""


def _holds(rule: Rule, fields: dict[str, Field], refs: dict[str, str], audit: Audit) -> str:
    """Return the condition of a rule; empty if this row hasn't the fields that it looks at."""
    if not set(rule.when) <= set(fields):
        return ""
    tests = []
    for field_id, values in rule.when.items():
        ref, field = refs[field_id], fields[field_id]
        if values == ("any",):
            tests.append(f'{ref}<>""')
        elif field.kind == "several":
            tests.append(f"{ref}={literal(YES)}")
        elif field.kind == "rating":
            tests.append(f"OR({','.join(_rated(ref, field, audit, value) for value in values)})")
        else:
            tests.append(f"OR({','.join(f'{ref}={literal(value)}' for value in values)})")
    return f"AND({','.join(tests)})"


def _rated(ref: str, field: Field, audit: Audit, point_id: str) -> str:
    """Return the condition that the rating is this point, or a number in this point's band."""
    scale = audit.scale(field.scale)
    point = scale.point(point_id)
    if scale.numbers is None or point.not_applicable:
        return f"{ref}={literal(point.text)}"
    tests = [f"ISNUMBER({ref})"]
    if point.at_least is not None:
        tests.append(f"{ref}>={point.at_least:g}")
    above = [p.floor for p in scale.ranked if p.floor > point.floor]
    if above:
        tests.append(f"{ref}<{min(above):g}")
    return f"AND({','.join(tests)})"


def _wrong(book: Book, field: Field, ref: str) -> str:
    """Return the condition that something pasted over the cell's validation; empty if anything goes."""
    choices = book.choices_range(field)
    if choices:
        return f"ISNA(MATCH({ref},{choices},0))"
    return f"NOT(ISNUMBER({ref}))" if kind_of(field).HINT else ""


def _text(words: str) -> str:
    return words.replace('"', '""')


def literal(words: str) -> str:
    """Return a text as formulas hold it."""
    return f'"{_text(words)}"'
