"""A school of 2024-2025, whose three grades all go by TT22/2021; everything in it is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from server.demo import accounts
from server.demo.classes import class_load, invented_people, profiles_only
from server.demo.later_classes import Cohort, Tables, at_home, fill_years, older
from server.demo.people import Register, dice_of
from server.demo.special_students import REPEATED, REPEATER, make_special, plant
from server.demo.timetables import in_order, timetable
from server.loading import ClassLoad, SchoolLoad
from shared.layout import GRADES, PROFILE, year_of_grade
from shared.profile_fields import ELECTIVES, study_key
from shared.programmes import THPT, programme_for

SCHOOL_CODE, SCHOOL_NUMBER, SCHOOL_YEAR = "THPT-C", 903, "2024-2025"
SCHOOL_NAME = "Trường THPT C (tên và học sinh là dữ liệu mẫu)"
NATURAL, SOCIAL = "12A1", "12A2"
_SIZES = {NATURAL: 42, SOCIAL: 40}
_BORN = 2007
_NATURAL = ("physics", "chemistry", "biology", "informatics")
_WITH_TECHNOLOGY = ("physics", "chemistry", "biology", "technology")
_SOCIAL = ("geography", "economics_law", "informatics", "music")
WAYS = (_NATURAL, _WITH_TECHNOLOGY, _SOCIAL)  # of choosing
_TECHNOLOGY_PLACES = frozenset({2, 9, 20, 33, 38})  # of the natural-science class
_SECOND_LANGUAGE_PLACES = frozenset({5, 14})  # of the social class: Ngoại ngữ 2 on request

Chosen = Mapping[str, tuple[str, ...]]  # electives by grade


def school_2018(register: Register) -> SchoolLoad:
    """Two classes with all results of three years: natural sciences, with students of every kind, and social sciences."""
    natural, social = _class(register, NATURAL), _class(register, SOCIAL)
    staff = (
        accounts.admin_account("quantri-c", "Quản trị trường C"),
        accounts.homeroom_teacher("gvcn-12a1-c", "Giáo viên chủ nhiệm 12A1", NATURAL),
        accounts.homeroom_teacher("gvcn-12a2-c", "Giáo viên chủ nhiệm 12A2", SOCIAL),
    )
    return SchoolLoad(
        SCHOOL_CODE, SCHOOL_NAME, THPT, accounts.DEPARTMENT, SCHOOL_YEAR, (natural, social), staff, stage=2
    )


def _class(register: Register, name: str) -> ClassLoad:
    dice = dice_of(SCHOOL_CODE, name)
    cohort = invented_cohort(dice, register, _SIZES[name], _natural if name == NATURAL else _social)
    if name == NATURAL:
        make_special(dice, cohort)
    else:
        plant(cohort)
    return class_load(name, "12", cohort.students)


def invented_cohort(dice: Random, register: Register, size: int, choose: Callable[[int], Chosen]) -> Cohort:
    """A class of TT22 whose students have chosen their subjects; `choose` says which by place in the register."""
    people = [at_home(dice, person) for person in invented_people(dice, register, size, _BORN)]
    chosen = [choose(place) for place in range(size)]
    repeaters = [place for place in range(size) if not chosen[place]["10"]]
    for place in repeaters:
        people[place] = older(dice, register, people[place], _BORN - 1)
    cohort = Cohort(THPT, SCHOOL_YEAR, profiles_only(dice, register, people, SCHOOL_NUMBER))
    for student, own in zip(cohort.students, chosen, strict=True):
        student.sheets[PROFILE] |= _choice_cells(own)
    fill_years(dice, cohort, [_tables(own) for own in chosen])
    return cohort


def _natural(place: int) -> Chosen:
    own = dict.fromkeys(GRADES, _WITH_TECHNOLOGY if place in _TECHNOLOGY_PLACES else _NATURAL)
    return {**own, "10": ()} if place == REPEATER else own


def _social(place: int) -> Chosen:
    return dict.fromkeys(GRADES, (*_SOCIAL, "foreign_language_2") if place in _SECOND_LANGUAGE_PLACES else _SOCIAL)


def _choice_cells(own: Chosen) -> dict[str, str]:
    """Profile cells: the subjects chosen in each grade, keys in the programme's order."""
    return {
        study_key(grade, ELECTIVES): in_order(programme_for(THPT, year_of_grade(SCHOOL_YEAR, grade), grade), keys)
        for grade, keys in own.items()
        if keys
    }


def _tables(own: Chosen) -> Tables:
    """Timetables by grade; who chose nothing in a grade went through it before subjects were chosen."""
    return {
        grade: timetable(THPT, year_of_grade(SCHOOL_YEAR, grade) if keys else REPEATED, grade, keys)
        for grade, keys in own.items()
    }
