from __future__ import annotations

import pytest

from auditkit.register.columns import ALIASES, FIELDS, OWN, columns, letter


@pytest.mark.parametrize(("header", "field"), [*ALIASES.items(), *((name, name) for name in (*FIELDS, *OWN))])
def test_every_header_whatever_its_case_and_spaces(header: str, field: str) -> None:
    for written in (header, header.upper(), f" {header.title()} ", header.replace(" ", "_")):
        found, messages = columns(["x", written], [])
        assert (found.fields, found.extra, messages) == ({field: 1}, {"x": 0}, [])


def test_a_type_beside_the_group_is_something_else() -> None:
    found, messages = columns(["Type", "id", "Group", "URN"], ["id", "group"])
    assert (found.fields, found.extra, messages) == ({"id": 1, "group": 2}, {"Type": 0, "URN": 3}, [])


def test_an_agency_beside_the_name_is_whose_case_it_is() -> None:
    found, messages = columns(["id", "name", "case", "agency"], ["id", "name"])
    assert (found.fields, found.extra, messages) == ({"id": 0, "name": 1}, {"case": 2, "agency": 3}, [])


def test_blank_headers_are_no_columns() -> None:
    found, messages = columns(["id", "", " - ", "Phase"], ["id"])
    assert (found.fields, found.extra, messages) == ({"id": 0}, {"Phase": 3}, [])


def test_what_is_wrong_with_headers() -> None:
    _, messages = columns(["ID", "Agency", "School", "phase", "Phase"], ["id", "name", "group"])
    assert messages == [
        "'Agency' (column B) and 'School' (column C) could both be the name: head the right one "
        "'name' and give the "
        "other a different header",
        "columns D and E are both headed 'Phase': rename or delete one of them",
        "there is no column 'group': add one, or head the one there is 'group' ('type', 'agency group', "
        "'agency type' or 'setting type' will do too)",
    ]


def test_letters_of_a_spreadsheet() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
