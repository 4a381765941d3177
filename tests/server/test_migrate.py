from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from server.callers import caller_named
from server.database import open_engine, reading, writing
from server.migrate import is_migrated, migrate
from server.store import Base
from server.sync import SyncService
from shared.records import ClassInfo
from tests.databases import Postgresql
from tests.schools import KEY, one
from tests.server.counting import assert_agreed


def test_the_migrations_make_exactly_the_models(engine: Engine) -> None:
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_new_database_is_created_with_its_folder(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/deep/in/kqht.db")
    migrate(engine)
    migrate(engine)
    with reading(engine) as connection:
        assert is_migrated(connection)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database in which nothing is."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path}/kqht.db")
        yield engine
        engine.dispose()
        return
    cluster: Postgresql = request.getfixturevalue("postgresql")
    cluster.execute("CREATE DATABASE kqht_older")
    engine = open_engine(cluster.url("kqht_older"))
    yield engine
    engine.dispose()
    cluster.execute("DROP DATABASE kqht_older WITH (FORCE)")


CELLS, CHANGES = '{"mathematics.year":"8.0"}', '{"mathematics.year":[null,"8.0"]}'
OLDER: dict[str, tuple[object, ...]] = {
    "departments": (1, "Sở Một"),
    "schools": (1, "THPT-A", "Trường", "THPT", 1, "2022-2023"),
    "school_years": (1, "2022-2023", 1),
    "classes": (1, 1, "2022-2023", "12A1", "12", 1),
    "class_summaries": (1, 1, 1, 0, 0, 0),
    "students": (1, 1, "2400000001", 1),
    "accounts": (1, "admin.a", "", "school_admin", "Quản trị", None, 1, False, False),
    "records": (1, 1, "2400000001", "11", "2021-2022", 1, 0, 11, 21, CELLS),
    "history": (1, 1, 1, "2400000001", "11", "s0", "workbook", "admin.a", "2023-01-01T00:00:00Z", CHANGES),
}  # as a row of each table of the first version, in the order of its columns


def test_a_database_of_the_first_version_goes_on_with_its_data(empty: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", "server:migrations")
    with writing(empty) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, row in OLDER.items():
            values = {f"v{i}": value for i, value in enumerate(row)}
            connection.execute(text(f"INSERT INTO {table} VALUES ({', '.join(f':{name}' for name in values)})"), values)  # noqa: S608
    migrate(empty)
    with reading(empty) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    admin = SyncService(empty, caller_named(empty, "admin.a"))
    held = admin.pull(KEY)
    assert held.info == ClassInfo(KEY, "Trường", "THPT")
    assert held.cells("11", "2400000001") == {"mathematics.year": "8.0"}
    assert dict(admin.send(KEY, one("s1", "8.0", "9.0", "2400000001")).counts) == {"applied": 1}
    assert_agreed(empty)


def test_every_large_table_is_keyed_by_school() -> None:
    small = {"departments", "schools", "accounts", "tokens", "login_attempts"}
    for name, table in Base.metadata.tables.items():
        if name not in small:
            assert next(iter(table.primary_key)).name == "school_id", name


@pytest.mark.parametrize("table", ["history", "lock_events"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET author = 'someone'"])
def test_history_is_only_ever_added_to(school: Engine, teacher: SyncService, table: str, statement: str) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    with writing(school) as connection:
        event = "INSERT INTO lock_events VALUES (1, 1, 9, '10', 'hk1', 'lock', '', 'x', 'y')"
        connection.execute(text(event))
    with pytest.raises(DBAPIError, match="append-only"), writing(school) as connection:
        connection.execute(text(statement.format(table)))
