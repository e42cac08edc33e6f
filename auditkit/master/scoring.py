"""Where things stand on the sheet *Scoring*: what ratings are worth, and what results they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from auditkit.definition.roll_up import Band, Cap, RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.fields.rating import steps
from auditkit.master.book import area, cell
from auditkit.rating import bands_of, rank_of

SCORING = "Scoring"
# Scoring: a heading and a header row stand above each of its tables.
SCALES_FIRST_ROW = 5
SCALE_COLUMNS = ("Scale", "Rating", "Meaning", "Place", "Score", "Counts", "Strength", "N/A", "From", "Below")
RATING, _, PLACE, SCORE, COUNTS, STRENGTH, NA, FROM, BELOW = range(1, 10)
BAND_COLUMNS = ("Rule", "Result", "What the score is", "Place", "From")
CAP_COLUMNS = ("Rule", "If any question is", "Why", "Place", "From", "Below", "Result no better than")
LOWEST, HIGHEST = -1e99, 1e99
# Dropdowns of number scales take their numbers from here, one column a scale.
NUMBERS_COL = len(SCALE_COLUMNS) + 1


@dataclass(frozen=True)
class CapRow:
    """A row of the table of caps: this point of this scale holds the result at ``place`` or worse."""

    cap: Cap
    scale: Scale
    point: Point
    result: Point
    place: int


@dataclass(frozen=True)
class Rule:
    """A roll-up in use: by whom, over which scales, with the rows that it has on Scoring.

    ``subjects`` are section ids, or just :data:`~auditkit.tables.OVERALL`.
    """

    roll_up: RollUp
    scale: Scale
    over: tuple[Scale, ...]
    subjects: tuple[str, ...]
    name: str

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """Its bands, lowest first; none for the worst answer."""
        return () if self.roll_up.rule == "worst" else bands_of(self.roll_up, self.scale)

    @cached_property
    def caps(self) -> tuple[CapRow, ...]:
        """Its caps, one row for each point that brings one down, those of each scale together."""
        rows = []
        for scale in self.over:
            for cap in self.roll_up.caps:
                rank = rank_of(self.scale, cap.at_most)
                points = [p for p in scale.points if p.id in cap.any_of]
                if rank is not None:
                    rows += [CapRow(cap, scale, p, self.scale.ranked[rank], rank + 1) for p in points]
        return tuple(rows)


@dataclass(frozen=True)
class Scoring:
    """The tables of *Scoring*: scales (best point first), the bands of rules, their caps."""

    scales: tuple[Scale, ...]
    rules: tuple[Rule, ...]

    def scale_rows(self) -> Iterator[tuple[int, Scale, Point]]:
        """Yield the rows of the table of scales."""
        row = SCALES_FIRST_ROW
        for scale in self.scales:
            for point in in_order(scale):
                yield row, scale, point
                row += 1

    @cached_property
    def _scale_row(self) -> dict[tuple[str, str], int]:
        return {(scale.id, point.id): row for row, scale, point in self.scale_rows()}

    def point_cell(self, scale: Scale, point: Point, col: int = RATING) -> str:
        """Return a cell of a point's row on Scoring, by default its text."""
        return f"{SCORING}!{cell(self._scale_row[scale.id, point.id], col)}"

    def _of_scale(self, scale: Scale, col: int, points: tuple[Point, ...] | None = None) -> str:
        points = points or in_order(scale)
        rows = [self._scale_row[scale.id, point.id] for point in points]
        return area(SCORING, rows[0], col, rows[-1], col)

    def texts(self, scale: Scale) -> str:
        """Return the texts of all points of a scale."""
        return self._of_scale(scale, RATING)

    def ranked_texts(self, scale: Scale) -> str:
        """Return the texts of the points that stand in order, best first."""
        return self._of_scale(scale, RATING, scale.ranked)

    def ranked_scores(self, scale: Scale) -> str:
        """Return their scores."""
        return self._of_scale(scale, SCORE, scale.ranked)

    def scores(self, scale: Scale) -> str:
        """Return the scores of all points, blank where there is none."""
        return self._of_scale(scale, SCORE)

    def places(self, scale: Scale) -> str:
        """Return the places of all points, 1 for the best, 0 for those outside the order."""
        return self._of_scale(scale, PLACE)

    def counted(self, scale: Scale) -> str:
        """Return 1 for each point that counts, else 0."""
        return self._of_scale(scale, COUNTS)

    def not_applicable(self, scale: Scale) -> str:
        """Return 1 for each N/A point, else 0."""
        return self._of_scale(scale, NA)

    def floors(self, scale: Scale) -> str:
        """Return where the band of each point of a number scale begins."""
        return self._of_scale(scale, FROM)

    def ceilings(self, scale: Scale) -> str:
        """Return where it ends."""
        return self._of_scale(scale, BELOW)

    @property
    def bands_row(self) -> int:
        """The first row of the table of bands."""
        return SCALES_FIRST_ROW + len(list(self.scale_rows())) + 3

    def band_rows(self) -> Iterator[tuple[int, Rule, Band]]:
        """Yield the rows of the table of bands."""
        bands = [(rule, band) for rule in self.rules for band in rule.bands]
        for row, (rule, band) in enumerate(bands, start=self.bands_row):
            yield row, rule, band

    def bands(self, rule: Rule, column: str) -> str:
        """Return a column of the bands of ``rule``, lowest first; empty if it has none."""
        rows = [row for row, of, _ in self.band_rows() if of == rule]
        col = BAND_COLUMNS.index(column)
        return area(SCORING, rows[0], col, rows[-1], col) if rows else ""

    @property
    def caps_row(self) -> int:
        """The first row of the table of caps."""
        return self.bands_row + max(len(list(self.band_rows())), 1) + 3

    def cap_rows(self) -> Iterator[tuple[int, Rule, CapRow]]:
        """Yield the rows of the table of caps."""
        caps = [(rule, cap) for rule in self.rules for cap in rule.caps]
        for row, (rule, cap) in enumerate(caps, start=self.caps_row):
            yield row, rule, cap

    def caps(self, rule: Rule, scale: Scale, column: str) -> str:
        """Return a column of the caps of ``rule`` for points of ``scale``; empty if it has none."""
        rows = [row for row, of, cap in self.cap_rows() if of == rule and cap.scale.id == scale.id]
        col = CAP_COLUMNS.index(column)
        return area(SCORING, rows[0], col, rows[-1], col) if rows else ""

    @property
    def number_columns(self) -> dict[str, tuple[int, tuple[str | float, ...]]]:
        """The column of each number scale's numbers, by scale id, with what stands in it."""
        scales = [scale for scale in self.scales if scale.numbers is not None]
        return {
            scale.id: (col, (*steps(scale.numbers), *(p.text for p in scale.points if p.not_applicable)))
            for col, scale in enumerate(scales, start=NUMBERS_COL)
            if scale.numbers is not None
        }

    def choices(self, scale: Scale) -> str:
        """Return what the dropdown of a rating offers."""
        if scale.numbers is None:
            return self.texts(scale)
        col, numbers = self.number_columns[scale.id]
        return area(SCORING, SCALES_FIRST_ROW, col, SCALES_FIRST_ROW + len(numbers) - 1, col)


def in_order(scale: Scale) -> tuple[Point, ...]:
    """Return the points of a scale, those in its order first."""
    return (*scale.ranked, *(point for point in scale.points if point.not_applicable))


def band_of(scale: Scale, point: Point) -> tuple[float, float]:
    """Return from where up to where (not included) a number scale's point reaches; nowhere for a word."""
    if scale.numbers is None or point.not_applicable:
        return HIGHEST, HIGHEST
    floor = LOWEST if point.at_least is None else point.at_least
    above = [p.at_least for p in scale.ranked if p.at_least is not None and p.at_least > floor]
    return floor, min(above, default=HIGHEST)
