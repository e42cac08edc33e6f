"""Findings about what is missing from a return, or contradicts itself."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

ENTRIES = (
    Entry(
        "rule-broken",
        "query",
        "Something is still needed",
        "{message} Not given: {missing}.",
        "Ask the respondent for {missing}.",
        "{question}: {message} We still need {missing}.",
    ),
    Entry(
        "required-missing",
        "query",
        "Begun but not finished",
        "The question was begun, but this wasn't given: {missing}.",
        "Ask the respondent for {missing}.",
        "{question}: we still need {missing}.",
    ),
    Entry(
        "cover-missing",
        "query",
        "Cover sheet not complete",
        "Not given on the cover sheet: {missing}.",
        "Ask the respondent for {missing}.",
        "On the cover sheet we still need {missing}.",
    ),
    Entry(
        "sign-off-missing",
        "query",
        "Not signed off",
        "The sign-off isn't complete. Not given: {missing}.",
        "Ask for the sign-off before you rely on this return.",
        "Your return hasn't been signed off yet. We still need {missing}.",
    ),
    Entry(
        "unanswered",
        "query",
        "Questions not answered",
        "Questions without a usable answer: {count} of {total} ({questions}).",
        "Ask the respondent to answer them, or agree that they may be left out.",
        "These questions aren't answered yet: {questions}.",
    ),
    Entry(
        "blank-return",
        "held",
        "Blank return",
        "No question of the audit was answered, and it isn't marked as a nil return, so it doesn't count as "
        "a reply and takes no earlier return's place.",
        "The wrong copy was probably sent. Ask the respondent for the filled-in workbook. If you accept "
        "it, it takes the place of earlier returns, but the recipient stands as not returned.",
        "The workbook that you sent holds no answers. Did you send the wrong copy? Please send the "
        "filled-in one.",
    ),
    Entry(
        "nothing-confirmed",
        "held",
        "Nothing confirmed yet",
        "All answers in it were carried over from another audit, and nobody has confirmed or changed any. So "
        "it doesn't count as a reply and takes no earlier return's place.",
        "Ask the respondent to look at each answer, choose Confirmed or Changed beside it, and send the "
        "workbook again. If you accept it, it takes the place of earlier returns, but the recipient stands "
        "as not returned.",
        "Your workbook came back as we had filled it in for you. Please look at each answer, choose "
        "Confirmed or Changed beside it, and send it again: until then nothing in it counts.",
    ),
    Entry(
        "blank-accepted",
        "query",
        "Blank return accepted",
        "No question of the audit counts as answered. It is this recipient's return because it was accepted, "
        "but it is no reply: the recipient stands as not returned.",
        "Ask the respondent for the filled-in workbook. If nothing applies to them, ask for one that is "
        "marked as a nil return.",
        "The workbook that you sent holds no answers of your own. Please send the filled-in one, or tell us "
        "in it that nothing applies to you.",
    ),
    Entry(
        "nil-without-reason",
        "query",
        "Nil return without a reason",
        "It is marked as a nil return, but doesn't say why.",
        "Ask why nothing applies: a nil return must be told from one that was forgotten.",
        "You sent a nil return. Please tell us why the audit doesn't apply to you.",
    ),
    Entry(
        "nil-with-answers",
        "query",
        "Nil return with answers",
        "It is marked as a nil return, yet some of it was filled in. Questions with an answer: {count}.",
        "Ask the respondent which is meant. Until then it counts as a nil return, and its answers are in "
        "the master.",
        "You marked your workbook as a nil return but answered questions. Please tell us which is right.",
    ),
)
