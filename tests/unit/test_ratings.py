"""Học lực by TT58 art. 13 with TT26: the rulebook's own examples, and what a sheet says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from shared.problems import Code, Severity
from shared.programmes import SUBJECTS_2006
from shared.rules.facts import year_tenths
from shared.rules.marks import Marks
from shared.rules.rating_2006 import TT58
from tests.tables import Cells, findings, good_result

VECTORS: Mapping[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "test_vectors.json").read_text("utf-8"))
SUBJECTS = [subject.key for subject in SUBJECTS_2006]
VERDICTS = {
    "HL_TOO_HIGH": Code.HL_TOO_HIGH,
    "HL_LOWER_THAN_LISTED_SUBJECTS": Code.HL_LOWER,
    "HL_TOO_LOW_PROVEN": Code.HL_PROVEN_LOW,
}


def tenths(score: str) -> int:
    return round(float(score) * 10)


@pytest.mark.parametrize("case", VECTORS["cn"], ids=lambda case: case["why"])
def test_year_averages(case: Mapping[str, str]) -> None:
    assert year_tenths(tenths(case["hk1"]), tenths(case["hk2"])) == tenths(case["cn"])


@pytest.mark.parametrize("case", VECTORS["hoc_luc"], ids=lambda case: case["why"])
def test_accepted_ratings(case: Mapping[str, Any]) -> None:
    scores = dict(zip(SUBJECTS, map(tenths, case["scores"]), strict=True))
    failed = frozenset(f"comment {i}" for i in range(case["n_cd"]))
    found = TT58.accepted(Marks(scores, tenths(case["tb"]), failed))
    assert {TT58.keys[found.best], TT58.keys[found.worst]} == set(case["accepted"])


def printed(case: Mapping[str, Any]) -> Cells:
    """A sheet of grade 11 with a case in its first semester."""
    cells: Cells = {f"{s}__semester_1": float(x) for s, x in zip(SUBJECTS, case["nine"], strict=True)}
    return good_result(
        **cells, average_score__semester_1=float(case["tb"]), academic_rating__semester_1=case["printed"]
    )


@pytest.mark.parametrize("case", VECTORS["check_hoc_luc"], ids=lambda case: case["why"])
def test_printed_ratings(case: Mapping[str, Any]) -> None:
    severity, name = case["verdict"]
    (found,) = [f for f in findings("11", printed(case)) if f.code.startswith("HL_")]
    assert (found.code, found.severity.value, found.column) == (
        VERDICTS[name],
        severity,
        "11.academic_rating.semester_1",
    )


def rating(**changes: Any) -> list[tuple[Code, str]]:
    found = findings("11", good_result(**changes))
    return [(f.code, f.message) for f in found if f.column and "_rating" in f.column]


def test_a_rating_too_high_names_the_condition_and_the_subject() -> None:
    ((code, words),) = rating(chemistry__semester_1=6.4)
    assert code is Code.HL_TOO_HIGH
    assert "Học lực học kỳ I ghi G nhưng cao nhất chỉ được K" in words
    assert "Giỏi cần mọi môn ≥ 6.5: Hóa học 6.4" in words
    assert "khoản 1 Điều 13 Thông tư 58/2011" in words


def test_a_rating_too_high_for_none_of_the_three() -> None:
    ((code, words),) = rating(mathematics__semester_1=7.9, literature__semester_1=7.9, foreign_language__semester_1=7.0)
    assert code is Code.HL_TOO_HIGH
    assert "một trong các môn Toán, Ngữ văn, Ngoại ngữ ≥ 8.0, cao nhất là Toán 7.9" in words


def test_a_rating_too_high_for_the_average() -> None:
    ((code, words),) = rating(average_score__semester_1=7.9)
    assert code is Code.HL_TOO_HIGH
    assert "Giỏi cần TB môn ≥ 8.0, TB môn là 7.9" in words


def test_blank_subjects_do_not_speak_against_a_rating() -> None:
    assert rating(chemistry__semester_1=None, academic_rating__semester_1="K") == []
    assert rating(mathematics__semester_1=None, average_score__semester_1=None) == []


@pytest.mark.parametrize(
    ("first", "second", "year", "odd"),
    [
        ("T", "T", "T", False),
        ("K", "T", "T", False),
        ("K", "T", "K", False),
        ("T", "K", "T", False),
        ("T", "T", "K", True),
        ("T", "TB", "T", True),
        ("K", "K", "T", True),
        ("Y", "K", "TB", False),
    ],
)
def test_conduct_of_the_year(first: str, second: str, year: str, odd: bool) -> None:  # noqa: FBT001
    found = rating(conduct_rating__semester_1=first, conduct_rating__semester_2=second, conduct_rating__year=year)
    assert [code for code, _ in found] == ([Code.HK_CN] if odd else [])


@pytest.mark.parametrize(
    ("grade", "changes", "code"),
    [
        ("10", {"conduct_rating__year": "Y", "conduct_rating__semester_2": "Y"}, Code.PROMOTION),
        ("11", {"academic_rating__year": "Y"}, Code.PROMOTION),
        ("12", {"academic_rating__year": "Y"}, None),
        ("12", {"academic_rating__year": "Kém"}, Code.ELIGIBLE_EXAM),
        ("12", {"conduct_rating__year": "Y", "conduct_rating__semester_2": "Y"}, Code.ELIGIBLE_EXAM),
        ("10", {"academic_rating__semester_1": "Y"}, None),
    ],
)
def test_ratings_that_stop_a_student(grade: str, changes: Cells, code: Code | None) -> None:
    found = [
        f for f in findings(grade, good_result(**changes), stage=2) if f.code in {Code.PROMOTION, Code.ELIGIBLE_EXAM}
    ]
    assert [(f.code, f.severity) for f in found] == ([(code, Severity.WARNING)] if code else [])


@pytest.mark.parametrize(
    ("key", "raw", "code", "severity"),
    [
        ("academic_rating__year", "T", Code.HL_CODE, Severity.ERROR),
        ("academic_rating__year", "Xuất sắc", Code.HL_CODE, Severity.ERROR),
        ("academic_rating__year", "Giỏi", Code.HL_CODE, Severity.INFO),
        ("conduct_rating__year", "G", Code.HK_CODE, Severity.ERROR),
        ("conduct_rating__year", "tốt", Code.HK_CODE, Severity.INFO),
    ],
)
def test_codes_of_ratings(key: str, raw: str, code: Code, severity: Severity) -> None:
    (found,) = findings("10", good_result(**{key: raw}))
    assert (found.code, found.severity, found.value) == (code, severity, raw)
