"""A sheet of a file that is not ours, as read: its values and what its headers need to be understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.cells import clean_text, raw_text

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 0


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """The values of a sheet from A1 on, blank cells as empty texts; rows and columns count from 0."""

    title: str
    grid: Sequence[Sequence[Any]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    visible: bool = True
    empty_formulas: int = 0  # formulas whose values were never stored in the file

    def text(self, row: int, column: int) -> str:
        """A cell as clean text; nothing outside the sheet."""
        if not 0 <= row < len(self.grid) or not 0 <= column < len(self.grid[row]):
            return ""
        value = self.grid[row][column]
        return clean_text(raw_text(value)) if value != "" else ""

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.grid), default=0)
