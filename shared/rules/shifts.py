"""Rows in which one cell is lost or one too many, and the move that puts them right (RULEBOOK 1.8 and 7).

The finding and the offer both speak of the same `Shift`, so that one never promises what the other does not do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from shared.cells import from_cell, raw_text, score_text
from shared.columns import Kind, Programme
from shared.layout import SheetLayout
from shared.reasons import split
from shared.rules.facts import StudentRow, Triple, plan_for, tenths_of, year_tenths
from shared.schemas.rows import load_row

GAIN = 4  # formulas that moving a row by one cell must put right (checks.json: SC_SHIFT)


@dataclass(frozen=True, slots=True)
class Shift:
    """The move of the rest of a row by one cell, and how many year averages it puts right."""

    subject: Triple  # where the cells begin to stand wrong
    column: str  # the first cell that may be the lost one, or the one too many
    lost: bool  # one lost and the rest moves right; otherwise one too many and the rest moves left
    start: str  # the first cell that is written
    end: str  # the last one
    fill: str | None  # what the lost cell must have been, when its formula allows one value only
    dropped: tuple[str, str] | None  # a cell whose value finds no place, and the value
    cells: Mapping[str, str | None]  # every cell from start to end: canonical values, None for blank
    before: int  # subjects of the segment whose year average follows from its semesters, as the row stands
    after: int  # and once it is moved
    total: int  # subjects of the segment


def fits(tenths: Mapping[str, int], subject: Triple) -> bool:
    """Whether a subject has all three scores and its year average follows from the semesters."""
    a, b, c = (tenths.get(key) for key in subject.keys)
    return a is not None and b is not None and c is not None and c == year_tenths(a, b)


@cache
def segments(layout: SheetLayout, programme: Programme) -> tuple[tuple[Triple, ...], ...]:
    """The scored subjects of a programme that stand side by side on a sheet, with no other column between them."""
    parts: list[list[Triple]] = []
    expected = None
    for subject in sorted(plan_for(programme).scored, key=lambda subject: layout.index[subject.keys[0]]):
        at = layout.index[subject.keys[0]]
        if at != expected:
            parts.append([])
        parts[-1].append(subject)
        expected = at + len(subject.keys)
    return tuple(tuple(part) for part in parts if len(part) >= GAIN)


def shift_of(row: StudentRow) -> Shift | None:
    """The move by one cell that makes at least four more formulas hold, if there is one."""
    for subjects in segments(row.layout, row.programme):
        before = sum(fits(row.tenths, subject) for subject in subjects)
        if before + GAIN > len(subjects):
            continue
        values = [row.tenths.get(key) for subject in subjects for key in subject.keys]
        held, at, lost = max(
            (_held(moved), -p, lost)
            for p in range(len(values))
            for lost, moved in (
                (True, [*values[:p], None, *values[p:-1]]),
                (False, [*values[:p], *values[p + 1 :], None]),
            )
        )
        if held - before >= GAIN:
            return _planned(row, subjects, -at, lost=lost)
    return None


def _held(values: Sequence[int | None]) -> int:
    triples = zip(values[::3], values[1::3], values[2::3], strict=True)
    return sum(a is not None and b is not None and c is not None and c == year_tenths(a, b) for a, b, c in triples)


def _planned(row: StudentRow, subjects: Sequence[Triple], p: int, *, lost: bool) -> Shift:
    """The move that begins at one of the subjects' cells, with its end where the row then reads best."""
    layout, subject = row.layout, subjects[p // 3]
    keys = [column.key for column in layout.stored]
    column = subject.keys[p % 3]
    start, fill = _lost_cell(row, subject) if lost else (column, None)
    first, shortest = keys.index(start), keys.index(subjects[-1].keys[2])
    moves = [_moved(row, keys[first : end + 1], fill, lost=lost) for end in range(shortest, len(keys))]
    cells = max(moves, key=lambda cells: _sense(row, cells, lost=lost))
    end = keys[first + len(cells) - 1]
    tenths = _tenths_after(row, cells)
    return Shift(
        subject=subject,
        column=column,
        lost=lost,
        start=start,
        end=end,
        fill=fill,
        dropped=_dropped(row, end if lost else start),
        cells=cells,
        before=sum(fits(row.tenths, each) for each in subjects),
        after=sum(fits(tenths, each) for each in subjects),
        total=len(subjects),
    )


def _lost_cell(row: StudentRow, subject: Triple) -> tuple[str, str | None]:
    """Where the lost cell goes: in the year, which its two neighbours tell; else the first cell stays blank.

    Which of the three was lost nothing tells, but only for the year does the formula always allow exactly one value.
    """
    first, second, year = subject.keys
    a, b = row.tenths.get(first), row.tenths.get(second)
    return (first, None) if a is None or b is None else (year, score_text(year_tenths(a, b)))


def _moved(row: StudentRow, keys: Sequence[str], fill: str | None, *, lost: bool) -> dict[str, str | None]:
    """Some neighbouring cells with everything one cell further to the right, or to the left."""
    if lost:
        return {keys[0]: fill, **{right: carried(row, left, right) for left, right in pairwise(keys)}}
    return {**{left: carried(row, right, left) for left, right in pairwise(keys)}, keys[-1]: None}


def carried(row: StudentRow, source: str, target: str) -> str | None:
    """What a cell holds, with its reason, read as a cell of another column."""
    column = row.layout.by_key[target]
    if column.kind is Kind.SCORE and source in row.tenths and source not in row.reasons:
        return row.values[source]
    return from_cell(column, row.raw.get(source))


def _sense(row: StudentRow, cells: Mapping[str, str | None], *, lost: bool) -> tuple[int, int, bool, int]:
    """How well a row reads once moved: cells of the right kind, formulas that hold, nothing lost, all of it moved."""
    _, errors = load_row(row.layout, {**row.raw, **cells})
    tenths = _tenths_after(row, cells)
    held = sum(fits(tenths, subject) for subject in row.plan.scored)
    *_, last = cells
    return -len(errors), held, not (lost and _dropped(row, last)), len(cells)


def _tenths_after(row: StudentRow, cells: Mapping[str, str | None]) -> dict[str, int]:
    kept = {key: tenths for key, tenths in row.tenths.items() if key not in cells}
    return {**kept, **tenths_of({key: split(value)[0] for key, value in cells.items() if value is not None})}


def _dropped(row: StudentRow, key: str) -> tuple[str, str] | None:
    value = from_cell(row.layout.by_key[key], row.raw.get(key))
    return None if value is None else (key, raw_text(value))
