"""Findings about whose workbook a file is, and which version of it."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

ENTRIES = (
    Entry(
        "identity-missing",
        "held",
        "Not known whose it is",
        "Nothing in the file says whose workbook it is, so it may not be one of yours at all.",
        "{proposal}Open it first. If its answers were copied into a new file, ask for the workbook that was "
        "issued.",
        "The file you sent isn't the workbook that we gave you. Please fill in that one and send it back.",
    ),
    Entry(
        "identity-cover-only",
        "held",
        "Known by its first sheet only",
        "The first sheet says that it belongs to {recipient}, but the hidden sheet that proves it has gone.",
        "{proposal}Some programs drop hidden sheets when they save. Check first that it comes from "
        "{recipient}; if you can't be sure, ask for the workbook saved in Excel.",
        "The program you used dropped a part of the workbook that we need. If you can, please save it in "
        "Excel.",
    ),
    Entry(
        "identity-altered",
        "held",
        "Identity doesn't verify",
        "The file says that it belongs to {recipient}, but this round didn't sign that: it was altered, "
        "or the workbook was issued with another key.",
        "{proposal}Check first with {recipient} that the file is theirs. If the round's folder was moved or "
        "rebuilt, put its key (.auditkit/key) back from a backup.",
        "We couldn't confirm that this workbook is the one we gave you. Please fill in the workbook that "
        "we sent.",
    ),
    Entry(
        "identity-conflict",
        "held",
        "Two identities in one file",
        "Parts of the file say that they belong to different workbooks: {identities}.",
        "{proposal}Sheets of two workbooks were probably put together. Ask the respondent first whose "
        "answers these are.",
        "Your file mixes sheets from different workbooks. Please fill in the one that we gave you.",
    ),
    Entry(
        "sample-workbook",
        "held",
        "A sample, not an issued workbook",
        "This is a sample of the workbooks (auditkit preview). It was made to be looked at, and never issued "
        "to anybody.",
        "{proposal}If it came back with nothing in it, exclude it (auditkit exclude). If somebody filled it "
        "in by mistake, ask for the workbook that was issued to them.",
        "You filled in a sample that was only for showing what would be asked. Please use the workbook that "
        "we sent to you.",
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
        "{proposal}If they were taken off the register or their id was changed, put it right there and "
        "collate again.",
        "We no longer have you on the list for this audit. Please tell us who should be answering it.",
    ),
    Entry(
        "pack-member-left",
        "query",
        "No longer in the register",
        "The pack has a part for {recipient}, whom the register doesn't list any more. It doesn't count.",
        "If {recipient} was taken off the register by mistake, put it back and collate again. What was "
        "answered for it stands in the file and nowhere else.",
        "Your workbook has answers for {recipient}, which is no longer on the list for this audit.",
    ),
    Entry(
        "row-names-another",
        "query",
        "Perhaps another's row in the pack",
        "By their references these rows are for {recipient}, but by their words for {others}: {questions}. "
        "They count for {recipient}.",
        "Open the file and ask which of them answered there. Part of a table was probably moved or sorted.",
        "Rows in your workbook say {others} but have the reference of {recipient}: {questions}. Please tell "
        "us whose answers they are.",
    ),
    Entry(
        "another-recipient",
        "query",
        "Perhaps another recipient's answers",
        "It is the workbook that was made for {recipient}, and counts as theirs. But by {by} it comes from "
        "{other}.",
        "Ask who filled it in. If it wasn't {recipient}, exclude it (auditkit exclude), and ask for the "
        "answers in the workbook that was made for {other}.",
        "You filled in the workbook that was made for {recipient}. If that isn't you, please put your "
        "answers into the workbook that we made for you.",
    ),
    Entry(
        "issued-to-predecessor",
        "note",
        "Issued under an earlier id",
        "The workbook was issued to {was}. By the register's column “predecessor” that is {recipient} now, "
        "so it counts as theirs.",
        "Nothing, unless they aren't the same: then correct that column.",
        "We gave you this workbook under your earlier reference, {was}. It counts for you all the same.",
    ),
    Entry(
        "accepted-by-decision",
        "note",
        "Accepted by decision",
        "{who} accepted this file as the return of {recipient} on {when}{because}. {against}.",
        "Nothing. To take that back: auditkit decisions --undo {number}.",
        "We have accepted your workbook as your return.",
    ),
    Entry(
        "excluded-by-decision",
        "note",
        "Excluded by decision",
        "{who} excluded this file on {when}{because}. Nothing in it counts.",
        "Nothing. To take that back: auditkit decisions --undo {number}.",
        "We haven't used this file.",
    ),
    Entry(
        "other-edition",
        "query",
        "Another edition of the audit",
        "The workbook was issued with edition {theirs} of the audit; the definition is now edition "
        "{ours}. What exactly it asked isn't known here, so its answers were read by question: those that "
        "both have are in the master.",
        "Look at what this return couldn't have answered (its other findings), and decide whether to ask "
        "for it.",
        "You filled in an earlier edition of the audit. We may ask you a few further questions.",
    ),
    Entry(
        "other-layout",
        "query",
        "The questions have changed since",
        "The definition, or what applies to this recipient, has changed since this workbook was issued. "
        "What exactly it asked isn't known here, so its answers were read by question: those that both have "
        "are in the master.",
        "Look at what this return couldn't have answered (its other findings), and decide whether to ask "
        "for it.",
        "The questions have changed a little since we sent your workbook. We may ask you a few further "
        "questions.",
    ),
    Entry(
        "edition-lacks",
        "query",
        "Asked less than is asked now",
        "The workbook (edition {theirs}, issue {issue}) was read by what it asked. What is asked now "
        "(edition {ours}) and wasn't in it: {missing}.",
        "Decide whether to ask for these answers. A new issue of the workbook has them: auditkit generate "
        "--again and the recipient's id.",
        "You filled in an earlier version of the audit. We have kept your answers, and may ask you about "
        "what is new: {missing}.",
    ),
    Entry(
        "earlier-edition",
        "note",
        "An earlier edition, with nothing missing",
        "The workbook was issued with edition {theirs}; the definition is now edition {ours}. It asks "
        "everything that is asked now.",
        "Nothing.",
        "You filled in an earlier edition of the audit. Nothing is missing from it.",
    ),
    Entry(
        "no-longer-asked",
        "note",
        "Answers to what isn't asked any more",
        "Answers to what this recipient isn't asked now: {count} ({questions}). The master's Answers has "
        "them with the rest, and no rating counts them.",
        "Nothing, unless the recipient's row in the register or the definition is wrong.",
        "You answered questions that we don't ask any more: {questions}. We have kept your answers.",
    ),
    Entry(
        "no-longer-offered",
        "query",
        "Answer that isn't offered any more",
        "{field}: “{value}” could be chosen when the workbook was issued, and can't be now. It is shown as "
        "it was typed, and counts in no figure.",
        "Ask the respondent which of the present answers they mean.",
        "{question} ({field}): “{value}” can't be chosen any more. Please tell us which of the present "
        "answers you mean.",
    ),
    Entry(
        "answers-renamed",
        "note",
        "Ratings read under their present names",
        "The ratings have been renamed since the workbook was issued, and were read by what they stand for: "
        "{renamed}.",
        "Nothing.",
        "Some ratings have new names since we sent your workbook: {renamed}.",
    ),
)
