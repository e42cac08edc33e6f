"""A definition as the rows of the form's sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.model import Audit, Question
from auditkit.definition.plain import Plain, plain
from auditkit.definition.scale import Scale
from auditkit.definition.wording import quoted
from auditkit.definition.xlsx import cells
from auditkit.definition.xlsx.cells import Cell
from auditkit.definition.xlsx.columns import Column, Way
from auditkit.definition.xlsx.sheets import (
    APPLIES,
    COVER,
    FIELDS,
    QUESTIONS,
    RESPONSE_COLUMNS,
    RESPONSES,
    RULES,
    SCALES,
    SECTIONS,
    SETTINGS,
    SPREAD,
    WHO,
    Sheet,
)
from auditkit.errors import AuditkitError

# A row by its headings.
Filled = dict[str, Cell]
Record = Mapping[str, Plain]


@dataclass
class Page:
    """A sheet with what stands on it; ``settings`` has one row here, whose columns are its lines."""

    sheet: Sheet
    columns: list[Column]
    rows: list[Filled] = field(default_factory=list)

    def add(self, row: Filled, more: Iterable[Column]) -> None:
        """Add a row; columns that it needs besides the sheet's own go beside their like."""
        self.rows.append(row)
        for column in more:
            if all(column.name != known.name for known in self.columns):
                like = [n for n, c in enumerate(self.columns) if c.way[0] == column.way[0]]
                self.columns.insert(max(like, default=len(self.columns) - 1) + 1, column)

    def filled(self, column: Column) -> bool:
        """Tell whether any row has something in a column."""
        return any(column.name in row for row in self.rows)

    def shown(self) -> list[Column]:
        """Return the columns without those whose setting is spread over others."""
        ways = {column.way[:n] for column in self.columns for n in range(1, len(column.way))}
        return [column for column in self.columns if column.way not in ways or self.filled(column)]


def pages(audit: Audit) -> list[Page]:
    """Return the sheets of the form for a definition, filled in.

    Raises:
        AuditkitError: If a text of it is longer than a cell can be.
    """
    data = plain(audit)
    sections = _records(data["sections"])
    return [
        _page(SETTINGS, [({}, data)]),
        _scales(_records(data["scales"])),
        _page(RESPONSE_COLUMNS, _responses(_records(data["responses"]), sections)),
        _page(SECTIONS, (({}, section) for section in sections)),
        _questions(audit, sections),
        _page(FIELDS, (({}, one) for one in _records(data["cover"]))),
        _page(RULES, _rules(data)),
        _page(APPLIES, _conditions(sections)),
    ]


def _page(sheet: Sheet, rows: Iterable[tuple[Filled, Record]], columns: list[Column] | None = None) -> Page:
    page = Page(sheet, list(sheet.all_columns) if columns is None else columns)
    wanted = {column.way[0] for column in sheet.columns}
    for lead, record in rows:
        own = {name: value for name, value in record.items() if name in wanted}
        row, more = _row(own, sheet.model)
        page.add({**lead, **row}, more)
    return page


def _row(record: Record, model: type) -> tuple[Filled, list[Column]]:
    """Return a record as cells by heading, with a column for each."""
    row: Filled = {}
    found = []
    for way, cell, hint in _cells(record, model, ()):
        name = " ".join(map(str, way))
        row[name] = cell
        found.append(Column(name, way, hint, model, False, ""))
    return row, found


def _cells(value: Plain | Record, hint: Any, way: Way) -> Iterator[tuple[Way, Cell, Any]]:
    """Yield the cells that a setting takes: one if it can, else one for each part."""
    model = shapes.record(hint)
    if model is not None:
        assert isinstance(value, Mapping)
        for name, each in value.items():
            inner = shapes.attributes(model)[name]
            if (model, name) in SPREAD:
                yield from _parts(each, inner, (*way, name))
            else:
                yield from _cells(each, inner, (*way, name))
        return
    cell = cells.written(value, hint)  # type: ignore[arg-type]
    if cell is not None:
        yield way, cell, hint
    elif isinstance(value, (list, dict)):
        yield from _parts(value, hint, way)
    else:
        said = f"'{way[-1]}' can't stand in a cell: {quoted(value)}"
        raise AuditkitError(f"{said}. Shorten it, or word it another way.")


