"""The tables of the form into a :class:`~auditkit.definition.source.Source`: the nesting that YAML has."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator

from auditkit.definition.model import Audit
from auditkit.definition.source import Path, Raw, Source, Words
from auditkit.definition.wording import closest, did_you_mean, quoted
from auditkit.definition.xlsx import conditions, grid, rows
from auditkit.definition.xlsx.columns import Way, folded, hint_at, way_to
from auditkit.definition.xlsx.grid import Row, Table
from auditkit.definition.xlsx.headings import Heading, Place
from auditkit.definition.xlsx.records import Entry, Gathered
from auditkit.definition.xlsx.sheets import COVER, RESPONSES, SETTINGS

WORDS = Words(
    blank="'{name}' is blank here, and it is needed",
    missing="'{name}' is missing here: fill it in, or add a column for it",
)


def read(path: pathlib.Path) -> Source:
    """Read a definition in its Excel form.

    Args:
        path: The file.

    Returns:
        Its data, with places and whatever can be reported together with the model's own problems.

    Raises:
        ProblemsError: If it can't be read as a workbook at all.
    """
    tables, wrong = grid.read(path)
    gathered = Gathered(wrong=wrong)
    data = _settings(tables["settings"], gathered)
    sections = _list(tables["sections"], "sections", gathered)
    _questions(tables["questions"], sections, gathered)
    data["responses"] = _responses(tables[RESPONSES], sections, gathered)
    conditions.add(tables["applies"], sections, gathered)
    data |= {"scales": _scales(tables["scales"], gathered), "sections": sections}
    data["cover"] = _list(tables["fields"], "cover", gathered)
    data |= _rules(tables["rules"], gathered)
    places, issues = gathered.places(path.name)
    return Source(data, places, issues, words=WORDS, unsure=tuple(gathered.unsure), open=tuple(gathered.open))


def _settings(table: Table, gathered: Gathered) -> dict[str, Raw]:
    """Return the settings of the sheet on which they stand one below another."""
    where = {str(heading.way[0]): n for n, heading in table.headings.items()}
    for missing in (name for name in ("setting", "value") if name not in where and table.rows):
        gathered.wrong.append((table.place, f"there is no column {quoted(missing)} here: add it"))
        return {}
    entries: dict[Way, Entry] = {}
    for row in (row for row in table.rows if {where["setting"], where["value"]} & set(row.cells)):
        text = str(row.cells.get(where["setting"], "")).strip()
        name, value = table.at(row, where["setting"]), table.at(row, where["value"])
        way = _way(text)
        if way is None:
            known = [column.name for column in SETTINGS.columns]
            message = f"there is no setting called {quoted(text)}{did_you_mean(text, known)}"
            gathered.wrong.append((name, message if text else "this row doesn't say which setting it is"))
            way = _way(closest(text, known) or "")
            if way is None or way in entries:
                continue
        elif way in entries and row.cells.get(where["value"]) is None:
            continue
        elif way in entries and entries[way].cell is not None:
            message = f"{quoted(text)} is set twice, here and at {entries[way].name}; keep one of them"
            gathered.wrong.append((name, message))
            continue
        entries[way] = Entry(way, hint_at(Audit, way), row.cells.get(where["value"]), value, name)
    return gathered.record((), entries.values())


def _way(text: str) -> Way | None:
    """Return the setting of the audit that a text names, None if it names none that stands on this sheet."""
    for column in SETTINGS.columns:
        if folded(column.name) == folded(text):
            return column.way
    way = way_to(text, Audit)
    return way if way and way[0] in {column.way[0] for column in SETTINGS.columns} else None


def _list(table: Table, name: str, gathered: Gathered) -> list[Raw]:
    """Return the records of a sheet on which each row is one."""
    return [rows.record(table, row, (name, n), gathered) for n, row in enumerate(table.rows)]


def _scales(table: Table, gathered: Gathered) -> list[Raw]:
    found: dict[str, dict[str, Raw]] = {}
    groups: dict[str, list[Entry]] = {}
    name = ""
    for row in table.rows:
        said, place = rows.word(table, row, "scale", gathered)
        name = said or name
        if name not in found:
            found[name], groups[name] = ({"id": name} if name else {}), []
            gathered.note(("scales", len(found) - 1, "id"), place)
        points = found[name].setdefault("points", [])
        assert isinstance(points, list)
        if rows.says_more(table, row):
            base: Path = ("scales", list(found).index(name), "points", len(points))
            points.append(rows.record(table, row, base, gathered))
        groups[name] += rows.entries(table, row, _of_group)
    for n, (name, scale) in enumerate(found.items()):
        scale |= gathered.record(("scales", n), _once(groups[name], name, gathered))
    return list(found.values())


def _of_group(heading: Heading) -> bool:
    return heading.is_group


def _once(entries: Iterable[Entry], name: str, gathered: Gathered) -> Iterator[Entry]:
    """Yield what is said of several rows together: each thing once, wherever it is said first."""
    said: dict[Way, Entry] = {}
    for entry in entries:
        first = said.setdefault(entry.way, entry)
        if first.cell is None:
            said[entry.way] = entry
        elif entry.cell is not None and entry.cell != first.cell:
            message = f"something else is said of {quoted(name)} at {first.value}: say it once"
            gathered.wrong.append((entry.value, message))
    yield from said.values()


def _questions(table: Table, sections: list[Raw], gathered: Gathered) -> None:
    """Put each question into its section."""
    for n, section in enumerate(sections):
        assert isinstance(section, dict)
        section["questions"] = []
        gathered.note(("sections", n, "questions"), gathered.values["sections", n])
    there, known = list(sections), len(gathered.wrong)
    nowhere: dict[str, rows.Found] = {}
    current: rows.Found | None = None
    for row in table.rows:
        said, place = rows.word(table, row, "section", gathered)
        if said or current is None:
            current = rows.section(said, place, there, gathered)
            if current is None and there:
                current = nowhere[said] = nowhere.get(said) or _nowhere(said, place, sections, gathered)
        if current is not None and rows.says_more(table, row):
            base, section = current
            questions = section["questions"]
            assert isinstance(questions, list)
            path: Path = (*base, "questions", len(questions))
            questions.append(rows.record(table, row, path, gathered))
    is_sure = len(gathered.wrong) == known and all(rows.has_id(each) for each in there)
    if not is_sure:  # what stands elsewhere may belong to a section that seems to have no questions
        empty = (n for n, each in enumerate(sections) if isinstance(each, dict) and not each["questions"])
        gathered.unsure += [("sections", n, "questions") for n in empty]


def _nowhere(said: str, place: Place, sections: list[Raw], gathered: Gathered) -> rows.Found:
    """Add a section that isn't there, so that its questions are looked at with no other section's."""
    path: Path = ("sections", len(sections))
    record: dict[str, Raw] = {"id": said, "title": said, "questions": []}
    sections.append(record)
    gathered.note((*path, "id"), place)
    gathered.unsure += [(*path, "id"), (*path, "title")]
    return path, record


def _responses(table: Table, sections: list[Raw], gathered: Gathered) -> list[Raw]:
    """Return the audit's response columns, and put those of sections into these."""
    shared: list[Raw] = []
    astray: list[Row] = []
    gathered.note(("responses",), table.place)
    for row in table.rows:
        said, place = rows.word(table, row, "section", gathered)
        if not said:
            shared.append(rows.record(table, row, ("responses", len(shared)), gathered))
            continue
        current = rows.section(said, place, sections, gathered)
        if not rows.is_known(said, sections):
            astray.append(row)
        elif current is not None:
            base, section = current
            own = section.setdefault("responses", [])
            assert isinstance(own, list)
            field = rows.record(table, row, (*base, "responses", len(own)), gathered)
            # Only an id: it stands for the audit's column of that id.
            own.append(field["id"] if set(field) == {"id"} else field)
    for row in astray:  # looked at as far as that can be done without knowing whose they are
        path: Path = ("responses", len(shared))
        field = rows.record(table, row, path, gathered)
        if set(field) != {"id"}:
            gathered.unsure.append(path)
            shared.append(field)
    return shared


def _rules(table: Table, gathered: Gathered) -> dict[str, Raw]:
    lists: dict[str, list[Raw]] = {"rules": [], "cover_rules": []}
    for row in table.rows:
        said, place = rows.word(table, row, "about", gathered)
        if said and said.casefold() not in (RESPONSES, COVER):
            message = f"a rule is about '{RESPONSES}' or the '{COVER}', not {quoted(said)}"
            gathered.wrong.append((place, message))
        name = "cover_rules" if said.casefold() == COVER else "rules"
        lists[name].append(rows.record(table, row, (name, len(lists[name])), gathered))
    return dict(lists)
