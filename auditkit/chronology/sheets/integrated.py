"""*Chronology*: every row of every agency once, in order, each agency with its colour and its reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from auditkit.chronology import actions, contradictions, dates, duplicates, gaps
from auditkit.chronology.event import Chronology, Event, Mark
from auditkit.chronology.look import A3, colours
from auditkit.fields.date import british
from auditkit.master.book import Book, literal
from auditkit.master.flat import Column, write_table
from auditkit.workbook.style import INK, paler

NAME = "Chronology"
ABOUT = "Every row of every agency, once and in order. It is set up to print on A3."
COLUMNS = (
    Column("No.", 6, "count"),
    Column("Agency", 9, "id", repeats=True),
    Column("Name", 15, repeats=True),
    Column("Day", 11),
    Column("How certain", 13, repeats=True),
    Column("Time", 6, repeats=True),
    Column("Until", 10, repeats=True),
    Column("About", 10, repeats=True),
    Column("Type", 12, repeats=True),
    Column("What happened", 46),
    Column("Action", 25),
    Column("If none, why", 17),
    Column("Child seen", 7, repeats=True),
    Column("Theme", 11, repeats=True),
    Column("To look at", 25),
    Column("Source", 15, repeats=True),
    Column("Ref", 8, "id"),
    Column("Other columns", 26),
    Column("Date as typed", 14),
    Column("File", 18, repeats=True),
    Column("Sheet", 13, repeats=True),
    Column("Row", 6, "count"),
)
# The columns in the colour of their agency, and those that are printed: the rest says where a row comes from.
BAND, PRINTED = 2, 17
NOTHING = "No event is as wanted."
OTHERS = 6


def write(book: Book, chronology: Chronology) -> None:
    """Write the sheet."""
    told = _told(chronology)
    lines = (_line(event, "\n".join(told[event.number])) for event in chronology.events)
    shades = colours(chronology)
    for sheet in write_table(book, NAME, COLUMNS, lines, nothing=NOTHING, freeze=4):
        sheet.set_paper(A3)
        sheet.set_zoom(85)
        sheet.print_area(0, 0, sheet.count, PRINTED - 1)
        for key, colour in shades.items():
            fmt = book.file.add_format({"bg_color": paler(colour), "font_color": INK, "bold": True})
            rule = {"type": "formula", "criteria": f"=$B2={literal(key)}", "format": fmt}
            sheet.conditional_format(1, 0, sheet.count, BAND - 1, rule)
        part = book.file.add_format({"italic": True})
        rule = {"type": "formula", "criteria": '=$E2<>"the day"', "format": part}
        sheet.conditional_format(1, 3, sheet.count, 4, rule)


def certainty(event: Event) -> str:
    """Return how well the day of an event is known, in words."""
    if event.earliest is None or event.latest is None:
        return "no usable date"
    if event.exact:
        return "the day"
    return f"≈ {event.earliest:%d/%m/%Y} to {event.latest:%d/%m/%Y}"


def _line(event: Event, told: str) -> tuple[Any, ...]:
    day = british(event.until) if event.until else event.until_typed
    until = " ".join(filter(None, (day, event.until_time)))
    return (
        *(event.number, event.recipient_id, event.recipient, event.at, certainty(event), event.time or None),
        *(until or None, event.subject or None, event.event_type or None, event.event or None),
        *(event.action or None, event.no_action_reason or None, event.child_seen or None),
        *(event.theme or None, told or None, event.source or None, event.row_key, event.more or None),
        *(event.date_typed or None, event.file, event.sheet, event.row),
    )


def _told(chronology: Chronology) -> Mapping[int, list[str]]:
    """Return what there is to look at in each row, by its number."""
    named = {event.number: f"{event.number} ({event.recipient_id})" for event in chronology.events}
    others: dict[tuple[int, str], list[str]] = defaultdict(list)
    found: dict[int, list[str]] = defaultdict(list)
    for mark in chronology.of_kind(contradictions.KIND, duplicates.KIND):
        for number, other in (mark.events, mark.events[::-1]):
            others[number, mark.kind].append(named[other])
    for (number, kind), names in others.items():
        more = f" and {len(names) - OTHERS} more" if len(names) > OTHERS else ""
        words = "Contradicts no." if kind == contradictions.KIND else "Like no."
        found[number].append(f"{words} {', '.join(names[:OTHERS])}{more}")
    for number, said in _of_one(chronology.of_kind(gaps.KIND, actions.KIND, dates.KIND)):
        found[number].append(said)
    return found


def _of_one(marks: tuple[Mark, ...]) -> Iterator[tuple[int, str]]:
    for mark in marks:
        if mark.kind == gaps.KIND and mark.first and mark.last:
            yield mark.events[-1], f"After {(mark.last - mark.first).days + 1} days without {mark.of}"
        elif mark.kind == actions.KIND:
            yield mark.events[0], "No action and no reason"
        else:
            yield mark.events[0], mark.what
