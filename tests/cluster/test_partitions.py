"""Parts of a round: each is what the round would be with its recipients alone, and together they are all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import fsspec
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from auditkit.cluster.mine import RECORD, digest
from auditkit.cluster.partitions import divide, write_parts
from auditkit.cluster.parts import named, parts_of
from auditkit.cluster.places import folders, read, write
from auditkit.collate import collate
from auditkit.commands.collate import command
from auditkit.errors import AuditkitError
from auditkit.returns.intake import Address
from auditkit.round import Round, load
from auditkit.tables import SCHEMAS, Collation
from tests.corpus.folder import return_of
from tests.end_to_end.reading import rows
from tests.rounds import SETTINGS, forget, small_round
from tests.test_files import lock

AS_AT = dt.date(2026, 12, 18)
BY = "local_authority"
WHERE = {"A1": "North", "A2": "North", "A3": "South/West: 10%", "A4": "", "A5": "007"}
REGISTER = f"id,name,group,email,{BY}\n" + "".join(
    f"{key},Agency {key},Police,a@{key}.example,{where}\n" for key, where in WHERE.items()
)


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round of four authorities, one without a name; all but one recipient have returned."""
    made = small_round(tmp_path_factory.mktemp("parts") / "round", register=REGISTER)
    for key in ("A1", "A2", "A3", "A5"):
        (made.returns / f"{key}.xlsx").write_bytes(return_of(made, key, f"=1+1 of {key}"))
    (made.returns / "nobody.xlsx").write_bytes(b"not a workbook")
    return made


def collation_of(round_: Round, **how: Any) -> tuple[Collation, Path]:
    forget(round_.folder)
    kept: list[tuple[Collation, Path]] = []
    collate(round_, round_.returns, as_at=AS_AT, jobs=1, also=lambda *both: kept.append(both), **how)
    return kept[0]


@pytest.fixture(scope="module", params=["folder", "memory", "memory and cluster", "shared and cluster"])
def written(round_: Round, request: pytest.FixtureRequest, cluster: Any, tmp_path_factory: Any) -> Any:
    """Where the parts were written, and all tables of the round itself."""
    fsspec.filesystem("memory").store.clear()
    folder = tmp_path_factory.mktemp("to") / "parts"
    places = {"folder": folder, "memory": Address("memory://parts"), "shared": Address(f"shared://{folder}")}
    place = places[request.param.split()[0]]
    collation, master = collation_of(round_)
    parts = parts_of(place, BY, round_, round_.returns)
    write_parts(parts, collation, master, cluster if "cluster" in request.param else None)
    return place


def table(place: Any, name: str) -> pd.DataFrame:
    frames = []
    for folder in folders(place, name):
        own = pd.read_parquet(BytesIO(read(place, f"{name}/{folder}/part-0.parquet")))
        frames.append(own.assign(**{BY: folder}))
    return pd.concat(frames)


def test_the_parts_of_each_table_are_the_whole(round_, written) -> None:
    for name in ("recipients", "answers", "results", "ratings", "actions", "cover", "notes"):
        whole = pd.read_parquet(round_.tables / f"{name}.parquet")
        own = table(written, name)
        key = list(SCHEMAS[name].key)
        left, right = (
            frame[whole.columns].sort_values(key, ignore_index=True).astype(object) for frame in (own, whole)
        )
        pd.testing.assert_frame_equal(left, right, check_dtype=False)


def test_each_recipient_is_in_the_part_that_the_register_says(written) -> None:
    own = table(written, "recipients")
    assert dict(zip(own["recipient_id"], own[BY], strict=True)) == {
        key: f"{BY}={named(where)}" for key, where in WHERE.items()
    }


def test_there_is_a_master_for_each_part_and_a_national_one(round_, written, tmp_path) -> None:
    assert folders(written, "masters") == sorted(f"{named(where)}.xlsx" for where in set(WHERE.values()))
    assert read(written, "master.xlsx") == round_.master.read_bytes()
    (tmp_path / "north.xlsx").write_bytes(read(written, "masters/North.xlsx"))
    said = rows(tmp_path / "north.xlsx", "Answers")
    assert {row["Recipient ID"] for row in said} == {"A1", "A2"}


