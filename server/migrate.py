"""Bringing a database to this version's tables."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from server.database import database_file, reading, writing

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(120112)")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "server:migrations")
    return config


@cache
def head() -> str | None:
    """The newest step."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_migrated(connection: Connection) -> bool:
    """Whether the database has been brought to the newest step."""
    return MigrationContext.configure(connection).get_current_revision() == head()


def migrate(engine: Engine) -> None:
    """Create the tables, or bring older ones up to date, in one transaction."""
    if file := database_file(engine.url):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # it holds the data of minors
    with reading(engine) as connection:
        if is_migrated(connection):
            return
    config = _config()
    with writing(engine) as connection:
        if connection.dialect.name != "sqlite":
            connection.execute(_ONE_AT_A_TIME)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
