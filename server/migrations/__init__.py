"""The steps by which a database of an older version becomes one of this version."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from server.database import reading, writing

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(120112)")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "server:migrations")
    return config


def head() -> str | None:
    """The newest step."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_migrated(connection: Connection) -> bool:
    """Whether the database has been brought to the newest step."""
    return MigrationContext.configure(connection).get_current_revision() == head()


def migrate(engine: Engine) -> None:
    """Create the tables, or bring older ones up to date, in one transaction."""
    with reading(engine) as connection:
        if is_migrated(connection):
            return
    config = _config()
    with writing(engine) as connection:
        if connection.dialect.name != "sqlite":
            connection.execute(_ONE_AT_A_TIME)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
