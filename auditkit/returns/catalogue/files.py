"""Findings about a file as such: what it is, whether it opens, and which of several counts."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

RESEND = (
    "We couldn't open the file that you sent ({file}). Please send the workbook again, "
    "as an Excel file (.xlsx)."
)

ENTRIES = (
    Entry(
        "file-empty",
        "rejected",
        "Empty file",
        "The file holds nothing at all, so it was probably cut off while it was sent or saved.",
        "Save the attachment from the email again. If it is still empty, ask the respondent to send it "
        "again.",
        RESEND,
    ),
    Entry(
        "file-too-large",
        "rejected",
        "File too large",
        "The file is larger than auditkit reads ({size}; the most it reads is {limit}).",
        "Pictures or documents were probably pasted in. Ask for the workbook without them.",
        "Your workbook is too large for us to read. Please take out any pasted pictures and documents, "
        "and send it again.",
    ),
    Entry(
        "file-damaged",
        "rejected",
        "Damaged workbook",
        "It looks like an Excel workbook, but it is damaged or incomplete and can't be read ({reason}).",
        "Save the attachment from the email again. If Excel can repair it, save the repaired copy as "
        ".xlsx into the returns folder; otherwise ask the respondent to send it again.",
        RESEND,
    ),
    Entry(
        "file-unopenable",
        "rejected",
        "File can't be opened",
        "This computer wouldn't open it ({reason}).",
        "Close the file if it is open in another program, check that you may read it, and collate again.",
        RESEND,
    ),
    Entry(
        "file-link",
        "rejected",
        "Shortcut, not a file",
        "This is a link to somewhere else. Links aren't followed, so nothing was read.",
        "Copy the file itself into the returns folder.",
        "You sent a link to the workbook. Please send the workbook itself.",
    ),
    Entry(
        "file-password",
        "rejected",
        "Locked with a password",
        "The file can't be read without a password: somebody encrypted it when they saved it.",
        "Open it with the password, save a copy without one (File, Info, Protect Workbook, Encrypt with "
        "Password, clear it), put the copy into the returns folder and remove this one.",
        "Your workbook is locked with a password. Please send it without one, or tell us the password by "
        "telephone.",
    ),
    Entry(
        "not-a-workbook",
        "rejected",
        "Not an Excel workbook",
        "This is {kind}, not an Excel workbook (.xlsx), so no answers could be read from it.",
        "If it is or holds the filled-in workbook, open it and save the workbook as .xlsx into the "
        "returns folder. If it was made from the workbook (a PDF, say), ask the respondent for the "
        "workbook itself.",
        "You sent {kind}. Please send the workbook that we gave you, saved as an Excel file (.xlsx).",
    ),
    Entry(
        "not-read",
        "rejected",
        "Couldn't be read",
        "Something in the file stopped auditkit from reading it ({reason}).",
        "Open it in Excel, save it as .xlsx under a new name into the returns folder, and collate again. "
        "Please report it too: auditkit should have coped.",
        RESEND,
    ),
    Entry(
        "identical-duplicate",
        "note",
        "The same file again",
        "Byte for byte the same file as {by}, which is the one that counts.",
        "Nothing. You may delete either copy.",
        "We received the same file more than once and have counted it once.",
    ),
    Entry(
        "superseded",
        "note",
        "Replaced by a later return",
        "A later return from the same recipient counts instead: {by}, saved {by_saved}. This one was "
        "saved {saved}.",
        "Nothing, if the later one is meant to replace this one. If this is the one that counts, take "
        "the other out of the returns folder.",
        "We received more than one workbook from you and have used the one saved last, on {by_saved}.",
    ),
    Entry(
        "earlier-is-fuller",
        "query",
        "An earlier return holds more",
        "This is the latest return and counts, but {earlier} holds more answers ({more} against {fewer}).",
        "Compare the two and ask the respondent which one counts. Take the other out of the returns folder.",
        "Your latest workbook holds fewer answers than an earlier one. Please tell us which one counts.",
    ),
)
