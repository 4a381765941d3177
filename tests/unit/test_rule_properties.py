"""What must hold of the rules whatever the scores."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.cells import score_text, to_cell
from shared.check import check
from shared.layout import PROFILE
from shared.problems import Code, Severity
from shared.programmes import SUBJECTS_2006
from shared.records import ClassData
from shared.repair import repairs
from shared.rules.facts import year_tenths
from shared.rules.marks import Marks
from shared.rules.rating_2006 import TT58
from shared.rules.scores import unlisted_range
from tests.tables import class_of, codes, findings, good_profile, good_result, layout, repaired

SUBJECTS = [subject.key for subject in SUBJECTS_2006]
score = st.integers(0, 100)
marks = st.builds(
    Marks,
    st.lists(score, min_size=9, max_size=9).map(lambda scores: dict(zip(SUBJECTS, scores, strict=True))),
    score,
    st.sets(st.sampled_from(["sport", "music"])).map(frozenset),
)


def subject(a: int, b: int, c: int) -> dict[str, Any]:
    return good_result(physics__semester_1=a / 10, physics__semester_2=b / 10, physics__year=c / 10)


@given(score, score)
def test_the_year_is_the_rounded_weighted_mean(a: int, b: int) -> None:
    exact = (Decimal(a) + 2 * Decimal(b)) / 3
    assert year_tenths(a, b) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(score, score)
@settings(max_examples=60)
def test_a_year_by_the_formula_is_never_reported(a: int, b: int) -> None:
    assert not {Code.SC_CN_FORMULA, Code.SC_CN_RETEST} & set(codes("11", subject(a, b, year_tenths(a, b))))


@given(score, score, score)
@settings(max_examples=60)
def test_what_is_suggested_for_a_year_satisfies_the_check(a: int, b: int, c: int) -> None:
    assume(c != year_tenths(a, b))
    (found,) = [f for f in findings("12", subject(a, b, c), stage=2) if f.code is Code.SC_CN_FORMULA]
    assert found.suggestion
    right = subject(a, b, round(float(found.suggestion) * 10))
    assert Code.SC_CN_FORMULA not in codes("12", right, stage=2)


@given(marks, st.sampled_from(TT58.keys))
@settings(max_examples=150)
def test_a_rating_is_never_both_too_high_and_too_low(given_marks: Marks, printed: str) -> None:
    cells = {f"{key}.semester_1": tenths / 10 for key, tenths in given_marks.scores.items()}
    row = good_result() | cells | {"average_score.semester_1": (given_marks.average or 0) / 10}
    row["academic_rating.semester_1"] = printed
    said = [f.code for f in findings("11", row) if f.column == "11.academic_rating.semester_1"]
    assert len(said) <= 1


@given(marks)
def test_the_two_readings_of_13_6_are_never_far_apart(given_marks: Marks) -> None:
    found = TT58.accepted(given_marks)
    assert 0 <= found.best <= found.worst <= found.best + 1


@given(marks, st.sampled_from(SUBJECTS), score)
def test_better_marks_never_lower_the_best_rating(given_marks: Marks, key: str, higher: int) -> None:
    assume(higher > given_marks.scores[key])
    better = Marks({**given_marks.scores, key: higher}, given_marks.average, given_marks.failed)
    assert TT58.accepted(better).best <= TT58.accepted(given_marks).best


@given(st.lists(score, min_size=9, max_size=9), st.lists(score, max_size=4))
def test_an_average_that_exists_is_always_feasible(listed: list[int], unlisted: list[int]) -> None:
    count = len(listed) + len(unlisted)
    mean = int((Decimal(sum(listed) + sum(unlisted)) / count).quantize(Decimal(1), ROUND_HALF_UP))
    found = unlisted_range(sum(listed), len(listed), mean, len(unlisted))
    assert found is not None
    assert found[0] <= sum(unlisted) <= found[1]


raw_scores = st.one_of(
    score.map(lambda tenths: tenths / 10),
    score.map(score_text),
    score.map(lambda tenths: score_text(tenths).replace(".", ",")),
    st.integers(0, 120).map(float),
    st.floats(0, 12, allow_nan=False),
    st.dates(dt.date(2020, 1, 1), dt.date(2024, 12, 31)),
    st.sampled_from(["", "-", " 8. ", "miễn", None]),
)
numbers = st.sampled_from(["031205000123", 31205000123.0, 1205000123.0, "031 205 000 123", "3.1E+10", None, 123.0])
births = st.sampled_from(["12/07/2005", dt.date(2005, 7, 12), "12-7-2005", "12072005", "25/7/05", "5/7/05", None])


@st.composite
def classes(draw: st.DrawFn) -> ClassData:
    """Small classes with all that spreadsheets do to cells."""
    results = []
    for _ in range(2):
        changes = {
            f"{draw(st.sampled_from(SUBJECTS))}__{term}": draw(raw_scores)
            for term in draw(st.lists(st.sampled_from(["semester_1", "semester_2", "year"]), max_size=3))
        }
        results.append(good_result(**changes, academic_rating__year=draw(st.sampled_from(["G", "Giỏi", "T", "khá"]))))
    profiles = [
        good_profile(
            national_id=draw(numbers),
            birth_date=draw(births),
            sex=draw(st.sampled_from(["Nam", "nam", "NỮ", "x"])),
            full_name=draw(st.sampled_from(["Lê  An", "Lê An", "Trần Bình"])),
        )
        for _ in range(2)
    ]
    return class_of({PROFILE: profiles, "11": results})


def errors(data: ClassData) -> set[tuple[str, str, Code]]:
    return {(f.sheet, f.cell, f.code) for f in check(data) if f.severity is Severity.ERROR}


@given(classes())
@settings(max_examples=150)
def test_repairs_are_idempotent_and_make_no_error(data: ClassData) -> None:
    after = repaired(data)
    assert repairs(after) == ()
    assert errors(after) <= errors(data)


@given(classes())
@settings(max_examples=60)
def test_every_repair_is_among_the_findings(data: ClassData) -> None:
    suggested = {(f.sheet, f.cell, f.code, f.suggestion) for f in check(data)}
    for repair in repairs(data):
        shown = to_cell(layout(repair.sheet_key).by_key[repair.column], repair.after)
        assert (repair.sheet, repair.cell, repair.code, None if shown is None else str(shown)) in suggested
