"""Kết quả học tập by TT22 art. 9.2 and rèn luyện by art. 8: the rulebook's examples, every boundary, every reading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.problems import Code, Finding, Severity
from shared.records import ClassInfo
from shared.rules.marks import Marks
from shared.rules.rating_2018 import TT22, TT43, Rule2018
from tests.programmes import (
    INFO_2018,
    INFO_GDTX_2018,
    TERMS,
    codes_in,
    found_in,
    result_2018,
    result_gdtx_2018,
    terms_of,
)
from tests.tables import Cells

VECTORS: Mapping[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "test_vectors.json").read_text("utf-8"))


def marks(scores: list[int], failed: int = 0, unknown: int = 0) -> Marks:
    by_subject = {f"s{i}": score for i, score in enumerate(scores)}
    return Marks(by_subject, failed=frozenset(f"c{i}" for i in range(failed)), unknown=unknown)


def levels(scores: list[int], failed: int = 0, unknown: int = 0, rule: Rule2018 = TT22) -> str:
    """The level that is accepted, or both: `K`, `K/Đ`."""
    found = rule.accepted(marks(scores, failed, unknown))
    return "/".join(dict.fromkeys((rule.keys[found.best], rule.keys[found.worst])))


@pytest.mark.parametrize("case", VECTORS["hoc_tap_22"], ids=lambda case: case["why"])
def test_the_rulebook_s_levels(case: Mapping[str, Any]) -> None:
    scores = [round(float(score) * 10) for score in case["scores"]]
    assert levels(scores, case["comments"].count("CĐ")) == case["level"]


@pytest.mark.parametrize(
    ("scores", "failed", "level"),
    [
        # Tốt: all ≥ 6.5, at least six ≥ 8.0, every comment Đ
        ([80] * 6 + [65] * 3, 0, "T"),
        ([80] * 5 + [79] + [65] * 3, 0, "K"),
        ([80] * 6 + [64] + [65] * 2, 0, "K"),
        ([80] * 9, 0, "T"),
        # Khá: all ≥ 5.0, at least six ≥ 6.5
        ([65] * 6 + [50] * 3, 0, "K"),
        ([65] * 5 + [64] + [50] * 3, 0, "Đ"),
        # Đạt: at least six ≥ 5.0, none < 3.5, at most one comment CĐ
        ([50] * 6 + [35] * 3, 0, "Đ"),
        ([50] * 5 + [49] + [35] * 3, 0, "CĐ"),
        ([50] * 6 + [35] * 3, 1, "Đ"),
        ([50] * 6 + [35] * 3, 2, "CĐ"),
        ([50] * 6 + [34] + [35] * 2, 0, "CĐ"),
        ([0] * 9, 3, "CĐ"),
    ],
)
def test_each_condition_on_both_sides(scores: list[int], failed: int, level: str) -> None:
    assert levels(scores, failed) == level


@pytest.mark.parametrize(
    ("scores", "failed", "level"),
    [
        ([90] * 8 + [50], 0, "K"),  # Tốt → Khá: one step, not lifted
        ([90] * 8 + [49], 0, "K"),  # Tốt → Đạt because of one: lifted to Khá
        ([90] * 8 + [35], 0, "K"),
        ([90] * 8 + [34], 0, "Đ"),  # Tốt → Chưa đạt because of one: lifted by one level only
        ([70] * 8 + [34], 0, "Đ"),  # Khá → Chưa đạt: two levels
        ([70] * 8 + [49], 0, "Đ"),  # Khá → Đạt: one step
        ([60] * 8 + [34], 0, "CĐ"),  # Đạt → Chưa đạt: one step
        ([90] * 7 + [49] * 2, 0, "Đ"),  # two subjects
        ([90] * 7 + [34] * 2, 0, "CĐ"),
        ([90] * 9, 1, "K"),  # one comment subject: Tốt → Đạt, lifted
        ([90] * 9, 2, "CĐ"),  # two comment subjects: the fall is not due to one
        ([90] * 8 + [49], 1, "Đ"),  # a score and a comment
        ([70] * 9, 1, "Đ"),  # Khá → Đạt because of a comment: one step
        # Five others ≥ 8.0: without the low one Khá, had it been perfect Tốt. Both readings are accepted.
        ([80] * 5 + [70] * 3 + [49], 0, "K/Đ"),
        ([65] * 5 + [50] * 3 + [34], 0, "Đ/CĐ"),
    ],
)
def test_one_subject_alone(scores: list[int], failed: int, level: str) -> None:
    assert levels(scores, failed) == level


def test_who_has_fewer_subjects_is_asked_for_those() -> None:
    assert levels([80] * 5) == "T"
    assert levels([80] * 4 + [79]) == "K"
    assert levels([80] * 5 + [79]) == "K"  # six subjects: six are asked for


def test_what_is_not_known_counts_for_the_student() -> None:
    assert levels([80] * 5, unknown=1) == "T"
    assert levels([80] * 5 + [70] * 3, unknown=1) == "T"
    assert levels([80] * 4 + [70] * 4, unknown=1) == "K"


def test_gdtx_asks_for_fewer_subjects() -> None:
    assert levels([80] * 5 + [65] * 2, rule=TT43) == "T"
    assert levels([80] * 4 + [79] + [65] * 2, rule=TT43) == "K"


def plain_level(scores: list[int], failed: int) -> int:
    """Art. 9.2 as it is written, for nine subjects."""
    if failed == 0 and min(scores) >= 65 and sum(score >= 80 for score in scores) >= 6:
        return 0
    if failed == 0 and min(scores) >= 50 and sum(score >= 65 for score in scores) >= 6:
        return 1
    if failed <= 1 and min(scores) >= 35 and sum(score >= 50 for score in scores) >= 6:
        return 2
    return 3


edges = st.sampled_from([0, 34, 35, 49, 50, 64, 65, 79, 80, 100])
nine = st.lists(edges, min_size=9, max_size=9)


@given(nine, st.integers(0, 3))
@settings(max_examples=600)
def test_levels_by_the_article_read_plainly(scores: list[int], failed: int) -> None:
    base = plain_level(scores, failed)
    perfect = [plain_level([*scores[:i], 100, *scores[i + 1 :]], failed) for i in range(9)]
    perfect += [plain_level(scores, failed - 1)] if failed else []
    lifted = base - 1 if any(base - level >= 2 for level in perfect) else base
    found = TT22.accepted(marks(scores, failed))
    assert found.best == lifted
    assert found.worst in {base, lifted}


@given(nine, st.integers(0, 2), st.integers(0, 8), st.integers(1, 40))
def test_better_marks_never_lower_the_level(scores: list[int], failed: int, at: int, more: int) -> None:
    better = [min(100, score + more) if i == at else score for i, score in enumerate(scores)]
    assert TT22.accepted(marks(better, failed)).best <= TT22.accepted(marks(scores, failed)).best


# --- on a sheet


def ratings(**changes: Any) -> list[Finding]:
    found = found_in(INFO_2018, "11", result_2018(**changes))
    return [finding for finding in found if finding.column and "_rating" in finding.column]


def test_a_faultless_row_says_nothing_in_any_grade() -> None:
    assert codes_in(INFO_2018, "10", result_2018()) == []
    assert codes_in(INFO_2018, "11", result_2018()) == []
    assert codes_in(INFO_2018, "12", result_2018(), stage=2) == []
    assert codes_in(INFO_GDTX_2018, "11", result_gdtx_2018()) == []


def test_too_high_names_every_condition_that_fails() -> None:
    (found,) = ratings(chemistry__semester_1=6.4, literature__semester_1=7.4)
    assert (found.code, found.severity, found.column) == (
        Code.HL_TOO_HIGH,
        Severity.ERROR,
        "11.academic_rating.semester_1",
    )
    assert found.suggestion == "K"
    assert found.message == (
        "Học tập học kỳ I ghi T nhưng cao nhất chỉ được K: Tốt cần mọi môn ≥ 6.5: Hóa học 6.4 "
        "(điểm a khoản 2 Điều 9 Thông tư 22/2021). Hãy sửa xếp loại hoặc điểm."
    )


def test_too_few_subjects_at_the_mark_and_failed_comments_are_named() -> None:
    low = {f"{subject}__semester_1": 7.9 for subject in ("mathematics", "physics")}
    (found,) = ratings(**low, physical_education__semester_1="CĐ", academic_rating__semester_1="T")
    assert "Tốt cần ít nhất 6 môn ≥ 8.0, mới có 5 môn" in found.message
    assert "Tốt cần mọi môn đánh giá bằng nhận xét xếp loại Đ: GDTC CĐ" in found.message
    assert found.suggestion == "Đ"


def test_too_many_failed_comments_for_dat() -> None:
    failed = {f"{s}__semester_1": "CĐ" for s in ("physical_education", "local_education")}
    (found,) = ratings(**failed, academic_rating__semester_1="Đ")
    assert "Đạt cần không quá 1 môn nhận xét CĐ: GDTC, GDĐP CĐ" in found.message
    assert found.suggestion == "CĐ"


def test_too_low_is_proven_because_every_subject_is_reported() -> None:
    (found,) = ratings(academic_rating__semester_2="K")
    assert (found.code, found.severity, found.suggestion) == (Code.HL_PROVEN_LOW, Severity.ERROR, "T")
    assert "phải là T: 8 môn ≥ 8.0, môn thấp nhất Ngữ văn 7.9" in found.message
    assert "mọi môn đều có trong báo cáo" in found.message


def test_a_lifted_level_says_because_of_which_subject() -> None:
    (found,) = ratings(**terms_of("defence", 4.9, 9.0, 7.6), academic_rating__semester_1="Đ")
    assert found.code is Code.HL_PROVEN_LOW
    assert "được nâng một mức vì chỉ do một môn GDQP-AN mà bị xuống" in found.message
    assert found.suggestion == "K"


def test_either_reading_of_the_lift_is_accepted_on_the_sheet() -> None:
    five = {f"{s}__semester_1": 7.0 for s in ("literature", "informatics", "foreign_language")}
    scores = {**five, "defence__semester_1": 4.9}
    for level, codes in (("K", []), ("Đ", []), ("T", [Code.HL_TOO_HIGH]), ("CĐ", [Code.HL_LOWER])):
        assert [f.code for f in ratings(**scores, academic_rating__semester_1=level)] == codes, level


def test_a_blank_score_speaks_against_nothing() -> None:
    assert ratings(history__semester_1=None, academic_rating__semester_1="K") == []
    assert [f.code for f in ratings(history__semester_1=None, mathematics__semester_1=3.4)] == [Code.HL_TOO_HIGH]


def test_a_subject_that_the_student_is_excused_from_does_not_count() -> None:
    assert ratings(history__semester_1="Miễn") == []
    assert [f.code for f in ratings(history__semester_1="Miễn", academic_rating__semester_1="K")] == [
        Code.HL_PROVEN_LOW
    ]


def test_a_code_of_the_older_programme_is_told_with_the_level_that_the_marks_give() -> None:
    (found,) = ratings(academic_rating__year="G")
    assert (found.code, found.severity, found.suggestion) == (Code.HL_CODE, Severity.ERROR, "T")
    assert found.message == "Học tập CN ghi G, không hợp lệ (G là mã của chương trình khác). Chỉ nhận: T, K, Đ, CĐ."
    (found,) = ratings(conduct_rating__semester_1="TB")
    assert (found.code, found.suggestion) == (Code.HK_CODE, None)


def test_the_rule_of_gdtx_is_known_from_background_only_and_so_warns() -> None:
    row = result_gdtx_2018(**terms_of("chemistry", 6.4, 8.0, 7.5), academic_rating__semester_2="K")
    found = found_in(INFO_GDTX_2018, "11", row)
    assert [(f.code, f.severity) for f in found] == [
        (Code.HL_TOO_HIGH, Severity.WARNING),
        (Code.HL_PROVEN_LOW, Severity.WARNING),
    ]


def test_the_number_of_subjects_for_gdtx_is_a_setting() -> None:
    low = {f"{s}__semester_1": 7.9 for s in ("mathematics", "history", "geography")}

    def said(info: ClassInfo, row: Cells, least: int | None) -> bool:
        return Code.HL_TOO_HIGH in codes_in(info, "11", row, least_subjects=least)

    assert [said(INFO_GDTX_2018, result_gdtx_2018(**low), least) for least in (None, 3, 4)] == [True, False, True]
    assert said(INFO_2018, result_2018(**low, defence__semester_1=7.9), 3)  # TT22 names the number itself


# --- rèn luyện, comments, promotion

MATRIX = {(case["hk1"], case["hk2"]): case["cn"] for case in VECTORS["ren_luyen_22"]}


@pytest.mark.parametrize(
    ("first", "second", "year"),
    list(product("TKĐ", "TKĐ", "TKĐ")) + list(product(("T", "CĐ"), ("Đ", "CĐ"), ("T", "Đ", "CĐ"))),
)
def test_conduct_of_the_year_by_the_table(first: str, second: str, year: str) -> None:
    changes = {f"conduct_rating__{term}": value for term, value in zip(TERMS, (first, second, year), strict=True)}
    found = [f for f in found_in(INFO_2018, "12", result_2018(**changes), stage=2) if f.code is Code.RL_CN]
    if year == MATRIX[first, second]:
        assert found == []
    else:
        (one,) = found
        assert (one.severity, one.suggestion) == (Severity.ERROR, MATRIX[first, second])
        assert (one.column, one.value) == ("12.conduct_rating.year", year)
        assert f"với HK1 {first} và HK2 {second} phải là {MATRIX[first, second]} (Điều 8" in one.message


def training(grade: str, year: str) -> list[tuple[Code, Severity]]:
    cells = result_2018(conduct_rating__semester_2="CĐ", conduct_rating__year=year)
    found = found_in(INFO_2018, grade, cells, stage=2)
    return [(f.code, f.severity) for f in found if f.code is Code.RL_CN]


def test_summer_training_turns_cd_into_dat_below_grade_12() -> None:
    assert training("10", "Đ") == [(Code.RL_CN, Severity.WARNING)]
    assert training("11", "Đ (rèn luyện hè)") == [(Code.RL_CN, Severity.INFO)]
    assert training("11", "K") == [(Code.RL_CN, Severity.ERROR)]
    assert training("12", "Đ") == [(Code.RL_CN, Severity.ERROR)]
    assert training("11", "CĐ") == []


def test_conduct_waits_for_all_three_terms() -> None:
    for term in TERMS:
        assert codes_in(INFO_2018, "11", result_2018(**{f"conduct_rating__{term}": "Miễn"})) == [Code.EXEMPT]


def test_gdtx_s_conduct_table_only_warns() -> None:
    found = found_in(INFO_GDTX_2018, "11", result_gdtx_2018(conduct_rating__year="K"))
    assert [(f.code, f.severity) for f in found] == [(Code.RL_CN, Severity.WARNING)]


def comments(grade: str, *values: str | None) -> list[tuple[Code, Severity, str | None]]:
    cells = result_2018(**{f"local_education__{t}": v for t, v in zip(TERMS, values, strict=True)})
    found = found_in(INFO_2018, grade, cells, stage=2)
    return [(f.code, f.severity, f.suggestion) for f in found if f.code is Code.NX_CN]


def test_a_comment_subject_s_year_is_its_second_semester() -> None:
    assert comments("11", "CĐ", "Đ", "Đ") == []
    assert comments("11", "Đ", "Đ", "CĐ") == [(Code.NX_CN, Severity.ERROR, "Đ")]
    assert comments("11", "Đ", "CĐ", "Đ") == [(Code.NX_CN, Severity.WARNING, "CĐ")]
    assert comments("12", "Đ", "CĐ", "Đ") == [(Code.NX_CN, Severity.ERROR, "CĐ")]
    assert comments("11", "Đ", None, "CĐ") == []
    assert comments("11", "Đ", "CĐ", None) == []


def test_codes_of_comment_subjects() -> None:
    (found,) = found_in(INFO_2018, "11", result_2018(physical_education__semester_1="Tốt"))
    assert (found.code, found.severity) == (Code.NX_CODE, Severity.ERROR)
    assert found.message == "GDTC HK1 ghi Tốt, không hợp lệ. Môn đánh giá bằng nhận xét chỉ nhận: Đ, CĐ."
    (tidy,) = found_in(INFO_2018, "11", result_2018(physical_education__semester_1="đạt"))
    assert (tidy.severity, tidy.suggestion) == (Severity.INFO, "Đ")


@pytest.mark.parametrize(
    ("grade", "changes", "codes"),
    [
        ("10", {"academic_rating__year": "CĐ"}, [Code.PROMOTION]),
        ("12", {"academic_rating__year": "CĐ"}, [Code.ELIGIBLE_EXAM]),
        ("11", {"conduct_rating__semester_2": "CĐ", "conduct_rating__year": "CĐ"}, [Code.PROMOTION]),
        ("12", {"conduct_rating__semester_2": "CĐ", "conduct_rating__year": "CĐ"}, [Code.ELIGIBLE_EXAM]),
        ("11", {"academic_rating__year": "Đ"}, []),
        ("11", {"academic_rating__semester_1": "CĐ"}, []),
    ],
)
def test_levels_that_stop_a_student(grade: str, changes: Cells, codes: list[Code]) -> None:
    found = codes_in(INFO_2018, grade, result_2018(**changes), stage=2)
    assert [code for code in found if code in {Code.PROMOTION, Code.ELIGIBLE_EXAM}] == codes
