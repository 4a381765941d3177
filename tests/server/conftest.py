"""Fixtures of the service's tests: a database of each kind with three schools in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from server.app import create_app
from server.callers import caller_named
from server.sync import SyncService
from tests.databases import database_url, engine, postgresql, sqlite_template, sqlite_url
from tests.schools import CHEAP, PASSWORD, load_schools

__all__ = ["database_url", "engine", "postgresql", "sqlite_template", "sqlite_url"]


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    time: datetime = datetime(2023, 5, 20, 1, 2, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **amount: float) -> None:
        self.time += timedelta(**amount)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def school(engine: Engine) -> Engine:
    load_schools(engine)
    return engine


@pytest.fixture
def service(school: Engine, clock: Clock) -> Callable[[str], SyncService]:
    """The service for an account, in process."""
    return lambda username: SyncService(school, caller_named(school, username), clock)


@pytest.fixture
def teacher(service: Callable[[str], SyncService]) -> SyncService:
    return service("teacher.a")


@pytest.fixture
def app(school: Engine, clock: Clock) -> Flask:
    return create_app(engine=school, clock=clock, passwords=CHEAP)


@dataclass
class Http:
    """Requests to the application, as whoever is named."""

    app: Flask

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        self.tokens: dict[str, str] = {}

    def token(self, username: str) -> str:
        if username not in self.tokens:
            answer = self.client.post("/api/v1/login", json={"username": username, "password": PASSWORD})
            self.tokens[username] = answer.get_json()["token"]
        return self.tokens[username]

    def __call__(
        self, method: str, path: str, username: str | None = None, body: Any = None, **more: Any
    ) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token(username)}"} if username else {}
        headers |= more.pop("headers", {})
        content = {} if body is None else {"json": body}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **content, **more)


@pytest.fixture
def http(app: Flask) -> Http:
    return Http(app)
