"""Values that travel: records as kept, the snapshot of a class, rows as read from a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from shared.columns import PERIOD_NAMES, Period
from shared.layout import FIRST_ROW, SHEET_TITLES, SheetLayout, class_layouts

Cells = Mapping[str, str]  # column key → canonical value; a blank cell is absent
RecordKey = tuple[str, str]  # sheet key, student code


@dataclass(frozen=True, slots=True)
class ClassKey:
    """Which class: a school's code, a school year `2022-2023`, a class name `12A1`."""

    school: str
    school_year: str
    name: str


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """A class and what the rules need to know of it."""

    key: ClassKey
    school_name: str
    level: str  # THPT or GDTX
    stage: int = 1  # 1: grades 10, 11 and HK I of 12; 2: HK II and year of 12 too (guide 2.4)
    specialised: str | None = None  # the subject of a chuyên class, by key (TT58 art. 13)
    least_subjects: int | None = None  # how many subjects a level asks for, where the circular's number is not known
    chosen_subjects: int | None = None  # how many electives are chosen, where the circular's number is not known
    grade: str = "12"  # in which the class is now

    def layouts(self, grades: Iterable[str]) -> tuple[SheetLayout, ...]:
        """The sheets of this class: the profile, then the grades."""
        return class_layouts(self.level, self.key.school_year, tuple(grades))


@dataclass(frozen=True, slots=True)
class Record:
    """One student's cells on one sheet, and how often they have been changed."""

    cells: Cells
    version: int = 0


def block_title(grade: str, period: Period) -> str:
    """A grade's HK I or HK II - CN in words: `Lớp 10 HK I`."""
    return f"{SHEET_TITLES[grade]} {PERIOD_NAMES[period]}"


@dataclass(frozen=True, slots=True)
class Lock:
    """A completed block: a grade's HK I or HK II - CN of the class, when and by whom (guide 2.3)."""

    grade: str
    period: Period
    at: str  # ISO 8601, UTC
    by: str

    @property
    def title(self) -> str:
        """The block in words: `Lớp 10 HK I`."""
        return block_title(self.grade, self.period)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One accepted change of one record: before and after of its changed cells."""

    sheet: str
    student_code: str
    at: str
    by: str
    source: str  # workbook, undo, import, demo
    send_id: str
    changes: Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A class as the service holds it at one moment."""

    info: ClassInfo
    version: int
    as_of: str
    roster: tuple[str, ...]  # student codes in class order
    records: Mapping[RecordKey, Record]
    locks: tuple[Lock, ...] = ()
    rights: frozenset[str] = frozenset()
    history: tuple[HistoryEntry, ...] = ()
    grades: tuple[str, ...] = ("10", "11", "12")

    def cells(self, sheet: str, student_code: str) -> Cells:
        """A record's cells, empty when nothing has been entered."""
        record = self.records.get((sheet, student_code))
        return record.cells if record else {}


@dataclass(frozen=True, slots=True)
class Row:
    """A student's row as it stands on a sheet: raw cells by column key, and its number in the spreadsheet.

    A key with None is a cell that is blank; a key that is not there is a cell that could not be read (its column is
    missing) and so was not emptied. `sheets_of` leaves blank cells out, for there nothing is unread.
    """

    student_code: str | None
    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: its rows of students and where each column stands (0 is A)."""

    layout: SheetLayout
    rows: tuple[Row, ...]
    columns: Mapping[str, int]


@dataclass(frozen=True)
class ClassData:
    """Everything the checks look at: the class, its roster and its sheets, whether from a workbook or from the service."""

    info: ClassInfo
    roster: tuple[str, ...]
    sheets: Mapping[str, Sheet]
    base_names: Mapping[str, str] = field(default_factory=dict)  # student code → full name as pulled
    base_births: Mapping[str, str] = field(default_factory=dict)  # student code → birth date as pulled

    def with_sheet(self, sheet: Sheet) -> ClassData:
        """The same class with one sheet replaced."""
        return replace(self, sheets={**self.sheets, sheet.layout.key: sheet})


def sheets_of(snapshot: Snapshot) -> ClassData:
    """A snapshot as its freshly written workbook would be read: same rows, same places."""
    names = {code: snapshot.cells("profile", code).get("full_name", "") for code in snapshot.roster}
    sheets = {}
    for layout in snapshot.info.layouts(snapshot.grades):
        rows = tuple(
            Row(code, FIRST_ROW + i, _shown_cells(snapshot, layout, code)) for i, code in enumerate(snapshot.roster)
        )
        sheets[layout.key] = Sheet(layout, rows, layout.index)
    return ClassData(snapshot.info, snapshot.roster, sheets, names, births_of(snapshot))


def births_of(snapshot: Snapshot) -> dict[str, str]:
    """The birth dates of a snapshot's students, by code."""
    cells = ((code, snapshot.cells("profile", code)) for code in snapshot.roster)
    return {code: profile["birth_date"] for code, profile in cells if "birth_date" in profile}


def _shown_cells(snapshot: Snapshot, layout: SheetLayout, code: str) -> Mapping[str, Any]:
    profile = snapshot.cells("profile", code)
    copied = {"full_name": profile.get("full_name"), "national_id": profile.get("national_id")}
    fixed = {"student_code": code, "class_name": snapshot.info.key.name}
    return {**fixed, **copied, **snapshot.cells(layout.key, code)}


def a1(row: int, column: int) -> str:
    """The address of a cell: row counted from 1, column from 0; `a1(3, 5)` is `F3`."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
