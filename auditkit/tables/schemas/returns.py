"""Tables of who was asked, what came in, and what was said of it."""

from __future__ import annotations

from auditkit.tables.schema import Column, Schema
from auditkit.tables.schemas.columns import FIELD, FILE, QUESTION, WHO

RECIPIENTS = Schema(
    "a recipient, in the order of the register",
    ("recipient_id",),
    (
        *WHO,
        Column("sector", "text", "sector in the register"),
        Column("contact", "text", "contact name"),
        Column("email", "text", "email address"),
        Column("issued", "date", "when a workbook was issued to it"),
        Column("standing", "text", "returned, partly, nil return, not returned or closed"),
        Column("completed", "number", "share of what was asked that is filled in", "fraction"),
        Column("file", "text", "the accepted return"),
        Column("waiting", "number", "files of this recipient that are held or rejected", "files"),
    ),
)

RETURNS = Schema(
    "a file of the returns folder, or a recipient's part of a pack, by recipient and name",
    ("file",),
    (
        FILE,
        *WHO,
        Column("outcome", "text", "accepted, superseded, held, rejected, passed over or progress"),
        Column("completed", "number", "share of what was asked that is filled in", "fraction"),
        Column("author", "text", "who filled it in"),
        Column("signed_by", "text", "who signed it off"),
        Column("signed_on", "any", "when"),
        Column("saved", "date and time", "when the workbook says it was saved, else when it came", "UTC"),
        Column("queries", "number", "findings that somebody should look at, or decide on", "findings"),
        Column("notes", "number", "findings just to know", "findings"),
        Column("findings", "text", "titles of its findings, with how often"),
        Column("sha256", "text", "SHA-256 of the file", "hex"),
        Column("cells", "number", "filled answer cells, counted as the file came in", "cells"),
        Column("pack", "text", "path of the pack that it came in, if it did"),
    ),
)

FINDINGS = Schema(
    "a finding, the gravest first",
    (),
    (
        FILE,
        *WHO,
        Column("code", "text", "key of the catalogue of findings"),
        Column("severity", "text", "rejected, held, query or note"),
        Column("sheet", "text", "sheet of the return"),
        Column("cell", "text", "cell of the return"),
        Column("question", "text", "question id, or label of a cover field"),
        Column("value", "text", "what was typed, cut to a showable length"),
        Column("title", "text", "the finding in a few words"),
        Column("what", "text", "what is wrong"),
        Column("do", "text", "what to do"),
    ),
)

CHANGES = Schema(
    "an answer that a later return changed, or that changed since the last run in which anything did",
    (),
    (
        Column("since", "text", "what it is compared with: an earlier return, or the run of that time (UTC)"),
        Column("change", "text", "changed, added, removed, new return or withdrawn"),
        *WHO,
        *QUESTION,
        *FIELD[:2],
        Column("old", "any", "the answer before; long texts of an earlier run are cut"),
        Column("new", "any", "the answer now"),
        Column("old_file", "text", "the return in which the old answer stands"),
        Column("new_file", "text", "the return in which the new answer stands"),
    ),
)
