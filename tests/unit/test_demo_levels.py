"""The generator rates by the circulars on its own: here its ratings and the program's rules are set against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.demo.classes import STAGE2_TERMS, Student, class_load
from server.demo.levels_2018 import LEVELS, learning_level, plain_level, training_year
from server.demo.marks import YearMarks, draw_conduct, draw_marks, rating, year_cells
from server.demo.people import dice_of
from server.demo.ratings import RATINGS, academic_rating
from server.demo.scores import TERMS, average
from server.demo.timetables import Timetable, timetable
from server.loading import SchoolLoad
from shared.check import check
from shared.columns import FAILED
from shared.layout import GRADES, year_of_grade
from shared.problems import Code, Finding, Severity
from shared.programmes import GDTX, SUBJECTS_2006, THPT, programme_for
from shared.rules.marks import Accepted, Marks, RatingRule
from shared.rules.ratings import rule_for
from tests.loads import data_of

CHOSEN = {
    THPT: ("physics", "geography", "economics_law", "informatics"),
    GDTX: ("foreign_language", "civics", "geography", "economics_law", "informatics", "technology"),
}
PROGRAMMES = [(THPT, "2022-2023"), (THPT, "2024-2025"), (GDTX, "2022-2023"), (GDTX, "2024-2025")]
by_programme = pytest.mark.parametrize(("level", "year"), PROGRAMMES, ids=lambda value: value)
NEAR = (0, 19, 20, 34, 35, 49, 50, 64, 65, 79, 80, 100)  # where a condition begins to hold
near = st.sampled_from(NEAR)


def rule_of(level: str, year: str) -> RatingRule:
    rule = rule_for(programme_for(level, year, "12"))
    assert rule is not None
    return rule


def allowed(rule: RatingRule, found: Accepted) -> set[str]:
    return set(rule.keys[found.best : found.worst + 1])


def readings(scores: Sequence[int], failed: int, least: int) -> set[str]:
    """TT22 art. 9.3 in both readings of “because of one subject only”: had it been perfect, or without it."""
    plain = LEVELS.index(plain_level(scores, failed, least))
    without = [(plain_level([*scores[:i], *scores[i + 1 :]], failed, least)) for i in range(len(scores))]
    without.append(plain_level(scores, max(failed - 1, 0), least))
    lifted = plain - min(map(LEVELS.index, without)) >= 2
    return {learning_level(scores, failed, least), LEVELS[plain - lifted]}


@given(st.lists(near, min_size=7, max_size=10), st.integers(0, 2), st.sampled_from([5, 6]))
@settings(max_examples=400)
def test_levels_by_tt22_in_both_readings(scores: list[int], failed: int, least: int) -> None:
    rule = rule_of(THPT if least == 6 else GDTX, "2024-2025")
    marks = Marks({f"s{i}": s for i, s in enumerate(scores)}, None, frozenset(f"c{i}" for i in range(failed)))
    assert allowed(rule, rule.accepted(marks)) == readings(scores, failed, least)


@pytest.mark.parametrize(("floor", "some"), list(product((34, 35, 49, 50, 64, 65), (49, 50, 64, 65, 79, 80))))
def test_levels_by_tt22_around_every_condition(floor: int, some: int) -> None:
    for good, failed in product(range(10), range(3)):
        scores = [100] * good + [some] * (8 - good) + [floor]
        marks = Marks({f"s{i}": s for i, s in enumerate(scores)}, None, frozenset(f"c{i}" for i in range(failed)))
        rule = rule_of(THPT, "2024-2025")
        assert allowed(rule, rule.accepted(marks)) == readings(scores, failed, 6)


@given(st.lists(near, min_size=9, max_size=9), st.one_of(st.none(), st.integers(0, 100)))
@settings(max_examples=400)
def test_ratings_by_tt58_are_among_those_accepted(scores: list[int], mean: int | None) -> None:
    mean = average(scores) if mean is None else mean
    by_subject = dict(zip((s.key for s in SUBJECTS_2006), scores, strict=True))
    for level, main in ((THPT, (0, 1, 8)), (GDTX, (0, 1))):
        rule = rule_of(level, "2022-2023")
        assert academic_rating(mean, scores, main) in allowed(rule, rule.accepted(Marks(by_subject, mean)))


def tables(level: str, year: str) -> dict[str, Timetable]:
    return {grade: timetable(level, year_of_grade(year, grade), grade, CHOSEN[level]) for grade in GRADES}


def known(table: Timetable, marks: YearMarks, term: int) -> Marks:
    """All marks of a term, those of subjects that are not reported too."""
    scores = {key: three[term] for key, three in marks.scores.items()}
    scores |= {f"unlisted {i}": three[term] for i, three in enumerate(marks.unlisted)}
    failed = frozenset(key for key, words in marks.comments.items() if words[term] == FAILED)
    return Marks(scores, None if table.by_levels else marks.mean(term), failed)


@by_programme
def test_thousands_of_drawn_students_are_rated_as_the_rules_allow(level: str, year: str) -> None:
    dice, rule, table = dice_of("levels", level, year), rule_of(level, year), tables(level, year)["12"]
    seen = Counter[str]()
    for _ in range(2000):
        marks = draw_marks(dice, dice.uniform(5, 99), table, dice.choice((2, 4, 9, 16)))
        for term in range(3):
            given_rating = rating(table, marks, term)
            seen[given_rating] += 1
            assert given_rating in allowed(rule, rule.accepted(known(table, marks, term)))
    assert set(seen) == set(LEVELS if table.by_levels else RATINGS)
    assert min(seen.values()) >= 30


def drawn_school(level: str, year: str, size: int) -> SchoolLoad:
    """A class of students of every ability, who would not all move up."""
    dice, own = dice_of("sheets", level, year), tables(level, year)
    students = [Student(f"{place:010}") for place in range(size)]
    for student in students:
        ability = dice.uniform(5, 99)
        for grade, table in own.items():
            marks = draw_marks(dice, ability, table, dice.choice((2, 4, 9, 16)))
            conduct = draw_conduct(dice, ability, table)
            student.sheets[grade] = year_cells(table, marks, conduct, STAGE2_TERMS[grade])
    return SchoolLoad("T", "Trường T", level, "Sở", year, (class_load("12A1", "12", students),), stage=2)


# What follows from other things than the rules of marks and ratings: no profiles here, chance, and weak students.
ASIDE = {
    Code.PROFILE_MISSING, Code.ID_MISSING, Code.ADDR_INCOMPLETE, Code.SC_SERIES, Code.PROMOTION, Code.ELIGIBLE_EXAM,
    Code.SC_TB_LOW,
}  # fmt: skip


def said(level: str, year: str) -> list[Finding]:
    school = drawn_school(level, year, 250)
    return [f for f in check(data_of(school, school.classes[0])) if f.code not in ASIDE]


@by_programme
def test_the_checks_find_no_fault_in_sheets_of_students_of_every_ability(level: str, year: str) -> None:
    found = Counter((f.code, f.severity) for f in said(level, year) if f.severity is not Severity.INFO)
    # Subjects that are not reported lower a rating by TT58, and a mean moves by two tenths at most (RULEBOOK 1.7)
    unlisted = {(Code.HL_LOWER, Severity.WARNING), (Code.SC_TB_CN, Severity.WARNING)}
    assert set(found) <= (
        unlisted if (level, year) == (THPT, "2022-2023") else unlisted - {(Code.HL_LOWER, Severity.WARNING)}
    )


@pytest.mark.parametrize(("first", "second"), list(product(LEVELS, LEVELS)))
def test_only_the_generators_training_of_the_year_is_accepted(first: str, second: str) -> None:
    dice, table = dice_of("training", first, second), tables(THPT, "2024-2025")["12"]
    marks = draw_marks(dice, 75, table)
    students = [Student(level, {"12": year_cells(table, marks, (first, second, level), TERMS)}) for level in LEVELS]
    school = SchoolLoad("T", "T", THPT, "Sở", "2024-2025", (class_load("12A1", "12", students),), stage=2)
    found = check(data_of(school, school.classes[0]))
    refused = {f.student_code for f in found if f.code is Code.RL_CN}
    assert refused == set(LEVELS) - {training_year(first, second)}
