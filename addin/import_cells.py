"""What each cell of a foreign file becomes in a class workbook: new, changed, the same, or left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from addin import local
from addin.commands import Checked
from shared.foreign.mapping import SheetMapping
from shared.foreign.students import How, LeftOut, Matched
from shared.foreign.values import read_values, says_nothing_new
from shared.layout import PROFILE, SheetLayout, split_public
from shared.records import a1
from shared.rules.tidy_profile import proves_day_first
from shared.studies import closed_keys, study_of
from shared.sync_api import PROFILE_RIGHT, RESULTS_RIGHT
from workbooks.state import CellKey


class CellKind(StrEnum):
    """What becomes of one cell of the plan; only the first two are written."""

    NEW = "new"  # the cell is blank here
    CHANGED = "changed"
    SAME = "same"
    LOCKED = "locked"
    INVALID = "invalid"  # no possible value
    CONFLICT = "conflict"  # differs from an edit of mine that has not been sent, or from an open conflict
    FORBIDDEN = "forbidden"
    CLOSED = "closed"  # the student does not take the subject, as the profile says
    UNPLACED = "unplaced"  # the class workbook's own row or cell cannot be told
    TWO_SOURCES = "two_sources"  # the file says two things


WRITTEN = frozenset({CellKind.NEW, CellKind.CHANGED})


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell: where it stands in the class workbook, what it holds, what the file says (canonical, or as written)."""

    key: CellKey
    kind: CellKind
    before: str | None
    after: str
    source: str  # `Sheet1!F7`
    message: str = ""  # of the check, for a value that is none
    written: str = ""  # as it stands in the file, where it had to be put right


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet of the file that holds students of the class."""

    mapping: SheetMapping
    matched: tuple[Matched, ...]
    left: tuple[LeftOut, ...]
    hidden: int = 0  # rows of the class that the file does not show; they are taken all the same

    @property
    def title(self) -> str:
        """The name on the sheet's tab."""
        return self.mapping.table.sheet.title

    @property
    def by_name(self) -> tuple[Matched, ...]:
        """The rows known by a name alone."""
        return tuple(item for item in self.matched if item.how is How.NAME)


@dataclass(frozen=True, slots=True)
class _Found:
    """A value of the file for one cell: canonical, or as written with what is wrong with it."""

    value: str
    source: str
    wrong: str | None = None
    written: str = ""  # as it stands in the file, where it had to be put right


class CellPlanner:
    """What becomes of each cell of the sheets in a class workbook as it stands."""

    def __init__(self, checked: Checked, layouts: Mapping[str, SheetLayout], *, overwrite_mine: bool) -> None:
        self.checked, self.layouts, self.overwrite_mine = checked, layouts, overwrite_mine
        self.reading, self.base = checked.reading, checked.reading.state.base

    def planned(self, sheets: Iterable[SheetPlan]) -> tuple[PlannedCell, ...]:
        """Every cell that the file fills, in the order of the workbook."""
        found: dict[CellKey, list[_Found]] = {}
        for sheet in sheets:
            for key, value in self._values(sheet):
                found.setdefault(key, []).append(value)
        locked = local.locked_cells(self.reading.state, found)
        places = local.Places(self.reading.data)
        cells = [self._cell(key, values, locked=key in locked) for key, values in found.items()]
        return tuple(sorted(cells, key=lambda cell: places.position(cell.key)))

    def _values(self, sheet: SheetPlan) -> Iterator[tuple[CellKey, _Found]]:
        """Every filled cell of the taken columns in the rows of the class."""
        mapping, grid = sheet.mapping, sheet.mapping.table.sheet.grid
        targets: dict[str, dict[str, int]] = {}
        for column in mapping.taken:
            key, name = split_public(column.target or "")
            targets.setdefault(key, {})[name] = column.column.at
        births = mapping.fields("birth_date")
        day_first = proves_day_first(_at(grid[m.row.index], at) for m in sheet.matched for at in births)
        for item in sheet.matched:
            for key, columns in targets.items():
                raw = {name: _at(grid[item.row.index], at) for name, at in columns.items()}
                held = self.checked.standing.cells.get((key, item.student.code)) or self.base.cells(
                    key, item.student.code
                )
                values = read_values(self.layouts[key], held, raw, day_first=day_first)
                for name, at in columns.items():
                    source = f"{sheet.title}!{a1(item.row.index + 1, at)}"
                    if name in values.good:
                        yield (
                            (key, item.student.code, name),
                            _Found(values.good[name], source, written=values.mended.get(name, "")),
                        )
                    elif name in values.bad:
                        yield (key, item.student.code, name), _Found(values.bad[name][0], source, values.bad[name][1])

    def _cell(self, key: CellKey, found: Sequence[_Found], *, locked: bool) -> PlannedCell:
        first = found[0]
        source = ", ".join(dict.fromkeys(value.source for value in found))
        before = self.checked.standing.cells.get(key[:2], {}).get(key[2])
        kind = self._kind(key, before, found, locked=locked)
        if kind is CellKind.TWO_SOURCES:
            return PlannedCell(key, kind, before, " / ".join(dict.fromkeys(value.value for value in found)), source)
        return PlannedCell(key, kind, before, first.value, source, first.wrong or "", first.written)

    def _kind(self, key: CellKey, before: str | None, found: Sequence[_Found], *, locked: bool) -> CellKind:
        if len({value.value for value in found}) > 1:
            return CellKind.TWO_SOURCES
        if says_nothing_new(before, found[0].value):
            return CellKind.SAME
        if found[0].wrong is not None or not self._has_place(key):
            return CellKind.UNPLACED if found[0].wrong is None else CellKind.INVALID
        if (PROFILE_RIGHT if key[0] == PROFILE else RESULTS_RIGHT) not in self.base.rights:
            return CellKind.FORBIDDEN
        if self._is_closed(key):
            return CellKind.CLOSED
        return CellKind.LOCKED if locked else self._against_mine(key, before)

    def _is_closed(self, key: CellKey) -> bool:
        profile = self.checked.standing.cells.get((PROFILE, key[1]))
        return key[0] != PROFILE and key[2] in closed_keys(
            self.layouts[key[0]], study_of(self.layouts[key[0]], profile)
        )

    def _against_mine(self, key: CellKey, before: str | None) -> CellKind:
        edited = before != self.base.cells(*key[:2]).get(key[2])
        if key in self.reading.state.conflicts or (edited and not self.overwrite_mine):
            return CellKind.CONFLICT
        return CellKind.NEW if before is None else CellKind.CHANGED

    def _has_place(self, key: CellKey) -> bool:
        sheet = self.reading.data.sheets.get(key[0])
        return sheet is not None and key[2] in sheet.columns and self.checked.standing.has(key)


def _at(row: Sequence[Any], at: int) -> Any:
    return None if at >= len(row) or row[at] == "" else row[at]
