"""Names, births and sexes of a profile, and which of its cells must be filled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from shared.check import check
from shared.layout import PROFILE
from shared.problems import Code, Severity
from tests.tables import class_of, codes, findings, good_profile

INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR
Said = tuple[Code, Severity, str | None]


def said(**changes: Any) -> list[Said]:
    return [(f.code, f.severity, f.suggestion) for f in findings(PROFILE, good_profile(**changes))]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("12/07/2005", []),
        ("2005-07-12", []),
        (dt.date(2005, 7, 12), [(Code.DOB_TYPE, INFO, "12/07/2005")]),
        ("12-7-2005", [(Code.DOB_TYPE, INFO, "12/07/2005")]),
        ("12.7.2005", [(Code.DOB_TYPE, INFO, "12/07/2005")]),
        ("12072005", [(Code.DOB_TYPE, ERROR, "12/07/2005")]),
        ("12/7/05", [(Code.DOB_TYPE, ERROR, None)]),
        ("07/25/2005", [(Code.DOB_TYPE, ERROR, None)]),
        ("31/02/2005", [(Code.DOB_TYPE, ERROR, None)]),
        (None, [(Code.PROFILE_MISSING, ERROR, None)]),
    ],
)
def test_dates_of_birth(raw: Any, expected: list[Said]) -> None:
    assert said(birth_date=raw) == expected


@pytest.mark.parametrize(("year", "usual"), [(2006, False), (2005, True), (2004, True), (2002, True), (2001, False)])
def test_the_age_of_grade_twelve(year: int, usual: bool) -> None:  # noqa: FBT001
    found = codes(PROFILE, good_profile(birth_date=f"12/07/{year}", national_id=f"0312{year % 100:02}000123"))
    assert found == ([] if usual else [Code.DOB_RANGE])


@pytest.mark.parametrize(("grade", "usual"), [("10", (2004, 2007)), ("11", (2003, 2006)), ("12", (2002, 2005))])
def test_the_age_of_each_grade(grade: str, usual: tuple[int, int]) -> None:
    for year in range(2000, 2010):
        born = good_profile(birth_date=f"12/07/{year}", national_id=f"0312{year % 100:02}000123")
        data = class_of({PROFILE: [born]})
        found = check(replace(data, info=replace(data.info, grade=grade)))
        assert [f.code for f in found] == ([] if usual[0] <= year <= usual[1] else [Code.DOB_RANGE])
        assert all(f"của lớp {grade}." in f.message for f in found)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Nam", []),
        ("NAM", [(Code.SEX_VALUE, INFO, "Nam")]),
        ("trai", [(Code.SEX_VALUE, ERROR, None)]),
        (None, [(Code.PROFILE_MISSING, ERROR, None)]),
    ],
)
def test_sexes(raw: str | None, expected: list[Said]) -> None:
    assert said(sex=raw) == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nguyễn Văn An", None),
        ("NGUYỄN VĂN AN", None),
        ("H'Hen Niê", None),
        ("Y-Bhim Êban", None),
        ("Nguyễn Văn An 2", "chữ số"),
        ("Nguyễn V@n An", "ký tự lạ"),
        ("NGUYỄN Văn An", "lẫn lộn"),
        ("nguyễn Văn An", "viết thường"),
        ("NguyÔn V¨n ¸nh", "bảng mã cũ"),
    ],
)
def test_names(name: str, words: str | None) -> None:
    found = findings(PROFILE, good_profile(full_name=name))
    assert [(f.code, f.severity) for f in found] == ([(Code.NAME_FORMAT, WARNING)] if words else [])
    assert all(words and words in f.message for f in found)


def test_a_name_with_idle_spaces_is_understood() -> None:
    assert said(full_name=" Nguyễn  Văn\u00a0An ") == [(Code.NAME_FORMAT, INFO, "Nguyễn Văn An")]


def test_required_cells_of_the_profile() -> None:
    found = findings(PROFILE, good_profile(full_name=None, ethnic_group=None))
    assert [(f.code, f.column) for f in found] == [
        (Code.PROFILE_MISSING, "profile.full_name"),
        (Code.PROFILE_MISSING, "profile.ethnic_group"),
    ]
    assert found[0].message == "Thiếu Họ tên. Hãy nhập vào hồ sơ."


def test_a_date_of_a_card_is_a_date() -> None:
    assert said(id_card_date="hôm qua") == [(Code.DATE_VALUE, ERROR, None)]
    assert said(id_card_date="1/2/2022", id_card="031205000123") == [(Code.DATE_VALUE, INFO, "01/02/2022")]
