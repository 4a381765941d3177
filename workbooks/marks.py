"""Which cells a check colours, and by which conditional rules. Pure.

A rule names the students by their codes, and so goes along when the rows are sorted. A cell that no code tells apart (a
header, a row without a code, a code that stands twice) is marked at its address, while the same code stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.cells import raw_text
from shared.columns import STUDENT_CODE
from shared.problems import Code, Finding, Severity
from shared.records import Sheet
from workbooks.xml_cells import column_areas, letters, split_reference

MARK = "kqht:mark:"  # stands in the formula of our marks, and so tells them from the user's own rules
_CODES = 200  # students in one rule: a formula holds 8192 characters
Place = tuple[int, int]  # row from 1, column from 0


class Mark(StrEnum):
    """The colours, the worst first."""

    ERROR = "error"
    CONFLICT = "conflict"
    LOCKED = "locked"
    WARNING = "warning"


_ORDER = {mark: number for number, mark in enumerate(Mark)}
_SPECIAL = {Code.CONFLICT: Mark.CONFLICT, Code.LOCKED: Mark.LOCKED}
_USUAL = {Severity.ERROR: Mark.ERROR, Severity.WARNING: Mark.WARNING}


@dataclass(frozen=True, slots=True)
class MarkRule:
    """A colour, the cells it reaches over and the formula that says which of them have it."""

    mark: Mark
    area: str
    formula: str


def mark_rules(sheet: Sheet, findings: Iterable[Finding]) -> tuple[MarkRule, ...]:
    """The rules that mark the cells of a sheet, each cell in the colour of the worst that was found in it."""
    marked = _marked(sheet.layout.title, findings)
    students = _students(sheet)
    found: list[MarkRule] = []
    for mark in Mark:
        places = [place for place, worst in sorted(marked.items()) if worst is mark]
        found += _of_students(mark, sheet, students, [place for place in places if place[0] in students])
        found += _of_addresses(mark, sheet, [place for place in places if place[0] not in students])
    return tuple(found)


def _marked(title: str, findings: Iterable[Finding]) -> dict[Place, Mark]:
    marked: dict[Place, Mark] = {}
    for finding in findings:
        mark = _SPECIAL.get(finding.code) or _USUAL.get(finding.severity)
        if mark is not None and finding.cell and finding.sheet == title:
            place = split_reference(finding.cell)
            marked[place] = min(mark, marked.get(place, mark), key=_ORDER.__getitem__)
    return marked


def _students(sheet: Sheet) -> Mapping[int, str]:
    """The codes of the rows that a formula can tell by their code."""
    seen = Counter(row.student_code for row in sheet.rows)
    return {
        row.number: row.student_code
        for row in sheet.rows
        if row.student_code and seen[row.student_code] == 1 and row.cells.get(STUDENT_CODE) == row.student_code
    }


def _of_students(mark: Mark, sheet: Sheet, students: Mapping[int, str], places: list[Place]) -> Iterator[MarkRule]:
    """One rule for all columns in which the same students are marked."""
    by_column: dict[int, list[str]] = {}
    for row, at in places:
        by_column.setdefault(at, []).append(students[row])
    columns: dict[tuple[str, ...], list[int]] = {}
    for at, codes in sorted(by_column.items()):
        for start in range(0, len(codes), _CODES):
            columns.setdefault(tuple(codes[start : start + _CODES]), []).append(at)
    if not columns:
        return
    first, last = min(students), max(students)
    place = f"${letters(sheet.columns[STUDENT_CODE])}{first}"
    for group, found in columns.items():
        yield MarkRule(mark, column_areas(found, first, last), _formula(mark, place, group))


def _of_addresses(mark: Mark, sheet: Sheet, places: list[Place]) -> Iterator[MarkRule]:
    codes = {row.number: raw_text(row.cells.get(STUDENT_CODE)) for row in sheet.rows}
    by_row: dict[int, list[int]] = {}
    for row, at in places:
        by_row.setdefault(row, []).append(at)
    for row, columns in by_row.items():
        code = f'${letters(sheet.columns[STUDENT_CODE])}{row}&""={_quoted(codes[row])}' if row in codes else "TRUE"
        yield MarkRule(mark, column_areas(columns, row, row), f"OR(N({_name(mark)}),{code})")


def _formula(mark: Mark, place: str, codes: Iterable[str]) -> str:
    tests = ",".join(f"{place}={_quoted(code)}" for code in codes)
    return f"OR(N({_name(mark)}),{tests})"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _name(mark: Mark) -> str:
    return f'"{MARK}{mark}"'
