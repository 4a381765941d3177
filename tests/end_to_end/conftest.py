"""A real service in a process of its own, and `kqht` run as people run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

KQHT = [sys.executable, "-m", "kqht"]


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Person:
    """Someone at a machine of their own."""

    home: Path
    server: str

    def kqht(self, *arguments: str, stdin: str = "", json_: bool = False, env: dict[str, str] | None = None) -> Ran:
        command = [*KQHT, *arguments, *(["--json"] if json_ else [])]
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("KQHT_")}
        surroundings |= {"KQHT_HOME": str(self.home), **(env or {})}
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, encoding="utf-8", env=surroundings, check=False
        )
        assert "Traceback" not in done.stdout + done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def json(self, *arguments: str, stdin: str = "") -> Any:
        return self.kqht(*arguments, stdin=stdin, json_=True).document


@dataclass(frozen=True)
class School:
    """The guide's school, served."""

    server: str
    database: str
    accounts: list[dict[str, Any]]
    folder: Path

    def account(self, role: str, *, school: int = 0, classes: list[str] | None = None, nth: int = 0) -> dict[str, Any]:
        schools = list(dict.fromkeys(a["school"] for a in self.accounts if a["school"]))
        found = [
            a
            for a in self.accounts
            if a["role"] == role
            and (role == "department" or a["school"] == schools[school])
            and (classes is None or a["classes"] == classes)
        ]
        return found[nth]

    def person(self, account: dict[str, Any]) -> Person:
        person = Person(self.folder / f"home-{account['username']}", self.server)
        done = person.kqht(
            "login", self.server, "--user", account["username"], "--password-stdin", stdin=account["password"]
        )
        assert done.code == 0, done.err
        return person


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    database = f"sqlite:///{(tmp_path / 'kqht.db').as_posix()}"
    someone = Person(tmp_path / "home-operator", "")
    accounts = someone.json("demo-data", "--database", database)["accounts"]
    surroundings = {**os.environ, "KQHT_HOME": str(someone.home)}
    command = [*KQHT, "serve", "--port", "0", "--database", database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=surroundings) as service:
        assert service.stdout is not None
        try:
            address = next(word for word in service.stdout.readline().split() if word.startswith("http://"))
            yield School(address.rstrip("/"), database, accounts, tmp_path)
        finally:
            service.send_signal(signal.SIGTERM)
            assert service.wait(20) == 0
