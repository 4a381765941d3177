from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from server.database import FairLock, database_file, open_engine, reading, writing
from shared.problems import Code, Refused


def test_sqlite_keeps_what_it_has_been_told(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    with reading(engine) as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    engine.dispose()
    assert found == ["wal", 2, 1]


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg(scheme: str) -> None:
    assert open_engine(f"{scheme}://u@h/d").url.drivername == "postgresql+psycopg"


def test_only_sqlite_lies_in_a_file() -> None:
    assert database_file("sqlite:////a/b.db") == Path("/a/b.db")
    assert database_file("postgresql://h/d") is None


def test_the_lock_is_given_in_the_order_of_asking() -> None:
    lock, order, waiting = FairLock(), list[int](), list[threading.Thread]()

    def wait(number: int) -> None:
        with lock:
            order.append(number)

    with lock:
        for number in range(8):
            thread = threading.Thread(target=wait, args=(number,))
            thread.start()
            while len(lock._waiting) <= number:
                pass
            waiting.append(thread)
    for thread in waiting:
        thread.join()
    assert order == list(range(8))


def test_a_failed_transaction_leaves_nothing_and_frees_the_lock(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))
    with pytest.raises(SQLAlchemyError), writing(engine) as connection:
        connection.execute(text("INSERT INTO t SELECT 1 UNION ALL SELECT abs(-9223372036854775808)"))
    with writing(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM t")).scalar() == 0
    engine.dispose()


def test_another_kind_of_database_is_refused_without_its_password() -> None:
    with pytest.raises(Refused) as refused:
        open_engine("mysql://u:secret@nha/kqht")
    assert refused.value.code is Code.DATABASE_UNUSABLE
    assert "secret" not in str(refused.value.params)
