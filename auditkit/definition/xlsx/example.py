"""A small audit for the guide of the form: what its sheets look like when they are filled in."""

from __future__ import annotations

from auditkit.definition.xlsx.cells import Cell

GREEN, AMBER, RED = "#9BD3A8", "#FBF0A8", "#DE7268"
# By sheet: the headings that it shows, and the rows below them.
EXAMPLE: dict[str, list[list[Cell]]] = {
    "settings": [
        ["setting", "value"],
        ["id", "recruitment"],
        ["title", "Safer recruitment check"],
        ["edition", "2026.1"],
        ["groups", "Police\nHealth\nVoluntary"],
        ["instructions", "Rate each question as it is today.\nSay what shows it."],
        ["roll_up rule", "mean"],
        ["roll_up bands", "1.5 | green\n0.75 | amber\n0 | red"],
        ["roll_up caps", "Any Red keeps the standard from being Green | red | amber"],
        ["overall rule", "percent"],
        ["overall bands", "80 | green\n40 | amber\n0 | red"],
    ],
    "scales": [
        ["scale", "id", "label", "colour", "symbol", "score", "meaning", "not_applicable"],
        ["rag", "green", "Green", GREEN, "●", 2, "In place and checked", ""],
        ["", "amber", "Amber", AMBER, "▲", 1, "Partly in place", ""],
        ["", "red", "Red", RED, "■", 0, "Not in place", ""],
        ["", "na", "N/A", "#D9D9D9", "–", "", "Can't apply to you", "yes"],
    ],
    "responses": [
        ["section", "id", "label", "kind", "role", "required", "scale", "noun"],
        ["", "rating", "Rating", "rating", "rating", "yes", "rag", "a rating"],
        ["", "evidence", "Evidence", "text", "evidence", "", "", "evidence"],
        ["", "action", "Action", "text", "action", "", "", "an action"],
        ["", "due", "Due date", "date", "due", "", "", "a due date"],
    ],
    "sections": [
        ["id", "title", "intro"],
        ["CHK", "Checks", "What is looked at before somebody starts."],
        ["PNL", "Panels", ""],
    ],
    "questions": [
        ["section", "id", "text", "good", "descriptors green", "descriptors red", "weight"],
        [
            *("CHK", "CHK-1", "Identity and references are seen before anybody starts."),
            *("One record shows who checked what, and when.", "Every file sampled was complete."),
            *("People start before the checks are back.", 2),
        ],
        ["", "CHK-2", "Checks of agency staff are asked for and seen.", "", "", "", ""],
        ["PNL", "PNL-1", "Somebody on every panel is trained in safer recruitment.", "", "", "", ""],
    ],
    "fields": [
        ["id", "label", "kind", "role", "required"],
        ["author", "Completed by", "person", "author", "yes"],
        ["signoff_name", "Signed off by", "person", "signoff_name", "yes"],
        ["signoff_date", "Date of sign-off", "date", "signoff_date", "yes"],
    ],
    "rules": [
        ["about", "id", "when", "require", "message"],
        [
            *("responses", "needs-plan", "rating: amber\nrating: red", "action\ndue"),
            "An Amber or Red rating needs an action and a date.",
        ],
    ],
    "applies": [
        ["section", "question", "asked", "column", "values"],
        ["", "CHK-2", "applies_to", "group", "Police\nHealth"],
    ],
    "plan": [
        ["plan", "id", "what", "who", "working_days", "after", "plan title", "plan starts"],
        [
            *("round", "letters", "Letters go out", "Business unit", 1, "", "The round"),
            "the day on which the board agrees to the round",
        ],
        ["", "back", "Workbooks come back", "Each recipient", 20, "", "", ""],
        ["", "panel", "The panel meets", "The panel", 5, "back", "", ""],
    ],
}
