"""Invented classes: a register of students, their profiles and their three years, made into what is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from server.demo.names import register_order
from server.demo.people import Person, Register, invented_person, profile_cells
from server.demo.scores import TERMS, ClassColumns, Marks, conduct, draw_year, result_cells
from server.loading import ClassLoad
from shared.cells import score_tenths
from shared.columns import Term
from shared.layout import GRADES, PROFILE
from shared.programmes import SUBJECTS_2006
from shared.records import Lock

Given = Mapping[tuple[int, str], Mapping[str, str]]  # (place in the register, grade) → cells that the guide prints
STAGE1_TERMS: Mapping[str, tuple[Term, ...]] = {"10": TERMS, "11": TERMS, "12": TERMS[:1]}
STAGE2_TERMS: Mapping[str, tuple[Term, ...]] = {"10": TERMS, "11": TERMS, "12": TERMS}
COHORT = {"10": 2007, "11": 2006, "12": 2005}  # year of birth by grade in 2022-2023


@dataclass(slots=True)
class Student:
    """A student with what has been entered: a sheet's cells by column."""

    code: str
    sheets: dict[str, dict[str, str]] = field(default_factory=dict)


def invented_people(
    dice: Random, register: Register, size: int, birth_year: int, given_sex: Mapping[int, str] | None = None
) -> list[Person]:
    """A class in the order of its register, no two names the same; `given_sex` says whom the guide shows where."""
    while True:
        found: dict[str, Person] = {}
        while len(found) < size:
            person = invented_person(dice, register, birth_year)
            found.setdefault(person.name, person)
        people = sorted(found.values(), key=lambda person: register_order(person.name))
        if all(people[place].sex == sex for place, sex in (given_sex or {}).items()):
            return people


def profiles_only(dice: Random, register: Register, people: Iterable[Person], school_number: int) -> list[Student]:
    """Students whose profiles alone have been entered."""
    return [Student(register.student_code(school_number), {PROFILE: profile_cells(dice, person)}) for person in people]


def add_results(
    dice: Random,
    students: Sequence[Student],
    given: Given | None = None,
    terms: Mapping[str, tuple[Term, ...]] = STAGE1_TERMS,
) -> None:
    """Fill in three years, as far as the stage asks; what the guide prints stands in place of what is invented."""
    abilities = [min(max(dice.gauss(73, 8), 55), 90) for _ in students]
    for grade in GRADES:
        columns = ClassColumns()
        for place, (student, ability) in enumerate(zip(students, abilities, strict=True)):
            printed = (given or {}).get((place, grade))
            if printed is None:
                marks = draw_year(dice, ability, terms[grade], columns)
                student.sheets[grade] = result_cells(marks, conduct(dice, ability, marks))
            else:
                student.sheets[grade] = dict(printed)
                columns.add(printed_marks(printed, terms[grade]))


def printed_marks(cells: Mapping[str, str], terms: Iterable[Term]) -> Marks:
    """The scores of the nine subjects in tenths as the guide prints them."""
    return {term: tuple(score_tenths(cells[f"{s.key}.{term}"]) or 0 for s in SUBJECTS_2006) for term in terms}


def class_load(name: str, grade: str, students: Sequence[Student], locks: tuple[Lock, ...] = ()) -> ClassLoad:
    """The class as it is loaded; a sheet on which nothing stands has no record."""
    records = {(sheet, s.code): cells for s in students for sheet, cells in s.sheets.items() if cells}
    return ClassLoad(name, grade, tuple(student.code for student in students), records, locks)
