"""Copies of the whole database: taken while it is in use, put back with what was there moved aside."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, inspect, make_url

from server import words
from server.database import database_file, open_engine
from shared.problems import Code, Refused


def backup(url: str, file: Path) -> None:
    """A consistent copy of the database in a new file."""
    if file.exists():
        raise Refused(Code.FILE_EXISTS, file=file.name)
    source = database_file(url)
    if source is None:
        with _part_of(file) as part:
            _run_postgresql("pg_dump", url, "--format=custom", f"--file={part}")
            part.replace(file)
        return
    if not source.exists():
        raise Refused(Code.FILE_MISSING, file=str(source))
    _copy(source, file)


def restore(file: Path, url: str) -> None:
    """Put a copy in place of the database; a SQLite file that was there is kept beside it under another name."""
    if not file.exists():
        raise Refused(Code.FILE_MISSING, file=file.name)
    target = database_file(url)
    if target is None:
        _refuse_filled(url)
        _run_postgresql("pg_restore", url, "--no-owner", "--single-transaction", "--exit-on-error", str(file))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.restored")
    try:
        _copy(file, fresh)
        if target.exists():
            _release(target)
            target.rename(target.with_name(f"{target.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.bak"))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """A file beside a target that only its owner reads; gone afterwards, unless it has taken the target's place."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with _part_of(target) as part:
        _copy_whole(source, part)
        part.replace(target)


def _copy_whole(source: Path, part: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
            whole = new.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            ours = new.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
        if not (whole and ours):
            raise Refused(Code.REQUEST_INVALID, what=words.NOT_A_BACKUP.format(file=source.name))
    except sqlite3.DatabaseError as error:
        raise Refused(Code.REQUEST_INVALID, what=words.NOT_A_BACKUP.format(file=source.name)) from error


def _release(target: Path) -> None:
    """Bring the log into the file; possible only when no service has it open."""
    with closing(sqlite3.connect(target, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise Refused(Code.REQUEST_INVALID, what=words.DATABASE_IN_USE) from error
        except sqlite3.DatabaseError:
            return  # it is damaged: that is why it is being replaced


def _refuse_filled(url: str) -> None:
    engine = open_engine(url)
    try:
        filled = bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()
    if filled:
        raise Refused(Code.REQUEST_INVALID, what=words.DATABASE_NOT_EMPTY)


def _run_postgresql(program: str, url: str, *options: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise Refused(Code.REQUEST_INVALID, what=words.PROGRAM_MISSING.format(program=program))
    parsed = make_url(url)
    plain = URL.create("postgresql", parsed.username, None, parsed.host, parsed.port, parsed.database, parsed.query)
    environment = {**os.environ, **({"PGPASSWORD": str(parsed.password)} if parsed.password else {})}
    done = subprocess.run(  # noqa: S603 a program of the database's own, no shell
        [found, f"--dbname={plain.render_as_string()}", *options], env=environment, capture_output=True, check=False
    )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip()
        raise Refused(Code.REQUEST_INVALID, what=words.PROGRAM_FAILED.format(program=program, told=told))
