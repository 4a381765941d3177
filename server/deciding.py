"""The verdict on every cell of a submission, from what a class holds at one version. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import orjson

from server import words
from server.callers import FoundClass
from server.counters import Blanks, Done, student_done
from shared.cells import from_cell, shown
from shared.check import invalid_cells
from shared.columns import Column, Period
from shared.layout import GRADES, PROFILE, SheetLayout, sheet_layout
from shared.merge import Change, Gate, Outcome, RowChange, Settled, apply, settle
from shared.messages import message
from shared.phrases import BLANK
from shared.problems import Code
from shared.progress import missing
from shared.records import Cells, Lock, RecordKey
from shared.schemas.rows import load_row
from shared.sync_api import PROFILE_RIGHT, RESULTS_RIGHT, Verdict

SHEETS = (PROFILE, *GRADES)
Author = tuple[str, str]  # who, when
Authors = Callable[[Sequence[RecordKey]], Mapping[tuple[str, str, str], Author]]


class Held(NamedTuple):
    """A record as it stands in the database: its blanks counted, its cells still JSON."""

    version: int
    missing_profile: int
    missing_hk1: int
    missing_hk2: int
    text: str

    @property
    def blanks(self) -> Blanks:
        """How many required cells are blank, as counted when the record was written."""
        return {None: self.missing_profile, Period.HK1: self.missing_hk1, Period.HK2: self.missing_hk2}

    @property
    def cells(self) -> dict[str, str]:
        """The record's cells."""
        found: dict[str, str] = orjson.loads(self.text)
        return found


@dataclass(frozen=True, slots=True)
class Holding:
    """The part of a class that a submission touches: its locks, and the students named with all their records."""

    found: FoundClass
    locks: Sequence[Lock]
    students: frozenset[str]
    records: Mapping[RecordKey, Held]

    def layout(self, sheet: str) -> SheetLayout:
        """The layout of one of the class's sheets."""
        return sheet_layout(self.found.info.level, self.found.info.key.school_year, sheet)

    def gate(self, sheet: str) -> Gate:
        """The columns of a sheet that may not be written now, whatever is sent."""
        layout = self.layout(sheet)
        right = PROFILE_RIGHT if sheet == PROFILE else RESULTS_RIGHT
        periods = {lock.period for lock in self.locks if lock.grade == sheet}
        locked = frozenset(column.key for column in layout.stored if periods and column.period in periods)
        if right not in self.found.rights:
            return Gate(locked, frozenset(layout.index))
        return Gate(
            locked, frozenset(column.key for column in layout.columns if not (column.stored and column.editable))
        )


