"""What is measured: invented classes of full size, as the service, a workbook and a sender see them."""

from __future__ import annotations

from functools import cache

from server.demo.generator import generate_schools
from server.loading import ClassLoad, SchoolLoad
from shared.layout import GRADES
from shared.merge import RowChange
from shared.records import ClassInfo, ClassKey, Record, Snapshot
from shared.sync_api import RIGHTS
from workbooks.state import State

AS_OF = "2023-04-03T01:00:00Z"


@cache
def school(classes: int = 1, students: int = 45) -> SchoolLoad:
    """A school whose classes have all results of all three years."""
    return next(generate_schools(1, classes, students, stage=2))


def state(loaded: ClassLoad, owner: SchoolLoad) -> State:
    """The class as a workbook that was just pulled remembers it."""
    info = ClassInfo(ClassKey(owner.code, owner.school_year, loaded.name), owner.name, owner.level, owner.stage)
    records = {key: Record(cells, 1) for key, cells in loaded.records.items()}
    return State(Snapshot(info, 1, AS_OF, loaded.roster, records, rights=frozenset(RIGHTS)), AS_OF)


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
