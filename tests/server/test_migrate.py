from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from server.database import open_engine, reading, writing
from server.migrate import is_migrated, migrate
from server.store import Base
from server.sync import SyncService
from tests.schools import KEY, one


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