@dataclass(frozen=True, slots=True)
class Write:
    """A record to be written, and its changed cells."""

    sheet: str
    student_code: str
    version: int
    cells: Cells
    changes: Mapping[str, Change]
    blanks: Blanks


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything a send does, before anything is done."""

    writes: tuple[Write, ...]
    counts: Mapping[str, int]
    verdicts: tuple[Verdict, ...]
    done: Done  # by how much the class's counters move
    skipped: tuple[str, ...] = ()


@dataclass
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    writes: list[Write] = field(default_factory=list)
    refused: list[tuple[RowChange, Settled, Cells, Mapping[str, str]]] = field(default_factory=list)


def decide(holding: Holding, rows: Iterable[RowChange], authors: Authors, *, judged: bool = True) -> Decision:
    """Settle every cell; `judged=False` lets values pass that were held before (undo)."""
    gates: dict[str, Gate] = {}
    tally = _Tally()
    for row in rows:
        if row.sheet not in SHEETS or row.student_code not in holding.students:
            tally.refused.append(_refused_whole(row))
            tally.counts[Outcome.INVALID.value] += len(row.cells)
            continue
        if row.sheet not in gates:
            gates[row.sheet] = holding.gate(row.sheet)
        _settle_row(holding, row, gates[row.sheet], tally, judged=judged)
    return Decision(
        writes=tuple(tally.writes),
        counts=dict(tally.counts),
        verdicts=tuple(_verdicts(holding, tally, authors)),
        done=_done(holding, tally.writes),
    )


def _settle_row(holding: Holding, row: RowChange, gate: Gate, tally: _Tally, *, judged: bool) -> None:
    layout = holding.layout(row.sheet)
    held = holding.records.get((row.sheet, row.student_code))
    current = held.cells if held else {}
    row, invalid = _read(layout, row, current, judged=judged)
    if invalid:
        gate = Gate(gate.locked, gate.forbidden, invalid)
    settled = settle(row, current, gate)
    if settled.applied:
        version = held.version + 1 if held else 1
        cells = apply(current, settled.applied)
        blanks = missing(layout, cells)
        tally.writes.append(Write(row.sheet, row.student_code, version, cells, settled.applied, blanks))
        tally.counts[Outcome.APPLIED.value] += len(settled.applied)
    if len(settled.applied) < len(row.cells):
        tally.refused.append((row, settled, current, invalid))
        left = [outcome for outcome in settled.outcomes.values() if outcome is not Outcome.APPLIED]
        tally.counts.update(outcome.value for outcome in left)


def _read(layout: SheetLayout, row: RowChange, current: Cells, *, judged: bool) -> tuple[RowChange, dict[str, str]]:
    """The row with its values in canonical form, and what is wrong with those that have none."""
    known, written, strayed, invalid = layout.by_key, dict[str, str](), False, dict[str, str]()
    for key, (before, after) in row.cells.items():
        if key in known:
            if after is not None:
                written[key] = after
            strayed = strayed or before != current.get(key)
        elif key not in layout.index:
            invalid[key] = message(Code.TPL_COLUMNS, sheet=layout.title, what=words.UNKNOWN_COLUMN, names=key)
    if not judged:
        return row, invalid
    values, errors = load_row(layout, written)
    if errors:
        invalid.update(invalid_cells(layout, {key: written[key] for key in errors}))
    if not strayed and values == written:
        return row, invalid
    cells = {
        key: (_seen(known[key], before, current.get(key)), after if key in errors else values.get(key))
        if key in known
        else (before, after)
        for key, (before, after) in row.cells.items()
    }
    return replace(row, cells=cells), invalid


def _seen(column: Column, before: str | None, current: str | None) -> str | None:
    """What the writer saw, as it is held if both mean the same: who saw `8` has seen `8.0`."""
    return current if before == current or from_cell(column, before) == from_cell(column, current) else before


def _refused_whole(row: RowChange) -> tuple[RowChange, Settled, Cells, Mapping[str, str]]:
    unknown = row.sheet not in SHEETS
    text = (
        message(Code.TPL_SHEET, sheet=row.sheet) if unknown else message(Code.MOET_ID_UNKNOWN, value=row.student_code)
    )
    return row, Settled({}, dict.fromkeys(row.cells, Outcome.INVALID)), {}, dict.fromkeys(row.cells, text)


def _verdicts(holding: Holding, tally: _Tally, authors: Authors) -> Iterable[Verdict]:
    contested = [
        (row.sheet, row.student_code)
        for row, settled, _, _ in tally.refused
        if Outcome.CONFLICT in settled.outcomes.values()
    ]
    written_by = authors(contested) if contested else {}
    for row, settled, current, invalid in tally.refused:
        for key, outcome in settled.outcomes.items():
            if outcome is Outcome.CONFLICT:
                author = written_by.get((row.sheet, row.student_code, key))
                yield conflict(holding.layout(row.sheet), row, key, current.get(key), author)
            elif outcome is not Outcome.APPLIED:
                text = _words(holding, row.sheet, key, outcome, invalid)
                yield Verdict(row.sheet, row.student_code, key, outcome, text, current.get(key))


def conflict(layout: SheetLayout, row: RowChange, key: str, current: str | None, author: Author | None) -> Verdict:
    """The verdict on a cell that someone else has changed: what is held, who wrote it and when."""
    column = layout.by_key[key]
    by, at = author or (None, None)
    text = message(
        Code.CONFLICT,
        where=column.words,
        mine=shown(column, row.cells[key][1]) or BLANK,
        theirs=shown(column, current) or BLANK,
        by=by or words.SOMEONE,
    )
    return Verdict(row.sheet, row.student_code, key, Outcome.CONFLICT, text, current, by, at)


def _words(holding: Holding, sheet: str, key: str, outcome: Outcome, invalid: Mapping[str, str]) -> str:
    if outcome is Outcome.INVALID:
        return invalid[key]
    if outcome is Outcome.FORBIDDEN:
        return message(Code.FORBIDDEN_CELL)
    if outcome is Outcome.LOCKED:
        period = holding.layout(sheet).by_key[key].period
        block = next(lock.title for lock in holding.locks if lock.grade == sheet and lock.period == period)
        return message(Code.LOCKED, block=block)
    return ""


def _done(holding: Holding, writes: Sequence[Write]) -> Done:
    after: dict[str, dict[str, Blanks]] = {}
    for write in writes:
        if write.blanks != _blanks_before(holding, write.sheet, write.student_code):
            after.setdefault(write.student_code, {})[write.sheet] = write.blanks
    moved = Done()
    for code, sheets in after.items():
        before = {sheet: _blanks_before(holding, sheet, code) for sheet in SHEETS}
        moved = moved.plus(student_done({**before, **sheets}.__getitem__)).plus(student_done(before.__getitem__), -1)
    return moved


def _blanks_before(holding: Holding, sheet: str, code: str) -> Blanks:
    held = holding.records.get((sheet, code))
    return held.blanks if held else missing(holding.layout(sheet), {})
