"""What is measured: invented classes of full size, as the service, a workbook and a sender see them."""

from __future__ import annotations

from functools import cache

from server.demo.classes import class_load
from server.demo.gdtx_centres import gdtx_cohort
from server.demo.generator import generate_schools
from server.demo.later_classes import Cohort
from server.demo.people import Register, dice_of
from server.demo.school_2018 import WAYS, invented_cohort
from server.loading import ClassLoad, SchoolLoad
from shared.layout import GRADES
from shared.merge import RowChange
from shared.programmes import GDTX, THPT
from shared.records import ClassData, ClassInfo, ClassKey, Record, Snapshot, sheets_of
from shared.sync_api import RIGHTS
from workbooks.state import State

AS_OF = "2023-04-03T01:00:00Z"


@cache
def school(classes: int = 1, students: int = 45) -> SchoolLoad:
    """A school whose classes have all results of all three years."""
    return next(generate_schools(1, classes, students, stage=2))


@cache
def school_2018(students: int = 45) -> SchoolLoad:
    """A school of TT22 whose one class has all results of all three years; its students have chosen in three ways."""
    dice, register = dice_of("bench", THPT, students), Register()
    ways = [dict.fromkeys(GRADES, electives) for electives in WAYS]
    cohort = invented_cohort(dice, register, students, lambda place: ways[place % len(ways)])
    return _school("THPT-2018", THPT, cohort)


@cache
def centre(school_year: str, students: int = 45) -> SchoolLoad:
    """A GDTX centre whose one class has all results of all three years."""
    dice = dice_of("bench", GDTX, school_year, students)
    return _school("GDTX", GDTX, gdtx_cohort(dice, Register(), students, (school_year, 999), stage=2))


def _school(code: str, level: str, cohort: Cohort) -> SchoolLoad:
    classes = (class_load("12A1", "12", cohort.students),)
    return SchoolLoad(code, "Trường đo", level, "Sở", cohort.school_year, classes, stage=2)


def state(loaded: ClassLoad, owner: SchoolLoad) -> State:
    """The class as a workbook that was just pulled remembers it."""
    info = ClassInfo(ClassKey(owner.code, owner.school_year, loaded.name), owner.name, owner.level, owner.stage)
    records = {key: Record(cells, 1) for key, cells in loaded.records.items()}
    return State(Snapshot(info, 1, AS_OF, loaded.roster, records, rights=frozenset(RIGHTS)), AS_OF)


def data(owner: SchoolLoad) -> ClassData:
    """The first class of a school as the checks see it."""
    return sheets_of(state(owner.classes[0], owner).base)


def first_send(loaded: ClassLoad) -> tuple[RowChange, ...]:
    """Every result of a class, sent for the first time: 135 rows of a class of 45."""
    return tuple(
        RowChange(sheet, code, {key: (None, value) for key, value in cells.items()})
        for (sheet, code), cells in loaded.records.items()
        if sheet in GRADES
    )


def five_cells(loaded: ClassLoad, turn: int) -> tuple[RowChange, ...]:
    """The conduct of five students, changed back and forth so that every turn changes all five."""
    key = "conduct_rating.semester_1"
    changes = []
    for code in loaded.roster[:5]:
        before = loaded.records["11", code][key]
        values = (before, "TB")
        changes.append(RowChange("11", code, {key: (values[turn % 2], values[1 - turn % 2])}))
    return tuple(changes)
