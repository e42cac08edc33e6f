"""Where everything that formulas refer to stands in the master: pure data, shared by the sheets.

*Ratings* has a row for each recipient and a column for each rated question. *Scoring* lists what its texts
are worth. *Heatmap* and *Questions* refer to both, *Summary* to all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from auditkit.definition.model import Audit, Question, Section
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Scale
from auditkit.master.book import area, heads
from auditkit.master.scoring import Rule, Scoring, in_order
from auditkit.rating import result_scale
from auditkit.tables import OVERALL, WHOLE, Tables

HEATMAP, RECIPIENTS, RATINGS, QUESTIONS = "Heatmap", "Recipients", "Ratings", "Questions"

# The columns that a sheet of Excel has, and the ratings up to which formulas follow them at ease.
MOST_COLUMNS, MOST_LIVE = 16_384, 200_000
# Ratings.
SECTION_ROW, WEIGHT_ROW, OVERALL_WEIGHT_ROW, RATINGS_HEADER_ROW = 1, 2, 3, 4
RATINGS_FIRST_ROW, RATINGS_FIRST_COL = 5, 3
# Heatmap.
GROUP_COL, STANDING_COL, COMPLETED_COL, RESULTS_COL = 2, 3, 4, 5


@dataclass(frozen=True)
class Run:
    """Neighbouring columns of Ratings that are rated on one scale. ``first`` and ``last`` count from 0."""

    scale: Scale
    first: int
    last: int


@dataclass(frozen=True)
class Places:
    """The rated sections of an audit, and where they and what they are worth stand."""

    audit: Audit
    recipients: int

    @property
    def has_matrix(self) -> bool:
        """Whether a sheet has a column for each rated question."""
        return RATINGS_FIRST_COL + len(self.questions) <= MOST_COLUMNS

    @property
    def live(self) -> bool:
        """Whether Heatmap, Questions and Summary are formulas; else they hold values."""
        return self.has_matrix and self.recipients * len(self.questions) <= MOST_LIVE

    @cached_property
    def sections(self) -> tuple[tuple[Section, Run], ...]:
        """The rated sections, each with its columns on Ratings."""
        col, found = RATINGS_FIRST_COL, []
        for section in self.audit.sections:
            scale = self.audit.scale_of(section)
            if scale is not None:
                found.append((section, Run(scale, col, col + len(section.questions) - 1)))
                col += len(section.questions)
        return tuple(found)

    @cached_property
    def questions(self) -> tuple[tuple[Section, Question, Scale, int], ...]:
        """The rated questions, each with its section, its scale and its column on Ratings."""
        return tuple(
            (section, question, run.scale, run.first + i)
            for section, run in self.sections
            for i, question in enumerate(section.questions)
        )

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """The scales in use, for questions or for results, in the order of the definition."""
        used = {run.scale.id for _, run in self.sections} | {rule.scale.id for rule in self.rules}
        return tuple(scale for scale in self.audit.scales if scale.id in used)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The roll-ups in use: those of sections, alike ones once, then the overall one."""
        alike: dict[tuple[RollUp, str, str], list[tuple[Section, Run]]] = {}
        for section, run in self.sections:
            key = (self.audit.roll_up_of(section), result_scale(self.audit, section).id, run.scale.id)
            alike.setdefault(key, []).append((section, run))
        rules = []
        for (roll_up, scale_id, _), members in alike.items():
            titles = ", ".join(section.title for section, _ in members)
            ids = tuple(section.id for section, _ in members)
            name = "Every standard" if len(alike) == 1 else titles
            rules.append(Rule(roll_up, self.audit.scale(scale_id), (members[0][1].scale,), ids, name))
        if rules:
            over = dict.fromkeys(run.scale.id for _, run in self.sections)
            scales = tuple(self.audit.scale(scale_id) for scale_id in over)
            rules.append(Rule(self.audit.roll_up_of(), result_scale(self.audit), scales, (OVERALL,), WHOLE))
        return tuple(rules)

    @cached_property
    def scoring(self) -> Scoring:
        """Where the worth of all ratings stands."""
        return Scoring(self.scales, self.rules)

    def rule(self, subject: str) -> Rule:
        """Return the roll-up of a section, or of :data:`~auditkit.tables.OVERALL`."""
        return next(rule for rule in self.rules if subject in rule.subjects)

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """Id and title of each rating of a recipient: overall first, then the rated sections."""
        if not self.sections:
            return ()
        return ((OVERALL, WHOLE), *((section.id, section.title) for section, _ in self.sections))

    def runs(self, subject: str) -> tuple[Run, ...]:
        """Return the columns of Ratings that make up a rating, neighbours on one scale put together."""
        runs: list[Run] = []
        for section, run in self.sections:
            if subject not in (OVERALL, section.id):
                continue
            if runs and runs[-1].scale.id == run.scale.id and runs[-1].last == run.first - 1:
                runs[-1] = Run(run.scale, runs[-1].first, run.last)
            else:
                runs.append(run)
        return tuple(runs)

    # Ratings.

    @property
    def last_rating_row(self) -> int:
        """The row of the last recipient on Ratings."""
        return RATINGS_FIRST_ROW + self.recipients - 1

    def rating_ids(self) -> str:
        """Return the ids of recipients on Ratings."""
        return area(RATINGS, RATINGS_FIRST_ROW, 0, self.last_rating_row, 0)

    def rating_block(self, run: Run) -> str:
        """Return all recipients' ratings in ``run``."""
        return area(RATINGS, RATINGS_FIRST_ROW, run.first, self.last_rating_row, run.last)

    def weights(self, run: Run, subject: str) -> str:
        """Return the weights of the questions in ``run`` towards ``subject``."""
        row = OVERALL_WEIGHT_ROW if subject == OVERALL else WEIGHT_ROW
        return area(RATINGS, row, run.first, row, run.last)

    # Heatmap, or Recipients where nothing is rated: one row for each recipient from row 1 on.

    @property
    def overview(self) -> str:
        """The sheet with a row for each recipient: its standing, and its ratings if there are any."""
        return HEATMAP if self.sections else RECIPIENTS

    @property
    def row_col(self) -> int:
        """The column of Heatmap that finds the recipient's row on Ratings; scores follow it. If live."""
        return RESULTS_COL + len(self.subjects)

    def heatmap_titles(self) -> list[str]:
        """Return the headings of Heatmap."""
        fixed = ["Recipient ID", "Recipient", "Group", "Standing", "Completed"]
        results = [title for _, title in self.subjects]
        scores = [f"Score: {'Overall' if s == OVERALL else s}" for s, _ in self.subjects]
        row = ["Row in Ratings"] if results and self.live else []
        return heads([*fixed, *results, *row, *scores])

    def result_col(self, subject: str) -> int:
        """Return the column of Heatmap that shows a rating."""
        return RESULTS_COL + [s for s, _ in self.subjects].index(subject)

    def score_col(self, subject: str) -> int:
        """Return the column of Heatmap that holds the score behind a rating."""
        return self.row_col + 1 + [s for s, _ in self.subjects].index(subject)

    def heatmap_column(self, col: int) -> str:
        """Return a column of Heatmap, all recipients."""
        return area(self.overview, 1, col, self.recipients, col)

    # Questions: one row for each rated question from row 1 on.

    @cached_property
    def point_texts(self) -> tuple[str, ...]:
        """The ratings counted on Questions, over all scales of questions."""
        scales = dict.fromkeys(run.scale.id for _, run in self.sections)
        return tuple(
            dict.fromkeys(p.text for scale_id in scales for p in in_order(self.audit.scale(scale_id)))
        )

    @cached_property
    def widest_point(self) -> float:
        """How wide a column has to be for every point of its scales on one line, in characters."""
        return max((len(p.text) for scale in self.scales for p in scale.points), default=0) + 0.5


def places_of(tables: Tables) -> Places:
    """Return where everything stands in the master of ``tables``."""
    return Places(tables.audit, max(len(tables.recipients), 1))