def _parts(value: Plain, hint: Any, way: Way) -> Iterator[tuple[Way, Cell, Any]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _cells(each, shapes.item(hint), (*way, name))
    elif isinstance(value, list):
        for n, each in enumerate(value, start=1):
            yield from _cells(each, shapes.item(hint), (*way, n))


def _scales(scales: list[Record]) -> Page:
    page = Page(SCALES, list(SCALES.all_columns))
    for scale in scales:
        points = _records(scale["points"]) or [{}]
        own = {name: value for name, value in scale.items() if name not in ("id", "points")}
        group, of_group = _row(own, Scale)
        named = [replace(column, name=f"scale {column.name}") for column in of_group]
        for n, point in enumerate(points):
            row, more = _row(point, SCALES.model)
            shown = {f"scale {name}": cell for name, cell in group.items()} if n == 0 else {}
            page.add({"scale": str(scale["id"]), **row, **shown}, [*more, *named])
    return page


def _responses(shared: list[Record], sections: list[Record]) -> Iterator[tuple[Filled, Record]]:
    yield from (({}, column) for column in shared)
    for section in sections:
        own = section.get("responses", [])
        assert isinstance(own, list)
        for entry in own:
            one: Record = {"id": entry} if isinstance(entry, str) else _records([entry])[0]
            yield {"section": str(section["id"])}, one


def _questions(audit: Audit, sections: list[Record]) -> Page:
    spread = [
        Column(f"descriptors {name}", ("descriptors", name), str, Question, False, f"when to choose {name!r}")
        for name in _points(audit)
    ]
    columns = [
        each
        for column in QUESTIONS.all_columns
        for each in (spread if column.way == ("descriptors",) else [column])
    ]
    rows = (
        ({"section": str(section["id"])}, question)
        for section in sections
        for question in _records(section.get("questions", []))
    )
    return _page(QUESTIONS, rows, columns)  # type: ignore[arg-type]


def _points(audit: Audit) -> list[str]:
    """Return the points that questions are described by, or could be: those of the first scale used."""
    scales = [scale for section in audit.sections if (scale := audit.scale_of(section))]
    first = [point.id for point in (scales[0].points if scales else ()) if not point.not_applicable]
    used = [point for _, question in audit.questions() for point in question.descriptors]
    return list(dict.fromkeys([*first, *used]))


def _rules(data: Record) -> Iterator[tuple[Filled, Record]]:
    for name, about in (("rules", RESPONSES), ("cover_rules", COVER)):
        for rule in _records(data.get(name, [])):
            yield {"about": about}, rule


def _conditions(sections: list[Record]) -> Iterator[tuple[Filled, Record]]:
    for section in sections:
        yield from _conditions_of(section, "section")
        for question in _records(section.get("questions", [])):
            yield from _conditions_of(question, "question")


def _conditions_of(record: Record, name: str) -> Iterator[tuple[Filled, Record]]:
    for asked in WHO:
        conditions = record.get(asked, {})
        assert isinstance(conditions, dict)
        for column, values in conditions.items():
            listed = cells.written(values, tuple[str, ...])
            assert isinstance(values, list)
            for line in (
                [str(listed)] if listed is not None else [cells.wrapped(str(each)) for each in values]
            ):
                yield (
                    {name: str(record["id"]), "asked": asked, "column": column, "values": line},
                    {},
                )


def _records(value: Any) -> list[Record]:
    assert isinstance(value, list)
    return [each for each in value if isinstance(each, dict)]
