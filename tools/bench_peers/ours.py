"""Our service over HTTP, signed in: checks, rights, locks, merge and history included."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import orjson

from addin.client import sign_in
from server.database import open_engine
from server.loading import ClassLoad, SchoolLoad, load_school
from server.migrate import migrate
from shared.layout import PROFILE
from tools.bench_peers.running import free_port, running
from tools.bench_peers.systems import Contents, Request, Rows, Step


class Ours:
    """A running service of ours; a client knows the class it last saw, as a workbook does."""

    def __init__(self, name: str, http: httpx.Client, school: SchoolLoad) -> None:
        self.name = name
        self.http = http
        self._school = school
        self._seen: dict[int, Rows] = {}

    def _home(self, number: int) -> str:
        return f"/schools/{self._school.code}/classes/{self._school.classes[number].name}"

    def requests(self, step: Step, number: int, contents: Contents) -> list[Request]:
        """One submission of changed cells, or one snapshot."""
        if step is Step.PULL:
            return [Request("GET", f"{self._home(number)}/snapshot?grades=10,11,12")]
        after, seen = contents.of(step), self._seen.get(number, {})
        rows = [
            {"sheet": sheet, "student_code": code, "cells": _changes(seen.get((sheet, code), {}), cells)}
            for (sheet, code), cells in after.items()
        ]
        self._seen[number] = {**seen, **after}
        body = {"send_id": f"bench-{number}-{step}", "source": "workbook", "rows": rows}
        return [Request("POST", f"{self._home(number)}/sends", orjson.dumps(body))]

    def learn(self, step: Step, number: int, answers: Sequence[httpx.Response]) -> None:
        """Every cell must have been applied."""
        del number
        for answer in answers if step is not Step.PULL else ():
            if answer.json()["verdicts"]:
                raise RuntimeError(answer.text[:500])


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str | None, str | None]]:
    return {key: (before.get(key), value) for key, value in after.items() if before.get(key) != value}


def without_results(loaded: ClassLoad) -> ClassLoad:
    """The class before anything but its profiles was entered."""
    return replace(loaded, records={key: cells for key, cells in loaded.records.items() if key[0] == PROFILE})


@contextmanager
def ours(name: str, folder: Path, url: str, school: SchoolLoad) -> Iterator[Ours]:
    """Our service on a database that holds the school's classes and profiles."""
    engine = open_engine(url)
    migrate(engine)
    load_school(engine, replace(school, classes=tuple(map(without_results, school.classes))))
    engine.dispose()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "kqht", "serve", "--port", str(port), "--database", url]
    with running(command, folder, f"{base}/readyz"):
        account = school.accounts[0]
        token = sign_in(base, account.username, account.password)["token"]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        with httpx.Client(base_url=f"{base}/api/v1", headers=headers, timeout=120) as http:
            yield Ours(name, http, school)
