"""Repairs: only what can be read in one way, always shown, never making a new error."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shared.cells import LegacyText
from shared.check import check
from shared.layout import PROFILE
from shared.problems import Code, Severity
from shared.repair import Repair, repairs
from tests.tables import Cells, class_of, good_profile, good_result, repaired


def found(key: str, cells: Cells, *others: Cells) -> list[tuple[Code, str, str, str | None]]:
    return [(r.code, r.column, r.before, r.after) for r in repairs(class_of({key: [cells, *others]}))]


def test_a_clean_class_needs_no_repair() -> None:
    assert repairs(class_of({PROFILE: [good_profile()], "10": [good_result()]})) == ()


def test_a_repair_says_where_and_what() -> None:
    data = class_of({"11": [good_result(), good_result(physics__year="8,3")]})
    assert repairs(data) == (Repair(Code.SC_DECIMAL, "Lớp 11", "N4", "11", "HS02", "physics.year", "8,3", "8.3"),)


# The faultless row has Toán 8.2, 8.5, 8.4.
@pytest.mark.parametrize(
    ("key", "raw", "code", "after"),
    [
        ("semester_1", "8,2", Code.SC_DECIMAL, "8.2"),
        ("semester_1", "8.2 ", Code.SC_DECIMAL, "8.2"),
        ("semester_1", "8.", Code.SC_DECIMAL, "8.0"),
        ("semester_1", 8.15, Code.SC_PRECISION, "8.2"),
        ("semester_1", 8.2499999, Code.SC_PRECISION, "8.2"),
        ("year", 8.433333333, Code.SC_PRECISION, "8.4"),
        ("semester_1", "8,15", Code.SC_PRECISION, "8.2"),
        ("semester_1", 82.0, Code.SC_X10, "8.2"),
        ("year", 84.0, Code.SC_X10, "8.4"),
        ("semester_1", dt.date(2023, 2, 8), Code.SC_DATE, "8.2"),
        ("semester_1", dt.datetime(2023, 8, 2), Code.SC_DATE, "8.2"),  # noqa: DTZ001 (spreadsheets know no time zones)
        ("semester_1", 45140.0, Code.SC_DATE, "8.2"),  # 2 August 2023
        ("semester_1", "\u200b8.2\u00a0", Code.SC_DECIMAL, "8.2"),
    ],
)
def test_scores_read_in_one_way(key: str, raw: Any, code: Code, after: str) -> None:
    ((got, column, _, value),) = found("11", good_result(**{f"mathematics__{key}": raw}))
    assert (got, column, value) == (code, f"mathematics.{key}", after)


@pytest.mark.parametrize(
    "changes",
    [
        {"mathematics__semester_1": 73.0},  # 7.3 does not fit the year
        {"mathematics__semester_1": 10.0},  # ten is a score
        {"mathematics__semester_1": 5.0},
        {"mathematics__semester_1": 82.0, "mathematics__year": None},  # nothing confirms it
        {"mathematics__semester_1": dt.date(2023, 3, 7)},  # neither 7.3 nor 3.7 fits
        {"mathematics__semester_1": dt.date(2023, 2, 8), "mathematics__semester_2": None},
        {"mathematics__semester_1": dt.date(2023, 2, 28)},
        {"average_score__year": 85.0},  # no formula confirms TB môn
        {"mathematics__semester_1": "-"},
        {"mathematics__semester_1": "miễn"},
        {"academic_rating__year": "T"},
        {"foreign_language__language": "Tiếng Lào"},
    ],
)
def test_what_could_be_read_otherwise_is_left_alone(changes: Cells) -> None:
    assert found("11", good_result(**changes)) == []


def test_a_date_that_could_be_two_scores_is_left_alone() -> None:
    row = good_result(mathematics__semester_1=8.0, mathematics__semester_2=dt.date(2023, 7, 7), mathematics__year=7.8)
    assert found("11", row) == [(Code.SC_DATE, "mathematics.semester_2", "07/07/2023", "7.7")]
    both = good_result(
        mathematics__semester_1=dt.date(2023, 5, 6), mathematics__semester_2=5.9, mathematics__year=dt.date(2023, 6, 5)
    )
    assert found("11", both) == []


def test_scores_of_one_subject_bent_together_confirm_each_other() -> None:
    row = good_result(mathematics__semester_1=82.0, mathematics__semester_2=85.0, mathematics__year=84.0)
    assert [after for _, _, _, after in found("11", row)] == ["8.2", "8.5", "8.4"]


def test_ten_times_ten_is_ten() -> None:
    row = good_result(mathematics__semester_1=100.0, mathematics__semester_2=10.0, mathematics__year=10.0)
    assert found("11", row) == [(Code.SC_X10, "mathematics.semester_1", "100", "10.0")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"national_id": 31205000123.0}, (Code.ID_LEADING_ZERO, "national_id", "31205000123", "031205000123")),
        ({"national_id": "31205000123"}, (Code.ID_LEADING_ZERO, "national_id", "31205000123", "031205000123")),
        ({"national_id": 1205000123.0}, (Code.ID_LEADING_ZERO, "national_id", "1205000123", "001205000123")),
        ({"national_id": "'031205000123"}, (Code.TEXT_CHARACTERS, "national_id", "'031205000123", "031205000123")),
        ({"national_id": "031 205 000 123"}, (Code.TEXT_CHARACTERS, "national_id", "031 205 000 123", "031205000123")),
        ({"full_name": "Nguyễn  Văn An "}, (Code.NAME_FORMAT, "full_name", "Nguyễn  Văn An ", "Nguyễn Văn An")),
        ({"other_name": "Ðức"}, (Code.NAME_FORMAT, "other_name", "Ðức", "Đức")),
        ({"sex": "nam"}, (Code.SEX_VALUE, "sex", "nam", "Nam")),
        ({"birth_date": dt.date(2005, 7, 12)}, (Code.DOB_TYPE, "birth_date", "12/07/2005", "2005-07-12")),
        ({"birth_date": "12-7-2005"}, (Code.DOB_TYPE, "birth_date", "12-7-2005", "2005-07-12")),
        ({"birth_date": "12072005"}, (Code.DOB_TYPE, "birth_date", "12072005", "2005-07-12")),
        ({"birth_date": 12072005.0}, (Code.DOB_TYPE, "birth_date", "12072005", "2005-07-12")),
        ({"ethnic_group": "Khmer"}, (Code.ETHNIC_VALUE, "ethnic_group", "Khmer", "Khơ-me")),
        ({"youth_union": "x"}, (Code.CATALOGUE_VALUE, "youth_union", "x", "Có")),
        ({"national_id": None, "id_card": "031205000123"}, (Code.ID_TWO_FIELDS, "national_id", "", "031205000123")),
        ({"id_card_date": "01/02/2022"}, (Code.ID_TWO_FIELDS, "id_card", "", "031205000123")),
        ({"phone": 912345678.0}, (Code.PHONE_LEADING_ZERO, "phone", "912345678", "0912345678")),
        ({"phone": "383456789"}, (Code.PHONE_LEADING_ZERO, "phone", "383456789", "0383456789")),
        ({"phone": " 912.345 678"}, (Code.PHONE_LEADING_ZERO, "phone", " 912.345 678", "0912345678")),
        ({"birth_date": 38545.0}, (Code.DOB_TYPE, "birth_date", "38545", "2005-07-12")),
        ({"birth_date": "38545"}, (Code.DOB_TYPE, "birth_date", "38545", "2005-07-12")),
        (
            {"full_name": LegacyText("NguyÔn V¨n An", "Nguyễn Văn An", ".VnTime")},
            (Code.NAME_FORMAT, "full_name", "NguyÔn V¨n An", "Nguyễn Văn An"),
        ),
    ],
)
def test_profiles_read_in_one_way(changes: Cells, expected: tuple[Code, str, str, str]) -> None:
    assert found(PROFILE, good_profile(**changes)) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"national_id": 31205000123.0, "sex": "Nữ"},
        {"national_id": 31204000123.0},
        {"national_id": 99205000123.0},
        {"national_id": 31205000123.0, "birth_date": None},
        {"national_id": "3.1205E+10"},
        {"national_id": 31205000000.0},
        {"national_id": "12345678"},
        {"ethnic_group": "Tây"},
        {"birth_date": "12/7/05"},
        {"birth_date": "7/25/2005"},
        {"residence__ward": "Đào Mỹ"},
        {"full_name": "NGUYỄN Văn An"},
        {"full_name": "NguyÔn V¨n An"},  # the font would tell; the letters alone do not
        {"full_name": "D\u00ad¬ng V¨n An"},  # a soft hyphen may be a letter ư
        {"birth_date": 37083.0},  # 2001 by one count of days, 2005 by another
        {"birth_date": 385450.0},
        {"id_card_date": 38545.0, "id_card": "031205000123"},
        {"phone": "0912345678"},
        {"phone": "212345678"},
        {"phone": "912345678 mẹ"},
        {"phone": "84912345678"},
    ],
)
def test_profiles_that_could_be_read_otherwise_are_left_alone(changes: Cells) -> None:
    assert found(PROFILE, good_profile(**changes)) == []


def test_a_number_is_padded_with_the_birth_date_that_is_repaired_beside_it() -> None:
    row = good_profile(national_id=31205000123.0, birth_date="12072005", sex="nam")
    assert {after for _, _, _, after in found(PROFILE, row)} == {"031205000123", "2005-07-12", "Nam"}


def test_short_years_are_read_when_their_own_column_proves_the_order() -> None:
    first, second = good_profile(birth_date="25/7/05"), good_profile(birth_date="5/7/05")
    assert [after for _, _, _, after in found(PROFILE, first, second)] == ["2005-07-25", "2005-07-05"]
    assert found(PROFILE, second, second) == []
    assert found(PROFILE, first, good_profile(birth_date="7/25/05")) == []


def test_a_decomposed_name_is_composed() -> None:
    ((_, _, _, after),) = found(PROFILE, good_profile(full_name="Nguye\u0302\u0303n Va\u0306n An"))
    assert after == "Nguyễn Văn An"


UNTIDY = class_of(
    {
        PROFILE: [
            good_profile(national_id=31205000123.0, birth_date=dt.date(2005, 7, 12), sex="nam"),
            good_profile(full_name="Trần  Bình", birth_date="25/7/05", national_id=31205000124.0, ethnic_group="Tây"),
        ],
        "10": [good_result(mathematics__year=84.0, physics__year="8,3"), good_result(biology__semester_1=8.25)],
        "11": [good_result(civics__semester_1=dt.date(2023, 2, 9), academic_rating__year="Giỏi")],
    }
)


def test_every_repair_is_a_finding_with_what_will_be_written() -> None:
    places = {(f.sheet, f.cell, f.code) for f in check(UNTIDY) if f.suggestion}
    assert {(r.sheet, r.cell, r.code) for r in repairs(UNTIDY)} <= places


def test_repairing_twice_changes_nothing_more() -> None:
    assert len(repairs(UNTIDY)) == 11
    assert repairs(repaired(UNTIDY)) == ()


def test_repairs_make_no_error() -> None:
    def errors(data: Any) -> set[tuple[str, str, Code]]:
        return {(f.sheet, f.cell, f.code) for f in check(data) if f.severity is Severity.ERROR}

    assert errors(repaired(UNTIDY)) < errors(UNTIDY)


def test_a_phone_number_says_why_it_is_short() -> None:
    (found,) = check(class_of({PROFILE: [good_profile(phone=912345678.0)]}))
    assert (found.code, found.severity, found.suggestion) == (
        Code.PHONE_LEADING_ZERO,
        Severity.WARNING,
        "0912345678",
    )
    assert found.message.startswith("Điện thoại liên hệ ghi 912345678, chỉ còn 9 chữ số")


def test_marks_for_a_missing_score_are_no_scores_and_say_what_to_do() -> None:
    for mark in ("-", "x", "—"):
        (found, *_) = check(class_of({"11": [good_result(mathematics__year=mark)]}))
        assert (found.code, found.suggestion) == (Code.SC_TYPE, None)
        assert "để trống ô" in found.message
        assert "ghi lý do" in found.message
