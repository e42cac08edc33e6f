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
        "number-read",
        "note",
        "Number typed with words or signs",
        "{field}: “{value}” was read as the number {read}.",
        LOOK,
        READ,
    ),
    Entry(
        "says-not-applicable",
        "note",
        "Not applicable instead of a number",
        "{field}: “{value}” was typed where a number is asked. It isn't the same as nought. " + LEFT_OUT,
        "Nothing, if the question needn't apply to this recipient.",
        "At {question} ({field}) you typed “{value}”. If the number is nought, please type 0.",
    ),
    Entry(
        "not-exact",
        "query",
        "A limit or an estimate, not a number",
        "{field}: “{value}” leaves open which number is meant. " + LEFT_OUT,
        ASK,
        "At {question} ({field}) you typed “{value}”. Please give us the exact number: {limits}.",
    ),
    Entry(
        "percent-unclear",
        "query",
        "Percentage or fraction?",
        "{field}: “{value}” may be a percentage or a fraction. " + LEFT_OUT,
        ASK,
        "At {question} ({field}) you typed “{value}”. Please type it with a percent sign.",
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
        "not-a-day",
        "query",
        "A time, but no day",
        "{field}: “{value}” doesn't say which day. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "month-first",
        "query",
        "Month before the day",
        "{field}: “{value}” can't be a day, month and year in that order; the month may have been typed "
        "first. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "wrong-weekday",
        "query",
        "Weekday and date don't agree",
        "{field}: in “{value}” the weekday isn't that of the date. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "century-unclear",
        "query",
        "Which century?",
        "{field}: the year in “{value}” may be of more than one century. " + LEFT_OUT,
        ASK,
        AGAIN,
    ),
    Entry(
        "not-a-time",
        "query",
        "Not a time",
        "{field}: “{value}” isn't one certain time of day. " + LEFT_OUT,
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
    Entry(
        "carried-unconfirmed",
        "query",
        "Carried over, not confirmed",
        "Answers that were carried over from another audit and that nobody has confirmed or changed: {count} "
        "({questions}). They are kept, but don't count.",
        "Ask the respondent to look at them and choose Confirmed or Changed beside each.",
        "Some answers in your workbook were carried over for you ({questions}). Please look at each and "
        "choose Confirmed or Changed beside it: until then they don't count.",
    ),
)
