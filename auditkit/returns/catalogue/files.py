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
        "There is more in it than auditkit reads ({size}; the most it reads is {limit}).",
        "Pictures or documents were probably pasted in, or empty rows formatted down to the end of a sheet. "
        "Open it, delete those, save it under a new name into the returns folder and take this one out; or "
        "ask for the workbook without them. If it is right as it is, raise the limit under limits in "
        "round.yaml.",
        "Your workbook is too large for us to read. Please take out any pasted pictures and documents, "
        "and send it again.",
    ),
    Entry(
        "file-damaged",
        "rejected",
        "Damaged file",
        "It looks like a workbook or another Office file, but it is damaged or incomplete and can't be read "
        "({reason}).",
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
        "held",
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
        "Ask the respondent for the password by telephone, and run collate again with --ask-passwords, or "
        "with the password under file_passwords in round.yaml. Or ask for a copy without one. If it should "
        "have the password that you gave them, put their id into the file's name: it is tried first then.",
        "Your workbook is locked with a password. Please send it without one, or tell us the password by "
        "telephone.",
    ),
    Entry(
        "file-password-ods",
        "rejected",
        "Locked with a password",
        "It is an OpenDocument spreadsheet (.ods) with a password. auditkit can't open that kind, whatever "
        "the password.",
        "If you know the password, open it in LibreOffice and save it without one, as .xlsx, into the "
        "returns folder. Otherwise ask for a copy without a password.",
        "Your workbook is locked with a password. Please send it without one, saved as an Excel file "
        "(.xlsx).",
    ),
    Entry(
        "not-a-workbook",
        "held",
        "Not a workbook",
        "This is {kind}, not a spreadsheet, so no answers could be read from it.",
        "Open it and see what it is. If it was made from the workbook (a PDF or a photograph, say), ask the "
        "respondent for the workbook itself, saved as .xlsx. Then, or if it is no return at all, exclude "
        "it: auditkit exclude.",
        "You sent {kind}. Please send the workbook that we gave you, filled in and saved as an Excel file "
        "(.xlsx).",
    ),
    Entry(
        "file-unsafe",
        "rejected",
        "Built to do harm, or badly broken",
        "It is built in a way that no office program builds files ({reason}), so it was not opened.",
        "Don't open it yourself. Ask the sender, by telephone, whether they sent it, and for the workbook "
        "again. If they didn't send it, tell your IT team.",
        "We couldn't open the file that you sent ({file}), because it isn't built as Excel builds files. "
        "Please save the workbook again in Excel (.xlsx) and send that.",
    ),
    Entry(
        "file-unknown",
        "rejected",
        "Unknown kind of file",
        "It is no spreadsheet and nothing else that auditkit knows, so nothing could be read from it.",
        "Ask the respondent what it is, and for the workbook as an Excel file (.xlsx).",
        RESEND,
    ),
    Entry(
        "reader-died",
        "rejected",
        "Reading it broke off",
        "The program that reads files stopped while it read this one, as it does on files that are badly "
        "broken or built to do harm. All other files were read.",
        "Don't trust the file. Ask the sender whether they sent it, and for the workbook again, saved anew "
        "in Excel.",
        RESEND,
    ),
    Entry(
        "reader-slow",
        "rejected",
        "Takes too long to read",
        "Reading it was given up after {seconds} seconds. All other files were read.",
        "There is probably far more in it than answers. Open it, delete what doesn't belong there, save it "
        "under a new name into the returns folder and take this one out; or ask for it again.",
        "Your workbook takes too long to read. Please take out anything that isn't an answer, and send it "
        "again.",
    ),
    Entry(
        "reader-memory",
        "rejected",
        "Takes too much memory to read",
        "Reading it was given up because it needs more memory than auditkit allows for one file. All other "
        "files were read.",
        "There is probably far more in it than answers. Open it, delete what doesn't belong there, save it "
        "under a new name into the returns folder and take this one out; or ask for it again.",
        "Your workbook is too large for us to read. Please take out anything that isn't an answer, and send "
        "it again.",
    ),
    Entry(
        "package-given-up",
        "rejected",
        "Not read to its end",
        "{why}, so the rest was left out; {read} of the files in it were looked at.",
        "Don't trust it. If it holds genuine returns, take them out of it and put them into the returns "
        "folder one by one.",
        RESEND,
    ),
    Entry(
        "package-empty",
        "rejected",
        "Nothing in it",
        "{kind} with no file in it that could be a return.",
        "Ask the sender for the workbook; they probably forgot to attach or add it.",
        "What you sent ({file}) held no workbook. Please send the filled-in workbook.",
    ),
    Entry(
        "email-text",
        "held",
        "A message without a workbook",
        "No workbook is attached: the reply, if it is one, is in the message's own text or pictures.",
        "Open the message and read it. If it holds answers, ask the respondent to type them into the "
        "workbook and send that. If it is only a covering note, exclude it: auditkit exclude.",
        "You replied in the text of an email. Please fill in the workbook that we gave you and send that.",
    ),
    Entry(
        "passed-over",
        "note",
        "Not a return: passed over",
        "This is {what}, so it was not looked into.",
        "Nothing, unless it is a return after all: then give it an ordinary name and collate again.",
        "A file that you sent ({file}) is no workbook, and was left out.",
    ),
    Entry(
        "companion",
        "note",
        "Came with a workbook: passed over",
        "This is {kind} that came together with {workbook}. Only the workbook is read.",
        "Nothing, unless the workbook refers to it as evidence that you want to see.",
        "We have read your workbook. What you sent with it ({file}) was not read.",
    ),
    Entry(
        "has-macros",
        "note",
        "Holds macros",
        "There are macros in the file. They were not run; the answers were read without them.",
        "Our workbooks have no macros, so somebody's own program put them there. Open the file only with "
        "macros blocked, or not at all.",
        "There are macros in the workbook that you sent. Please use the workbook as we issued it.",
    ),
    Entry(
        "has-controls",
        "note",
        "Holds controls",
        "There are active controls (buttons or boxes that run programs) in the file. They were not run.",
        "Our workbooks have none, so somebody put them there. Open the file in Protected View only.",
        "There are active controls in the workbook that you sent. Please use the workbook as we issued it.",
    ),
    Entry(
        "has-links",
        "note",
        "Links to other files",
        "The file refers to {count} other files or connections. None was followed; cells that draw on them "
        "show what they showed when the file was saved.",
        "If you open it, don't update the links.",
        "The workbook that you sent draws on other files, which we don't have. Please type in the answers "
        "themselves.",
    ),
    Entry(
        "has-dde",
        "note",
        "Links that start a program",
        "The file holds a link of a kind (DDE) that can start a program on the computer of whoever opens it. "
        "It was not followed.",
        "Don't open the file. Ask the sender, by telephone, whether they know of it, and tell your IT team.",
        "There is a link in your workbook that can start programs. Please use the workbook as we issued it.",
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
        "A later return from the same recipient counts instead: {by}, {by_saved}. This one was {saved}.",
        "Nothing, if the later one is meant to replace this one. If this is the one that counts, exclude the "
        "other: auditkit exclude.",
        "We received more than one workbook from you and have used the latest, {by_saved}.",
    ),
    Entry(
        "earlier-is-fuller",
        "query",
        "An earlier return holds more",
        "This is the latest return and counts, but {earlier} holds more answers ({more} against {fewer}).",
        "Compare the two and ask the respondent which one counts. If it is the earlier, exclude this one: "
        "auditkit exclude.",
        "Your latest workbook holds fewer answers than an earlier one. Please tell us which one counts.",
    ),
)
