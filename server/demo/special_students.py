"""Students whose years differ from the class's, and the faults that are planted for the checks to find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from server.demo.later_classes import Cohort, Year
from server.demo.levels_2018 import LEVELS
from server.demo.marks import Three, draw_marks, rating
from server.demo.timetables import LANGUAGE, timetable
from shared.cells import score_tenths, score_text
from shared.columns import Term
from shared.layout import GRADES, PROFILE, year_of_grade
from shared.profile_fields import ABROAD, ELECTIVES, SCHOOL_YEAR, SOURCE, TRANSFERRED, study_key
from shared.programmes import THPT

REPEATED = "2021-2022"  # when the repeater was in grade 10, by TT58
# places in the register of the natural-science class
REPEATER, MOVED, FROM_ABROAD, EXEMPT = 6, 11, 17, 24
# places in the register of the social class
TRAINED, TRAINED_WITH_WORD, RETESTED, RETESTED_WITH_WORD = 3, 8, 12, 16
TOO_HIGH, SLIP, UNCHOSEN = 21, 27, 34
_ELSEWHERE = ("physics", "chemistry", "geography", "informatics")  # chosen at the school of before
_WHY_EXEMPT = "#exempt:khuyết tật nghe"
_YEAR = 2  # the third term
_LIMITS = frozenset({35, 50, 65, 80})  # marks at which a level may change


def make_special(dice: Random, cohort: Cohort) -> None:
    """The repeater's year of before, a student from another school, one from abroad, one without a foreign language."""
    profiles = [student.sheets[PROFILE] for student in cohort.students]
    profiles[REPEATER][study_key("10", SCHOOL_YEAR)] = REPEATED
    profiles[MOVED] |= {study_key("10", SOURCE): TRANSFERRED, study_key("10", ELECTIVES): ",".join(_ELSEWHERE)}
    _redraw(dice, cohort, MOVED, "10", _ELSEWHERE)
    profiles[FROM_ABROAD][study_key("10", SOURCE)] = ABROAD
    del profiles[FROM_ABROAD][study_key("10", ELECTIVES)]
    cohort.students[FROM_ABROAD].sheets["10"].clear()
    for grade in GRADES:
        electives = profiles[EXEMPT][study_key(grade, ELECTIVES)].split(",")
        _redraw(dice, cohort, EXEMPT, grade, electives, without=(LANGUAGE,))
        cohort.students[EXEMPT].sheets[grade] |= {f"{LANGUAGE}.{term}": _WHY_EXEMPT for term in Term}


def _redraw(
    dice: Random,
    cohort: Cohort,
    place: int,
    grade: str,
    electives: tuple[str, ...] | list[str],
    without: tuple[str, ...] = (),
) -> None:
    """Another timetable of a grade, and marks by it."""
    table = timetable(THPT, year_of_grade(cohort.school_year, grade), grade, electives, without)
    cohort.write(place, grade, Year(table, draw_marks(dice, 80, table), cohort.years[place, grade].conduct))


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault or a peculiarity that the checks must find: whose, on which sheet, in which cell, and the code."""

    place: int
    grade: str
    column: str
    code: str
    severity: str


PLANTED = (
    Planted(TRAINED, "10", "conduct_rating.year", "RL_CN", "warning"),
    Planted(TRAINED_WITH_WORD, "11", "conduct_rating.year", "RL_CN", "info"),
    Planted(RETESTED, "10", "history.year", "SC_CN_RETEST", "warning"),
    Planted(RETESTED_WITH_WORD, "11", "history.year", "SC_CN_RETEST", "info"),
    Planted(TOO_HIGH, "11", "academic_rating.year", "HL_TOO_HIGH", "error"),
    Planted(SLIP, "12", "literature.year", "SC_CN_FORMULA", "error"),
    Planted(UNCHOSEN, "12", "physics.semester_1", "MH_UNSTUDIED", "error"),
)


def plant(cohort: Cohort) -> None:
    """What staff should find in the social class, and two peculiarities whose cells say why."""
    _train(cohort, TRAINED, "10", "")
    _train(cohort, TRAINED_WITH_WORD, "11", "#training:hè 2024")
    _retest(cohort, RETESTED, "10", "")
    _retest(cohort, RETESTED_WITH_WORD, "11", "#retest:hè 2024")
    _raise(cohort, TOO_HIGH, "11")
    _slip(cohort, SLIP, "12", "literature.year")
    cohort.students[UNCHOSEN].sheets["12"]["physics.semester_1"] = "7.5"


def _train(cohort: Cohort, place: int, grade: str, word: str) -> None:
    """Rèn luyện of the year raised after training in summer (TT22 art. 13)."""
    year = replace(cohort.years[place, grade], conduct=("Đ", "CĐ", "Đ"))
    cohort.write(place, grade, year)
    cohort.students[place].sheets[grade]["conduct_rating.year"] += word


def _retest(cohort: Cohort, place: int, grade: str, word: str) -> None:
    """A subject failed in the year and passed in summer; the year is rated by the second mark."""
    year = cohort.years[place, grade]
    retested: Three = (44, 47, 55)
    marks = replace(year.marks, scores={**year.marks.scores, "history": retested})
    cohort.write(place, grade, replace(year, marks=marks))
    cohort.students[place].sheets[grade]["history.year"] += word


def _raise(cohort: Cohort, place: int, grade: str) -> None:
    """A level of the year one higher than the marks give."""
    year = cohort.years[place, grade]
    printed = LEVELS[LEVELS.index(rating(year.table, year.marks, _YEAR)) - 1]
    cohort.students[place].sheets[grade]["academic_rating.year"] = printed


def _slip(cohort: Cohort, place: int, grade: str, column: str) -> None:
    """A year's score one tenth too high, or too low where a level might change."""
    cells = cohort.students[place].sheets[grade]
    right = score_tenths(cells[column]) or 0
    cells[column] = score_text(right - 1 if right + 1 in _LIMITS else right + 1)
