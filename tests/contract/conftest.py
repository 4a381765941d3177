"""The two ends of one protocol: the service in process, and a client over real loopback HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine

from addin.client import HttpClient, sign_in
from server.app import create_app
from server.callers import caller_named
from server.serve import make_server
from server.sync import SyncService
from shared.sync_api import SyncApi
from tests.databases import database_url, engine, postgresql, sqlite_template, sqlite_url
from tests.schools import CHEAP, PASSWORD, load_schools

__all__ = ["database_url", "engine", "postgresql", "sqlite_template", "sqlite_url"]

Signed = Callable[[str], SyncApi]


@pytest.fixture
def school(engine: Engine) -> Engine:
    load_schools(engine)
    return engine


@pytest.fixture
def address(school: Engine) -> Iterator[str]:
    """Where a server of this test's own listens."""
    server = make_server(create_app(engine=school, passwords=CHEAP), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.address
    server.close()
    thread.join()


@pytest.fixture(params=["in process", "over http"])
def signed(request: pytest.FixtureRequest, school: Engine) -> Iterator[Signed]:
    """The service as an account sees it."""
    if request.param == "in process":
        yield lambda username: SyncService(school, caller_named(school, username))
        return
    address: str = request.getfixturevalue("address")
    with ExitStack() as clients:
        yield lambda username: clients.enter_context(HttpClient(address, sign_in(address, username, PASSWORD)["token"]))


@pytest.fixture
def api(signed: Signed) -> SyncApi:
    """The service as the teacher of 12A1 sees it."""
    return signed("teacher.a")
