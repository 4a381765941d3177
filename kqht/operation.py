"""Commands that run the service and look after it: serve, demo-data, backup, restore, doctor."""

from __future__ import annotations

import argparse
import errno
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from addin import credentials
from kqht.cli import DONE, FINDINGS, Result, say
from shared.problems import Code, Refused
from shared.refusals import refusal_text


def database_url(given: argparse.Namespace) -> str:
    """The database asked for, or SQLite in the user's data folder."""
    if given.database:
        return str(given.database)
    folder = credentials.home()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return f"sqlite:///{(folder / 'kqht.db').as_posix()}"


@contextmanager
def _database(given: argparse.Namespace) -> Iterator[None]:
    """Turns a database that cannot be opened into a sentence."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except SQLAlchemyError as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        words = " ".join(str(reason).split())[:300]
        raise Refused(Code.DATABASE_UNUSABLE, database=_without_password(given), reason=words) from error


def _without_password(given: argparse.Namespace) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(database_url(given)).render_as_string(hide_password=True)
    except ArgumentError:
        return database_url(given)


@contextmanager
def closing_engine(engine: Any) -> Iterator[Any]:
    """An engine whose connections are closed at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


def _json_address(address: str) -> None:
    sys.stdout.write(json.dumps({"address": address}) + "\n")
    sys.stdout.flush()


def serve(given: argparse.Namespace) -> Result:
    """Run the service until SIGTERM."""
    from server.serve import serve as run

    try:
        with _database(given):
            run(given.host, given.port, database_url(given), _json_address if given.json else None)
    except OverflowError as error:
        raise Refused(Code.REQUEST_INVALID, what="cổng phải từ 0 đến 65535") from error
    except OSError as error:
        reason = (
            "cổng đang có chương trình khác dùng" if error.errno == errno.EADDRINUSE else str(error.strerror or error)
        )
        raise Refused(Code.PORT_TAKEN, host=given.host, port=given.port, reason=reason) from error
    return Result(None)


def demo_data(given: argparse.Namespace) -> Result:
    """Load the guide's schools and those of the other programmes; print their accounts."""
    from server.database import open_engine
    from server.demo.accounts import demo_accounts
    from server.demo.schools import demo_schools
    from server.loading import load_school
    from server.migrate import migrate

    schools = demo_schools()
    with _database(given), closing_engine(open_engine(database_url(given))) as engine:
        migrate(engine)
        for school in schools:
            say(f"Nạp {school.name}, năm học {school.school_year} …")
            load_school(engine, school)
    accounts = demo_accounts(schools)
    lines = ["Trường, học sinh và số liệu đều là giả định; mật khẩu chỉ dùng để thử."]
    for account in accounts:
        where = " ".join(filter(None, (account["school"], account["school_year"], ",".join(account["classes"]))))
        lines.append(f"{account['username']:<24} {account['password']:<24} {account['role']:<13} {where}")
    return Result({"school_year": schools[0].school_year, "accounts": accounts}, lines)


def backup(given: argparse.Namespace) -> Result:
    """A consistent copy of the database, while it is in use."""
    from server.backup import backup as run

    with _database(given):
        run(database_url(given), Path(given.file))
    return Result({"file": given.file}, [f"✔ Đã sao lưu vào {given.file}."])


def restore(given: argparse.Namespace) -> Result:
    """Put a backup in place; what was there is moved aside, never deleted."""
    from server.backup import restore as run

    with _database(given):
        run(Path(given.file), database_url(given))
    return Result({"file": given.file}, [f"✔ Đã phục hồi từ {given.file}."])


def doctor(given: argparse.Namespace) -> Result:
    """What works on this machine and what does not, each with its remedy."""
    findings: list[dict[str, Any]] = []

    def look(name: str, test: Callable[[], str]) -> None:
        try:
            findings.append({"check": name, "ok": True, "message": test()})
        except Refused as refused:
            findings.append(
                {"check": name, "ok": False, "message": refused.params.get("detail") or refusal_text(refused)}
            )
        except OSError as error:
            findings.append(
                {"check": name, "ok": False, "message": f"{error.strerror or error}: {error.filename or ''}"}
            )

    look("Python", lambda: f"{platform.python_version()} trên {platform.system()}")
    look("Thư mục dữ liệu", _folder)
    look("Đăng nhập", lambda: f"{credentials.load().username or 'KQHT_TOKEN'} tại {credentials.load().server}")
    look("Máy chủ", _service)
    lines = [f"{'✔' if f['ok'] else '✖'} {f['check']}: {f['message']}" for f in findings]
    return Result({"checks": findings}, lines, DONE if all(f["ok"] for f in findings) else FINDINGS)


def _folder() -> str:
    folder = credentials.home()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return f"{folder} ghi được" + (" (theo KQHT_HOME)" if os.environ.get("KQHT_HOME") else "")


def _service() -> str:
    from kqht.doors import client

    with client() as api:
        account = api.me()
    return f"trả lời; tài khoản {account.username} ({account.role})"
