"""Two centres of continuing education, one by the old programme (2022-2023) and one by the new (2024-2025); all invented."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from server.demo import accounts
from server.demo.classes import STAGE1_TERMS, Student, class_load, invented_people, profiles_only
from server.demo.later_classes import Cohort, at_home, fill_years, older
from server.demo.people import Person, Register, dice_of
from server.demo.timetables import LANGUAGE, in_order, timetable
from server.loading import ClassLoad, SchoolLoad
from shared.columns import Term
from shared.layout import GRADES, PROFILE, year_of_grade
from shared.profile_fields import ELECTIVES, study_key
from shared.programmes import GDTX, programme_for

CLASS = "12A1"
CENTRE_2006, CENTRE_2018 = ("GDTX-A", 904, "2022-2023"), ("GDTX-B", 905, "2024-2025")
_SIZE_2006, _SIZE_2018 = 38, 34
ADULTS: Mapping[int, int] = {4: 1990, 13: 1986, 19: 1992, 26: 1979, 31: 1988}  # place → year of birth
# Learners by guided self-study are not rated for conduct: a word says so in the cells of some, of the last in none.
UNRATED_WITH_WORD, UNRATED = (4, 26), 13
_WHY_UNRATED = "#other:tự học có hướng dẫn"
_NO_LANGUAGE, _NO_CIVICS = frozenset({1, 4, 8, 13, 17, 26, 29, 35}), frozenset({4, 11, 13, 22, 26, 29})
_CHOSEN = ("geography", "economics_law", "informatics", "technology")
_SCIENCES = ("physics", "chemistry", "biology", "technology")
_SCIENCE_PLACES = frozenset({0, 6, 7, 12, 18, 24, 30})
_ON_REQUEST = ("experiential_activities", "local_education")


def centre_2006(register: Register) -> SchoolLoad:
    """A centre's class of the 2006 programme in stage 1: seven compulsory subjects, Ngoại ngữ and GDCD for most."""
    return _centre(register, CENTRE_2006, _SIZE_2006, stage=1)


def centre_2018(register: Register) -> SchoolLoad:
    """A centre's class of the 2018 programme in stage 2: three compulsory subjects and those that are chosen."""
    return _centre(register, CENTRE_2018, _SIZE_2018, stage=2)


def _centre(register: Register, named: tuple[str, int, str], size: int, *, stage: int) -> SchoolLoad:
    code, number, school_year = named
    short = code[-1]
    name = f"Trung tâm GDNN-GDTX {short} (tên và học viên là dữ liệu mẫu)"
    staff = (
        accounts.admin_account(f"quantri-gdtx-{short.lower()}", f"Quản trị trung tâm {short}"),
        accounts.homeroom_teacher(f"gvcn-gdtx-{short.lower()}", f"Giáo viên chủ nhiệm {CLASS}", CLASS),
    )
    dice = dice_of(code, CLASS)
    cohort = gdtx_cohort(dice, register, size, (school_year, number), stage=stage)
    _leave_unrated(cohort.students)
    classes: tuple[ClassLoad, ...] = (class_load(CLASS, "12", cohort.students),)
    return SchoolLoad(code, name, GDTX, accounts.DEPARTMENT, school_year, classes, staff, stage)


def gdtx_cohort(dice: Random, register: Register, size: int, home: tuple[str, int], *, stage: int) -> Cohort:
    """A class of learners, a few of them grown up, as far as the stage asks; `home` is the year and the school's number."""
    school_year, school_number = home
    people = _learners(dice, register, size, int(school_year[:4]) - 17)
    students = profiles_only(dice, register, people, school_number)
    for person, student in zip(people, students, strict=True):
        if person.born.year in ADULTS.values():
            student.sheets[PROFILE].pop("youth_union", None)
    cohort = Cohort(GDTX, school_year, students)
    if stage == 1:
        cohort.terms = STAGE1_TERMS
    electives = [{grade: _electives(school_year, grade, place) for grade in GRADES} for place in range(size)]
    for student, own in zip(students, electives, strict=True):
        student.sheets[PROFILE] |= _choice_cells(school_year, own)
    tables = [
        {grade: timetable(GDTX, year_of_grade(school_year, grade), grade, keys) for grade, keys in own.items()}
        for own in electives
    ]
    fill_years(dice, cohort, tables)
    return cohort


def _learners(dice: Random, register: Register, size: int, birth_year: int) -> list[Person]:
    people = [at_home(dice, person) for person in invented_people(dice, register, size, birth_year)]
    for place, born in ADULTS.items():
        if place < size:
            people[place] = older(dice, register, people[place], born)
    return people


def _electives(school_year: str, grade: str, place: int) -> tuple[str, ...]:
    """What a learner studies beside what all do."""
    language = () if place in _NO_LANGUAGE else (LANGUAGE,)
    if not programme_for(GDTX, year_of_grade(school_year, grade), grade).chosen:
        return (*language, *(() if place in _NO_CIVICS else ("civics",)))
    return (*(_SCIENCES if place in _SCIENCE_PLACES else _CHOSEN), *language, *_ON_REQUEST)


def _choice_cells(school_year: str, own: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Profile cells: the subjects chosen in each grade, where the programme lets choose."""
    programmes = {grade: programme_for(GDTX, year_of_grade(school_year, grade), grade) for grade in own}
    return {
        study_key(grade, ELECTIVES): in_order(programmes[grade], keys)
        for grade, keys in own.items()
        if programmes[grade].chosen
    }


def _leave_unrated(students: list[Student]) -> None:
    for place in (*UNRATED_WITH_WORD, UNRATED):
        for grade in GRADES:
            cells = students[place].sheets[grade]
            for key in [f"conduct_rating.{term}" for term in Term if f"conduct_rating.{term}" in cells]:
                del cells[key]
                if place in UNRATED_WITH_WORD:
                    cells[key] = _WHY_UNRATED
