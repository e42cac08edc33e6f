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
)
