"""The application factory: the one place where the service is put together."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Engine
from werkzeug.exceptions import RequestEntityTooLarge

from server.accounts import TOKEN_DAYS, Accounts
from server.api.bodies import MAX_BODY, ApiRequest, pack
from server.api.endpoint import OPEN, DescribedApi, v1
from server.api.house import KEY, House, sign_caller_in
from server.api.pages import SPEC, pages
from server.api.problems import register_problems
from server.callers import Clock, utc_now
from server.database import open_engine
from server.passwords import Passwords
from shared.problems import Code, Refused

for _resource in ("sign_in", "schools", "classes", "users"):
    import_module(f"server.api.{_resource}")

_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
_OPENAPI = {
    "API_TITLE": "KQHT",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.0.3",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {"components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}},
}


def create_app(
    database_url: str | None = None,
    engine: Engine | None = None,
    *,
    clock: Clock = utc_now,
    passwords: Passwords | None = None,
    token_days: float = TOKEN_DAYS,
    **settings: Any,
) -> Flask:
    """The service on a database that has been migrated, named by its URL or given as an engine."""
    if engine is None:
        engine = open_engine(database_url or "sqlite:///kqht.sqlite")
    app = Flask("server", static_folder="console/static", template_folder="console/templates")
    app.url_map.merge_slashes = False  # an odd address is unknown rather than put right
    app.request_class = ApiRequest
    app.config.update(_OPENAPI, MAX_CONTENT_LENGTH=MAX_BODY, **settings)
    accounts = Accounts(engine, passwords or Passwords(), clock, token_days)
    app.extensions[KEY] = House(engine, accounts, clock)
    api = DescribedApi(app)
    app.extensions[SPEC] = api.spec
    api.register_blueprint(v1)
    app.register_blueprint(pages)
    register_problems(app)
    app.before_request(_door)
    app.after_request(_secured)
    return app


def _door() -> None:
    if (request.content_length or 0) > MAX_BODY:
        raise RequestEntityTooLarge
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        raise Refused(Code.NOT_FOUND)
    if request.blueprint == v1.name and (request.endpoint or "").removeprefix("v1.") not in OPEN:
        sign_caller_in()


def _secured(answer: Response) -> Response:
    for name, value in _SECURITY.items():
        answer.headers.setdefault(name, value)
    if request.path.startswith("/api/v1"):
        answer.headers["Cache-Control"] = "no-store"
        pack(answer)
    return answer