def test_summaries_have_the_figures_of_the_tables(round_, written) -> None:
    found = {
        name: pd.read_parquet(BytesIO(read(written, f"summary/{name}.parquet")))
        for name in ("sections", "points", "standings")
    }
    results = pd.read_parquet(round_.tables / "results.parquet")
    results[BY] = results["recipient_id"].map(WHERE)
    rated = results[results["point"].notna()]
    for row in found["sections"].itertuples():
        own = rated[(rated[BY] == getattr(row, BY)) & (rated["section_id"] == row.section_id)]
        assert row.recipients == len(own)
        assert row.score == pytest.approx(own["score"].mean())
    counts = found["points"].groupby(["section_id", "point"])["recipients"].sum()
    assert counts.to_dict() == rated.groupby(["section_id", "point"]).size().to_dict()
    people = pd.read_parquet(round_.tables / "recipients.parquet")
    standings = found["standings"].groupby("standing")["recipients"].sum().to_dict()
    assert standings == people["standing"].value_counts().to_dict()


def test_a_part_is_the_round_with_its_recipients_alone(round_, tmp_path) -> None:
    collation, _ = collation_of(round_)
    parts = dict(divide(collation, BY))
    assert {key for part in parts.values() for key in (r.id for r in part.recipients)} == set(WHERE)
    for value, part in parts.items():
        assert {one.recipient_id for one in part.returns} <= {r.id for r in part.recipients}
        assert part.settings.title.endswith(value or f"no {BY}")


def test_parts_tell_what_changed_since_the_last_run(tmp_path, cluster) -> None:
    made = small_round(tmp_path / "round", register=REGISTER)
    for key in ("A1", "A2", "A3"):
        (made.returns / f"{key}.xlsx").write_bytes(return_of(made, key, "Then"))
    collate(made, made.returns, as_at=AS_AT, jobs=1)
    (made.returns / "A1.xlsx").write_bytes(return_of(made, "A1", "Now"))
    (made.returns / "A2.xlsx").unlink()
    (made.returns / "A5.xlsx").write_bytes(return_of(made, "A5", "New"))
    parts = parts_of(tmp_path / "to", BY, made, made.returns)
    collate(made, made.returns, as_at=AS_AT, jobs=1, also=partial(write_parts, parts, client=cluster))
    whole = pd.read_parquet(made.tables / "changes.parquet")
    own = table(tmp_path / "to", "changes")
    assert set(own["change"]) == {"changed", "withdrawn", "new return"}
    key = ["change", "recipient_id", "question_id"]
    left, right = (frame[whole.columns].sort_values(key, ignore_index=True) for frame in (own, whole))
    assert left.astype(str).equals(right.astype(str))


def round_by(folder: Path, *values: str, column: str = BY, settings: str = SETTINGS) -> Round:
    """A round without returns: a recipient for each value of a column."""
    rows = [f'A{n},Agency {n},Police,a{n}@x.example,"{value}"' for n, value in enumerate(values)]
    register = "\n".join([f"id,name,group,email,{column}", *rows, ""])
    return small_round(folder, register=register, settings=settings)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("local_autority", "did you mean"),
        ("standing", "can't be named by"),
        ("recipients", "can't be named by"),
        ("Standing", "can't be named by"),
    ],
)
def test_a_column_that_does_not_fit_is_told_before_anything_is_read(tmp_path, by, said) -> None:
    made = round_by(tmp_path / "round", "North", column=by if said != "did you mean" else BY)
    with pytest.raises(AuditkitError, match=said):
        parts_of(tmp_path / "to", by, made, made.returns)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["Kent", "kent"], "one folder"),
        (["Kent", "Kent."], "one folder"),
        (["K\u00e4nt", "Ka\u0308nt"], "one folder"),
        (["", "__HIVE_DEFAULT_PARTITION__"], "one folder"),
        (["N" * 240], "too long"),
        (["\u00fc" * 126], "too long"),
        (["/" * 84], "too long"),
    ],
)
def test_values_that_cannot_name_folders_are_told_before_anything_is_read(tmp_path, values, said) -> None:
    made = round_by(tmp_path / "round", *values)
    with pytest.raises(AuditkitError, match=said):
        parts_of(tmp_path / "to", BY, made, made.returns)


@given(st.text(max_size=30))
def test_a_value_can_be_read_from_the_name_of_its_folder_as_readers_do(value) -> None:
    name = named(value)
    assert value == ("" if name == "__HIVE_DEFAULT_PARTITION__" else unquote(name))
    assert name == name.rstrip(". ")
    assert not set(name) & set('/\\:*?"<>|')


