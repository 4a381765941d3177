"""Scores within a row: the year's formula, retests, the average against its subjects, blanks, languages."""

from __future__ import annotations

from typing import Any

import pytest

from shared.check import check
from shared.problems import Code, Severity
from tests.tables import Cells, class_of, codes, findings, good_result

BLANK_1, BLANK_2 = Code.SC_BLANK_STAGE1, Code.SC_BLANK_STAGE2


def test_a_faultless_row_draws_nothing() -> None:
    for grade in ("10", "11", "12"):
        assert findings(grade, good_result(), stage=2) == ()


def test_a_year_that_does_not_follow_from_its_semesters() -> None:
    (found,) = findings(
        "11",
        good_result(
            mathematics__semester_1=6.5,
            mathematics__semester_2=8.7,
            mathematics__year=8.1,
            academic_rating__semester_1="K",
        ),
    )
    assert (found.code, found.severity, found.sheet, found.cell) == (
        Code.SC_CN_FORMULA,
        Severity.ERROR,
        "Lớp 11",
        "H3",
    )
    assert (found.column, found.value, found.suggestion) == ("11.mathematics.year", "8.1", "8.0")
    assert found.message == (
        "Điểm cả năm môn Toán là 8.1, theo công thức (6.5 + 2×8.7)/3 phải là 8.0. "
        "Hãy sửa CN thành 8.0 (hoặc sửa HK1 thành 6.8 hoặc 6.9, hoặc HK2 thành 8.9)."
    )


@pytest.mark.parametrize(
    ("a", "b", "c", "grade", "code"),
    [
        (4.0, 4.9, 5.5, "10", Code.SC_CN_RETEST),
        (4.0, 4.9, 5.5, "11", Code.SC_CN_RETEST),
        (4.0, 4.9, 5.5, "12", Code.SC_CN_FORMULA),
        (4.0, 4.9, 4.8, "10", Code.SC_CN_FORMULA),
        (4.0, 5.9, 5.5, "10", Code.SC_CN_FORMULA),
    ],
)
def test_a_retest_lifts_a_failed_year_in_finished_grades_only(
    a: float, b: float, c: float, grade: str, code: Code
) -> None:
    row = good_result(physics__semester_1=a, physics__semester_2=b, physics__year=c)
    assert [f.code for f in findings(grade, row, stage=2) if f.column == f"{grade}.physics.year"] == [code]


@pytest.mark.parametrize(
    ("year", "severity"),
    [(8.5, None), (8.4, None), (8.6, None), (8.7, Severity.WARNING), (8.8, Severity.ERROR), (8.2, Severity.ERROR)],
)
def test_an_average_may_differ_from_its_semesters_by_a_tenth(year: float, severity: Severity | None) -> None:
    found = [f for f in findings("11", good_result(average_score__year=year)) if f.code is Code.SC_TB_CN]
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_an_average_is_not_the_mean_of_the_nine() -> None:
    assert findings("11", good_result(average_score__semester_1=8.6)) == ()


def test_an_average_that_no_unlisted_subjects_can_make() -> None:
    found = findings(
        "11", good_result(average_score__semester_1=9.2, average_score__semester_2=8.7, average_score__year=8.7)
    )
    assert [(f.code, f.column) for f in found if f.severity is Severity.ERROR] == [
        (Code.SC_TB_FEASIBLE, "11.average_score.semester_1")
    ]


def test_an_average_that_asks_for_failing_unlisted_subjects() -> None:
    found = findings(
        "11", good_result(average_score__semester_1=7.0, average_score__semester_2=7.1, average_score__year=7.1)
    )
    assert Code.SC_TB_LOW in {f.code for f in found}
    assert Code.SC_TB_FEASIBLE not in {f.code for f in found}


def test_an_incomplete_row_says_nothing_of_its_average() -> None:
    row = good_result(average_score__semester_1=9.9, mathematics__semester_1=None)
    assert Code.SC_TB_FEASIBLE not in codes("11", row)


@pytest.mark.parametrize(
    ("grade", "stage", "key", "code"),
    [
        ("10", 1, "mathematics__semester_2", BLANK_1),
        ("11", 1, "conduct_rating__year", BLANK_1),
        ("12", 1, "civics__semester_1", BLANK_1),
        ("12", 2, "civics__semester_1", BLANK_1),
        ("12", 2, "civics__semester_2", BLANK_2),
        ("12", 2, "academic_rating__year", BLANK_2),
        ("12", 1, "civics__semester_2", None),
        ("10", 1, "average_score__year", None),
    ],
)
def test_blanks_by_stage(grade: str, stage: int, key: str, code: Code | None) -> None:
    found = [f for f in findings(grade, good_result(**{key: None}), stage=stage) if f.code in {BLANK_1, BLANK_2}]
    assert [f.code for f in found] == ([code] if code else [])
    assert all(f.value is None and f.column == f"{grade}.{key.replace('__', '.')}" for f in found)


