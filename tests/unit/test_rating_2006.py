"""Học lực by TT58 art. 13: every condition on both sides, both ambiguities of 13.6, chuyên classes, the text before TT26."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.problems import Code, Finding, Severity
from shared.programmes import GDTX, SUBJECTS_2006, programme_for
from shared.records import ClassKey
from shared.rules.marks import Marks
from shared.rules.rating_2006 import GDTX_2006, TT58, TT58_BEFORE_2020, Rule2006, unlisted_below
from shared.rules.ratings import rule_for
from tests.programmes import INFO_GDTX, found_in, result_gdtx
from tests.tables import INFO, good_result

NINE = [subject.key for subject in SUBJECTS_2006]


def marks(average: int | None, main: int, others: int, *, low: int | None = None, failed: int = 0) -> Marks:
    """Main subjects alike, the others alike, one of them perhaps low."""
    scores = {key: main if key in TT58.main else others for key in NINE}
    if low is not None:
        scores["chemistry"] = low
    return Marks(scores, average, frozenset(f"c{i}" for i in range(failed)))


def rated(given_marks: Marks, rule: Rule2006 = TT58) -> str:
    found = rule.accepted(given_marks)
    return "/".join(dict.fromkeys((rule.keys[found.best], rule.keys[found.worst])))


@pytest.mark.parametrize(
    ("average", "main", "others", "failed", "rating"),
    [
        (80, 80, 65, 0, "G"),
        (79, 80, 65, 0, "K"),
        (80, 79, 65, 0, "K"),
        (80, 80, 64, 0, "K"),
        (65, 65, 50, 0, "K"),
        (64, 65, 50, 0, "TB"),
        (65, 64, 50, 0, "TB"),
        (65, 65, 49, 0, "TB"),
        (50, 50, 35, 0, "TB"),
        (49, 50, 35, 0, "Y"),
        (50, 49, 35, 0, "Y"),
        (50, 50, 34, 0, "Y"),
        (35, 20, 20, 0, "Y"),
        (34, 20, 20, 0, "KEM"),
        (35, 20, 19, 0, "KEM"),
        (50, 50, 35, 1, "Y"),  # a comment subject that is not passed: below Trung bình
        (35, 20, 20, 3, "Y"),  # Yếu asks nothing of comments
        (None, 80, 65, 0, "G"),  # an average that is not known counts for the student
    ],
)
def test_each_condition_on_both_sides(average: int | None, main: int, others: int, failed: int, rating: str) -> None:
    assert rated(marks(average, main, others, failed=failed)) == rating


@pytest.mark.parametrize(
    ("average", "main", "others", "low", "failed", "rating"),
    [
        (80, 80, 65, 50, 0, "K"),  # G → K: one step, stays
        (80, 80, 65, 49, 0, "K"),  # G → TB: lifted to K
        (80, 80, 65, 35, 0, "K"),
        (80, 80, 65, 34, 0, "TB"),  # G → Y: lifted to TB
        (80, 80, 65, 20, 0, "TB"),
        (80, 80, 65, 19, 0, "Y/KEM"),  # G → Kém is not listed, K → Kém is: both readings
        (65, 65, 50, 35, 0, "TB"),  # K → TB: one step
        (65, 65, 50, 34, 0, "TB"),  # K → Y: lifted to TB
        (65, 65, 50, 19, 0, "Y"),  # K → Kém: lifted to Y
        (50, 50, 35, 34, 0, "Y"),  # from TB nothing is lifted
        (50, 50, 35, 19, 0, "KEM"),
        (80, 80, 65, None, 1, "TB"),  # a comment subject counts as the one: G → Y, lifted to TB
        (65, 65, 50, None, 1, "TB"),
        (80, 80, 65, None, 2, "Y"),  # two comment subjects are not one
        (80, 80, 65, 49, 1, "Y"),  # a score and a comment are not one
        (80, 79, 65, 49, 0, "K/TB"),  # reaches Giỏi by the average alone, or not even by the main subjects
        (65, 64, 50, 34, 0, "TB/Y"),
    ],
)
def test_13_6_and_its_two_ambiguities(
    average: int, main: int, others: int, low: int | None, failed: int, rating: str
) -> None:
    assert rated(marks(average, main, others, low=low, failed=failed)) == rating


def test_two_low_subjects_are_not_one() -> None:
    two = marks(80, 80, 65, low=49)
    assert rated(replace(two, scores={**two.scores, "biology": 49})) == "TB"
    assert rated(replace(two, scores={**two.scores, "biology": 64})) == "TB"


@pytest.mark.parametrize(
    ("special", "rating"), [(80, "G"), (79, "K"), (65, "K"), (64, "K/TB"), (50, "K/TB"), (49, "TB/Y")]
)
def test_a_chuyen_class_asks_for_its_own_subject_too(special: int, rating: str) -> None:
    one = replace(marks(82, 82, 70), specialised="chemistry")
    given_marks = replace(one, scores={**one.scores, "chemistry": special})
    assert rated(replace(given_marks, specialised=None)) == ("G" if special >= 65 else "K")
    assert rated(given_marks) == rating


def test_a_chuyen_subject_that_is_not_reported_is_not_asked_for() -> None:
    assert rated(replace(marks(80, 80, 65), specialised="informatics")) == "G"


def test_before_tt26_a_foreign_language_is_no_main_subject() -> None:
    good_at_english = Marks({**dict.fromkeys(NINE, 79), "foreign_language": 90}, 80)
    assert rated(good_at_english) == "G"
    assert rated(good_at_english, TT58_BEFORE_2020) == "K"
    assert rated(good_at_english, GDTX_2006) == "K"


def test_which_programme_goes_by_which_rule() -> None:
    assert rule_for(programme_for("THPT", "2019-2020", "11")) is TT58_BEFORE_2020
    assert rule_for(programme_for("THPT", "2020-2021", "11")) is TT58
    assert rule_for(programme_for("GDTX", "2022-2023", "12")) is GDTX_2006


edges = st.sampled_from([0, 19, 20, 34, 35, 49, 50, 64, 65, 79, 80, 100])


def plain(average: int, scores: list[int], failed: int) -> int:
    """Art. 13 clauses 1 to 5 as they are written; Toán, Ngữ văn, Ngoại ngữ are the first, second and last."""
    main, lowest = max(scores[0], scores[1], scores[8]), min(scores)
    for rank, (mean, one, floor) in enumerate([(80, 80, 65), (65, 65, 50), (50, 50, 35)]):
        if average >= mean and main >= one and lowest >= floor and not failed:
            return rank
    return 3 if average >= 35 and lowest >= 20 else 4


def readings(average: int, scores: list[int], failed: int) -> set[int]:
    """Clause 6, read in every way that RULEBOOK 1.4 leaves open."""
    base, main = plain(average, scores, failed), max(scores[0], scores[1], scores[8])
    found = set()
    for strict in (False, True):
        result = {base}
        listed = {}
        for rank, (mean, floor, pairs) in enumerate(((80, 65, {2: 1, 3: 2}), (65, 50, {3: 2, 4: 3}))):
            if average >= mean and (not strict or main >= mean):
                alone = sum(score < floor for score in scores) + failed == 1
                listed[rank] = pairs.get(base) if alone else None
        highest = listed.get(min(listed)) if listed else None
        any_level = min((level for level in listed.values() if level is not None), default=None)
        result = {base if highest is None else highest, base if any_level is None else any_level}
        found |= result
    return found


@given(edges, st.lists(edges, min_size=9, max_size=9), st.integers(0, 2))
@settings(max_examples=1000)
def test_ratings_by_the_article_read_plainly(average: int, scores: list[int], failed: int) -> None:
    found = TT58.accepted(
        Marks(dict(zip(NINE, scores, strict=True)), average, frozenset(f"c{i}" for i in range(failed)))
    )
    wanted = readings(average, scores, failed)
    assert (found.best, found.worst) == (min(wanted), max(wanted))


def test_an_unlisted_subject_below_a_floor() -> None:
    # nine subjects of 8.0 and TB môn 8.0: one, two or three unlisted subjects may have any mean near 8.0
    assert unlisted_below(9 * 80, 9, 80, 65)
    # TB môn 8.7 over nine of 8.0 takes three unlisted ones near 10: none of them below 6.5
    assert not unlisted_below(9 * 80, 9, 87, 65)
    # at the edge: TB môn 8.2 of twelve subjects is at least 97.8 in all; with 71.4 listed, one of three may be 6.4
    assert unlisted_below(714, 9, 82, 65)
    assert not unlisted_below(713, 9, 82, 65)


def said(grade: str = "11", **changes: Any) -> list[Finding]:
    specialised = changes.pop("specialised", None)
    found = found_in(INFO, grade, good_result(**changes), specialised=specialised)
    return [finding for finding in found if finding.column and "academic_rating" in finding.column]


def test_a_chuyen_class_on_a_sheet() -> None:
    assert said() == []
    second, year = said(specialised="biology")
    assert (second.column, second.code) == ("11.academic_rating.semester_2", Code.HL_TOO_HIGH)
    assert "Giỏi của lớp chuyên cần môn chuyên ≥ 8.0: Sinh học 7.7" in second.message
    assert "Sinh học 7.9" in year.message


def test_a_lower_rating_says_how_the_marks_reach_the_higher() -> None:
    (found,) = said(academic_rating__year="TB")
    assert (found.code, found.severity, found.suggestion) == (Code.HL_LOWER, Severity.WARNING, "G")
    assert found.message == (
        "Học lực cả năm ghi TB, theo các môn đã nhập phải là G: TB môn 8.5, Toán 8.4, môn thấp nhất Ngữ văn 7.7 "
        "(khoản 1 Điều 13 Thông tư 58/2011, sửa đổi bởi Thông tư 26/2020). Hãy kiểm tra các môn không báo cáo "
        "(Tin học, Công nghệ, GDQP-AN, Thể dục); nếu đúng thì giữ."
    )


def test_gdtx_only_warns() -> None:
    found = found_in(INFO_GDTX, "11", result_gdtx(academic_rating__semester_1="K", chemistry__semester_2=6.4))
    assert {(f.code, f.severity) for f in found if "rating" in (f.column or "")} == {
        (Code.HL_PROVEN_LOW, Severity.WARNING),
        (Code.HL_TOO_HIGH, Severity.WARNING),
    }
    assert "Quyết định 02/2007" in next(f.message for f in found if f.code is Code.HL_TOO_HIGH)


def test_years_before_tt26_are_rated_by_the_older_text() -> None:
    weak = {f"{s}__semester_1": 7.9 for s in ("mathematics", "literature")} | {"foreign_language__semester_1": 8.8}
    info = replace(INFO, key=ClassKey("HP01", "2020-2021", "12A1"))
    for grade, codes in (("10", [Code.HL_TOO_HIGH]), ("11", [Code.HL_TOO_HIGH]), ("12", [])):
        found = found_in(info, grade, good_result(**weak))
        assert [f.code for f in found if f.column == f"{grade}.academic_rating.semester_1"] == codes, grade
    assert info.level != GDTX
