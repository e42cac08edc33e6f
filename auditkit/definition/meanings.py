"""What each setting of a definition means, in a few words: for the form in Excel and for the reference.

A word in backquotes is the name of a setting or something to be typed; a link leads to a heading of the
reference.
"""

from __future__ import annotations

import re

from auditkit.definition.cases import Cases
from auditkit.definition.content import Content, Subset
from auditkit.definition.events import Events
from auditkit.definition.follow_up import FollowUp
from auditkit.definition.follows import Follows, Link
from auditkit.definition.measure import Measure, Measures
from auditkit.definition.model import Audit, Field, Question, Rule, Section
from auditkit.definition.plan import Plan, Step
from auditkit.definition.roll_up import Band, Cap, RollUp
from auditkit.definition.scale import NumberRange, Point, Scale
from auditkit.definition.survey import AnswerType, Survey
from auditkit.definition.theme import Theme

ROLES = {
    "rating": "the answer that is scored",
    "evidence": "what shows it",
    "improvement": "what isn't good enough yet",
    "action": "what will be done: makes a row of the master's Actions",
    "lead": "who leads the action",
    "due": "by when: an action is overdue after it",
    "progress": "how far the action is: a `closed` choice is never overdue",
    "moderated": "the rating as moderators agreed it, in the words of the scale: it stands instead; in a "
    "section without ratings it is that of the whole return",
    "agency_finding": "what was found about one agency's work: makes a row of the master's Learning",
    "joint_finding": "what was found about agencies' work together: makes a row there too",
    "good_practice": "what was done well: makes a row there too",
    "event_date": "events: the day, or what is known of it",
    "event_time": "events: the time of day",
    "event_until": "events: the day on which it ended",
    "event_until_time": "events: the time at which it ended",
    "subject": "events: whom it is about, by role",
    "source": "events: the record that it stands in",
    "event_type": "events: what kind of event it is",
    "event": "events: what happened",
    "event_action": "events: what was done then",
    "no_action_reason": "events: or why nothing was",
    "child_seen": "events: whether the child was seen, Yes or No",
    "theme": "what it is an example of: a finding in its row, good practice, or an event",
    "author": "who filled the workbook in",
    "author_role": "their job title",
    "contact": "a second contact",
    "nil_return": "Yes makes it a nil return",
    "nil_reason": "why",
    "signoff_name": "the senior leader who signed it off",
    "signoff_role": "their job title",
    "signoff_date": "when",
}
ROLL_UPS = {
    "mean": "the weighted mean of scores, looked up in `bands`",
    "percent": "the weighted scores as a percentage of the most that could be scored, looked up in `bands`",
    "share": "the weighted percentage of ratings at or above `at_or_above`, looked up in `bands`",
    "worst": "the worst rating",
}
OPTIONS = {
    "scale": "id of a scale",
    "choices": "what the dropdown offers",
    "closed": "which of the choices mean that it is done",
    "minimum": "the least that may be typed",
    "maximum": "the most that may be typed",
}
ID = "short name without spaces; never give it to anything else later"
WHO = "column of the register: values, or `at least 16`, `at most 7`; "
MEANINGS: dict[type, dict[str, str]] = {
    Audit: {
        "id": ID,
        "title": "name of the audit",
        "edition": "which edition of the questions this is",
        "scales": "the rating scales",
        "responses": "what is filled in beside every question",
        "cover": "what is filled in on the sheet About you",
        "sections": "the standards with their questions",
        "roll_up": "how the ratings of questions become the rating of a section; needed where any are rated",
        "overall": "how they become the rating of the whole return; needed where anything is rated",
        "groups": "the groups of recipients, spelt as in the register; none means that any will do",
        "guidance": "the guidance it was written for; shown on the first sheet",
        "purpose": "what it is for; shown on the first sheet",
        "instructions": "how to fill it in; numbered on the first sheet, before the line on sending it back",
        "rules": "rules between response columns",
        "cover_rules": "rules between cover fields",
        "checks": "what the checks of texts, dates and numbers do differently for this audit",
        "measures": "what it does with its sections of numbers",
        "follow_up": "the words that progress workbooks go by",
        "survey": "how its survey questions are counted",
        "cases": "makes it an audit of cases: several agencies answer on each case, and meet about it",
        "follows": "the edition before, and what of it lives on under another id",
        "plans": "what is owed by when, counted from a day that `auditkit plan` is given",
        "themes": "what is looked at across questions and recipients: makes the master's By theme",
    },
    Theme: {
        "id": ID,
        "title": "name of the theme; events name it by this",
        "guidance": "what belongs to it, in a sentence or two",
    },
    Plan: {
        "id": ID,
        "title": "name of the plan",
        "starts": "which day its steps are counted from, in words",
        "steps": "what is owed by when, in order",
    },
    Step: {
        "id": ID,
        "what": "what is to be done, in a few words",
        "who": "who owes it",
        "working_days": "how many working days after the first day it is due; 0 is that day, or the next "
        "working day",
        "months": "or how many calendar months after it",
        "after": "a step before it from whose due day it is counted instead",
        "why": "what it is for",
        "recipients": "whether each recipient owes it: letters name it",
        "deadline": "whether workbooks are back by then: it is the round's deadline",
    },
    Measures: {
        "ask": "whether sections of numbers are asked at all; `no` leaves every one of them out",
        "totals_by": "columns of the register: there is a total for each value of these, besides the one "
        "for everyone",
        "small": "counts below this, nought apart, are marked in the master as not to be published",
        "not_collected": "the words to choose where a number isn't collected",
    },
    Survey: {
        "by": "columns of the register, or questions with one choice: answers are counted for each value of "
        "these too",
        "small": "counts below this, nought apart, aren't shown in the report of the survey",
        "anonymous": "whether its register is one of tokens, and no answer has beside it whose it is",
    },
    Cases: {
        "case": "column of the register that says which case a recipient's workbook is about",
        "agency": "column of the register that says whose workbook it is",
        "meeting": "the value of that column that stands for the multi-agency meeting on the case",
    },
    FollowUp: {
        "withdrawn": "the word that withdraws: an action or evidence begins with it, or it is a choice of "
        "the column of role `progress`",
        "promised": "evidence with a sentence that begins or ends like this is still to come, and asked for "
        "again; without any, no evidence is followed up",
    },
    Content: {
        "off": "findings that this audit can do without",
        "thin_words": "evidence of fewer words, and without a number, is thin",
        "pointer_words": "texts that begin like `pointers` and have no more words say only where to look",
        "same_boxes": "so many boxes of a column with one text are a finding",
        "same_percent": "and this percentage of those that were filled",
        "shared_texts": "so many texts that two returns share are a finding",
        "shared_percent": "and this percentage of all in the return",
        "shared_words": "counting texts of at least so many words",
        "repeated_texts": "so many texts that a return has from last time are a finding",
        "repeated_percent": "and this percentage of all in the return",
        "placeholders": "whole texts that say nothing",
        "pointers": "beginnings of texts that only say where to look",
        "contrary": "phrases that speak against the best rating",
        "not_names": "words with a capital letter that aren't a person's name",
        "names": "whether texts that seem to name a person are a finding; if left out, only in an audit of "
        "`cases`",
        "titles": "words that stand before a person's name: Mrs, Dr",
        "introductions": "phrases that a person's name follows: my name is",
        "examples": "texts that the form or its guidance gives as examples",
        "allow": "whole texts that are never a finding",
        "subsets": "numbers that can't be larger than others",
    },
    Subset: {
        "part": "the smaller number: a response column, or question.column",
        "whole": "the larger one, named in the same way",
        "message": "why; shown to the officer",
    },
    Section: {
        "id": ID,
        "title": "name of the standard; its sheet is called after it",
        "questions": "its questions; none in a table of events",
        "intro": "a sentence or two at the top of its sheet",
        "weight": "how much its questions count in the overall rating",
        "responses": "its own columns; an id stands for the column of that id in the audit's list",
        "roll_up": "its own roll-up",
        "applies_to": WHO + "only matching recipients are asked",
        "except_for": WHO + "matching recipients are not asked",
        "shared": "in a pack, every question of it is answered once for all",
        "answer": "makes it a section of a survey: how those of its questions are answered that don't say so",
        "themes": "ids of themes that all its questions have",
        "events": "makes it a table of events, a row each, with `responses` as its columns and no questions",
    },
    Events: {
        "rows": "how many blank rows its sheet has",
        "gap_days": "so many days without any event are a gap in the integrated chronology",
    },
    Question: {
        "id": "the reference that respondents see; trends follow it, so never change it",
        "text": "the question",
        "good": "what good looks like",
        "descriptors": "point of the scale: when to choose it, for this question",
        "weight": "how much it counts in its section",
        "applies_to": WHO + "only matching recipients are asked",
        "except_for": WHO + "matching recipients are not asked",
        "shared": "in a pack, answered once for all",
        "measure": "makes it a number to give, in a section of numbers",
        "answer": "makes it a question of a survey: how it is answered",
        "themes": "ids of themes that it has, besides those of its section",
        "beside": "id of a standard of another audit, a self assessment, that its answers are laid beside by "
        "`auditkit triangulate`",
    },
    AnswerType: {
        "kind": "`choice` for one of the choices, `several` for any of them, `yes_no`, `text`, `person`, "
        "`whole_number`, `decimal`, `percent` or `date`",
        "choices": "what may be chosen",
        "other": "the choice that is to be explained in a few words",
        "not_applicable": "the choice that takes who gives it out of every percentage",
        "required": "whether a blank counts as not answered",
        "minimum": "the least that may be typed",
        "maximum": "the most that may be typed",
        "favourable": "the choices that speak well of what is asked, at one end of the list; of Yes and No, "
        "one of them",
    },
    Measure: {
        "unit": "what is counted or measured: pupils, days",
        "kind": "`whole_number`, `decimal`, `percent` or `date`",
        "census": "the day that it is for",
        "start": "or the first day of the time that it is for",
        "end": "and the last one",
        "period": "or that time in words: the last school year",
        "minimum": "the least that may be typed; 0 if left out, the year 1990 for dates",
        "maximum": "the most that may be typed",
        "required": "whether a blank counts as not answered",
        "not_collected": "whether it may be said that it isn't collected, which is neither nought nor blank",
        "subset_of": "questions whose number it can't be more than",
        "sum_of": "questions whose numbers add up to it",
        "ratio_of": "two questions: it is the first divided by the second, as a percentage or a decimal",
        "tolerance": "how far it may be from the sum or the ratio that it should be, percentages in points; "
        "if left out 0 for a sum, 1 point for a percentage, 0.1 for a decimal",
    },
    Scale: {
        "id": ID,
        "points": "its points, best first",
        "title": "heading above their meanings on the first sheet",
        "numbers": "makes it a scale of numbers",
        "done": "points at which nothing is left to follow up; if left out, the best",
    },
    Point: {
        "id": ID,
        "label": "the word",
        "colour": "`#` and six digits or letters A to F",
        "symbol": "a sign shown before the word, so that colour is never alone",
        "score": "what it is worth; leave it out for a point that carries no score",
        "meaning": "what it means, for every question",
        "not_applicable": "takes the question out of every sum",
        "at_least": "scales of numbers only: the lowest number in this band",
    },
    NumberRange: {
        "minimum": "lowest number",
        "maximum": "highest number",
        "step": "distance between two numbers",
        "unit": "what is counted",
    },
    Field: {
        "id": ID,
        "label": "heading of the column, or question on the cover",
        "kind": "what can be typed: a [kind of field](#kinds-of-field)",
        "role": "what it means to the master: a [role](#roles)",
        "help": "shown when the cell is selected",
        "noun": "how a message names it: “an action”; the label if left out",
        "required": "must be filled: on the cover always, beside a question once anything is typed there",
        "width": "width of its column in characters; the kind's own if left out",
        **OPTIONS,
        "each": "cover only: in a pack, every recipient in it answers for itself",
    },
    Rule: {
        "id": ID,
        "when": "field: answers that bring the rule about (point ids for a rating); all lines must hold; "
        "`any` is anything typed",
        "require": "fields that must then be filled",
        "message": "what the officer and the respondent are told",
    },
    RollUp: {
        "rule": "how it is worked out: a [rule](#rules-of-roll-up)",
        "bands": "from which figure on the result is which point, highest first",
        "at_or_above": "for `share`: the lowest point that is good enough",
        "caps": "answers that hold the result down",
        "scale": "scale of the result; that of the questions if left out",
    },
    Follows: {
        "edition": "the edition before, spelt as there",
        "questions": "questions that were called something else, were split or merged; those that aren't "
        "named are the same as the question of the same id",
        "fields": "response column there: response column here",
        "points": "scale here: point there: point here. A point that isn't named is the one of the same id "
        "if the whole scale means the same",
        "dropped": "ids of questions that nothing here continues, on purpose",
    },
    Link: {
        "id": "a question here",
        "was": "what it was: one id or several; `[]` if it is new, though the edition before used its id",
    },
    Band: {"at_least": "the lowest figure", "point": "the result"},
    Cap: {
        "name": "why; shown in the master",
        "any_of": "if any question has one of these points",
        "at_most": "the result is no better than this",
    },
}


def plain(meaning: str) -> str:
    """Return a meaning as a cell shows it: without backquotes, and links as their words."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", meaning).replace("`", "")
