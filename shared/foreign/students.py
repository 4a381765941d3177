"""Whose row is it: by code, by personal number, by name and birth date, by a name that is unique; never by position."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.cells import clean_text, fold

_FULL = 12  # digits of a personal number


class How(StrEnum):
    """By what a row was given to a student."""

    CODE = "code"
    NUMBER = "number"
    NAME_AND_BIRTH = "name_and_birth"
    NAME = "name"


class Reason(StrEnum):
    """Why a row, a sheet or a part of a sheet is left out."""

    UNKNOWN = "unknown"  # no student of the class
    NAME_DIFFERS = "name_differs"  # the code's or the number's student bears another name
    BIRTH_DIFFERS = "birth_differs"
    SEVERAL = "several"  # students bear the name
    TWICE = "twice"  # rows of one student
    NAME_ONLY = "name_only"  # too few others of the sheet are in the class to trust a name alone
    OTHER_CLASS = "other_class"
    NO_STUDENT = "no_student"  # totals, signatures
    NO_NAME = "no_name"  # values and nobody they belong to
    NO_TABLE = "no_table"
    HIDDEN_SHEET = "hidden_sheet"
    NOBODY = "nobody"  # a sheet without any student of the class
    NO_GRADE_SHEET = "no_grade_sheet"  # the workbook has no sheet of that grade


@dataclass(frozen=True, slots=True)
class Student:
    """A student of the class as the rows may name them."""

    code: str
    name: str
    names: frozenset[str] = frozenset()  # folded, as pulled and as it stands
    numbers: frozenset[str] = frozenset()  # twelve digits
    birth: str | None = None  # yyyy-mm-dd


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as its identity columns tell it; `index` counts from 0, ids are as written."""

    index: int
    ids: tuple[str, ...] = ()
    name: str = ""
    birth: str | None = None
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """A row and its student."""

    row: SourceRow
    student: Student
    how: How


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken, and why; `other` is what it was taken for or contradicted by."""

    row: SourceRow
    reason: Reason
    other: str = ""


def number_of(text: str) -> str:
    """A personal number with its lost zeros put back, for comparing only: every prefix begins with 0 (RULEBOOK 4.1)."""
    digits = clean_text(text).replace(" ", "")
    return digits.zfill(_FULL) if digits.isascii() and digits.isdecimal() and _FULL - 2 <= len(digits) <= _FULL else ""


def class_key(text: str) -> str:
    """A class's name for comparing: `12 A1` and `12a1` are one."""
    return fold(text).removeprefix("lop")


class Roster:
    """The students of the class by everything that may name them."""

    def __init__(self, students: Iterable[Student]) -> None:
        self.students = tuple(students)
        self.by_code = {clean_text(s.code).casefold(): s for s in self.students}
        self.by_number = _unique((number, s) for s in self.students for number in s.numbers)
        self.by_name: dict[str, list[Student]] = defaultdict(list)
        for student in self.students:
            for name in student.names:
                self.by_name[name].append(student)

    def match(self, row: SourceRow, *, codes_are_ours: bool) -> Matched | LeftOut:
        """The student of one row."""
        for text in row.ids:
            if student := self.by_code.get(clean_text(text).casefold()):
                return self._agreed(row, student, How.CODE)
        for text in row.ids:
            if student := self.by_number.get(number_of(text)):
                return self._agreed(row, student, How.NUMBER)
        if codes_are_ours and row.ids:
            return LeftOut(row, Reason.UNKNOWN)
        return self._by_name(row)

    def knows(self, text: str) -> bool:
        """Whether an id as written is some student's code."""
        return clean_text(text).casefold() in self.by_code

    def _agreed(self, row: SourceRow, student: Student, how: How) -> Matched | LeftOut:
        if row.name and student.names and fold(row.name) not in student.names:
            return LeftOut(row, Reason.NAME_DIFFERS, student.name)
        return Matched(row, student, how)

    def _by_name(self, row: SourceRow) -> Matched | LeftOut:
        namesakes = self.by_name.get(fold(row.name), []) if row.name else []
        if not namesakes:
            return LeftOut(row, Reason.UNKNOWN)
        born = [s for s in namesakes if row.birth and s.birth == row.birth]
        if len(born) == 1:
            return Matched(row, born[0], How.NAME_AND_BIRTH)
        if len(namesakes) > 1:
            return LeftOut(row, Reason.SEVERAL, ", ".join(s.code for s in namesakes))
        if row.birth and namesakes[0].birth:
            return LeftOut(row, Reason.BIRTH_DIFFERS, namesakes[0].name)
        return Matched(row, namesakes[0], How.NAME)


def _unique(pairs: Iterable[tuple[str, Student]]) -> dict[str, Student]:
    found: dict[str, set[Student]] = defaultdict(set)
    for number, student in pairs:
        found[number].add(student)
    return {number: students.pop() for number, students in found.items() if len(students) == 1}


@dataclass(frozen=True, slots=True)
class Matching:
    """The rows of a sheet with a student, and those left out."""

    matched: tuple[Matched, ...]
    left: tuple[LeftOut, ...]


def match_rows(rows: Sequence[SourceRow], roster: Roster, own_class: str, titled: str | None) -> Matching:
    """Give every row its student; `own_class` is the class's name, `titled` the class that the sheet's title names.

    A name alone is trusted only where at least half of the rows of that class belong here, and where no other row of
    the sheet bears it.
    """
    ours = class_key(own_class)
    mine, left = [], []
    for row in rows:
        other = _other_class(class_key(row.class_name) or titled or "", ours)
        (left.append(LeftOut(row, Reason.OTHER_CLASS, row.class_name or titled or "")) if other else mine.append(row))
    codes_are_ours = any(roster.knows(text) for row in mine for text in row.ids)
    found = [roster.match(row, codes_are_ours=codes_are_ours) for row in mine]
    left += [item for item in found if isinstance(item, LeftOut)]
    matched, more = _trusted([item for item in found if isinstance(item, Matched)], mine)
    return Matching(matched, tuple(sorted((*left, *more), key=lambda item: item.row.index)))


def _other_class(name: str, ours: str) -> bool:
    """Whether a name is another class of the same year; `11a1` of a 12a1 is not, for classes are renamed every year."""
    return bool(name) and name != ours and name[:2] == ours[:2]


def _trusted(matched: Sequence[Matched], rows: Sequence[SourceRow]) -> tuple[tuple[Matched, ...], tuple[LeftOut, ...]]:
    size = Counter(class_key(row.class_name) for row in rows)
    hits = Counter(class_key(item.row.class_name) for item in matched)
    borne = Counter(fold(row.name) for row in rows)
    often = Counter(item.student.code for item in matched)
    good, left = [], []
    for item in matched:
        part = class_key(item.row.class_name)
        if often[item.student.code] > 1:
            left.append(LeftOut(item.row, Reason.TWICE, item.student.name))
        elif item.how is How.NAME and (borne[fold(item.row.name)] > 1 or hits[part] * 2 < size[part]):
            reason = Reason.SEVERAL if borne[fold(item.row.name)] > 1 else Reason.NAME_ONLY
            left.append(LeftOut(item.row, reason, item.student.name))
        else:
            good.append(item)
    return tuple(good), tuple(left)
