"""What made-up respondents answer: seeded, of varying length, no two alike."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator

from auditkit.definition.model import Audit, Field
from auditkit.fields import Typed
from auditkit.workbook.layout import ANSWER, COVER, Layout, Slot

# Block id, row key and column key of an answer cell.
Place = tuple[str, str, str]

# Half of all respondents answer everything, the others from 40 % upwards: 85 % all in all.
COMPLETE, LEAST = 0.5, 0.4
POINTS = {"green": 0.5, "amber_green": 0.27, "amber_red": 0.14, "red": 0.06, "na": 0.03}
# How often a column is filled: of a rating that calls for a plan, and of others.
FILLED = {
    "evidence": (0.9, 0.97),
    "improvement": (0.85, 0.1),
    "action": (0.95, 0.05),
    "lead": (0.9, 0.04),
    "due": (0.9, 0.04),
    "progress": (0.8, 0.03),
}
SHORTEST, LONGEST = 20, 600
DEADLINE = dt.date(2026, 12, 11)

WHO = (
    "the lead", "our deputy head", "a governor", "the business manager", "each team manager", "the board",
    "the service manager", "the practice group", "a trustee", "the training officer", "our auditor",
    "the participation worker", "the head of quality", "staff on nights", "the named nurse", "volunteers",
)  # fmt: skip
DID = (
    "checked", "went through", "read", "rewrote", "agreed", "brought together", "compared", "tested",
    "asked staff about", "reported on", "sampled", "discussed", "looked again at", "signed off", "updated",
    "walked through",
)  # fmt: skip
WHAT = (
    "the induction pack", "the policy & its annex", "supervision notes", "the single central record",
    "the training matrix", "minutes of the quality group", "the log of concerns", "the escalation route",
    "exit interviews", "the survey of families", "contracts with providers", "recruitment files",
    "the children’s version", "case files that had closed", "the risk register", "the chart of who answers",
)  # fmt: skip
AND = (
    "and found it in order", "and found gaps in two teams", "with what had changed since last year",
    "so that nobody has to ask twice", "before it went to the senior team", "after feedback from pupils",
    "at a cost of about £400", "with fewer than five exceptions", "and put the rest right within a week",
    "though night staff weren’t covered", "as the partnership had asked", "and wrote down who does what next",
    "in the teams that had changed most", "with our other sites", "“once and for all”", "and will again",
)  # fmt: skip
MONTHS = ("January", "March", "April", "May", "June", "July", "September", "October", "November")
PEOPLE = ("A. Thornbury", "M. Okonjo", "Head of quality", "J. Rahmani", "Service manager", "P. Kilbride",
          "B. Sahota", "Training officer", "C. Carreg", "Deputy head", "R. Achebe", "L. Fenwick")  # fmt: skip


def answers(audit: Audit, layout: Layout, seed: str) -> dict[Place, Typed]:
    """Return what one recipient types, by place: always the same for the same seed."""
    chance = random.Random(seed)
    answered = 1.0 if chance.random() < COMPLETE else chance.uniform(LEAST, 1.0)
    said: dict[Place, Typed] = {
        (COVER, slot.row_key, ANSWER): value
        for slot in layout.cover.slots
        if (value := _on_cover(slot.field, chance)) is not None
    }
    for block, section in layout.sections():
        rating = audit.rating_field(section)
        assert rating is not None
        scale = audit.scale(rating.scale)
        rows: dict[str, list[Slot]] = {}
        for slot in block.slots:
            rows.setdefault(slot.row_key, []).append(slot)
        for row_key, slots in rows.items():
            if chance.random() >= answered:
                continue
            (point,) = chance.choices(list(POINTS), list(POINTS.values()))
            said[block.id, row_key, rating.id] = scale.point(point).text
            for slot in slots:
                planned, other = FILLED.get(slot.field.role, (0.0, 0.0))
                if chance.random() < (other if point in ("green", "na") else planned):
                    said[block.id, row_key, slot.column_key] = _typed(slot.field, chance)
    return said


def _on_cover(field: Field, chance: random.Random) -> Typed | None:
    if field.kind == "date":
        return DEADLINE - dt.timedelta(days=chance.randrange(30))
    if field.kind == "person":
        return chance.choice(PEOPLE)
    if field.kind == "text" and field.role != "nil_reason":
        return f"Safeguarding office, extension {chance.randrange(1000, 9999)}"
    return None


def _typed(field: Field, chance: random.Random) -> Typed:
    if field.kind == "date":
        return DEADLINE + dt.timedelta(days=chance.randrange(10, 400))
    if field.kind == "person":
        return chance.choice(PEOPLE)
    if field.kind == "choice":
        return chance.choice(field.choices)
    return _text(chance)


def _text(chance: random.Random) -> str:
    """Return sentences of 20 to 600 characters, short ones more often than long ones."""
    wanted = int(SHORTEST * math.exp(chance.random() * math.log(LONGEST / SHORTEST)))
    text = " ".join(_sentences(chance, wanted))
    # Cut at a word, as a respondent would stop; one word of one letter more keeps it from ending in a space.
    return text if len(text) <= wanted else text[:wanted].rstrip(" ,.&£“") + "."


def _sentences(chance: random.Random, wanted: int) -> Iterator[str]:
    length = 0
    pick = chance.random
    while length < wanted:
        day = f"{int(pick() * 28) + 1} {MONTHS[int(pick() * len(MONTHS))]}"
        who, did, what, then = (words[int(pick() * len(words))] for words in (WHO, DID, WHAT, AND))
        sentence = f"On {day} {who} {did} {what} (version {int(pick() * 900) + 10}) {then}."
        length += len(sentence) + 1
        yield sentence
