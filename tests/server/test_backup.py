from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine

from server.backup import backup, restore
from server.database import open_engine
from server.sync import SyncService
from shared.problems import Code, Refused
from tests.databases import Postgresql
from tests.schools import KEY, one
from tests.server.counting import everything


def refused_by(job: object) -> Code:
    assert callable(job)
    with pytest.raises(Refused) as refused:
        job()
    return refused.value.code


@pytest.fixture
def copied(school: Engine, teacher: SyncService, tmp_path: Path, database_url: str) -> Path:
    """A copy taken while the service is at work."""
    if school.dialect.name != "sqlite" and not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not on PATH")
    teacher.send(KEY, one("s1", None, "8.0"))
    file = tmp_path / "copy.kqht"
    backup(database_url, file)
    return file


def test_a_copy_is_put_back_whole(school: Engine, teacher: SyncService, copied: Path, tmp_path: Path) -> None:
    before = everything(school)
    teacher.send(KEY, one("s2", "8.0", "9.0"))
    if school.dialect.name != "sqlite":
        url = school.url.render_as_string(hide_password=False)
        assert refused_by(lambda: restore(copied, url)) is Code.REQUEST_INVALID
        return
    url = f"sqlite:///{tmp_path}/elsewhere/kqht.db"
    restore(copied, url)
    engine = open_engine(url)
    assert everything(engine) == before
    engine.dispose()


def test_a_copy_of_postgresql_fills_an_empty_database(
    school: Engine, copied: Path, request: pytest.FixtureRequest
) -> None:
    if school.dialect.name == "sqlite":
        pytest.skip("SQLite's copies are put back into files: see test_a_copy_is_put_back_whole")
    cluster: Postgresql = request.getfixturevalue("postgresql")
    cluster.execute("CREATE DATABASE restored")
    restore(copied, cluster.url("restored"))
    engine = open_engine(cluster.url("restored"))
    assert everything(engine) == everything(school)
    engine.dispose()
    cluster.execute("DROP DATABASE restored WITH (FORCE)")


class TestSqlite:
    @pytest.fixture
    def database_url(self, sqlite_url: str) -> str:
        return sqlite_url

    def test_what_was_there_is_moved_aside(self, school: Engine, teacher: SyncService, copied: Path) -> None:
        teacher.send(KEY, one("s2", "8.0", "9.0"))
        later, file = everything(school), Path(str(school.url.database))
        url = str(school.url)
        assert refused_by(lambda: restore(copied, url)) is Code.REQUEST_INVALID  # the service is running
        assert everything(school) == later
        school.dispose()
        restore(copied, url)
        assert everything(school) != later
        (aside,) = file.parent.glob("kqht.db.*.bak")
        kept = open_engine(f"sqlite:///{aside}")
        assert everything(kept) == later
        kept.dispose()

    def test_nothing_is_overwritten(self, copied: Path, database_url: str) -> None:
        assert refused_by(lambda: backup(database_url, copied)) is Code.FILE_EXISTS

    def test_what_is_missing_is_named(self, tmp_path: Path, database_url: str) -> None:
        assert refused_by(lambda: backup(f"sqlite:///{tmp_path}/no.db", tmp_path / "x")) is Code.FILE_MISSING
        assert refused_by(lambda: restore(tmp_path / "no", database_url)) is Code.FILE_MISSING

    @pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
    def test_what_is_no_copy_is_refused(self, tmp_path: Path, content: bytes) -> None:
        file, target = tmp_path / "x", tmp_path / "new.db"
        file.write_bytes(content)
        assert refused_by(lambda: restore(file, f"sqlite:///{target}")) is Code.REQUEST_INVALID
        assert [path.name for path in tmp_path.iterdir()] == ["x"]

    def test_another_program_s_database_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "x"
        connection = sqlite3.connect(file)
        connection.execute("CREATE TABLE t (a)")
        connection.close()
        assert refused_by(lambda: restore(file, f"sqlite:///{tmp_path}/new.db")) is Code.REQUEST_INVALID


def test_without_its_programs_postgresql_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused_by(lambda: backup("postgresql://u:p@127.0.0.1/d", tmp_path / "x")) is Code.REQUEST_INVALID


_PG_DUMP = """#!/bin/sh
for argument; do case $argument in --file=*) file=${{argument#--file=}};; esac; done
ls -l "$file" | cut -c1-10 > "$file"
exit {status}
"""


@pytest.mark.parametrize("status", [0, 1])
def test_a_dump_of_postgresql_is_its_owner_s_and_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    program, copies = tmp_path / "pg_dump", tmp_path / "copies"
    program.write_text(_PG_DUMP.format(status=status))
    program.chmod(0o700)
    copies.mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    if status:
        url = "postgresql://u:p@127.0.0.1/d"
        assert refused_by(lambda: backup(url, copies / "x")) is Code.REQUEST_INVALID
        assert list(copies.iterdir()) == []
        return
    backup("postgresql://u:p@127.0.0.1/d", copies / "x")
    assert [path.name for path in copies.iterdir()] == ["x"]
    assert (copies / "x").read_text() == "-rw-------\n"
