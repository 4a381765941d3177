"""Programmes whose students study different subjects, and subjects that are only passed, fit the same rules."""

from __future__ import annotations

from dataclasses import replace

from shared.check import check
from shared.columns import Choice, Kind, Period, Programme, Subject
from shared.layout import SheetLayout, result_columns
from shared.problems import Code
from shared.programmes import THPT_2006
from shared.progress import missing
from shared.records import ClassData, Row, Sheet
from tests.tables import INFO, Cells, good_result

PASSED = (Choice("Đ", "Đ", ("Đạt",)), Choice("CĐ", "CĐ", ("Chưa đạt",)))
PROGRAMME: Programme = replace(
    THPT_2006,
    subjects=(
        *(replace(s, elective=s.key in {"physics", "civics"}) for s in THPT_2006.subjects),
        Subject("sport", "Thể dục", (), Kind.RATING, PASSED, in_average=False, required=False),
    ),
)
LAYOUT = SheetLayout("11", result_columns(PROGRAMME), "2021-2022", PROGRAMME)


def codes(cells: Cells) -> list[Code]:
    sheet = Sheet(LAYOUT, (Row("HS01", 3, cells),), LAYOUT.index)
    return [finding.code for finding in check(ClassData(INFO, ("HS01",), {"11": sheet}))]


def without(*subjects: str) -> Cells:
    return good_result(**{f"{s}__{t}": None for s in subjects for t in ("semester_1", "semester_2", "year")})


def test_an_elective_without_marks_is_not_missing() -> None:
    assert codes(good_result()) == []
    assert codes(without("physics", "civics")) == []


def test_an_elective_with_some_marks_is_complete_or_missing() -> None:
    assert codes(good_result(physics__semester_2=None)) == [Code.SC_BLANK_STAGE1]


def test_a_compulsory_subject_without_marks_is_missing() -> None:
    assert set(codes(without("history"))) == {Code.SC_BLANK_STAGE1}


def test_blank_electives_are_not_counted() -> None:
    assert missing(LAYOUT, {"mathematics.year": "8.0"})[Period.HK2] == 22 - 4 - 1


def test_a_failed_comment_subject_lowers_the_best_rating() -> None:
    assert codes(good_result(sport__year="Đ")) == []
    assert codes(good_result(sport__year="CĐ")) == [Code.HL_TOO_HIGH]
    assert codes(good_result(sport__year="CĐ", academic_rating__year="TB")) == []
