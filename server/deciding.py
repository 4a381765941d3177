"""The verdict on every cell of a submission, from what a class holds at one version. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from server import words
from server.counters import Done, count
from server.held import SHEETS, Edit, Holding, Write
from shared.cells import from_cell, shown
from shared.check import invalid_cells
from shared.columns import Column
from shared.layout import SheetLayout
from shared.locks import lock_over
from shared.merge import Gate, Outcome, RowChange, Settled, apply, settle
from shared.messages import message
from shared.phrases import BLANK
from shared.problems import Code
from shared.records import Cells, RecordKey
from shared.schemas.rows import load_row
from shared.sync_api import Verdict

Author = tuple[str, str]  # who, when
Authors = Callable[[Sequence[RecordKey]], Mapping[tuple[str, str, str], Author]]


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything a send does, before anything is done."""

    writes: tuple[Write, ...]
    recounts: tuple[Write, ...]  # records of which nothing changes but how many of their cells are blank
    counts: Mapping[str, int]
    verdicts: tuple[Verdict, ...]
    done: Done  # by how much the class's counters move
    skipped: tuple[str, ...] = ()


@dataclass
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    edits: list[Edit] = field(default_factory=list)
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
    counted = count(holding, tally.edits)
    return Decision(
        writes=tuple(counted.writes),
        recounts=tuple(counted.recounts),
        counts=dict(tally.counts),
        verdicts=tuple(_verdicts(holding, tally, authors)),
        done=counted.done,
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
        tally.edits.append(Edit(row.sheet, row.student_code, version, cells, settled.applied))
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
        lock = lock_over(holding.layout(sheet), key, holding.locks)
        return message(Code.LOCKED, block=lock.title if lock else "")
    return ""
