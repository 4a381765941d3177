"""Engines: SQLite and PostgreSQL through one URL, reading and writing transactions, and the queue of SQLite's writers."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from shared.problems import Code, Refused

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000")
_WRITE = "kqht_write"
_OPTIONS: Any = {"pool_size": 16, "max_overflow": 32, "hide_parameters": True}  # what people enter is not for the log


class FairLock:
    """A lock that is given in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_QUEUES: dict[str, FairLock] = {}  # by database
_QUEUE_OF: WeakKeyDictionary[Engine, FairLock] = WeakKeyDictionary()
_QUEUES_GUARD = threading.Lock()


def open_engine(url: str) -> Engine:
    """The engine of a database URL: `sqlite:///file`, `postgresql://…` or `postgresql+psycopg://…`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, **_OPTIONS)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() != "postgresql":
        hidden = parsed.render_as_string(hide_password=True)
        raise Refused(Code.DATABASE_UNUSABLE, database=hidden, reason="chỉ dùng được sqlite:/// hoặc postgresql://")
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, **_OPTIONS, pool_pre_ping=True)


def database_file(url: str | URL) -> Path | None:
    """The file of a SQLite URL, or None for a server's database."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once, so that it never has to give up a transaction that has already read.
    writes = connection.info.pop(_WRITE, False)
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _queue(engine: Engine) -> FairLock:
    with _QUEUES_GUARD:
        if engine not in _QUEUE_OF:
            _QUEUE_OF[engine] = _QUEUES.setdefault(str(engine.url), FairLock())
        return _QUEUE_OF[engine]


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write: committed at the end, rolled back by an exception."""
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with _queue(engine), engine.connect() as connection:
        connection.info[_WRITE] = True
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees the database as it is at one moment."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection
