"""Findings about whose workbook a file is, and which version of it."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

ENTRIES = (
    Entry(
        "identity-missing",
        "held",
        "Not known whose it is",
        "Nothing in the file says whose workbook it is, so it may not be one of yours at all.",
        "Open it. If it is a return whose answers were copied into a new file, ask for the workbook that "
        "was issued.",
        "The file you sent isn't the workbook that we gave you. Please fill in that one and send it back.",
    ),
    Entry(
        "identity-cover-only",
        "held",
        "Known by its first sheet only",
        "The first sheet says that it belongs to {recipient}, but the hidden sheet that proves it has gone.",
        "Some programs drop hidden sheets when they save. Check that it comes from {recipient}; if you "
        "can't be sure, ask for the workbook saved in Excel.",
        "The program you used dropped a part of the workbook that we need. If you can, please save it in "
        "Excel.",
    ),
    Entry(
        "identity-altered",
        "held",
        "Identity doesn't verify",
        "The file says that it belongs to {recipient}, but this round didn't sign that: it was altered, "
        "or the workbook was issued with another key.",
        "Check with {recipient} that the file is theirs. If the round's folder was moved or rebuilt, put "
        "its key (.auditkit/key) back from a backup.",
        "We couldn't confirm that this workbook is the one we gave you. Please fill in the workbook that "
        "we sent.",
    ),
    Entry(
        "identity-conflict",
        "held",
        "Two identities in one file",
        "Parts of the file say that they belong to different workbooks: {identities}.",
        "Sheets of two workbooks were probably put together. Ask the respondent whose answers these are.",
        "Your file mixes sheets from different workbooks. Please fill in the one that we gave you.",
    ),
    Entry(
        "other-round",
        "held",
        "From another round",
        "This workbook belongs to the round “{theirs}”; this is the round “{ours}”.",
        "Move it to the returns folder of its own round, and ask the respondent for this round's workbook.",
        "You sent the workbook of another audit ({theirs}). Please fill in the one for this audit.",
    ),
    Entry(
        "unknown-recipient",
        "held",
        "Not in the register",
        "The workbook belongs to the recipient with the id “{recipient}”, whom the register doesn't list.",
        "If they were taken off the register or their id was changed, put it right there and collate again.",
        "We no longer have you on the list for this audit. Please tell us who should be answering it.",
    ),
    Entry(
        "other-edition",
        "query",
        "Another edition of the audit",
        "The workbook was issued with edition {theirs} of the audit; the definition is now edition "
        "{ours}. Answers were read by question, so those that both have are in the master.",
        "Look at what this return couldn't have answered (its other findings), and decide whether to ask "
        "for it.",
        "You filled in an earlier edition of the audit. We may ask you a few further questions.",
    ),
    Entry(
        "other-layout",
        "query",
        "The questions have changed since",
        "The definition, or what applies to this recipient, has changed since this workbook was issued. "
        "Answers were read by question, so those that both have are in the master.",
        "Look at what this return couldn't have answered (its other findings), and decide whether to ask "
        "for it.",
        "The questions have changed a little since we sent your workbook. We may ask you a few further "
        "questions.",
    ),
)
