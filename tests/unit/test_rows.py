"""A row's schema: raw cells in, canonical texts out, issues by column."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from marshmallow import ValidationError

from shared.cells import from_cell
from shared.check import invalid_cells
from shared.layout import GRADES, PROFILE
from shared.problems import Code
from shared.schemas.rows import load_row, row_schema
from tests.tables import good_profile, good_result, layout, rows


def test_there_is_one_schema_a_layout() -> None:
    assert row_schema(layout("10")) is row_schema(layout("10"))
    assert row_schema(layout("10")) is not row_schema(layout("11"))


def test_a_row_becomes_canonical_and_blanks_are_absent() -> None:
    (row,) = rows(
        "11",
        """
        | Toán HK1 | Toán HK2 | Môn ngoại ngữ    | Học lực HK1 | Học lực CN | Hạnh kiểm HK1 |
        | 8        | 8,5      | Tiếng Anh        | Giỏi        | Kém        | t             |
        """.replace("Môn ngoại ngữ   ", "Ngoại ngữ Môn ngoại ngữ"),
    )
    assert row_schema(layout("11")).load({**row, "mathematics.year": None, "literature.year": ""}) == {
        "mathematics.semester_1": "8.0",
        "mathematics.semester_2": "8.5",
        "foreign_language.language": "Tiếng Anh",
        "academic_rating.semester_1": "G",
        "academic_rating.year": "KEM",
        "conduct_rating.semester_1": "T",
    }


def test_values_that_cannot_be_leave_the_others_in_place() -> None:
    with pytest.raises(ValidationError) as caught:
        row_schema(layout("11")).load({"mathematics.year": 10.5, "literature.year": 8.0})
    assert caught.value.valid_data == {"literature.year": "8.0"}
    assert [issue.code for issue in caught.value.messages["mathematics.year"]] == [Code.SC_RANGE]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("tám", Code.SC_TYPE),
        ("-", Code.SC_TYPE),
        ("8.\u0665", Code.SC_TYPE),  # a five of another script
        (True, Code.SC_TYPE),
        (-1.0, Code.SC_RANGE),
        (10.5, Code.SC_RANGE),
        (101.0, Code.SC_RANGE),
        (7.85, Code.SC_PRECISION),
        (85.0, Code.SC_X10),
        (100.0, Code.SC_X10),
        (dt.date(2023, 5, 8), Code.SC_DATE),
        (dt.datetime(2023, 5, 8), Code.SC_DATE),  # noqa: DTZ001 (spreadsheets know no time zones)
        (45054.0, Code.SC_DATE),
        ("2023-05-08", Code.SC_DATE),
    ],
)
def test_what_is_no_score_says_why(raw: Any, code: Code) -> None:
    _, errors = load_row(layout("10"), {"mathematics.year": raw})
    assert [issue.code for issue in errors["mathematics.year"]] == [code]


@pytest.mark.parametrize("raw", [0.0, 10.0, 10, "10", "0", "8.5", "8,5", " 8. ", ",5", 0.1 + 0.2, 8.0])
def test_scores_are_read(raw: Any) -> None:
    values, errors = load_row(layout("10"), {"mathematics.year": raw})
    assert not errors
    assert values["mathematics.year"] == from_cell(layout("10").by_key["mathematics.year"], raw)


@pytest.mark.parametrize(
    ("key", "value", "refused"),
    [
        ("national_id", "031205000123", False),
        ("national_id", "012345678", False),
        ("national_id", "31205000123", True),
        ("national_id", "3.1205E+10", True),
        ("birth_date", "2005-07-12", False),
        ("birth_date", "12/13/2005", True),
        ("birth_date", "2005-02-30", True),
        ("birth_date", "1805-07-12", True),
        ("sex", "Nam", False),
        ("sex", "nam giới", True),
        ("ethnic_group", "Tây", False),
        ("ethnic_group", "123", True),
        ("student_status", "Học lại", False),
        ("residence.ward", "Xã Không Có", False),
        ("youth_union", "Có", False),
        ("youth_union", "có lẽ", True),
        ("phone", "0912 345 678", False),
        ("passport", "B1234567", False),
        ("religion", "x" * 300, True),
        ("religion", "Phật\x07giáo", True),
    ],
)
def test_only_impossible_values_are_refused(key: str, value: str, refused: bool) -> None:  # noqa: FBT001
    assert (key in invalid_cells(layout(PROFILE), {key: value})) is refused


def test_the_canonical_form_of_a_good_row_is_accepted_again() -> None:
    for key, row in ((PROFILE, good_profile()), *((grade, good_result()) for grade in GRADES)):
        loaded = row_schema(layout(key)).load(row)
        assert row_schema(layout(key)).load(loaded) == loaded
        assert invalid_cells(layout(key), loaded) == {}


def test_refused_cells_say_what_to_do() -> None:
    refused = invalid_cells(
        layout("10"), {"mathematics.year": "11.5", "academic_rating.year": "T", "physics.year": None}
    )
    assert refused == {
        "mathematics.year": "Toán CN ghi 11.5, nằm ngoài khoảng 0 đến 10. Hãy sửa lại theo sổ điểm.",
        "academic_rating.year": "Học lực CN ghi T, không hợp lệ (T là mã hạnh kiểm, có thể các ô bị lệch cột). "
        "Chỉ nhận: G, K, TB, Y, Kém.",
    }


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("'0912345678", "0912345678"),
        ("\u200b Vi\u00ea\u0323t\u00a0Nam ", "Việt Nam"),
        ("Vie\u0323\u0302t Nam", "Việt Nam"),
        ("a\u200b\u0301", "á"),
        ("Ðông", "Đông"),
        ("'", None),
    ],
)
def test_texts_are_cleaned_once(raw: str, text: str | None) -> None:
    column = layout(PROFILE).by_key["religion"]
    assert from_cell(column, raw) == text
    assert from_cell(column, text) == text


def test_a_garbled_language_is_named_as_such() -> None:
    refused = invalid_cells(layout("10"), {"foreign_language.language": "8.2"})
    assert refused["foreign_language.language"].startswith("Môn ngoại ngữ 8.2 không có trong danh mục.")
