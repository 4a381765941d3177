"""A second school of the same department, with the numbers of the guide's sending table 2.5; all of it is invented."""

from __future__ import annotations

from server.demo import accounts
from server.demo.classes import COHORT, add_results, class_load, invented_people, profiles_only
from server.demo.guide_tables import SENDING
from server.demo.people import Register, dice_of
from server.demo.printed import SCHOOL_YEAR
from server.loading import ClassLoad, SchoolLoad
from shared.programmes import THPT

SCHOOL_CODE, SCHOOL_NUMBER = "THPT-B", 902
SCHOOL_NAME = "Trường THPT B (tên và học sinh là dữ liệu mẫu)"
_CLASSES, _STUDENTS, _RESULTS = (int(line[1]) for line in SENDING[1:])
_GRADE_12_CLASSES, _GRADE_11_CLASSES = 10, 10


def second_school(register: Register) -> SchoolLoad:
    """31 classes, 1,394 students; the 445 of grade 12 have all results of stage 1, the others their profiles."""
    seniors = _sizes(_RESULTS, _GRADE_12_CLASSES)
    juniors = _sizes(_STUDENTS - _RESULTS, _CLASSES - _GRADE_12_CLASSES)
    sizes = {"12": seniors, "11": juniors[:_GRADE_11_CLASSES], "10": juniors[_GRADE_11_CLASSES:]}
    classes = tuple(
        _class(register, grade, f"{grade}A{number}", size)
        for grade, grade_sizes in sizes.items()
        for number, size in enumerate(grade_sizes, start=1)
    )
    staff = (
        accounts.admin_account("quantri-b", "Quản trị trường B"),
        accounts.homeroom_teacher("gvcn-12a1-b", "Giáo viên chủ nhiệm 12A1", "12A1"),
    )
    return SchoolLoad(SCHOOL_CODE, SCHOOL_NAME, THPT, accounts.DEPARTMENT, SCHOOL_YEAR, classes, staff)


def _sizes(students: int, classes: int) -> list[int]:
    """Students spread over classes as evenly as can be."""
    return [students // classes + (number < students % classes) for number in range(classes)]


def _class(register: Register, grade: str, name: str, size: int) -> ClassLoad:
    dice = dice_of(SCHOOL_CODE, name)
    students = profiles_only(dice, register, invented_people(dice, register, size, COHORT[grade]), SCHOOL_NUMBER)
    if grade == "12":
        add_results(dice, students)
    return class_load(name, grade, students)
