"""The guide's school with the numbers of its tables, and a second school of the same department; names are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from random import Random

from server.demo import accounts
from server.demo.accounts import demo_accounts
from server.demo.blanks import leave_profile_gap, leave_results_gap
from server.demo.classes import COHORT, Given, Student, add_results, class_load, invented_people, profiles_only
from server.demo.guide_tables import INCOMPLETE, PROGRESS
from server.demo.names import FEMALE, MALE
from server.demo.people import Register, dice_of
from server.demo.printed import (
    BOY_BORN,
    SCHOOL_YEAR,
    boy_of_12a1,
    class_list_cells,
    girl_of_12a3,
    locks_of,
    profile_form,
)
from server.demo.second_school import second_school
from server.loading import ClassLoad, SchoolLoad
from shared.layout import GRADES, PROFILE
from shared.programmes import THPT

__all__ = ["demo_accounts", "guide_schools"]

SCHOOL_CODE, SCHOOL_NUMBER = "THPT-A", 901
SCHOOL_NAME = "Trường THPT A (tên và học sinh là dữ liệu mẫu)"
ADMIN = "quantri-a"
LISTED_CLASS, LATE_CLASS = "12A1", "12A3"
FORM_PLACE = 1  # the girl of the profile form 2.1 has number 2 in her class
BOY_PLACE = 13  # in 12A1, after the class list (1-5) and the Excel sample (6-11)


@cache
def guide_schools() -> tuple[SchoolLoad, ...]:
    """The guide's school, and the school of the sending table 2.5."""
    register = Register()
    return _first_school(register), second_school(register)


def _first_school(register: Register) -> SchoolLoad:
    classes = tuple(_class(register, line) for line in PROGRESS)
    staff = (
        accounts.department_account(),
        accounts.admin_account(ADMIN, "Quản trị trường A"),
        accounts.homeroom_teacher("gvcn-12a1-a", "Giáo viên chủ nhiệm 12A1", "12A1"),
        accounts.subject_teacher("gv-toan-12a1-a", "Giáo viên Toán 12A1", "12A1"),
        accounts.homeroom_teacher("gvcn-12a3-a", "Giáo viên chủ nhiệm 12A3", "12A3"),
    )
    return SchoolLoad(SCHOOL_CODE, SCHOOL_NAME, THPT, accounts.DEPARTMENT, SCHOOL_YEAR, classes, staff)


def _class(register: Register, progress: tuple[str, ...]) -> ClassLoad:
    """One line of the table of progress, made into a class that gives the same line."""
    name, size, no_profile, no_results = progress[0], int(progress[1]), int(progress[3]), int(progress[5])
    dice = dice_of(SCHOOL_CODE, name)
    locks = locks_of(name, ADMIN)
    students = _students(dice, register, name, size)
    late = _late(dice, students, name, no_results)
    given = _given(dice, name, late)
    add_results(dice, students, given)
    for place in late:
        if (place, "12") not in given:  # the girl of the form has her gap from the guide
            leave_results_gap(dice, students[place], locked=[lock.grade for lock in locks])
    _leave_profile_gaps(dice, students, name, late, no_profile)
    return class_load(name, "12", students, locks)


def _students(dice: Random, register: Register, name: str, size: int) -> list[Student]:
    """A class with full profiles; in 12A1 the girl of the profile form and the boy of the form of results."""
    if name != LISTED_CLASS:
        people = invented_people(dice, register, size, COHORT["12"])
        return profiles_only(dice, register, people, SCHOOL_NUMBER)
    people = invented_people(dice, register, size, COHORT["12"], {FORM_PLACE: FEMALE, BOY_PLACE: MALE})
    people[BOY_PLACE] = replace(
        people[BOY_PLACE], born=BOY_BORN, national_id=register.national_id(dice, MALE, BOY_BORN)
    )
    students = profiles_only(dice, register, people, SCHOOL_NUMBER)
    students[FORM_PLACE].sheets[PROFILE].update(profile_form())
    return students


def _late(dice: Random, students: list[Student], name: str, count: int) -> list[int]:
    """Who is not complete; in 12A3 girls with the ethnic groups of the guide's list (“Tây” once)."""
    if name != LATE_CLASS:
        return sorted(dice.sample(range(len(students)), count))
    girls = [place for place, student in enumerate(students) if student.sheets[PROFILE]["sex"] == FEMALE]
    late = sorted(dice.sample(girls, count))
    for place, line in zip(late, INCOMPLETE, strict=True):
        students[place].sheets[PROFILE]["ethnic_group"] = line[2]
    return late


def _given(dice: Random, name: str, late: list[int]) -> Given:
    """What the guide prints of a class, by place in the register and grade."""
    given: dict[tuple[int, str], Mapping[str, str]] = {}
    if name == LISTED_CLASS:
        given |= {(place, "11"): cells for place, cells in enumerate(class_list_cells())}
        given |= {(BOY_PLACE, grade): boy_of_12a1(grade) for grade in GRADES}
    if name == LATE_CLASS:
        given |= {(late[0], grade): girl_of_12a3(dice, grade) for grade in GRADES}
    return given


def _leave_profile_gaps(dice: Random, students: list[Student], name: str, late: list[int], count: int) -> None:
    """Profiles that are not complete; in 12A3 one of the late, since the guide's list holds ten names and no more."""
    places = late[-count:] if name == LATE_CLASS else dice.sample(range(len(students)), count)
    for number, place in enumerate(places):
        leave_profile_gap(students[place], number)
