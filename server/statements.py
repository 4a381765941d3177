"""Statements that are run often and are small: compiled once, then handed to the driver as they are.

A send of five cells is half a dozen statements; built by SQLAlchemy and run by the driver they cost a third of what they
cost through its execution. Where someone listens to SQLAlchemy's events (tracing, tests), they go through it and are heard.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Select

Parameters = Mapping[str, Any]


class Prepared:
    """A Core statement, compiled once for each dialect and set of columns."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._row = _row_type(statement) if isinstance(statement, Select) else None
        self._compiled: dict[tuple[str, frozenset[str]], _Compiled] = {}

    def rows(self, connection: Connection, parameters: Parameters) -> Sequence[Any]:
        """The rows of a selection."""
        if _heard(connection):
            return connection.execute(self.statement, dict(parameters)).all()
        compiled = self._for(connection.dialect, parameters)
        cursor = connection.connection.cursor()
        cursor.execute(compiled.text, compiled.values(parameters))
        assert self._row is not None  # noqa: S101 - a selection
        rows = list(map(self._row._make, cursor.fetchall()))
        cursor.close()
        return rows

    def first(self, connection: Connection, parameters: Parameters) -> Any:
        """The first row of a selection, or None."""
        rows = self.rows(connection, parameters)
        return rows[0] if rows else None

    def change(self, connection: Connection, parameters: Parameters) -> int:
        """Run a change; how many rows it touched."""
        if _heard(connection):
            return int(connection.execute(self.statement, dict(parameters)).rowcount)
        compiled = self._for(connection.dialect, parameters)
        cursor = connection.connection.cursor()
        cursor.execute(compiled.text, compiled.values(parameters))
        touched = int(cursor.rowcount)
        cursor.close()
        return touched

    def change_many(self, connection: Connection, rows: Sequence[Parameters]) -> None:
        """Run a change once for each of some rows, which all name the same columns."""
        if _heard(connection):
            connection.execute(self.statement, [dict(row) for row in rows])
            return
        compiled = self._for(connection.dialect, rows[0])
        cursor = connection.connection.cursor()
        cursor.executemany(compiled.text, [compiled.values(row) for row in rows])
        cursor.close()

    def _for(self, dialect: Dialect, parameters: Parameters) -> _Compiled:
        key = dialect.name, frozenset(parameters)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = _Compiled(self.statement, dialect, parameters)
        return found


class _Compiled:
    def __init__(self, statement: Any, dialect: Dialect, columns: Iterable[str]) -> None:
        names = list(columns) if statement.is_insert else None
        compiled = statement.compile(dialect=dialect, column_keys=names)
        self.text = str(compiled)
        self._names: Sequence[str] = compiled.positiontup or ()
        self._literals = {name: value for name, value in compiled.params.items() if value is not None}

    def values(self, parameters: Parameters) -> Any:
        """The parameters as the driver takes them: in order, or by name."""
        if not self._names:
            return {**self._literals, **parameters}
        return [parameters[name] if name in parameters else self._literals[name] for name in self._names]


@cache
def _row_type(statement: Select[Any]) -> Any:
    return namedtuple("Row", [column.key for column in statement.selected_columns])  # type: ignore[misc]  # noqa: PYI024


def _heard(connection: Connection) -> bool:
    events = connection.dispatch
    return bool(events.before_cursor_execute) or bool(events.after_cursor_execute)
