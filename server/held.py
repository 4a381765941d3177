"""What a class holds of the students that a submission names, and what a submission makes of it: plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from server.callers import FoundClass
from shared.columns import Period
from shared.layout import GRADES, PROFILE, SheetLayout, sheet_layout
from shared.locks import locked_keys
from shared.merge import Change, Gate
from shared.records import Cells, Lock, RecordKey
from shared.studies import STUDY_PREFIX
from shared.sync_api import PROFILE_RIGHT, RESULTS_RIGHT

SHEETS = (PROFILE, *GRADES)
Blanks = Mapping[Period | None, int]
_TOLD = f'"{STUDY_PREFIX}'  # stands in the JSON of every profile that says how a grade was studied
_NOTHING: Cells = {}


class Held(NamedTuple):
    """A record as it stands in the database: its blanks counted, its cells still JSON."""

    version: int
    missing_profile: int
    missing_hk1: int
    missing_hk2: int
    text: str

    @property
    def blanks(self) -> Blanks:
        """How many required cells are blank, as counted when the record was written."""
        return {None: self.missing_profile, Period.HK1: self.missing_hk1, Period.HK2: self.missing_hk2}

    @property
    def cells(self) -> dict[str, str]:
        """The record's cells."""
        found: dict[str, str] = orjson.loads(self.text)
        return found


@dataclass(frozen=True, slots=True)
class Holding:
    """The part of a class that a submission touches: its locks, and the students named with all their records."""

    found: FoundClass
    locks: Sequence[Lock]
    students: frozenset[str]
    records: Mapping[RecordKey, Held]

    def layout(self, sheet: str) -> SheetLayout:
        """The layout of one of the class's sheets."""
        return sheet_layout(self.found.info.level, self.found.info.key.school_year, sheet)

    def gate(self, sheet: str) -> Gate:
        """The columns of a sheet that may not be written now, whatever is sent."""
        layout = self.layout(sheet)
        right = PROFILE_RIGHT if sheet == PROFILE else RESULTS_RIGHT
        locked = locked_keys(layout, self.locks)
        if right not in self.found.rights:
            return Gate(locked, frozenset(layout.index))
        return Gate(
            locked, frozenset(column.key for column in layout.columns if not (column.stored and column.editable))
        )

    def told(self, student_code: str) -> Cells:
        """A student's profile, if it says how a grade was studied; no profile that does not is looked into."""
        held = self.records.get((PROFILE, student_code))
        return held.cells if held and _TOLD in held.text else _NOTHING


@dataclass(frozen=True, slots=True)
class Edit:
    """A record as a submission leaves it, and its changed cells."""

    sheet: str
    student_code: str
    version: int
    cells: Cells
    changes: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Write(Edit):
    """A record to be written, counted."""

    school_year: str  # in which the student was in this grade
    blanks: Blanks
