"""Findings about what a return says: its words, dates and numbers, and what stands outside the answers."""

from __future__ import annotations

from auditkit.returns.catalogue.entry import Entry

ENTRIES = (
    Entry(
        "no-events",
        "query",
        "No event in the chronology",
        "“{title}” is empty, though the rest of the return isn't.",
        "Ask whether nothing is on record, or it was forgotten.",
        "“{title}” is empty. If nothing is on your records, please tell us so.",
    ),
    Entry(
        "thin-evidence",
        "query",
        "Thin evidence",
        "The evidence says next to nothing at {questions} (a word or two, “see attached”, or the form's own "
        "words).",
        "Ask what shows the rating: which document or check, its date, and what it found.",
        "Please tell us what shows your rating at {questions}: name the document or check, its date and what "
        "it found.",
    ),
    Entry(
        "placeholder-given",
        "query",
        "Filled in name only",
        "A box that is needed holds words that say nothing: {boxes}. See {questions}.",
        "Ask the respondent for what is needed there.",
        "At {questions} we still need an answer: {boxes}.",
    ),
    Entry(
        "only-examples",
        "query",
        "Nothing but the examples",
        "Every text in the return is one of the form's examples, or repeats its own words ({questions}).",
        "The form was probably tried out and not filled in. Ask the respondent for the filled-in workbook.",
        "The workbook that you sent holds only our examples. Please send the one with your own answers.",
    ),
    Entry(
        "same-text",
        "query",
        "The same text in most boxes",
        "Filled boxes under “{field}” that hold the same text: {count} of {filled} ({questions}).",
        "Ask whether it is meant for all of them, and what applies to each question.",
        "You gave the same text under “{field}” at {questions}. Please say for each what applies there.",
    ),
    Entry(
        "same-text-elsewhere",
        "query",
        "The same text as another return",
        "Texts that are word for word those of another return of the same group: {count} of {total}. "
        "See {others}.",
        "One may have been written for all. Check that it describes this recipient's own practice.",
        "Much of your return reads word for word like another one. Please check that it describes your own "
        "practice.",
    ),
    Entry(
        "same-text-again",
        "query",
        "The same text as last time",
        "Texts that are word for word those of last time: {count} of {total}. See {questions}.",
        "Ask whether it still describes today's practice, and what has changed since.",
        "Much of your return reads word for word as it did last time ({questions}). Please check that it "
        "describes today, and say what has changed.",
    ),
    Entry(
        "rating-contradicted",
        "query",
        "The text speaks against the rating",
        "The best rating was given, but the evidence says otherwise at {phrases}.",
        "Read the evidence. If it isn't all in place yet, ask the respondent to look at the rating again.",
        "You gave the best rating at {questions}, but what you wrote suggests that some of it isn't in place "
        "yet. Please look at the rating again.",
    ),
    Entry(
        "action-overdue",
        "query",
        "Open actions past their date",
        "The date has passed and the action isn't marked as finished at {questions}.",
        "Ask whether the action is finished, or for a new date.",
        "The date that you gave for the action at {questions} has passed. Please tell us whether it is "
        "finished, or give us a new date.",
    ),
    Entry(
        "sign-off-early",
        "query",
        "Signed off before it was issued",
        "The sign-off is dated {date}, before the workbook was issued ({issued}).",
        "A sign-off of last time was probably copied. Ask for the date on which these answers were agreed.",
        "Your sign-off is dated {date}, before we sent you the workbook. Please tell us when these answers "
        "were agreed.",
    ),
    Entry(
        "sign-off-in-future",
        "query",
        "Signed off on a day to come",
        "The sign-off is dated {date}, which is still to come.",
        "Ask for the date on which the answers were agreed.",
        "Your sign-off is dated {date}, which is still to come. Please tell us when the answers were agreed.",
    ),
    Entry(
        "part-above-whole",
        "query",
        "Part larger than the whole",
        "{part} is {part_value}, which is more than {whole} ({whole_value}).",
        "{message}Ask the respondent which of the two is right.",
        "{part} ({part_value}) can't be more than {whole} ({whole_value}). Please tell us the right numbers.",
    ),
    Entry(
        "sum-differs",
        "query",
        "The numbers don't add up",
        "{question} is {value}, but {parts} add up to {sum}.",
        "Ask the respondent which of these numbers is right.",
        "At {question} you gave {value}, but {parts} add up to {sum}. Please tell us the right numbers.",
    ),
    Entry(
        "ratio-differs",
        "query",
        "Not the share of the numbers beside it",
        "{question} is {value}, but {part} divided by {whole} is {ratio}.",
        "Ask the respondent which of these numbers is right.",
        "At {question} you gave {value}, but {part} divided by {whole} is {ratio}. Please tell us the right "
        "numbers.",
    ),
    Entry(
        "number-and-not-collected",
        "query",
        "A number, and not collected",
        "A number was given and “{words}” was chosen at {questions}. The number is left out of totals.",
        "Ask the respondent which is meant.",
        "At {questions} you gave a number and chose “{words}”. Please tell us which is right.",
    ),
    Entry(
        "must-be-collected",
        "query",
        "Not collected, but needed",
        "“{words}” was chosen at {questions}, where the audit needs a number.",
        "Ask the respondent for the number.",
        "At {questions} you chose “{words}”. We need this number: please find it out.",
    ),
    Entry(
        "numbers-too-early",
        "query",
        "A number of a time that isn't over",
        "The number at {questions} is for a day that {had} still to come ({day}).",
        "Ask the respondent for the number again after that day.",
        "The number at {questions} is for {day}, which {had} still to come. Please tell us the number after "
        "that day.",
    ),
    Entry(
        "child-details",
        "query",
        "May identify a child",
        "There seems to be {places}. It isn't repeated here.",
        "Look at {cells}. If it is so, follow your procedure for personal data: take it out of every copy, "
        "the master included, and tell the respondent.",
        "Your workbook seems to hold details that could identify a child ({cells}). Please take them out, "
        "and send us nothing of that kind.",
    ),
    Entry(
        "person-named",
        "query",
        "May name a person",
        "There seems to be {places}. It isn't repeated here.",
        "Look at {cells}. If it is so, put a role code in its place, such as Mother or GP 1, in every copy, "
        "the master included, and tell the respondent.",
        "Your workbook seems to name a person ({cells}). Please use role codes only, such as Mother or GP 1, "
        "and send it again without names.",
    ),
    Entry(
        "contact-details",
        "note",
        "Contact details in an answer",
        "There seems to be {places}. It isn't repeated here.",
        "Nothing, if it is an organisation's. Take it out before you publish the answer.",
        "An answer of yours holds contact details ({cells}). Please check that they may be passed on.",
    ),
    Entry(
        "embedded-files",
        "query",
        "Pictures or files in the workbook",
        "Things were pasted into the workbook that aren't text and weren't read: {names}.",
        "Open the workbook and look at them. If they are evidence, ask the respondent to say in words what "
        "they show.",
        "You put pictures or files into your workbook. We can't use them: please say in words what they "
        "show.",
    ),
    Entry(
        "wording-altered",
        "note",
        "Questions read differently",
        "The text at {questions} isn't the definition's. It was altered, or the definition was reworded "
        "after the workbook was issued.",
        "If you didn't reword it, check that the answers are to the question that was asked.",
        "The wording of {questions} in your workbook isn't ours. Please check that you answered the question "
        "that we asked.",
    ),
    Entry(
        "formula-typed",
        "note",
        "Formulas in answers",
        "Answers that are formulas: {count} ({formulas}). The value last calculated was read.",
        "Nothing, unless a value looks wrong.",
        "You typed formulas as answers. We have used the values that they showed.",
    ),
    Entry(
        "hidden-answers",
        "note",
        "Hidden answers",
        "Answers in hidden rows, columns or sheets: {count} ({places}). What is hidden was read like the "
        "rest.",
        "Nothing, unless they look like left-overs: whoever signed the return off may not have seen them.",
        "Some of your answers are in hidden rows, columns or sheets. We have used them too.",
    ),
    Entry(
        "text-outside",
        "note",
        "Typed outside the answers",
        "Something was typed beside or below the questions, or on a sheet of its own ({places}). It is kept "
        "as a note.",
        "Read it: it may belong to an answer.",
        "You typed something outside the answer boxes ({places}). We have kept it as a note.",
    ),
)
