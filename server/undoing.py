"""Undo: the compensating send that puts back what a send replaced, except in cells edited since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam

from server.callers import FoundClass
from server.deciding import Decision, conflict, decide
from server.held import Holding
from server.sending import Order, authors, holding, kept_send
from server.snapshots import HISTORY, history_entry
from server.store import HistoryRow
from shared.merge import Outcome, RowChange, inverse
from shared.records import ClassKey, HistoryEntry
from shared.sync_api import Verdict

_OF_SEND = HISTORY.where(HistoryRow.version == bindparam("version"), HistoryRow.send_id == bindparam("send_id"))


def undo_order(key: ClassKey, send_id: str, undo_id: str) -> Order:
    """The order that takes a send back."""

    def deciding(connection: Connection, found: FoundClass) -> Decision:
        return _decide(connection, found, entries_of(connection, found, send_id))

    digest = sha256(f"undo {key.school} {key.name} {send_id}".encode()).hexdigest()
    return Order(undo_id, "undo", digest, deciding)


def entries_of(connection: Connection, found: FoundClass, send_id: str) -> tuple[HistoryEntry, ...]:
    """What a send changed."""
    kept = kept_send(connection, found, send_id)
    asked: dict[str, Any] = {**found.ids, "version": kept.version, "send_id": send_id}
    return tuple(history_entry(row) for row in connection.execute(_OF_SEND, asked))


def _decide(connection: Connection, found: FoundClass, entries: Sequence[HistoryEntry]) -> Decision:
    held = holding(connection, found, frozenset(entry.student_code for entry in entries))
    back: list[RowChange] = []
    left: list[RowChange] = []
    for entry in entries:
        record = held.records.get((entry.sheet, entry.student_code))
        current = record.cells if record else {}
        undone, others = inverse(entry.changes, current)
        already = {key: entry.changes[key][::-1] for key in others if current.get(key) == entry.changes[key][0]}
        undone, edited = undone | already, [key for key in others if key not in already]
        if undone:
            back.append(RowChange(entry.sheet, entry.student_code, undone))
        if edited:
            wanted = {key: entry.changes[key][::-1] for key in edited}
            left.append(RowChange(entry.sheet, entry.student_code, wanted))
    decision = decide(held, back, lambda records: authors(connection, found, records), judged=False)
    skipped = _skipped(connection, held, left)
    counts = Counter(decision.counts)
    counts.update({Outcome.CONFLICT.value: len(skipped)} if skipped else {})
    return replace(
        decision,
        counts=dict(counts),
        verdicts=(*decision.verdicts, *skipped),
        skipped=tuple(sorted({f"{verdict.sheet}.{verdict.column}" for verdict in skipped})),
    )


def _skipped(connection: Connection, held: Holding, left: Sequence[RowChange]) -> tuple[Verdict, ...]:
    written_by = authors(connection, held.found, [(row.sheet, row.student_code) for row in left]) if left else {}
    return tuple(
        conflict(
            held.layout(row.sheet),
            row,
            key,
            held.records[row.sheet, row.student_code].cells.get(key),
            written_by.get((row.sheet, row.student_code, key)),
        )
        for row in left
        for key in row.cells
    )
