"""Findings about the tables of a workbook: keys that are missing, strange, or there twice."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

ENTRIES = (
    Entry(
        "count-differs",
        "held",
        "Not read whole",
        "Filled answer cells in this file: {counted} counted but {read} read, so auditkit may not have "
        "understood how the sheets were moved about. It is about: {places}.",
        "Open the file and compare these cells with the form. If the workbook was rearranged, ask for the "
        "answers in the workbook as it was issued. Please report this too: it may be a fault of auditkit.",
        "Your workbook had been rearranged, so that not all of it could be read. Please send your answers in "
        "the workbook as we sent it.",
    ),
    Entry(
        "missing-sheets",
        "query",
        "Sheets missing",
        "These sheets aren't in the file, or their reference rows have gone, so nothing on them could be "
        "read: {sheets}.",
        "Open the file. If the answers are there, ask for the workbook as it was issued; if not, ask for "
        "those sheets.",
        "These sheets were missing from your workbook: {sheets}. Please send it again with all its sheets.",
    ),
    Entry(
        "missing-rows",
        "query",
        "Questions missing",
        "These questions aren't on the sheet any more, so no answer could be read: {questions}.",
        "Rows were deleted or their references overwritten. Ask the respondent for the answers to these "
        "questions.",
        "These questions were missing from your workbook: {questions}. Please answer them in the "
        "workbook that we sent.",
    ),
    Entry(
        "missing-columns",
        "query",
        "Answer columns missing",
        "These columns aren't on the sheet any more, so nothing in them could be read: {columns}.",
        "Columns were deleted or their references overwritten. Ask the respondent for what was in them.",
        "These columns were missing from your workbook: {columns}. Please fill them in in the workbook "
        "that we sent.",
    ),
    Entry(
        "unknown-sheet",
        "query",
        "Sheet that isn't asked",
        "The sheet answers a part of the audit (“{key}”) that isn't asked of this recipient, so it was "
        "left out.",
        "If it should have been asked, check the recipient's row in the register; otherwise nothing.",
        "You answered a part that isn't asked of your organisation. We have left it out.",
    ),
    Entry(
        "unknown-row",
        "query",
        "Row that isn't asked",
        "The row has the reference “{key}”, which isn't a question on this sheet for this recipient, so "
        "what was typed there is no answer. It is kept as a note.",
        "If it belongs to a question, ask the respondent to answer that question.",
        "We couldn't tell which question you answered at “{key}”. Please answer it in its own row.",
    ),
    Entry(
        "unkeyed-row",
        "query",
        "Typed outside the questions",
        "Something was typed in a row that belongs to no question, so it is no answer. It is kept as a note.",
        "Read it. If it belongs to an answer, add it to that answer or ask the respondent to.",
        "You typed something below or between the questions. Please move it into the row of its question.",
    ),
    Entry(
        "unknown-column",
        "query",
        "Column that isn't asked",
        "The column has the reference “{key}”, which isn't asked here, so nothing in it is an answer. What "
        "it holds is kept as notes (filled cells: {count}).",
        "If it should be asked, check that the definition is the one that was issued.",
        "You filled in a column that we don't ask for. We have left it out.",
    ),
    Entry(
        "key-twice",
        "note",
        "Questions there twice",
        "These questions are in the file more than once, and nothing contradicts: {questions}. The "
        "answers were taken once.",
        "Nothing. A sheet or row was probably copied.",
        "Part of your workbook was there twice, with the same answers. We have counted them once.",
    ),
    Entry(
        "key-twice-differs",
        "query",
        "Two different answers",
        "This question is in the file more than once, with different answers: {answers}. None of them "
        "was chosen.",
        "Ask the respondent which answer counts.",
        "You gave different answers to the same question in different places. Please tell us which one "
        "counts.",
    ),
    Entry(
        "notes-left",
        "query",
        "Too much outside the answers to keep",
        "More was typed or pasted outside the answers than is kept as notes ({kept}). Left out: {count}, "
        "on {places}.",
        "Open the file and look there: a whole spreadsheet was probably pasted in. If it holds answers, ask "
        "the respondent to put them where they belong.",
        "You put much more into your workbook than the answer boxes hold ({places}). We haven't used it: "
        "please put what belongs to an answer into its box.",
    ),
)
