"""What a sheet of students looks like, decided once: looks, rules of entry, blocks, sizes. No spreadsheet library here."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from shared.cells import score_text, to_cell
from shared.columns import CLASS_NAME, STUDENT_CODE, Column, Kind
from shared.layout import FIRST_ROW, PROFILE, SheetLayout
from shared.locks import lock_over
from shared.records import Lock, Snapshot
from workbooks.marks import Mark
from workbooks.statuses import locked_text, status_text

SPARE_ROWS = 30  # rules of entry reach below the last student, for those who join the class
NAME_COLUMNS = 4  # frozen and printed on every page: STT … Họ tên
LOCK_MARK = '"kqht:lock"'  # stands in the formula of our grey, and so tells it from the user's own
LOCK_FORMULA = f"N({LOCK_MARK})=0"
LINE_POINTS = 13.5
ROW_POINTS = 18  # a line of a student
INLINE_LIST = 255  # the longest list that a validation may hold itself

PROTECTION = {  # without a password: against mishaps only; widths, filters and sorting stay the user's
    "sheet": "1", "scenarios": "1", "formatCells": "0", "formatColumns": "0", "formatRows": "0", "sort": "0",
    "autoFilter": "0",
}  # fmt: skip
SOFT, BORDER, EDGE, INK = "F2F2F2", "BFBFBF", "7F9DB9", "1F3864"
HEADER_FILLS = ("D6E4F0", "E9F1F8")
LOCK_COLOURS = ("D9D9D9", "595959")  # of the cell, of its text; so too below
MARK_COLOURS: Mapping[Mark, tuple[str, str]] = {
    Mark.ERROR: ("FFC7CE", "9C0006"),
    Mark.CONFLICT: ("E4D2F5", "5B2C83"),
    Mark.LOCKED: ("B4C7DC", "1F3864"),
    Mark.WARNING: ("FFE699", "7F6000"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring columns from `first` to `last`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a student's cell looks: number format, where its text stands, whether a group starts, who may write."""

    number_format: str
    align: str
    edge: bool  # a darker line on the left, where a subject begins
    soft: bool  # not for entry
    locked: bool


@dataclass(frozen=True, slots=True)
class EntryRule:
    """What a cell should hold: a score, one of some words, a date or a person's number to be typed."""

    kind: Kind
    texts: tuple[str, ...] = ()

    @property
    def inline(self) -> bool:
        """Whether a validation may hold the words itself; otherwise they stand on the hidden sheet."""
        return len(",".join(self.texts)) <= INLINE_LIST


