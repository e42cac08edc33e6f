"""Findings about what was typed in one cell. The codes are those that the kinds of field give."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

LEFT_OUT = "It is kept as typed, and left out of scores and counts."
ASK = "Ask the respondent for {limits}."
AGAIN = "At {question} ({field}) we couldn't use “{value}”. Please give {limits}."
READ = "At {question} ({field}) we read “{value}” as “{read}”. Tell us if that isn't what you meant."
LOOK = "Nothing, unless it was read wrongly."

ENTRIES = (
    Entry(
        "near-miss",
        "note",
        "Read as the nearest choice",
        "{field}: “{value}” isn't spelt as in the list; it was read as “{read}”.",
        LOOK,
        READ,
    ),
    Entry(
        "number-as-text",
        "note",
        "Number typed as text",
        "{field}: “{value}” was stored as text; it was read as the number {read}.",
        LOOK,
        READ,
    ),
    Entry(
        "percent-read",
        "note",
        "Percentage typed another way",
        "{field}: “{value}” was read as {read}.",
        LOOK,
        READ,
    ),
    Entry(
        "date-read",
        "note",
        "Date typed as text or number",
        "{field}: “{value}” isn't stored as a date; it was read as {read}.",
        LOOK,
        READ,
    ),
    Entry(
        "not-in-list",
        "query",
        "Not one of the choices",
        "{field}: “{value}” isn't " + "{limits}. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "not-a-number",
        "query",
        "Not a number",
        "{field}: “{value}” isn't a number. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "not-whole",
        "query",
        "Not a whole number",
        "{field}: {value} isn't a whole number. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "out-of-range",
        "query",
        "Outside the limits",
        "{field}: {value} isn't {limits}. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "not-a-date",
        "query",
        "Not a date",
        "{field}: “{value}” isn't a date. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "error-value",
        "query",
        "Spreadsheet error",
        "{field}: the cell shows the error {value} instead of an answer. " + LEFT_OUT,
        "A formula was typed or pasted there and broke. Ask the respondent for the answer itself.",
        "At {question} ({field}) the cell shows the error {value}. Please type your answer there.",
    ),
)
