"""The sheets of the form, in one table: reading, writing and the reference go by it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditkit.definition.events import EVENT_ROLES
from auditkit.definition.field import COVER_ROLES, RESPONSE_ROLES
from auditkit.definition.meanings import MEANINGS, plain
from auditkit.definition.model import Audit, Field, Question, Rule, Section
from auditkit.definition.plan import Plan, Step
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.definition.xlsx.columns import Column, columns
from auditkit.fields import KINDS

# What of the model stands on a sheet of its own, or is what a row's first columns say.
WHO = ("applies_to", "except_for")
ELSEWHERE: dict[type, tuple[str, ...]] = {
    Audit: ("scales", "responses", "cover", "sections", "rules", "cover_rules", "plans"),
    Scale: ("id", "points"),
    Plan: ("id", "steps"),
    Section: ("questions", "responses", *WHO),
    Question: WHO,
}
# Texts by name that take a column for each name: they are long.
SPREAD = frozenset({(Question, "descriptors")})
RESPONSES, COVER = "responses", "cover"
# Sheets of the officer's own, and columns: neither is read.
NOTES, GUIDE, LISTS = "notes", "guide", "lists"


@dataclass(frozen=True)
class Whole:
    """What several rows of a sheet make together: an item of a list of the audit.

    Attributes:
        model: The dataclass that it is.
        name: The audit's list that it stands in.
        inner: Its own list, of which each row is an item.
    """

    model: type
    name: str
    inner: str


@dataclass(frozen=True)
class Sheet:
    """One sheet of the form.

    Attributes:
        name: What its tab says.
        about: What it is for, in a sentence or two.
        model: The dataclass that a row is.
        lead: The columns that say where the row belongs.
        columns: The settings of a row.
        whole: What several rows make together, if they do; the first column has its id.
        group: Its settings, said in the first of these rows.
        roles: The roles that its fields may have.
        needed: Whether a definition can't do without it.
    """

    name: str
    about: str
    model: type
    lead: tuple[Column, ...] = ()
    columns: tuple[Column, ...] = ()
    whole: Whole | None = None
    group: tuple[Column, ...] = ()
    roles: tuple[str, ...] = ()
    needed: bool = True

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Every column, in order."""
        return (*self.lead, *self.columns, *self.group)

    def is_group(self, column: Column) -> bool:
        """Tell whether a column is about what several rows make together."""
        return column in self.group


def _lead(name: str, meaning: str, needed: bool = False) -> Column:
    return Column(name, (name,), str, Sheet, needed, meaning)


def _own(model: type) -> tuple[Column, ...]:
    """Return the settings of a row; those that stand for themselves come before those of its records."""
    return tuple(sorted(columns(model, ELSEWHERE.get(model, ())), key=lambda column: len(column.way) > 1))


def _group(word: str, model: type) -> tuple[Column, ...]:
    """Return the settings of what several rows make together, under headings that begin with a word."""
    return tuple(
        replace(column, name=f"{word} {column.name}", needed=False)
        for column in columns(model, ELSEWHERE[model])
    )


SETTINGS = Sheet(
    "settings",
    "What is said once for the whole audit: its name, how it is filled in, how ratings are put together.",
    Audit,
    columns=_own(Audit),
)
SCALES = Sheet(
    "scales",
    "The rating scales: a row for each point, best first. Blank in the first column means: as above.",
    Point,
    lead=(_lead("scale", "id of the scale that the point belongs to", True),),
    columns=_own(Point),
    whole=Whole(Scale, "scales", "points"),
    group=_group("scale", Scale),
)
RESPONSE_COLUMNS = Sheet(
    RESPONSES,
    "What is filled in beside every question: a row for each column. If a section has columns of its own, "
    "as a table of events has, list them all with its id; only the id, if the audit has that column already.",
    Field,
    lead=(_lead("section", "id of the section whose own column this is; blank for the audit's columns"),),
    columns=_own(Field),
    roles=tuple(dict.fromkeys((*RESPONSE_ROLES, *EVENT_ROLES))),
)
SECTIONS = Sheet("sections", "The standards, in order: a row for each.", Section, columns=_own(Section))
QUESTIONS = Sheet(
    "questions",
    "The questions, in order: a row for each. Blank in the first column means: as above.",
    Question,
    lead=(_lead("section", "id of the section that the question belongs to", True),),
    columns=_own(Question),
)
FIELDS = Sheet(
    "fields",
    "What is filled in once, on the first sheet of the workbook: a row for each field.",
    Field,
    columns=_own(Field),
    roles=COVER_ROLES,
    needed=False,
)
RULES = Sheet(
    "rules",
    "What must be filled in when something was answered: a row for each rule.",
    Rule,
    lead=(_lead("about", "'responses' for a rule beside the questions, 'cover' for one of the first sheet"),),
    columns=_own(Rule),
    needed=False,
)
APPLIES = Sheet(
    "applies",
    "Who is asked what: a row for each condition. Without one, everybody is asked.",
    Question,
    lead=(
        _lead("section", "id of the section that the condition is about; or name a question"),
        _lead("question", "id of the question that it is about; or name a section"),
        Column(
            "asked",
            ("asked",),
            str,
            Sheet,
            True,
            "applies_to: only these are asked; except_for: all but these",
        ),
        _lead("column", "column of the register", True),
        Column("values", ("values",), tuple[str, ...], Sheet, True, "values of that column, one a line"),
    ),
    needed=False,
)
PLAN = Sheet(
    "plan",
    "What is owed by when: a row for each step. Blank in the first column means: as above.",
    Step,
    lead=(_lead("plan", "id of the plan that the step belongs to", True),),
    columns=_own(Step),
    whole=Whole(Plan, "plans", "steps"),
    group=_group("plan", Plan),
    needed=False,
)
SHEETS = (SETTINGS, SCALES, RESPONSE_COLUMNS, SECTIONS, QUESTIONS, FIELDS, RULES, APPLIES, PLAN)
# Other headings of the columns that say where a row belongs.
LEAD_ALIASES = {
    "settings": {"name": "setting"},
    "scales": {"scaleid": "scale", "list": "scale"},
    "responses": {"standard": "section"},
    "questions": {"standard": "section"},
    "rules": {"where": "about"},
    "applies": {"standard": "section", "registercolumn": "column", "value": "values"},
}
# Other names of sheets.
SHEET_ALIASES = {
    **{"cover": "fields", "standards": "sections", "conditions": "applies", "columns": RESPONSES},
    "plans": "plan",
}


def about(column: Column) -> str:
    """Return what an officer is told of a column."""
    return column.meaning or plain(MEANINGS.get(column.owner, {}).get(str(column.way[-1]), ""))


def choices(column: Column, sheet: Sheet) -> tuple[str, ...]:
    """Return the words that a column takes, if there is a fixed list of them."""
    if column.owner is Field and column.way[-1] == "kind":
        return tuple(KINDS)
    if column.owner is Field and column.way[-1] == "role":
        return sheet.roles
    if sheet is RULES and column.name == "about":
        return (RESPONSES, COVER)
    return WHO if sheet is APPLIES and column.name == "asked" else ()


# Columns that take an id which stands on another sheet: that sheet and its column.
REFERENCES: dict[tuple[type, str], tuple[str, str]] = {
    (Field, "scale"): ("scales", "scale"),
    (RollUp, "scale"): ("scales", "scale"),
    (RollUp, "at_or_above"): ("scales", "id"),
    (Sheet, "section"): ("sections", "id"),
    (Sheet, "question"): ("questions", "id"),
}