def test_a_value_as_long_as_names_can_be_names_a_part(tmp_path) -> None:
    value = "\u00fc" * 118 + "."
    made = round_by(tmp_path / "round", value)
    (made.returns / "A0.xlsx").write_bytes(return_of(made, "A0", "Yes"))
    parts = parts_of(tmp_path / "to", BY, made, made.returns)
    collate(made, made.returns, as_at=AS_AT, jobs=1, also=partial(write_parts, parts, client=None))
    assert [unquote(name) for name in folders(parts.place, "answers")] == [f"{BY}={value}"]
    assert parts_of(tmp_path / "to", BY, made, made.returns) == parts


@pytest.mark.parametrize(
    "where", [".", "..", "parts", "workbooks/parts", "returns", "returns/sub/parts", "link"]
)
def test_parts_go_nowhere_into_the_round_or_around_it(tmp_path, monkeypatch, where) -> None:
    made = round_by(tmp_path / "round", "North")
    if where == "link":
        (tmp_path / "link").symlink_to(made.returns)
    monkeypatch.chdir(tmp_path if where == "link" else made.folder)
    with pytest.raises(AuditkitError, match="Name a place of its own"):
        parts_of(Path(where), BY, made, made.returns)
    outside = tmp_path / "elsewhere" / "returns"
    with pytest.raises(AuditkitError, match="the returns"):
        parts_of(outside / "parts", BY, made, outside)


@pytest.mark.parametrize(
    ("to", "fits"),
    [
        *((to, False) for to in ("a/returns", "a/returns/to/", "a/", "", "a/x/../returns")),
        *((to, True) for to in ("a/out", "a/returns-2", "b")),
    ],
)
def test_parts_go_nowhere_into_returns_in_a_store_or_around_them(tmp_path, to, fits) -> None:
    made = round_by(tmp_path / "round", "North")
    own = (Address(f"memory://{to}"), BY, made, Address("memory://a/returns"))
    if fits:
        assert parts_of(*own).by == BY
    else:
        with pytest.raises(AuditkitError, match="Name a place of its own"):
            parts_of(*own)


def test_parts_that_a_round_does_not_have_are_told_and_other_things_are_not(round_, tmp_path) -> None:
    for litter in (".DS_Store", "mine.xlsx"):
        (tmp_path / "answers" / litter).mkdir(parents=True)
    for litter in ("~$North.xlsx", ".DS_Store", "notes.txt"):
        (tmp_path / "masters" / litter).mkdir(parents=True)
    assert parts_of(tmp_path, BY, round_, round_.returns).by == BY
    for other in ("masters/Gone.xlsx", "answers/group=Police", f"ratings/{BY}=Gone"):
        (tmp_path / other).mkdir(parents=True)
        with pytest.raises(AuditkitError, match=f"holds {other}.*of this round|holds {other}.*doesn't have"):
            parts_of(tmp_path, BY, round_, round_.returns)
        (tmp_path / other).rmdir()


def all_of(place: Any) -> set[str]:
    """Return the folders of parts of tables, and the masters of parts."""
    tables = {f"{name}/{other}" for name in SCHEMAS for other in folders(place, name)}
    return tables | {f"masters/{other}" for other in folders(place, "masters")}


@pytest.mark.parametrize("where", ["folder", "memory"])
def test_parts_that_are_none_any_more_go_if_auditkit_wrote_them(tmp_path, where) -> None:
    place = tmp_path / "to" if where == "folder" else Address("memory://moved")
    made = round_by(tmp_path / "round", "North", "Old name")
    (made.returns / "A0.xlsx").write_bytes(return_of(made, "A0", "Yes"))
    register = made.folder / "register.csv"

    def run() -> None:
        now = load(made.folder)
        write_parts(parts_of(place, BY, now, now.returns), *collation_of(now), None)

    run()
    assert "masters/Old name.xlsx" in all_of(place)
    write(place, "masters/notes.txt", b"ours")
    write(place, f"answers/{BY}=Old name/ours.txt", b"ours")
    register.write_text(register.read_text(encoding="utf-8").replace("Old name", "New"), encoding="utf-8")
    run()
    own = {f"{name}/{BY}={value}" for name in SCHEMAS for value in ("North", "New")}
    own |= {"masters/North.xlsx", "masters/New.xlsx"}
    # What somebody put there stays, and is no part that anybody reads.
    assert all_of(place) == own | {"masters/notes.txt", f"answers/{BY}=Old name"}
    assert folders(place, f"answers/{BY}=Old name") == ["ours.txt"]


