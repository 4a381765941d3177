"""A class read at one moment: as the `Snapshot` that the rules look at, and as the JSON that travels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from server.callers import FoundClass
from server.statements import Prepared
from server.store import HistoryRow, StoredLock, StoredRecord, Student
from shared.columns import Period
from shared.layout import PROFILE
from shared.records import HistoryEntry, Lock, Record, Snapshot
from shared.schemas.wire import dump_class_info, dump_lock

HISTORY_ROWS = 240  # the newest changes that come with a class; a whole class entered anew is 180


def of_class(table: Any) -> tuple[Any, Any]:
    """The condition that a row belongs to the class of a statement's parameters."""
    return table.school_id == bindparam("school_id"), table.class_id == bindparam("class_id")


_ROSTER = select(Student.student_code).where(*of_class(Student)).order_by(Student.position)
_RECORDS = select(StoredRecord.sheet, StoredRecord.student_code, StoredRecord.version, StoredRecord.cells).where(
    *of_class(StoredRecord), StoredRecord.sheet.in_(bindparam("sheets", expanding=True))
)
_LOCKS = Prepared(
    select(StoredLock.grade, StoredLock.period, StoredLock.at, StoredLock.author)
    .where(*of_class(StoredLock))
    .order_by(StoredLock.grade, StoredLock.period)
)
HISTORY = (
    select(
        HistoryRow.sheet, HistoryRow.student_code, HistoryRow.at, HistoryRow.author, HistoryRow.source,
        HistoryRow.send_id, HistoryRow.changes,
    )
    .where(*of_class(HistoryRow))
    .order_by(HistoryRow.version.desc(), HistoryRow.student_code, HistoryRow.sheet)
)  # fmt: skip
_RECENT = HISTORY.limit(HISTORY_ROWS)


def locks_of(connection: Connection, found: FoundClass) -> tuple[Lock, ...]:
    """The completed blocks of a class."""
    rows = _LOCKS.rows(connection, found.ids)
    return tuple(Lock(row.grade, Period(row.period), row.at, row.author) for row in rows)


def history_entry(row: Any) -> HistoryEntry:
    """A row of history as it travels."""
    changes = {key: tuple(pair) for key, pair in orjson.loads(row.changes).items()}
    return HistoryEntry(row.sheet, row.student_code, row.at, row.author, row.source, row.send_id, changes)


def snapshot(
    connection: Connection, found: FoundClass, grades: Sequence[str], as_of: str, *, with_history: bool = True
) -> Snapshot:
    """The class with the sheets of some grades."""
    records = {
        (sheet, code): Record(orjson.loads(cells), version)
        for sheet, code, version, cells in _records(connection, found, grades)
    }
    return Snapshot(
        info=found.info,
        version=found.version,
        as_of=as_of,
        roster=tuple(connection.scalars(_ROSTER, found.ids)),
        records=records,
        locks=locks_of(connection, found),
        rights=found.rights,
        history=tuple(history_entry(row) for row in _history(connection, found)) if with_history else (),
        grades=tuple(grades),
    )


def snapshot_json(connection: Connection, found: FoundClass, grades: Sequence[str], as_of: str) -> bytes:
    """The same in its wire form, spliced from the JSON texts that are stored."""
    return orjson.dumps(
        {
            "class": dump_class_info(found.info),
            "version": found.version,
            "as_of": as_of,
            "grades": grades,
            "roster": list(connection.scalars(_ROSTER, found.ids)),
            "records": [
                {"sheet": sheet, "student_code": code, "version": version, "cells": orjson.Fragment(cells)}
                for sheet, code, version, cells in _records(connection, found, grades)
            ],
            "locks": [dump_lock(lock) for lock in locks_of(connection, found)],
            "rights": sorted(found.rights),
            "history": [history_fragment(row) for row in _history(connection, found)],
        }
    )


def history_fragment(row: Any) -> dict[str, Any]:
    """A row of history in its wire form, its changes spliced."""
    sheet, code, at, author, source, send_id, changes = row
    return {
        "sheet": sheet,
        "student_code": code,
        "at": at,
        "by": author,
        "source": source,
        "send_id": send_id,
        "changes": orjson.Fragment(changes),
    }


def _records(connection: Connection, found: FoundClass, grades: Iterable[str]) -> Sequence[Any]:
    return connection.execute(_RECORDS, {**found.ids, "sheets": [PROFILE, *grades]}).all()


def _history(connection: Connection, found: FoundClass) -> Sequence[Any]:
    return connection.execute(_RECENT, found.ids).all()
