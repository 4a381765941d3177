"""The rows of students of one sheet: by code, with what could not be read left as it was pulled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from shared.cells import LegacyText, clean_text, from_cell, raw_text
from shared.columns import CLASS_NAME, STATUS, STUDENT_CODE, Kind
from shared.layout import SheetLayout
from shared.problems import Code, Severity
from shared.records import Row, Sheet, Snapshot, a1
from workbooks import words
from workbooks.grids import Grid
from workbooks.headers import Headers, find_headers
from workbooks.notes import Notes
from workbooks.oddities import Area, Oddities
from workbooks.sheet_plan import identity_cells

_NO_STUDENT = frozenset({"position", CLASS_NAME, STATUS})  # filled in, they do not make a row a student's
_DAYS_TO_1904 = 1_462
_NO_WORDS = _NO_STUDENT | {STUDENT_CODE}  # whatever their font


@dataclass(frozen=True, slots=True)
class SheetSource:
    """What a sheet is read from."""

    layout: SheetLayout
    grid: Grid
    odd: Oddities
    base: Snapshot


def read_sheet(source: SheetSource, notes: Notes) -> Sheet | None:
    """The sheet's rows, or None when its rows cannot be told apart; what is odd goes to `notes`."""
    headers = find_headers(source.layout, source.grid)
    if headers is None:
        code = next(column for column in source.layout.columns if column.key == STUDENT_CODE)
        notes.add(Code.TPL_COLUMNS, column=code, what=words.COLUMN_MISSING, names=code.words)
        return None
    note_headers(headers, notes)
    return _SheetReader(source, headers, notes).read()


def note_headers(headers: Headers, notes: Notes) -> None:
    """Say what is odd about the columns: missing, twice there, moved, unknown."""
    above = headers.first - 1
    for column in headers.missing:
        severity = Severity.ERROR if column.stored else Severity.INFO
        notes.add(Code.TPL_COLUMNS, column=column, severity=severity, what=words.COLUMN_MISSING, names=column.words)
    for column, first, second in headers.twice:
        places = words.TWO_PLACES.format(first=a1(above, first), second=a1(above, second))
        cell = a1(above, second)
        notes.add(Code.TPL_COLUMNS, cell, column=column, what=words.COLUMN_TWICE, names=f"{column.words} {places}")
    if headers.moved:
        names = ", ".join(f"{c.words} → {a1(above, headers.columns[c.key])}" for c in headers.moved)
        cell = a1(above, headers.columns[headers.moved[0].key])
        text = words.COLUMN_MOVED.format(sheet=notes.title, names=names)
        notes.add(Code.TPL_COLUMNS, cell, column=headers.moved[0], severity=Severity.INFO, text=text)
    if headers.extra:
        names = ", ".join(f"{label} ({a1(above, at)})" for at, label in headers.extra)
        text = words.COLUMN_EXTRA.format(sheet=notes.title, names=names)
        notes.add(Code.TPL_COLUMNS, a1(above, headers.extra[0][0]), severity=Severity.INFO, text=text)


