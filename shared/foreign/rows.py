"""The rows of a foreign table as their identity columns tell them; totals, signatures and repeated headers told apart."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from shared.cells import clean_text, fold, from_cell, raw_text
from shared.columns import Column
from shared.foreign.mapping import SheetMapping
from shared.foreign.meanings import plain_words
from shared.foreign.students import LeftOut, Reason, SourceRow
from shared.foreign.tables import data_rows
from shared.foreign.words import CARDS, FOOTERS, GIVEN_NAME, SURNAME


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's rows: those of students, and those that are no student's."""

    students: tuple[SourceRow, ...]
    others: tuple[LeftOut, ...]


class RowReader:
    """Reads the identity columns of one table."""

    def __init__(self, mapping: SheetMapping, birth: Column, known: Container[str]) -> None:
        self.mapping, self.birth, self.known = mapping, birth, known  # folded names of the class: surely no footers
        self.names = mapping.fields("full_name")
        if not self.names:
            self.names = (*mapping.fields(SURNAME), *mapping.fields(GIVEN_NAME))
        elif mapping.fields(GIVEN_NAME) and not mapping.fields(SURNAME):
            self.names = (*self.names, *mapping.fields(GIVEN_NAME))  # “Họ và tên” above the first of two columns
        self.ids = tuple(at for key in ("student_code", *CARDS) for at in mapping.fields(key))
        self.births, self.classes = mapping.fields("birth_date"), mapping.fields("class_name")
        self.values = tuple(c.column.at for c in mapping.taken)
        self.headers = {fold(c.column.path[-1]) for c in mapping.columns if c.field}

    def read(self) -> Rows:
        """All rows below the header that hold anything."""
        students, others = [], []
        for index, values in data_rows(self.mapping.table):
            row = self._row(index, values)
            if self._repeats_header(values) or self._numbers_columns(values):
                continue
            if reason := self._no_student(row, values):
                others.append(LeftOut(row, reason))
            else:
                students.append(row)
        return Rows(tuple(students), tuple(others))

    def _row(self, index: int, values: Sequence[Any]) -> SourceRow:
        born = from_cell(self.birth, values[self.births[0]]) if self.births and self.births[0] < len(values) else None
        ids = tuple(text for at in self.ids if (text := _text(values, at)))
        class_name = _text(values, self.classes[0]) if self.classes else ""
        return SourceRow(index, ids, clean_text(" ".join(_text(values, at) for at in self.names)), born, class_name)

    def _repeats_header(self, values: Sequence[Any]) -> bool:
        """A header printed again on the next page."""
        naming = [text for at in (*self.names, *self.ids) if (text := fold(_text(values, at)))]
        return bool(naming) and all(text in self.headers for text in naming)

    def _numbers_columns(self, values: Sequence[Any]) -> bool:
        """The line `1 2 3 4 …` or `A B 1 2 …` under a header."""
        texts = [text for at in range(len(values)) if (text := _text(values, at).strip("()[]"))]
        naming = [_text(values, at).strip("()[]") for at in self.names]
        return (
            len(texts) > 3 and all(len(text) <= 2 for text in texts) and all(t.isdigit() or len(t) < 2 for t in naming)
        )

    def _no_student(self, row: SourceRow, values: Sequence[Any]) -> Reason | None:
        if fold(row.name) in self.known:
            return None
        begins = plain_words(row.name or next(filter(None, (_text(values, at) for at in range(len(values)))), ""))
        counted = any(_text(values, at).isdigit() for at in self.mapping.fields("position"))
        told = counted or bool(row.ids) or row.birth is not None
        if any(begins == footer or begins.startswith(f"{footer} ") for footer in FOOTERS) and not (told and row.name):
            return Reason.NO_STUDENT
        valued = any(_text(values, at) for at in self.values)
        if not row.name and not row.ids:
            return Reason.NO_NAME if valued and counted else Reason.NO_STUDENT
        return None if told or valued else Reason.NO_STUDENT


def _text(values: Sequence[Any], at: int) -> str:
    if at >= len(values) or values[at] == "" or values[at] is None:
        return ""
    return clean_text(raw_text(values[at]))