def test_a_misread_cell_is_not_also_blank() -> None:
    assert codes("10", good_result(civics__semester_1="vắng")) == [Code.SC_TYPE]


def test_stage_two_filled_in_stage_one_is_one_warning_a_row() -> None:
    (found,) = findings("12", good_result(), stage=1)
    assert (found.code, found.severity, found.column) == (
        Code.SC_EARLY_STAGE2,
        Severity.WARNING,
        "12.mathematics.semester_2",
    )
    assert "22 ô" in found.message


@pytest.mark.parametrize(
    ("language", "code"),
    [(None, Code.SC_NN_LANG), ("Tiếng Lào", Code.SC_NN_LANG), ("Tiếng Pháp", None), ("Anh văn", Code.SC_NN_LANG)],
)
def test_a_language_has_a_name_of_the_catalogue(language: str | None, code: Code | None) -> None:
    found = findings("10", good_result(foreign_language__language=language))
    assert [f.code for f in found] == ([code] if code else [])
    if language == "Anh văn":
        assert (found[0].severity, found[0].suggestion) == (Severity.INFO, "Tiếng Anh")


def test_a_language_changed_between_grades_is_a_warning() -> None:
    data = class_of({"10": [good_result()], "11": [good_result(foreign_language__language="Tiếng Pháp")]})
    assert [(f.code, f.severity, f.sheet) for f in check(data)] == [(Code.SC_NN_CHANGE, Severity.WARNING, "Lớp 11")]


HK1 = ("mathematics", "literature", "physics", "chemistry", "biology", "history", "geography", "civics")


def with_scores(term: str, scores: list[float]) -> Cells:
    return {f"{subject}__{term}": score for subject, score in zip(HK1, scores, strict=False)}


@pytest.mark.parametrize(
    ("scores", "series"),
    [
        ([7.0, 7.1, 7.2, 7.3], True),
        ([9.0, 8.5, 8.0, 7.5], True),
        ([7.0, 7.0, 7.0, 7.0], False),
        ([7.0, 7.1, 7.2, 7.4], False),
    ],
)
def test_a_dragged_series(scores: list[float], series: bool) -> None:  # noqa: FBT001
    found = codes("11", good_result(**with_scores("semester_1", scores)))
    assert (Code.SC_SERIES in found) is series


def test_a_short_series_that_every_year_bears_out_is_chance() -> None:
    row: dict[str, Any] = good_result()
    for subject, score in zip(HK1, (8.0, 8.1, 8.2, 8.3), strict=False):
        row |= {f"{subject}.semester_1": score, f"{subject}.semester_2": score, f"{subject}.year": score}
    assert Code.SC_SERIES not in codes("11", row)


def test_a_cell_too_many_shifts_the_rest() -> None:
    row = good_result()
    keys = [f"{subject}.{term}" for subject in HK1 for term in ("semester_1", "semester_2", "year")]
    scores = [row[key] for key in keys]
    shifted = good_result(**dict(zip(keys, [*scores[:4], 5.0, *scores[4:-1]], strict=True)))
    (found,) = [f for f in findings("11", shifted) if f.code is Code.SC_SHIFT]
    assert (found.severity, found.column) == (Severity.ERROR, "11.literature.semester_2")
    assert "thừa một ô" in found.message


def test_an_untidy_row_without_a_shift_is_no_shift() -> None:
    row = good_result(mathematics__year=5.0, physics__year=5.0, biology__year=5.1, history__year=5.1, civics__year=5.3)
    assert Code.SC_SHIFT not in codes("11", row)


def run_of(scores: list[float], *, borne_out: bool) -> Cells:
    """A row whose first subjects' HK1 are these scores, with years that follow from them or not."""
    row: dict[str, Any] = good_result()
    for subject, score in zip(HK1, scores, strict=False):
        row |= {f"{subject}.semester_1": score, f"{subject}.semester_2": 9.0}
        row[f"{subject}.year"] = (2 * (round(score * 10) + 180) + 3) // 6 / 10 if borne_out else 1.0
    return row


@pytest.mark.parametrize(
    ("count", "borne_out", "series"),
    [(3, False, False), (4, False, True), (5, True, False), (6, True, True), (5, False, True)],
)
def test_how_long_a_series_must_be(count: int, borne_out: bool, series: bool) -> None:  # noqa: FBT001
    row = run_of([5.1 + i * 0.3 for i in range(count)], borne_out=borne_out)
    found = [f for f in findings("11", row) if f.code is Code.SC_SERIES and f.column == "11.mathematics.semester_1"]
    assert bool(found) is series
    if series:
        assert found[0].message.startswith(f"{count} ô liền nhau từ Toán HK1 tăng đều 0.3 (5.1 … ")
        assert found[0].suggestion is None
