"""The least that storing a class can cost: sqlite3 with the same rows as JSON, one history row each, same pragmas."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson

from shared.merge import RowChange, apply

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
_TABLES = """
CREATE TABLE records (school INTEGER, class INTEGER, student TEXT, sheet TEXT, version INTEGER, cells TEXT,
    PRIMARY KEY (school, class, student, sheet));
CREATE TABLE history (school INTEGER, class INTEGER, version INTEGER, student TEXT, sheet TEXT, author TEXT, at TEXT,
    changes TEXT, PRIMARY KEY (school, class, version, student, sheet));
"""
_RECORD = "INSERT OR REPLACE INTO records VALUES (1, ?, ?, ?, ?, ?)"
_HISTORY = "INSERT INTO history VALUES (1, ?, ?, ?, ?, 'a', '2023-04-03T01:00:00Z', ?)"


class RawStore:
    """Rows in and out with nothing between; whoever calls it knows what stood there before."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(_TABLES)
        self._version = 0

    def write(
        self, class_id: int, rows: Iterable[RowChange], before: Mapping[tuple[str, str], Mapping[str, str]]
    ) -> None:
        """The rows as they are after the change and what changed in each, in one transaction."""
        self._version += 1
        records, history = [], []
        for row in rows:
            cells = apply(before.get((row.sheet, row.student_code), {}), row.cells)
            records.append((class_id, row.student_code, row.sheet, self._version, orjson.dumps(cells).decode()))
            changes = orjson.dumps(row.cells).decode()
            history.append((class_id, self._version, row.student_code, row.sheet, changes))
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(_RECORD, records)
        self._connection.executemany(_HISTORY, history)
        self._connection.execute("COMMIT")

    def read(self, class_id: int) -> bytes:
        """The rows of a class as one JSON document."""
        query = "SELECT student, sheet, version, cells FROM records WHERE school = 1 AND class = ?"
        rows = self._connection.execute(query, (class_id,)).fetchall()
        return orjson.dumps([(student, sheet, version, orjson.loads(cells)) for student, sheet, version, cells in rows])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