def test_parts_of_those_who_are_not_asked_any_more_go(round_, tmp_path) -> None:
    collation, master = collation_of(round_)
    parts = parts_of(tmp_path / "to", BY, round_, round_.returns)
    write_parts(parts, collation, master, None)
    asked = tuple(one for one in collation.recipients if WHERE[one.id] == "North")
    fewer = replace(collation, recipients=asked, unasked=collation.recipients[len(asked) :])
    write_parts(parts, fewer, master, None)
    assert all_of(tmp_path / "to") == {f"{name}/{BY}=North" for name in SCHEMAS} | {"masters/North.xlsx"}


def test_what_somebody_changed_is_not_taken_away(tmp_path) -> None:
    made = round_by(tmp_path / "round", "North", "Old name")
    (made.returns / "A0.xlsx").write_bytes(return_of(made, "A0", "Yes"))
    place, register = tmp_path / "to", made.folder / "register.csv"
    write_parts(parts_of(place, BY, made, made.returns), *collation_of(made), None)
    own = place / "masters" / "Old name.xlsx"
    own.write_bytes(own.read_bytes() + b"moderated")
    register.write_text(register.read_text(encoding="utf-8").replace("Old name", "New"), encoding="utf-8")
    with pytest.raises(AuditkitError, match=r"holds masters/Old name.xlsx"):
        parts_of(place, BY, load(made.folder), made.returns)
    # By another column they are somebody else's too.
    with pytest.raises(AuditkitError, match=f"/{BY}=North, a part that this round doesn't have"):
        parts_of(place, "group", load(made.folder), made.returns)


@pytest.mark.parametrize(
    "record",
    ["{", "[]", '{"PLACE": {"by": "local_authority", "files": {"../round/register.csv": "DIGEST"}}}'],
)
def test_a_record_that_somebody_wrote_takes_nothing_away(tmp_path, record) -> None:
    made = round_by(tmp_path / "round", "North", "South")
    (made.returns / "A0.xlsx").write_bytes(return_of(made, "A0", "Yes"))
    place, register = tmp_path / "to", made.folder / "register.csv"
    text = record.replace("PLACE", place.as_posix()).replace("DIGEST", digest(register.read_bytes()))
    (made.private / RECORD).write_text(text, encoding="utf-8")
    write_parts(parts_of(place, BY, made, made.returns), *collation_of(made), None)
    assert register.is_file()
    assert "masters/South.xlsx" in all_of(place)


def test_the_command_writes_parts_though_nothing_has_changed(round_, tmp_path, monkeypatch) -> None:
    forget(round_.folder)
    words = [str(round_.returns), "--to", str(tmp_path / "to"), "--by", "group", "--cluster", "local"]
    for _ in range(2):
        done = CliRunner().invoke(command, [*words, "--jobs", "1"])
        assert done.exit_code == 3, done.output
    assert f"Tables and masters by group: {tmp_path / 'to'}" in done.output
    assert folders(tmp_path / "to", "masters") == ["Police.xlsx"]
    assert CliRunner().invoke(command, words[:3]).exit_code == 2


def test_a_part_that_is_open_is_told_and_gets_no_copy_beside_it(round_, tmp_path, monkeypatch) -> None:
    """Whoever reads the folder would count the rows of both."""
    collation, master = collation_of(round_)
    parts = parts_of(tmp_path / "to", BY, round_, round_.returns)
    write_parts(parts, collation, master, None)
    before = sorted((tmp_path / "to").rglob("*"))
    lock(monkeypatch, "part-0.parquet")
    with pytest.raises(AuditkitError, match="is open in another program"):
        write_parts(parts, collation, master, None)
    assert sorted((tmp_path / "to").rglob("*")) == before


def test_where_the_master_is_encrypted_no_table_lies_open(tmp_path) -> None:
    locked = round_by(tmp_path / "round", "North", settings=f"{SETTINGS}master_password: fell-lantern-moss\n")
    (locked.returns / "A0.xlsx").write_bytes(return_of(locked, "A0", "Yes"))
    words = [str(locked.returns), "--to", str(tmp_path / "to"), "--by", BY, "--jobs", "1"]
    said = CliRunner().invoke(command, words).output
    files = [path for path in (tmp_path / "to").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".xlsx"}
    assert all(path.read_bytes().startswith(b"\xd0\xcf\x11\xe0") for path in files)
    assert "Anybody can open" not in said
    (tmp_path / "to" / "answers" / f"{BY}=North").mkdir(parents=True)
    assert "Anybody can open" in CliRunner().invoke(command, words).output
