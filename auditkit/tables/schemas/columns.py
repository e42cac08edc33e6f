"""Columns that several tables have."""

from __future__ import annotations

from auditkit.tables.schema import Column

ID = Column("recipient_id", "text", "id in the register")
WHO = (
    ID,
    Column("recipient", "text", "name in the register"),
    Column("group", "text", "group in the register"),
)
FILE = Column("file", "text", "path of the return below the returns folder")
SECTION = (Column("section_id", "text", "id of the section"), Column("section", "text", "its title"))
QUESTION = (
    *SECTION,
    Column("question_id", "text", "id of the question"),
    Column("question", "text", "the question"),
)
FIELD = (
    Column("field_id", "text", "id of the field"),
    Column("field", "text", "its label, as in the workbook"),
    Column("kind", "text", "kind of answer"),
    Column("role", "text", "what it means to outputs, if anything"),
)
VALUE = (
    Column("value", "any", "the answer; as it was typed where that can't be used"),
    Column("usable", "yes or no", "No: typed but not understood, left out of every figure"),
)
CELL = (
    Column("sheet", "text", "sheet of the return"),
    Column("cell", "text", "cell of the return"),
)
MEASURE = (
    *QUESTION,
    Column("unit", "text", "what is counted or measured"),
    Column("period", "text", "for when"),
)