class SheetPlan:
    """Everything that follows from a sheet's layout."""

    def __init__(self, layout: SheetLayout) -> None:
        self.layout = layout
        self.columns = layout.columns

    @cached_property
    def groups(self) -> tuple[Run, ...]:
        """The columns under each header of the first row."""
        found, at = [], 0
        for _, members in groupby(self.columns, key=lambda column: (column.group, not column.header and column.key)):
            size = len(list(members))
            found.append(Run(at, at + size - 1))
            at += size
        return tuple(found)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """The widths in characters, wide enough for a filter button and for the words of a list."""
        return tuple(max(column.width, 6.5 if column.header else 6.0, _list_width(column)) for column in self.columns)

    @cached_property
    def header_heights(self) -> tuple[float, float]:
        """The heights of the two header rows in points, so that no header is cut."""
        upper, lower, whole = 1, 1, 1
        for run in self.groups:
            columns = range(run.first, run.last + 1)
            lines = _lines(self.columns[run.first].group, sum(self.widths[i] for i in columns))
            if self.columns[run.first].header:
                upper = max(upper, lines)
                lower = max(lower, *(_lines(self.columns[i].header, self.widths[i]) for i in columns))
            else:
                whole = max(whole, lines)
        upper = max(upper, whole + 1 - lower)  # a line more, for the filter button stands below
        return upper * LINE_POINTS + 6, lower * LINE_POINTS + 8

    def looks(self, locks: tuple[Lock, ...]) -> tuple[CellLook, ...]:
        """How the cells of each column look."""
        starts = {run.first for run in self.groups if run.first != run.last}
        edges = starts | {run.last + 1 for run in self.groups if run.first != run.last}
        return tuple(self._look(i, i in edges, locks) for i in range(len(self.columns)))

    def _look(self, at: int, edge: bool, locks: tuple[Lock, ...]) -> CellLook:  # noqa: FBT001 - passed on
        column = self.columns[at]
        centred = column.kind in {Kind.SCORE, Kind.RATING, Kind.DATE} or column.key in {"position", CLASS_NAME, "sex"}
        number_format = "0.0" if column.kind is Kind.SCORE else "0" if column.key == "position" else "@"
        locked = not column.editable or self.is_locked(column, locks)
        return CellLook(number_format, "center" if centred else "left", edge, not column.editable, locked)

    def is_locked(self, column: Column, locks: tuple[Lock, ...]) -> bool:
        """Whether a completed block covers a column."""
        return lock_over(self.layout, column.key, locks) is not None

    def first_entry(self, locks: tuple[Lock, ...]) -> int:
        """The first column where something can be entered; where everything is locked, the first that ever was."""
        editable = [i for i, column in enumerate(self.columns) if column.editable]
        return next((i for i in editable if not self.is_locked(self.columns[i], locks)), editable[0])

    def runs(self, wanted: Callable[[Column], bool]) -> tuple[Run, ...]:
        """The columns for which something holds, neighbours together."""
        return _runs([i for i, column in enumerate(self.columns) if wanted(column)])

    def locked_runs(self, locks: tuple[Lock, ...]) -> tuple[Run, ...]:
        """The columns that are grey because their block is completed."""
        return self.runs(lambda column: self.is_locked(column, locks))

    @cached_property
    def entry_rules(self) -> Mapping[EntryRule, tuple[Run, ...]]:
        """The rules of entry and the columns under each."""
        places: dict[EntryRule, list[int]] = {}
        for i, column in enumerate(self.columns):
            if rule := _entry_rule(column):
                places.setdefault(rule, []).append(i)
        return {rule: _runs(found) for rule, found in places.items()}

    @cached_property
    def _written(self) -> tuple[tuple[str, Mapping[str | None, Any]], ...]:
        return tuple((column.key, _written(column)) for column in self.columns)

    def rows(self, snapshot: Snapshot) -> Iterator[list[Any]]:
        """What stands on the sheet, student by student, in the order of its columns."""
        status = status_text(locked=locked_text(self.layout.key, snapshot.locks))
        dates = [i for i, column in enumerate(self.columns) if column.kind is Kind.DATE]
        for number, code in enumerate(snapshot.roster, 1):
            cells: dict[str, Any] = {**identity_cells(snapshot, code), **snapshot.cells(self.layout.key, code)}
            cells.update(position=number, status=status)
            values = [known.get(value := cells.get(key), value) for key, known in self._written]
            for i in dates:
                values[i] = to_cell(self.columns[i], values[i])
            yield values


_PLANS: dict[int, SheetPlan] = {}


def sheet_plan(layout: SheetLayout) -> SheetPlan:
    """The plan of a layout; kept by the layout's identity, for its tables are costly to hash."""
    plan = _PLANS.get(id(layout))
    if plan is None or plan.layout is not layout:
        plan = _PLANS[id(layout)] = SheetPlan(layout)
    return plan


def _written(column: Column) -> Mapping[str | None, Any]:
    """What to write for the values that are not written as they are kept."""
    if column.kind is Kind.SCORE:
        return {text: to_cell(column, text) for text in map(score_text, range(101))}
    return {choice.key: choice.text for choice in column.choices if choice.key != choice.text}


def _runs(found: list[int]) -> tuple[Run, ...]:
    result: list[Run] = []
    for i in found:
        if result and result[-1].last == i - 1:
            result[-1] = Run(result[-1].first, i)
        else:
            result.append(Run(i, i))
    return tuple(result)


def _list_width(column: Column) -> float:
    """Room for the longest of a few words to choose from; the many of a catalogue are rarely long."""
    return max((len(choice.text) for choice in column.choices), default=0) * 0.95 + 2 if len(column.choices) < 20 else 0


def _lines(text: str, width: float) -> int:
    return len(textwrap.wrap(text, max(3, int(width / 1.2)))) or 1


def _entry_rule(column: Column) -> EntryRule | None:
    if not column.editable:
        return None
    if column.choices:
        return EntryRule(Kind.CHOICE, tuple(choice.text for choice in column.choices))
    return EntryRule(column.kind) if column.kind in {Kind.SCORE, Kind.DATE} or column.key == "national_id" else None


def long_lists(layouts: tuple[SheetLayout, ...]) -> tuple[EntryRule, ...]:
    """The lists of words that are too long for a validation, each once, in order."""
    return tuple(dict.fromkeys(rule for lay in layouts for rule in sheet_plan(lay).entry_rules if not rule.inline))


def identity_cells(snapshot: Snapshot, code: str) -> dict[str, str]:
    """What every sheet shows of a student: code, class, and copies of the profile."""
    profile = snapshot.cells(PROFILE, code)
    copied = {key: profile[key] for key in ("full_name", "national_id") if key in profile}
    return {STUDENT_CODE: code, CLASS_NAME: snapshot.info.key.name, **copied}


def last_row(snapshot: Snapshot) -> int:
    """The row of the last student as the template writes it."""
    return FIRST_ROW + max(len(snapshot.roster), 1) - 1
