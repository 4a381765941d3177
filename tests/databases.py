"""Databases for tests: SQLite files, and one private PostgreSQL from the binaries that are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from server.database import open_engine
from server.migrate import migrate

_NUMBERS = count()
_TEMPLATE = "kqht_template"


@dataclass(frozen=True)
class Postgresql:
    """A running cluster of our own, reached by a socket in its own folder."""

    programs: Path
    folder: Path

    def url(self, database: str) -> str:
        """The address of a database in it."""
        return f"postgresql+psycopg://kqht@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        engine = open_engine(self.url("postgres"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))
        engine.dispose()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, as somebody who is not root."""
        user = _somebody().pw_name if os.geteuid() == 0 else None
        subprocess.run(
            [self.programs / program, *arguments],
            check=True, user=user, group=_somebody().pw_gid if user else None, extra_groups=[] if user else None,
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        )  # fmt: skip


def _somebody() -> pwd.struct_passwd:
    """An account without privileges: initdb refuses to run as root."""
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@cache
def _private_postgresql() -> Postgresql | None:
    programs = _programs()
    if programs is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="kqht-pg-"))
    if os.geteuid() == 0:
        os.chown(folder, _somebody().pw_uid, _somebody().pw_gid)
    cluster = Postgresql(programs, folder)
    data = str(folder / "data")
    cluster.run("initdb", "-D", data, "-A", "trust", "-U", "kqht", "-E", "UTF8", "--locale=C", "--no-sync")
    settings = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200"
    log = str(folder / "log")
    cluster.run("pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", f"-k {folder} {settings}")
    cluster.execute(f"CREATE DATABASE {_TEMPLATE}")
    engine = open_engine(cluster.url(_TEMPLATE))
    migrate(engine)
    engine.dispose()
    return cluster


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    cluster = _private_postgresql()
    if cluster is None:
        pytest.skip("PostgreSQL is not installed (no initdb in /usr/lib/postgresql or on PATH)")
    yield cluster
    if cluster.folder.exists():
        cluster.run("pg_ctl", "stop", "-m", "immediate", "-w", "-D", str(cluster.folder / "data"))
        shutil.rmtree(cluster.folder)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "kqht.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database of this test's own."""
    file = tmp_path / "kqht.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same, and one in PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    cluster: Postgresql = request.getfixturevalue("postgresql")
    name = f"kqht_{next(_NUMBERS)}"
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    yield cluster.url(name)
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()
