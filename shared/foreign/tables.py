"""Where the table of a foreign sheet stands: its header of one to three lines, the titles above, the rows below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shared.foreign.meanings import Element, Kind, Vocabulary
from shared.foreign.source import SourceSheet
from shared.foreign.words import NAMING

SEARCH_ROWS = 60  # titles above a table take a few lines
_UP, _DOWN = 2, 3  # header lines above and below the one that names the students
_NUMBER = re.compile(r"^[-+]?\d+(?:[.,]\d+)?$", re.ASCII)
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column by its header's texts, from the upper to the lowest; `guessed` when a group was carried over blanks."""

    at: int
    path: tuple[str, ...]
    guessed: bool = False

    @property
    def label(self) -> str:
        """The header in one line: `Toán/HK1`."""
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table of students: rows count from 0."""

    sheet: SourceSheet
    columns: tuple[HeaderColumn, ...]
    titles: tuple[str, ...]
    header: int  # its lowest header row
    first: int  # its first row of data


def find_table(sheet: SourceSheet, words: Vocabulary) -> Table | None:
    """The table of students, or None when no row's words name them."""
    return _Finder(sheet, words).table()


class _Finder:
    def __init__(self, sheet: SourceSheet, words: Vocabulary) -> None:
        self.sheet, self.words = sheet, words
        self._elements: dict[str, Element] = {}

    def table(self) -> Table | None:
        for row in range(min(SEARCH_ROWS, len(self.sheet.grid))):
            naming = self._naming(row)
            if naming and len(self._filled(row)) > 1:
                return self._around(row, naming)
        return None

    def _around(self, row: int, naming: frozenset[int]) -> Table:
        top = bottom = row
        while row - top < _UP and self._goes_above(top - 1, row, naming):
            top -= 1
        while bottom - row < _DOWN and self._is_header(bottom + 1, row, naming):
            bottom += 1
        columns = tuple(c for at in range(self.sheet.width) if (c := self._column(at, top, bottom)).path)
        titles = tuple(" ".join(texts) for r in range(top) if (texts := [t for _, t in self._filled(r)]))
        return Table(self.sheet, columns, titles, bottom, bottom + 1)

    @cached_property
    def _anchors(self) -> Mapping[Cell, Cell]:
        """Cells of merged areas near the top → the cell that holds their text."""
        last, width = min(SEARCH_ROWS + _DOWN, len(self.sheet.grid)), self.sheet.width
        found: dict[Cell, Cell] = {}
        for top, left, bottom, right in self.sheet.merged:
            for r in range(max(top, 0), min(bottom + 1, last)):
                found |= {(r, c): (top, left) for c in range(left, min(right + 1, width))}
        return found

    def _text(self, row: int, column: int) -> str:
        return self.sheet.text(*self._anchors.get((row, column), (row, column)))

    def _filled(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row that hold texts of their own."""
        return [(c, t) for c in range(len(self.sheet.grid[row])) if (t := self.sheet.text(row, c))]

    def _element(self, text: str) -> Element:
        if text not in self._elements:
            self._elements[text] = self.words.element(text)
        return self._elements[text]

    def _naming(self, row: int) -> frozenset[int]:
        """The columns whose text in this row says that they tell the students apart."""
        named = ((c, self._element(t)) for c, t in self._filled(row) if len(t) < 60)
        return frozenset(c for c, e in named if e.kind is Kind.FIELD and e.key in NAMING)

    def _goes_above(self, row: int, names: int, naming: frozenset[int]) -> bool:
        """Whether the row above belongs to the header: groups over the results, not a title from the left edge on."""
        if not self._is_header(row, names, naming):
            return False
        filled = [(c, self._element(text)) for c, text in self._filled(row)]
        titled = any(e.kind is Kind.UNKNOWN and c <= max(naming) for c, e in filled)
        return not titled and (len(filled) > 1 or filled[0][0] > min(naming))

    def _is_header(self, row: int, names: int, naming: frozenset[int]) -> bool:
        """Whether a row beside the one that names the students belongs to the header too."""
        filled = self._filled(row) if 0 <= row < len(self.sheet.grid) else []
        if not filled or any(_NUMBER.match(text) and len(text) > 1 for _, text in filled):
            return False
        if all(self._is_merged_with(row, names, c) for c in naming):
            return True
        blank = all(not self._text(row, c) or self._is_merged_with(row, names, c) for c in naming)
        return blank and (any(self._speaks(row, c, text) for c, text in filled) or self._fields(filled) > 1)

    def _speaks(self, row: int, column: int, text: str) -> bool:
        """Whether a text can only be a header's: a subject, a term, or with the one above it a field of the profile."""
        element = self._element(text)
        if element.kind in {Kind.SUBJECT, Kind.COMPONENT, Kind.LANGUAGE}:
            return True
        return (
            bool(element.term)
            if element.kind is Kind.NEUTRAL
            else self.words.is_pair(self._text(row - 1, column), text)
        )

    def _fields(self, filled: Sequence[tuple[int, str]]) -> int:
        return sum(self._element(text).kind is Kind.FIELD for _, text in filled)

    def _is_merged_with(self, row: int, names: int, column: int) -> bool:
        anchor = self._anchors.get((row, column))
        return anchor is not None and anchor == self._anchors.get((names, column))

    def _column(self, at: int, top: int, bottom: int) -> HeaderColumn:
        texts: list[str] = []
        guessed = False
        for row in range(top, bottom + 1):
            text = self._text(row, at)
            if not text and row < bottom and (row, at) not in self._anchors:
                text = self._carried(row, at, bottom)
                guessed = guessed or bool(text)
            if text and (not texts or texts[-1] != text):
                texts.append(text)
        return HeaderColumn(at, tuple(texts), guessed)

    def _carried(self, row: int, at: int, bottom: int) -> str:
        """The group to the left of a blank cell, where what stands below asks for one and nothing ends the group."""
        below = [e for r in range(row + 1, bottom + 1) if (t := self._text(r, at)) for e in [self._element(t)]]
        asks = {Kind.NEUTRAL, Kind.COMPONENT, Kind.LANGUAGE}
        if not below or any(e.kind not in asks for e in below):
            return ""
        left = next((c for c in range(at - 1, -1, -1) if self._text(row, c)), None)
        return "" if left is None or (row, left) in self._anchors else self._text(row, left)


def data_rows(table: Table) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows below the header that hold anything: their index and values."""
    for index in range(table.first, len(table.sheet.grid)):
        row = table.sheet.grid[index]
        if any(value != "" and value is not None for value in row):
            yield index, row
