"""How a workbook's memory moves: after a pull (three-way merge), after a receipt. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from addin import local
from addin.local import Standing
from shared.merge import Conflict, Outcome, merge
from shared.records import HistoryEntry, RecordKey, Snapshot
from shared.sync_api import Receipt, Submission, Verdict
from workbooks.state import CellKey, OpenConflict, State


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a pull brings into a workbook."""

    state: State
    cells: Mapping[CellKey, str | None]  # to write on the sheets
    brought: int  # cells of others that came in
    kept: int  # my unsent cells that stayed
    left: int  # cells of others that have no clear place on the sheets yet; they come with a later pull

    @property
    def conflicts(self) -> int:
        """Cells that both sides changed."""
        return len(self.state.conflicts)


def reconcile(state: State, mine: Standing, theirs: Snapshot) -> Refreshed:
    """Merge what I have with what the service holds.

    The base moves only where the sheet moves: a conflicting cell, and one that cannot be placed on its sheet, keep the
    base they were seen with, so that what others wrote there is never taken for something I undid.
    """
    base, known = state.base, frozenset({*state.base.roster, *theirs.roster})
    rows = {(sheet, code) for sheet in mine.codes for code in theirs.roster}
    found = _Found({c: o for c, o in state.conflicts.items() if c[1] in theirs.roster and not mine.has(c)})
    for record in mine.cells.keys() | theirs.records.keys() | rows:
        if record[1] not in theirs.roster:  # who has left the class stays on the sheet, and is told as unknown
            continue
        if mine.lacks(record, known):  # its row comes back, or comes for the first time
            found.cells |= {(*record, key): theirs.cells(*record).get(key) for key in _stored(theirs, record[0])}
        else:
            _merge_record(found, record, base, mine, theirs)
    after = local.with_base_cells(theirs, found.keep_base)
    brought = sum(base.cells(*cell[:2]).get(cell[2]) != value for cell, value in found.cells.items())
    moved = replace(state, base=after, pulled_at=theirs.as_of, conflicts=found.conflicts)
    return Refreshed(moved, found.cells, brought, found.kept, found.left)


@dataclass
class _Found:
    conflicts: dict[CellKey, OpenConflict]
    cells: dict[CellKey, str | None] = field(default_factory=dict)
    keep_base: dict[CellKey, str | None] = field(default_factory=dict)
    kept: int = 0
    left: int = 0


def _merge_record(found: _Found, record: RecordKey, base: Snapshot, mine: Standing, theirs: Snapshot) -> None:
    before, their = base.cells(*record), theirs.cells(*record)
    my = mine.cells.get(record, dict(before))
    merged = merge(before, my, their)
    for key in before.keys() | my.keys() | their.keys():
        cell = (*record, key)
        if not mine.has(cell):
            found.keep_base[cell] = before.get(key)
            found.left += before.get(key) != their.get(key)
        elif key in merged.conflicts:
            found.keep_base[cell] = before.get(key)
            found.conflicts[cell] = OpenConflict(merged.conflicts[key], *last_writer(theirs, cell))
        elif my.get(key) != merged.cells.get(key):
            found.cells[cell] = merged.cells.get(key)
        else:
            found.kept += merged.cells.get(key) != their.get(key)


def _stored(snapshot: Snapshot, sheet: str) -> Iterable[str]:
    layout = next(layout for layout in snapshot.info.layouts(snapshot.grades) if layout.key == sheet)
    return layout.by_key


def last_writer(snapshot: Snapshot, cell: CellKey) -> tuple[str | None, str | None]:
    """Who last changed a cell, and when, as far as the snapshot's history reaches."""
    sheet, code, key = cell
    entries = [e for e in snapshot.history if e.sheet == sheet and e.student_code == code and key in e.changes]
    newest = max(entries, key=lambda entry: entry.at, default=None)
    return (newest.by, newest.at) if newest else (None, None)


_ACCEPTED = (Outcome.APPLIED, Outcome.UNCHANGED)


def acknowledge(state: State, submission: Submission, receipt: Receipt, verdicts: tuple[Verdict, ...]) -> State:
    """The memory after a receipt: accepted cells become the base, conflicts open, the rest waits as it was."""
    told = {(v.sheet, v.student_code, v.column): v for v in verdicts}
    moved: dict[CellKey, str | None] = {}
    conflicts = dict(state.conflicts)
    entries: list[HistoryEntry] = []
    for row in submission.rows:
        applied = {}
        held = state.base.cells(row.sheet, row.student_code)
        for key, (before, after) in row.cells.items():
            cell = (row.sheet, row.student_code, key)
            verdict = told[cell]
            # A pull since the submission was written down knows more than its receipt: what it brought stays the base.
            if verdict.outcome in _ACCEPTED and held.get(key) == before and cell not in state.conflicts:
                moved[cell] = after
            if verdict.outcome is Outcome.APPLIED:
                applied[key] = (before, after)
            elif verdict.outcome is Outcome.CONFLICT and held.get(key) != verdict.current:
                conflicts[cell] = OpenConflict(Conflict(before, after, verdict.current), verdict.by, verdict.at)
        if applied:
            entries.append(
                HistoryEntry(
                    row.sheet, row.student_code, receipt.at, receipt.by, submission.source, receipt.send_id, applied
                )
            )
    base = local.with_base_cells(state.base, moved)
    base = replace(base, history=(*entries, *base.history), version=receipt.version)
    return replace(state, base=base, conflicts=conflicts, outbox=None, receipt=receipt)
