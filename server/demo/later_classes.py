"""Invented classes of any programme: learners who live where no commune was merged, and their years by their timetables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from server.demo.classes import STAGE2_TERMS, Student
from server.demo.marks import SheetColumns, Words, YearMarks, draw_conduct, draw_year, year_cells
from server.demo.people import HOME_PROVINCE, Person, Place, Register, wards_of
from server.demo.timetables import Timetable
from shared.columns import Kind, Term
from shared.layout import GRADES, year_of_grade
from shared.programmes import programme_for

# Districts of the guide's city whose communes are the same in the lists of 2023 and of January 2025
_DISTRICTS = {"Quận Hải An": 5, "Huyện An Lão": 3, "Quận Đồ Sơn": 2, "Huyện Cát Hải": 1}
Tables = Mapping[str, Timetable]  # by grade


@dataclass(frozen=True, slots=True)
class Year:
    """What was drawn for a student in a grade, before it became cells."""

    table: Timetable
    marks: YearMarks
    conduct: Words

    def cells(self, terms: Sequence[Term]) -> dict[str, str]:
        """Its cells for the terms that are over."""
        return year_cells(self.table, self.marks, self.conduct, terms)


@dataclass(slots=True)
class Cohort:
    """A class being invented: its students, and what was drawn for each in each grade."""

    level: str
    school_year: str
    students: list[Student]
    years: dict[tuple[int, str], Year] = field(default_factory=dict)
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=lambda: STAGE2_TERMS)

    def write(self, place: int, grade: str, year: Year) -> None:
        """Give a student a year."""
        self.years[place, grade] = year
        self.students[place].sheets[grade] = year.cells(self.terms[grade])


def at_home(dice: Random, person: Person) -> Person:
    """The person with a home that is named alike in every list of communes from 2023 to June 2025."""
    district = dice.choices(list(_DISTRICTS), list(_DISTRICTS.values()))[0]
    home: Place = (HOME_PROVINCE, district, dice.choice(wards_of(HOME_PROVINCE)[district]))
    return replace(person, home=home)


def older(dice: Random, register: Register, person: Person, birth_year: int) -> Person:
    """The person born in another year, with a number that says so."""
    born = dt.date(birth_year, 1, 1) + dt.timedelta(days=dice.randrange(365))
    return replace(person, born=born, national_id=register.national_id(dice, person.sex, born))


def class_order(level: str, school_year: str, grade: str) -> tuple[str, ...]:
    """The scored subjects of a class in a grade, in sheet order."""
    programme = programme_for(level, year_of_grade(school_year, grade), grade)
    return tuple(s.key for s in programme.subjects if s.kind is Kind.SCORE and s.in_average)


def fill_years(dice: Random, cohort: Cohort, tables: Sequence[Tables]) -> None:
    """Three years of every student by the student's own timetables."""
    abilities = [min(max(dice.gauss(74, 8), 56), 91) for _ in cohort.students]
    for grade in GRADES:
        columns = SheetColumns(class_order(cohort.level, cohort.school_year, grade))
        for place, ability in enumerate(abilities):
            table = tables[place][grade]
            marks = draw_year(dice, ability, table, columns)
            cohort.write(place, grade, Year(table, marks, draw_conduct(dice, ability, table)))
