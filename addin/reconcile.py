"""How a workbook's memory moves: after a pull (three-way merge), after a receipt. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from addin import local
from shared.merge import Conflict, Outcome, merge
from shared.records import HistoryEntry, Snapshot
from shared.sync_api import Receipt, Submission, Verdict
from workbooks.port import Reading
from workbooks.state import CellKey, OpenConflict, State


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a pull brings into a workbook."""

    state: State
    cells: Mapping[CellKey, str | None]  # to write on the sheets
    brought: int  # cells of others that came in
    kept: int  # my unsent cells that stayed
    conflicts: int


def reconcile(reading: Reading, theirs: Snapshot) -> Refreshed:
    """Merge what I have with what the service holds; a conflicting cell keeps its old base until it is settled."""
    base, mine = reading.state.base, local.my_cells(reading)
    cells: dict[CellKey, str | None] = {}
    conflicts: dict[CellKey, OpenConflict] = {}
    keep_base: dict[CellKey, str | None] = {}
    kept = 0
    for sheet, code in mine.keys() | theirs.records.keys():
        before, their = base.cells(sheet, code), theirs.cells(sheet, code)
        my = mine.get((sheet, code), dict(before))
        merged = merge(before, my, their)
        for key, conflict in merged.conflicts.items():
            by, at = last_writer(theirs, sheet, code, key)
            conflicts[sheet, code, key] = OpenConflict(conflict, by, at)
            keep_base[sheet, code, key] = before.get(key)
        for key in my.keys() | merged.cells.keys():
            if my.get(key) != merged.cells.get(key):
                cells[sheet, code, key] = merged.cells.get(key)
        kept += sum(merged.cells.get(key) != their.get(key) for key in merged.cells.keys() | their.keys())
    state = replace(
        reading.state,
        base=local.with_base_cells(theirs, keep_base),
        pulled_at=theirs.as_of,
        conflicts=conflicts,
    )
    brought = len(cells)
    for code in theirs.roster:
        if local.copied_identity(theirs, code) != local.copied_identity(base, code):
            cells |= local.copied_identity(theirs, code)
    return Refreshed(state, cells, brought, kept - len(conflicts), len(conflicts))


def last_writer(snapshot: Snapshot, sheet: str, code: str, key: str) -> tuple[str | None, str | None]:
    """Who last changed a cell, and when, as far as the snapshot's history reaches."""
    entries = [e for e in snapshot.history if e.sheet == sheet and e.student_code == code and key in e.changes]
    newest = max(entries, key=lambda entry: entry.at, default=None)
    return (newest.by, newest.at) if newest else (None, None)


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
            if verdict.outcome in (Outcome.APPLIED, Outcome.UNCHANGED) and held.get(key) == before:
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
