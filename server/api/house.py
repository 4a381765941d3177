"""What the views work with: the engine and the door, and the caller of this request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app, g, request
from sqlalchemy import Engine

from server.accounts import Accounts
from server.callers import Caller, Clock
from server.people import People
from server.sync import SyncService
from shared.records import ClassKey

KEY = "kqht"


@dataclass(frozen=True, slots=True)
class House:
    """What `create_app` has put together."""

    engine: Engine
    accounts: Accounts
    clock: Clock


def house() -> House:
    """The house of the running application."""
    return cast(House, current_app.extensions[KEY])


def bearer() -> str | None:
    """The token that came with the request."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def sign_caller_in() -> None:
    """Find out who asks; `Refused` when nobody is signed in."""
    g.caller = house().accounts.caller(bearer())


def caller() -> Caller:
    """Who asks."""
    return cast(Caller, g.caller)


def sync() -> SyncService:
    """The service for this caller."""
    return SyncService(house().engine, caller(), house().clock)


def people() -> People:
    """The accounts that this caller manages."""
    return People(house().engine, caller(), house().accounts.passwords)


def class_key(school: str, name: str) -> ClassKey:
    """The class that the address names, of the year asked for or the school's current one."""
    return ClassKey(school, request.args.get("school_year", ""), name)
