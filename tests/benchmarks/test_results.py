"""What was measured becomes tables and a page; what wasn't is told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks import page, results, table, targets
from benchmarks.results import ONE_MORE, UNCHANGED, Results, Row, Run, Stages

MEGABYTE = 1024 * 1024


def row(what: str, size: int, rival: str, cpu: float) -> Row:
    return Row(what, "section11", size, rival, 5, Run(cpu * 2, cpu, 100 * MEGABYTE, 150 * MEGABYTE))


MEASURED = Results(
    "a machine",
    "2026-10-01",
    (
        row("collate", 20, "auditkit", 2.0),
        row("collate", 1_700, "auditkit", 85.0),
        row("collate", 25_000, "auditkit", 2_500.0),
        row("collate", 20, "pandas loop", 8.0),
        row(UNCHANGED, 20, "auditkit", 1.0),
        row(ONE_MORE, 20, "auditkit", 1.5),
    ),
    (
        Stages(
            "section11", 1_700, {"proof": 1.7, "tables": 17.0}, {"proof": MEGABYTE, "tables": 2 * MEGABYTE}
        ),
    ),
)


def test_a_rival_is_compared_at_each_size_and_worked_out_beyond_its_own():
    rows = list(table.comparison(MEASURED, "collate", "section11"))
    assert [r[:5] for r in rows if r[0] == "auditkit"] == [
        ("auditkit", "20", "2.0", "100.0", "1.00"),
        ("auditkit", "1,700", "85.0", "50.0", "1.00"),
        ("auditkit", "25,000", "2,500.0", "100.0", "1.00"),
    ]
    assert [r[:5] for r in rows if r[0] == "pandas loop"] == [
        ("pandas loop", "20", "8.0", "400.0", "4.00"),
        ("pandas loop", "1,700", "≈ 680.0", "", "≈ 8.00"),
        ("pandas loop", "25,000", "≈ 10,000.0", "", "≈ 4.00"),
    ]


def test_growth_reruns_and_stages():
    assert table.growth(MEASURED, "section11", 1_700, 25_000) == 2.0
    assert table.growth(MEASURED, "section175", 1_700, 25_000) is None
    assert list(table.reruns(MEASURED)) == [("section11", "20", "2.0", "50%", "75%")]
    (stages,) = MEASURED.stages
    assert list(table.by_stage(stages)) == [("tables", "17.0", "10.00", "2"), ("proof", "1.7", "1.00", "1")]


def test_workers_share_reading_and_nothing_else():
    seconds = {"read: parse": 600.0, "read: guard": 600.0, "read: keep": 60.0, "tables": 240.0}
    rows = list(table.past_one_machine(Stages("section11", 1_000, seconds, {})))
    assert rows[0] == ("25,000", "2", "250.0", "125.0", "≈ 375.0")
    assert rows[1] == ("25,000", "64", "7.8", "125.0", "≈ 132.8")
    assert [row[0] for row in rows] == ["25,000", "25,000", "60,000", "60,000"]


def test_what_was_asked_stands_beside_what_was_measured():
    met = {name: (measured, cpu, yes) for name, _, measured, cpu, yes in targets.rows(MEASURED)}
    assert met["collate, against the pandas loop"] == ("≈ 8.00 ×", "≈ 8.00 ×", "not measured")
    assert met["one return of 25,000, against one of 1,700"] == ("2.00 ×", "2.00 ×", "no")
    assert met["nothing changed, against a cold run"] == ("≈ 0.50 ×", "≈ 0.50 ×", "not measured")
    assert met["memory at most, 1,700"] == ("150 MB", "", "yes")
    assert met["collate, against datamaps"] == ("", "", "not measured")


def test_results_are_kept_and_read_again(tmp_path: Path):
    results.write(MEASURED, tmp_path / "kept.json")
    assert results.read(tmp_path / "kept.json") == MEASURED


def test_new_figures_replace_old_ones_of_the_same_machine_only():
    new = replace(MEASURED, rows=(row("collate", 20, "auditkit", 1.0),), stages=())
    both = results.renewed(MEASURED, new)
    again = both.row("collate", "section11", 20, "auditkit")
    assert again is not None
    assert again.took.cpu == 1.0
    assert len(both.rows) == len(MEASURED.rows)
    assert both.stages == MEASURED.stages
    assert results.renewed(replace(MEASURED, machine="another"), new) == new


def test_the_page_is_what_was_measured():
    assert page.PATH.read_text(encoding="utf-8") == page.text(results.read()), (
        "run python -m benchmarks --docs"
    )
