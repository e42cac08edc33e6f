"""What is in plan.xlsx and plan.ics: the same days, for people and for calendars."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
from icalendar import Calendar

from auditkit.definition.plan import Plan, Step
from auditkit.plan import Closure, Schedule, Timing, schedule
from auditkit.plan.outputs import OUTPUTS
from tests.apps.libreoffice import LibreOffice

TODAY = dt.date(2026, 12, 16)
REVIEW = Plan(
    "review",
    "Rapid review",
    "the day on which the Panel is notified",
    (
        Step("letters", "Letters go out", "Business unit", 1, why="=1+1 is text here"),
        Step("back", "Summaries come back", "Each agency", 10, recipients=True, deadline=True),
    ),
)
PRACTICE = Plan(
    "practice", "Practice review", "the day of the decision", (Step("out", "Published", "Us", months=6),)
)
# So short that every day in between counts.
NO_HOLIDAY = Plan("short", "Notification", "the day", (Step("notify", "Notify", "Us", 1),))
CLOSED = (Closure(dt.date(2026, 12, 29), dt.date(2026, 12, 30), "Council offices closed"),)


def made(*plans: Plan) -> Schedule:
    starts = {"review": dt.date(2026, 12, 15), "practice": dt.date(2027, 7, 3), "short": TODAY}
    return schedule(plans, Timing({plan.id: starts[plan.id] for plan in plans}, CLOSED))


def cells(*plans: Plan, formulas: bool = False) -> dict[str, list[tuple[object, ...]]]:
    content = OUTPUTS["plan.xlsx"](made(*plans), "Review RR-1", TODAY, "rr-1")
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)
    return {tab.title: [row for row in tab.iter_rows(values_only=True) if any(row)] for tab in book}


def test_a_row_for_each_step_and_the_days_that_are_not_counted() -> None:
    sheets = cells(REVIEW)
    title, started, _, today, heads, first, second = sheets["Plan"]
    assert title[0] == "Review RR-1"
    assert started[0] == (
        "Rapid review: counted from Tuesday 15 December 2026, the day on which the Panel is notified."
    )
    assert today[:2] == ("Today", dt.datetime(2026, 12, 16))
    assert heads == ("Working day", "Due", "Who", "What", "What for", "Working days left")
    due = dt.datetime(2026, 12, 16), dt.datetime(2027, 1, 5)
    assert first == ("Day 1", due[0], "Business unit", "Letters go out", "=1+1 is text here", "today")
    assert second == ("Day 10", due[1], "Each agency", "Summaries come back", "", 9)
    assert [(row[0].date().isoformat(), *row[1:]) for row in sheets["Days not counted"][1:]] == [  # type: ignore[attr-defined]
        ("2026-12-25", "Friday", "Christmas Day"),
        ("2026-12-28", "Monday", "Boxing Day (observed)"),
        ("2026-12-29", "Tuesday", "Council offices closed"),
        ("2026-12-30", "Wednesday", "Council offices closed"),
        ("2027-01-01", "Friday", "New Year's Day"),
    ]


def test_two_plans_have_a_column_that_says_which() -> None:
    *_, heads, _, _, out, start, due, known = cells(REVIEW, PRACTICE)["Plan"]
    assert heads[:4] == ("Working day", "Due", "Plan", "Who")
    assert out[:4] == ("6 months", dt.datetime(2028, 1, 3), "Practice review", "Us")
    assert str(start[0]).startswith("Please note: Practice review: Saturday 3 July 2027 is no working day")
    assert str(due[0]).startswith("Please note: Published: Monday 3 January 2028 is no working day")
    assert str(known[0]).startswith("Please note: the last day is Monday 3 January 2028, and one-off bank")


def test_where_every_weekday_counts_it_says_so() -> None:
    (_, (*_, said)) = cells(NO_HOLIDAY)["Days not counted"]
    assert said == "None from 16 December 2026 to 17 December 2026: only weekends aren't counted"


def test_the_diary_has_the_same_days() -> None:
    diary = Calendar.from_ical(OUTPUTS["plan.ics"](made(REVIEW), "Review RR-1", TODAY, "rr-1"))
    events = list(diary.walk("VEVENT"))
    assert [(str(event["summary"]), event["dtstart"].dt.isoformat()) for event in events] == [
        ("Letters go out (Business unit)", "2026-12-16"),
        ("Summaries come back (Each agency)", "2027-01-05"),
    ]
    assert events[1]["dtend"].dt - events[1]["dtstart"].dt == dt.timedelta(1)
    assert str(events[1]["uid"]) == "back.review.rr-1@auditkit.invalid"


def test_a_day_past_the_known_holidays_says_so_on_the_sheet_and_in_the_calendar() -> None:
    said = "one-off bank holidays after Friday 31 December 2027 weren't known when this auditkit was made"
    on_sheet = [str(cell) for rows in cells(PRACTICE).values() for row in rows for cell in row if cell]
    assert any(said in text for text in on_sheet)
    diary = Calendar.from_ical(OUTPUTS["plan.ics"](made(REVIEW, PRACTICE), "Review RR-1", TODAY, "rr-1"))
    doubts = {str(e["summary"]): said in str(e["description"]) for e in diary.walk("VEVENT")}
    assert doubts == {
        "Letters go out (Business unit)": False,
        "Summaries come back (Each agency)": False,
        "Published (Us)": True,
    }


def test_the_same_plan_gives_the_same_files() -> None:
    for content in OUTPUTS.values():
        assert content(made(REVIEW), "T", TODAY, "r") == content(made(REVIEW), "T", TODAY, "r")


def test_microsofts_validator_finds_nothing(
    tmp_path: Path, ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]]
) -> None:
    files = []
    for n, plans in enumerate(((REVIEW,), (REVIEW, PRACTICE), (NO_HOLIDAY,))):
        path = tmp_path / f"plan-{n}.xlsx"
        path.write_bytes(OUTPUTS["plan.xlsx"](made(*plans), "Review RR-1", TODAY, "rr-1"))
        files.append(path)
    assert ooxml_errors(files) == {}


def test_days_left_are_counted_anew_on_any_day(tmp_path: Path, libreoffice: LibreOffice) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(OUTPUTS["plan.xlsx"](made(REVIEW), "Review RR-1", TODAY, "rr-1"))
    seen = []
    with libreoffice.open(path) as book:
        for today in ("2026-12-15", "2026-12-16", "2026-12-26", "2027-01-04", "2027-01-06"):
            book.write({("Plan", "B4"): dt.date.fromisoformat(today)})
            book.recalculate()
            assert book.errors() == []
            shown = book.values()["Plan"]
            seen.append((today, shown["F7"], shown["F8"]))
    assert seen == [
        ("2026-12-15", 1, 10),
        ("2026-12-16", "today", 9),
        ("2026-12-26", "past", 3),
        ("2027-01-04", "past", 1),
        ("2027-01-06", "past", "past"),
    ]
