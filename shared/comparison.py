"""The cells of a repair with before and after side by side: a line a subject, or a line a student."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.cells import from_cell, shown
from shared.columns import TERM_HEADERS, Column
from shared.records import Row, Sheet

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedCell:
    """One cell that a repair changes, before and after."""

    row: int  # in the spreadsheet, from 1
    student_code: str | None  # None for a row that has lost its code
    column: str  # the column's key on its sheet
    cell: str  # A1 address, empty when the column is gone
    before: str | None  # as the cell shows it
    after: str | None  # canonical; None clears
    shown: str | None  # the same as the cell will show it


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """Neighbouring cells before and after; a blank cell is an empty text."""

    label: str
    cell: str  # address of the first cell that changes
    student_code: str
    before: Texts
    after: Texts

    @property
    def changed(self) -> tuple[bool, ...]:
        """Which of the cells change."""
        return tuple(before != after for before, after in zip(self.before, self.after, strict=True))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cells of a repair in their surroundings: the headers of the columns, and the lines."""

    by_student: bool  # a line a student; otherwise a line a subject of one student
    headers: Texts
    lines: tuple[ComparedLine, ...]


def compare(sheet: Sheet, cells: Sequence[OfferedCell], names: Mapping[int, str]) -> Comparison:
    """Some cells side by side; subjects and students without any are left out. `names` are the students' by row."""
    by_row: dict[int, dict[str, OfferedCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, {})[cell.column] = cell
    rows = {row.number: row for row in sheet.rows}
    columns = _columns(sheet, cells)
    if len(by_row) == 1:
        ((number, changes),) = by_row.items()
        lines = tuple(_subjects(sheet, columns, rows[number], changes))
        return Comparison(by_student=False, headers=tuple(TERM_HEADERS.values()), lines=lines)
    lines = tuple(_line(names[number], columns, rows[number], changes) for number, changes in by_row.items())
    return Comparison(by_student=True, headers=tuple(column.words for column in columns), lines=lines)


def _columns(sheet: Sheet, cells: Iterable[OfferedCell]) -> tuple[Column, ...]:
    keys = {cell.column for cell in cells}
    return tuple(column for column in sheet.layout.columns if column.key in keys)


def _subjects(
    sheet: Sheet, columns: Iterable[Column], row: Row, changes: Mapping[str, OfferedCell]
) -> Iterator[ComparedLine]:
    """A line for each subject that changes, with all its terms; the language's name has a line of its own."""
    for subject, named in dict.fromkeys((column.subject, column.term is None) for column in columns):
        group = [c for c in sheet.layout.stored if (c.subject, c.term is None) == (subject, named)]
        yield _line(group[0].header if named else group[0].group, group, row, changes)


def _line(label: str, columns: Sequence[Column], row: Row, changes: Mapping[str, OfferedCell]) -> ComparedLine:
    before, after = [], []
    for column in columns:
        change = changes.get(column.key)
        standing = change.before if change else shown(column, from_cell(column, row.cells.get(column.key)))
        before.append(standing or "")
        after.append((change.shown if change else standing) or "")
    first = next(changes[column.key].cell for column in columns if column.key in changes)
    return ComparedLine(label, first, row.student_code or "", tuple(before), tuple(after))
