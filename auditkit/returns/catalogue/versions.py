"""Findings about several returns of one recipient: which one counts, and why."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

ENTRIES = (
    Entry(
        "less-complete",
        "note",
        "A fuller return counts instead",
        "Another return of the same recipient counts, since it answers more: {by}, {by_saved}. "
        "Usable answers: {more} there, {fewer} here.",
        "Nothing. The round's settings say that the most complete return counts.",
        "We received more than one workbook from you and have used the one with most answers.",
    ),
    Entry(
        "later-holds-less",
        "query",
        "A later return holds less",
        "This return counts, since it answers most, though {later} was saved later. Usable answers: {more} "
        "here, {fewer} there.",
        "If the later one is meant to replace this one, exclude this one: auditkit exclude.",
        "Your latest workbook holds fewer answers than an earlier one, so we have used the earlier one. "
        "Please tell us if that is wrong.",
    ),
    Entry(
        "order-uncertain",
        "query",
        "Not certain which return is later",
        "This return counts as the later one, but that isn't certain: {why}.",
        "Compare them, or ask the respondent which one counts. If it is the other, exclude this one: "
        "auditkit exclude.",
        "We received more than one workbook from you and can't tell which is the latest. Please tell us "
        "which one counts.",
    ),
    Entry(
        "merged-by-section",
        "note",
        "Merged from several returns",
        "Several returns of this recipient were made one, section by section: {parts}.",
        "Nothing. Every answer in the master names the file that it comes from.",
        "We received more than one workbook from you and have put them together.",
    ),
    Entry(
        "merged-into",
        "note",
        "Merged with a later return",
        "This return was made one with {by}: {what}.",
        "Nothing. Every answer in the master names the file that it comes from.",
        "We received more than one workbook from you and have put them together.",
    ),
    Entry(
        "merge-conflict",
        "query",
        "Answered differently in two returns",
        "{field}: the returns that were merged give different answers: {answers}. The one in "
        "{counts} counts.",
        "Ask the respondent which answer counts. If it is the other one, have them correct it and send that "
        "workbook again.",
        "{question} ({field}): you sent different answers in different workbooks. Please tell us which one "
        "counts.",
    ),
    Entry(
        "merge-left-out",
        "query",
        "Answer left out when returns were merged",
        "{other} answers this, but {section} as a whole counts from {counts}, which leaves it blank.",
        "Ask the respondent whether it belongs to their return.",
        "{question}: only one of the workbooks that you sent answers this, and we have used the other. "
        "Please tell us whether to add the answer.",
    ),
    Entry(
        "pack-shared-only",
        "note",
        "Only shared answers in a pack",
        "In this part of a pack nothing is answered for the recipient alone, so it takes no other return's "
        "place, and {by} counts. {what}.",
        "Nothing. Where the two answer a question differently, there is a query about it.",
        "We have used your own workbook, and the one for several only where yours is blank.",
    ),
    Entry(
        "completed-from-pack",
        "note",
        "Completed from a pack",
        "Questions that this return leaves blank were answered in a pack for several recipients, {pack}: "
        "{questions}.",
        "Nothing. Every answer in the master names the file that it comes from.",
        "Where your workbook was blank, we have used the one for several: {questions}.",
    ),
    Entry(
        "progress-laid",
        "note",
        "Progress since the audit's return",
        "It asks for progress, so it is laid over {by}. Answers changed: {count}. What it leaves empty stays "
        "as it was.",
        "Nothing. The sheet Trail has every change.",
        "Thank you for telling us how far you are.",
    ),
    Entry(
        "progress-alone",
        "held",
        "Progress without an audit's return",
        "It asks for progress, and there is no return of the audit that it could be laid over.",
        "Put the return of the audit back into the returns folder, or see why it doesn't count. If this file "
        "isn't meant to count, exclude it: auditkit exclude.",
        "You told us about your progress, but we don't have your audit. Please send that too.",
    ),
    Entry(
        "progress-before-return",
        "query",
        "Progress from before the return",
        "It was {when}, and the audit's return {by} was {by_saved}, so what it says may be older than what "
        "it is laid over.",
        "Ask the respondent which is right. If it is the audit's return, exclude this one: auditkit exclude.",
        "You sent your audit again after you had told us about your progress. Please tell us which is right.",
    ),
)