class _SheetReader:
    """The rows below the headers of one sheet."""

    def __init__(self, source: SheetSource, headers: Headers, notes: Notes) -> None:
        self.source, self.headers, self.notes = source, headers, notes
        self.odd = source.odd
        self.code_at = headers.columns[STUDENT_CODE]
        columns = {column.key: column for column in source.layout.columns}
        self.column_at = {at: columns[key] for key, at in headers.columns.items()}
        self.unread = self._unread()
        self.legacy = self._legacy()
        self.ghosts: list[int] = []

    def read(self) -> Sheet:
        """The sheet, with everything odd about its rows noted."""
        rows = tuple(self._rows())
        students = {row.number: row.student_code for row in rows}
        self._note_cells(students)
        for row in rows:
            if row.student_code is None and not self._holds_results(row):
                self.notes.add(Code.MOET_ID, a1(row.number, self.code_at), column=self.column_at[self.code_at])
        self._note_some(Code.TPL_GHOST, self.ghosts)
        self._note_some(Code.TPL_HIDDEN_ROWS, sorted(self.odd.hidden_rows & students.keys()))
        return Sheet(self.source.layout, rows, self.headers.columns)

    def _rows(self) -> Iterator[Row]:
        keys = (*self.headers.columns, STUDENT_CODE)
        pick = itemgetter(*self.headers.columns.values(), self.code_at)  # never one column only: always a tuple
        first = self.headers.first
        for number, values in enumerate(self.source.grid[first - 1 :], first):
            cells = {key: None if value == "" else value for key, value in zip(keys, pick(values), strict=True)}
            code = clean_text(raw_text(cells[STUDENT_CODE])) or None
            if self.odd.from_1904:
                self._count_from_1900(cells)
            if number in self.legacy:
                self._note_fonts(cells, code, self.legacy[number])
            odd_columns = self.unread.get(number)
            if odd_columns:
                self._restore(cells, code, odd_columns)
            if code is not None or odd_columns or _holds_values(cells):
                yield Row(code, number, cells)
            elif any(value is not None for value in cells.values()):
                self.ghosts.append(number)

    def _holds_results(self, row: Row) -> bool:
        """Whether a row without a code holds values of its own; the checks speak of such a row themselves."""
        return any(row.cells.get(key) is not None for key in self.source.layout.by_key)

    def _unread(self) -> Mapping[int, set[int]]:
        """Columns by row whose cells show nothing although nobody emptied them."""
        places = {*self.odd.empty_formulas, *self.odd.errors}
        for area in self._merged():
            top, left, bottom, right = area
            rows = range(max(top, self.headers.first), min(bottom, len(self.source.grid)) + 1)
            places |= {(row, at) for row in rows for at in range(left, right + 1)} - {(top, left)}
        found: dict[int, set[int]] = {}
        for row, at in places:
            if row >= self.headers.first and at in self.column_at:
                found.setdefault(row, set()).add(at)
        return found

    def _merged(self) -> list[Area]:
        return [area for area in self.odd.merged if area[2] >= self.headers.first]

    def _count_from_1900(self, cells: dict[str, Any]) -> None:
        """Days that have lost their date format, numbered as everywhere else; dates that have it are read as such."""
        for column in self.source.layout.stored:
            day = cells.get(column.key)
            if column.kind in {Kind.DATE, Kind.SCORE} and isinstance(day, float) and 9_999 < day < 100_000:
                cells[column.key] = day + _DAYS_TO_1904

    def _legacy(self) -> Mapping[int, dict[str, LegacyText]]:
        """The texts in old fonts by row and column key."""
        found: dict[int, dict[str, LegacyText]] = {}
        for (row, at), text in self.odd.legacy.items():
            if at in self.column_at and self.column_at[at].key not in _NO_WORDS:
                found.setdefault(row, {})[self.column_at[at].key] = text
        return found

    def _note_fonts(self, cells: dict[str, Any], code: str | None, texts: Mapping[str, LegacyText]) -> None:
        """Read texts as their fonts show them; what was pulled is Unicode whatever font it has been given since."""
        sheet, base = self.source.layout, self.source.base
        pulled = {**identity_cells(base, code or ""), **base.cells(sheet.key, code or "")}
        columns = {column.key: column for column in sheet.columns}
        cells.update((key, t) for key, t in texts.items() if from_cell(columns[key], str(t)) != pulled.get(key))

    def _restore(self, cells: dict[str, Any], code: str | None, unread: set[int]) -> None:
        """Give unreadable cells the value they were pulled with, so that they are not taken for emptied ones."""
        base = self.source.base.cells(self.source.layout.key, code or "")
        for at in unread - {self.code_at}:
            key = self.column_at[at].key
            if key in base:
                cells[key] = base[key]
            else:
                del cells[key]

    def _note_cells(self, students: Mapping[int, str | None]) -> None:
        for row, at in sorted(self.odd.empty_formulas):
            self._note_cell(Code.TPL_FORMULA_EMPTY, row, at, students, severity=Severity.ERROR)
        for (row, at), text in sorted(self.odd.errors.items()):
            self._note_cell(Code.TPL_FORMULA_ERR, row, at, students, what=text)
        for top, left, bottom, right in self._merged():
            if students.keys() & set(range(top, bottom + 1)):
                area = f"{a1(top, left)}:{a1(bottom, right)}"
                self._note_cell(Code.TPL_MERGED, top, left, students, within=area)

    def _note_cell(self, code: Code, row: int, at: int, students: Mapping[int, str | None], **params: Any) -> None:
        if code is Code.TPL_MERGED or (row in students and at in self.column_at):
            self.notes.add(code, a1(row, at), column=self.column_at.get(at), student=students.get(row), **params)

    def _note_some(self, code: Code, numbers: list[int]) -> None:
        if numbers:
            self.notes.add(code, a1(numbers[0], self.code_at), count=len(numbers))


def _holds_values(cells: Mapping[str, Any]) -> bool:
    return any(
        value is not None and key not in _NO_STUDENT and clean_text(raw_text(value)) for key, value in cells.items()
    )
